/* SPDX-License-Identifier: Apache-2.0 */
/*
 * verify: does the store follow from its log? First the log is replayed in a store of its own, then each row that
 * follows from it is compared, both ways, then every reference is looked up. A row of the answer is a
 * difference; none means that all is well.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/inquiry/difference.h"
#include "engine/inquiry/replay.h"
#include "engine/inquiry/verify_absences.h"
#include "engine/inquiry/verify_disk.h"
#include "engine/inquiry/verify_frozen.h"
#include "engine/inquiry/verify_links.h"
#include "engine/inquiry/verify_own_meetings.h"
#include "engine/inquiry/verify_proposals.h"
#include "engine/obligation/promise.h"

#define PAGE 50	  /* rows compared in a slice */
#define SPAN 5000 /* keys looked up in a slice */

struct verify {
	struct replay *replay;
	size_t stage;
	struct obligation_id after; /* the last obligation looked at */
	size_t at;		    /* the measure or assignment to look at next */
	struct reference_cursor references;
	struct verify_disk *disk;
};

/* ---- rows of the store against those of the log ------------------------------------------------ */

static int tell_refused(void *userdata, int64_t seq, const char *why)
{
	char item[24];

	snprintf(item, sizeof(item), "%lld", (long long)seq);
	return difference_tell(userdata, &(struct difference){ "event", item, "accepted",
							       json_true(), json_string(why) });
}

static int work_replay(struct inquiry *q)
{
	return replay_work(q->verify->replay, tell_refused, q);
}

static const char *name_of(const struct obligation *o, char out[static ITEM_ID + MEASURE_ID])
{
	snprintf(out, ITEM_ID + MEASURE_ID, "%s%s%s", o->deadline, o->measure[0] ? " " : "",
		 o->measure);
	return out;
}

/* Until when a pause lasts. */
static int compare_promise(struct inquiry *q, const char *name, const struct obligation *o,
			   const struct obligation *twin)
{
	struct civil_date store = promise_until(q->e.ledger, o);
	struct civil_date log = promise_until(replay_ledger(q->verify->replay), twin);

	if (civil_equal(store, log))
		return 0;
	return difference_tell(q, &(struct difference){ "obligation", name, "seen_until",
							json_date(store), json_date(log) });
}

/* A page of the obligations of one side, each looked for on the other. */
static int work_obligations(struct inquiry *q, struct ledger *one, struct ledger *other,
			    bool in_store)
{
	struct verify *v = q->verify;
	struct obligation page[PAGE], twin;
	char name[ITEM_ID + MEASURE_ID];
	bool found;
	int r = 0, count = ledger_obligations_after(one, v->after, page, PAGE);

	for (int i = 0; r == 0 && i < count; i++) {
		const struct obligation *o = &page[i];

		v->after = o->id;
		r = ledger_find_obligation_of(other, deadline_id(o->deadline),
					      measure_id(o->measure), &twin, &found);
		if (r == 0 && !found)
			r = difference_one_sided(q, "obligation", name_of(o, name), in_store);
		else if (r == 0 && in_store)
			r = difference_compare(q, COMPARED_OBLIGATION, name_of(o, name), o, &twin);
		if (r == 0 && found && in_store && o->promised)
			r = compare_promise(q, name, o, &twin);
	}
	return r < 0 ? r : count < 0 ? count : count == PAGE;
}

static int work_stored(struct inquiry *q)
{
	return work_obligations(q, q->e.ledger, replay_ledger(q->verify->replay), true);
}

static int work_logged(struct inquiry *q)
{
	return work_obligations(q, replay_ledger(q->verify->replay), q->e.ledger, false);
}

static int compare_measure(struct inquiry *q, struct measure_id id)
{
	struct measure_row store __attribute__((cleanup(measure_row_done))) = { 0 };
	struct measure_row log __attribute__((cleanup(measure_row_done))) = { 0 };
	bool here, there;
	int r = ledger_find_measure(q->e.ledger, id, &store, &here);

	if (r == 0)
		r = ledger_find_measure(replay_ledger(q->verify->replay), id, &log, &there);
	if (r < 0)
		return r;
	if (here != there)
		return difference_one_sided(q, "measure", id.text, here);
	return here ? difference_compare(q, COMPARED_MEASURE, id.text, &store, &log) : 0;
}

static int work_measures(struct inquiry *q)
{
	struct verify *v = q->verify;
	const struct plan *plan = q->e.plan;
	int r = 0;

	for (size_t end = v->at + PAGE; r == 0 && v->at < end && v->at < plan->measure_count;)
		r = compare_measure(q, plan->measures[v->at++].id);
	return r < 0 ? r : v->at < plan->measure_count;
}

static int compare_assignment(struct inquiry *q, struct assignment_id id)
{
	struct assignment_row store __attribute__((cleanup(assignment_row_done))) =
		assignment_row_new(id);
	struct assignment_row log __attribute__((cleanup(assignment_row_done))) =
		assignment_row_new(id);
	bool here, there;
	int r = ledger_find_assignment(q->e.ledger, id, &store, &here);

	if (r == 0)
		r = ledger_find_assignment(replay_ledger(q->verify->replay), id, &log, &there);
	if (r < 0)
		return r;
	if (here != there)
		return difference_one_sided(q, "assignment", id.text, here);
	return difference_compare(q, COMPARED_ASSIGNMENT, id.text, &store, &log);
}

static int work_assignments(struct inquiry *q)
{
	struct verify *v = q->verify;
	const struct plan *plan = q->e.plan;
	int r = 0;

	for (size_t end = v->at + PAGE; r == 0 && v->at < end && v->at < plan->assignment_count;)
		r = compare_assignment(q, plan->assignments[v->at++].id);
	return r < 0 ? r : v->at < plan->assignment_count;
}

static int compare_deadline(void *userdata, const struct deadline_row *row)
{
	struct inquiry *q = userdata;
	struct deadline_row log;
	bool found;
	int r = ledger_find_deadline(replay_ledger(q->verify->replay), deadline_id(row->id), &log,
				     &found);

	if (r == 0 && !found)
		return difference_one_sided(q, "deadline", row->id, true);
	return r < 0 ? r : difference_compare(q, COMPARED_DEADLINE, row->id, row, &log);
}

static int find_deadline(void *userdata, const struct deadline_row *row)
{
	struct inquiry *q = userdata;
	struct deadline_row store;
	bool found;
	int r = ledger_find_deadline(q->e.ledger, deadline_id(row->id), &store, &found);

	return r == 0 && !found ? difference_one_sided(q, "deadline", row->id, false) : r;
}

static int work_deadlines(struct inquiry *q)
{
	int r = ledger_deadlines(q->e.ledger, compare_deadline, q);

	return r < 0 ? r : ledger_deadlines(replay_ledger(q->verify->replay), find_deadline, q);
}

static const char *meeting_name(const struct meeting_row *m, char out[static ITEM_ID])
{
	char from[CIVIL_TEXT];

	snprintf(out, ITEM_ID, "%s %s", m->body, civil_format(m->from, from));
	return out;
}

static int compare_meeting(void *userdata, const struct meeting_row *m)
{
	struct inquiry *q = userdata;
	struct meeting_row log;
	char name[ITEM_ID];
	bool found;
	int r = ledger_find_meeting(replay_ledger(q->verify->replay), body_id(m->body), m->from,
				    &log, &found);

	if (r == 0 && !found)
		return difference_one_sided(q, "meeting", meeting_name(m, name), true);
	return r < 0 ? r : difference_compare(q, COMPARED_MEETING, meeting_name(m, name), m, &log);
}

static int find_meeting(void *userdata, const struct meeting_row *m)
{
	struct inquiry *q = userdata;
	struct meeting_row store;
	char name[ITEM_ID];
	bool found;
	int r = ledger_find_meeting(q->e.ledger, body_id(m->body), m->from, &store, &found);

	return r == 0 && !found ? difference_one_sided(q, "meeting", meeting_name(m, name), false)
				: r;
}

static int work_meetings(struct inquiry *q)
{
	const struct plan *plan = q->e.plan;
	int r = 0;

	for (size_t i = 0; r >= 0 && i < plan->body_count; i++) {
		const struct body_id body = plan->bodies[i].id;

		r = ledger_meetings(q->e.ledger, body, compare_meeting, q);
		if (r >= 0)
			r = ledger_meetings(replay_ledger(q->verify->replay), body, find_meeting,
					    q);
	}
	return r;
}

static int work_links(struct inquiry *q)
{
	return verify_links(q, replay_ledger(q->verify->replay));
}

static int work_own_meetings(struct inquiry *q)
{
	return verify_own_meetings(q, replay_ledger(q->verify->replay));
}

static int work_absences(struct inquiry *q)
{
	return verify_absences(q, replay_ledger(q->verify->replay));
}

static int work_proposals(struct inquiry *q)
{
	return verify_proposals(q, replay_ledger(q->verify->replay));
}

/* A page of the requests of one side, each looked for on the other. */
static int work_requests(struct inquiry *q, struct ledger *one, struct ledger *other, bool in_store)
{
	struct request_row page[PAGE], twin;
	bool found;
	int r = 0, count = ledger_requests(one, q->after, page, PAGE);

	for (int i = 0; r == 0 && i < count; i++) {
		const struct request_row *row = &page[i];

		q->after = row->seq;
		r = ledger_find_request(other, row->source, row->event, &twin, &found);
		if (r == 0 && !found)
			r = difference_one_sided(q, "request", row->event, in_store);
		else if (r == 0 && in_store)
			r = difference_compare(q, COMPARED_REQUEST, row->event, row, &twin);
	}
	return r < 0 ? r : count < 0 ? count : count == PAGE;
}

static int work_stored_requests(struct inquiry *q)
{
	return work_requests(q, q->e.ledger, replay_ledger(q->verify->replay), true);
}

static int work_logged_requests(struct inquiry *q)
{
	return work_requests(q, replay_ledger(q->verify->replay), q->e.ledger, false);
}

/* ---- references -------------------------------------------------------------------------------- */

static const struct {
	const char *what, *key, *field;
} references[REFERENCES] = {
	[REFERENCE_MARK_OBLIGATION] = { "mark", "obligation", "obligation" },
	[REFERENCE_MARK_MESSAGE] = { "mark", "obligation", "message" },
	[REFERENCE_ITEM_MESSAGE] = { "item", "message", "message" },
	[REFERENCE_ITEM_OBLIGATION] = { "item", "message", "obligation" },
	[REFERENCE_MESSAGE_ITEM] = { "message", "message", "items" },
	[REFERENCE_MESSAGE_STATE] = { "message", "message", "state" },
	[REFERENCE_ANSWER] = { "obligation", "obligation", "answered_seq" },
	[REFERENCE_INCOMING] = { "incoming", "incoming", "message" },
};

static int tell_dangling(void *userdata, int64_t key, int64_t to)
{
	struct inquiry *q = userdata;
	enum reference which = q->verify->references.which;
	char item[40];

	snprintf(item, sizeof(item), "%s %lld", references[which].key, (long long)key);
	return difference_tell(q, &(struct difference){ references[which].what, item,
							references[which].field, json_integer(to),
							json_null() });
}

static int work_references(struct inquiry *q)
{
	struct verify *v = q->verify;
	int r = ledger_dangling(q->e.ledger, &v->references, SPAN, tell_dangling, q);

	return r < 0 ? r : v->references.which < REFERENCES;
}

static int work_rows(struct inquiry *q)
{
	return verify_disk_rows(q->verify->disk, q);
}

static int work_pages(struct inquiry *q)
{
	return verify_disk_pages(q->verify->disk, q);
}

/* ---- the whole --------------------------------------------------------------------------------- */

/* The pages are begun with, and asked for last: they are looked at meanwhile. Of damaged rows nothing follows that could
 * be compared. */
#define STAGE_PAGES (sizeof(stages) / sizeof(stages[0]) - 1)
static int (*const stages[])(struct inquiry *q) = {
	work_rows,
	work_replay,
	work_stored,
	work_logged,
	work_measures,
	work_assignments,
	work_deadlines,
	work_meetings,
	work_own_meetings,
	work_absences,
	work_links,
	work_stored_requests,
	work_logged_requests,
	work_proposals,
	verify_frozen,
	work_references,
	work_pages,
};

static int begin_verify(struct inquiry *q, struct rejection *ret_why)
{
	(void)ret_why;
	q->verify = calloc(1, sizeof(*q->verify));
	int r = q->verify ? verify_disk_new(&q->verify->disk, q->e.ledger) : -ENOMEM;
	return r < 0 ? r : replay_new(&q->verify->replay, q->e.ledger, q->now);
}

static int work_verify(struct inquiry *q)
{
	struct verify *v = q->verify;
	int r = stages[v->stage](q);

	if (difference_full(q))
		return json_array_append_new(q->rows,
					     json_pack("{ss ss ss sn sn}", "what", "verify", "item",
						       "there are more differences", "field", "",
						       "store", "log"));
	if (r != 0)
		return r;
	v->stage = verify_disk_is_damaged(v->disk) && v->stage < STAGE_PAGES ? STAGE_PAGES
									     : v->stage + 1;
	v->after = obligation_id(0);
	q->after = 0;
	v->at = 0;
	return v->stage < sizeof(stages) / sizeof(*stages);
}

void verify_free(struct verify *v)
{
	if (v) {
		replay_free(v->replay);
		verify_disk_free(v->disk);
	}
	free(v);
}

const struct inquirer inquirer_verify = { begin_verify, work_verify, NULL, NULL };
