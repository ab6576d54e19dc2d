/* SPDX-License-Identifier: Apache-2.0 */
/*
 * paminnd: wiring in order, teardown in the reverse order.
 *
 *	main   →  check: every fault of the files, and the first morning
 *	       →  move a store, or accept what it has lost
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
#include "base/environment.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/standard_files.h"
#include "control/accept_loss.h"
#include "control/move_store.h"
#include "control/readiness.h"
#include "control/rehearsal.h"
#include "control/store.h"
#include "main_calls.h"

#define PATIENCE SECONDS(2) /* of the 5 s that a stop may take, for attempts under way */

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
	d->inbox = inbox_free(d->inbox);
	d->delivery = delivery_free(d->delivery, PATIENCE);
	return 0;
}

static int wire(struct daemon *d)
{
	sd_event *event = loop_event(d->loop);
	int r = turn_new(&d->turn, d->ledger, event, main_on_fatal, d);

	d->engine = (struct engine){ .ledger = d->ledger, .turn = d->turn };
	if (r == 0)
		r = intake_new(&d->intake, &d->engine, event, &main_intake_calls, d);
	if (r == 0)
		r = query_queue_new(&d->queue, &d->engine, event, &main_queue_calls, d);
	if (r == 0)
		r = reload_new(&d->reload, &d->engine, d->options.config, &main_reload_calls, d);
	if (r == 0)
		r = heartbeat_new(&d->heartbeat, &d->engine, event, main_on_beat, d);
	if (r == 0)
		r = schedule_new(&d->schedule, &d->engine, event, &main_schedule_calls, d);
	if (r == 0)
		r = web_new(&d->web, &d->engine, event, &main_web_calls, d);
	if (r == 0)
		r = inbox_new(&d->inbox, &d->engine, event, &main_inbox_calls, d);
	if (r == 0)
		r = sd_event_add_exit(event, NULL, wind_down, d);
	return r < 0 ? r : 0;
}

/* What to end with over an error of the start. */
static int exit_of(int error, int otherwise)
{
	switch (error) {
	case -EIO:
		return EX_IOERR;
	case -ENOMEM:
		return EX_OSERR;
	case -ENOSPC:
	case -EBUSY:
	case -EAGAIN:
	case -EADDRINUSE:
		return EX_TEMPFAIL;
	default:
		return otherwise;
	}
}

/* The plan takes effect, and deliveries that the last stop cut off are found. */
static int take_up(struct daemon *d, struct plan *plan)
{
	struct rejection why;
	struct plan_change adoption;
	int r = reload_adopt(d->reload, plan, &adoption, &why);

	if (r < 0) {
		if (!d->broken) /* what has broken the store, the turn has said */
			log_error("%s", why.reason);
		return exit_of(r, EX_CONFIG);
	}
	r = delivery_new(&d->delivery, &(struct delivery_setup){
					       .engine = &d->engine,
					       .templates = d->templates,
					       .links = d->links,
					       .event = loop_event(d->loop),
					       .calls = &main_delivery_calls,
					       .userdata = d,
				       });
	if (r == 0)
		r = web_adopt(d->web, d->templates, d->links);
	if (r == 0)
		r = turn_join(d->turn);
	if (r == 0)
		r = turn_finish(d->turn, delivery_recover(d->delivery, clock_now()));
	if (r == 0)
		inbox_follow(d->inbox);
	if (r < 0)
		log_error("deliveries and pages can not be taken up: %s", strerror(-r));
	return r < 0 ? exit_of(r, EX_OSERR) : 0;
}

static int start(struct daemon *d, struct configuration *c)
{
	int r, exit_code;

	d->templates = c->templates;
	d->links = c->links;
	c->templates = NULL;
	c->links = NULL;
	r = loop_new(&d->loop, &main_loop_calls, d);
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
		return exit_of(r, EX_OSERR);
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
	store_close(d->ledger);
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
	memory_watch();
	environment_drop("PG"); /* libpq goes by paminnd.conf */
	options_parse(&d.options, argc, argv);
	exit_code = rehearsal_check(&d.options);
	if (exit_code)
		return exit_code;
	const struct plan_request request = configuration_request(&d.options, clock_now());
	r = configuration_load(&c, &request,
			       d.options.check ? configuration_print : configuration_log, &why);
	if (r < 0)
		log_error("the files can not be read: %s", strerror(-r));
	if (r != 0)
		return r > 0 ? EX_CONFIG : EX_OSERR;
	exit_code = d.options.check	    ? configuration_check(&c, &d.options)
		    : d.options.move_from   ? move_store(&d.options, &c.plan->settings)
		    : d.options.accept_loss ? accept_loss(&d.options, &c.plan->settings)
					    : run(&d, &c);
	configuration_done(&c);
	return exit_code;
}
