/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Something to be remembered beside a measure or deadline. Nothing follows from it, but for a note which says
 * that it isn't theirs: those hear of it who can do something about it, and nothing changes by itself, since
 * who owes it is for a steward to say.
 */
#include "engine/apply/application.h"

#include <stdio.h>
#include <string.h>

#include "engine/outbox/post.h"

/* Who named the owner that stands, and whom. */
struct named_owner {
	char by[SOURCE_MAX + 1], owner[ID_MAX + 1]; /* "": nobody has */
};

static int note_named_owner(void *userdata, const struct logged_event *event)
{
	struct named_owner *newest = userdata;
	json_t *body;

	if (event->undone != 0 || strcmp(event->type, event_type_name(EVENT_ASSIGN)) != 0)
		return 0;
	body = json_loads(event->body, 0, NULL);
	snprintf(newest->by, sizeof(newest->by), "%s", event->source);
	snprintf(newest->owner, sizeof(newest->owner), "%s",
		 json_string_value(json_object_get(json_object_get(body, "data"), "owner")));
	json_decref(body);
	return 0;
}

/* The person who assigned the measure to its owner; nobody, where that was the plan, or was said by somebody
 * without a name there. */
static int add_who_assigned(struct application *a, const struct measure *m,
			    struct recipient_list *to)
{
	struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };
	struct named_owner newest = { "", "" };
	const struct person *by;
	int r = ledger_measure(a->e->ledger, m->id, &row);

	if (r >= 0)
		r = ledger_events_of(a->e->ledger, m->id.text, note_named_owner, &newest);
	if (r < 0 || strcmp(newest.owner, row.owner) != 0)
		return r;
	by = person_of_source(a->e->plan, newest.by);
	if (by)
		recipient_add_one(to, (struct recipient){ .person = by });
	return 0;
}

static int tell_not_mine(struct application *a, const struct measure *m, const struct deadline *d)
{
	const struct posting posting = { .what = ITEM_NOT_MINE,
					 .deadline = d,
					 .measure = m ? m->id : measure_id(NULL) };
	struct recipient_list to = { .count = 0 };
	int r = 0;

	recipient_add_support(&to, a->e->plan);
	if (m)
		r = add_who_assigned(a, m, &to);
	return r < 0 ? r
		     : post_with_detail(a->e, &to, &posting,
					json_pack("{ss ss}", "note", a->event->note.note, "by",
						  a->event->source),
					a->now);
}

int apply_note(struct application *a)
{
	const char *id = a->event->subject;
	const struct measure *m = plan_measure(a->e->plan, measure_id(id));
	const struct deadline *d = plan_deadline(a->e->plan, deadline_id(id));
	int r;

	if (!m && !d)
		return (int)reject(a->why, REJECT_UNKNOWN_SUBJECT,
				   "there is no measure or deadline %s in the plan: check the id",
				   id);
	r = application_append(a);
	return r < 0 || !a->event->note.not_mine ? r : tell_not_mine(a, m, d);
}
