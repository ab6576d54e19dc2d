/* SPDX-License-Identifier: Apache-2.0 */
/* What a measure was asked for the papers that it is in, how often and whether it has answered: its obligations,
 * summed up. */
#include <stdio.h>
#include <string.h>

#include "engine/inquiry/paper.h"
#include "engine/obligation/closing.h"
#include "ledger/marks.h"

struct summing {
	const struct inquiry *q;
	struct paper_measure *pm;
	/* Of what was asked last; of all that is to be answered. */
	bool answered, status, any_pending, pending_status;
	/* Of what was asked last among what is over: since when; and, without an answer, how often and when last. */
	struct instant over_from, missed_last;
	int missed;
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

/* Until somebody is reminded of the next one, what came of the last: a tracker said that nobody had been reminded on
 * the day when the paper that was handed in told of seven times. Who answered that one has not been, of this. */
static void note_missed(struct summing *s, const struct obligation *o, struct instant from)
{
	const bool has_answered = report_has_answered(o);
	const int order = instant_is_none(s->over_from) ? 1 : instant_compare(from, s->over_from);

	if (!has_answered && (order <= 0 || !is_over_unanswered(o, s->q->now)))
		return;
	if (order < 0)
		return;
	s->over_from = from;
	s->missed = has_answered ? 0 : o->asked;
	s->missed_last = has_answered ? INSTANT_NONE : o->last_asked;
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
	if (!pending)
		note_missed(s, o, from);
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

	if (pm->is_pending && pm->asked == 0) {
		pm->asked = s->missed;
		pm->last_asked = s->missed_last;
	}
	pm->has_answered = pm->is_asked ? s->answered && !s->any_pending : !p->d;
	pm->has_status =
		pm->row.status != STATUS_NONE && (is_told || measure_is_closed_by_body(&pm->row));
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

int paper_sum_up_asked(const struct inquiry *q, struct paper_measure *pm)
{
	struct summing s = {
		.q = q, .pm = pm, .over_from = INSTANT_NONE, .missed_last = INSTANT_NONE
	};
	const int r = ledger_obligations_of_measure(q->e.ledger, pm->m->id, sum_up, &s);

	tell_round(q->paper, &s);
	if (q->paper->asked)
		count_answer(q->paper, pm);
	return r;
}
