/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whoever owes something asks for a later date. It is checked as if that date were given, so that what can't be
 * granted is not asked for; nothing changes by it. Stewards are told once; asking for the same anew takes the
 * place of what was asked before.
 */
#include <stdio.h>
#include <string.h>

#include "engine/apply/extension.h"
#include "engine/obligation/requests.h"
#include "engine/outbox/post.h"

/* A system reports how things stand; what it needs is for people to say. */
static int check_source(struct application *a)
{
	static const char systems[] = "/systems/";

	if (strncmp(a->event->source, systems, strlen(systems)) != 0)
		return 0;
	return (int)reject(a->why, REJECT_NOT_ALLOWED,
			   "%s is a system: whoever owes it asks for a later date, or a steward "
			   "for them",
			   a->event->source);
}

static struct request_row new_request(const struct application *a, const struct extension *x)
{
	const struct event_request *q = &a->event->request;
	struct request_row row = request_new(a->seq, a->time);

	row.progress = q->progress;

	snprintf(row.event, sizeof(row.event), "%s", a->event->id);
	snprintf(row.source, sizeof(row.source), "%s", a->event->source);
	snprintf(row.deadline, sizeof(row.deadline), "%s", x->d ? x->d->id.text : "");
	snprintf(row.measure, sizeof(row.measure), "%s", x->measure.text ? x->measure.text : "");
	snprintf(row.reason, sizeof(row.reason), "%s", q->reason);
	event_due_format(&q->due, row.due);
	return row;
}

static int replace_earlier(struct application *a, const struct request_row *by)
{
	const struct request_decision decision = { .seq = a->seq, .at = a->time };
	struct request_row earlier;
	bool found;
	int r = ledger_find_open_request(a->e->ledger, deadline_id(by->deadline),
					 measure_id(by->measure), &earlier, &found);

	return r < 0 || !found
		       ? r
		       : request_decide(a->e, &earlier, REQUEST_REPLACED, &decision, a->now);
}

/* Those who can decide it; not one of them who asks. */
static int tell_stewards(struct application *a, const struct request_row *row)
{
	const struct person *by = person_of_source(a->e->plan, a->event->source);
	struct recipient_list all = { .count = 0 }, to = { .count = 0 };
	struct request_about about;
	struct posting posting = { .what = ITEM_REQUESTED };
	int r = request_look(a->e, row, &about);

	if (r < 0)
		return r;
	posting.deadline = about.d;
	posting.measure = about.m ? about.m->id : measure_id(NULL);
	posting.obligation = about.obligation;
	recipient_add_stewards(&all, a->e->plan);
	for (size_t i = 0; i < all.count; i++)
		if (all.list[i].person != by)
			recipient_add_one(&to, all.list[i]);
	return post_with_detail(
		a->e, &to, &posting,
		json_pack("{ss ss so* ss ss}", "asked", row->due, "reason", row->reason, "progress",
			  row->progress.given ? json_integer(row->progress.value) : NULL, "request",
			  row->event, "by", row->source),
		a->now);
}

int apply_request(struct application *a)
{
	const struct event_request *q = &a->event->request;
	struct extension x = { .due = q->due, .asked = true };
	struct request_row row;
	int r = check_source(a);

	if (r == 0)
		r = extension_subject(a, q->deadline, &x);
	if (r == 0)
		r = extension_check(a, &x);
	if (r == 0)
		r = application_append(a);
	if (r != 0)
		return r;
	row = new_request(a, &x);
	r = replace_earlier(a, &row);
	if (r == 0)
		r = ledger_put_request(a->e->ledger, &row);
	return r < 0 ? r : tell_stewards(a, &row);
}
