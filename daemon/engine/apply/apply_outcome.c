/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the receiving body decided on what was handed in. Noted and approved close it, and those to be
 * informed and the responsible are told; returned opens it anew (engine/obligation/dates.h). What the body has
 * decided on it has got, whether anybody told of that or not; and it may come back to it. Of a chain that is the
 * last body; what the others decide is link_outcome.c's.
 */
#include "engine/apply/link_outcome.h"

#include <stdio.h>

#include "base/zone.h"
#include "engine/obligation/dates.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/in_force.h"
#include "engine/obligation/occurrences.h"
#include "engine/obligation/requests.h"
#include "engine/outbox/post.h"

/* Noted or approved: those to be informed and the responsible hear of it. */
static int confirm_outcome(struct application *a, const struct deadline *d)
{
	const struct event_outcome *o = &a->event->outcome;
	const struct recipient_context context = { d->responsible, d->responsible };
	struct recipient_list to = { .count = 0 };
	const struct posting posting = { .what = ITEM_OUTCOME, .deadline = d };
	json_t *detail = json_pack("{ss ss ss}", "outcome", event_outcome_name(o->outcome),
				   "reference", o->reference, "by", a->event->source);

	recipient_add(&to, a->e->plan, d->inform, d->inform_count, &context);
	if (d->responsible)
		recipient_add_one(&to, (struct recipient){ .person = d->responsible });
	return post_with_detail(a->e, &to, &posting, detail, a->now);
}

/* Open anew. What still waits to say that it was handed in or noted is moot; its series looks again. */
static int give_back(struct application *a, const struct deadline *d, struct deadline_row *row)
{
	const unsigned moot = 1U << ITEM_SUBMITTED | 1U << ITEM_OUTCOME;
	const struct date_return given = { a->event->outcome.due, a->time, a->event->source };
	const struct request_decision decision = { .seq = a->seq, .at = a->time };
	struct create_count born = { 0 };
	int r = outbox_strike(
		a->e,
		&(struct strike){ .deadline = d->id, .whats = moot, .why = "it was returned" },
		a->now);

	if (r >= 0)
		r = dates_return(a->e, d, row, &given, a->now);
	if (r >= 0)
		r = requests_end(a->e, d->id, &decision, a->now);
	if (r >= 0 && d->series)
		r = occurrences_update(a->e, d->series, a->now, &born);
	return r < 0 ? r : application_warn_superseded(a, &born);
}

/*
 * Returned before its window opens, though nobody has handed it over: another occurrence may be meant. It is
 * taken, since the body may have got it without a word to anybody. With a date before its own as well,
 * the month is likely the wrong one.
 */
static int warn_of_early(struct application *a, const struct deadline *d,
			 const struct deadline_row *row)
{
	const struct event_due due = a->event->outcome.due;
	const struct dates dates = deadline_dates(a->e->plan, d, row);
	char opens[CIVIL_TEXT], given[EVENT_DUE_TEXT], papers[CIVIL_TEXT];
	int r;

	if (row->submitted_seq || !instant_is_none(row->opened_at) ||
	    instant_compare(due_opens(a->e->plan, d, &dates), a->now) <= 0)
		return 0;
	r = application_warn(
		a,
		"nobody has handed over %s, and its window, which was to open on %s, opens now: "
		"check that it is the one that was returned",
		d->id.text, civil_format(zone_date(due_opens(a->e->plan, d, &dates)), opens));
	if (r < 0 || event_due_is_meeting(&due) || civil_compare(due.date, row->papers) >= 0)
		return r;
	return application_warn(a, "`due` %s is before %s, the date of %s: check the month",
				event_due_format(&due, given), civil_format(row->papers, papers),
				d->id.text);
}

static int check_due(struct application *a, const struct deadline *d)
{
	const struct date_extend given = { measure_id(NULL), a->event->outcome.due, NULL, NULL };
	struct dates dates;
	int r = application_check_due_of(a, d, &given.due);

	if (r == 0)
		r = dates_would_be(a->e, d, &given, a->now, &dates);
	return r != 0 ? r : application_check_papers(a, &given.due, &dates);
}

int apply_outcome(struct application *a)
{
	const struct event_outcome *o = &a->event->outcome;
	const bool returned = o->outcome == OUTCOME_RETURNED;
	const struct deadline *d = application_deadline(a, deadline_id(a->event->subject));
	const struct via *via = NULL;
	struct deadline_row row;
	int r;

	if (!d)
		return REJECT_UNKNOWN_SUBJECT;
	r = ledger_deadline(a->e->ledger, d->id, &row);
	if (r == 0)
		r = link_outcome_find(a, d, &row, &via);
	if (r == 0 && returned)
		r = application_check_not_superseded(a, d, &row);
	if (r == 0 && returned)
		r = check_due(a, d);
	if (r == 0)
		r = application_append(a);
	if (r == 0 && via && !returned)
		return link_outcome_apply(a, d, &row, via);
	if (r == 0 && via)
		r = link_outcome_return(a, d, via);
	if (r == 0 && !returned && !chain_is_over(d, &row))
		r = link_outcome_warn_passed_over(a, d, d->via_count);
	if (r == 0 && returned)
		r = warn_of_early(a, d, &row);
	if (r == 0 && !returned && row.state != DEADLINE_SUBMITTED)
		r = application_hand_in(a, &row, o->reference);
	if (r != 0)
		return r;
	row.outcome = o->outcome;
	row.outcome_at = a->time;
	row.outcome_seq = a->seq;
	snprintf(row.outcome_reference, sizeof(row.outcome_reference), "%s", o->reference);
	if (returned)
		return give_back(a, d, &row);
	deadline_look_at(&row, INSTANT_NONE);
	r = ledger_put_deadline(a->e->ledger, &row);
	return r < 0 ? r : confirm_outcome(a, d);
}
