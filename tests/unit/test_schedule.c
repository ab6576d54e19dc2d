/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rhythm of the daemon, in a real loop under a rehearsal's clock: each thing at its very instant,
 * decisions before messages, nothing while on hold.
 */
#include "engine/schedule.h"

#include "base/clock.h"
#include "tests/unit/engine_fixture.h"

#define SPEED 1e7 /* a day in nine milliseconds */

struct stage {
	struct world *w;
	sd_event *event;
	struct schedule *schedule;
	struct instant until; /* the play ends when nothing is due before it */
	bool on_hold;	      /* then messages stay due, and it ends after the decisions */
	int deliveries;	      /* how often messages were let go */
	int busy;	      /* how many times more an attempt is said to be under way */
	bool undecided;	      /* messages were let go while something was to be decided */
};

static void deliver(void *userdata)
{
	struct stage *s = userdata;
	struct due_instants due;

	s->w->now = clock_now();
	ck_assert_int_eq(ledger_next_due(s->w->e.ledger, &due), 0);
	s->undecided |= instant_compare(due.decisions, s->w->now) <= 0;
	ck_assert_int_eq(turn_join(s->w->e.turn), 0);
	world_deliver(s->w);
	s->deliveries++;
}

static bool is_busy(void *userdata)
{
	struct stage *s = userdata;

	return s->busy > 0 && s->busy--;
}

static const struct schedule_calls calls = { deliver, is_busy };

static void on_fatal(void *userdata, int error)
{
	(void)userdata;
	ck_abort_msg("the store failed: %d", error);
}

static void after_turn(void *userdata, enum turn_end end)
{
	struct stage *s = userdata;
	struct due_instants due;

	ck_assert_int_eq(end, TURN_COMMITTED);
	ck_assert_int_eq(ledger_next_due(s->w->e.ledger, &due), 0);
	if (s->on_hold)
		due.messages = INSTANT_NONE;
	if (instant_compare(instant_min(due.decisions, due.messages), s->until) > 0)
		sd_event_exit(s->event, 0);
}

/* A world on the stage: the loop's turn instead of the test's own transaction. */
static struct stage *set_up(const char *begins, const struct written *plan, const char *until)
{
	struct stage *s = calloc(1, sizeof(*s));

	s->w = world_new(begins, plan);
	ck_assert_int_eq(ledger_commit(s->w->e.ledger), 0);
	s->until = instant_of(until);
	clock_rehearse(s->w->now, SPEED);
	ck_assert_int_ge(sd_event_new(&s->event), 0);
	ck_assert_int_eq(turn_new(&s->w->e.turn, s->w->e.ledger, s->event, on_fatal, NULL), 0);
	ck_assert_int_eq(turn_listen(s->w->e.turn, after_turn, s), 0);
	ck_assert_int_eq(schedule_new(&s->schedule, &s->w->e, s->event, &calls, s), 0);
	return s;
}

/* Run until the end of the play; the time limit of tests stops one that has none. */
static void play(struct stage *s)
{
	schedule_wake(s->schedule);
	ck_assert_int_eq(sd_event_loop(s->event), 0);
}

static void tear_down(struct stage *s)
{
	schedule_free(s->schedule);
	turn_free(s->w->e.turn);
	sd_event_unref(s->event);
	world_free(s->w);
	free(s);
}

START_TEST(each_message_leaves_at_its_very_instant)
{
	struct stage *s = set_up("2026-04-22 12:00", &(struct written){ 0 }, "2026-12-31 12:00");

	play(s);
	TELLS(s->w, "04-29 08:00 reminder akut: RS-58/HSN-03 -10wd\n"
		    "05-07 08:00 reminder akut: RS-58/HSN-03 -5wd\n"
		    "05-12 08:00 reminder akut: RS-58/HSN-03 -2wd\n"
		    "05-15 08:00 reminder akut: RS-58/HSN-03 0\n"
		    "05-18 08:00 reminder akut: RS-58/HSN-03 +1wd\n"
		    "05-18 08:00 escalation dir: RS-58/HSN-03 +1wd\n"
		    "05-20 08:00 escalation stod: RS-58/HSN-03 +3wd\n"
		    "05-22 08:00 escalation stod: RS-58/HSN-03 +3wd\n"
		    "05-26 08:00 escalation stod: RS-58/HSN-03 +3wd\n"
		    "05-28 08:00 escalation stod: RS-58/HSN-03 +3wd\n");
	ck_assert_int_eq(s->w->now.us, instant_of("2026-05-28 08:00").us);
	ck_assert(!s->undecided);
	tear_down(s);
}
END_TEST

START_TEST(all_of_an_instant_is_decided_before_anything_leaves)
{
	char *measures = calloc(1, 60000);
	struct written plan = { .measures = measures, .steps = "0 owner" };
	struct stage *s;

	for (int i = 0; i < 600; i++) /* three slices */
		tell(measures, 60000, "%s{ id='HSN-%03d'; title='x'; owner='akut'; }",
		     i ? ", " : "", i);
	s = set_up("2026-05-14 12:00", &plan, "2026-12-31 12:00");
	free(measures);
	play(s);
	ck_assert(!s->undecided);
	ck_assert_int_eq(s->deliveries, 1);
	ck_assert_ptr_nonnull(strstr(s->w->tale, "HSN-599 0\n"));
	tear_down(s);
}
END_TEST

START_TEST(on_hold_all_is_decided_and_nothing_leaves)
{
	struct written plan = { .steps = "-2wd owner; 0 owner" };
	struct stage *s = set_up("2026-05-11 12:00", &plan, "2026-12-31 12:00");

	ck_assert_int_eq(ledger_begin(s->w->e.ledger), 0);
	ck_assert_int_eq(ledger_set_meta(s->w->e.ledger, META_HOLD, "on"), 0);
	ck_assert_int_eq(ledger_commit(s->w->e.ledger), 0);
	s->on_hold = true;
	play(s);
	TELLS(s->w, "");
	ck_assert_int_eq(s->deliveries, 0);
	MARKS_ARE(s->w, "RS-58", "HSN-03", /* the last step speaks for the one before */
		  "1 -2wd.0 akut merged: merged into the step 0, while messages were kept back\n"
		  "1 0.0 akut sent: on the papers date 2026-05-15\n");
	tear_down(s);
}
END_TEST

START_TEST(attempts_under_way_hold_the_clock)
{
	struct written plan = { .steps = "-2wd owner; 0 owner" };
	struct stage *s = set_up("2026-05-11 12:00", &plan, "2026-12-31 12:00");
	struct instant before = clock_now();

	s->busy = 1;
	schedule_wake(s->schedule); /* it looks, and stands */
	ck_assert_int_eq(s->busy, 0);
	usleep(10000); /* more than a day, did it go on */
	ck_assert_int_eq(clock_now().us, before.us);
	play(s); /* the attempt has ended */
	TELLS(s->w, "05-12 08:00 reminder akut: RS-58/HSN-03 -2wd\n"
		    "05-15 08:00 reminder akut: RS-58/HSN-03 0\n");
	tear_down(s);
}
END_TEST

START_TEST(it_is_quiet_when_nothing_is_due_or_under_way)
{
	struct written plan = { .steps = "-2wd owner; 0 owner" };
	struct stage *s = set_up("2026-05-11 12:00", &plan, "2026-05-12 12:00");

	clock_stand(instant_of("2026-05-11 12:00"));
	s->busy = 1;
	ck_assert(!schedule_is_quiet(s->schedule));
	ck_assert(schedule_is_quiet(s->schedule));
	clock_stand(instant_of("2026-05-12 08:00")); /* the reminder's instant */
	clock_barrier(INSTANT_NONE);
	usleep(20000);
	ck_assert_int_eq(clock_now().us, instant_of("2026-05-12 08:00").us);
	ck_assert(!schedule_is_quiet(s->schedule));
	play(s);
	TELLS(s->w, "05-12 08:00 reminder akut: RS-58/HSN-03 -2wd\n");
	ck_assert_int_eq(clock_now().us, instant_of("2026-05-12 08:00").us);
	ck_assert(schedule_is_quiet(s->schedule));
	tear_down(s);
}
END_TEST

START_TEST(what_was_due_while_down_is_decided_at_once)
{
	struct written plan = { .steps = "-5wd owner; -2wd owner; 0 owner" };
	struct stage *s = set_up("2026-04-22 12:00", &plan, "2026-12-31 12:00");

	clock_rehearse(instant_of("2026-05-13 10:00"), SPEED);
	play(s);
	ck_assert_ptr_nonnull(strstr(s->w->tale, " reminder akut: RS-58/HSN-03 -2wd late\n"));
	ck_assert_ptr_nonnull(strstr(s->w->tale, "05-15 08:00 reminder akut: RS-58/HSN-03 0\n"));
	ck_assert_int_eq(strncmp(s->w->tale, "05-13 10:00 ", 12), 0);
	tear_down(s);
}
END_TEST

UNIT_TESTS("engine/schedule", UNIT(each_message_leaves_at_its_very_instant),
	   UNIT(all_of_an_instant_is_decided_before_anything_leaves),
	   UNIT(on_hold_all_is_decided_and_nothing_leaves), UNIT(attempts_under_way_hold_the_clock),
	   UNIT(it_is_quiet_when_nothing_is_due_or_under_way),
	   UNIT(what_was_due_while_down_is_decided_at_once))
