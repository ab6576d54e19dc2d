/* SPDX-License-Identifier: Apache-2.0 */
/* A body's calendar: its meetings, and the papers that are due for them. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "engine/obligation/agenda_internal.h"
#include "engine/obligation/chain.h"
#include "engine/obligation/deadline_state.h"

struct meetings {
	struct meeting_row *list;
	size_t count, room;
};

static void meetings_done(struct meetings *meetings)
{
	free(meetings->list);
}

static int add_meeting_row(void *userdata, const struct meeting_row *m)
{
	struct meetings *meetings = userdata;
	int r = array_grow(&meetings->list, meetings->count, &meetings->room);

	if (r == 0)
		meetings->list[meetings->count++] = *m;
	return r;
}

/* The day that a meeting was first set for, and how often it was moved since. */
static struct civil_date first_day(const struct meetings *all, struct civil_date day,
				   int *ret_moves)
{
	size_t i = 0;

	*ret_moves = 0;
	while (i < all->count && (size_t)*ret_moves < all->count) {
		const struct meeting_row *m = &all->list[i++];

		if (m->state != MEETING_REPLACED || !civil_equal(m->replaced_by, day))
			continue;
		day = m->from;
		++*ret_moves;
		i = 0;
	}
	return day;
}

static int add_meetings(struct adding *a)
{
	struct meetings all __attribute__((cleanup(meetings_done))) = { 0 };
	int r = ledger_meetings(a->e->ledger, a->body->id, add_meeting_row, &all);

	for (size_t i = 0; r >= 0 && i < all.count; i++) {
		const struct meeting_row *m = &all.list[i];
		struct agenda_entry entry = { .what = AGENDA_MEETING,
					      .title = a->body->name,
					      .body = a->body->id,
					      .body_name = a->body->name,
					      .papers = m->from,
					      .practical = m->from,
					      .due = m->from,
					      .time = TIME_OF_DAY_NONE };

		if (m->state != MEETING_KNOWN || civil_compare(m->from, a->from) < 0)
			continue;
		if (!civil_is_none(m->until))
			entry.due = m->until;
		entry.first = first_day(&all, m->from, &entry.sequence);
		snprintf(entry.place, sizeof(entry.place), "%s", m->place);
		r = agenda_add(a, &entry);
	}
	return r;
}

static int add_of_body(void *userdata, const struct deadline_row *row)
{
	struct adding *a = userdata;
	const struct deadline *d = plan_deadline(a->e->plan, deadline_id(row->id));
	struct chain_stop stop;
	int r;

	if (!d || civil_is_none(row->papers))
		return 0;
	r = chain_find_stop(a->e, d, row, a->body, &stop);
	if (r < 0 || !stop.body)
		return r;
	if (deadline_is_closed(row) && civil_compare(row->papers, a->from) < 0)
		return 0;
	return agenda_add_whole(a, d, row);
}

static int by_date(const void *a, const void *b)
{
	const struct agenda_entry *x = a, *y = b;
	int order = civil_compare(x->papers, y->papers);

	return order ? order : id_compare(x->deadline, y->deadline);
}

int agenda_of_body(struct agenda *agenda, struct engine *e, const struct body *body,
		   struct instant now)
{
	struct adding a = { .agenda = agenda, .e = e, .body = body, .from = agenda_past_from(now) };
	int r = add_meetings(&a);

	if (r >= 0)
		r = ledger_deadlines(e->ledger, add_of_body, &a);
	if (r < 0)
		return r;
	if (agenda->count)
		qsort(agenda->list, agenda->count, sizeof(*agenda->list), by_date);
	if (agenda->count > AGENDA_MAX)
		agenda->count = AGENDA_MAX;
	return 0;
}
