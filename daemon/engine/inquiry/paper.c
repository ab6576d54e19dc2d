/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/inquiry/paper.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/obligation/closing.h"
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
	board_free(p->board);
	free(p->measures);
	free(p->bare);
	free(p);
	return NULL;
}

bool paper_is_asked_for(const struct inquiry *q)
{
	static const char *const written[] = { "html", "docx" };
	const char *format = inquiry_text(q, "format");

	return q->e.plan->decisions || !inquiry_text(q, "deadline") || inquiry_text(q, "period") ||
	       (format && text_find(format, written, 2) < 2);
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

/* Of one period only what was open in it: before its end, and not asked for the last time before it began. */
static bool was_asked_in(const struct paper *p, const struct obligation *o)
{
	if (!p->asked)
		return true;
	return o->asked > 0 && instant_compare(o->opens_at, p->end) < 0 &&
	       instant_compare(o->last_asked, p->past.windows[0].from) >= 0;
}

/* How often for what is still to be answered, all of it; without that for what was asked for last. */
static void count_asked(struct paper_measure *pm, const struct obligation *o, bool pending)
{
	const bool is_later = !instant_is_none(o->last_asked) &&
			      (instant_is_none(pm->last_asked) ||
			       instant_compare(o->last_asked, pm->last_asked) > 0);

	if (pm->is_pending && !pending)
		return;
	if (pending && pm->is_pending) {
		pm->asked += o->asked;
		pm->last_asked = is_later ? o->last_asked : pm->last_asked;
	} else if (pending || is_later) {
		pm->asked = o->asked;
		pm->last_asked = o->last_asked;
	}
	pm->is_pending |= pending;
}

/* Of an assignment that has deadlines, those: what the measure owes to others is none of its paper. */
static bool is_of_assignment(const struct inquiry *q, const struct obligation *o)
{
	const struct assignment *a = q->paper->d ? NULL : q->paper->a;
	const struct deadline *d = plan_deadline(q->e.plan, deadline_id(o->deadline));

	return !a || !a->deadline_count || (d && d->assignment == a);
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
	    (p->d && strcmp(o->deadline, p->deadline.id) != 0) || !is_of_assignment(s->q, o) ||
	    !was_asked_in(p, o))
		return 0;
	if (is_more_pressing(state, pm->state))
		pm->state = state;
	pm->is_asked |= p->d || pending || report_has_answered(o);
	pm->has_answered = p->d ? report_has_answered(o) : pm->has_answered && !pending;
	pm->has_status |= p->d && report_has_status(o, &pm->row);
	count_asked(pm, o, pending);
	if (!instant_is_none(o->answered_at))
		pm->answered_at = instant_is_none(pm->answered_at)
					  ? o->answered_at
					  : instant_max(pm->answered_at, o->answered_at);
	if (o->owner[0])
		snprintf(pm->owner, sizeof(pm->owner), "%s", o->owner);
	return 0;
}

/* A paper of one period tells what was so at its end, whatever was said or closed since. */
static void take_back(const struct paper *p, struct measure_row *row)
{
	const struct said *said = &p->by_end->said;

	row->status = said->status;
	row->time = said->time;
	row->progress = said->progress;
	row->done_forecast = said->done_forecast;
	if (measure_is_closed_by_body(row) && instant_compare(row->closed_at, p->end) >= 0)
		row->closed_seq = 0;
}

/* In a period those have answered who said something in it; and only of them and of who was asked in it is
 * there anything to tell. */
static void count_answer(const struct paper *p, struct paper_measure *pm)
{
	pm->has_answered = p->past.windows[0].said.status != STATUS_NONE;
	pm->is_asked = pm->has_answered || pm->asked > 0;
	if (!instant_is_none(pm->answered_at) && instant_compare(pm->answered_at, p->end) >= 0)
		pm->answered_at = INSTANT_NONE;
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
	if (p->asked)
		take_back(p, &pm.row);
	snprintf(pm.owner, sizeof(pm.owner), "%s", pm.row.owner);
	pm.has_status = !p->d && pm.row.status != STATUS_NONE;
	pm.has_answered = !p->d;
	r = ledger_obligations_of_measure(q->e.ledger, m->id, sum_up, &summing);
	if (p->asked)
		count_answer(p, &pm);
	row = r == 0 ? paper_row(q, &pm) : NULL;
	if (r == 0)
		r = row ? paper_compare(q, &pm, row) : -ENOMEM;
	if (r == 0 && p->board)
		r = board_add_measure(q, &pm, row);
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
	if (p->past.count || p->past.course.is_kept)
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
	if (report && r == 0)
		r = paper_tell_frozen(q, &report);
	if (report && r == 0 && p->board)
		r = board_finish(q, report);
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
