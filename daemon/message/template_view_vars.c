/* SPDX-License-Identifier: Apache-2.0 */
/* The names that templates may use, and which of them may be missing: templates are compiled against
 * these tables. */
#include "message/template_view_internal.h"

/* Further deadlines of the same measure. */
static const struct template_var also_vars[] = {
	{ .name = "deadline", .kind = VAR_FILLED },
	{ .name = "deadline_title", .kind = VAR_FILLED },
	{ .name = "day", .kind = VAR_OPTIONAL },
	{ .name = NULL },
};

static const struct template_var item_vars[] = {
	/* What the item says: exactly one of these. */
	{ .name = "owed", .kind = VAR_FLAG },
	{ .name = "escalated", .kind = VAR_FLAG },
	{ .name = "off_track", .kind = VAR_FLAG },
	{ .name = "needs_support", .kind = VAR_FLAG },
	{ .name = "effect_below", .kind = VAR_FLAG },
	{ .name = "unreached", .kind = VAR_FLAG },
	{ .name = "unbound", .kind = VAR_FLAG },
	{ .name = "moved", .kind = VAR_FLAG },
	{ .name = "submitted", .kind = VAR_FLAG },
	{ .name = "test", .kind = VAR_FLAG },
	{ .name = "gone", .kind = VAR_FLAG },
	{ .name = "assigned", .kind = VAR_FLAG },
	{ .name = "unassigned", .kind = VAR_FLAG },
	{ .name = "absent", .kind = VAR_FLAG },
	{ .name = "outcome", .kind = VAR_FLAG },
	{ .name = "returned", .kind = VAR_FLAG },
	/* Its place among several. */
	{ .name = "number", .kind = VAR_OPTIONAL },
	/* What it is about. */
	{ .name = "id", .kind = VAR_FILLED },
	{ .name = "title", .kind = VAR_FILLED },
	{ .name = "measure", .kind = VAR_OPTIONAL },
	{ .name = "deadline", .kind = VAR_OPTIONAL },
	{ .name = "deadline_title", .kind = VAR_OPTIONAL },
	{ .name = "decision", .kind = VAR_OPTIONAL },
	{ .name = "body", .kind = VAR_OPTIONAL },
	{ .name = "owner", .kind = VAR_OPTIONAL },
	/* Its dates. */
	{ .name = "day", .kind = VAR_OPTIONAL },
	{ .name = "answer_by", .kind = VAR_OPTIONAL },
	{ .name = "formal", .kind = VAR_OPTIONAL },
	{ .name = "formal_before", .kind = VAR_OPTIONAL },
	{ .name = "expected_before", .kind = VAR_OPTIONAL },
	{ .name = "meeting", .kind = VAR_OPTIONAL },
	{ .name = "meeting_before", .kind = VAR_OPTIONAL },
	{ .name = "provisional", .kind = VAR_OPTIONAL },
	{ .name = "fixed", .kind = VAR_FLAG },
	{ .name = "late", .kind = VAR_FLAG },
	{ .name = "passed", .kind = VAR_FLAG },
	{ .name = "last_today", .kind = VAR_FLAG },
	{ .name = "one_day_left", .kind = VAR_FLAG },
	{ .name = "days_left", .kind = VAR_OPTIONAL },
	{ .name = "part_of", .kind = VAR_OPTIONAL },
	{ .name = "also", .kind = VAR_LIST, .inner = also_vars },
	/* Why now, how often before, and what comes next. */
	{ .name = "why", .kind = VAR_OPTIONAL },
	{ .name = "sent_late", .kind = VAR_FLAG },
	{ .name = "promised", .kind = VAR_FLAG },
	{ .name = "stands_in_for", .kind = VAR_OPTIONAL },
	{ .name = "required", .kind = VAR_OPTIONAL },
	{ .name = "options", .kind = VAR_OPTIONAL },
	{ .name = "asked_once", .kind = VAR_FLAG },
	{ .name = "asked_times", .kind = VAR_OPTIONAL },
	{ .name = "last_asked", .kind = VAR_OPTIONAL },
	{ .name = "next", .kind = VAR_OPTIONAL },
	{ .name = "next_to", .kind = VAR_OPTIONAL },
	{ .name = "next_to_you", .kind = VAR_FLAG },
	/* The measure's state. */
	{ .name = "status", .kind = VAR_OPTIONAL },
	{ .name = "effect_planned", .kind = VAR_OPTIONAL },
	{ .name = "effect_forecast", .kind = VAR_OPTIONAL },
	{ .name = "deviation", .kind = VAR_OPTIONAL },
	{ .name = "share", .kind = VAR_OPTIONAL },
	/* What was said, and by whom. */
	{ .name = "by", .kind = VAR_OPTIONAL },
	{ .name = "note", .kind = VAR_OPTIONAL },
	{ .name = "support", .kind = VAR_OPTIONAL },
	{ .name = "person", .kind = VAR_OPTIONAL },
	{ .name = "person_id", .kind = VAR_OPTIONAL },
	{ .name = "answer", .kind = VAR_OPTIONAL },
	{ .name = "reference", .kind = VAR_OPTIONAL },
	{ .name = "supplement", .kind = VAR_FLAG },
	{ .name = "noted", .kind = VAR_FLAG },
	{ .name = "approved", .kind = VAR_FLAG },
	{ .name = "from", .kind = VAR_OPTIONAL },
	{ .name = "until", .kind = VAR_OPTIONAL },
	{ .name = "held_until", .kind = VAR_OPTIONAL },
	{ .name = NULL },
};

/* What all things of a message have in common, when there are several: told once, and not in each. */
const struct template_var template_common_vars[] = {
	{ .name = "answer_by", .kind = VAR_OPTIONAL },
	{ .name = "formal", .kind = VAR_OPTIONAL },
	{ .name = "formal_before", .kind = VAR_OPTIONAL },
	{ .name = "expected_before", .kind = VAR_OPTIONAL },
	{ .name = "body", .kind = VAR_OPTIONAL },
	{ .name = "meeting", .kind = VAR_OPTIONAL },
	{ .name = "meeting_before", .kind = VAR_OPTIONAL },
	{ .name = "provisional", .kind = VAR_OPTIONAL },
	{ .name = "late", .kind = VAR_FLAG },
	{ .name = "passed", .kind = VAR_FLAG },
	{ .name = "last_today", .kind = VAR_FLAG },
	{ .name = "one_day_left", .kind = VAR_FLAG },
	{ .name = "days_left", .kind = VAR_OPTIONAL },
	{ .name = "part_of", .kind = VAR_OPTIONAL },
	{ .name = "decision", .kind = VAR_OPTIONAL },
	{ .name = NULL },
};

#define MESSAGE_VARS                                                                               \
	{ .name = "recipient", .kind = VAR_OPTIONAL },                                             \
		{ .name = "items", .kind = VAR_LIST, .inner = item_vars },                         \
		{ .name = "first", .kind = VAR_LIST, .inner = item_vars },                         \
		{ .name = "common", .kind = VAR_LIST, .inner = template_common_vars },             \
		{ .name = "count", .kind = VAR_FILLED }, { .name = "more", .kind = VAR_OPTIONAL }, \
		{ .name = "reply_to", .kind = VAR_OPTIONAL },                                      \
		{ .name = "asks", .kind = VAR_FLAG }, { .name = "asks_status", .kind = VAR_FLAG }, \
		{ .name = "asks_forecast", .kind = VAR_FLAG },                                     \
	{                                                                                          \
		.name = "asks_deliverable", .kind = VAR_FLAG                                       \
	}

const struct template_var template_view_vars[] = { MESSAGE_VARS, { .name = NULL } };

static const struct template_var paragraph_vars[] = {
	{ .name = "text", .kind = VAR_OPTIONAL },
	{ .name = "label", .kind = VAR_OPTIONAL },
	{ .name = "value", .kind = VAR_OPTIONAL },
	{ .name = "command", .kind = VAR_OPTIONAL },
	{ .name = NULL },
};

const struct template_var template_card_vars[] = {
	MESSAGE_VARS,
	{ .name = "headline", .kind = VAR_FILLED },
	{ .name = "paragraphs", .kind = VAR_LIST, .inner = paragraph_vars },
	{ .name = NULL },
};
