/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/inquiry/paper.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/obligation/closing.h"
#include "engine/obligation/done_by.h"
#include "ledger/assignments.h"
#include "ledger/marks.h"

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
	/* Of what was asked last; of all that is to be answered. */
	bool answered, status, any_pending, pending_status;
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

/* Was it asked, and its report handed in without an answer, or the next one asked? Who never answered did not. */
static bool is_over_unanswered(const struct obligation *o, struct instant now)
{
	return (o->withdrawal == WITHDRAWN_SUBMITTED || o->withdrawal == WITHDRAWN_SUPERSEDED) &&
	       instant_compare(o->opens_at, now) <= 0;
}

/* Was it over when the plan came to have it, and has nobody said anything since? Then nobody was asked of it either. */
static bool was_never_asked(const struct measure_row *row)
{
	return row->began != STATUS_NONE && row->seq == 0;
}

/* Whether the measure has answered is a question of what it was asked last; and of all that is still to be
 * answered. */
static void look_at_round(struct summing *s, const struct obligation *o, bool pending)
{
	struct paper_measure *pm = s->pm;
	const struct instant from = instant_is_none(o->answers_after)
					    ? o->opens_at
					    : instant_max(o->opens_at, o->answers_after);
	const int order =
		instant_is_none(pm->asked_from) ? 1 : instant_compare(from, pm->asked_from);
	const bool has_status = report_has_status(o, &pm->row);

	if (was_never_asked(&pm->row))
		return;
	pm->is_asked = true;
	s->any_pending |= pending;
	s->pending_status |= pending && has_status;
	if (order < 0)
		return;
	s->answered = report_has_answered(o) && (order > 0 || s->answered);
	s->status = has_status || (order == 0 && s->status);
	pm->asked_from = from;
}

/* Of an assignment or a body a measure may be asked for several deadlines. */
static int sum_up_one(struct summing *s, const struct obligation *o)
{
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
	if (p->d || pending || report_has_answered(o) || is_over_unanswered(o, s->q->now))
		look_at_round(s, o, pending);
	count_asked(pm, o, pending);
	if (!instant_is_none(o->answered_at))
		pm->answered_at = instant_is_none(pm->answered_at)
					  ? o->answered_at
					  : instant_max(pm->answered_at, o->answered_at);
	if (o->owner[0])
		snprintf(pm->owner, sizeof(pm->owner), "%s", o->owner);
	return 0;
}

struct recounting {
	struct instant end;
	int asked;
	struct instant last;
};

static int recount_mark(void *userdata, const struct mark *m)
{
	struct recounting *r = userdata;

	if (!m->accepted || instant_compare(m->decided, r->end) >= 0)
		return 0;
	r->asked++;
	if (instant_is_none(r->last) || instant_compare(m->decided, r->last) > 0)
		r->last = m->decided;
	return 0;
}

/* How often, and when last, as it was by the end of the period that the paper is of. */
static int recount(const struct inquiry *q, struct obligation *o)
{
	struct recounting counted = { q->paper->end, 0, INSTANT_NONE };
	int r = ledger_marks(q->e.ledger, o->id, 0, recount_mark, &counted);

	o->asked = counted.asked;
	o->last_asked = counted.last;
	return r;
}

static int sum_up(void *userdata, const struct obligation *o)
{
	struct summing *s = userdata;
	struct obligation by_end = *o;
	int r = 0;

	if (s->q->paper->asked && !instant_is_none(o->last_asked) &&
	    instant_compare(o->last_asked, s->q->paper->end) >= 0)
		r = recount(s->q, &by_end);
	return r < 0 ? r : sum_up_one(s, &by_end);
}

/* What is older than what was asked is no answer to it, in whatever paper; what the body has closed is closed. What
 * nobody is asked is told as it is. */
static void tell_round(const struct paper *p, const struct summing *s)
{
	struct paper_measure *pm = s->pm;
	const bool is_told =
		pm->is_asked ? s->status || s->pending_status : !p->d || was_never_asked(&pm->row);

	pm->has_answered = pm->is_asked ? s->answered && !s->any_pending : !p->d;
	pm->has_status =
		pm->row.status != STATUS_NONE && (is_told || measure_is_closed_by_body(&pm->row));
}

/* Its own date as it was then: where an extension had moved it, or else where the plan has it. */
static int take_back_date(const struct inquiry *q, struct measure_row *row)
{
	const struct past *past = &q->paper->past;
	struct engine e = q->e;
	struct event_due due;
	struct civil_date date;
	int r = 0;

	if (!past->moved_later)
		return 0;
	if (past->due_before[0] && event_due_parse(past->due_before, &due))
		r = done_by_would_be(&e, row, &due, q->now, &date);
	else if (civil_is_none(row->done_by_original))
		return 0;
	else
		date = row->done_by_original;
	if (r < 0)
		return r;
	row->done_by_extended = past->due_before[0] != '\0';
	if (!row->done_by_extended)
		row->done_by_original = CIVIL_NONE;
	row->done_by_meeting[0] = '\0';
	row->done_by = date;
	return 0;
}

/* A paper of one period tells what was so at its end, whatever was said, moved or closed since. */
static int take_back(const struct inquiry *q, struct measure_row *row)
{
	const struct paper *p = q->paper;
	const struct said *said = &p->by_end->said;

	row->status = said->status;
	row->time = said->time;
	row->progress = said->progress;
	row->done_forecast = said->done_forecast;
	if (measure_is_closed_by_body(row) && instant_compare(row->closed_at, p->end) >= 0)
		row->closed_seq = 0;
	return take_back_date(q, row);
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
				    .asked_from = INSTANT_NONE,
				    .last_asked = INSTANT_NONE,
				    .answered_at = INSTANT_NONE };
	struct summing summing = { .q = q, .pm = &pm };
	json_t *row;
	int r = ledger_measure(q->e.ledger, m->id, &pm.row);

	if (r < 0)
		return r;
	if (pm.row.began != STATUS_NONE)
		r = past_began(&p->past, pm.row.began, pm.row.added_at);
	if (r == 0 && p->asked)
		r = take_back(q, &pm.row);
	snprintf(pm.owner, sizeof(pm.owner), "%s", pm.row.owner);
	if (r == 0)
		r = ledger_obligations_of_measure(q->e.ledger, m->id, sum_up, &summing);
	tell_round(p, &summing);
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
	bool found;
	int r = ledger_find_assignment(q->e.ledger, a->id, &row, &found);
	json_t *json = r == 0 ? paper_bare_row(q, a, &row) : NULL;

	if (r == 0)
		r = json ? paper_track_bare(q->paper, &row, json) : -ENOMEM;
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
