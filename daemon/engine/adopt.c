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

#include "engine/dates.h"
#include "engine/post.h"
#include "plan/ladder.h"

#define PLAN_SOURCE "/paminn"
#define PLAN_TYPE "paminn.plan"

struct change {
	struct engine *e;
	const struct plan *before; /* NULL at the first plan */
	const struct plan *plan;
	struct instant now;
	char (*owners)[ID_MAX + 1]; /* of the plan's measures, by index, as they stand */
	bool *closed;		    /* is the measure done or cancelled? by index */
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

static int change_meetings(struct change *c)
{
	int r = 0;

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
	bool is_new;
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
	snprintf(c->owners[i], sizeof(c->owners[i]), "%s", owner);
	c->closed[i] = row.status == STATUS_DONE || row.status == STATUS_CANCELLED;
	if (!is_new && strcmp(row.owner, owner) == 0)
		return 0;
	snprintf(row.owner, sizeof(row.owner), "%s", c->owners[i]);
	return ledger_put_measure(c->e->ledger, &row);
}

static int change_measures(struct change *c)
{
	int r = 0;

	c->owners = calloc(c->plan->measure_count + 1, sizeof(*c->owners));
	c->closed = calloc(c->plan->measure_count + 1, sizeof(*c->closed));
	if (!c->owners || !c->closed)
		return -ENOMEM;
	for (size_t i = 0; r >= 0 && i < c->plan->measure_count; i++)
		r = change_measure(c, i);
	return r;
}

/* ---- obligations ----------------------------------------------------------------------------------- */

/* What all obligations of one deadline share. */
struct birth {
	const struct deadline *d;
	const struct deadline_row *row;
	struct dates dates;
	struct instant opens_at, first; /* first: of its steps */
	bool new_steps;			/* the ladder's instants are not what they were */
};

static struct birth shared(const struct change *c, const struct deadline *d,
			   const struct deadline_row *row)
{
	struct birth b = { .d = d, .row = row };
	struct firing firings[LADDER_FIRINGS_MAX];

	b.dates = civil_is_none(row->extended)
			  ? due_dates(c->plan, d, row->bound)
			  : due_extended(c->plan, d, row->bound, row->extended);
	b.opens_at = due_opens(c->plan, d, &b.dates);
	b.first = INSTANT_NONE;
	if (ladder_firings(c->plan, d->ladder, b.dates.base, firings) > 0)
		b.first = firings[0].open;
	return b;
}

/* Did the steps or the opening of the deadline change, its dates apart? */
static bool has_new_steps(const struct change *c, const struct birth *b)
{
	const struct deadline *old = c->before ? plan_deadline(c->before, b->d->id) : NULL;
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

static int bear(struct change *c, const struct birth *b, const char *measure, const char *owner,
		bool measure_closed)
{
	struct obligation o = {
		.round = 1,
		.known_at = c->now,
		.opens_at = b->opens_at,
		.due_original = CIVIL_NONE,
		.papers_original = CIVIL_NONE,
		.last_asked = INSTANT_NONE,
		.answered_at = INSTANT_NONE,
		.reached_at = INSTANT_NONE,
		.next_at = instant_max(b->first, c->now),
	};

	snprintf(o.deadline, sizeof(o.deadline), "%s", b->d->id);
	snprintf(o.measure, sizeof(o.measure), "%s", measure);
	snprintf(o.owner, sizeof(o.owner), "%s", owner);
	dates_give(c->plan, b->d, &b->dates, c->now, &o);
	o.opens_at = b->opens_at;
	if (b->row->closed || measure_closed) {
		o.phase = PHASE_WITHDRAWN;
		o.withdrawal = b->row->closed ? WITHDRAWN_SUBMITTED : WITHDRAWN_MEASURE_CLOSED;
		o.next_at = INSTANT_NONE;
	}
	c->done->obligations_added++;
	return ledger_put_obligation(c->e->ledger, &o);
}

static int withdraw(struct change *c, struct obligation *o)
{
	int r = post_moot(c->e, o->id, o->deadline, ~0U, "it left the plan", c->now);

	if (r < 0 || o->phase != PHASE_LIVE)
		return r;
	o->phase = PHASE_WITHDRAWN;
	o->withdrawal = WITHDRAWN_REMOVED;
	o->next_at = INSTANT_NONE;
	c->done->obligations_withdrawn++;
	return ledger_put_obligation(c->e->ledger, o);
}

/* An obligation that is still wanted: its owner, its steps, or its return. */
static int keep(struct change *c, const struct birth *b, struct obligation *o, const char *owner,
		bool measure_closed)
{
	bool changed = strcmp(o->owner, owner) != 0;

	if (changed) {
		int r = post_moot(c->e, o->id, o->deadline, 1U << ITEM_OWED | 1U << ITEM_ESCALATED,
				  "somebody else owes it now", c->now);

		if (r < 0)
			return r;
		snprintf(o->owner, sizeof(o->owner), "%s", owner);
	}
	if (o->withdrawal == WITHDRAWN_REMOVED && !b->row->closed && !measure_closed) {
		o->phase = PHASE_LIVE;
		o->withdrawal = WITHDRAWN_NOT;
		o->round++;
		o->known_at = c->now;
		dates_give(c->plan, b->d, &b->dates, c->now, o);
		o->next_at = c->now;
		changed = true;
	} else if (b->new_steps && o->phase == PHASE_LIVE) {
		if (instant_compare(o->opens_at, c->now) > 0)
			o->opens_at = b->opens_at;
		o->next_at = c->now;
		changed = true;
	}
	return changed ? ledger_put_obligation(c->e->ledger, o) : 0;
}

static const char *responsible_id(const struct deadline *d)
{
	return d->responsible ? d->responsible->id : "";
}

/* Make the obligations of a deadline what the plan asks: seen notes which are there already. */
static int change_obligations(struct change *c, const struct birth *b)
{
	bool *seen = calloc(c->plan->measure_count + 1, sizeof(*seen)), deliverable = false;
	struct obligation *list = NULL;
	size_t count = 0;
	int r = seen ? dates_collect(c->e, b->d->id, &list, &count) : -ENOMEM;

	for (size_t i = 0; r >= 0 && i < count; i++) {
		struct obligation *o = &list[i];
		const struct measure *m = plan_measure(c->plan, o->measure);
		size_t index = m ? (size_t)(m - c->plan->measures) : 0;

		if (!o->measure[0] && b->d->responsible) {
			deliverable = true;
			r = keep(c, b, o, responsible_id(b->d), false);
		} else if (m && deadline_asks(b->d, m)) {
			seen[index] = true;
			r = keep(c, b, o, c->owners[index], c->closed[index]);
		} else {
			r = withdraw(c, o);
		}
	}
	if (r >= 0 && b->d->responsible && !deliverable)
		r = bear(c, b, "", responsible_id(b->d), false);
	for (size_t i = 0; r >= 0 && i < b->d->measure_count; i++) {
		size_t index = (size_t)(b->d->measures[i] - c->plan->measures);

		if (!seen[index])
			r = bear(c, b, b->d->measures[i]->id, c->owners[index], c->closed[index]);
	}
	free(list);
	free(seen);
	return r;
}

/* ---- deadlines ------------------------------------------------------------------------------------- */

/* Does the file say something new about when the deadline is? Then an extension gives way. */
static bool has_new_due(const struct change *c, const struct deadline *d)
{
	const struct deadline *old = c->before ? plan_deadline(c->before, d->id) : NULL;

	return old && (strcmp(old->due.text, d->due.text) != 0 || old->round != d->round ||
		       old->papers_given != d->papers_given || old->papers.days != d->papers.days ||
		       old->papers.workdays != d->papers.workdays);
}

static int forget_extensions(struct change *c, const struct deadline *d)
{
	struct obligation *list = NULL;
	size_t count = 0;
	int r = dates_collect(c->e, d->id, &list, &count);

	for (size_t i = 0; r >= 0 && i < count; i++) {
		if (!list[i].extended)
			continue;
		list[i].extended = false;
		r = ledger_put_obligation(c->e->ledger, &list[i]);
	}
	free(list);
	return r;
}

static int change_deadline(struct change *c, const struct deadline *d)
{
	struct deadline_row row;
	struct birth b;
	bool tell;
	int r = ledger_deadline(c->e->ledger, d->id, &row);

	if (r < 0 && r != -ENOENT)
		return r;
	tell = r == 0 && !row.removed;
	if (r == -ENOENT) {
		row = (struct deadline_row){
			.bound = CIVIL_NONE,
			.due = CIVIL_NONE,
			.papers = CIVIL_NONE,
			.extended = CIVIL_NONE,
			.due_original = CIVIL_NONE,
			.papers_original = CIVIL_NONE,
			.next_at = INSTANT_NONE,
			.submitted_at = INSTANT_NONE,
		};
		snprintf(row.id, sizeof(row.id), "%s", d->id);
	} else if (row.removed) {
		row.removed = false;
		row.closed = row.submitted_seq != 0;
	}
	if (has_new_due(c, d)) {
		row.extended = CIVIL_NONE;
		r = forget_extensions(c, d);
		if (r < 0)
			return r;
	}
	r = dates_refresh(c->e, d, &row, c->now, tell, &c->done->dates_moved);
	if (r < 0)
		return r;
	b = shared(c, d, &row);
	b.new_steps = has_new_steps(c, &b);
	return change_obligations(c, &b);
}

struct removed {
	const struct plan *plan;
	struct deadline_row *list;
	size_t count;
};

static int add_removed(void *userdata, const struct deadline_row *row)
{
	struct removed *removed = userdata;
	struct deadline_row *list;

	if (row->removed || plan_deadline(removed->plan, row->id))
		return 0;
	list = reallocarray(removed->list, removed->count + 1, sizeof(*list));
	if (!list)
		return -ENOMEM;
	removed->list = list;
	removed->list[removed->count++] = *row;
	return 0;
}

static int remove_deadline(struct change *c, struct deadline_row *row)
{
	struct obligation *list = NULL;
	size_t count = 0;
	int r = dates_collect(c->e, row->id, &list, &count);

	for (size_t i = 0; r >= 0 && i < count; i++)
		r = withdraw(c, &list[i]);
	free(list);
	if (r >= 0)
		r = post_moot(c->e, 0, row->id, ~0U, "it left the plan", c->now);
	row->removed = row->closed = true;
	row->next_at = INSTANT_NONE;
	return r < 0 ? r : ledger_put_deadline(c->e->ledger, row);
}

static int change_deadlines(struct change *c)
{
	struct removed removed = { .plan = c->plan };
	int r = ledger_deadlines(c->e->ledger, add_removed, &removed);

	for (size_t i = 0; r >= 0 && i < removed.count; i++)
		r = remove_deadline(c, &removed.list[i]);
	free(removed.list);
	for (size_t i = 0; r >= 0 && i < c->plan->deadline_count; i++)
		r = change_deadline(c, &c->plan->deadlines[i]);
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
	r = ledger_append_event(e->ledger, PLAN_SOURCE, id, PLAN_TYPE, "", now, now, text, &seq);
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
	int r = change_meetings(c);

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
	if (r == 0 && !done.unchanged) {
		e->plan = plan;
		c.before = before;
		r = change_all(&c);
		if (r >= 0)
			r = log_plan(e, text, last_seq, now);
	}
	e->plan = r < 0 ? in_force : plan_ref(plan);
	if (r == 0) {
		plan_unref(in_force);
		*ret = done;
	}
	plan_unref(before);
	free(c.owners);
	free(c.closed);
	free(last);
	free(text);
	return r < 0 ? r : 0;
}
