/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Around sd-event. Signals become sources before everything else in priority, so a flood of events
 * cannot keep the daemon from stopping. The watchdog runs on a timer of its own, armed by
 * loop_ready (sd_event_set_watchdog would say WATCHDOG=1 before READY=1), and is fed only after the
 * caller has shown progress: when the loop or the ledger hangs, systemd hears nothing.
 *
 * A timer on the daemon's clock is a timerfd for the real time that is left, at most 30 s of it, after
 * which the clock is read again: so neither a stepped clock nor a moved barrier can make it late by
 * more, and it never fires early.
 */
#include "base/loop.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <systemd/sd-daemon.h>

#include "base/clock.h"
#include "base/log.h"

#define LOOK_AGAIN SECONDS(30)
#define STANDS_STILL \
	((struct duration){ 1000 }) /* a rehearsal waiting at a barrier: look in 1 ms */

struct loop {
	sd_event *event;
	struct loop_calls calls;
	void *userdata;
	sd_event_source *watchdog;
	uint64_t watchdog_us; /* half of what systemd allows */
	char status[LOOP_PARTS][512];
};

static int on_stop(sd_event_source *source, const struct signalfd_siginfo *info, void *userdata)
{
	(void)source;
	log_notice("stopping: SIG%s", sigabbrev_np((int)info->ssi_signo));
	sd_notify(0, "STOPPING=1");
	loop_stop(userdata, 0);
	return 0;
}

static int on_reload(sd_event_source *source, const struct signalfd_siginfo *info, void *userdata)
{
	struct loop *l = userdata;

	(void)source, (void)info;
	l->calls.reload(l->userdata);
	return 0;
}

static int add_signals(struct loop *l)
{
	static const struct {
		int signal;
		sd_event_signal_handler_t heard;
	} signals[] = { { SIGTERM, on_stop }, { SIGINT, on_stop }, { SIGHUP, on_reload } };
	const size_t count = sizeof(signals) / sizeof(signals[0]);
	sigset_t blocked;

	sigemptyset(&blocked);
	for (size_t i = 0; i < count; i++)
		sigaddset(&blocked, signals[i].signal);
	if (sigprocmask(SIG_BLOCK, &blocked, NULL) < 0)
		return -errno;
	if (signal(SIGPIPE, SIG_IGN) == SIG_ERR)
		return -errno;
	for (size_t i = 0; i < count; i++) {
		sd_event_source *source;
		int r = sd_event_add_signal(l->event, &source, signals[i].signal, signals[i].heard,
					    l);
		if (r < 0)
			return r;
		/* Floating: it lives as long as the loop. */
		sd_event_source_set_floating(source, true);
		sd_event_source_set_priority(source, SD_EVENT_PRIORITY_IMPORTANT);
		sd_event_source_unref(source);
	}
	return 0;
}

int loop_new(struct loop **ret, const struct loop_calls *calls, void *userdata)
{
	struct loop *l = calloc(1, sizeof(*l));

	if (!l)
		return -ENOMEM;
	l->calls = *calls;
	l->userdata = userdata;
	int r = sd_event_new(&l->event);
	if (r >= 0)
		r = add_signals(l);
	if (r < 0) {
		loop_free(l);
		return r;
	}
	*ret = l;
	return 0;
}

struct loop *loop_free(struct loop *l)
{
	if (!l)
		return NULL;
	sd_event_source_unref(l->watchdog);
	sd_event_unref(l->event);
	free(l);
	return NULL;
}

sd_event *loop_event(struct loop *l)
{
	return l->event;
}

/* ---- systemd --------------------------------------------------------------------------------- */

static int on_watchdog(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct loop *l = userdata;

	(void)usec;
	if (l->calls.alive(l->userdata) == 0)
		sd_notify(0, "WATCHDOG=1");
	sd_event_source_set_time_relative(source, l->watchdog_us);
	return sd_event_source_set_enabled(source, SD_EVENT_ONESHOT);
}

static void start_watchdog(struct loop *l)
{
	uint64_t allowed;

	if (l->watchdog || sd_watchdog_enabled(0, &allowed) <= 0)
		return;
	l->watchdog_us = allowed / 2;
	int r = sd_event_add_time_relative(l->event, &l->watchdog, CLOCK_MONOTONIC, l->watchdog_us,
					   allowed / 20, on_watchdog, l);
	if (r < 0)
		log_error("the watchdog's timer could not be made (%s); systemd will restart this "
			  "daemon",
			  strerror(-r));
}

void loop_ready(struct loop *l, const char *line)
{
	sd_notify(0, "READY=1");
	sd_notifyf(0, "STATUS=%s", line);
	log_notice("%s", line);
	start_watchdog(l);
}

void loop_reloading(struct loop *l, bool begin)
{
	(void)l;
	sd_notify(0, begin ? "RELOADING=1" : "READY=1");
}

void loop_status(struct loop *l, enum loop_part part, const char *line)
{
	char text[LOOP_PARTS * sizeof(l->status[0])] = "";
	size_t n = 0;

	/* A second line would be another assignment. */
	snprintf(l->status[part], sizeof(l->status[part]), "%.*s",
		 line ? (int)strcspn(line, "\n") : 0, line ? line : "");
	for (enum loop_part p = 0; p < LOOP_PARTS; p++)
		if (*l->status[p])
			n += (size_t)sprintf(text + n, "%s%s", n ? "; " : "", l->status[p]);
	sd_notifyf(0, "STATUS=%s", n ? text : "all is well");
}

int loop_run(struct loop *l)
{
	int r = sd_event_loop(l->event);

	if (r < 0) {
		log_error("the event loop failed (%s), stopping", strerror(-r));
		r = EX_OSERR;
	}
	sd_notify(0, "STOPPING=1");
	return r;
}

void loop_stop(struct loop *l, int exit_code)
{
	sd_event_exit(l->event, exit_code);
}

/* ---- timers ---------------------------------------------------------------------------------- */

struct timer {
	sd_event_source *source;
	struct instant at; /* INSTANT_NONE: not armed */
	void (*fired)(void *userdata);
	void *userdata;
};

static int arm(struct timer *t, struct duration wait)
{
	if (wait.us > LOOK_AGAIN.us)
		wait = LOOK_AGAIN;
	/* From now, not from when the loop last woke up. */
	int r = sd_event_source_set_time(t->source, (uint64_t)(clock_mono().us + wait.us));
	return r < 0 ? r : sd_event_source_set_enabled(t->source, SD_EVENT_ONESHOT);
}

static int on_time(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct timer *t = userdata;

	(void)source, (void)usec;
	if (instant_compare(clock_now(), t->at) < 0) {
		struct duration left = clock_until(t->at);
		return arm(t, left.us > 0 ? left : STANDS_STILL);
	}
	t->at = INSTANT_NONE;
	t->fired(t->userdata);
	return 0;
}

int timer_new(struct timer **ret, sd_event *event, void (*fired)(void *userdata), void *userdata)
{
	struct timer *t = calloc(1, sizeof(*t));

	if (!t)
		return -ENOMEM;
	t->at = INSTANT_NONE;
	t->fired = fired;
	t->userdata = userdata;
	int r = sd_event_add_time(event, &t->source, CLOCK_BOOTTIME, UINT64_MAX, 1, on_time, t);
	if (r >= 0)
		r = sd_event_source_set_enabled(t->source, SD_EVENT_OFF);
	if (r < 0) {
		timer_free(t);
		return r;
	}
	*ret = t;
	return 0;
}

struct timer *timer_free(struct timer *t)
{
	if (!t)
		return NULL;
	sd_event_source_disable_unref(t->source);
	free(t);
	return NULL;
}

int timer_set(struct timer *t, struct instant at)
{
	t->at = at;
	if (instant_is_none(at))
		return sd_event_source_set_enabled(t->source, SD_EVENT_OFF);
	return arm(t, clock_until(at));
}
