/* SPDX-License-Identifier: Apache-2.0 */
/*
 * As post_to_all and the walk would have it at that instant, by the absences known today. What managers
 * will have been told is noted, so that they are told once.
 */
#include "engine/forecast/internal.h"

#include "base/array.h"
#include "base/zone.h"

bool forecast_asks(const struct forecast *f, struct instant when)
{
	return instant_compare(when, f->from) >= 0 && instant_compare(when, f->end) < 0;
}

struct instant forecast_ends(const struct forecast *f, const struct deadline *d)
{
	const struct series *s = d->series ? &f->series[d->series - f->e->plan->deadlines] : NULL;
	size_t i;

	for (i = 0; s && i < s->known_count; i++)
		if (s->known[i].deadline == d)
			break;
	return s && i < s->known_count && !s->known[i].row.closed ? series_ends(s, i)
								  : INSTANT_NONE;
}

int forecast_add(struct forecast *f, struct instant when, struct recipient to, enum item_what what,
		 const struct deadline *d, const char *measure, const struct step *step)
{
	struct told_at at;
	int r;

	if (!forecast_asks(f, when))
		return 0;
	r = virtual_outbox_at(f->foretold, when, &at);
	return r < 0 ? r : virtual_outbox_add(f->foretold, at, to, what, d, measure, step);
}

static bool is_told(struct forecast *f, int64_t absence, int64_t obligation, int kind)
{
	for (size_t i = 0; i < f->told_count; i++)
		if (f->told[i].absence == absence && f->told[i].obligation == obligation &&
		    f->told[i].kind == kind)
			return true;
	return ledger_absence_is_told(f->e->ledger, absence, obligation, kind) == 1;
}

void forecast_forget_notices(struct forecast *f)
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
		int r = about->what == ITEM_ABSENT
				? 0
				: forecast_add_absent(f, when, to.person, &away, 0,
						      (int)item_kind(about->what), about);

		if (r < 0)
			return r;
		when = resume_instant(plan, &away);
		if (about->d && instant_compare(when, forecast_ends(f, about->d)) >= 0)
			return 0;
	}
	return forecast_add(f, when, to, about->what, about->d, about->measure, NULL);
}

int forecast_add_all(struct forecast *f, struct instant when, const struct recipient_list *to,
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

int forecast_add_absent(struct forecast *f, struct instant when, const struct person *person,
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
	absence_notice_to(f->e, person, &to);
	return forecast_add_all(f, calendar_next_open(f->e->plan->calendar, when), &to, &absent);
}
