/* SPDX-License-Identifier: Apache-2.0 */
#include "base/deferred.h"
#include "unit.h"

struct worker {
	struct deferred *soon;
	int worked;
};

static void work_again(void *userdata)
{
	struct worker *w = userdata;

	w->worked++;
	deferred_ask(w->soon);
}

static void work_once(void *userdata)
{
	struct worker *w = userdata;

	w->worked++;
}

static void rounds(sd_event *event, int count)
{
	while (count-- > 0)
		ck_assert_int_ge(sd_event_run(event, 0), 0);
}

START_TEST(the_tireless_take_turns)
{
	struct worker workers[3] = { 0 };
	sd_event *event;

	ck_assert_int_ge(sd_event_new(&event), 0);
	for (int i = 0; i < 3; i++) {
		ck_assert_int_eq(deferred_new(&workers[i].soon, event, work_again, &workers[i]), 0);
		deferred_ask(workers[i].soon);
	}
	rounds(event, 300);
	for (int i = 0; i < 3; i++) {
		ck_assert_int_ge(workers[i].worked, 90);
		deferred_free(workers[i].soon);
	}
	sd_event_unref(event);
}
END_TEST

START_TEST(work_is_done_when_asked_for_and_only_then)
{
	struct worker w = { 0 };
	sd_event *event;

	ck_assert_int_ge(sd_event_new(&event), 0);
	ck_assert_int_eq(deferred_new(&w.soon, event, work_once, &w), 0);
	rounds(event, 3);
	ck_assert_int_eq(w.worked, 0);
	deferred_ask(w.soon);
	deferred_ask(w.soon);
	rounds(event, 3);
	ck_assert_int_eq(w.worked, 1);
	deferred_ask(w.soon);
	deferred_cancel(w.soon);
	rounds(event, 3);
	ck_assert_int_eq(w.worked, 1);
	deferred_free(w.soon);
	sd_event_unref(event);
}
END_TEST

START_TEST(nothing_is_done_after_the_loop_has_ended)
{
	struct worker w = { 0 };
	sd_event *event;

	ck_assert_int_ge(sd_event_new(&event), 0);
	ck_assert_int_eq(deferred_new(&w.soon, event, work_once, &w), 0);
	ck_assert_int_ge(sd_event_exit(event, 0), 0);
	ck_assert_int_eq(sd_event_loop(event), 0);
	deferred_ask(w.soon);
	deferred_cancel(w.soon);
	ck_assert_int_eq(w.worked, 0);
	deferred_free(w.soon);
	sd_event_unref(event);
}
END_TEST

UNIT_TESTS("base/deferred", UNIT(the_tireless_take_turns),
	   UNIT(work_is_done_when_asked_for_and_only_then),
	   UNIT(nothing_is_done_after_the_loop_has_ended))
