/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Another date for a deadline, or for one measure's answer to it, while something is unanswered in it:
 * later than the one that stands, or the correction of an earlier extension. What is new then (dates, a
 * round) is engine/obligation/dates_decided.c's. An occurrence may give way to the next one later for it: its
 * series looks again.
 */
#include "engine/apply/extension.h"

#include <stdio.h>
#include <string.h>

#include "engine/apply/granting.h"
#include "engine/obligation/dates.h"
#include "engine/obligation/occurrences.h"
#include "engine/obligation/requests.h"

/* The commands name the deadline and the measure beside each other; on the wire that is `deadline`. */
static int reject_measure_alone(struct application *a, const struct measure *m)
{
	const struct plan *plan = a->e->plan;
	const char *asks = "DEADLINE";

	for (size_t i = plan->deadline_count; i-- > 0;)
		if (deadline_asks(&plan->deadlines[i], m))
			asks = plan->deadlines[i].id.text;
	if (a->event->type == EVENT_REQUEST)
		return (int)reject(a->why, REJECT_BAD_DATA,
				   "%s is a measure: say which of its deadlines is to be extended, "
				   "as in `request %s --deadline %s` (`deadline` in an event)",
				   m->id.text, m->id.text, asks);
	return (int)reject(a->why, REJECT_BAD_DATA,
			   "%s is a measure: say which of its deadlines is extended, as in `extend "
			   "%s --measure %s` (`deadline` in an event)",
			   m->id.text, asks, m->id.text);
}

int extension_subject(struct application *a, const char *deadline, struct extension *ret)
{
	const char *subject = a->event->subject;
	const struct measure *m = plan_measure(a->e->plan, measure_id(subject));
	const struct deadline *d;

	if (m && !deadline)
		return reject_measure_alone(a, m);
	if (!m && deadline && strcmp(deadline, subject) != 0)
		return (int)reject(a->why, REJECT_BAD_DATA,
				   "`deadline` says %s but the subject is %s: name the measure as "
				   "subject, or leave `deadline` out",
				   deadline, subject);
	d = application_deadline(a, deadline_id(m ? deadline : subject));
	if (!d)
		return REJECT_UNKNOWN_SUBJECT;
	if (m && !deadline_asks(d, m))
		return (int)reject(a->why, REJECT_BAD_DATA,
				   "%s does not ask %s: there is nothing to extend", d->id.text,
				   m->id.text);
	ret->d = d;
	ret->measure = m ? m->id : measure_id(NULL);
	return 0;
}

struct unanswered {
	struct measure_id measure; /* NULL: any */
	size_t count;
};

static int count_unanswered(void *userdata, const struct obligation *o)
{
	struct unanswered *u = userdata;

	u->count += o->phase == PHASE_LIVE &&
		    (!u->measure.text || strcmp(o->measure, u->measure.text) == 0);
	return 0;
}

static void note_dates(struct extension *x, struct civil_date papers, struct civil_date original,
		       bool extended)
{
	x->stands = papers;
	x->original = civil_is_none(original) ? papers : original;
	x->extended = extended && !x->asked;
}

/* After a return the date that it gave is the original one of any extension. */
static int note_return(struct application *a, struct extension *x)
{
	struct civil_date due;
	char *body = NULL;
	json_t *json;
	int r = x->row.outcome == OUTCOME_RETURNED
			? ledger_event_body(a->e->ledger, x->row.outcome_seq, &body)
			: 0;

	if (!body)
		return r;
	json = json_loads(body, 0, NULL);
	if (civil_parse(json_string_value(json_object_get(json_object_get(json, "data"), "due")),
			&due) == 0)
		x->original = due_extended(a->e->plan, x->d, x->row.bound, due).papers;
	json_decref(json);
	free(body);
	return 0;
}

static int load_dates(struct application *a, struct extension *x)
{
	struct obligation o;
	int r = ledger_deadline(a->e->ledger, x->d->id, &x->row);

	if (r >= 0 && x->measure.text)
		r = ledger_obligation_of(a->e->ledger, x->d->id, x->measure, &o);
	if (r < 0)
		return r;
	if (x->measure.text)
		note_dates(x, o.papers, o.papers_original, o.extended);
	else
		note_dates(x, x->row.papers, x->row.papers_original,
			   !civil_is_none(x->row.extended));
	return note_return(a, x);
}

/*
 * Later than the date that stands; or the correction of an extension, to no earlier than the original.
 * Not asked while the log is replayed: versions before this rule took any date, and what they took counts.
 */
static int check_later(struct application *a, const struct extension *x)
{
	const char *of = x->measure.text ? " for " : "",
		   *measure = x->measure.text ? x->measure.text : "";
	struct dates to = due_extended(a->e->plan, x->d, x->row.bound, x->due.date);
	char due[60], given[CIVIL_TEXT], date[CIVIL_TEXT], stands[CIVIL_TEXT];

	snprintf(due, sizeof(due), "%s", civil_format(x->due.date, given));
	if (!civil_equal(to.papers, x->due.date))
		snprintf(due, sizeof(due), "%s, which counts as %s,", given,
			 civil_format(to.papers, date));
	if (a->e->marks || civil_compare(to.papers, x->stands) > 0 ||
	    (x->extended && civil_compare(to.papers, x->original) >= 0))
		return 0;
	if (x->extended)
		return (int)reject(
			a->why, REJECT_BAD_DATA,
			"`due` %s is before %s, the original date of %s%s%s, which stands "
			"at %s: an extension is corrected to the original or later",
			due, civil_format(x->original, date), x->d->id.text, of, measure,
			civil_format(x->stands, stands));
	return (int)reject(
		a->why, REJECT_BAD_DATA,
		"`due` %s is not after %s, the date that stands for %s%s%s: an extension "
		"gives a later one",
		due, civil_format(x->stands, date), x->d->id.text, of, measure);
}

int extension_check(struct application *a, struct extension *x)
{
	struct unanswered u = { .measure = x->measure };
	int r = event_due_is_meeting(&x->due) ? application_not_taken(a, "a meeting as due")
					      : application_check_due(a, x->due.date);

	if (r == 0)
		r = load_dates(a, x);
	if (r == 0)
		r = application_check_not_superseded(a, x->d, &x->row);
	if (r == 0)
		r = ledger_obligations_of_deadline(a->e->ledger, x->d->id, count_unanswered, &u);
	if (r != 0)
		return r;
	if (u.count == 0)
		return (int)reject(a->why, REJECT_BAD_DATA,
				   "nothing is unanswered in %s%s%s: there is nothing to extend",
				   x->d->id.text, u.measure.text ? " for " : "",
				   u.measure.text ? u.measure.text : "");
	return check_later(a, x);
}

int extension_make(struct application *a, const struct extension *x)
{
	const struct date_extend given = { x->measure, x->due.date, x->reference, x->reason };
	const struct request_decision decision = {
		.seq = a->seq, .at = a->time, .reference = x->reference, .by = a->event->source
	};
	struct requests asked __attribute__((cleanup(requests_done))) = { 0 };
	struct create_count born = { 0 };
	int r = requests_gather(a->e, x->d->id, true, &asked);

	if (r == 0)
		r = dates_extend(a->e, x->d, &given, a->now);
	if (r == 0)
		r = requests_grant(a->e, &asked, x->measure, &decision, a->now);
	if (r == 0 && x->d->series)
		r = occurrences_update(a->e, x->d->series, a->now, &born);
	return r != 0 ? r : application_warn_superseded(a, &born);
}

int apply_extend(struct application *a)
{
	const struct event_extend *e = &a->event->extend;
	struct extension x = { .due = e->due, .reference = e->reference, .reason = e->reason };
	int r;

	if (e->grants.list)
		return granting_extend(a);
	r = extension_subject(a, e->deadline, &x);
	if (r == 0)
		r = extension_check(a, &x);
	if (r == 0)
		r = application_append(a);
	return r != 0 ? r : extension_make(a, &x);
}
