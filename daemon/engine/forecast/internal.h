/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A forecast in the making, and what its rooms share:
 *
 *	waiting      what waits in the outbox already
 *	obligations  the walks of those there are, and of those that will be born of series
 *	told         who hears of something: they themselves, who stands in, or later; and their manager
 *	foretold     the messages gathered, merged as the outbox would merge them
 */
#pragma once
#include "engine/forecast.h"
#include "engine/forecast/virtual_outbox.h"
#include "engine/ladder/walk.h"
#include "engine/obligation/series.h"
#include "engine/outbox/post.h"

#define PAGE 200 /* obligations of one slice */

enum stage {
	STAGE_SERIES,
	STAGE_QUEUED,
	STAGE_DEADLINES,
	STAGE_OBLIGATIONS,
	STAGE_COMING,
	STAGE_GROUP,
	STAGE_DONE
};

struct forecast {
	struct engine *e;
	struct instant now, from, end;
	enum stage stage;
	int64_t after; /* the last message or obligation looked at */
	struct walk *walk;
	struct obligation *page;
	struct virtual_outbox *foretold;
	const struct obligation *o; /* walked now */
	const struct deadline *d;   /* its deadline */
	struct series *series; /* of the plan's deadlines, by index; those without d are none */
	size_t at, coming, measure; /* of what comes: series, occurrence, measure */
	struct instant walked_at;   /* at this instant */
	struct told {		    /* what managers will have been told of absences */
		int64_t absence, obligation;
		int kind;
	} * told;
	size_t told_count, told_room;
};

/* What a telling is about. */
struct about {
	enum item_what what;
	const struct deadline *d;
	const char *measure;
};

/* Stages of the work, a slice of each: 1, and f->stage is the next one when there is no more of it. */
int forecast_queued(struct forecast *f);
int forecast_obligations(struct forecast *f);
int forecast_coming(struct forecast *f);

/* ---- told -------------------------------------------------------------------------------------- */

bool forecast_asks(const struct forecast *f, struct instant when);
/* When a deadline's reminders end: an occurrence gives way to the next. */
struct instant forecast_ends(const struct forecast *f, const struct deadline *d);
/* What is certain to reach the recipient then; left out when it is not asked about. */
int forecast_add(struct forecast *f, struct instant when, struct recipient to, enum item_what what,
		 const struct deadline *d, const char *measure, const struct step *step);
/* What is posted to all of them at an open instant. */
int forecast_add_all(struct forecast *f, struct instant when, const struct recipient_list *to,
		     const struct about *about);
/* Their manager hears, once, of what is held. */
int forecast_add_absent(struct forecast *f, struct instant when, const struct person *person,
			const struct stand_in *away, int64_t obligation, int kind,
			const struct about *about);
/* What was noted of the obligation walked before is asked for no more. */
void forecast_forget_notices(struct forecast *f);
