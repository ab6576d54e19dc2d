/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Asks stand in line; each round of the loop one of them gets a slice, in rotation, so that a short
 * query need not wait for a long one. Only the first ask of a caller is worked on: a caller's
 * answers come in the order of its questions. Slices and batches of intake take turns: neither holds
 * up the other. A test waits in the line for its messages to end, and a go for the rehearsal to stand;
 * both are looked at now and then.
 *
 * A page's mark is "ID:INDEX": the number of the kept inquiry and the row to go on from.
 */
#include "intake/query.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/soon.h"
#include "engine/inquiry.h"
#include "intake/go.h"
#include "intake/trial.h"

#define ASKS 8
#define KEPT 16
#define KEPT_FOR SECONDS(60)
#define SWEEP_SECONDS 10
#define SLICE ((struct duration){ 10 * 1000 })
#define MARK_TEXT 48
#define TRIALS 4 /* under way at once: the others of the line are for queries */
#define LOOK_AGAIN_US 5000

struct ask {
	struct caller from;
	enum request which;
	json_t *params;		 /* owned; NULL when refused */
	struct rejection why;	 /* when refused */
	struct inquiry *inquiry; /* once begun */
	struct trial *trial;	 /* once begun */
	struct instant stand;	 /* where a go is to come to; INSTANT_NONE */
	bool waits;		 /* for the trial or the go: not to be looked at now */
};
struct kept {
	uint64_t id;
	enum request which;
	struct inquiry *inquiry;
	struct mono used;
};
struct desk {
	struct engine *engine;
	const struct desk_calls *calls;
	void *userdata;
	struct soon *slice;
	sd_event_source *sweep, *look;
	struct ask asks[ASKS]; /* in order of arrival */
	size_t ask_count, next;
	struct kept kept[KEPT]; /* in order of id */
	size_t kept_count;
	uint64_t last_id;
};

static void ask_done(struct ask *a)
{
	json_decref(a->params);
	inquiry_free(a->inquiry);
	trial_free(a->trial);
}

static void remove_ask(struct desk *d, size_t at)
{
	d->ask_count--;
	memmove(&d->asks[at], &d->asks[at + 1], (d->ask_count - at) * sizeof(d->asks[0]));
}

static void remove_kept(struct desk *d, size_t at)
{
	d->kept_count--;
	memmove(&d->kept[at], &d->kept[at + 1], (d->kept_count - at) * sizeof(d->kept[0]));
}

static void refuse(struct desk *d, const struct caller *to, const struct rejection *why)
{
	d->calls->answer(d->userdata, to, answer_refused(NULL, why));
}

static void answer_failed(struct desk *d, const struct caller *to, int error)
{
	struct rejection why;

	reject(&why, RETRY_BUSY, "the store could not be read (%s); ask again later",
	       strerror(-error));
	refuse(d, to, &why);
}

/* Keep an inquiry (stolen), the oldest making room, and return its number. */
static uint64_t keep(struct desk *d, enum request which, struct inquiry *inquiry)
{
	if (d->kept_count == KEPT) {
		inquiry_free(d->kept[0].inquiry);
		remove_kept(d, 0);
	}
	d->kept[d->kept_count++] = (struct kept){ ++d->last_id, which, inquiry, clock_mono() };
	sd_event_source_set_time_relative(d->sweep, SWEEP_SECONDS * UINT64_C(1000000));
	sd_event_source_set_enabled(d->sweep, SD_EVENT_ONESHOT);
	return d->last_id;
}

/* At most `limit` rows from `from` on; *ret_next as inquiry_rows. */
static json_t *rows_of(const struct inquiry *inquiry, size_t from, size_t limit, size_t *ret_next)
{
	json_t *rows = inquiry_rows(inquiry, from, ret_next);

	if (json_array_size(rows) <= limit)
		return rows;
	while (json_array_size(rows) > limit)
		json_array_remove(rows, json_array_size(rows) - 1);
	*ret_next = from + limit;
	return rows;
}

static size_t limit_of(const struct ask *a)
{
	const json_t *limit = json_object_get(a->params, "limit");

	return limit ? (size_t)json_integer_value(limit) : QUERY_ROWS_MAX;
}

static void answer_page(struct desk *d, const struct ask *a, json_t *rows, uint64_t id, size_t next)
{
	char mark[MARK_TEXT];

	snprintf(mark, sizeof(mark), "%" PRIu64 ":%zu", id, next);
	d->calls->answer(d->userdata, &a->from, answer_rows(rows, next ? mark : NULL));
}

static void answer_first(struct desk *d, struct ask *a)
{
	size_t next;
	json_t *rows = rows_of(a->inquiry, 0, limit_of(a), &next);
	uint64_t id = 0;

	if (next) {
		id = keep(d, a->which, a->inquiry);
		a->inquiry = NULL;
	}
	answer_page(d, a, rows, id, next);
}

static struct kept *find_kept(struct desk *d, const struct ask *a, const char *mark,
			      size_t *ret_from)
{
	uint64_t id;
	int end = -1;

	if (sscanf(mark, "%" SCNu64 ":%zu%n", &id, ret_from, &end) != 2 || mark[end] != '\0')
		return NULL;
	for (size_t i = 0; i < d->kept_count; i++)
		if (d->kept[i].id == id && d->kept[i].which == a->which)
			return &d->kept[i];
	return NULL;
}

static void answer_next(struct desk *d, struct ask *a, const char *mark)
{
	struct rejection why;
	size_t from, next;
	struct kept *kept = find_kept(d, a, mark, &from);
	json_t *rows;

	if (!kept) {
		reject(&why, REJECT_BAD_DATA,
		       "after \"%s\" leads to no page of %s that is still kept; ask again from "
		       "the beginning, without it",
		       text_excerpt(mark).text, request_kinds[a->which].name);
		refuse(d, &a->from, &why);
		return;
	}
	kept->used = clock_mono();
	rows = rows_of(kept->inquiry, from, limit_of(a), &next);
	answer_page(d, a, rows, kept->id, next);
}

static void answer_whoami(struct desk *d, const struct ask *a)
{
	json_t *row = d->calls->whoami(d->userdata, &a->from);

	if (row)
		d->calls->answer(d->userdata, &a->from, answer_rows(json_pack("[o]", row), NULL));
	else
		answer_failed(d, &a->from, -ENOMEM);
}

/* A verification holds a store of its own in memory: one at a time. */
static bool is_verifying(const struct desk *d)
{
	for (size_t i = 0; i < d->ask_count; i++)
		if (d->asks[i].which == COMMAND_VERIFY && d->asks[i].inquiry)
			return true;
	return false;
}

static int begin_inquiry(struct desk *d, struct ask *a, struct rejection *ret_why)
{
	if (a->which == COMMAND_VERIFY && is_verifying(d))
		return (int)reject(ret_why, RETRY_BUSY,
				   "the store is being verified already; ask again when that has "
				   "ended");
	/* What its caller sent before is to be seen in it. */
	turn_end_now(d->engine->turn);
	return inquiry_new(&a->inquiry, d->engine, a->which, a->params, clock_now(), ret_why);
}

/* One slice of an inquiry: true when it has been answered. */
static bool inquire(struct desk *d, struct ask *a)
{
	struct rejection why;
	int r = 0;

	if (!a->inquiry)
		r = begin_inquiry(d, a, &why);
	if (r > 0) {
		refuse(d, &a->from, &why);
		return true;
	}
	if (r == 0)
		r = inquiry_work(a->inquiry, SLICE);
	if (r > 0)
		return false;
	if (r < 0)
		answer_failed(d, &a->from, r);
	else
		answer_first(d, a);
	return true;
}

static size_t trials(const struct desk *d)
{
	size_t count = 0;

	for (size_t i = 0; i < d->ask_count; i++)
		count += d->asks[i].trial != NULL;
	return count;
}

static int begin_trial(struct desk *d, struct ask *a, struct rejection *ret_why)
{
	if (trials(d) == TRIALS)
		return (int)reject(ret_why, RETRY_BUSY,
				   "%d tests are under way already; ask again when they have ended",
				   TRIALS);
	return trial_new(&a->trial, d->engine, a->params, ret_why);
}

/* It is not answered yet, and is to be looked at again after a while. */
static bool look_later(struct desk *d, struct ask *a)
{
	a->waits = true;
	sd_event_source_set_time_relative(d->look, LOOK_AGAIN_US);
	sd_event_source_set_enabled(d->look, SD_EVENT_ONESHOT);
	return false;
}

/* Begin a test, or look how far it has come: true when it has been answered. */
static bool try(struct desk *d, struct ask *a)
{
	struct rejection why;
	int r = a->trial ? 0 : begin_trial(d, a, &why);

	if (r == 0 && !trial_is_over(a->trial))
		return look_later(d, a);
	if (r > 0)
		refuse(d, &a->from, &why);
	else if (r < 0)
		answer_failed(d, &a->from, r);
	else
		d->calls->answer(d->userdata, &a->from, answer_rows(trial_rows(a->trial), NULL));
	return true;
}

/* Let the rehearsal go on, or look whether it stands by now: true when it has been answered. */
static bool go(struct desk *d, struct ask *a)
{
	struct rejection why;

	if (instant_is_none(a->stand)) {
		if (go_begin(a->params, &a->stand, &why) != REJECT_NONE) {
			refuse(d, &a->from, &why);
			return true;
		}
		d->calls->wake(d->userdata);
	}
	turn_end_now(d->engine->turn); /* what has been decided leaves before it is quiet */
	if (!go_is_there(a->stand) || !d->calls->is_quiet(d->userdata))
		return look_later(d, a);
	d->calls->answer(d->userdata, &a->from, answer_rows(go_rows(), NULL));
	return true;
}

static int on_look(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct desk *d = userdata;

	(void)source;
	(void)usec;
	for (size_t i = 0; i < d->ask_count; i++)
		d->asks[i].waits = false;
	if (d->ask_count)
		soon_ask(d->slice);
	return 0;
}

/* True when the ask has been answered. Commands are not asks any more when they are carried out. */
static bool work_on(struct desk *d, struct ask *a)
{
	const char *mark = json_string_value(json_object_get(a->params, "after"));

	if (!a->params)
		refuse(d, &a->from, &a->why);
	else if (a->which == QUERY_WHOAMI)
		answer_whoami(d, a);
	else if (a->which == COMMAND_TEST)
		return try(d, a);
	else if (a->which == COMMAND_GO)
		return go(d, a);
	else if (mark)
		answer_next(d, a, mark);
	else
		return inquire(d, a);
	return true;
}

/* Is the ask the first of its caller, and not one that waits? */
static bool is_to_be_worked_on(const struct desk *d, size_t at)
{
	size_t before = 0;

	while (!caller_is(&d->asks[before].from, &d->asks[at].from))
		before++;
	return before == at && !d->asks[at].waits;
}

/* The next ask in rotation that is to be worked on; ask_count when there is none. */
static size_t pick(struct desk *d)
{
	for (size_t i = 0; i < d->ask_count; i++) {
		size_t at = d->next++ % d->ask_count;

		if (is_to_be_worked_on(d, at))
			return at;
	}
	return d->ask_count;
}

/* The commands that take their time are worked on as queries are. */
static bool is_carried_out_at_once(enum request which)
{
	return request_kinds[which].command && which != COMMAND_TEST && which != COMMAND_VERIFY &&
	       which != COMMAND_GO;
}

static void on_slice(void *userdata)
{
	struct desk *d = userdata;
	size_t at = pick(d);
	struct ask *a = &d->asks[at], taken;
	struct rejection why;

	if (at == d->ask_count)
		return;
	if (a->params && d->calls->admit(d->userdata, &a->from, a->which, &why) != REJECT_NONE) {
		refuse(d, &a->from, &why);
		ask_done(a);
		remove_ask(d, at);
	} else if (a->params && is_carried_out_at_once(a->which)) {
		/* A reload may forget callers: the ask is out of the line before. */
		taken = *a;
		remove_ask(d, at);
		d->calls->command(d->userdata, &taken.from, taken.which, taken.params);
		ask_done(&taken);
	} else if (work_on(d, a)) {
		ask_done(a);
		remove_ask(d, at);
	}
	if (d->ask_count)
		soon_ask(d->slice);
}

static int on_sweep(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct desk *d = userdata;
	int64_t oldest = clock_mono().us - KEPT_FOR.us;

	(void)usec;
	for (size_t i = d->kept_count; i-- > 0;)
		if (d->kept[i].used.us < oldest) {
			inquiry_free(d->kept[i].inquiry);
			remove_kept(d, i);
		}
	if (d->kept_count == 0)
		return 0;
	sd_event_source_set_time_relative(source, SWEEP_SECONDS * UINT64_C(1000000));
	return sd_event_source_set_enabled(source, SD_EVENT_ONESHOT);
}

void desk_ask(struct desk *d, const struct caller *from, json_t *json)
{
	struct ask ask = { .from = *from, .stand = INSTANT_NONE };
	struct rejection why;
	json_t *params;

	if (d->ask_count == ASKS) {
		reject(&why, RETRY_BUSY, "%d queries are being answered already; ask again shortly",
		       ASKS);
		refuse(d, from, &why);
		return;
	}
	if (request_parse(json, &ask.which, &params, &ask.why) == REJECT_NONE)
		ask.params = json_incref(params);
	d->asks[d->ask_count++] = ask;
	soon_ask(d->slice);
}

void desk_forget(struct desk *d, const struct socket *socket)
{
	for (size_t i = d->ask_count; i-- > 0;)
		if (d->asks[i].from.socket == socket) {
			ask_done(&d->asks[i]);
			remove_ask(d, i);
		}
	if (d->ask_count == 0)
		soon_cancel(d->slice);
}

int desk_new(struct desk **ret, struct engine *e, sd_event *event, const struct desk_calls *calls,
	     void *userdata)
{
	struct desk *d = calloc(1, sizeof(*d));
	int r;

	if (!d)
		return -ENOMEM;
	d->engine = e;
	d->calls = calls;
	d->userdata = userdata;
	r = soon_new(&d->slice, event, on_slice, d);
	if (r >= 0)
		r = sd_event_add_time_relative(event, &d->sweep, CLOCK_BOOTTIME, 0, 0, on_sweep, d);
	if (r >= 0)
		r = sd_event_source_set_enabled(d->sweep, SD_EVENT_OFF);
	if (r >= 0)
		r = sd_event_add_time_relative(event, &d->look, CLOCK_MONOTONIC, 0, 0, on_look, d);
	if (r >= 0)
		r = sd_event_source_set_enabled(d->look, SD_EVENT_OFF);
	if (r < 0) {
		desk_free(d);
		return r;
	}
	*ret = d;
	return 0;
}

struct desk *desk_free(struct desk *d)
{
	if (!d)
		return NULL;
	soon_free(d->slice);
	sd_event_source_disable_unref(d->sweep);
	sd_event_source_disable_unref(d->look);
	for (size_t i = 0; i < d->ask_count; i++)
		ask_done(&d->asks[i]);
	for (size_t i = 0; i < d->kept_count; i++)
		inquiry_free(d->kept[i].inquiry);
	free(d);
	return NULL;
}
