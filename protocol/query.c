/* SPDX-License-Identifier: Apache-2.0 */
#include "protocol/query.h"

#include <stdint.h>
#include <string.h>

#include "protocol/civil.h"
#include "protocol/event.h"
#include "protocol/rfc3339.h"
#include "protocol/text.h"

#define PARAM_TEXT_MAX 500 /* bytes */

const struct request_kind request_kinds[REQUESTS] = {
	[QUERY_LIST] = {
		.name = "list",
		.what = "what is owed, by whom and until when",
		.params = {
			{ "owner", PARAM_ID, false, "only what this person owes" },
			{ "deadline", PARAM_ID, false, "only what is owed to this deadline" },
			{ "late", PARAM_BOOL, false, "only what is late" },
			{ "all", PARAM_BOOL, false, "also what is answered, waiting, withdrawn or closed" },
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
			{ "format", PARAM_ID, false, "md: the text of the paper, where there is one" },
		},
	},
	[QUERY_OUTBOX] = {
		.name = "outbox",
		.what = "messages out and how far each has come",
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
	[COMMAND_MESSAGE] = {
		.name = "message",
		.command = true,
		.what = "a message of the outbox as it left, or would leave now",
		.params = {
			{ "id", PARAM_MESSAGE, true, "its number in the outbox" },
		},
	},
};

/* Every query can be paged. */
static const struct request_param paging[] = {
	{ "after", PARAM_TEXT, false, "the next of the page before" },
	{ "limit", PARAM_INTEGER, false, "rows of a page at most" },
	{ NULL, PARAM_TEXT, false, NULL },
};

static bool is_id(const json_t *value)
{
	return json_is_string(value) && text_is_item(json_string_value(value));
}

static bool is_date(const json_t *value)
{
	struct civil_date date;

	return json_is_string(value) && civil_parse(json_string_value(value), &date) == 0;
}

static bool is_month(const json_t *value)
{
	int year, month;

	return json_is_string(value) &&
	       civil_parse_month(json_string_value(value), &year, &month) == 0;
}

static bool is_bool(const json_t *value)
{
	return json_is_boolean(value);
}

/* A number without a fraction, as events have it: 10, 10.0, 1e1; 0 is none, as is what does not fit. */
static json_int_t whole(const json_t *value)
{
	const double real = json_is_real(value) ? json_real_value(value) : 0;

	if (json_is_integer(value))
		return json_integer_value(value);
	return real >= 1 && real < 0x1p53 && real == (double)(json_int_t)real ? (json_int_t)real
									      : 0;
}

static bool is_integer(const json_t *value)
{
	return whole(value) >= 1 && whole(value) <= QUERY_ROWS_MAX;
}

static bool is_message(const json_t *value)
{
	return whole(value) >= 1;
}

static bool is_time(const json_t *value)
{
	struct local_time local;
	struct instant instant;

	return json_is_string(value) && (civil_parse_local(json_string_value(value), &local) == 0 ||
					 rfc3339_parse(json_string_value(value), &instant) == 0);
}

static bool is_text(const json_t *value)
{
	size_t n = json_string_length(value);

	return json_is_string(value) && n >= 1 && n <= PARAM_TEXT_MAX &&
	       text_is_clean(json_string_value(value), n, false);
}

static const struct {
	bool (*holds)(const json_t *value);
	const char *what;
} param_kinds[] = {
	[PARAM_ID] = { is_id, "an id" },
	[PARAM_DATE] = { is_date, "a date that exists, written \"YYYY-MM-DD\"" },
	[PARAM_MONTH] = { is_month, "a month, written \"YYYY-MM\"" },
	[PARAM_BOOL] = { is_bool, "true or false" },
	[PARAM_INTEGER] = { is_integer, "a whole number from 1 to 1000" },
	[PARAM_MESSAGE] = { is_message, "the number of a message, as outbox lists it" },
	[PARAM_NUMBER] = { is_message, "a whole number from 1 on" },
	[PARAM_TIME] = { is_time, "a time such as \"2026-05-11T09:30\"" },
	[PARAM_TEXT] = { is_text, "a line of text of at most 500 bytes" },
};

static const struct request_param *find_param(const struct request_param *params, const char *name)
{
	for (; params->name; params++)
		if (strcmp(params->name, name) == 0)
			return params;
	return NULL;
}

static enum reject_code unknown_param(const struct request_kind *kind, const char *name,
				      struct rejection *ret_why)
{
	struct text_list known = { "" };

	for (const struct request_param *param = kind->params; param->name; param++)
		text_list_add(&known, param->name);
	for (const struct request_param *param = paging; !kind->command && param->name; param++)
		text_list_add(&known, param->name);
	return reject(ret_why, REJECT_BAD_DATA, "params has an unknown member \"%s\"; %s takes %s",
		      text_excerpt(name).text, kind->name, *known.text ? known.text : "none");
}

static enum reject_code check_params(const struct request_kind *kind, json_t *params,
				     struct rejection *ret_why)
{
	const struct request_param *param;
	const char *name;
	json_t *value;

	if (!json_is_object(params))
		return reject(ret_why, REJECT_BAD_DATA, "params is %s; it has to be an object",
			      event_value(params).text);
	json_object_foreach (params, name, value) {
		param = find_param(kind->params, name);
		if (!param && !kind->command)
			param = find_param(paging, name);
		if (!param)
			return unknown_param(kind, name, ret_why);
		if (!param_kinds[param->kind].holds(value))
			return reject(ret_why, REJECT_BAD_DATA, "%s %s is not %s", name,
				      event_value(value).text, param_kinds[param->kind].what);
		/* Whoever reads it reads an integer. */
		if (json_is_real(value) &&
		    json_object_set_new(params, name, json_integer(whole(value))) < 0)
			return parsed_no_memory(ret_why);
	}
	for (param = kind->params; param->name; param++)
		if (param->required && !json_object_get(params, param->name))
			return reject(ret_why, REJECT_BAD_DATA,
				      "params has no %s (%s), which %s requires", param->name,
				      param->what, kind->name);
	return REJECT_NONE;
}

static enum reject_code find_kind(const json_t *name, bool command, enum request *ret,
				  struct rejection *ret_why)
{
	const char *word = command ? "command" : "query", *text = json_string_value(name);
	struct text_list known = { "" };

	for (enum request request = 0; request < REQUESTS; request++) {
		if (request_kinds[request].command != command)
			continue;
		if (text && strcmp(text, request_kinds[request].name) == 0) {
			*ret = request;
			return REJECT_NONE;
		}
		text_list_add(&known, request_kinds[request].name);
	}
	return reject(ret_why, REJECT_UNKNOWN_TYPE, "%s %s is not one of %s", word,
		      event_value(name).text, known.text);
}

enum reject_code request_check(enum request which, json_t *params, struct rejection *ret_why)
{
	return check_params(&request_kinds[which], params, ret_why);
}

bool request_is(const struct parsed *json)
{
	return (parsed_get(json, "query") || parsed_get(json, "command")) &&
	       !parsed_get(json, "specversion");
}

enum reject_code request_parse(json_t *json, enum request *ret, json_t **ret_params,
			       struct rejection *ret_why)
{
	json_t *command = json_object_get(json, "command"), *query = json_object_get(json, "query");
	json_t *params = json_object_get(json, "params");
	enum request request;
	enum reject_code code;

	if (!query == !command || json_object_size(json) != (params ? 2u : 1u))
		return reject(
			ret_why, REJECT_BAD_EVENT,
			"a request is an object with either query or command, and params at most");
	code = find_kind(command ? command : query, command != NULL, &request, ret_why);
	if (code != REJECT_NONE)
		return code;
	if (!params) {
		params = json_object();
		if (json_object_set_new(json, "params", params) < 0)
			return parsed_no_memory(ret_why);
	}
	code = check_params(&request_kinds[request], params, ret_why);
	if (code != REJECT_NONE)
		return code;
	*ret = request;
	*ret_params = params;
	return REJECT_NONE;
}
