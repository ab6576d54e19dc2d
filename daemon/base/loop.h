/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The loop's surroundings: signals, readiness, status line and watchdog of systemd, exit code. The
 * loop itself is sd-event; modules take its sd_event and add their own sources.
 */
#pragma once
#include <systemd/sd-event.h>

#include "base/instant.h"

struct loop;

struct loop_calls {
	void (*reload)(void *userdata); /* SIGHUP */
	/* Watchdog: make real progress in the ledger, say 0 when that worked. */
	int (*alive)(void *userdata);
};

/* Blocks SIGTERM, SIGINT, SIGHUP and ignores SIGPIPE: call before any thread is made. */
int loop_new(struct loop **ret, const struct loop_calls *calls, void *userdata);
struct loop *loop_free(struct loop *l);
sd_event *loop_event(struct loop *l);

/* READY=1 to systemd, one line of log and status, and only now the watchdog. */
void loop_ready(struct loop *l, const char *line);
/* RELOADING=1 … READY=1 around a reload. */
void loop_reloading(struct loop *l, bool begin);
/* What the STATUS= line of `systemctl status` tells of. */
enum loop_part { LOOP_CHANNELS, LOOP_INBOX, LOOP_PARTS };
/* How this part of the daemon is: what is wrong, as a line, or NULL when all is well with it again. */
void loop_status(struct loop *l, enum loop_part part, const char *line);
/* Run until a stop; returns the exit code (0 after SIGTERM/SIGINT, else what loop_stop gave). */
int loop_run(struct loop *l);
void loop_stop(struct loop *l, int exit_code);

/* A timer on the daemon's clock (real or rehearsed). One-shot; robust against clock steps: it looks
 * again at least every 30 s of real time. */
struct timer;
int timer_new(struct timer **ret, sd_event *event, void (*fired)(void *userdata), void *userdata);
struct timer *timer_free(struct timer *t);
/* Fire when clock_now reaches at; INSTANT_NONE disarms. */
int timer_set(struct timer *t, struct instant at);
