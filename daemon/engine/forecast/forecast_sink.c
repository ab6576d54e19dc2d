/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is posted in a forecast is left out when it is not asked about, or when the occurrence it speaks
 * of will have been superseded by then. What managers will have been told of absences is noted, so that
 * they are told once: in the ledger what they know already, here what they will know.
 */
#include "base/array.h"
#include "base/zone.h"
#include "engine/forecast/internal.h"
#include "engine/obligation/deadline_state.h"

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
	return s && i < s->known_count && !deadline_is_closed(&s->known[i].row) ? series_ends(s, i)
										: INSTANT_NONE;
}

void forecast_turn_to(struct forecast *f, const struct deadline *d, struct instant ends)
{
	f->d = d;
	f->d_ends = ends;
}

static int put(struct sink *sink, struct recipient to, const struct posting *p,
	       struct instant planned, struct message_id *ret_message)
{
	struct forecast *f = (struct forecast *)sink;
	struct bucket_at at;
	int r;

	*ret_message = message_id(0);
	if (p->deadline && p->deadline != f->d)
		forecast_turn_to(f, p->deadline, forecast_ends(f, p->deadline));
	if (!forecast_asks(f, planned) || (p->deadline && instant_compare(planned, f->d_ends) >= 0))
		return 0;
	r = virtual_outbox_at(f->outbox, planned, &at);
	return r < 0 ? r : virtual_outbox_add(f->outbox, at, to, p);
}

static bool is_noted(struct forecast *f, const struct noted *n)
{
	for (size_t i = 0; i < f->noted_count; i++)
		if (f->noted[i].absence == n->absence &&
		    f->noted[i].obligation.n == n->obligation.n && f->noted[i].kind == n->kind)
			return true;
	return ledger_absence_is_told(f->e->ledger, n->absence, n->obligation, (int)n->kind) == 1;
}

static int note_absence(struct sink *sink, int64_t absence, struct obligation_id obligation,
			enum message_kind kind, bool *ret_first)
{
	struct forecast *f = (struct forecast *)sink;
	const struct noted noted = { absence, obligation, kind };
	int r;

	if (is_noted(f, &noted)) {
		*ret_first = false;
		return 0;
	}
	r = array_grow(&f->noted, f->noted_count, &f->noted_room);
	if (r < 0)
		return r;
	f->noted[f->noted_count++] = noted;
	*ret_first = true;
	return 0;
}

void forecast_forget_notices(struct forecast *f)
{
	size_t kept = 0;

	for (size_t i = 0; i < f->noted_count; i++)
		if (f->noted[i].obligation.n == 0)
			f->noted[kept++] = f->noted[i];
	f->noted_count = kept;
}

struct sink forecast_sink(struct forecast *f)
{
	return (struct sink){
		.plan = f->e->plan,
		.absences = walk_absences(f->walk),
		.now = f->now,
		.put = put,
		.note_absence = note_absence,
	};
}
