/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One decision on many requests. Each is an extension like any other, and all are checked before the first is
 * carried out. One of them may settle another (a deadline as a whole, and a measure of it that asked for no
 * more): that one is passed over then.
 */
#include "engine/apply/granting.h"

#include <string.h>

#include "base/array.h"
#include "engine/apply/extension.h"

/* ---- which they are ---------------------------------------------------------------------------- */

/* Those that are called by one id: of several sources each may have used it. */
struct called {
	struct application *a;
	struct request_row row; /* the open one, else the newest */
	enum request_state state;
	size_t count, open;
};

static int look_at_called(void *userdata, const struct request_row *r)
{
	struct called *called = userdata;
	struct request_about about;
	int error = request_look(called->a->e, r, &about);

	if (error < 0)
		return error;
	if (called->count == 0 || (about.state == REQUEST_OPEN && called->open == 0)) {
		called->row = *r;
		called->state = about.state;
	}
	called->count++;
	called->open += about.state == REQUEST_OPEN;
	return 0;
}

static const char *about_what(const struct request_row *r)
{
	return r->measure[0] ? r->measure : r->deadline;
}

static int check_called(struct application *a, const char *id, const struct called *called)
{
	const struct excerpt quoted = text_excerpt(id);

	if (called->count == 0)
		return (int)reject_data(a->why, CAUSE_UNKNOWN_CHOICE,
					"no request has the id %s: `requests` lists them",
					quoted.text);
	if (called->open == 0)
		return (int)reject_data(a->why, CAUSE_DECIDED,
					"request %s of %s is %s: leave it out; nothing was changed",
					quoted.text, about_what(&called->row),
					request_state_name(called->state));
	if (called->open > 1)
		return (int)reject(a->why, REJECT_BAD_DATA,
				   "%zu open requests have the id %s, one of them of %s: ask anew "
				   "for the same "
				   "as that one, which takes its place under another id%s; nothing "
				   "was changed",
				   called->open, quoted.text, about_what(&called->row),
				   a->event->type == EVENT_EXTEND ? ", or extend each by itself"
								  : "");
	return 0;
}

/* The subject only says in whose list the decision stands. */
static int check_subject(struct application *a)
{
	const struct plan *plan = a->e->plan;
	const char *id = a->event->subject;

	if (plan_measure(plan, measure_id(id)) || plan_deadline(plan, deadline_id(id)) ||
	    plan_body(plan, body_id(id)) || plan_assignment(plan, assignment_id(id)))
		return 0;
	return (int)reject(a->why, REJECT_UNKNOWN_SUBJECT,
			   "there is no measure, deadline, assignment or body %s in the plan: "
			   "check the id",
			   id);
}

int granting_find(struct application *a, const struct event_ids *ids, struct requests *ret)
{
	parsed_foreach(ids->list, value)
	{
		struct called called = { .a = a };
		int r = ledger_requests_called(a->e->ledger, parsed_string(value), look_at_called,
					       &called);

		if (r == 0)
			r = check_called(a, parsed_string(value), &called);
		if (r == 0)
			r = array_grow(&ret->list, ret->count, &ret->room);
		if (r != 0)
			return r;
		ret->list[ret->count++] = called.row;
	}
	return check_subject(a);
}

/* ---- granting ---------------------------------------------------------------------------------- */

static struct extension extension_of(const struct application *a, const struct request_row *r)
{
	const struct event_extend *e = &a->event->extend;
	struct extension x = { .d = plan_deadline(a->e->plan, deadline_id(r->deadline)),
			       .measure = measure_id(r->measure[0] ? r->measure : NULL),
			       .due = e->due,
			       .reference = e->reference,
			       .reason = e->reason ? e->reason : r->reason };

	if (!event_due_is_given(&e->due))
		event_due_parse(r->due, &x.due);
	return x;
}

static int check_one(struct application *a, const struct request_row *r)
{
	struct extension x = extension_of(a, r);
	struct rejection why;
	int code = extension_check(a, &x);

	if (code <= 0)
		return code;
	why = *a->why;
	reject(a->why, (enum reject_code)code,
	       "request %s can't be granted, and nothing was changed: %s",
	       text_excerpt(r->event).text, why.reason);
	a->why->cause = why.cause;
	return code;
}

static int grant_one(struct application *a, const struct request_row *r)
{
	const struct extension x = extension_of(a, r);
	struct request_row now;
	bool found;
	int error = ledger_find_request(a->e->ledger, r->source, r->event, &now, &found);

	return error < 0 || !found || now.state != REQUEST_OPEN ? error : extension_make(a, &x);
}

int granting_extend(struct application *a)
{
	struct requests named __attribute__((cleanup(requests_done))) = { 0 };
	int r = granting_find(a, &a->event->extend.grants, &named);

	for (size_t i = 0; r == 0 && i < named.count; i++)
		r = check_one(a, &named.list[i]);
	if (r == 0)
		r = application_append(a);
	for (size_t i = 0; r == 0 && i < named.count; i++)
		r = grant_one(a, &named.list[i]);
	return r;
}
