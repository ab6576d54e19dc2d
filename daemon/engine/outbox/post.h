/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Posting: putting an item into the outbox, for one recipient, on each of their channels, merged with
 * what is waiting there for the same person and instant. Contracts § 3 "When".
 */
#pragma once
#include "engine/engine.h"
#include "engine/outbox/recipient.h"

/* What an item says. The comment lists the members of its `detail`; "by" is a source. */
enum item_what {
	ITEM_OWED,	    /* theirs to answer */
	ITEM_ESCALATED,	    /* somebody else has not answered */
	ITEM_OFF_TRACK,	    /* {"status","note"?,"by"} */
	ITEM_NEEDS_SUPPORT, /* {"status","needs_support","by"} */
	ITEM_EFFECT_BELOW,  /* {"status","effect_planned","effect_forecast","percent","by"} */
	ITEM_UNREACHED,	    /* {"person","answer"?}: nobody was reached; the server's answer */
	ITEM_UNBOUND,	    /* the month ended without the meeting */
	ITEM_MOVED,	    /* {"due","papers"} before the change; now stands in the obligation */
	ITEM_SUBMITTED,	    /* {"reference","note"?,"by","supplement":bool} */
	ITEM_TEST,	    /* nothing but that messages arrive: no deadline, no measure */
	ITEM_GONE,	    /* {"channel"}: its server wants nothing more; about no deadline */
	ITEM_ASSIGNED,	    /* theirs now, in place of the steps already past: {"by"} */
	ITEM_UNASSIGNED,    /* no longer theirs: {"by"} */
	ITEM_ABSENT,   /* {"person","from","until","held_until"}: what waits for their return */
	ITEM_OUTCOME,  /* {"outcome","reference","by"}: what the body decided */
	ITEM_RETURNED, /* {"due","papers","reference","by"}: open anew; dates before */
	ITEM_WHATS,
};
/* The kind of message an item belongs in. */
enum message_kind item_kind(enum item_what what);
/* Is it of a ladder? Its messages have an instant of their own; others leave when they can. */
bool kind_is_ladder(enum message_kind kind);
/* Does who owes an obligation count as reached by it, once it is accepted? */
bool item_reaches(enum item_what what);

/*
 * Post one item, planned for `planned` (already within open hours). item->message and n are given
 * here; detail is borrowed. *ret_message (may be NULL): the row of its first channel. Ladder items
 * (owed, escalated) join what is planned for the same instant; other kinds join what of their kind
 * has not left.
 */
int post_item(struct engine *e, struct recipient to, const struct item *item,
	      struct instant planned, struct instant now, int64_t *ret_message);
/* The same to everyone in the list, at the next opening from now; to who stands in for those who are
 * away, or held for them, of which their manager is told. */
int post_to_all(struct engine *e, const struct recipient_list *to, const struct item *item,
		struct instant now);

/* The same of an item with this detail, which is stolen; NULL: there was no memory for it. */
int post_with_detail(struct engine *e, const struct recipient_list *to, const struct item *item,
		     json_t *detail, struct instant now);

/* Post a test for a person on one of their channels: a message of its own, to leave at once, whatever
 * the hour. *ret_message: its row. */
int post_test(struct engine *e, const struct person *to, const struct channel *channel,
	      struct instant now, int64_t *ret_message);
/* Whom a list reaches when it is posted now: who stands in for those who are away. */
int resolve_absences(struct engine *e, const struct recipient_list *to, struct instant now,
		     struct recipient_list *ret);
struct stand_in;
/* When what is held for an absent person may leave: the first opening when they are back. */
struct instant resume_instant(const struct plan *plan, const struct stand_in *away);
/* Tell the manager (without one: support), once an absence: a step of this obligation is held. */
int post_tell_held_step(struct engine *e, const struct person *person, const struct stand_in *away,
			const struct obligation *o, struct instant now);
/* ... or: messages of this item's kind are held. */
int post_tell_held_item(struct engine *e, const struct person *person, const struct stand_in *away,
			const struct item *item, struct instant now);
/* Who that is, for the forecast as well. */
void absence_notice_to(struct engine *e, const struct person *person, struct recipient_list *to);

/*
 * Strike out what has become moot: open items of the obligation (0: of the deadline) of the kinds in
 * whats (bits 1 << what). Messages left without an item are dropped if they wait to leave.
 */
int outbox_strike(struct engine *e, int64_t obligation, const char *deadline, unsigned whats,
		  const char *why, struct instant now);
/* The same, for one recipient only. */
int outbox_strike_for(struct engine *e, int64_t obligation, const char *deadline, unsigned whats,
		      const char *recipient, const char *why, struct instant now);
/* Drop all that waits to leave for a recipient who left the plan. */
int post_drop_recipient(struct engine *e, const char *recipient, const char *why,
			struct instant now);
