/* SPDX-License-Identifier: Apache-2.0 */
/* The names that the templates of pages may use, and which of them may be missing. */
#include "message/page.h"

#include "message/page_vars.h"

const char *const page_fault_names[PAGE_FAULTS] = {
	[FAULT_STATUS_MISSING] = "status_missing",
	[FAULT_STATUS_UNKNOWN] = "status_unknown",
	[FAULT_PROGRESS_MISSING] = "progress_missing",
	[FAULT_PROGRESS_UNREADABLE] = "progress_unreadable",
	[FAULT_AMOUNT_MISSING] = "amount_missing",
	[FAULT_AMOUNT_UNREADABLE] = "amount_unreadable",
	[FAULT_AMOUNT_FRACTION] = "amount_fraction",
	[FAULT_AMOUNT_AMBIGUOUS] = "amount_ambiguous",
	[FAULT_AMOUNT_TOO_LARGE] = "amount_too_large",
	[FAULT_TEXT_MISSING] = "text_missing",
	[FAULT_TEXT_TOO_LONG] = "text_too_long",
	[FAULT_REFERENCE_MISSING] = "reference_missing",
	[FAULT_REFERENCE_TOO_LONG] = "reference_too_long",
	[FAULT_DATE_MISSING] = "date_missing",
	[FAULT_DATE_UNREADABLE] = "date_unreadable",
	[FAULT_DATE_AMBIGUOUS] = "date_ambiguous",
	[FAULT_DATE_PAST] = "date_past",
	[FAULT_DATE_AFTER] = "date_after",
	[FAULT_DATE_TOO_FAR] = "date_too_far",
	[FAULT_LATE_ALREADY] = "late_already",
	[FAULT_NOT_ASKED] = "not_asked",
	[FAULT_NOT_ALLOWED] = "not_allowed",
	[FAULT_NOTHING_GIVEN] = "nothing_given",
	[FAULT_TWO_ANSWERS] = "two_answers",
	[FAULT_CHOICE_MISSING] = "choice_missing",
	[FAULT_CHOICE_UNKNOWN] = "choice_unknown",
	[FAULT_LINK_UNREADABLE] = "link_unreadable",
	[FAULT_TEXT_HOLE] = "text_hole",
	[FAULT_DATE_BEFORE] = "date_before",
	[FAULT_DATE_NOT_LATER] = "date_not_later",
	[FAULT_TWO_DATES] = "two_dates",
	[FAULT_DUE_NOT_RETURNED] = "due_not_returned",
	[FAULT_TOO_MANY] = "too_many",
	[FAULT_PAPERS_PAST] = "papers_past",
	[FAULT_NOTHING_LEFT] = "nothing_left",
	[FAULT_GIVEN_WAY] = "given_way",
	[FAULT_BEFORE_ORIGINAL] = "before_original",
	[FAULT_DECIDED] = "decided",
	[FAULT_HAS_LEFT] = "has_left",
	[FAULT_STANDS_ON] = "stands_on",
	[FAULT_BODY_BEFORE] = "body_before",
	[FAULT_NOT_ITS_BODY] = "not_its_body",
	[FAULT_WHICH_DEADLINE] = "which_deadline",
	[FAULT_CLOSED] = "closed",
	[FAULT_OWN_DEPUTY] = "own_deputy",
	[FAULT_NOT_AWAY] = "not_away",
	[FAULT_UNDONE] = "undone",
	[FAULT_TOO_LATE_TO_UNDO] = "too_late_to_undo",
	[FAULT_NOT_THERE] = "not_there",
	[FAULT_REFUSED] = "refused",
};

/* One fault: at which field, and exactly one of the flags. */
const struct template_var page_fault_vars[] = {
	FILLED("at"),	/* the id of the field */
	OPTIONAL("of"), /* which of several things it is about: its title */
	OPTIONAL("limit"),
	OPTIONAL("count"),
	FLAG("status_missing"),
	FLAG("status_unknown"),
	FLAG("progress_missing"),
	FLAG("progress_unreadable"),
	FLAG("amount_missing"),
	FLAG("amount_unreadable"),
	FLAG("amount_fraction"),
	FLAG("amount_ambiguous"),
	FLAG("amount_too_large"),
	FLAG("text_missing"),
	FLAG("text_too_long"),
	FLAG("reference_missing"),
	FLAG("reference_too_long"),
	FLAG("date_missing"),
	FLAG("date_unreadable"),
	FLAG("date_ambiguous"),
	FLAG("date_past"),
	FLAG("date_after"),
	FLAG("date_too_far"),
	FLAG("late_already"),
	FLAG("not_asked"),
	FLAG("not_allowed"),
	FLAG("nothing_given"),
	FLAG("two_answers"),
	FLAG("choice_missing"),
	FLAG("choice_unknown"),
	FLAG("link_unreadable"),
	FLAG("text_hole"),
	FLAG("date_before"),
	FLAG("date_not_later"),
	FLAG("two_dates"),
	FLAG("due_not_returned"),
	FLAG("too_many"),
	FLAG("papers_past"),
	FLAG("nothing_left"),
	FLAG("given_way"),
	FLAG("before_original"),
	FLAG("decided"),
	FLAG("has_left"),
	FLAG("stands_on"),
	FLAG("body_before"),
	FLAG("not_its_body"),
	FLAG("which_deadline"),
	FLAG("closed"),
	FLAG("own_deputy"),
	FLAG("not_away"),
	FLAG("undone"),
	FLAG("too_late_to_undo"),
	FLAG("not_there"),
	FLAG("refused"),
	/* The field, for sentences that name it. */
	FLAG("at_progress"),
	FLAG("at_achieved"),
	FLAG("at_forecast"),
	FLAG("at_note"),
	FLAG("at_support"),
	FLAG("at_reference"),
	FLAG("at_answer_by"),
	FLAG("at_until"),
	FLAG("at_reason"),
	FLAG("at_deadline"),
	FLAG("at_outcome"),
	FLAG("at_as"),
	FLAG("at_body"),
	FLAG("at_owner"),
	FLAG("at_replaces"),
	FLAG("at_from"),
	FLAG("at_last"),
	FLAG("at_deputy"),
	FLAG("at_place"),
	FLAG("at_pick"),
	FLAG("at_due"),
	FLAG("at_meeting"),
	FLAG("at_decision"),
	FLAG("at_why"),
	FLAG("at_text"),
	FLAG("at_evidence"),
	FLAG("at_done_forecast"),
	FLAG("at_status"),
	END,
};

/* A form of one thing. A field has its text as it was typed, what is wrong with it, and whether it must be
 * filled in. */
#define ENTRY(text) OPTIONAL(text), LIST(text "_fault", page_fault_vars), FLAG(text "_required")
static const struct template_var form_vars[] = {
	FILLED("n"),	/* parts the fields of several forms on a page */
	FILLED("item"), /* which thing it is about, and the event that the answer becomes */
	FILLED("event"),
	OPTIONAL("link"), /* to its own page */
	LIST("facts", template_item_vars),
	FLAG("asks_status"),
	FLAG("asks_deliverable"),
	FLAG("open"), /* to be shown unfolded */
	/* The status that is chosen. */
	LIST("status_fault", page_fault_vars),
	FLAG("not_started"),
	FLAG("on_track"),
	FLAG("at_risk"),
	FLAG("off_track"),
	FLAG("done"),
	FLAG("cancelled"),
	ENTRY("progress"),
	ENTRY("achieved"),
	ENTRY("forecast"),
	ENTRY("note"),
	ENTRY("support"),
	ENTRY("done_forecast"),
	FLAG("done_forecast_words"),
	ENTRY("evidence"),
	FLAG("more_open"), /* either of these has something */
	FLAG("effects"),   /* they belong to the measure, or are asked for */
	FLAG("effects_open"),
	FLAG("support_open"),
	ENTRY("reference"),
	/* What was last said. */
	OPTIONAL("said_at"),
	OPTIONAL("said_by"),
	OPTIONAL("said_status"),
	OPTIONAL("said_progress"),
	OPTIONAL("said_achieved"),
	OPTIONAL("said_forecast"),
	OPTIONAL("said_note"),
	/* Instead of an answer. */
	FLAG("may_promise"),
	FLAG("promising"),
	ENTRY("answer_by"),
	FLAG("answer_by_words"),  /* it is no date that an input of dates can show */
	OPTIONAL("first_day"),	  /* today, as such an input takes it */
	OPTIONAL("last_day"),	  /* that may be promised, so too */
	OPTIONAL("last_promise"), /* the same in words */
	OPTIONAL("promised_until"),
	FLAG("leaving"),
	ENTRY("until"),
	FLAG("until_words"),
	OPTIONAL("away_until"),
	OPTIONAL("deputy"),
	OPTIONAL("deputy_away"), /* who would stand in, and is away too */
	FLAG("may_request"),
	FLAG("requesting"), /* a later date */
	ENTRY("due"),
	FLAG("due_words"),
	ENTRY("meeting"),
	FLAG("any_groups"),
	LIST("groups", page_group_vars),
	ENTRY("why"),
	OPTIONAL("requested_until"), /* what is asked for already */
	FLAG("may_decline"),
	FLAG("declining"),
	ENTRY("reason"),
	FLAG("declined"),
	/* A fault of no field. */
	LIST("form_fault", page_fault_vars),
	END,
};

/* Further deadlines that ask for the same measure and are still open. */
static const struct template_var still_vars[] = {
	FILLED("deadline"),   FILLED("deadline_title"), OPTIONAL("day"),
	OPTIONAL("required"), OPTIONAL("opens_then"),	END,
};
static const struct template_var receipt_vars[] = {
	LIST("facts", template_item_vars),
	FILLED("recorded"), /* when */
	OPTIONAL("by"),	    /* who, when it is not the reader */
	/* What it is. */
	FLAG("reported"),
	FLAG("handed_over"),
	FLAG("promised_it"),
	FLAG("gone"),
	FLAG("declined"),
	FLAG("requested"),
	OPTIONAL("said_status"),
	OPTIONAL("said_progress"),
	OPTIONAL("said_achieved"),
	OPTIONAL("said_forecast"),
	OPTIONAL("said_note"),
	OPTIONAL("said_support"),
	OPTIONAL("said_reference"),
	OPTIONAL("said_done_forecast"),
	OPTIONAL("said_evidence"),
	OPTIONAL("asked_due"),
	OPTIONAL("said_why"),
	OPTIONAL("answer_by"),
	OPTIONAL("from"),
	OPTIONAL("until"),
	OPTIONAL("deputy"),
	OPTIONAL("deputy_away"),
	/* What happens now. */
	FLAG("answered"),
	OPTIONAL("opens"), /* when it would have counted */
	FLAG("support_told"),
	LIST("still", still_vars),
	OPTIONAL("correct_until"),
	FLAG("correction_over"),
	FLAG("corrected"),
	OPTIONAL("owner_now"), /* who may change it, when the reader may not */
	OPTIONAL("newer"),     /* what counts instead, and from when */
	OPTIONAL("newer_at"),
	OPTIONAL("link"), /* to its own page */
	END,
};

/* What was typed of something that has no form any more, in the words in which it was. */
static const struct template_var unsaved_vars[] = {
	OPTIONAL("title"),	   OPTIONAL("id"),
	OPTIONAL("status"),	   OPTIONAL("progress"),
	OPTIONAL("achieved"),	   OPTIONAL("forecast"),
	OPTIONAL("note"),	   OPTIONAL("support"),
	OPTIONAL("reference"),	   OPTIONAL("reason"),
	OPTIONAL("done_forecast"), OPTIONAL("evidence"),
	OPTIONAL("why"),	   END,
};

#define PAGE_UNSAVED FLAG("any_unsaved"), LIST("unsaved", unsaved_vars)
#define PAGE_FORMS                                                                                 \
	LIST("forms", form_vars), LIST("receipts", receipt_vars), LIST("faults", page_fault_vars), \
		FLAG("faulty"), FLAG("not_stored")

static const struct template_var answer_vars[] = { PAGE_VARS, PAGE_FORMS, PAGE_UNSAVED, END };
/* What would be recorded: in words, and as its form sends it. */
static const struct template_var proposed_vars[] = {
	OPTIONAL("said_status"),
	OPTIONAL("said_progress"),
	OPTIONAL("said_achieved"),
	OPTIONAL("said_forecast"),
	OPTIONAL("said_done_forecast"),
	FILLED("status"),
	OPTIONAL("progress"),
	OPTIONAL("achieved"),
	OPTIONAL("forecast"),
	OPTIONAL("done_forecast"),
	OPTIONAL("link"),
	END,
};
static const struct template_var reply_vars[] = { PAGE_VARS, PAGE_FORMS, PAGE_UNSAVED,
						  LIST("proposed", proposed_vars), END };
static const struct template_var mine_vars[] = {
	PAGE_VARS,
	PAGE_FORMS,
	OPTIONAL("count"),  /* of what is to be answered */
	OPTIONAL("shown"),  /* of it, when not all is: so many … */
	OPTIONAL("hidden"), /* … and so many not */
	OPTIONAL("all_by"), /* the day on which all of several are due */
	FLAG("several"),    /* forms */
	FLAG("nothing"),
	FLAG("any_receipts"),
	OPTIONAL("receipts_hidden"), /* how many, when not all are shown */
	PAGE_UNSAVED,
	END,
};
static const struct template_var ended_vars[] = {
	PAGE_VARS,
	LIST("facts", template_item_vars),
	OPTIONAL("title"),
	OPTIONAL("id"),
	PAGE_UNSAVED,
	/* Why. */
	FLAG("expired"),
	FLAG("board_expired"),
	FLAG("superseded"),
	FLAG("removed"),
	FLAG("handed_over"),
	FLAG("measure_closed"),
	FLAG("closed_by_body"),
	FLAG("left"),
	FLAG("not_theirs"),
	END,
};
static const struct template_var error_vars[] = {
	PAGE_VARS,
	OPTIONAL("write_to"), /* when nothing else helps */
	/* Exactly one of these. */
	FLAG("not_found"),
	FLAG("malformed"),
	FLAG("form"),
	FLAG("foreign"),
	FLAG("signed_out"),
	FLAG("not_for_them"),
	FLAG("method"),
	FLAG("late"),
	FLAG("too_large"),
	FLAG("misdirected"),
	FLAG("many"),
	FLAG("often"),
	FLAG("broken"),
	FLAG("busy"),
	FLAG("not_stored"),
	END,
};

const struct page_kind page_kinds[PAGES] = {
	[PAGE_ANSWER] = { "page_answer", answer_vars },
	[PAGE_REPLY] = { "page_reply", reply_vars },
	[PAGE_RECEIPT] = { "page_receipt", answer_vars },
	[PAGE_MINE] = { "page_mine", mine_vars },
	[PAGE_ENDED] = { "page_ended", ended_vars },
	[PAGE_ERROR] = { "page_error", error_vars },
	[PAGE_BOARD] = { "page_board", page_board_vars },
	[PAGE_BOARDS] = { "page_boards", page_boards_vars },
	[PAGE_SIGN_IN] = { "page_sign_in", page_sign_in_vars },
	[PAGE_SIGN_IN_LINK] = { "page_sign_in_link", page_sign_in_link_vars },
	[PAGE_ACCESSIBILITY] = { "page_accessibility", page_accessibility_vars },
	[PAGE_ONWARD] = { "page_onward", page_onward_vars },
	[PAGE_ACT] = { "page_act", page_act_vars },
	[PAGE_REQUESTS] = { "page_desk_requests", page_desk_requests_vars },
	[PAGE_DONE] = { "page_done", page_done_vars },
	[PAGE_DESK] = { "page_desk", page_desk_vars },
	[PAGE_DESK_ITEMS] = { "page_desk_items", page_desk_items_vars },
	[PAGE_DESK_ITEM] = { "page_desk_item", page_desk_item_vars },
	[PAGE_DESK_OUTBOX] = { "page_desk_outbox", page_desk_outbox_vars },
	[PAGE_DESK_MESSAGE] = { "page_desk_message", page_desk_message_vars },
	[PAGE_DESK_HOLD] = { "page_desk_hold", page_desk_vars },
	[PAGE_DESK_FORECAST] = { "page_desk_forecast", page_desk_forecast_vars },
	[PAGE_DESK_CALENDAR] = { "page_desk_calendar", page_desk_calendar_vars },
	[PAGE_DESK_PEOPLE] = { "page_desk_people", page_desk_people_vars },
	[PAGE_DESK_MEETINGS] = { "page_desk_meetings", page_desk_meetings_vars },
};
