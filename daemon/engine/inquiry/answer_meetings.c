/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bodies, and meetings: each with what is due at it. Which that is stands with the deadlines, so that those are
 * gone through once and noted by body and day.
 */
#include "engine/inquiry/inquirer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/zone.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/in_force.h"

#define KEY_TEXT (ID_MAX + 1 + CIVIL_TEXT)

/* ---- what is due at which meeting ----------------------------------------------------------------- */

static char *key_of(const char *body, struct civil_date from, char out[static KEY_TEXT])
{
	char day[CIVIL_TEXT];

	snprintf(out, KEY_TEXT, "%s %s", body, civil_is_none(from) ? "" : civil_format(from, day));
	return out;
}

struct noting {
	const struct inquiry *q;
	json_t *due; /* "RS 2026-05-26", or "RS" of all of the body's: ids */
};

static int note(const struct noting *n, const char *key, const char *deadline)
{
	json_t *ids = json_object_get(n->due, key);
	size_t place;

	if (!ids) {
		ids = json_array();
		if (json_object_set_new(n->due, key, ids) < 0)
			return -ENOMEM;
	}
	place = json_array_size(ids);
	while (place && id_compare(json_string_value(json_array_get(ids, place - 1)), deadline) > 0)
		place--;
	return json_array_insert_new(ids, place, json_string(deadline)) < 0 ? -ENOMEM : 0;
}

static int note_at(const struct noting *n, const char *body, struct civil_date from,
		   const char *deadline)
{
	char key[KEY_TEXT];
	int r = note(n, body, deadline);

	return r < 0 || civil_is_none(from) ? r : note(n, key_of(body, from, key), deadline);
}

static int note_deadline(void *userdata, const struct deadline_row *row)
{
	const struct noting *n = userdata;
	const struct deadline *d = plan_deadline(n->q->e.plan, deadline_id(row->id));
	struct deadline in_force;

	if (!d || deadline_is_closed(row))
		return 0;
	in_force = deadline_in_force(n->q->e.plan, d, row);
	return in_force.due.kind == DUE_MEETING
		       ? note_at(n, in_force.due.body->id.text, row->bound, row->id)
		       : 0;
}

/* A body that the matter passes, which has not decided. */
static int note_link(void *userdata, const struct link_row *link)
{
	const struct noting *n = userdata;
	const struct deadline *d = plan_deadline(n->q->e.plan, deadline_id(link->deadline));
	struct deadline_row row;
	bool found;
	int r = d ? ledger_find_deadline(n->q->e.ledger, d->id, &row, &found) : 0;

	if (!d || r < 0 || !found || deadline_is_closed(&row) || link->outcome != OUTCOME_NONE)
		return r;
	return note_at(n, link->body, link->bound, link->deadline);
}

static int note_all(struct inquiry *q, json_t **ret)
{
	struct noting n = { q, json_object() };
	int r = n.due ? ledger_deadlines(q->e.ledger, note_deadline, &n) : -ENOMEM;

	if (r >= 0)
		r = ledger_links(q->e.ledger, note_link, &n);
	if (r < 0)
		json_decref(n.due);
	else
		*ret = n.due;
	return r;
}

/* ---- meetings --------------------------------------------------------------------------------------- */

struct meeting_list {
	struct meeting_row *list;
	size_t count, room;
	struct civil_date
		from; /* those that are over before are left out, and those that are not known */
	bool all;
};

static void meeting_list_done(struct meeting_list *list)
{
	free(list->list);
}

static int add_meeting(void *userdata, const struct meeting_row *m)
{
	struct meeting_list *list = userdata;
	int r;

	if (!list->all && (m->state != MEETING_KNOWN || civil_compare(m->until, list->from) < 0))
		return 0;
	r = array_grow(&list->list, list->count, &list->room);
	if (r == 0)
		list->list[list->count++] = *m;
	return r;
}

static int compare_meetings(const void *a, const void *b)
{
	const struct meeting_row *x = a, *y = b;
	int order = civil_compare(x->from, y->from);

	return order ? order : id_compare(x->body, y->body);
}

const char *inquiry_meeting_state(enum meeting_state state)
{
	static const char *const names[] = {
		[MEETING_KNOWN] = "known",
		[MEETING_REPLACED] = "replaced",
		[MEETING_CANCELLED] = "cancelled",
	};

	return names[state];
}

/* When its papers are due to the body, with the first or the second sending. */
static json_t *papers_of(const struct inquiry *q, const struct meeting_row *m, bool late)
{
	const struct body *body = plan_body(q->e.plan, body_id(m->body));
	const struct calendar *c = q->e.plan->calendar;

	if (!body || (late && !body->papers_late_given))
		return json_null();
	return json_date(calendar_back(
		c, calendar_move(c, m->from, late ? body->papers_late : body->papers)));
}

static json_t *meeting_row(const struct inquiry *q, const json_t *due, const struct meeting_row *m)
{
	char key[KEY_TEXT];
	json_t *ids = json_object_get(due, key_of(m->body, m->from, key));

	return json_pack("{ss so so so ss so so so so}", "body", m->body, "from",
			 json_date(m->from), "until", json_date(m->until), "place",
			 json_text(m->place), "state", inquiry_meeting_state(m->state),
			 "replaced_by", json_date(m->replaced_by), "papers", papers_of(q, m, false),
			 "papers_late", papers_of(q, m, true), "deadlines",
			 ids ? json_incref(ids) : json_array());
}

static int begin_meetings(struct inquiry *q, struct rejection *ret_why)
{
	const char *body = inquiry_text(q, "body");

	if (!body || plan_body(q->e.plan, body_id(body)))
		return 0;
	return (int)reject(ret_why, REJECT_UNKNOWN_SUBJECT,
			   "there is no body %s in the plan: check the id", body);
}

static int gather_meetings(struct inquiry *q, const char *body, struct meeting_list *ret)
{
	const struct plan *plan = q->e.plan;
	int r = 0;

	for (size_t i = 0; r >= 0 && i < plan->body_count; i++)
		if (!body || strcmp(plan->bodies[i].id.text, body) == 0)
			r = ledger_meetings(q->e.ledger, plan->bodies[i].id, add_meeting, ret);
	if (r >= 0 && ret->count)
		qsort(ret->list, ret->count, sizeof(*ret->list), compare_meetings);
	return r;
}

static int work_meetings(struct inquiry *q)
{
	struct meeting_list meetings
		__attribute__((cleanup(meeting_list_done))) = { .from = zone_date(q->now),
								.all = inquiry_flag(q, "all") };
	json_t *due = NULL;
	int r = gather_meetings(q, inquiry_text(q, "body"), &meetings);

	if (r >= 0)
		r = note_all(q, &due);
	for (size_t i = 0; r >= 0 && i < meetings.count; i++)
		r = json_array_append_new(q->rows, meeting_row(q, due, &meetings.list[i])) < 0
			    ? -ENOMEM
			    : 0;
	json_decref(due);
	return r;
}

const struct inquirer inquirer_meetings = { begin_meetings, work_meetings, NULL, NULL };

/* ---- bodies ----------------------------------------------------------------------------------------- */

/* "-7wd" */
static json_t *offset_json(struct offset offset, bool given)
{
	return given ? json_sprintf("%d%s", offset.days, offset.workdays ? "wd" : "d")
		     : json_null();
}

static int add_body(struct inquiry *q, const json_t *due, const struct body *body)
{
	struct meeting_list meetings
		__attribute__((cleanup(meeting_list_done))) = { .from = zone_date(q->now) };
	int r = gather_meetings(q, body->id.text, &meetings);
	const struct meeting_row *next = meetings.count ? meetings.list : NULL;

	if (r < 0)
		return r;
	return json_array_append_new(
		       q->rows,
		       json_pack("{ss ss so so so so sI sI}", "body", body->id.text, "name",
				 body->name, "papers",
				 offset_json(body->papers, body->papers_given), "papers_late",
				 offset_json(body->papers_late, body->papers_late_given),
				 "next_meeting", next ? json_date(next->from) : json_null(),
				 "next_papers", next ? papers_of(q, next, false) : json_null(),
				 "meetings", (json_int_t)meetings.count, "deadlines",
				 (json_int_t)json_array_size(
					 json_object_get(due, body->id.text)))) < 0
		       ? -ENOMEM
		       : 0;
}

static int work_bodies(struct inquiry *q)
{
	json_t *due = NULL;
	int r = note_all(q, &due);

	for (size_t i = 0; r >= 0 && i < q->e.plan->body_count; i++)
		r = add_body(q, due, &q->e.plan->bodies[i]);
	json_decref(due);
	return r;
}

const struct inquirer inquirer_bodies = { NULL, work_bodies, NULL, NULL };
