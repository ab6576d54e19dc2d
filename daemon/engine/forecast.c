/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What will be told is gathered (engine/foretold.h) from the outbox, what waits there; from the
 * deadlines, the meetings that never come; from the obligations, and those that will be born of series,
 * every ruling of a walk that goes on to the end of the time asked about, or until the occurrence gives
 * way to the next.
 */
#include "engine/forecast.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/zone.h"
#include "engine/away.h"
#include "engine/birth.h"
#include "engine/foretold.h"
#include "engine/post.h"
#include "engine/walking.h"
#include "engine/series.h"
#include "engine/walk.h"

#define PAGE 200    /* obligations of one slice */
#define COMING (-1) /* the id of an obligation not born yet, to tell what managers were told */

enum stage {
	STAGE_SERIES,
	STAGE_WAITING,
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
	struct foretold *foretold;
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

int forecast_new(struct forecast **ret, struct engine *e, struct instant now,
		 struct civil_date from, struct civil_date until)
{
	struct forecast *f = calloc(1, sizeof(*f));
	int r = f ? 0 : -ENOMEM;

	if (r == 0) {
		f->e = e;
		f->now = now;
		f->from = instant_max(now, zone_midnight(from));
		f->end = zone_midnight(civil_add(until, 1));
		f->page = calloc(PAGE, sizeof(*f->page));
		f->series = calloc(e->plan->deadline_count + 1, sizeof(*f->series));
		r = f->page && f->series ? walking_new(e, now, &f->walk) : -ENOMEM;
	}
	if (r == 0)
		r = foretold_new(&f->foretold, e->plan);
	if (r < 0) {
		forecast_free(f);
		return r;
	}
	*ret = f;
	return 0;
}

struct forecast *forecast_free(struct forecast *f)
{
	if (f) {
		for (size_t i = 0; f->series && i < f->e->plan->deadline_count; i++)
			series_done(&f->series[i]);
		free(f->series);
		walk_free(f->walk);
		free(f->page);
		foretold_free(f->foretold);
		free(f->told);
		free(f);
	}
	return NULL;
}

static bool is_asked_about(const struct forecast *f, struct instant when)
{
	return instant_compare(when, f->from) >= 0 && instant_compare(when, f->end) < 0;
}

static int add_entry(struct forecast *f, struct instant when, struct recipient to,
		     enum item_what what, const struct deadline *d, const char *measure,
		     const struct step *step)
{
	struct told_at at;
	int r;

	if (!is_asked_about(f, when))
		return 0;
	r = foretold_at(f->foretold, when, &at);
	return r < 0 ? r : foretold_add(f->foretold, at, to, what, d, measure, step);
}

/* ---- series ------------------------------------------------------------------------------------- */

/* A series a slice: what it has and what comes of it in the time asked about. */
static int work_series(struct forecast *f)
{
	const struct plan *plan = f->e->plan;

	while (f->at < plan->deadline_count && !plan->deadlines[f->at].every.kind)
		f->at++;
	if (f->at < plan->deadline_count) {
		size_t i = f->at++;
		int r = series_load(&f->series[i], f->e, &plan->deadlines[i], f->now, f->end);

		return r < 0 ? r : 1;
	}
	f->at = 0;
	f->stage = STAGE_WAITING;
	return 1;
}

/* When a deadline's reminders end: an occurrence gives way to the next. */
static struct instant ends_at(const struct forecast *f, const struct deadline *d)
{
	const struct series *s = d->series ? &f->series[d->series - f->e->plan->deadlines] : NULL;
	size_t i;

	for (i = 0; s && i < s->known_count; i++)
		if (s->known[i].deadline == d)
			break;
	return s && i < s->known_count && !s->known[i].row.closed ? series_ends(s, i)
								  : INSTANT_NONE;
}

/* ---- who is away ------------------------------------------------------------------------------- */

/* What a telling is about. */
struct about {
	enum item_what what;
	const struct deadline *d;
	const char *measure;
};

static bool is_told(struct forecast *f, int64_t absence, int64_t obligation, int kind)
{
	for (size_t i = 0; i < f->told_count; i++)
		if (f->told[i].absence == absence && f->told[i].obligation == obligation &&
		    f->told[i].kind == kind)
			return true;
	return ledger_absence_is_told(f->e->ledger, absence, obligation, kind) == 1;
}

/* What was noted of the obligation walked before is asked for no more. */
static void forget_told(struct forecast *f)
{
	size_t kept = 0;

	for (size_t i = 0; i < f->told_count; i++)
		if (f->told[i].obligation == 0)
			f->told[kept++] = f->told[i];
	f->told_count = kept;
}

static int note_told(struct forecast *f, struct told told)
{
	int r = array_grow(&f->told, f->told_count, &f->told_room);

	if (r == 0)
		f->told[f->told_count++] = told;
	return r;
}

static int add_absent(struct forecast *f, struct instant when, const struct person *person,
		      const struct stand_in *away, int64_t obligation, int kind,
		      const struct about *about);

/* Something to one person or channel at an open instant, or to who stands in, or when they are back. */
static int add_to(struct forecast *f, struct instant when, struct recipient to,
		  const struct about *about)
{
	const struct plan *plan = f->e->plan;
	struct stand_in away =
		absences_find(walk_absences(f->walk), plan, to.person, zone_date(when));

	if (away.absence && away.to)
		to.person = away.to;
	if (away.absence && !away.to) {
		int r = about->what == ITEM_ABSENT ? 0
						   : add_absent(f, when, to.person, &away, 0,
								(int)item_kind(about->what), about);

		if (r < 0)
			return r;
		when = post_back(plan, &away);
		if (about->d && instant_compare(when, ends_at(f, about->d)) >= 0)
			return 0;
	}
	return add_entry(f, when, to, about->what, about->d, about->measure, NULL);
}

static int add_all(struct forecast *f, struct instant when, const struct recipient_list *to,
		   const struct about *about)
{
	struct recipient_list reached = { .count = 0 };
	int r = 0;

	for (size_t i = 0; i < to->count; i++) {
		struct recipient one = to->list[i];
		struct stand_in away = absences_find(walk_absences(f->walk), f->e->plan, one.person,
						     zone_date(when));

		if (away.to)
			one.person = away.to;
		recipient_add_one(&reached, one);
	}
	for (size_t i = 0; r >= 0 && i < reached.count; i++)
		r = add_to(f, when, reached.list[i], about);
	return r;
}

/* Their manager hears, once, of what is held. */
static int add_absent(struct forecast *f, struct instant when, const struct person *person,
		      const struct stand_in *away, int64_t obligation, int kind,
		      const struct about *about)
{
	const struct about absent = { ITEM_ABSENT, about->d, about->measure };
	struct recipient_list to = { .count = 0 };
	int r;

	if (is_told(f, away->absence, obligation, kind))
		return 0;
	r = note_told(f, (struct told){ away->absence, obligation, kind });
	if (r < 0)
		return r;
	away_whom(f->e, person, &to);
	return add_all(f, calendar_next_open(f->e->plan->calendar, when), &to, &absent);
}

/* ---- what waits in the outbox already --------------------------------------------------------- */

struct waiting {
	struct forecast *f;
	struct recipient to;
	struct instant when;
	struct told_at at;
};

static const struct step *find_step(const struct deadline *d, const struct item *item)
{
	static const struct step seen = { .text = WALK_SEEN };

	if (strcmp(item->step, WALK_SEEN) == 0)
		return &seen;
	for (size_t i = 0; d && i < d->ladder->step_count; i++)
		if (strcmp(d->ladder->steps[i].text, item->step) == 0)
			return &d->ladder->steps[i];
	return NULL;
}

static int add_waiting(void *userdata, const struct item *item)
{
	const struct waiting *w = userdata;
	const struct deadline *d = plan_deadline(w->f->e->plan, item->deadline);

	if (item->moot || (d && instant_compare(w->when, ends_at(w->f, d)) >= 0))
		return 0;
	return foretold_add(w->f->foretold, w->at, w->to, (enum item_what)item->what, d,
			    item->measure, find_step(d, item));
}

/* A person's message stands on each of their channels: the first one speaks for all, until it has been
 * tried. */
static bool is_first_channel(const struct message *m, struct recipient to)
{
	return !to.person || strcmp(to.person->channels[0]->name, m->channel) == 0;
}

/* Its recipient may be away by the time it leaves, as away_divert will find. */
static void divert(struct forecast *f, struct recipient *to, struct instant *when)
{
	struct stand_in away =
		absences_find(walk_absences(f->walk), f->e->plan, to->person, zone_date(*when));

	if (away.absence && away.to)
		to->person = away.to;
	else if (away.absence)
		*when = post_back(f->e->plan, &away);
}

static int work_message(struct forecast *f, const struct message *m)
{
	const struct plan *plan = f->e->plan;
	const struct channel *channel = plan_channel(plan, m->channel);
	struct instant when =
		calendar_next_open(plan->calendar, instant_max(m->next_attempt, f->now));
	struct waiting w = { .f = f };
	int r;

	if (!channel || !recipient_find(plan, m->to, &w.to) ||
	    (m->attempts == 0 && !is_first_channel(m, w.to)))
		return 0;
	if (m->attempts == 0)
		divert(f, &w.to, &when);
	w.when = when;
	if (!is_asked_about(f, when))
		return 0;
	r = m->attempts > 0 ? foretold_apart(f->foretold, when, channel, &w.at)
			    : foretold_at(f->foretold, when, &w.at);
	return r < 0 ? r : ledger_items(f->e->ledger, m->id, add_waiting, &w);
}

static int work_waiting(struct forecast *f)
{
	const unsigned waiting = 1U << MESSAGE_PENDING | 1U << MESSAGE_RETRY;
	struct message batch[32];
	int r = 0, count = ledger_messages(f->e->ledger, waiting, f->after, batch, 32);

	for (int i = 0; r >= 0 && i < count; i++) {
		f->after = batch[i].id;
		r = work_message(f, &batch[i]);
	}
	if (count == 0) {
		f->stage = STAGE_DEADLINES;
		f->after = 0;
	}
	return count < 0 ? count : r < 0 ? r : 1;
}

/* ---- meetings that never come ----------------------------------------------------------------- */

static int add_unbound(void *userdata, const struct deadline_row *row)
{
	struct forecast *f = userdata;
	const struct deadline *d = plan_deadline(f->e->plan, row->id);
	struct recipient_list support = { .count = 0 };
	struct instant when;

	if (!d || d->every.kind || row->closed || instant_is_none(row->next_at) ||
	    instant_compare(row->next_at, instant_min(f->end, ends_at(f, d))) >= 0)
		return 0;
	when = calendar_next_open(f->e->plan->calendar, instant_max(row->next_at, f->now));
	recipient_add_support(&support, f->e->plan);
	return add_all(f, when, &support, &(struct about){ ITEM_UNBOUND, d, "" });
}

static int work_deadlines(struct forecast *f)
{
	int r = ledger_deadlines(f->e->ledger, add_unbound, f);

	f->stage = STAGE_OBLIGATIONS;
	return r < 0 ? r : 1;
}

/* ---- obligations ------------------------------------------------------------------------------- */

static int add_ruling(void *userdata, const struct ruling *ruling)
{
	struct forecast *f = userdata;
	const struct about about = { ITEM_OWED, f->d, f->o->measure };
	const int64_t id = f->o->id ? f->o->id : COMING;

	if (ruling->decision == DECISION_HELD && ruling->away.absence)
		return add_absent(f, f->walked_at, ruling->to.person, &ruling->away, id, 0, &about);
	if (ruling->decision != DECISION_SENT)
		return 0;
	if (ruling->owed)
		walk_reached(f->walk, ruling->planned);
	return add_entry(f, ruling->planned, ruling->to, ruling->owed ? ITEM_OWED : ITEM_ESCALATED,
			 f->d, f->o->measure, ruling->step);
}

/* Support hears that somebody can't be reached, when that is already so. */
static int add_unreached(struct forecast *f, const struct obligation *o, struct instant when)
{
	struct recipient_list support = { .count = 0 };

	recipient_add_support(&support, f->e->plan);
	return add_all(f, when, &support, &(struct about){ ITEM_UNREACHED, f->d, o->measure });
}

/* The walk has begun: on to the end of the time asked about, or of the occurrence. */
static int walk_to(struct forecast *f, struct obligation *o, struct instant end)
{
	int r = 0;

	f->o = o;
	forget_told(f);
	while (r >= 0 && instant_compare(o->next_at, end) < 0) {
		struct instant when = instant_max(o->next_at, f->now);
		bool unreached;

		f->walked_at = when;
		r = walk_on(f->walk, when, add_ruling, f, &unreached);
		if (r >= 0 && unreached)
			r = add_unreached(f, o, when);
	}
	return r;
}

static int walk_known(struct forecast *f, struct obligation *o)
{
	int r = walking_foresee(f->e, f->walk, o, f->now);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	f->d = plan_deadline(f->e->plan, o->deadline);
	return walk_to(f, o, instant_min(f->end, ends_at(f, f->d)));
}

static int work_obligations(struct forecast *f)
{
	int r = 0, count = ledger_obligations_after(f->e->ledger, f->after, f->page, PAGE);

	for (int i = 0; r >= 0 && i < count; i++) {
		struct obligation *o = &f->page[i];

		f->after = o->id;
		if (o->phase == PHASE_LIVE && instant_compare(o->next_at, f->end) < 0)
			r = walk_known(f, o);
	}
	if (count == 0)
		f->stage = STAGE_COMING;
	return count < 0 ? count : r < 0 ? r : 1;
}

/* ---- what comes ---------------------------------------------------------------------------------- */

/* An obligation of one to come, as it will be born. */
static int walk_coming(struct forecast *f, const struct birth *b, const char *measure,
		       const struct measure_row *row, struct instant end)
{
	struct instant born = instant_add(b->opens_at, (struct duration){ -SERIES_AHEAD.us });
	struct obligation o = birth_obligation(f->e->plan, b, measure, row ? row->owner : "",
					       instant_max(born, f->now));
	int r = walk_begin(f->walk, b->d, &o);

	f->d = b->d;
	return r < 0 ? r : walk_to(f, &o, end);
}

/* Some of the measures that an occurrence to come asks, its deliverable first. */
static int walk_some(struct forecast *f, const struct series *s)
{
	const struct occurrence *next = &s->coming[f->coming];
	const struct deadline_row row = { .extended = CIVIL_NONE, .bound = next->date };
	const struct birth b = birth_of(f->e->plan, &next->deadline, &row);
	const struct instant end = instant_min(f->end, series_coming_ends(s, f->coming));
	int r = 0;

	if (f->measure == 0 && next->deadline.responsible)
		r = walk_coming(f, &b, "", NULL, end);
	for (size_t n = 0; r >= 0 && n < PAGE && f->measure < next->deadline.measure_count; n++) {
		struct measure_row m __attribute__((cleanup(measure_row_done))) = { 0 };
		const char *id = next->deadline.measures[f->measure++]->id;

		r = ledger_measure(f->e->ledger, id, &m);
		if (r >= 0 && m.status != STATUS_DONE && m.status != STATUS_CANCELLED)
			r = walk_coming(f, &b, id, &m, end);
	}
	if (f->measure == next->deadline.measure_count) {
		f->measure = 0;
		f->coming++;
	}
	return r;
}

static int work_coming(struct forecast *f)
{
	int r;

	while (f->at < f->e->plan->deadline_count && f->coming == f->series[f->at].coming_count) {
		f->at++;
		f->coming = 0;
	}
	if (f->at == f->e->plan->deadline_count) {
		f->stage = STAGE_GROUP;
		return 1;
	}
	r = walk_some(f, &f->series[f->at]);
	return r < 0 ? r : 1;
}

static int work_group(struct forecast *f)
{
	int r = foretold_group(f->foretold);

	if (r == 0)
		f->stage = STAGE_DONE;
	return r;
}

int forecast_work(struct forecast *f)
{
	static int (*const stages[])(struct forecast * f) = {
		[STAGE_SERIES] = work_series,	    [STAGE_WAITING] = work_waiting,
		[STAGE_DEADLINES] = work_deadlines, [STAGE_OBLIGATIONS] = work_obligations,
		[STAGE_COMING] = work_coming,	    [STAGE_GROUP] = work_group,
	};

	return f->stage == STAGE_DONE ? 0 : stages[f->stage](f);
}

size_t forecast_count(const struct forecast *f)
{
	return foretold_count(f->foretold);
}

json_t *forecast_row(const struct forecast *f, size_t i)
{
	return foretold_row(f->foretold, i);
}
