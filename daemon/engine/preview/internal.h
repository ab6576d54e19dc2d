/* SPDX-License-Identifier: Apache-2.0 */
/* Between the files of a preview: what it is about, who reads it, what it says. */
#pragma once
#include "engine/engine.h"
#include "engine/outbox/item.h"
#include "engine/outbox/recipient.h"
#include "engine/preview.h"
#include "ledger/lists.h"

struct previewing {
	struct engine *e;
	const struct preview_request *asked;
	const struct preview_kind *kind;
	struct rejection *why;
	struct instant now, when;
	/* What it is about; as far as the kind needs it, and what --item names. */
	const struct measure *measure;
	const struct deadline *deadline;
	const struct channel *channel;
	struct obligation o; /* id 0: none */
	bool cut;	     /* more could be asked about than was looked at */
	struct recipient to;
	enum language language; /* of the words that somebody would have written */
	struct item *items;
	size_t count, room;
};

/* What a message of a kind is about. */
enum preview_about {
	ABOUT_STEP,	  /* the next step of a ladder, with all that leaves at the same time */
	ABOUT_MEASURE,	  /* a measure */
	ABOUT_DEADLINE,	  /* a deadline as a whole */
	ABOUT_CHAIN,	  /* one that passes several bodies */
	ABOUT_OBLIGATION, /* what somebody owes */
	ABOUT_CHANNEL,
	ABOUT_NOTHING,
};
/* Who gets it first. */
enum preview_reader {
	READER_OWNER,	 /* who owes it, or owns the measure */
	READER_MANAGER,	 /* theirs */
	READER_INFORMED, /* who is told of the deadline */
	READER_ALERTED,	 /* by the plan's alerts */
	READER_SUPPORT,
	READER_STEWARD,
	READER_ANYBODY,
};
struct preview_kind {
	const char *name;
	enum item_what what;
	enum preview_about about;
	enum preview_reader reader;
	enum alert_when alert; /* READER_ALERTED */
	/* The detail of its item, a new object; NULL when there is no memory. May be NULL: it has none. */
	json_t *(*detail)(const struct previewing *p);
	/* Can the item be said to have happened? 0, or a reject code with the sentence. May be NULL. */
	int (*fits)(struct previewing *p);
};
extern const struct preview_kind preview_kinds[]; /* ends with a NULL name */

/* Add an item of this content; detail, a JSON text or NULL, becomes its own. 0 or -ENOMEM. */
int preview_add(struct previewing *p, const struct item *item);

/* Find what it is about: 0, a reject code with the sentence, or a negative errno. */
int preview_find_named(struct previewing *p); /* what --item names */
int preview_find_about(struct previewing *p); /* the rest, as the kind needs it */
/* Is the deadline due at a meeting that is yet to be set? 0 or a negative errno. */
int preview_is_unbound(struct previewing *p, const struct deadline *d, bool *ret);
/* ABOUT_CHAIN: the details of its items; and `detail` with the body that is next, by name. */
json_t *preview_undecided_detail(const struct previewing *p);
json_t *preview_disorder_detail(const struct previewing *p);
json_t *preview_frozen_detail(const struct previewing *p);
json_t *preview_add_body(const struct previewing *p, json_t *detail);
/* ABOUT_STEP: the reader, when it leaves, and the items of it. The same. */
int preview_find_step(struct previewing *p);
/* What is owed of what --item names, or by the reader and then by anybody: so many, the soonest to be looked
 * at, since the loop waits meanwhile. */
#define PREVIEW_LOOK 500
int preview_candidates(struct previewing *p, struct obligations *ret);

/* Who owes it, or has the measure now, or is responsible for the deadline; NULL: nobody. preview.c. */
const struct person *preview_owner(const struct previewing *p);

/* Words in brackets, for a decision and its reason: preview_kind.c. */
const char *preview_reference(const struct previewing *p);
const char *preview_reason(const struct previewing *p);
/* The details of kinds about a light and a measure's own date, and whether it has one: preview_light.c. */
json_t *preview_light_detail(const struct previewing *p);
json_t *preview_done_by_detail(const struct previewing *p);
int preview_has_done_by(struct previewing *p);

/* ---- preview_reply.c ----------------------------------------------------------------------------- */

/* Who owes what it is about, by id: preview_kind.c. */
const char *preview_owes(const struct previewing *p);
/* A mail to them that a server refused; a reply of theirs that was understood. */
json_t *preview_unreached_detail(const struct previewing *p);
json_t *preview_reply_detail(const struct previewing *p);

/* ---- preview_telling.c: somebody's absence, and hold, as if they began today or ended ------------ */

json_t *preview_absent_detail(const struct previewing *p);
json_t *preview_away_detail(const struct previewing *p);
json_t *preview_back_detail(const struct previewing *p);
json_t *preview_hold_detail(const struct previewing *p);
json_t *preview_hold_ended_detail(const struct previewing *p);

/* ---- preview_sign_in.c --------------------------------------------------------------------------- */

/* A link that was never asked for: it looks like one, and leads nowhere. */
json_t *preview_sign_in(const struct previewing *p);
