/* SPDX-License-Identifier: Apache-2.0 */
/* What the two files of a virtual outbox share: virtual_outbox.c gathers, virtual_outbox_rows.c makes messages of it. */
#pragma once
#include <assert.h>
#include <stdint.h>

#include "engine/forecast/virtual_outbox.h"

#define NO_STEP UINT16_MAX
#define SEEN_STEP (UINT16_MAX - 1) /* WALK_SEEN, which is in no ladder */
#define NO_INDEX UINT32_MAX

struct entry {
	uint32_t to; /* as recipient_index says */
	union {
		uint32_t deadline; /* as deadline_index says; NO_INDEX: none */
		uint32_t meant;	   /* ITEM_AWAY: for whom, unless it is `to`; NO_INDEX */
	};
	union {
		uint32_t measure;
		uint32_t away; /* ITEM_AWAY: who is, by their place in the plan */
	};
	uint16_t step; /* index into the deadline's ladder; NO_STEP */
	uint16_t what : 5,
		repetition : 11; /* enum item_what; how often the step has been repeated */
};
#define REPETITION_MAX 2047 /* plan/ladder.c: none has more than 1200 */
static_assert(ITEM_WHATS <= 32, "an entry has room for it");

/* What is told at one instant; or in one message that has been tried already, which nothing joins. */
struct bucket {
	struct instant when;
	const struct channel *tried; /* that message's; else NULL, and all channels of a person */
	bool unknown;		     /* whether that message has arrived */
	struct entry *entries;
	size_t count, room;
};

/* A message: a run of a bucket's entries on one channel. */
struct row {
	uint32_t bucket, first, count;
	uint16_t kind, channel; /* channel: index into the plan's */
};

struct virtual_outbox {
	const struct plan *plan;
	enum message_kind merges_as[KINDS]; /* the first kind that one may be merged with */
	struct bucket *buckets;		    /* in order of time */
	size_t bucket_count, bucket_room;
	size_t grouped; /* buckets whose rows are made */
	struct row *rows;
	size_t row_count, row_room;
	const struct deadline **occurrences; /* that entries name, some more than once */
	size_t occurrence_count, occurrence_room;
};

/* Of an entry's numbers. */
struct recipient virtual_recipient_at(const struct plan *plan, uint32_t index);
const struct deadline *virtual_deadline_at(const struct virtual_outbox *f, uint32_t index);
const char *virtual_step_text(const struct deadline *d, uint16_t step);
