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
#include "engine/obligation/done_by.h"
#include "engine/obligation/in_force.h"
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
		return (int)reject_data(
			a->why, CAUSE_WHICH_DEADLINE,
			"%s is a measure: say which of its deadlines is to be extended, "
			"as in `request %s --deadline %s` (`deadline` in an event)",
			m->id.text, m->id.text, asks);
	return (int)reject_data(
		a->why, CAUSE_WHICH_DEADLINE,
		"%s is a measure: say which of its deadlines is extended, as in `extend "
		"%s --measure %s` (`deadline` in an event)",
		m->id.text, asks, m->id.text);
}

/* A measure without a deadline: its own date is meant, if it has one. */
static int has_own_date(struct application *a, const struct measure *m, bool *ret)
{
	struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };
	int r = ledger_measure(a->e->ledger, m->id, &row);

	*ret = r == 0 && done_by_is_given(&row);
	return r;
}

int extension_subject(struct application *a, const char *deadline, struct extension *ret)
{
	const char *subject = a->event->subject;
	const struct measure *m = plan_measure(a->e->plan, measure_id(subject));
	const struct deadline *d;
	bool own = false;
	int r = m && !deadline ? has_own_date(a, m, &own) : 0;

	ret->measure = m ? m->id : measure_id(NULL);
	if (r < 0 || own)
		return r;
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
	struct date_extend given = { .measure = measure_id(NULL) };
	struct dates dates;
	const char *due;
	char *body = NULL;
	json_t *json;
	int r = x->row.outcome == OUTCOME_RETURNED
			? ledger_event_body(a->e->ledger, x->row.outcome_seq, &body)
			: 0;

	if (!body)
		return r;
	json = json_loads(body, 0, NULL);
	due = json_string_value(json_object_get(json_object_get(json, "data"), "due"));
	if (due && event_due_parse(due, &given.due)) {
		r = dates_would_be(a->e, x->d, &given, a->now, &dates);
		x->original = dates.papers;
	}
	json_decref(json);
	free(body);
	return r;
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
		note_dates(x, x->row.papers, x->row.papers_original, deadline_is_extended(&x->row));
	return note_return(a, x);
}

/* What it is to be due at, and the day that this makes, for a sentence. */
static void name_due(const struct event_due *due, const struct dates *to, char *out, size_t size)
{
	char given[EVENT_DUE_TEXT], date[CIVIL_TEXT];

	snprintf(out, size, "%s", event_due_format(due, given));
	if (event_due_is_meeting(due))
		snprintf(out, size, "%s, whose papers are due on %s,", given,
			 civil_format(to->papers, date));
	else if (!civil_equal(to->papers, due->date))
		snprintf(out, size, "%s, which counts as %s,", given,
			 civil_format(to->papers, date));
}

/*
 * Later than the date that stands; or the correction of an extension, to no earlier than the original.
 * Not asked while the log is replayed: versions before this rule took any date, and what they took counts.
 */
static int check_later(struct application *a, const struct extension *x, const struct dates *to)
{
	const char *of = x->measure.text ? " for " : "",
		   *measure = x->measure.text ? x->measure.text : "";
	char due[EVENT_DUE_TEXT + 60], date[CIVIL_TEXT], stands[CIVIL_TEXT];

	name_due(&x->due, to, due, sizeof(due));
	if (a->e->marks || civil_compare(to->papers, x->stands) > 0 ||
	    (x->extended && civil_compare(to->papers, x->original) >= 0))
		return 0;
	if (x->extended)
		return (int)reject_data(
			a->why, CAUSE_BEFORE_ORIGINAL,
			"`due` %s is before %s, the original date of %s%s%s, which stands "
			"at %s: an extension is corrected to the original or later",
			due, civil_format(x->original, date), x->d->id.text, of, measure,
			civil_format(x->stands, stands));
	return (int)reject_data(
		a->why, CAUSE_DATE_NOT_LATER,
		"`due` %s is not after %s, the date that stands for %s%s%s: an extension "
		"gives a later one",
		due, civil_format(x->stands, date), x->d->id.text, of, measure);
}

/* As an extension of the measure's own date. What is asked for corrects nothing: it is later. */
static int check_own_date(struct application *a, const struct extension *x)
{
	const struct measure *m = plan_measure(a->e->plan, x->measure);
	struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };
	char due[EVENT_DUE_TEXT], stands[CIVIL_TEXT];
	struct civil_date to;
	int r = done_by_check(a->e, m, &x->due, a->now, a->why);

	if (r != 0 || !x->asked || a->e->marks)
		return r;
	r = ledger_measure(a->e->ledger, m->id, &row);
	if (r >= 0)
		r = done_by_would_be(a->e, &row, &x->due, a->now, &to);
	if (r < 0 || civil_compare(to, row.done_by) > 0)
		return r;
	return (int)reject_data(
		a->why, CAUSE_DATE_NOT_LATER,
		"`due` %s is not after %s, by which %s is to be done: ask for a later "
		"date",
		event_due_format(&x->due, due), civil_format(row.done_by, stands), m->id.text);
}

static int check_of_deadline(struct application *a, struct extension *x)
{
	const struct date_extend given = { .measure = x->measure, .due = x->due };
	struct unanswered u = { .measure = x->measure };
	struct dates to;
	int r = application_check_due_of(a, x->d, &x->due);

	if (r == 0)
		r = load_dates(a, x);
	if (r == 0)
		r = application_check_not_superseded(a, x->d, &x->row);
	if (r == 0)
		r = ledger_obligations_of_deadline(a->e->ledger, x->d->id, count_unanswered, &u);
	if (r != 0)
		return r;
	if (u.count == 0)
		return (int)reject_data(
			a->why, CAUSE_NOTHING_LEFT,
			"nothing is unanswered in %s%s%s: there is nothing to extend",
			x->d->id.text, u.measure.text ? " for " : "",
			u.measure.text ? u.measure.text : "");
	r = dates_would_be(a->e, x->d, &given, a->now, &to);
	if (r == 0)
		r = application_check_papers(a, &x->due, &to);
	return r != 0 ? r : check_later(a, x, &to);
}

int extension_check(struct application *a, struct extension *x)
{
	return x->d ? check_of_deadline(a, x) : check_own_date(a, x);
}

static int extend_own_date(struct application *a, const struct extension *x)
{
	const struct done_by_extension given = { &x->due, x->reference, x->reason };

	return measure_extend_done_by(a->e, plan_measure(a->e->plan, x->measure), &given, a->now);
}

int extension_make(struct application *a, const struct extension *x)
{
	const struct date_extend given = { x->measure, x->due, x->reference, x->reason };
	const struct request_decision decision = {
		.seq = a->seq, .at = a->time, .reference = x->reference, .by = a->event->source
	};
	struct requests asked __attribute__((cleanup(requests_done))) = { 0 };
	struct create_count born = { 0 };
	int r = requests_gather(a->e, x->d ? x->d->id : deadline_id(""), true, &asked);

	if (r == 0)
		r = x->d ? dates_extend(a->e, x->d, &given, a->now) : extend_own_date(a, x);
	if (r == 0)
		r = requests_grant(a->e, &asked, x->measure, &decision, a->now);
	if (r == 0 && x->d && x->d->series)
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
