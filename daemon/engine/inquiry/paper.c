/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/inquiry/paper.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/assignments.h"

#define MEASURES_SLICE 50
#define EVENTS_SLICE 100

struct paper *paper_free(struct paper *p)
{
	if (!p)
		return NULL;
	for (size_t i = 0; i < PAPER_LISTS; i++)
		json_decref(p->lists[i]);
	past_done(&p->past);
	free(p->measures);
	free(p->bare);
	free(p);
	return NULL;
}

bool paper_is_asked_for(const struct inquiry *q)
{
	return q->e.plan->decisions || !inquiry_text(q, "deadline") || inquiry_text(q, "period");
}

/* ---- one measure after another ------------------------------------------------------------------ */

struct summing {
	const struct inquiry *q;
	struct paper_measure *pm;
};

static bool is_more_pressing(const char *state, const char *than)
{
	static const char *const order[] = { "withdrawn", "answered", "waiting", "open", "late" };

	return !than || text_find(state, order, 5) > text_find(than, order, 5);
}

/* Of an assignment or a body a measure may be asked for several deadlines. */
static int sum_up(void *userdata, const struct obligation *o)
{
	struct summing *s = userdata;
	struct paper_measure *pm = s->pm;
	const struct paper *p = s->q->paper;
	const char *state = obligation_state(o, s->q->now);
	const bool pending = o->phase == PHASE_LIVE && strcmp(state, "waiting") != 0;

	if (o->withdrawal == WITHDRAWN_REMOVED ||
	    (p->d && strcmp(o->deadline, p->deadline.id) != 0))
		return 0;
	if (is_more_pressing(state, pm->state))
		pm->state = state;
	pm->is_asked |= p->d || pending || report_has_answered(o);
	pm->has_answered = p->d ? report_has_answered(o) : pm->has_answered && !pending;
	pm->has_status |= p->d && report_has_status(o, &pm->row);
	if (pending || p->d) {
		pm->asked += o->asked;
		pm->last_asked = instant_is_none(pm->last_asked)
					 ? o->last_asked
					 : instant_max(pm->last_asked, o->last_asked);
	}
	if (!instant_is_none(o->answered_at))
		pm->answered_at = instant_is_none(pm->answered_at)
					  ? o->answered_at
					  : instant_max(pm->answered_at, o->answered_at);
	if (o->owner[0])
		snprintf(pm->owner, sizeof(pm->owner), "%s", o->owner);
	return 0;
}

static int add_measure(struct inquiry *q, const struct measure *m)
{
	struct paper *p = q->paper;
	struct paper_measure pm = { .m = m,
				    .last_asked = INSTANT_NONE,
				    .answered_at = INSTANT_NONE };
	struct summing summing = { q, &pm };
	json_t *row;
	int r = ledger_measure(q->e.ledger, m->id, &pm.row);

	if (r < 0)
		return r;
	snprintf(pm.owner, sizeof(pm.owner), "%s", pm.row.owner);
	pm.has_status = !p->d && pm.row.status != STATUS_NONE;
	pm.has_answered = !p->d;
	r = ledger_obligations_of_measure(q->e.ledger, m->id, sum_up, &summing);
	row = r == 0 ? paper_row(q, &pm) : NULL;
	if (r == 0)
		r = row ? paper_compare(q, &pm, row) : -ENOMEM;
	if (r == 0)
		r = json_array_append(q->measures, row);
	json_decref(row);
	measure_row_done(&pm.row);
	return r;
}

/* Look at more of a measure's past: 1 there is more, 0 its row was made, or a negative errno. */
static int look_at(struct inquiry *q, const struct measure *m)
{
	struct paper *p = q->paper;
	int r = 0;

	if (!p->looking)
		past_begin(&p->past);
	p->looking = true;
	if (p->past.count)
		r = past_look(&p->past, q->e.ledger, m->id.text, EVENTS_SLICE);
	if (r != 0)
		return r;
	p->looking = false;
	return add_measure(q, m);
}

/* The bodies that it passes before its own, by name too. */
static int add_via(struct inquiry *q, json_t *report)
{
	int r = inquiry_add_via(q, q->paper->d, report);
	json_t *link;
	size_t i;

	json_array_foreach (json_object_get(report, "via"), i, link) {
		const char *id = json_string_value(json_object_get(link, "body"));
		const struct body *body = id ? plan_body(q->e.plan, body_id(id)) : NULL;

		json_object_set_new(link, "body_name", json_text(body ? body->name : id));
	}
	return r;
}

static int add_bare(struct inquiry *q, const struct assignment *a)
{
	struct assignment_row row __attribute__((cleanup(assignment_row_done))) =
		assignment_row_new(a->id);
	json_t *json = paper_bare_row(q, a);
	bool found;
	int r = json ? ledger_find_assignment(q->e.ledger, a->id, &row, &found) : -ENOMEM;

	if (r == 0)
		r = paper_track_bare(q->paper, &row, json);
	return json_array_append_new(q->measures, json) < 0 ? -ENOMEM : r;
}

static int finish(struct inquiry *q)
{
	struct paper *p = q->paper;
	json_t *report;
	int r = 0;

	for (size_t i = 0; r == 0 && i < p->bare_count; i++)
		r = add_bare(q, p->bare[i]);
	report = r == 0 ? paper_whole(q) : NULL;
	if (report && p->d)
		r = inquiry_add_history(q, p->deadline.id, report);
	if (report && r == 0 && p->d)
		r = add_via(q, report);
	return report ? (json_array_append_new(q->rows, report) < 0 ? -ENOMEM : r) : -ENOMEM;
}

int paper_work(struct inquiry *q)
{
	struct paper *p = q->paper;
	int r = p->requests_known ? 0 : paper_requests(q);

	if (r != 0)
		return r;
	p->requests_known = true;
	for (size_t i = 0; i < MEASURES_SLICE && q->at < p->measure_count; i++) {
		r = look_at(q, p->measures[q->at]);
		if (r != 0)
			return r;
		q->at++;
	}
	return q->at < p->measure_count ? 1 : finish(q);
}
