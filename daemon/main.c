/* SPDX-License-Identifier: Apache-2.0 */
/*
 * paminnd: wiring in order, teardown in the reverse order.
 *
 *	main   →  check: every fault of the files, and the first morning
 *	       →  run: start, ready, the loop, stop
 *	start  →  store_open, rehearsal_begin, wire, take_up
 *
 * A stop loses nothing: intake reads no more, the open turn is committed and answered, attempts under
 * way get a moment to end; only then is anything freed.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/loop.h"
#include "base/options.h"
#include "base/standard_files.h"
#include "control/heartbeat.h"
#include "control/query_queue.h"
#include "control/readiness.h"
#include "control/rehearsal.h"
#include "control/reload.h"
#include "control/store.h"
#include "delivery/delivery.h"
#include "engine/schedule.h"
#include "intake/intake.h"
#include "web/web.h"

#define PATIENCE SECONDS(2) /* of the 5 s that a stop may take, for attempts under way */

/* ---- the daemon -------------------------------------------------------------------------------- */

struct daemon {
	struct options options;
	struct loop *loop;
	struct ledger *ledger;
	struct turn *turn;
	struct engine engine;
	struct templates *templates;
	struct links *links; /* NULL: there are no pages */
	struct intake *intake;
	struct reload *reload;
	struct heartbeat *heartbeat;
	struct query_queue *queue;
	struct schedule *schedule;
	struct delivery *delivery;
	struct web *web;
	bool stopping; /* nothing new is to leave */
	bool broken;   /* the store is: nothing may be acknowledged any more */
};

static void on_fatal(void *userdata, int error)
{
	struct daemon *d = userdata;
	(void)error; /* the turn has said it */
	d->broken = true;
	loop_stop(d->loop, EX_IOERR);
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

	loop_status(d->loop, "%s", line ? line : "all is well");
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
		templates_free(d->templates);
		links_free(d->links);
		d->templates = new.templates;
		d->links = new.links;
		schedule_wake(d->schedule);
		log_notice("reloaded %s", d->options.config);
	} else {
		log_error("not reloaded, all stays as it was: %s", ret_why->reason);
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

static int on_describe(void *userdata, const struct caller *from, json_t *row)
{
	struct daemon *d = userdata;

	if (json_object_set_new(row, "plan", json_string(d->options.config)) < 0)
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

static json_t *on_command(void *userdata, enum request which, const json_t *params)
{
	struct daemon *d = userdata;

	return query_queue_command(d->queue, which, params);
}

static void on_adopted(void *userdata, const struct plan *before)
{
	struct daemon *d = userdata;

	intake_adopted(d->intake, before);
}

static const struct loop_calls loop_calls = { on_hangup, on_alive };
static const struct intake_calls intake_calls = { on_request, on_door_closed };
static const struct query_queue_calls queue_calls = {
	on_answer, on_describe, { on_reload, on_order, on_wake, on_quiet, on_words }
};
static const struct reload_calls reload_calls = { on_open, on_adopted };
static const struct schedule_calls schedule_calls = { on_deliver, on_busy };
static const struct delivery_calls delivery_calls = { on_news, on_wake, on_status };
static const struct web_calls web_calls = { on_accepted, on_unready, on_command };

/* ---- start and stop ---------------------------------------------------------------------------- */

/* What is under way comes to its end; before the loop itself does, which all of it needs. */
static int wind_down(sd_event_source *source, void *userdata)
{
	struct daemon *d = userdata;

	(void)source;
	d->stopping = true;
	if (d->intake)
		intake_stop(d->intake);
	if (d->heartbeat)
		heartbeat_note(d->heartbeat);
	if (d->web)
		web_stop(d->web);
	d->delivery = delivery_free(d->delivery, PATIENCE);
	return 0;
}

static int wire(struct daemon *d)
{
	sd_event *event = loop_event(d->loop);
	int r = turn_new(&d->turn, d->ledger, event, on_fatal, d);

	d->engine = (struct engine){ .ledger = d->ledger, .turn = d->turn };
	if (r == 0)
		r = intake_new(&d->intake, &d->engine, event, &intake_calls, d);
	if (r == 0)
		r = query_queue_new(&d->queue, &d->engine, event, &queue_calls, d);
	if (r == 0)
		r = reload_new(&d->reload, &d->engine, d->options.config, &reload_calls, d);
	if (r == 0)
		r = heartbeat_new(&d->heartbeat, &d->engine, event);
	if (r == 0)
		r = schedule_new(&d->schedule, &d->engine, event, &schedule_calls, d);
	if (r == 0)
		r = web_new(&d->web, &d->engine, event, &web_calls, d);
	if (r == 0)
		r = sd_event_add_exit(event, NULL, wind_down, d);
	return r < 0 ? r : 0;
}

/* The plan takes effect, and deliveries that the last stop cut off are found. */
static int take_up(struct daemon *d, struct plan *plan)
{
	struct rejection why;
	struct plan_change adoption;
	int r = reload_adopt(d->reload, plan, &adoption, &why);

	if (r < 0) {
		log_error("%s", why.reason);
		return r == -EIO			  ? EX_IOERR
		       : r == -EADDRINUSE || r == -ENOSPC ? EX_TEMPFAIL
							  : EX_CONFIG;
	}
	r = delivery_new(&d->delivery, &(struct delivery_setup){
					       .engine = &d->engine,
					       .templates = d->templates,
					       .links = d->links,
					       .event = loop_event(d->loop),
					       .calls = &delivery_calls,
					       .userdata = d,
				       });
	if (r == 0)
		r = web_adopt(d->web, d->templates, d->links);
	if (r == 0)
		r = turn_join(d->turn);
	if (r == 0)
		r = turn_finish(d->turn, delivery_recover(d->delivery, clock_now()));
	if (r < 0)
		log_error("deliveries and pages can not be taken up: %s", strerror(-r));
	return r < 0 ? EX_OSERR : 0;
}

static int start(struct daemon *d, struct configuration *c)
{
	int r, exit_code;

	d->templates = c->templates;
	d->links = c->links;
	c->templates = NULL;
	c->links = NULL;
	r = loop_new(&d->loop, &loop_calls, d);
	if (r < 0) {
		log_error("the event loop can not be set up: %s", strerror(-r));
		return EX_OSERR;
	}
	exit_code = store_open(&d->ledger, &d->options, &c->plan->settings);
	if (exit_code)
		return exit_code;
	r = rehearsal_begin(&d->options, d->ledger);
	if (r == 0)
		r = wire(d);
	if (r < 0) {
		log_error("the daemon can not be set up: %s", strerror(-r));
		return r == -EIO ? EX_IOERR : EX_OSERR;
	}
	return take_up(d, c->plan);
}

static void stop(struct daemon *d)
{
	if (!d->stopping)
		wind_down(NULL, d);
	web_free(d->web);
	schedule_free(d->schedule);
	heartbeat_free(d->heartbeat);
	reload_free(d->reload);
	d->queue = query_queue_free(d->queue);
	intake_free(d->intake);
	plan_unref(d->engine.plan);
	turn_free(d->turn);
	ledger_close(d->ledger);
	loop_free(d->loop);
	templates_free(d->templates);
	links_free(d->links);
}

/* ---- main ---------------------------------------------------------------------------------------- */

static int run(struct daemon *d, struct configuration *c)
{
	int exit_code = start(d, c);

	if (exit_code == 0) {
		readiness_tell(d->loop, &d->engine, d->options.rehearsal);
		exit_code = loop_run(d->loop);
	}
	stop(d);
	return d->broken ? EX_IOERR : exit_code;
}

int main(int argc, char **argv)
{
	struct daemon d = { .options = { .config = "/etc/paminn/paminnd.conf" } };
	struct configuration c = { NULL };
	struct rejection why;
	int r, exit_code;

	standard_files_open();
	options_parse(&d.options, argc, argv);
	exit_code = rehearsal_check(&d.options);
	if (exit_code)
		return exit_code;
	const struct plan_request request = configuration_request(&d.options, clock_now());
	r = configuration_load(&c, &request,
			       d.options.check ? configuration_print : configuration_log, &why);
	if (r != 0)
		return r > 0 ? EX_CONFIG : EX_OSERR;
	exit_code = d.options.check ? configuration_check(&c, &d.options) : run(&d, &c);
	configuration_done(&c);
	return exit_code;
}
