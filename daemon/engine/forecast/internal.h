/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A forecast in the making, and what its files share:
 *
 *	forecast_queued.c       what waits in the outbox already
 *	forecast_away.c         who will be away, and back
 *	forecast_obligations.c  the walks of the obligations there are, and of those that will be created
 *	forecast_freeze.c       the papers that will be frozen
 *	forecast_lights.c       the lights that time will turn yellow or red
 *	forecast_narrow.c       all of these for some rows alone
 *	forecast_sink.c         the outbox's door as a forecast has it: posting here adds to virtual_outbox.c
 *	virtual_outbox.c        what is posted, gathered
 *	virtual_outbox_rows.c   and made messages
 */
#pragma once
#include "engine/forecast.h"
#include "engine/forecast/virtual_outbox.h"
#include "engine/ladder/walk.h"
#include "engine/obligation/chain.h"
#include "engine/obligation/series.h"
#include "engine/outbox/sink.h"

#define PAGE 200 /* obligations of one slice */

/* The work, one kind of it after the other. */
enum stage {
	STAGE_SERIES,
	STAGE_QUEUED,
	STAGE_AWAY,
	STAGE_DEADLINES,
	STAGE_LIGHTS,
	STAGE_OBLIGATIONS,
	STAGE_COMING,
	STAGE_GROUP,
	STAGE_DONE
};

struct forecast {
	struct sink sink; /* its `now` is the instant that the forecast has come to */
	struct engine *e;
	struct instant now, from, end;
	const struct forecast_scope *scope; /* NULL: of all rows */
	enum stage stage;
	struct message_id last_message;	      /* that was looked at */
	struct obligation_id last_obligation; /* the same */
	struct measure_place last_light;      /* the same */
	char last_away[ID_MAX + 1];	      /* the same */
	struct walk *walk;
	struct obligation *page;
	struct virtual_outbox *outbox;
	const struct obligation *o; /* walked now */
	const struct deadline *d;   /* its deadline, whose reminders end at: */
	struct instant d_ends;
	struct series *series; /* of the plan's deadlines, by index; those without d are none */
	size_t at, coming, measure; /* of what comes: series, occurrence, measure */
	struct noted {		    /* what managers will have been told of absences */
		int64_t absence;
		struct obligation_id obligation;
		enum message_kind kind;
	} * noted;
	size_t noted_count, noted_room;
};

/* Stages of the work, a slice of each: 1, and f->stage is the next one when there is no more of it. */
int forecast_queued(struct forecast *f);
int forecast_away(struct forecast *f);
int forecast_lights(struct forecast *f);
int forecast_obligations(struct forecast *f);
int forecast_coming(struct forecast *f);
/* The same of the rows of a scope, each stage in one slice; its obligations by the page. */
int forecast_narrow_series(struct forecast *f);
int forecast_narrow_queued(struct forecast *f);
int forecast_narrow_away(struct forecast *f);
int forecast_narrow_deadlines(struct forecast *f);
int forecast_narrow_lights(struct forecast *f);
int forecast_narrow_obligations(struct forecast *f);

/* One row each: what a stage adds of it. */
int forecast_add_series(struct forecast *f, const struct deadline *d);
int forecast_add_message(struct forecast *f, const struct message *m);
int forecast_add_unbound(struct forecast *f, const struct deadline_row *row);
int forecast_add_freeze(struct forecast *f, const struct deadline_row *row);
int forecast_add_away(struct forecast *f, struct away_row *row);
int forecast_add_light(struct forecast *f, struct measure_row *row);
int forecast_add_obligation(struct forecast *f, struct obligation *o);
/* Support hears from row.next_at on of meetings that never came, and of links of the chain that say nothing,
 * unless the deadline ends before. */
int forecast_unbound(struct forecast *f, const struct deadline *d, struct deadline_row row,
		     struct chain *chain, struct instant ends);

/* The paper of an occurrence to come, with these dates. */
int forecast_coming_freeze(struct forecast *f, const struct deadline *d,
			   const struct deadline_row *row, const struct dates *dates);

/* ---- the sink ---------------------------------------------------------------------------------- */

/* The sink of a forecast, whose plan, engine and walk are known. */
struct sink forecast_sink(struct forecast *f);
/* Is an instant within the time asked about? */
bool forecast_asks(const struct forecast *f, struct instant when);
/* From now on this deadline is posted about, up to `ends`; NULL: none, and the next one's end is found anew. */
void forecast_turn_to(struct forecast *f, const struct deadline *d, struct instant ends);
/* When a deadline's reminders end: an occurrence is superseded by the next. */
struct instant forecast_ends(const struct forecast *f, const struct deadline *d);
/* What was noted of the obligation walked before is asked for no more. */
void forecast_forget_notices(struct forecast *f);
