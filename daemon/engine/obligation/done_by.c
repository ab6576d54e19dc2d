/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/obligation/done_by.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/zone.h"
#include "engine/obligation/dates_internal.h"
#include "engine/obligation/light.h"
#include "engine/obligation/own_date.h"
#include "engine/obligation/state.h"
#include "engine/outbox/post.h"
#include "protocol/text.h"

/* ---- binding ----------------------------------------------------------------------------------- */

/* The meeting that the row names; false: it is a date, or the body left the plan. */
static bool meeting_of(const struct plan *plan, const struct measure_row *row, struct due_spec *ret)
{
	struct event_due named;
	char text[DONE_BY_MEETING + 8];

	snprintf(text, sizeof(text), "meeting %s", row->done_by_meeting);
	if (!row->done_by_meeting[0] || !event_due_parse(text, &named))
		return false;
	*ret = (struct due_spec){ .kind = DUE_MEETING,
				  .date = CIVIL_NONE,
				  .time = TIME_OF_DAY_NONE,
				  .year = named.year,
				  .month = named.month,
				  .body = plan_body(plan, body_id(named.body)) };
	return ret->body != NULL;
}

/* Bind what is a meeting's to what is known now. */
static int bind(struct engine *e, struct measure_row *row, struct instant now)
{
	struct due_spec due;
	struct dates dates;
	int r;

	if (!meeting_of(e->plan, row, &due))
		return 0;
	r = own_date_bind(e, &due, now, &row->done_by_bound, &dates);
	if (r == 0)
		row->done_by = dates.due;
	return r;
}

/* What stands is a date (CIVIL_NONE: none), or the meeting of a body and month, from now on. */
static int stand_at(struct engine *e, struct measure_row *row, const struct event_due *due,
		    struct instant now)
{
	char text[EVENT_DUE_TEXT] = "meeting ";

	if (event_due_is_meeting(due))
		event_due_format(due, text);
	if (strcmp(row->done_by_meeting, text + strlen("meeting ")) != 0)
		row->done_by_bound = CIVIL_NONE;
	snprintf(row->done_by_meeting, sizeof(row->done_by_meeting), "%.*s", DONE_BY_MEETING - 1,
		 text + strlen("meeting "));
	row->done_by = due->date;
	return bind(e, row, now);
}

/* ---- telling ----------------------------------------------------------------------------------- */

static json_t *change_detail(const struct measure_row *before,
			     const struct done_by_extension *extension)
{
	char date[CIVIL_TEXT];

	return json_pack("{ss sb so*}", "done_by", civil_format(before->done_by, date),
			 "provisional", done_by_is_provisional(before), "extension",
			 extension ? json_pack("{ss ss*}", "reference", extension->reference,
					       "reason", extension->reason)
				   : NULL);
}

/* Who owns it hears that it is to be done by another day. */
static int tell(struct engine *e, const struct measure *m, const struct measure_row *before,
		const struct done_by_extension *extension, struct instant now)
{
	const struct posting posting = { .what = ITEM_DONE_BY, .measure = m->id };
	const struct person *owner = plan_person(e->plan, person_id(before->owner));
	struct recipient_list to = { .count = 0 };

	if (!owner || measure_is_closed(before))
		return 0;
	recipient_add_one(&to, (struct recipient){ .person = owner });
	return post_with_detail(e, &to, &posting, change_detail(before, extension), now);
}

/* A measure whose date may change, and by which decision; extension: NULL, by none. */
struct dated {
	struct engine *e;
	const struct measure *m;
	const struct done_by_extension *extension;
	struct instant now;
};

/* The row has another date than before: the first one stays visible, its owner is told, and its light is of the
 * new one. The row is not put. */
static int changed(const struct dated *d, const struct measure_row *before, struct measure_row *row)
{
	const bool moved = !civil_equal(before->done_by, row->done_by);
	const bool expected = done_by_is_provisional(before) && !d->extension;
	int r = 0;

	if (!done_by_is_given(before) || !done_by_is_given(row))
		row->done_by_original = CIVIL_NONE;
	else
		dates_keep_original(&row->done_by_original, before->done_by, row->done_by,
				    expected);
	if (done_by_is_given(before) && done_by_is_given(row) && moved)
		r = tell(d->e, d->m, before, d->extension, d->now);
	light_reschedule(d->e->plan, d->m, row, d->now);
	return r;
}

/* ---- the plan ---------------------------------------------------------------------------------- */

/* As an event would have said it. */
static struct event_due due_of_plan(const struct measure *m)
{
	struct event_due due = { .date = m->done_by.kind == DUE_DATE ? m->done_by.date
								     : CIVIL_NONE };

	if (!m->done_by.text)
		due.date = CIVIL_NONE;
	else if (m->done_by.kind == DUE_MEETING) {
		snprintf(due.body, sizeof(due.body), "%s", m->done_by.body->id.text);
		due.year = m->done_by.year;
		due.month = m->done_by.month;
	}
	return due;
}

int done_by_of_plan(struct engine *e, const struct measure *before, const struct measure *m,
		    struct measure_row *row, struct instant now)
{
	const struct measure_row stood = *row;
	const struct event_due due = due_of_plan(m);
	int r;

	if (!m->done_by.text && !done_by_is_given(row) && !row->done_by_extended) {
		light_reschedule(e->plan, m, row, now);
		return 0;
	}
	if (row->done_by_extended && before && text_same(before->done_by.text, m->done_by.text)) {
		r = bind(e, row, now);
	} else {
		row->done_by_extended = false;
		r = stand_at(e, row, &due, now);
	}
	return r < 0 ? r : changed(&(struct dated){ e, m, NULL, now }, &stood, row);
}

/* ---- meetings ---------------------------------------------------------------------------------- */

struct ids {
	char (*list)[MEASURE_ID];
	size_t count, room;
};

static int add_id(void *userdata, struct measure_id id)
{
	struct ids *ids = userdata;

	if (array_grow(&ids->list, ids->count, &ids->room) < 0)
		return -ENOMEM;
	snprintf(ids->list[ids->count++], MEASURE_ID, "%s", id.text);
	return 0;
}

static int follow_one(struct engine *e, struct measure_id id, struct instant now)
{
	const struct measure *m = plan_measure(e->plan, id);
	struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };
	struct measure_row stood;
	int r = m ? ledger_measure(e->ledger, id, &row) : 0;

	if (!m || r < 0)
		return r; /* it left the plan */
	stood = row;
	r = bind(e, &row, now);
	if (r >= 0)
		r = changed(&(struct dated){ e, m, NULL, now }, &stood, &row);
	return r < 0 ? r : ledger_put_measure(e->ledger, &row);
}

int done_by_follow(struct engine *e, const struct body *body, struct instant now)
{
	struct ids ids = { 0 };
	int r = ledger_measures_of_meetings(e->ledger, body->id, add_id, &ids);

	for (size_t i = 0; r >= 0 && i < ids.count; i++)
		r = follow_one(e, measure_id(ids.list[i]), now);
	free(ids.list);
	return r;
}

/* ---- extensions -------------------------------------------------------------------------------- */

/* The date that an extension would give: rows are only copied. */
int done_by_would_be(struct engine *e, const struct measure_row *row, const struct event_due *due,
		     struct instant now, struct civil_date *ret)
{
	struct measure_row copy = *row;
	int r = stand_at(e, &copy, due, now);

	*ret = copy.done_by;
	return r;
}

static int check_body(const struct plan *plan, const struct event_due *due, struct rejection *why)
{
	struct text_list bodies = { "" };

	if (!event_due_is_meeting(due) || plan_body(plan, body_id(due->body)))
		return 0;
	for (size_t i = 0; i < plan->body_count; i++)
		text_list_add(&bodies, plan->bodies[i].id.text);
	return (int)reject_data(
		why, CAUSE_UNKNOWN_CHOICE,
		"`due` names the body %s, which is not in the plan: its bodies are %s", due->body,
		bodies.text);
}

static int check_row(struct engine *e, const struct measure_row *row, const struct event_due *due,
		     struct instant now, struct rejection *why)
{
	char given[EVENT_DUE_TEXT], stands[CIVIL_TEXT], counts[40] = "", date[CIVIL_TEXT];
	struct civil_date to;
	int r = check_body(e->plan, due, why);

	if (r)
		return r;
	if (!done_by_is_given(row))
		return (int)reject_data(why, CAUSE_WHICH_DEADLINE,
					"%s has no date of its own: say which of its deadlines is "
					"extended",
					row->id);
	if (measure_is_closed(row))
		return (int)reject_data(why, CAUSE_CLOSED,
					"%s is done or cancelled: there is nothing to extend",
					row->id);
	r = done_by_would_be(e, row, due, now, &to);
	if (r < 0)
		return r;
	if (!calendar_in_range(to))
		return (int)reject_data(why, CAUSE_DATE_OUT_OF_RANGE,
					"`due` %s is outside 2005-2100: check the year",
					event_due_format(due, given));
	if (event_due_is_meeting(due))
		snprintf(counts, sizeof(counts), ", which is %s,", civil_format(to, date));
	if (civil_compare(to, zone_date(now)) < 0)
		return (int)reject_data(why, CAUSE_DATE_PAST,
					"`due` %s%s has already passed: give a date from today on",
					event_due_format(due, given), counts);
	/* Versions to come may judge otherwise: what was taken counts, as the log is replayed. */
	if (e->marks || civil_compare(to, row->done_by) > 0 ||
	    (row->done_by_extended && !civil_is_none(row->done_by_original) &&
	     civil_compare(to, row->done_by_original) >= 0))
		return 0;
	return (int)reject_data(
		why, CAUSE_DATE_NOT_LATER,
		"`due` %s%s is not after %s, by which %s is to be done: an extension "
		"gives a later date",
		event_due_format(due, given), counts, civil_format(row->done_by, stands), row->id);
}

int done_by_check(struct engine *e, const struct measure *m, const struct event_due *due,
		  struct instant now, struct rejection *why)
{
	struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };
	int r = ledger_measure(e->ledger, m->id, &row);

	return r < 0 ? r : check_row(e, &row, due, now, why);
}

int measure_extend_done_by(struct engine *e, const struct measure *m,
			   const struct done_by_extension *given, struct instant now)
{
	struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };
	struct measure_row stood;
	int r = ledger_measure(e->ledger, m->id, &row);

	if (r < 0)
		return r;
	stood = row;
	r = stand_at(e, &row, given->due, now);
	row.done_by_extended = true;
	if (r >= 0)
		r = changed(&(struct dated){ e, m, given, now }, &stood, &row);
	return r < 0 ? r : ledger_put_measure(e->ledger, &row);
}
