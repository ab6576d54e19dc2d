/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one door to the outbox. Whatever is posted goes through a sink: the ledger's (engine/outbox/post.h),
 * whose messages leave, or the forecast's (engine/forecast/forecast_sink.c), whose messages are only
 * counted. Who is reached while somebody is away, what waits for their return, who hears of that: these
 * rules are written once, above the door, so that a forecast cannot tell another story than the outbox.
 */
#pragma once
#include "base/instant.h"
#include "engine/outbox/absence.h"
#include "engine/outbox/item.h"
#include "engine/outbox/recipient.h"

/* One item to be posted. In pointers, all borrowed, since a forecast posts a million of them. */
struct posting {
	enum item_what what;
	const struct deadline *deadline; /* of the plan, or an occurrence to come; NULL: none */
	struct measure_id measure;	 /* NULL: none, or the deliverable */
	struct obligation_id obligation; /* 0: none */
	int round;
	const char *step; /* its text in the ladder; NULL: none */
	unsigned repetition;
	bool late;    /* the step was already past when it was decided */
	char *detail; /* JSON, as engine/outbox/item.h says; NULL: none. Never changed */
	struct person_id stands_for; /* who is away, for whom its recipient gets it; NULL: nobody */
};

struct sink {
	const struct plan *plan;
	const struct absences *absences; /* who is away, and when */
	struct instant now;		 /* when things are posted */
	/*
	 * Put an item into the messages of a recipient, on each of their channels, that are planned for
	 * an instant within open hours. *ret_message: that on the first channel, 0 when there is no such
	 * row; untouched on failure.
	 */
	int (*put)(struct sink *sink, struct recipient to, const struct posting *posting,
		   struct instant planned, struct message_id *ret_message);
	/*
	 * Note that the manager is told of what an absence holds: of one obligation, or, with obligation
	 * 0, messages of a kind. *ret_first: they had not been told before.
	 */
	int (*note_absence)(struct sink *sink, int64_t absence, struct obligation_id obligation,
			    enum message_kind kind, bool *ret_first);
};

/* The item of a message that waits, to be posted anew. item is borrowed. */
struct posting posting_of_item(const struct plan *plan, const struct item *item);

/* Whom something goes to once who is away was looked at, and for whom each stands in: nobody, if they are named
 * besides. */
struct reached {
	struct recipient_list to;
	struct person_id stands_for[RECIPIENTS_MAX];
};
void reached_add(struct reached *reached, struct recipient to, struct person_id stands_for);

/*
 * Post to everyone in the list, at the next opening: to who stands in for those who are away, or held
 * for them until they are back, of which their manager (without one: support) is told.
 */
int sink_post_all(struct sink *sink, const struct recipient_list *to,
		  const struct posting *posting);
/* When what is held for an absent person may leave: the first opening when they are back. */
struct instant resume_instant(const struct plan *plan, const struct stand_in *away);
/* Tell the manager, once an absence: a step of this posting's obligation waits. */
int sink_tell_held_step(struct sink *sink, const struct person *person, const struct stand_in *away,
			const struct posting *about);
/* ... or: messages of this posting's kind wait. */
int sink_tell_held_item(struct sink *sink, const struct person *person, const struct stand_in *away,
			const struct posting *about);
