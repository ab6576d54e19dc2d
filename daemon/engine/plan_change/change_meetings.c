/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A meeting that the file names is known; one that it names no more is cancelled, if it still was. One
 * that events have moved stays where they put it until the file says something new about it.
 */
#include "engine/plan_change/internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "engine/obligation/series.h"

static const struct meeting *find_meeting(const struct plan *plan, const struct meeting *like)
{
	for (size_t i = 0; plan && i < plan->meeting_count; i++)
		if (strcmp(plan->meetings[i].body->id.text, like->body->id.text) == 0 &&
		    civil_equal(plan->meetings[i].from, like->from))
			return &plan->meetings[i];
	return NULL;
}

static bool same_meeting(const struct meeting *a, const struct meeting *b)
{
	const char *place_a = a->place ? a->place : "", *place_b = b->place ? b->place : "";

	return civil_equal(a->until, b->until) && strcmp(place_a, place_b) == 0;
}

static int put_meeting(struct change *c, const struct meeting *m, enum meeting_state state)
{
	struct meeting_row row = {
		.from = m->from, .until = m->until, .state = state, .replaced_by = CIVIL_NONE
	};

	snprintf(row.body, sizeof(row.body), "%s", m->body->id.text);
	snprintf(row.place, sizeof(row.place), "%s", m->place ? m->place : "");
	return ledger_put_meeting(c->e->ledger, &row);
}

static bool same_month(struct civil_date a, struct civil_date b)
{
	int year_a, month_a, year_b, month_b, day;

	civil_to_ymd(a, &year_a, &month_a, &day);
	civil_to_ymd(b, &year_b, &month_b, &day);
	return year_a == year_b && month_a == month_b;
}

/* What the file now says of a meeting that it had, and that events have moved to `moved`: the same one
 * with another end or place, or a new one in either month. NULL: nothing new. */
static const struct meeting *renamed_in_file(const struct change *c, const struct meeting *old,
					     struct civil_date moved)
{
	const struct meeting *same = find_meeting(c->plan, old);

	if (same)
		return same_meeting(same, old) ? NULL : same;
	for (size_t i = 0; i < c->plan->meeting_count; i++) {
		const struct meeting *m = &c->plan->meetings[i];

		if (strcmp(m->body->id.text, old->body->id.text) == 0 &&
		    !find_meeting(c->before, m) &&
		    (same_month(m->from, old->from) || same_month(m->from, moved)))
			return m;
	}
	return NULL;
}

/* An event's date outranks the file's until that changes: then the meeting moves on to there. */
static int revert_file_move(struct change *c, const struct meeting *old)
{
	struct meeting moved = { .body = old->body, .from = old->from };
	const struct meeting *now;
	struct meeting_row row;
	int r = series_follow(c->e, old->body->id, &moved.from);

	if (r < 0 || civil_is_none(moved.from) || civil_equal(moved.from, old->from) ||
	    find_meeting(c->plan, &moved) || find_meeting(c->before, &moved))
		return r;
	now = renamed_in_file(c, old, moved.from);
	if (!now)
		return 0;
	r = ledger_meeting(c->e->ledger, old->body->id, moved.from, &row);
	row.state = MEETING_REPLACED;
	row.replaced_by = now->from;
	return r < 0 ? r : ledger_put_meeting(c->e->ledger, &row);
}

int change_meetings(struct change *c)
{
	int r = 0;

	for (size_t i = 0; c->before && r >= 0 && i < c->before->meeting_count; i++)
		r = revert_file_move(c, &c->before->meetings[i]);
	for (size_t i = 0; r >= 0 && i < c->plan->meeting_count; i++) {
		const struct meeting *m = &c->plan->meetings[i];
		const struct meeting *old = find_meeting(c->before, m);

		if (!old || !same_meeting(old, m))
			r = put_meeting(c, m, MEETING_KNOWN);
	}
	for (size_t i = 0; c->before && r >= 0 && i < c->before->meeting_count; i++) {
		const struct meeting *old = &c->before->meetings[i];
		struct meeting_row row;
		bool found;

		if (find_meeting(c->plan, old))
			continue;
		r = ledger_find_meeting(c->e->ledger, old->body->id, old->from, &row, &found);
		if (r == 0 && found && row.state == MEETING_KNOWN)
			r = put_meeting(c, old, MEETING_CANCELLED);
	}
	return r;
}
