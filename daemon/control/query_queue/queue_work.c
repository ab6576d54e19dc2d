/* SPDX-License-Identifier: Apache-2.0 */
/* A request is worked on for a slice of time, or looked at again when it waits for something. */
#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/zone.h"
#include "control/erase_person.h"
#include "control/go.h"
#include "control/query_queue/internal.h"
#include "control/show_report.h"
#include "gate/accept.h"
#include "gate/admit.h"

#define SLICE ((struct duration){ 10 * 1000 })
#define TESTS_MAX 4 /* under way at once: the others of the line are for queries */
#define LOOK_AGAIN_US 5000

/* ---- answers --------------------------------------------------------------------------------- */

static bool find_peer(const struct query_queue *q, const struct caller *from, struct peer *ret)
{
	const struct credentials shown = caller_credentials(from);

	return access_peer(q->engine->plan, &shown, ret);
}

/* answer is stolen. Whose key is in the plan no more hears no more. */
void queue_answer(struct query_queue *q, const struct caller *to, json_t *answer)
{
	struct peer peer;

	if (find_peer(q, to, &peer))
		q->calls->answer(q->userdata, to, answer);
	else
		json_decref(answer);
}

void queue_refuse(struct query_queue *q, const struct caller *to, const struct rejection *why)
{
	queue_answer(q, to, answer_refused(NULL, why));
}

static void answer_failed(struct query_queue *q, const struct caller *to, int error)
{
	struct rejection why;

	reject(&why, RETRY_BUSY, "the store could not be read (%s); ask again later",
	       strerror(-error));
	queue_refuse(q, to, &why);
}

void queue_answer_whole(struct query_queue *q, const struct queued *r, json_t *answer)
{
	if (answer && memory_failures() == r->failures) {
		queue_answer(q, &r->from, answer);
		return;
	}
	json_decref(answer);
	answer_failed(q, &r->from, -ENOMEM);
}

/* Whose key is in the plan no more hears no more. */
static void answer_page(struct query_queue *q, const struct queued *r, const struct buffer *page)
{
	struct peer peer;

	if (!page || memory_failures() != r->failures)
		answer_failed(q, &r->from, -ENOMEM);
	else if (find_peer(q, &r->from, &peer))
		q->calls->answer_text(q->userdata, &r->from, page->bytes, page->length);
	cursors_read(q->cursors);
}

const struct person *queue_person(const struct query_queue *q, const struct caller *from)
{
	struct peer peer;

	return find_peer(q, from, &peer) ? peer.person : NULL;
}

enum reject_code queue_admit(const struct query_queue *q, const struct queued *r,
			     struct rejection *ret_why)
{
	struct peer peer;

	if (!find_peer(q, &r->from, &peer))
		return reject(ret_why, REJECT_NOT_ALLOWED, "the key is in the plan no more");
	return admit_request(q->engine, &peer, r->which, r->params, ret_why);
}

/* ---- whoami ---------------------------------------------------------------------------------- */

static json_t *whoami_row(const struct query_queue *q, const struct caller *from)
{
	char time[RFC3339_TEXT], identity[SOURCE_MAX + 1];
	struct peer peer;
	json_t *row;

	if (!find_peer(q, from, &peer))
		return NULL;
	access_identity(&peer, identity);
	row = json_pack("{s:s, s:s, s:s, s:s, s:b, s:b, s:I}", "identity", identity, "role",
			access_role_name(&peer), "time", zone_format(clock_now(), time), "version",
			PAMINN_VERSION, "rehearsal", clock_is_rehearsal(), "hold",
			ledger_is_on_hold(q->engine->ledger), "damaged",
			(json_int_t)ledger_damaged(q->engine->ledger));
	if (row && q->calls->describe(q->userdata, from, row) < 0)
		return json_decref(row), NULL;
	return row;
}

static void answer_whoami(struct query_queue *q, const struct queued *r)
{
	json_t *row = whoami_row(q, &r->from);

	if (row)
		queue_answer_whole(q, r, answer_rows(json_pack("[o]", row), NULL));
	else
		answer_failed(q, &r->from, -ENOMEM);
}

/* ---- what would follow ------------------------------------------------------------------------- */

static enum reject_code begin_foretelling(struct query_queue *q, struct queued *r,
					  struct rejection *ret_why)
{
	struct peer peer;

	if (!find_peer(q, &r->from, &peer))
		return reject(ret_why, REJECT_NOT_ALLOWED, "the key is in the plan no more");
	return accept_foretelling(
		q->engine,
		&(struct supposition){ .peer = &peer,
				       .event = json_object_get(r->params, "event"),
				       .now = clock_now() },
		&r->foretelling, ret_why);
}

/* One slice of it: true when it has been answered. The event's own is the first. */
static bool foretell(struct query_queue *q, struct queued *r)
{
	struct rejection why;
	int error;

	if (!r->foretelling) {
		if (begin_foretelling(q, r, &why) == REJECT_NONE)
			return false;
		queue_refuse(q, &r->from, &why);
		return true;
	}
	error = foretelling_work(r->foretelling);
	if (error > 0)
		return false;
	if (error < 0)
		answer_failed(q, &r->from, error);
	else
		queue_answer_whole(
			q, r, answer_rows(json_pack("[o]", foretelling_row(r->foretelling)), NULL));
	return true;
}

/* ---- inquiries ------------------------------------------------------------------------------- */

/* A verification has a store of its own, as large as ours: one at a time. */
static bool is_verifying(const struct query_queue *q)
{
	for (size_t i = 0; i < q->count; i++)
		if (q->list[i]->which == COMMAND_VERIFY && q->list[i]->inquiry)
			return true;
	return false;
}

static int begin_inquiry(struct query_queue *q, struct queued *r, struct rejection *ret_why)
{
	enum paper_form form;
	struct peer peer;

	if (r->which == COMMAND_VERIFY && is_verifying(q))
		return (int)reject(ret_why, RETRY_BUSY,
				   "the store is being verified already; ask again when that has "
				   "ended");
	if (r->which == QUERY_REPORT && report_form(r->params, &form, ret_why) != REJECT_NONE)
		return (int)ret_why->code;
	/* What its caller sent before is to be seen in it. */
	turn_end_now(q->engine->turn);
	if (!find_peer(q, &r->from, &peer))
		return (int)reject(ret_why, REJECT_NOT_ALLOWED, "the key is in the plan no more");
	return inquiry_new(&r->inquiry, q->engine,
			   (struct question){ r->which, r->params, access_viewer(&peer) },
			   clock_now(), ret_why);
}

static size_t limit_of(const struct queued *r)
{
	const json_t *limit = json_object_get(r->params, "limit");

	return limit ? (size_t)json_integer_value(limit) : QUERY_ROWS_MAX;
}

/* A report that is asked for as a file becomes its parts. */
static enum reject_code make_file(struct query_queue *q, const struct queued *r,
				  struct rejection *ret_why)
{
	struct composing with = { .settings = &q->engine->plan->settings };
	enum paper_form form;

	if (r->which != QUERY_REPORT || report_form(r->params, &form, ret_why) != REJECT_NONE ||
	    form == PAPER_FORMS)
		return REJECT_NONE;
	q->calls->commands.words(q->userdata, &with);
	return show_report(r->inquiry, form, &with, zone_date(clock_now()), ret_why);
}

static void answer_first(struct query_queue *q, struct queued *r)
{
	struct inquiry *inquiry = r->inquiry;
	struct rejection why;

	if (make_file(q, r, &why) != REJECT_NONE) {
		queue_refuse(q, &r->from, &why);
		return;
	}
	r->inquiry = NULL;
	answer_page(q, r, cursors_first(q->cursors, r->which, inquiry, limit_of(r)));
}

/* One slice of an inquiry: true when it has been answered. */
static bool inquire(struct query_queue *q, struct queued *r)
{
	struct rejection why;
	int error = 0;

	if (!r->inquiry)
		error = begin_inquiry(q, r, &why);
	if (error > 0) {
		queue_refuse(q, &r->from, &why);
		return true;
	}
	if (error == 0)
		error = inquiry_work(r->inquiry, SLICE);
	if (error > 0)
		return false;
	if (error < 0)
		answer_failed(q, &r->from, error);
	else
		answer_first(q, r);
	return true;
}

/* ---- tests ----------------------------------------------------------------------------------- */

static size_t tests_under_way(const struct query_queue *q)
{
	size_t count = 0;

	for (size_t i = 0; i < q->count; i++)
		count += q->list[i]->test != NULL;
	return count;
}

static int begin_test(struct query_queue *q, struct queued *r, struct rejection *ret_why)
{
	if (tests_under_way(q) == TESTS_MAX)
		return (int)reject(ret_why, RETRY_BUSY,
				   "%d tests are under way already; ask again when they have ended",
				   TESTS_MAX);
	return test_message_new(&r->test, q->engine, r->params, ret_why);
}

/* It is not answered yet, and is to be looked at again after a while. */
static bool look_later(struct query_queue *q, struct queued *r)
{
	r->waits = true;
	sd_event_source_set_time_relative(q->look, LOOK_AGAIN_US);
	sd_event_source_set_enabled(q->look, SD_EVENT_ONESHOT);
	return false;
}

/* Begin a test, or look how far it has come: true when it has been answered. */
static bool work_on_test(struct query_queue *q, struct queued *r)
{
	struct rejection why;
	int error = r->test ? 0 : begin_test(q, r, &why);

	if (error == 0 && !test_message_is_over(r->test))
		return look_later(q, r);
	if (error > 0)
		queue_refuse(q, &r->from, &why);
	else if (error < 0)
		answer_failed(q, &r->from, error);
	else
		queue_answer_whole(q, r, answer_rows(test_message_rows(r->test), NULL));
	return true;
}

/* Let the rehearsal go on, or look whether it stands by now: true when it has been answered. */
static bool work_on_go(struct query_queue *q, struct queued *r)
{
	struct rejection why;

	if (instant_is_none(r->stand)) {
		if (go_begin(r->params, &r->stand, &why) != REJECT_NONE) {
			queue_refuse(q, &r->from, &why);
			return true;
		}
		q->calls->commands.wake(q->userdata);
	}
	turn_end_now(q->engine->turn); /* what has been decided leaves before it is quiet */
	if (!go_is_there(r->stand) || !q->calls->commands.is_quiet(q->userdata))
		return look_later(q, r);
	queue_answer_whole(q, r, answer_rows(go_rows(), NULL));
	return true;
}

/* One slice of a copy: true when it has been answered. */
static bool work_on_backup(struct query_queue *q, struct queued *r)
{
	struct rejection why;
	int error;

	if (!r->copy && backup_begin(&r->copy, q->engine, r->params, &why) != REJECT_NONE) {
		queue_refuse(q, &r->from, &why);
		return true;
	}
	error = ledger_copy_work(r->copy, SLICE);
	if (error > 0)
		return false;
	if (error < 0) {
		backup_failed(error, r->params, &why);
		queue_refuse(q, &r->from, &why);
	} else {
		queue_answer_whole(q, r, answer_rows(backup_rows(r->copy, r->params), NULL));
	}
	return true;
}

/* Out of the rows, then out of the files, which waits until nobody reads an older state of them: true when it has been
 * answered. */
static bool work_on_erase(struct query_queue *q, struct queued *r)
{
	struct rejection why;
	int error = 0;

	if (!r->erased && erase_begin(q->engine, r->params, queue_person(q, &r->from), &r->erased,
				      &why) != REJECT_NONE) {
		queue_refuse(q, &r->from, &why);
		return true;
	}
	error = erase_files(q->engine, &why);
	if (error == -EBUSY)
		return look_later(q, r);
	if (error < 0)
		queue_refuse(q, &r->from, &why);
	else
		queue_answer_whole(q, r, answer_rows(json_pack("[O]", r->erased), NULL));
	return true;
}

/* ---- each kind of request ---------------------------------------------------------------------- */

/* The commands that are carried out at once don't come here. */
bool queue_work(struct query_queue *q, struct queued *r)
{
	const char *after = json_string_value(json_object_get(r->params, "after"));

	if (!r->params)
		queue_refuse(q, &r->from, &r->why);
	else if (r->which == QUERY_WHOAMI)
		answer_whoami(q, r);
	else if (r->which == QUERY_CONSEQUENCES)
		return foretell(q, r);
	else if (r->which == COMMAND_TEST)
		return work_on_test(q, r);
	else if (r->which == COMMAND_GO)
		return work_on_go(q, r);
	else if (r->which == COMMAND_BACKUP)
		return work_on_backup(q, r);
	else if (r->which == COMMAND_ERASE)
		return work_on_erase(q, r);
	else if (after)
		answer_page(q, r, cursors_next(q->cursors, r->which, after, limit_of(r)));
	else
		return inquire(q, r);
	return true;
}
