/* SPDX-License-Identifier: Apache-2.0 */
#include "base/loop.h"

#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"
#include "tests/unit/unit.h"

struct calls {
	struct loop *loop;
	int reloads, looks;
	int alive; /* what the watchdog's look finds */
};

static void reload(void *userdata)
{
	struct calls *c = userdata;

	c->reloads++;
	raise(SIGTERM);
}

static int alive(void *userdata)
{
	struct calls *c = userdata;

	if (++c->looks == 3)
		loop_stop(c->loop, 0);
	return c->alive;
}

static void make(struct calls *c)
{
	static const struct loop_calls calls = { reload, alive };

	ck_assert_int_eq(loop_new(&c->loop, &calls, c), 0);
}

START_TEST(signals_reload_and_stop)
{
	struct calls c = { 0 };

	make(&c);
	raise(SIGPIPE);
	raise(SIGHUP);
	ck_assert_int_eq(loop_run(c.loop), 0);
	ck_assert_int_eq(c.reloads, 1);
	loop_free(c.loop);
}
END_TEST

START_TEST(a_stop_gives_the_exit_code)
{
	struct calls c = { 0 };

	make(&c);
	loop_stop(c.loop, 74);
	ck_assert_int_eq(loop_run(c.loop), 74);
	loop_free(c.loop);
	ck_assert_ptr_null(loop_free(NULL));
}
END_TEST

/* ---- systemd --------------------------------------------------------------------------------- */

static int hear_systemd(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	char name[64];
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);

	snprintf(name, sizeof(name), "@paminn-unit-%d", (int)getpid());
	setenv("NOTIFY_SOCKET", name, 1);
	memcpy(address.sun_path + 1, name + 1, strlen(name) - 1);
	socklen_t length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(name));
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&address, length), 0);
	return fd;
}

/* All that was said so far, with "|" after each message. */
static const char *heard(int fd)
{
	static char all[1024];
	size_t length = 0;

	for (ssize_t n; (n = recv(fd, all + length, sizeof(all) - 2 - length, 0)) >= 0;) {
		length += (size_t)n;
		all[length++] = '|';
	}
	all[length] = '\0';
	return all;
}

static void watch(const char *usec)
{
	char pid[16];

	snprintf(pid, sizeof(pid), "%d", (int)getpid());
	setenv("WATCHDOG_PID", pid, 1);
	setenv("WATCHDOG_USEC", usec, 1);
}

START_TEST(systemd_hears_ready_before_the_watchdog)
{
	struct calls c = { 0 };
	int fd = hear_systemd();

	watch("20000");
	make(&c);
	ck_assert_str_eq(heard(fd), "");
	loop_ready(c.loop, "ready: 3 measures");
	ck_assert_str_eq(heard(fd), "READY=1|STATUS=ready: 3 measures|");
	ck_assert_int_eq(loop_run(c.loop), 0);
	ck_assert_str_eq(heard(fd), "WATCHDOG=1|WATCHDOG=1|WATCHDOG=1|STOPPING=1|");
	loop_free(c.loop);
	close(fd);
}
END_TEST

START_TEST(a_watchdog_without_progress_is_not_fed)
{
	struct calls c = { .alive = -5 };
	int fd = hear_systemd();

	watch("20000");
	make(&c);
	loop_ready(c.loop, "ready");
	heard(fd);
	ck_assert_int_eq(loop_run(c.loop), 0);
	ck_assert_int_eq(c.looks, 3);
	ck_assert_str_eq(heard(fd), "STOPPING=1|");
	loop_free(c.loop);
	close(fd);
}
END_TEST

START_TEST(systemd_hears_reloads_and_one_line_of_status)
{
	struct calls c = { 0 };
	int fd = hear_systemd();

	make(&c);
	loop_reloading(c.loop, true);
	loop_reloading(c.loop, false);
	loop_status(c.loop, LOOP_CHANNELS, "held\nMAINPID=1");
	ck_assert_str_eq(heard(fd), "RELOADING=1|READY=1|STATUS=held|");
	loop_status(c.loop, LOOP_INBOX, "down");
	loop_status(c.loop, LOOP_CHANNELS, NULL);
	loop_status(c.loop, LOOP_INBOX, NULL);
	ck_assert_str_eq(heard(fd), "STATUS=held; down|STATUS=down|STATUS=all is well|");
	loop_free(c.loop);
	close(fd);
}
END_TEST

/* ---- timers ---------------------------------------------------------------------------------- */

struct alarm {
	sd_event *event;
	struct timer *timer;
	struct instant again; /* to set when it fires; INSTANT_NONE: stop */
	struct instant fired;
	int count;
};

static void on_alarm(void *userdata)
{
	struct alarm *a = userdata;

	a->fired = clock_now();
	a->count++;
	if (instant_is_none(a->again))
		sd_event_exit(a->event, 0);
	else
		timer_set(a->timer, a->again);
	a->again = INSTANT_NONE;
}

static void make_alarm(struct alarm *a)
{
	a->again = INSTANT_NONE;
	ck_assert_int_ge(sd_event_new(&a->event), 0);
	ck_assert_int_eq(timer_new(&a->timer, a->event, on_alarm, a), 0);
}

static void done_alarm(struct alarm *a)
{
	timer_free(a->timer);
	sd_event_unref(a->event);
}

/* Turn the loop for so long. */
static void run_for(struct alarm *a, uint64_t usec)
{
	uint64_t now, end;

	sd_event_now(a->event, CLOCK_MONOTONIC, &now);
	for (end = now + usec; now < end; sd_event_now(a->event, CLOCK_MONOTONIC, &now))
		if (sd_event_get_state(a->event) == SD_EVENT_FINISHED ||
		    sd_event_run(a->event, end - now) < 0)
			return;
}

START_TEST(a_timer_never_fires_early)
{
	struct alarm a = { 0 };
	struct instant at = instant_add(clock_now(), (struct duration){ 30000 });

	make_alarm(&a);
	ck_assert_int_ge(timer_set(a.timer, at), 0);
	ck_assert_int_eq(sd_event_loop(a.event), 0);
	ck_assert_int_eq(a.count, 1);
	ck_assert_int_ge(a.fired.us, at.us);
	ck_assert_int_lt(a.fired.us, at.us + 5000000);
	done_alarm(&a);
	ck_assert_ptr_null(timer_free(NULL));
}
END_TEST

START_TEST(a_past_instant_fires_at_once_and_again_when_set_again)
{
	struct alarm a = { 0 };

	make_alarm(&a);
	a.again = (struct instant){ 1 };
	timer_set(a.timer, (struct instant){ 0 });
	ck_assert_int_eq(sd_event_loop(a.event), 0);
	ck_assert_int_eq(a.count, 2);
	done_alarm(&a);
}
END_TEST

START_TEST(a_disarmed_timer_is_silent)
{
	struct alarm a = { 0 };

	make_alarm(&a);
	timer_set(a.timer, instant_add(clock_now(), (struct duration){ 5000 }));
	timer_set(a.timer, INSTANT_NONE);
	run_for(&a, 30000);
	ck_assert_int_eq(a.count, 0);
	done_alarm(&a);
}
END_TEST

START_TEST(a_rehearsals_timer_keeps_its_clock)
{
	const struct instant start = { 1777000000000000 };
	struct instant at = instant_add(start, HOURS(2));
	struct alarm a = { 0 };

	clock_rehearse(start, 72000); /* two hours in a tenth of a second */
	clock_barrier(INSTANT_NONE);
	make_alarm(&a);
	timer_set(a.timer, at);
	ck_assert_int_eq(sd_event_loop(a.event), 0);
	ck_assert_int_ge(a.fired.us, at.us);
	done_alarm(&a);
}
END_TEST

START_TEST(a_rehearsals_timer_waits_behind_the_barrier)
{
	const struct instant start = { 1777000000000000 };
	struct instant at = instant_add(start, HOURS(2));
	struct alarm a = { 0 };

	clock_rehearse(start, 720000);
	clock_barrier(instant_add(start, HOURS(1)));
	make_alarm(&a);
	timer_set(a.timer, at);
	run_for(&a, 50000);
	ck_assert_int_eq(a.count, 0);

	clock_barrier(at);
	ck_assert_int_eq(sd_event_loop(a.event), 0);
	ck_assert_int_eq(a.fired.us, at.us);
	done_alarm(&a);
}
END_TEST

UNIT_TESTS("base/loop", UNIT(signals_reload_and_stop), UNIT(a_stop_gives_the_exit_code),
	   UNIT(systemd_hears_ready_before_the_watchdog),
	   UNIT(a_watchdog_without_progress_is_not_fed),
	   UNIT(systemd_hears_reloads_and_one_line_of_status), UNIT(a_timer_never_fires_early),
	   UNIT(a_past_instant_fires_at_once_and_again_when_set_again),
	   UNIT(a_disarmed_timer_is_silent), UNIT(a_rehearsals_timer_keeps_its_clock),
	   UNIT(a_rehearsals_timer_waits_behind_the_barrier))
