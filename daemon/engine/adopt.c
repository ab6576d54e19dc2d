/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The last applied plan is read back from the log and compared with the new one, thing by thing; the
 * ledger is touched only where they differ, so that a restart with an unchanged plan touches nothing.
 * What an event has said stands until the file's own value changes: a meeting, an owner and an
 * extension are overwritten only by a file that says something new about them.
 */
#include "engine/adopt.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/zone.h"
#include "engine/dates.h"
#include "engine/gather.h"
#include "engine/owner.h"
#include "engine/post.h"
#include "engine/recall.h"
#include "engine/succession.h"
#include "plan/ladder.h"

#define PLAN_SOURCE "/paminn"

struct change {
	struct engine *e;
	const struct plan *before; /* NULL at the first plan */
	const struct plan *plan;
	struct instant now;
	struct owners owners;
	struct born born;
	struct adoption *done;
};

/* ---- meetings ---------------------------------------------------------------------------------- */

static const struct meeting *find_meeting(const struct plan *plan, const struct meeting *like)
{
	for (size_t i = 0; plan && i < plan->meeting_count; i++)
		if (strcmp(plan->meetings[i].body->id, like->body->id) == 0 &&
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

	snprintf(row.body, sizeof(row.body), "%s", m->body->id);
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
static const struct meeting *said_anew(const struct change *c, const struct meeting *old,
				       struct civil_date moved)
{
	const struct meeting *same = find_meeting(c->plan, old);

	if (same)
		return same_meeting(same, old) ? NULL : same;
	for (size_t i = 0; i < c->plan->meeting_count; i++) {
		const struct meeting *m = &c->plan->meetings[i];

		if (strcmp(m->body->id, old->body->id) == 0 && !find_meeting(c->before, m) &&
		    (same_month(m->from, old->from) || same_month(m->from, moved)))
			return m;
	}
	return NULL;
}

/* An event's date outranks the file's until that changes: then the meeting moves on to there. */
static int take_back(struct change *c, const struct meeting *old)
{
	struct meeting moved = { .body = old->body, .from = old->from };
	const struct meeting *now;
	struct meeting_row row;
	int r = series_follow(c->e, old->body->id, &moved.from);

	if (r < 0 || civil_is_none(moved.from) || civil_equal(moved.from, old->from) ||
	    find_meeting(c->plan, &moved) || find_meeting(c->before, &moved))
		return r;
	now = said_anew(c, old, moved.from);
	if (!now)
		return 0;
	r = ledger_meeting(c->e->ledger, old->body->id, moved.from, &row);
	row.state = MEETING_REPLACED;
	row.replaced_by = now->from;
	return r < 0 ? r : ledger_put_meeting(c->e->ledger, &row);
}

static int change_meetings(struct change *c)
{
	int r = 0;

	for (size_t i = 0; c->before && r >= 0 && i < c->before->meeting_count; i++)
		r = take_back(c, &c->before->meetings[i]);
	for (size_t i = 0; r >= 0 && i < c->plan->meeting_count; i++) {
		const struct meeting *m = &c->plan->meetings[i];
		const struct meeting *old = find_meeting(c->before, m);

		if (!old || !same_meeting(old, m))
			r = put_meeting(c, m, MEETING_KNOWN);
	}
	for (size_t i = 0; c->before && r >= 0 && i < c->before->meeting_count; i++) {
		const struct meeting *old = &c->before->meetings[i];
		struct meeting_row row;

		if (find_meeting(c->plan, old))
			continue;
		r = ledger_meeting(c->e->ledger, old->body->id, old->from, &row);
		if (r == 0 && row.state == MEETING_KNOWN)
			r = put_meeting(c, old, MEETING_CANCELLED);
		else if (r == -ENOENT)
			r = 0;
	}
	return r;
}

/* ---- measures ------------------------------------------------------------------------------------ */

/* Who owns it now: what the ledger says, unless the file says something new or that person is gone. */
static const char *owner_now(const struct change *c, const struct measure *m, const char *stands)
{
	const struct measure *old = c->before ? plan_measure(c->before, m->id) : NULL;

	if (!old || strcmp(old->owner->id, m->owner->id) != 0 || !plan_person(c->plan, stands))
		return m->owner->id;
	return stands;
}

static int change_measure(struct change *c, size_t i)
{
	const struct measure *m = &c->plan->measures[i];
	struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };
	char before[ID_MAX + 1];
	bool is_new, changed;
	const char *owner;
	int r = ledger_measure(c->e->ledger, m->id, &row);

	is_new = r == -ENOENT;
	if (r < 0 && !is_new)
		return r;
	if (is_new) {
		row.status = STATUS_NONE;
		row.time = INSTANT_NONE;
		snprintf(row.id, sizeof(row.id), "%s", m->id);
	}
	owner = owner_now(c, m, row.owner);
	changed = !is_new && strcmp(row.owner, owner) != 0;
	snprintf(before, sizeof(before), "%s", row.owner);
	if (row.owner != owner)
		snprintf(row.owner, sizeof(row.owner), "%s", owner);
	owners_set(&c->owners, c->plan, m, &row);
	r = is_new || changed ? ledger_put_measure(c->e->ledger, &row) : 0;
	return r < 0 || !changed ? r : owner_changed(c->e, m->id, before, row.owner, NULL, c->now);
}

static int change_measures(struct change *c)
{
	int r = 0;

	r = owners_new(&c->owners, c->plan);
	for (size_t i = 0; r >= 0 && i < c->plan->measure_count; i++)
		r = change_measure(c, i);
	return r;
}

/* ---- deadlines ------------------------------------------------------------------------------------- */

/* What the last plan said of the deadline, or of the series that it is an occurrence of. */
static const struct deadline *find_before(const struct change *c, const struct deadline *d)
{
	return c->before ? plan_deadline(c->before, d->series ? d->series->id : d->id) : NULL;
}

/* Did the steps or the opening of the deadline change, its dates apart? */
static bool has_new_steps(const struct change *c, const struct birth *b)
{
	const struct deadline *old = find_before(c, b->d);
	struct firing then[LADDER_FIRINGS_MAX], now[LADDER_FIRINGS_MAX];
	size_t count;

	if (!old)
		return true;
	count = ladder_firings(c->plan, b->d->ladder, b->dates.base, now);
	if (ladder_firings(c->before, old->ladder, b->dates.base, then) != count)
		return true;
	for (size_t i = 0; i < count; i++)
		if (then[i].open.us != now[i].open.us || then[i].repetition != now[i].repetition ||
		    strcmp(old->ladder->steps[then[i].step].text,
			   b->d->ladder->steps[now[i].step].text) != 0)
			return true;
	return due_opens(c->before, old, &b->dates).us != b->opens_at.us;
}

/* Does the file say something new about when the deadline is? Then an extension gives way. */
static bool has_new_due(const struct change *c, const struct deadline *d)
{
	const struct deadline *old = find_before(c, d);

	return old && (strcmp(old->due.text, d->due.text) != 0 || old->round != d->round ||
		       old->papers_given != d->papers_given || old->papers.days != d->papers.days ||
		       old->papers.workdays != d->papers.workdays);
}

static int forget_extensions(struct change *c, const struct deadline *d)
{
	struct obligations all __attribute__((cleanup(obligations_done))) = { 0 };
	int r = gather_of_deadline(c->e, d->id, &all);

	for (size_t i = 0; r >= 0 && i < all.count; i++) {
		if (!all.list[i].extended)
			continue;
		all.list[i].extended = false;
		r = ledger_put_obligation(c->e->ledger, &all.list[i]);
	}
	return r;
}

/* A series has no date of its own. */
static bool is_series_row(const struct deadline_row *row)
{
	return civil_is_none(row->due);
}

/* Forget what was said of its dates: extensions, and the meeting when `due` names another. An
 * occurrence's is named by its id. */
static int forget_due(struct change *c, const struct deadline *d, struct deadline_row *row)
{
	row->extended = CIVIL_NONE;
	if (!d->series && strcmp(find_before(c, d)->due.text, d->due.text) != 0) {
		row->anchor = row->bound = CIVIL_NONE;
		row->unbound_told = false;
	}
	return forget_extensions(c, d);
}

static int change_deadline(struct change *c, const struct deadline *d)
{
	struct deadline_row row;
	struct birth b;
	bool tell;
	int r = ledger_deadline(c->e->ledger, d->id, &row);

	if (r < 0 && r != -ENOENT)
		return r;
	tell = r == 0 && !row.removed && !is_series_row(&row);
	if (r == -ENOENT || is_series_row(&row)) {
		row = deadline_row_new(d->id);
	} else if (row.removed) {
		row.removed = false;
		row.closed = row.submitted_seq != 0 || row.superseded;
	}
	r = has_new_due(c, d) ? forget_due(c, d, &row) : 0;
	if (r >= 0 && d->due.next)
		r = recall_next(c->e, d, &row, c->now);
	if (r >= 0)
		r = dates_refresh(c->e, d, &row, c->now, tell, &c->done->dates_moved);
	if (r < 0)
		return r;
	b = birth_of(c->plan, d, &row);
	b.new_steps = has_new_steps(c, &b);
	return birth_fill(c->e, &b, &c->owners, c->now, &c->born);
}

struct removed {
	const struct plan *plan;
	struct deadline_row *list;
	size_t count, room;
};

static int add_removed(void *userdata, const struct deadline_row *row)
{
	struct removed *removed = userdata;
	int r;

	if (row->removed || plan_deadline(removed->plan, row->id))
		return 0;
	r = array_grow(&removed->list, removed->count, &removed->room);
	if (r == 0)
		removed->list[removed->count++] = *row;
	return r;
}

static int remove_deadline(struct change *c, struct deadline_row *row)
{
	int r = birth_withdraw_all(c->e, row->id, WITHDRAWN_REMOVED, "it left the plan", c->now,
				   &c->born);

	row->removed = row->closed = true;
	row->next_at = INSTANT_NONE;
	return r < 0 ? r : ledger_put_deadline(c->e->ledger, row);
}

/* The row of a series; what it was as a single deadline is withdrawn. */
static int change_series_row(struct change *c, const struct deadline *d)
{
	struct deadline_row row;
	int r = ledger_deadline(c->e->ledger, d->id, &row);

	if (r == 0 && !is_series_row(&row) && !row.removed)
		r = remove_deadline(c, &row);
	if (r < 0 && r != -ENOENT)
		return r;
	if (r == -ENOENT || !is_series_row(&row) || has_new_due(c, d))
		row = deadline_row_new(d->id);
	if (civil_is_none(row.anchor) && d->due.next)
		row.anchor = zone_date(c->now);
	row.removed = row.closed = false;
	return ledger_put_deadline(c->e->ledger, &row);
}

struct returning {
	struct deadline_row *list;
	size_t count, room;
};

static int add_returning(void *userdata, const struct deadline_row *row)
{
	struct returning *returning = userdata;
	int r;

	if (row->closed && !row->removed)
		return 0;
	r = array_grow(&returning->list, returning->count, &returning->room);
	if (r == 0)
		returning->list[returning->count++] = *row;
	return r;
}

static struct civil_date counted_date(const struct deadline *d, const struct deadline_row *row)
{
	return d->every.kind == EVERY_RULE ? row->anchor : row->bound;
}

/* One that left the plan and is in it again resumes, unless a later one has opened meanwhile, or its
 * meeting was cancelled. */
static bool resumes(const struct change *c, const struct series *s, const struct returning *rows,
		    const struct deadline_row *row)
{
	struct civil_date date = counted_date(s->d, row);

	if (!row->removed)
		return true;
	for (size_t i = 0; i < rows->count; i++)
		if (rows->list[i].opened && plan_deadline(c->plan, rows->list[i].id) &&
		    civil_compare(counted_date(s->d, &rows->list[i]), date) > 0)
			return false;
	for (size_t i = 0; i < s->known_count; i++)
		if (s->known[i].row.opened && civil_compare(s->known[i].due, date) > 0)
			return false;
	for (size_t i = 0; i < s->coming_count; i++)
		if (civil_compare(s->coming[i].date, date) > 0)
			return false;
	return !civil_is_none(date);
}

/* Its occurrences as the plan asks, then those that the series has besides. */
static int change_series(struct change *c, const struct deadline *d)
{
	struct returning rows = { NULL };
	struct series s = { 0 };
	int r = change_series_row(c, d);

	if (r >= 0)
		r = succession_cancel(c->e, d, c->now, &c->born);
	if (r >= 0)
		r = ledger_occurrences(c->e->ledger, d->id, add_returning, &rows);
	if (r >= 0)
		r = series_load(&s, c->e, d, c->now, c->now);
	for (size_t i = 0; r >= 0 && i < rows.count; i++) {
		const struct deadline *o = plan_deadline(c->plan, rows.list[i].id);

		if (o && resumes(c, &s, &rows, &rows.list[i]))
			r = change_deadline(c, o);
	}
	series_done(&s);
	free(rows.list);
	return r < 0 ? r : succession_look(c->e, d, c->now, &c->born);
}

static int change_deadlines(struct change *c)
{
	struct removed removed = { .plan = c->plan };
	int r = ledger_deadlines(c->e->ledger, add_removed, &removed);

	for (size_t i = 0; r >= 0 && i < removed.count; i++)
		r = remove_deadline(c, &removed.list[i]);
	free(removed.list);
	for (size_t i = 0; r >= 0 && i < c->plan->deadline_count; i++) {
		const struct deadline *d = &c->plan->deadlines[i];

		r = d->every.kind ? change_series(c, d) : change_deadline(c, d);
	}
	return r;
}

static int change_people(struct change *c)
{
	int r = 0;

	for (size_t i = 0; c->before && r >= 0 && i < c->before->person_count; i++)
		if (!plan_person(c->plan, c->before->people[i].id))
			r = post_drop_recipient(c->e, c->before->people[i].id,
						"the recipient left the plan", c->now);
	return r;
}

/* ---- the log ------------------------------------------------------------------------------------------ */

/* The text of the last applied plan; NULL at first. Caller frees. */
static int last_text(struct engine *e, char **ret, int64_t *ret_seq)
{
	char seq[24];
	int r = ledger_fact(e->ledger, FACT_PLAN_SEQ, seq, sizeof(seq));

	*ret = NULL;
	*ret_seq = 0;
	if (r < 0 || seq[0] == '\0')
		return r;
	*ret_seq = strtoll(seq, NULL, 10);
	return ledger_event_body(e->ledger, *ret_seq, ret);
}

static int log_plan(struct engine *e, const char *text, int64_t after, struct instant now)
{
	char id[48], fact[24];
	int64_t seq;
	int r;

	snprintf(id, sizeof(id), "plan-after-%lld", (long long)after);
	r = ledger_append_event(e->ledger, PLAN_SOURCE, id, ADOPT_EVENT, "", now, now, text, &seq);
	if (r < 0)
		return r;
	snprintf(fact, sizeof(fact), "%lld", (long long)seq);
	return ledger_set_fact(e->ledger, FACT_PLAN_SEQ, fact);
}

static int read_plan(const char *text, struct plan **ret)
{
	json_t *json = json_loads(text, 0, NULL);
	int r = json ? plan_from_text(ret, json) : -EIO;

	json_decref(json);
	return r;
}

static int change_all(struct change *c)
{
	int r = recall_plan(c->e, c->before);

	if (r >= 0)
		r = change_meetings(c);
	if (r >= 0)
		r = change_measures(c);
	if (r >= 0)
		r = change_deadlines(c);
	if (r >= 0)
		r = change_people(c);
	return r;
}

int adopt_plan(struct engine *e, struct plan *plan, struct instant now, struct adoption *ret)
{
	struct plan *before = NULL, *in_force = e->plan;
	struct adoption done = { 0 };
	struct change c = { .e = e, .plan = plan, .now = now, .done = &done };
	json_t *json = plan_text(plan);
	char *text = json ? json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS) : NULL, *last = NULL;
	int64_t last_seq;
	int r = text ? last_text(e, &last, &last_seq) : -ENOMEM;

	json_decref(json);
	done.unchanged = r == 0 && last && strcmp(last, text) == 0;
	if (r == 0 && last && !done.unchanged)
		r = read_plan(last, &before);
	if (r == 0)
		r = recall_judge(e, plan, before, now, done.refused, sizeof(done.refused));
	e->plan = plan;
	if (r == 0 && !done.unchanged) {
		c.before = before;
		r = change_all(&c);
		if (r >= 0)
			r = log_plan(e, text, last_seq, now);
		done.obligations_added = c.born.added;
		done.obligations_withdrawn = c.born.withdrawn;
	} else if (r == 0) {
		r = recall_plan(e, NULL);
	}
	e->plan = r != 0 ? in_force : plan_ref(plan);
	if (r == 0)
		plan_unref(in_force);
	if (r >= 0)
		*ret = done;
	plan_unref(before);
	owners_done(&c.owners);
	free(last);
	free(text);
	return r;
}
