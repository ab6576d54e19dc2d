/* SPDX-License-Identifier: Apache-2.0 */
/*
 * today: what needs a steward's hands, a row a thing, in the order of `kinds`. What is said of each kind in a
 * sentence is its reader's business: the client's, the desk's.
 *
 * One phase after the other, a slice at a time: what is owed, with the deadlines behind it; the outbox; the papers that
 * wait for a proposal; the measures; the requests; who is away, and who seems to be. A deadline is told once, at the first thing that is owed to it.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/zone.h"
#include "engine/inquiry/inquirer.h"
#include "engine/inquiry/today_automatic.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/requests.h"
#include "engine/obligation/state.h"
#include "engine/outbox/absence.h"

#define TODAY_SLICE 100
#define SOON 60	     /* days: a papers date that is farther away needs nobody's hands yet */
#define FAILED_FOR 7 /* days: what was given up, or came back, is shown for so long */

static const char *const kinds[] = { "late",	 "unreached", "hold",	 "held",    "failed",
				     "proposal", "meeting",   "squeeze", "support", "request",
				     "absence",	 "automatic", NULL };

struct today_row {
	size_t kind;
	char *order; /* within the kind; or NULL */
	size_t at;
	json_t *row;
};
struct today {
	int phase;
	json_t *seen; /* the deadlines, as keys */
	struct today_row *list;
	size_t count, room;
};

void today_free(struct today *t)
{
	if (!t)
		return;
	for (size_t i = 0; i < t->count; i++) {
		free(t->list[i].order);
		json_decref(t->list[i].row);
	}
	free(t->list);
	json_decref(t->seen);
	free(t);
}

/* Takes the row; in order of the member's text, and then as they come. */
static int add(struct inquiry *q, const char *kind, json_t *row, const char *order)
{
	struct today *t = q->today;
	const char *by = order ? json_string_value(json_object_get(row, order)) : NULL;
	struct today_row one = { .at = t->count, .row = row };

	if (!row || array_grow(&t->list, t->count, &t->room) < 0) {
		json_decref(row);
		return -ENOMEM;
	}
	while (strcmp(kinds[one.kind], kind) != 0)
		one.kind++;
	one.order = by ? strdup(by) : NULL;
	t->list[t->count++] = one;
	return json_object_set_new(row, "kind", json_string(kind)) < 0 ? -ENOMEM : 0;
}

/* What a row of an obligation has: the thing itself, by name. */
static json_t *about(const struct inquiry *q, const struct obligation *o)
{
	const struct measure *m = plan_measure(q->e.plan, measure_id(o->measure));
	const struct deadline *d = plan_deadline(q->e.plan, deadline_id(o->deadline));
	const char *title = m ? m->title : d ? d->title : NULL;

	return json_pack("{ss ss so so so so so}", "item", o->measure[0] ? o->measure : o->deadline,
			 "deadline", o->deadline, "measure", json_text(o->measure), "title",
			 json_text(title), "person", json_text(o->owner), "due", json_date(o->due),
			 "papers", json_date(o->papers));
}

/* ---- what is owed -------------------------------------------------------------------------------- */

static int add_late(struct inquiry *q, const struct obligation *o)
{
	json_t *row = about(q, o);

	if (row && (json_object_set_new(row, "asked", json_integer(o->asked)) < 0 ||
		    json_object_set_new(row, "last_asked", json_instant(o->last_asked)) < 0)) {
		json_decref(row);
		row = NULL;
	}
	return add(q, "late", row, "papers");
}

/* Support was told that whoever owes it is not reached, and nothing has reached them since. */
static bool is_unreached(const struct obligation *o)
{
	return o->told_round >= o->round && o->reached_round < o->round;
}

/* The deadline itself, as far as its owner's dates are the deadline's. */
static int add_deadline(struct inquiry *q, const struct obligation *o)
{
	const struct deadline *d = plan_deadline(q->e.plan, deadline_id(o->deadline));
	const struct civil_date today = zone_date(q->now);
	const struct civil_date practical = due_practical_shown(o->practical, o->papers, today);
	int r = 0;

	if (!d || o->extended || civil_compare(o->papers, civil_add(today, SOON)) > 0 ||
	    json_object_get(q->today->seen, o->deadline))
		return 0;
	if (json_object_set_new(q->today->seen, o->deadline, json_true()) < 0)
		return -ENOMEM;
	if (o->provisional)
		r = add(q, "meeting",
			json_pack("{ss ss so so so ss*}", "item", o->deadline, "deadline",
				  o->deadline, "title", json_text(d->title), "due",
				  json_date(o->due), "papers", json_date(o->papers), "body",
				  d->due.kind == DUE_MEETING ? d->due.body->id.text : NULL),
			"papers");
	if (r == 0 && !civil_equal(practical, o->papers))
		r = add(q, "squeeze",
			json_pack("{ss ss so so so}", "item", o->deadline, "deadline", o->deadline,
				  "title", json_text(d->title), "papers", json_date(o->papers),
				  "practical", json_date(practical)),
			"papers");
	return r;
}

static int look_at_obligation(struct inquiry *q, const struct obligation *o)
{
	struct deadline_row row;
	const char *state = obligation_state(o, q->now);
	int r;

	if (o->phase != PHASE_LIVE)
		return 0;
	r = ledger_deadline(q->e.ledger, deadline_id(o->deadline), &row);
	if (r < 0 || deadline_is_closed(&row))
		return r;
	if (strcmp(state, "late") == 0)
		r = add_late(q, o);
	if (r == 0 && strcmp(state, "waiting") != 0 && is_unreached(o))
		r = add(q, "unreached", about(q, o), "papers");
	return r < 0 ? r : add_deadline(q, o);
}

static int work_on_obligations(struct inquiry *q)
{
	struct obligation batch[TODAY_SLICE];
	struct owed_scan scan = { .after = obligation_id(q->after),
				  .opened = q->now,
				  .papers = civil_add(zone_date(q->now), SOON) };
	int r = 0, count = ledger_obligations_owed(q->e.ledger, &scan, batch, TODAY_SLICE);

	for (int i = 0; r == 0 && i < count; i++)
		r = look_at_obligation(q, &batch[i]);
	q->after = scan.after.n;
	return r < 0 || count < 0 ? (r < 0 ? r : count) : !scan.over;
}

/* ---- the outbox ---------------------------------------------------------------------------------- */

static int look_at_message(struct inquiry *q, const struct message *m)
{
	const bool held = m->state == MESSAGE_HELD;
	const struct civil_date since = civil_add(zone_date(q->now), -FAILED_FOR);

	if (!held && civil_compare(zone_date(m->finished), since) < 0)
		return 0;
	return add(q, held ? "held" : "failed",
		   json_pack("{sI ss ss ss so so}", "message", (json_int_t)m->id.n, "person", m->to,
			     "channel", m->channel, "message_kind", message_kind_name(m->kind),
			     "planned", json_instant(m->planned), "last_answer",
			     json_text(m->last_answer)),
		   NULL);
}

static int work_on_messages(struct inquiry *q)
{
	const unsigned states = 1U << MESSAGE_HELD | 1U << MESSAGE_FAILED | 1U << MESSAGE_EXPIRED |
				1U << MESSAGE_BOUNCED;
	struct message batch[TODAY_SLICE];
	int r = 0,
	    count = ledger_messages(q->e.ledger, states, message_id(q->after), batch, TODAY_SLICE);

	if (q->after == 0 && ledger_is_on_hold(q->e.ledger))
		r = add(q, "hold", json_object(), NULL);
	for (int i = 0; r == 0 && i < count; i++) {
		q->after = batch[i].id.n;
		r = look_at_message(q, &batch[i]);
	}
	return r < 0 ? r : count;
}

/* ---- papers ---------------------------------------------------------------------------------------- */

/* Has the body decided already, or the next occurrence come, nobody waits for the paper any more. */
static int look_at_paper(void *userdata, const struct deadline_row *row)
{
	struct inquiry *q = userdata;
	const struct deadline *d = plan_deadline(q->e.plan, deadline_id(row->id));
	const bool is_decided = row->outcome == OUTCOME_NOTED || row->outcome == OUTCOME_APPROVED;

	if (!d || !d->responsible || is_decided || row->state == DEADLINE_REMOVED ||
	    row->state == DEADLINE_SUPERSEDED)
		return 0;
	return add(q, "proposal",
		   json_pack("{ss ss so ss so}", "item", row->id, "deadline", row->id, "title",
			     json_text(d->title), "person", d->responsible->id.text, "papers",
			     json_date(row->papers)),
		   "papers");
}

static int work_on_papers(struct inquiry *q)
{
	return ledger_deadlines_waiting_to_freeze(q->e.ledger, look_at_paper, q);
}

/* ---- measures and requests ------------------------------------------------------------------------ */

static int look_at_measure(struct inquiry *q, const struct measure *m)
{
	struct measure_row row __attribute__((cleanup(measure_row_done))) = measure_row_new(m->id);
	bool found = false;
	int r = ledger_find_measure(q->e.ledger, m->id, &row, &found);

	if (r < 0 || !found || !row.needs_support || !row.needs_support[0] ||
	    measure_is_closed(&row))
		return r;
	return add(q, "support",
		   json_pack("{ss ss so so ss so}", "item", m->id.text, "measure", m->id.text,
			     "title", json_text(m->title), "person", json_text(row.owner),
			     "needs_support", row.needs_support, "at", json_instant(row.time)),
		   "at");
}

static int work_on_measures(struct inquiry *q)
{
	const size_t from = (size_t)q->after, count = q->e.plan->measure_count;
	int r = 0;

	for (; r == 0 && (size_t)q->after < count && (size_t)q->after < from + TODAY_SLICE;
	     q->after++)
		r = look_at_measure(q, &q->e.plan->measures[q->after]);
	return r < 0 ? r : (size_t)q->after < count;
}

static int look_at_request(struct inquiry *q, const struct request_row *r)
{
	struct request_about about;
	json_t *row;
	int error = request_look(&q->e, r, &about);

	if (error < 0 || about.state != REQUEST_OPEN)
		return error;
	row = inquiry_request(q, r, &about);
	if (row) {
		json_object_set_new(row, "item",
				    json_string(r->measure[0] ? r->measure : r->deadline));
		json_object_set(row, "person", json_object_get(row, "by"));
	}
	return add(q, "request", row, "asked_at");
}

static int work_on_requests(struct inquiry *q)
{
	struct request_row batch[TODAY_SLICE / 2];
	int r = 0, count = ledger_requests(q->e.ledger, q->after, batch, TODAY_SLICE / 2);

	for (int i = 0; r == 0 && i < count; i++) {
		q->after = batch[i].seq;
		r = look_at_request(q, &batch[i]);
	}
	return r < 0 ? r : count;
}

/* ---- who is away ---------------------------------------------------------------------------------- */

static int work_on_absences(struct inquiry *q)
{
	struct absences *absences = NULL;
	int r = absences_new(&absences, &q->e, q->now);

	for (size_t i = 0; r == 0 && i < q->e.plan->person_count; i++) {
		const struct person *p = &q->e.plan->people[i];
		const struct stand_in s = absences_find(absences, q->e.plan, p, zone_date(q->now));

		if (!s.to)
			r = add(q, "absence",
				json_pack("{ss so so so}", "person", p->id.text, "from",
					  json_date(s.from), "until", json_date(s.until), "gone",
					  s.gone ? json_string(s.gone->id.text) : json_null()),
				"until");
	}
	absences_free(absences);
	return r;
}

static int add_automatic(struct inquiry *q, json_t *row)
{
	return add(q, "automatic", row, "at");
}

static int work_on_replies(struct inquiry *q)
{
	return today_automatic(q, add_automatic);
}

/* ---- all of it ------------------------------------------------------------------------------------ */

static int compare(const void *a, const void *b)
{
	const struct today_row *x = a, *y = b;
	int by = 0;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->order && y->order)
		by = strcmp(x->order, y->order);
	return by ? by : x->at < y->at ? -1 : x->at > y->at;
}

static int finish(struct inquiry *q)
{
	struct today *t = q->today;

	if (t->count)
		qsort(t->list, t->count, sizeof(*t->list), compare);
	for (size_t i = 0; i < t->count; i++)
		if (json_array_append(q->rows, t->list[i].row) < 0)
			return -ENOMEM;
	return 0;
}

static int begin_today(struct inquiry *q, struct rejection *ret_why)
{
	(void)ret_why;
	q->today = calloc(1, sizeof(*q->today));
	if (!q->today)
		return -ENOMEM;
	q->today->seen = json_object();
	return q->today->seen ? 0 : -ENOMEM;
}

static int work_today(struct inquiry *q)
{
	static int (*const phases[])(struct inquiry * q) = { work_on_obligations, work_on_messages,
							     work_on_papers,	  work_on_measures,
							     work_on_requests,	  work_on_absences,
							     work_on_replies,	  finish };
	struct today *t = q->today;
	int r = phases[t->phase](q);

	if (r != 0)
		return r < 0 ? r : 1;
	q->after = 0;
	return ++t->phase < (int)(sizeof(phases) / sizeof(phases[0]));
}

const struct inquirer inquirer_today = { begin_today, work_today, NULL, NULL };
