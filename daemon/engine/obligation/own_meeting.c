/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/obligation/own_meeting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/zone.h"
#include "engine/obligation/dates_internal.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/in_force.h"
#include "engine/obligation/series.h"
#include "engine/obligation/unbound.h"

static int add_own(void *userdata, const struct own_meeting *m)
{
	struct own_meetings *own = userdata;
	int r = array_grow(&own->list, own->count, &own->room);

	if (r == 0)
		own->list[own->count++] = *m;
	return r;
}

int own_meetings_of(struct ledger *l, struct deadline_id deadline, struct own_meetings *ret)
{
	return ledger_own_meetings(l, deadline, add_own, ret);
}

void own_meetings_done(struct own_meetings *own)
{
	free(own->list);
	*own = (struct own_meetings){ 0 };
}

struct own_meeting *own_meetings_find(const struct own_meetings *own, const struct obligation *o)
{
	for (size_t i = 0; o->extended && i < own->count; i++)
		if (strcmp(own->list[i].measure, o->measure) == 0)
			return &own->list[i];
	return NULL;
}

bool own_meeting_in_force(const struct plan *plan, const struct deadline *d,
			  const struct own_meeting *m, struct deadline *ret)
{
	const struct body *body = plan_body(plan, body_id(m->body));
	struct event_due due;

	if (!body || !event_due_parse(m->due, &due))
		return false;
	*ret = deadline_at_meeting(d, body, due.year, due.month);
	ret->due.text = m->due;
	return true;
}

int own_meeting_follow(struct engine *e, const struct deadline *d, struct own_meeting *m,
		       struct instant now, struct dates *ret)
{
	struct deadline at;
	int r;

	if (!own_meeting_in_force(e->plan, d, m, &at))
		return 0;
	r = series_follow(e, at.due.body->id, &m->bound);
	if (r >= 0 && (!civil_is_none(m->bound) || instant_is_none(m->unbound_at)))
		r = dates_bind_meeting(e, &at, zone_date(now), now, &m->bound);
	if (r >= 0)
		r = ledger_put_own_meeting(e->ledger, m);
	*ret = due_dates(e->plan, &at, m->bound);
	return r < 0 ? r : 1;
}

int own_meeting_begin(struct engine *e, const struct deadline *d, const struct date_extend *given,
		      struct instant now, struct dates *ret)
{
	struct own_meeting m = { .bound = CIVIL_NONE, .unbound_at = INSTANT_NONE }, old;
	bool found;
	int r;

	event_due_format(&given->due, m.due);
	snprintf(m.deadline, sizeof(m.deadline), "%s", d->id.text);
	snprintf(m.measure, sizeof(m.measure), "%s", given->measure.text);
	snprintf(m.body, sizeof(m.body), "%s", given->due.body);
	r = ledger_find_own_meeting(e->ledger, d->id, given->measure, &old, &found);
	if (r == 0 && found && strcmp(old.due, m.due) == 0)
		m = old; /* wherever it was moved since */
	r = r < 0 ? r : own_meeting_follow(e, d, &m, now, ret);
	return r < 0 ? r : 0;
}

int own_meeting_end(struct engine *e, const struct obligation *o)
{
	if (!o->extended || !o->measure[0])
		return 0;
	return ledger_drop_own_meeting(e->ledger, deadline_id(o->deadline), measure_id(o->measure));
}

void own_meetings_look(const struct plan *plan, const struct deadline *d,
		       const struct own_meetings *own, struct deadline_row *row)
{
	struct instant next = row->next_at;

	for (size_t i = 0; i < own->count; i++)
		next = instant_min(next, unbound_own_at(plan, d, &own->list[i]));
	if (own->count)
		deadline_look_at(row, next);
}

int obligation_due_find(struct engine *e, const struct deadline *d, const struct deadline_row *row,
			const struct obligation *o, struct obligation_due *ret)
{
	struct obligation_due due = { .deadline = deadline_in_force(e->plan, d, row) };
	struct own_meeting own;
	bool found = false;
	int r = 0;

	if (o->extended && o->measure[0])
		r = ledger_find_own_meeting(e->ledger, d->id, measure_id(o->measure), &own, &found);
	found = r == 0 && found && own_meeting_in_force(e->plan, d, &own, &due.deadline);
	due.deadline.due.text = d->due.text;
	due.is_own = found;
	snprintf(due.meeting, sizeof(due.meeting), "%s", found ? own.due : row->extended_to);
	due.on_date = o->extended && !found &&
		      (!row->extended_to[0] || dates_are_own(o, row, row->papers));
	*ret = due;
	return r;
}
