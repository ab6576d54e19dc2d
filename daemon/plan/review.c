/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What no single group shows: a papers date on a day that few are at work, a window that opens too late. It runs after
 * faults as well, so it looks only at what could be read, and at what has an id to be called by.
 */
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "plan/ladder.h"
#include "plan/reader.h"
#include "plan/stewardship.h"
#include "plan/via.h"

/* The dates of the deadline, or of a series' first, by the meetings that the plan knows. */
static struct dates dates_of(const struct plan *plan, const struct deadline *deadline,
			     struct known_meeting *known)
{
	const struct deadline d =
		deadline->via_count ? via_in_files(plan, deadline, known) : *deadline;
	struct binding binding = { .known = known, .bound = CIVIL_NONE, .today = CIVIL_NONE };

	binding.count = via_known_in_files(plan, d.due.body, known);
	return due_dates(plan, &d, due_bind(plan, deadline, &binding));
}

static void review_window(struct reader *r, const struct deadline *deadline,
			  const struct dates *dates)
{
	const struct plan *plan = r->plan;
	char text[CIVIL_TEXT], other[CIVIL_TEXT];
	struct instant opens, first;

	if (!deadline->opens_given || !deadline->ladder || !deadline->ladder->step_count)
		return;
	if (!civil_is_none(deadline->opens_date) &&
	    civil_compare(deadline->opens_date, dates->papers) > 0) {
		fault(r, deadline->where, "the deadline %s opens on %s, after its papers date %s",
		      deadline->id.text, civil_format(deadline->opens_date, text),
		      civil_format(dates->papers, other));
		return;
	}
	opens = due_opens(plan, deadline, dates);
	first = ladder_first(plan, deadline->ladder, dates->base);
	if (instant_compare(opens, first) > 0)
		warning(r, deadline->opens_where,
			"%s opens on %s, after the first step of its ladder on %s: an answer to "
			"that reminder would not count",
			deadline->id.text, civil_format(zone_date(opens), text),
			civil_format(zone_date(first), other));
}

/* ---- what a first load would meet ---------------------------------------------------------------- */

static struct civil_date today(const struct plan_request *request)
{
	return civil_is_none(request->today) ? zone_date(request->now) : request->today;
}

/* "meeting BODY next" needs one from the first load on. */
static void review_next(struct reader *r, const struct deadline *deadline)
{
	const struct plan *plan = r->plan;

	for (size_t i = 0; i < plan->meeting_count; i++)
		if (plan->meetings[i].body == deadline->due.body &&
		    (civil_is_none(plan->meetings[i].from) ||
		     civil_compare(plan->meetings[i].from, today(r->request)) >= 0))
			return;
	fault(r, deadline->where,
	      "due \"%s\" of %s finds no meeting from today on: add it to meetings",
	      deadline->due.text, deadline->id.text);
}

/* A series of meetings whose first month has none waits for the next one that is told of. */
static void review_first_month(struct reader *r, const struct deadline *deadline)
{
	const struct plan *plan = r->plan;
	const struct due_spec *due = &deadline->due;
	struct civil_date first, next;

	if (deadline->every.kind != EVERY_MEETING || due->kind != DUE_MEETING || !due->body)
		return;
	first = civil_from_ymd(due->year, due->month, 1);
	next = civil_from_ymd(due->year + due->month / 12, due->month % 12 + 1, 1);
	if (civil_compare(next, today(r->request)) > 0)
		return;
	for (size_t i = 0; i < plan->meeting_count; i++)
		if (plan->meetings[i].body == due->body &&
		    (civil_is_none(plan->meetings[i].from) ||
		     (civil_compare(plan->meetings[i].from, first) >= 0 &&
		      every_has_month(&deadline->every, plan->meetings[i].from))))
			return;
	warning(r, deadline->where,
		"the first month of %s, %04d-%02d, is past, and no meeting of %s from then on is "
		"known: nobody is asked until there is one",
		deadline->id.text, due->year, due->month, due->body->id.text);
}

/* Nobody has answered yet: all of it would be late on the first morning. */
static void review_past(struct reader *r, const struct deadline *deadline,
			const struct dates *dates)
{
	char text[CIVIL_TEXT];

	if (deadline->every.kind == EVERY_NEVER &&
	    civil_compare(dates->papers, today(r->request)) < 0)
		warning(r, deadline->where,
			"the last day of %s, %s, is past: unless it was loaded before, whoever "
			"owes "
			"it is told at once that it is late",
			deadline->id.text, civil_format(dates->papers, text));
}

/* ---- deadlines ----------------------------------------------------------------------------------- */

/* What is to be answered by a day has a deadline after it. */
static void review_answer_by(struct reader *r, const struct deadline *deadline,
			     const struct dates *dates, struct known_meeting *known)
{
	const struct assignment *a = deadline->assignment;
	const struct deadline as = { .due = a->answer_by, .papers_given = true };
	char text[CIVIL_TEXT], other[CIVIL_TEXT];
	struct civil_date answer_by;

	if (!a->answer_by.text || deadline->every.kind)
		return;
	answer_by = dates_of(r->plan, &as, known).due;
	if (civil_compare(dates->due, answer_by) > 0)
		warning(r, deadline->where,
			"%s is due on %s, after its assignment %s is to be answered, on %s",
			deadline->id.text, civil_format(dates->due, text), a->id.text,
			civil_format(answer_by, other));
}

static void review_deadline(struct reader *r, const struct deadline *deadline,
			    struct known_meeting *known)
{
	const struct calendar *c = r->plan->calendar;
	char text[CIVIL_TEXT], other[CIVIL_TEXT];
	struct dates dates;

	if (deadline->due.next) {
		if (r->request->first_load)
			review_next(r, deadline);
		return;
	}
	dates = dates_of(r->plan, deadline, known);
	if (!deadline->every.kind && calendar_is_squeeze(c, dates.papers))
		warning(r, deadline->where,
			"the papers of %s are due on %s, a squeeze day: reminders also name %s, "
			"the practical date",
			deadline->id.text, civil_format(dates.papers, text),
			civil_format(calendar_practical(c, dates.papers), other));
	review_window(r, deadline, &dates);
	if (deadline->assignment)
		review_answer_by(r, deadline, &dates, known);
	if (r->request->first_load)
		review_past(r, deadline, &dates);
	if (r->request->first_load)
		review_first_month(r, deadline);
	review_chain(r, deadline, known);
}

static void review_meetings(struct reader *r)
{
	const struct plan *plan = r->plan;
	char text[CIVIL_TEXT];

	for (size_t i = 0; i < plan->meeting_count; i++) {
		const struct meeting *meeting = &plan->meetings[i];

		if (meeting->body && !civil_is_none(meeting->from) &&
		    !calendar_is_workday(plan->calendar, meeting->from))
			warning(r, meeting->where,
				"%s is no working day: check the date of the meeting of %s",
				civil_format(meeting->from, text), meeting->body->id.text);
	}
}

static void review_support(struct reader *r)
{
	if (plan_role(r->plan, "support"))
		return;
	r->source = 0;
	warning(r, where_key(r, config_root_setting(&r->open[0].config), "plan"),
		"nobody holds the role support: nobody is told of what can't be delivered");
}

/* What somebody would be a steward of, were they one. */
static void review_stewards(struct reader *r)
{
	const struct plan *plan = r->plan;

	for (size_t i = 0; i < plan->person_count; i++)
		if (plan->people[i].steward_of_count > 0 && !steward_is(&plan->people[i]) &&
		    *plan->people[i].id.text)
			warning(r, plan->people[i].where,
				"%s has steward_of but not the role steward, so it says nothing",
				plan->people[i].id.text);
}

void review(struct reader *r)
{
	const struct plan *plan = r->plan;

	review_reach(r);
	free(r->scratch);
	r->scratch = calloc(plan->meeting_count + 1, sizeof(struct known_meeting));
	if (!r->scratch)
		reader_out_of_memory(r);
	for (size_t i = 0; i < plan->deadline_count; i++)
		if (plan->deadlines[i].due.text && *plan->deadlines[i].id.text)
			review_deadline(r, &plan->deadlines[i], r->scratch);
	review_meetings(r);
	review_support(r);
	review_stewards(r);
}
