/* SPDX-License-Identifier: Apache-2.0 */
/*
 * News upwards: a part that others are to hear of calls what stands here, and knows none of them.
 */
#include "main_calls.h"

#include <errno.h>
#include <sysexits.h>

#include "base/harmless.h"
#include "base/log.h"
#include "control/readiness.h"

void main_on_fatal(void *userdata, int error)
{
	struct daemon *d = userdata;

	/* The turn has said it. Another plan in force: whoever starts this again does so at once. */
	d->broken = error != -ESTALE;
	loop_stop(d->loop, d->broken ? EX_IOERR : EX_TEMPFAIL);
}

void main_on_beat(void *userdata)
{
	struct daemon *d = userdata;

	if (d->delivery && !d->stopping)
		delivery_look_around(d->delivery);
}

static void on_deliver(void *userdata)
{
	struct daemon *d = userdata;

	if (d->delivery && !d->stopping)
		delivery_wake(d->delivery);
}

static bool on_busy(void *userdata)
{
	struct daemon *d = userdata;

	return d->delivery && delivery_busy(d->delivery);
}

static void on_news(void *userdata, const char *type, json_t *event)
{
	struct daemon *d = userdata;

	intake_publish(d->intake, type, event);
}

static bool on_heard(void *userdata)
{
	struct daemon *d = userdata;

	return intake_is_heard(d->intake);
}

static void on_wake(void *userdata)
{
	struct daemon *d = userdata;

	schedule_wake(d->schedule);
}

static bool on_quiet(void *userdata)
{
	struct daemon *d = userdata;

	return schedule_is_quiet(d->schedule);
}

static void on_status(void *userdata, const char *line)
{
	struct daemon *d = userdata;

	loop_status(d->loop, LOOP_CHANNELS, line);
}

static void on_inbox_status(void *userdata, const char *line)
{
	struct daemon *d = userdata;

	loop_status(d->loop, LOOP_INBOX, line);
}

static enum reject_code on_reload(void *userdata, json_t **ret_row, struct rejection *ret_why)
{
	struct daemon *d = userdata;
	struct configuration new;
	enum reject_code code;

	loop_reloading(d->loop, true);
	code = reload_run(d->reload, &new, ret_row, ret_why);
	if (code == REJECT_NONE) {
		delivery_reconfigure(d->delivery, new.templates, new.links);
		web_adopt(d->web, new.templates, new.links);
		inbox_follow(d->inbox);
		templates_free(d->templates);
		links_free(d->links);
		d->templates = new.templates;
		d->links = new.links;
		schedule_wake(d->schedule);
		log_notice("reloaded %s", d->options.config);
	} else {
		char why[sizeof(ret_why->reason)];

		harmless_line(why, sizeof(why), ret_why->reason, strlen(ret_why->reason));
		log_error("not reloaded, all stays as it was: %s", why);
	}
	loop_reloading(d->loop, false);
	return code;
}

static void on_hangup(void *userdata)
{
	struct rejection why;
	json_t *row = NULL;

	if (on_reload(userdata, &row, &why) == REJECT_NONE)
		json_decref(row);
}

static int on_alive(void *userdata)
{
	struct daemon *d = userdata;

	return heartbeat_note(d->heartbeat);
}

static void on_words(void *userdata, struct composing *ret)
{
	struct daemon *d = userdata;

	ret->templates = d->templates;
	ret->links = d->links;
}

static int on_order(void *userdata, enum request order, struct message *m, struct instant now,
		    struct rejection *ret_why)
{
	struct daemon *d = userdata;

	return delivery_order(d->delivery, order, m, now, ret_why);
}

static enum reject_code on_receive(void *userdata, const struct mail_in *mail, json_t **ret_row,
				   struct rejection *ret_why)
{
	struct daemon *d = userdata;

	return inbox_receive(d->inbox, mail, ret_row, ret_why);
}

static void on_request(void *userdata, const struct caller *from, json_t *json)
{
	struct daemon *d = userdata;

	query_queue_add(d->queue, from, json);
}

static void on_door_closed(void *userdata, const void *door)
{
	struct daemon *d = userdata;

	if (d->queue)
		query_queue_forget(d->queue, door);
}

static void on_answer(void *userdata, const struct caller *to, json_t *answer)
{
	struct daemon *d = userdata;

	intake_answer(d->intake, to, answer);
}

static void on_answer_text(void *userdata, const struct caller *to, const char *text, size_t length)
{
	struct daemon *d = userdata;

	intake_answer_text(d->intake, to, text, length);
}

static int on_describe(void *userdata, const struct caller *from, json_t *row)
{
	struct daemon *d = userdata;

	if (json_object_set_new(row, "plan", json_string(d->options.config)) < 0 ||
	    inbox_describe(d->inbox, row) < 0)
		return -ENOMEM;
	return intake_describe(d->intake, from, row);
}

static int on_open(void *userdata, const struct settings *settings, struct rejection *ret_why)
{
	struct daemon *d = userdata;

	const struct plan *before = d->engine.plan;
	struct rejection unused;
	int r = intake_configure(d->intake, settings, ret_why);

	if (r == 0) {
		r = web_configure(d->web, &settings->web, ret_why);
		if (r < 0 && before)
			intake_configure(d->intake, &before->settings, &unused);
	}
	return r;
}

static void on_accepted(void *userdata, const struct event *event, struct instant now)
{
	struct daemon *d = userdata;

	intake_expect(d->intake, event, now);
}

static const char *on_unready(void *userdata)
{
	struct daemon *d = userdata;

	return readiness_missing(&d->engine, d->heartbeat, delivery_ended_at(d->delivery));
}

static json_t *on_command(void *userdata, enum request which, const json_t *params,
			  const struct person *by)
{
	struct daemon *d = userdata;

	return query_queue_command(d->queue, which, params, by);
}

static void on_adopted(void *userdata, const struct plan *before)
{
	struct daemon *d = userdata;

	intake_adopted(d->intake, before);
}

const struct loop_calls main_loop_calls = { on_hangup, on_alive };
const struct intake_calls main_intake_calls = { on_request, on_door_closed };
const struct query_queue_calls main_queue_calls = { on_answer,
						    on_answer_text,
						    on_describe,
						    { on_reload, on_order, on_receive, on_wake,
						      on_quiet, on_words } };
const struct reload_calls main_reload_calls = { on_open, on_adopted };
const struct schedule_calls main_schedule_calls = { on_deliver, on_busy };
const struct delivery_calls main_delivery_calls = { on_news, on_heard, on_wake, on_status };
const struct web_calls main_web_calls = { on_accepted, on_unready, on_command };
const struct inbox_calls main_inbox_calls = { on_inbox_status, on_news, on_accepted };
