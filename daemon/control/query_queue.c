/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Requests stand in line; each round of the loop one of them gets a slice, in rotation, so that a short
 * query need not wait for a long one. Only the first request of a caller is worked on: a caller's
 * answers come in the order of its questions. Slices and batches of intake take turns: neither holds
 * up the other. A test waits in the line for its messages to end, and a go for the rehearsal to stand;
 * both are looked at now and then.
 */
#include "control/query_queue.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "control/query_queue/internal.h"

#define QUIET_US 300000 /* after the last answer, which most have read by then */
#define LOOK_ACCURACY_US \
	1000 /* the loop's own would make a quarter of a second of the few ms that are meant */

static struct queued *queued_free(struct queued *r)
{
	if (!r)
		return NULL;
	json_decref(r->params);
	inquiry_free(r->inquiry);
	foretelling_free(r->foretelling);
	test_message_free(r->test);
	ledger_copy_free(r->copy);
	json_decref(r->erased);
	free(r);
	return NULL;
}

/* Take the request out of the line; it is the caller's then. */
static struct queued *take_out(struct query_queue *q, size_t at)
{
	struct queued *r = q->list[at];

	q->count--;
	memmove(&q->list[at], &q->list[at + 1], (q->count - at) * sizeof(q->list[0]));
	return r;
}

static int on_look(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct query_queue *q = userdata;

	(void)source, (void)usec;
	for (size_t i = 0; i < q->count; i++)
		q->list[i]->waits = false;
	if (q->count)
		deferred_ask(q->slice);
	return 0;
}

/* What a large answer took is given back when no other question follows. */
static int on_quiet(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct query_queue *q = userdata;

	(void)source, (void)usec;
	if (q->count == 0)
		memory_give_back();
	return 0;
}

static void wait_for_quiet(struct query_queue *q)
{
	sd_event_source_set_time_relative(q->quiet, QUIET_US);
	sd_event_source_set_enabled(q->quiet, SD_EVENT_ONESHOT);
}

/* ---- the line -------------------------------------------------------------------------------- */

/* Is it the first of its caller, and not one that waits? */
static bool is_to_be_worked_on(const struct query_queue *q, size_t at)
{
	size_t before = 0;

	while (!caller_is(&q->list[before]->from, &q->list[at]->from))
		before++;
	return before == at && !q->list[at]->waits;
}

/* The next request in rotation that is to be worked on; their count when there is none. */
static size_t pick(struct query_queue *q)
{
	for (size_t i = 0; i < q->count; i++) {
		size_t at = q->next++ % q->count;

		if (is_to_be_worked_on(q, at))
			return at;
	}
	return q->count;
}

/* The commands that take their time are worked on as queries are. */
static bool is_carried_out_at_once(enum request which)
{
	return request_kinds[which].command && which != COMMAND_TEST && which != COMMAND_VERIFY &&
	       which != COMMAND_GO && which != COMMAND_BACKUP && which != COMMAND_ERASE;
}

json_t *query_queue_command(struct query_queue *q, enum request which, const json_t *params,
			    const struct person *by)
{
	assert(is_carried_out_at_once(which));
	return command_run(&(struct command){ which, params, by, q->engine, q->uploads,
					      &q->calls->commands, q->userdata });
}

/* A reload may forget callers, so the request is out of the line before. */
static void carry_out(struct query_queue *q, size_t at)
{
	struct queued *r = take_out(q, at);
	const struct command c = { r->which,   r->params,  queue_person(q, &r->from),
				   q->engine,  q->uploads, &q->calls->commands,
				   q->userdata };

	queue_answer_whole(q, r, command_run(&c));
	queued_free(r);
}

static void on_slice(void *userdata)
{
	struct query_queue *q = userdata;
	struct rejection why;
	size_t at = pick(q);
	struct queued *r;

	if (at == q->count)
		return;
	r = q->list[at];
	if (r->params && queue_admit(q, r, &why) != REJECT_NONE) {
		queue_refuse(q, &r->from, &why);
		queued_free(take_out(q, at));
	} else if (r->params && is_carried_out_at_once(r->which)) {
		carry_out(q, at);
	} else if (queue_work(q, r)) {
		queued_free(take_out(q, at));
	}
	if (q->count)
		deferred_ask(q->slice);
	else
		wait_for_quiet(q);
}

static void refuse_busy(struct query_queue *q, const struct caller *to)
{
	struct rejection why;

	reject(&why, RETRY_BUSY, "%d queries are being answered already; ask again shortly",
	       REQUESTS_MAX);
	queue_refuse(q, to, &why);
}

void query_queue_add(struct query_queue *q, const struct caller *from, json_t *json)
{
	struct queued *r = q->count < REQUESTS_MAX ? calloc(1, sizeof(*r)) : NULL;
	json_t *params;

	if (!r) {
		refuse_busy(q, from);
		return;
	}
	r->from = *from;
	r->stand = INSTANT_NONE;
	r->failures = memory_failures();
	if (request_parse(json, &r->which, &params, &r->why) == REJECT_NONE)
		r->params = json_incref(params);
	q->list[q->count++] = r;
	deferred_ask(q->slice);
}

void query_queue_forget(struct query_queue *q, const void *door)
{
	for (size_t i = q->count; i-- > 0;)
		if (q->list[i]->from.door == door)
			queued_free(take_out(q, i));
	if (q->count == 0)
		deferred_cancel(q->slice);
}

int query_queue_new(struct query_queue **ret, struct engine *e, sd_event *event,
		    const struct query_queue_calls *calls, void *userdata)
{
	struct query_queue *q = calloc(1, sizeof(*q));
	int r;

	if (!q)
		return -ENOMEM;
	q->engine = e;
	q->calls = calls;
	q->userdata = userdata;
	r = deferred_new(&q->slice, event, on_slice, q);
	if (r >= 0)
		r = cursors_new(&q->cursors, event);
	if (r >= 0)
		r = uploads_new(&q->uploads, event);
	if (r >= 0)
		r = sd_event_add_time_relative(event, &q->look, CLOCK_MONOTONIC, 0,
					       LOOK_ACCURACY_US, on_look, q);
	if (r >= 0)
		r = sd_event_source_set_enabled(q->look, SD_EVENT_OFF);
	if (r >= 0)
		r = sd_event_add_time_relative(event, &q->quiet, CLOCK_MONOTONIC, 0, 0, on_quiet,
					       q);
	if (r >= 0)
		r = sd_event_source_set_enabled(q->quiet, SD_EVENT_OFF);
	if (r < 0) {
		query_queue_free(q);
		return r;
	}
	*ret = q;
	return 0;
}

struct query_queue *query_queue_free(struct query_queue *q)
{
	if (!q)
		return NULL;
	while (q->count)
		queued_free(take_out(q, q->count - 1));
	deferred_free(q->slice);
	sd_event_source_disable_unref(q->look);
	sd_event_source_disable_unref(q->quiet);
	cursors_free(q->cursors);
	uploads_free(q->uploads);
	free(q);
	return NULL;
}
