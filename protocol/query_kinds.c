/* SPDX-License-Identifier: Apache-2.0 */
/* What may be asked and commanded, and what with. */
#include "protocol/query.h"

const struct request_kind request_kinds[REQUESTS] = {
	[QUERY_LIST] = {
		.name = "list",
		.what = "what is owed, by whom and until when",
		.params = {
			{ "owner", PARAM_ID, false, "only what this person owes" },
			{ "deadline", PARAM_ID, false, "only what is owed to this deadline" },
			{ "late", PARAM_BOOL, false, "only what is late" },
			{ "all", PARAM_BOOL, false, "also what is answered, waiting, withdrawn or closed" },
			{ "search", PARAM_TEXT, false, "only where these words stand in an id, a title or the owner's name" },
			{ "order", PARAM_ID, false, "by deadline, owner or state" },
		},
	},
	[QUERY_SHOW] = {
		.name = "show",
		.what = "one measure, deadline, assignment, body or person as it stands",
		.params = {
			{ "item", PARAM_ID, true, "its id" },
		},
	},
	[QUERY_WHY] = {
		.name = "why",
		.what = "each reminder sent or not sent, with the reason",
		.params = {
			{ "item", PARAM_ID, true, "a measure or deadline" },
			{ "person", PARAM_ID, false, "only what concerns this person" },
		},
	},
	[QUERY_FORECAST] = {
		.name = "forecast",
		.what = "every message to come, to whom, when and why",
		.params = {
			{ "month", PARAM_MONTH, false, "a month, instead of from and until" },
			{ "from", PARAM_DATE, false, "the first day" },
			{ "until", PARAM_DATE, false, "the last day, inclusive" },
		},
	},
	[QUERY_REPORT] = {
		.name = "report",
		.what = "the re-report of a deadline, or of an assignment or a body",
		.params = {
			{ "deadline", PARAM_ID, false, "its id" },
			{ "assignment", PARAM_ID, false, "its id, instead of a deadline" },
			{ "body", PARAM_ID, false, "its id, instead of either" },
			{ "period", PARAM_TEXT, false, "what was said in it, instead of what stands" },
			{ "frozen", PARAM_BOOL, false, "a deadline's as it was frozen: its bytes, or that format" },
			{ "format", PARAM_ID, false, "md, html, docx: the paper as such a file, in parts" },
		},
	},
	[QUERY_OUTBOX] = {
		.name = "outbox",
		.what = "messages out and how far each has come",
		.params = {
			{ "state", PARAM_ID, false, "only those in this state" },
			{ "newest", PARAM_BOOL, false, "the newest first" },
		},
	},
	[QUERY_ASSIGNMENTS] = {
		.name = "assignments",
		.what = "what was given over all years, oldest first, and what is open below it",
		.params = {
			{ "body", PARAM_ID, false, "only what this body gave or has" },
			{ "open", PARAM_BOOL, false, "only what is not closed" },
		},
	},
	[QUERY_REQUESTS] = {
		.name = "requests",
		.what = "the later dates that were asked for, and what became of each",
		.params = {
			{ "state", PARAM_ID, false, "open (unless given), granted, denied, moot, replaced or all" },
			{ "body", PARAM_ID, false, "only what this body decides on, or has given or got" },
			{ "deadline", PARAM_ID, false, "only of this deadline" },
		},
	},
	[QUERY_TODAY] = {
		.name = "today",
		.what = "what needs a steward's hands",
	},
	[QUERY_BOARD] = {
		.name = "board",
		.what = "the re-report with how it came about and what comes, or of what there are such",
		.params = {
			{ "of", PARAM_ID, false, "a deadline, an assignment or a body; none: what there are" },
			{ "from", PARAM_NUMBER, false, "the first row, of a hundred that are given" },
		},
	},
	[QUERY_PEOPLE] = {
		.name = "people",
		.what = "who is in the plan, how much each owes, and who is away",
		.params = {
			{ "role", PARAM_ID, false, "only who holds this role" },
		},
	},
	[QUERY_BODIES] = {
		.name = "bodies",
		.what = "the bodies, and when each meets next",
	},
	[QUERY_MEETINGS] = {
		.name = "meetings",
		.what = "the meetings to come, and what is due at each",
		.params = {
			{ "body", PARAM_ID, false, "only this body's" },
			{ "all", PARAM_BOOL, false, "also what is past, moved or cancelled" },
		},
	},
	[QUERY_ABSENCES] = {
		.name = "absences",
		.what = "who is away, when, and who stands in",
		.params = {
			{ "person", PARAM_ID, false, "only of this person" },
			{ "all", PARAM_BOOL, false, "also what is over" },
		},
	},
	[QUERY_CONSEQUENCES] = {
		.name = "consequences",
		.what = "what would follow from an event, which is not sent",
		.params = {
			{ "event", PARAM_EVENT, true, "the event, as it would be sent" },
		},
	},
	[QUERY_CALENDAR] = {
		.name = "calendar",
		.what = "the papers dates and meetings of a year, and how many messages each month brings",
		.params = {
			{ "from", PARAM_DATE, false, "the first day; without it, of this year" },
			{ "until", PARAM_DATE, false, "the last day, inclusive" },
		},
	},
	[QUERY_SESSIONS] = {
		.name = "sessions",
		.what = "who is signed in on the pages; for stewards of everything",
	},
	[QUERY_ACTS] = {
		.name = "acts",
		.what = "what stewards have said lately and may take back",
		.params = {
			{ "seq", PARAM_NUMBER, false, "one event alone, whatever it is" },
		},
	},
	[QUERY_WHOAMI] = {
		.name = "whoami",
		.what = "who the daemon takes the sender for, and what it is",
	},
	[COMMAND_RELOAD] = {
		.name = "reload",
		.command = true,
		.what = "read the files again",
	},
	[COMMAND_HOLD] = {
		.name = "hold",
		.command = true,
		.what = "keep every message back, or let them go again",
		.params = {
			{ "on", PARAM_BOOL, true, "true keeps them back" },
		},
	},
	[COMMAND_RETRY] = {
		.name = "retry",
		.command = true,
		.what = "try a message again that is held or waits for its next attempt",
		.params = {
			{ "id", PARAM_MESSAGE, true, "its number in the outbox" },
		},
	},
	[COMMAND_DROP] = {
		.name = "drop",
		.command = true,
		.what = "never send a message that has not left",
		.params = {
			{ "id", PARAM_MESSAGE, true, "its number in the outbox" },
		},
	},
	[COMMAND_TEST] = {
		.name = "test",
		.command = true,
		.what = "send a person a test on each of their channels, and see what becomes of it",
		.params = {
			{ "person", PARAM_ID, true, "whom" },
		},
	},
	[COMMAND_VERIFY] = {
		.name = "verify",
		.command = true,
		.what = "compare the store with what follows from its log",
	},
	[COMMAND_GO] = {
		.name = "go",
		.command = true,
		.what = "let a rehearsal go on to a time, and stand there",
		.params = {
			{ "time", PARAM_TIME, true, "not before its clock" },
		},
	},
	[COMMAND_BACKUP] = {
		.name = "backup",
		.command = true,
		.what = "copy the whole store into a file",
		.params = {
			{ "file", PARAM_TEXT, true, "its full path, where nothing is yet" },
		},
	},
	[COMMAND_PREVIEW] = {
		.name = "preview",
		.command = true,
		.what = "a message as it would leave, without sending it",
		.params = {
			{ "kind", PARAM_ID, true, "of message, or what it says" },
			{ "language", PARAM_ID, false, "sv or en" },
			{ "person", PARAM_ID, false, "who reads it" },
			{ "item", PARAM_ID, false, "the measure, deadline or channel it is about" },
			{ "part", PARAM_ID, false, "which part of it" },
		},
	},
	[COMMAND_LINK] = {
		.name = "link",
		.command = true,
		.what = "the address of a page for somebody",
		.params = {
			{ "page", PARAM_ID, true, "a, mine, calendar or board" },
			{ "for", PARAM_ID, true, "a person; for a calendar, or a body" },
			{ "item", PARAM_ID, false, "what is to be answered" },
		},
	},
	[COMMAND_END_SESSIONS] = {
		.name = "end-sessions",
		.command = true,
		.what = "sign a person out of the pages, everywhere",
		.params = {
			{ "person", PARAM_ID, true, "whom" },
		},
	},
	[COMMAND_MESSAGE] = {
		.name = "message",
		.command = true,
		.what = "a message of the outbox as it left, or would leave now",
		.params = {
			{ "id", PARAM_MESSAGE, true, "its number in the outbox" },
		},
	},
	[COMMAND_RECEIVE] = {
		.name = "receive",
		.command = true,
		.what = "read a mail that has come back or was answered, piece by piece",
		.params = {
			{ "upload", PARAM_ID, true, "a name of this mail among those under way" },
			{ "piece", PARAM_NUMBER, true, "which piece of it, from 1 on" },
			{ "bytes", PARAM_BYTES, false, "the piece, in base64" },
			{ "last", PARAM_BOOL, false, "is it the last one?" },
			{ "to", PARAM_TEXT, false, "the address that the mail came to, with the last" },
		},
	},
	[COMMAND_ERASE] = {
		.name = "erase",
		.command = true,
		.what = "erase a person's name, address and words, wherever they are stored",
		.params = {
			{ "person", PARAM_ID, true, "their id, which stays" },
			{ "former", PARAM_BOOL, false, "whoever had the id before who has it now" },
		},
	},
};
