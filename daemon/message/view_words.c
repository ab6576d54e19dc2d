/* SPDX-License-Identifier: Apache-2.0 */
/* The names that templates may use, and which of them may be missing: templates are compiled against
 * these tables. */
#include "message/view_internal.h"

/* Further deadlines of the same measure. */
static const struct word also_words[] = {
	{ .name = "deadline", .kind = WORD_FILLED },
	{ .name = "deadline_title", .kind = WORD_FILLED },
	{ .name = "day", .kind = WORD_OPTIONAL },
	{ .name = NULL },
};

static const struct word item_words[] = {
	/* What the item says: exactly one of these. */
	{ .name = "owed", .kind = WORD_FLAG },
	{ .name = "escalated", .kind = WORD_FLAG },
	{ .name = "off_track", .kind = WORD_FLAG },
	{ .name = "needs_support", .kind = WORD_FLAG },
	{ .name = "effect_below", .kind = WORD_FLAG },
	{ .name = "unreached", .kind = WORD_FLAG },
	{ .name = "unbound", .kind = WORD_FLAG },
	{ .name = "moved", .kind = WORD_FLAG },
	{ .name = "submitted", .kind = WORD_FLAG },
	{ .name = "test", .kind = WORD_FLAG },
	{ .name = "gone", .kind = WORD_FLAG },
	{ .name = "assigned", .kind = WORD_FLAG },
	{ .name = "unassigned", .kind = WORD_FLAG },
	{ .name = "absent", .kind = WORD_FLAG },
	{ .name = "outcome", .kind = WORD_FLAG },
	{ .name = "returned", .kind = WORD_FLAG },
	/* Its place among several. */
	{ .name = "number", .kind = WORD_OPTIONAL },
	/* What it is about. */
	{ .name = "id", .kind = WORD_FILLED },
	{ .name = "title", .kind = WORD_FILLED },
	{ .name = "measure", .kind = WORD_OPTIONAL },
	{ .name = "deadline", .kind = WORD_OPTIONAL },
	{ .name = "deadline_title", .kind = WORD_OPTIONAL },
	{ .name = "decision", .kind = WORD_OPTIONAL },
	{ .name = "body", .kind = WORD_OPTIONAL },
	{ .name = "owner", .kind = WORD_OPTIONAL },
	/* Its dates. */
	{ .name = "day", .kind = WORD_OPTIONAL },
	{ .name = "answer_by", .kind = WORD_OPTIONAL },
	{ .name = "formal", .kind = WORD_OPTIONAL },
	{ .name = "formal_before", .kind = WORD_OPTIONAL },
	{ .name = "expected_before", .kind = WORD_OPTIONAL },
	{ .name = "meeting", .kind = WORD_OPTIONAL },
	{ .name = "meeting_before", .kind = WORD_OPTIONAL },
	{ .name = "provisional", .kind = WORD_OPTIONAL },
	{ .name = "fixed", .kind = WORD_FLAG },
	{ .name = "late", .kind = WORD_FLAG },
	{ .name = "passed", .kind = WORD_FLAG },
	{ .name = "last_today", .kind = WORD_FLAG },
	{ .name = "one_day_left", .kind = WORD_FLAG },
	{ .name = "days_left", .kind = WORD_OPTIONAL },
	{ .name = "part_of", .kind = WORD_OPTIONAL },
	{ .name = "also", .kind = WORD_LIST, .inner = also_words },
	/* Why now, how often before, and what comes next. */
	{ .name = "why", .kind = WORD_OPTIONAL },
	{ .name = "sent_late", .kind = WORD_FLAG },
	{ .name = "promised", .kind = WORD_FLAG },
	{ .name = "stands_in_for", .kind = WORD_OPTIONAL },
	{ .name = "required", .kind = WORD_OPTIONAL },
	{ .name = "options", .kind = WORD_OPTIONAL },
	{ .name = "asked_once", .kind = WORD_FLAG },
	{ .name = "asked_times", .kind = WORD_OPTIONAL },
	{ .name = "last_asked", .kind = WORD_OPTIONAL },
	{ .name = "next", .kind = WORD_OPTIONAL },
	{ .name = "next_to", .kind = WORD_OPTIONAL },
	{ .name = "next_to_you", .kind = WORD_FLAG },
	/* The measure's state. */
	{ .name = "status", .kind = WORD_OPTIONAL },
	{ .name = "effect_planned", .kind = WORD_OPTIONAL },
	{ .name = "effect_forecast", .kind = WORD_OPTIONAL },
	{ .name = "deviation", .kind = WORD_OPTIONAL },
	{ .name = "share", .kind = WORD_OPTIONAL },
	/* What was said, and by whom. */
	{ .name = "by", .kind = WORD_OPTIONAL },
	{ .name = "note", .kind = WORD_OPTIONAL },
	{ .name = "support", .kind = WORD_OPTIONAL },
	{ .name = "person", .kind = WORD_OPTIONAL },
	{ .name = "person_id", .kind = WORD_OPTIONAL },
	{ .name = "answer", .kind = WORD_OPTIONAL },
	{ .name = "reference", .kind = WORD_OPTIONAL },
	{ .name = "supplement", .kind = WORD_FLAG },
	{ .name = "noted", .kind = WORD_FLAG },
	{ .name = "approved", .kind = WORD_FLAG },
	{ .name = "from", .kind = WORD_OPTIONAL },
	{ .name = "until", .kind = WORD_OPTIONAL },
	{ .name = "held_until", .kind = WORD_OPTIONAL },
	{ .name = NULL },
};

/* What all things of a message have in common, when there are several: told once, and not in each. */
const struct word view_common_words[] = {
	{ .name = "answer_by", .kind = WORD_OPTIONAL },
	{ .name = "formal", .kind = WORD_OPTIONAL },
	{ .name = "formal_before", .kind = WORD_OPTIONAL },
	{ .name = "expected_before", .kind = WORD_OPTIONAL },
	{ .name = "body", .kind = WORD_OPTIONAL },
	{ .name = "meeting", .kind = WORD_OPTIONAL },
	{ .name = "meeting_before", .kind = WORD_OPTIONAL },
	{ .name = "provisional", .kind = WORD_OPTIONAL },
	{ .name = "late", .kind = WORD_FLAG },
	{ .name = "passed", .kind = WORD_FLAG },
	{ .name = "last_today", .kind = WORD_FLAG },
	{ .name = "one_day_left", .kind = WORD_FLAG },
	{ .name = "days_left", .kind = WORD_OPTIONAL },
	{ .name = "part_of", .kind = WORD_OPTIONAL },
	{ .name = "decision", .kind = WORD_OPTIONAL },
	{ .name = NULL },
};

#define MESSAGE_WORDS                                                                \
	{ .name = "recipient", .kind = WORD_OPTIONAL },                              \
		{ .name = "items", .kind = WORD_LIST, .inner = item_words },         \
		{ .name = "first", .kind = WORD_LIST, .inner = item_words },         \
		{ .name = "common", .kind = WORD_LIST, .inner = view_common_words }, \
		{ .name = "count", .kind = WORD_FILLED },                            \
		{ .name = "more", .kind = WORD_OPTIONAL },                           \
		{ .name = "reply_to", .kind = WORD_OPTIONAL },                       \
		{ .name = "asks", .kind = WORD_FLAG },                               \
		{ .name = "asks_status", .kind = WORD_FLAG },                        \
		{ .name = "asks_forecast", .kind = WORD_FLAG },                      \
	{                                                                            \
		.name = "asks_deliverable", .kind = WORD_FLAG                        \
	}

const struct word view_words[] = { MESSAGE_WORDS, { .name = NULL } };

static const struct word paragraph_words[] = {
	{ .name = "text", .kind = WORD_OPTIONAL },
	{ .name = "label", .kind = WORD_OPTIONAL },
	{ .name = "value", .kind = WORD_OPTIONAL },
	{ .name = "command", .kind = WORD_OPTIONAL },
	{ .name = NULL },
};

const struct word card_words[] = {
	MESSAGE_WORDS,
	{ .name = "headline", .kind = WORD_FILLED },
	{ .name = "paragraphs", .kind = WORD_LIST, .inner = paragraph_words },
	{ .name = NULL },
};
