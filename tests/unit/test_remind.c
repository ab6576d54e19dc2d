/* SPDX-License-Identifier: Apache-2.0 */
/* What is due becomes messages: merging, open hours, slices. See paminn-rules(7), When. */
#include "engine/remind.h"

#include "tests/unit/engine_fixture.h"

/* One step on a day: when its message leaves. Fri 15 May 2026 is the papers date. */
static const struct {
	int line;
	const char *calendar, *time, *steps, *leaves;
} hours[] = {
	{ __LINE__, NULL, "08:00", "0 owner", "05-15 08:00" },
	{ __LINE__, NULL, "07:30", "0 owner", "05-15 07:30" },
	{ __LINE__, NULL, "07:29", "0 owner", "05-15 07:30" },
	{ __LINE__, NULL, "16:59", "0 owner", "05-15 16:59" },
	{ __LINE__, NULL, "17:00", "0 owner", "05-18 07:30" }, /* [07:30, 17:00) */
	{ __LINE__, "closed=['2026-05-18'];", "17:00", "0 owner", "05-19 07:30" },
	{ __LINE__, "send_between=['09:00','16:00'];", "08:00", "0 owner", "05-15 09:00" },
	/* 30 April is a half day, when half days are on. */
	{ __LINE__, "half_days=true;", "12:00", "-9wd owner", "05-04 07:30" },
	{ __LINE__, "half_days=true;", "11:59", "-9wd owner", "04-30 11:59" },
	{ __LINE__, "half_days=false;", "12:00", "-9wd owner", "04-30 12:00" },
	/* Calendar days: before papers they roll back, after it forward. */
	{ __LINE__, NULL, "08:00", "-1d owner", "05-13 08:00" },
	{ __LINE__, NULL, "08:00", "+1d owner", "05-18 08:00" },
};

START_TEST(a_step_leaves_within_open_hours)
{
	struct written plan = { .calendar = hours[_i].calendar,
				.time = hours[_i].time,
				.steps = hours[_i].steps };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	world_to(w, "2026-06-30 12:00");
	ck_assert_msg(strncmp(w->tale, hours[_i].leaves, 11) == 0, "line %d: %s", hours[_i].line,
		      w->tale);
	world_free(w);
}
END_TEST

/* What is caused in the evening, of each kind that no ladder makes. */
START_TEST(every_kind_waits_for_the_opening)
{
	struct written plan = { .steps = "-2wd owner",
				.measures = TWO_MEASURES,
				.deadlines = HANDED_IN("A", "2026-05-15",
						       "") ", " ASKING("B", "2026-05-15", "") };
	struct world *w = world_new("2026-05-04 12:00", &plan);

	world_to(w, "2026-05-13 17:00");
	w->tale[0] = '\0';
	HEARD(w, "status", "HSN-03", "{'status':'off-track'}");
	HEARD(w, "submit", "A", "{'reference':'x'}");
	HEARD(w, "outcome", "A", "{'outcome':'noted','reference':'y'}");
	HEARD(w, "extend", "B", "{'due':'2026-05-18','reference':'z'}");
	HEARD(w, "assign", "HSN-07", "{'owner':'dir'}");
	world_to(w, "2026-05-15 07:29"); /* Ascension Day is between */
	TELLS(w, "");
	world_to(w, "2026-05-15 07:30");
	TELLS(w, "05-15 07:30 alert dir: HSN-03 off-track\n"
		 "05-15 07:30 alert stod: HSN-03 off-track\n"
		 "05-15 07:30 confirmation reg: A submitted, A outcome\n"
		 "05-15 07:30 confirmation ordf: A outcome\n"
		 "05-15 07:30 moved kir: B moved\n"
		 "05-15 07:30 moved reg: B moved\n"
		 "05-15 07:30 assigned dir: B/HSN-07 assigned\n"
		 "05-15 07:30 assigned kir: B/HSN-07 unassigned\n");
	world_free(w);
}
END_TEST

START_TEST(a_retry_waits_for_the_opening)
{
	struct world *w = world_new("2026-05-04 12:00",
				    &(struct written){ .time = "16:59", .steps = "-2wd owner" });

	w->down = "akut";
	world_to(w, "2026-05-12 17:00");
	w->down = NULL;
	world_to(w, "2026-05-29 12:00");
	TELLS(w, "05-13 07:30 reminder akut: RS-58/HSN-03 -2wd\n");
	world_free(w);
}
END_TEST

START_TEST(ladder_items_to_one_person_at_one_instant_are_one_message)
{
	struct written plan = {
		.measures = ONE_MEASURE ", { id='HSN-07'; title='x'; owner='akut'; }",
		.deadlines = ASKING("A", "2026-05-15", "") ", " ASKING(
			"B", "2026-05-15", "") ", " ASKING("C", "2026-05-20", ""),
		.steps = "-5wd owner; 0 owner",
	};
	struct world *w = world_new("2026-05-06 12:00", &plan);

	world_to(w, "2026-05-20 12:00");
	TELLS(w, "05-07 08:00 reminder akut: A/HSN-03 -5wd, A/HSN-07 -5wd, B/HSN-03 -5wd, "
		 "B/HSN-07 -5wd\n"
		 "05-12 08:00 reminder akut: C/HSN-03 -5wd, C/HSN-07 -5wd\n"
		 "05-15 08:00 reminder akut: A/HSN-03 0, A/HSN-07 0, B/HSN-03 0, B/HSN-07 0\n"
		 "05-20 08:00 reminder akut: C/HSN-03 0, C/HSN-07 0\n");
	world_free(w);
}
END_TEST

START_TEST(steps_of_different_days_that_move_to_one_opening_are_one_message)
{
	struct written plan = {
		.deadlines = ASKING("A", "2026-05-15",
				    "") ", { id='B'; title='x'; "
					"due='2026-05-15'; answers_from=['HSN-*']; inform=['reg']; "
					"ladder='evening'; }",
		.steps = "+1d owner",
		.time = "07:00",
		.ladders =
			", { name='evening'; time='18:00'; steps=( { at='0'; to=['owner']; } ); }",
	};
	struct world *w = world_new("2026-05-06 12:00", &plan);

	world_to(w, "2026-05-20 12:00");
	TELLS(w, "05-18 07:30 reminder akut: A/HSN-03 +1d, B/HSN-03 0\n");
	world_free(w);
}
END_TEST

/* The plan comes early on 15 May, when a step is past and another is due later that day: what is late merges into that,
 * of a channel as of a person, unless the later step will not reach them. */
static const struct {
	int line;
	const char *steps, *away, *tale;
} same_day[] = {
	{ __LINE__, "-2wd owner; 0 owner", NULL, "05-15 08:00 reminder akut: RS-58/HSN-03 0\n" },
	{ __LINE__, "-2wd channel:hook; 0 channel:hook", NULL,
	  "05-15 08:00 escalation channel:hook@hook: RS-58/HSN-03 0\n" },
	{ __LINE__, "-2wd channel:hook; 0 role:support", NULL,
	  "05-15 07:30 escalation channel:hook@hook: RS-58/HSN-03 -2wd late\n"
	  "05-15 08:00 escalation stod: RS-58/HSN-03 0\n" },
	{ __LINE__, "-2wd channel:hook; 0 owner", "{'from':'2026-05-15','until':'2026-05-15'}",
	  "05-15 07:30 escalation channel:hook@hook: RS-58/HSN-03 -2wd late\n"
	  "05-15 08:00 alert dir: RS-58/HSN-03 absent\n" },
	{ __LINE__, "-2wd manager; 0 owner",
	  "{'from':'2026-05-15','until':'2026-05-15','deputy':'dir'}",
	  "05-15 08:00 reminder dir: RS-58/HSN-03 0\n" },
};

START_TEST(what_is_late_merges_into_a_step_of_the_same_day)
{
	struct written plan = { .steps = same_day[_i].steps };
	struct world *w = world_new("2026-05-15 06:00", &plan);

	if (same_day[_i].away)
		HEARD(w, "absence", "akut", same_day[_i].away);
	world_to(w, "2026-05-15 12:00");
	ck_assert_msg(strcmp(w->tale, same_day[_i].tale) == 0, "line %d: told\n%s",
		      same_day[_i].line, w->tale);
	world_free(w);
}
END_TEST

START_TEST(it_is_a_reminder_if_any_of_it_is_theirs_to_answer)
{
	struct written plan = {
		.measures = ONE_MEASURE ", { id='HSN-07'; title='x'; owner='dir'; }",
		.deadlines = ASKING("A", "2026-05-15", "") ", " ASKING("B", "2026-05-18", ""),
		.steps = "-1wd owner; 0 owner; +1wd manager",
	};
	struct world *w = world_new("2026-05-14 12:00", &plan);

	world_to(w, "2026-05-17 12:00");
	w->tale[0] = '\0';
	world_to(w, "2026-05-18 12:00");
	TELLS(w, "05-18 08:00 reminder dir: A/HSN-03 +1wd, B/HSN-07 0\n"
		 "05-18 08:00 escalation ordf: A/HSN-07 +1wd\n"
		 "05-18 08:00 reminder akut: B/HSN-03 0\n");
	world_free(w);
}
END_TEST

START_TEST(all_channels_of_a_person_receive)
{
	struct written plan = {
		.people = PERSON("akut", "manager='dir'; channels=['mail','hook'];") ", " PERSON(
			"dir", "channels=['hook'];") ", " PERSON("reg", ""),
		.steps = "0 owner; +1wd manager",
		.alerts = "",
	};
	struct world *w = world_new("2026-05-14 12:00", &plan);

	world_to(w, "2026-05-20 12:00");
	TELLS(w, "05-15 08:00 reminder akut: RS-58/HSN-03 0\n"
		 "05-15 08:00 reminder akut@hook: RS-58/HSN-03 0\n"
		 "05-18 08:00 escalation dir@hook: RS-58/HSN-03 +1wd\n");
	world_free(w);
}
END_TEST

START_TEST(what_is_due_is_decided_in_slices_and_is_the_same)
{
	char measures[4000] = "";
	struct written plan = { .measures = measures, .steps = "0 owner" };
	struct world *w;
	bool more;
	int slices = 0;

	for (int i = 0; i < 25; i++)
		tell(measures, sizeof(measures), "%s{ id='HSN-%02d'; title='x'; owner='akut'; }",
		     i ? ", " : "", i);
	w = world_new("2026-05-14 12:00", &plan);
	w->now = instant_of("2026-05-15 08:00");
	do {
		ck_assert_int_eq(remind_due(&w->e, w->now, 10, &more), 0);
		slices++;
	} while (more);
	ck_assert_int_eq(slices, 3);
	world_to(w, "2026-05-15 12:00");
	for (const char *c = w->tale; *c; c++)
		ck_assert(*c != '\n' || c[1] == '\0'); /* one message */
	ck_assert_ptr_nonnull(strstr(w->tale, "HSN-00 0, RS-58/HSN-01 0"));
	ck_assert_ptr_nonnull(strstr(w->tale, "HSN-24 0\n"));
	world_free(w);
}
END_TEST

/* Neither the hour that is left out nor the one that comes twice makes a step fire twice or vanish. */
static const struct {
	int line;
	const char *begins, *due, *time, *tale;
} clocks[] = {
	{ __LINE__, "2026-03-20 12:00", "2026-03-30", "08:00",
	  "03-27 08:00 reminder akut: A/HSN-03 -1wd\n"
	  "03-30 08:00 reminder akut: A/HSN-03 0\n" },
	{ __LINE__, "2026-10-20 12:00", "2026-10-26", "08:00",
	  "10-23 08:00 reminder akut: A/HSN-03 -1wd\n"
	  "10-26 08:00 reminder akut: A/HSN-03 0\n" },
	{ __LINE__, "2028-02-24 12:00", "2028-02-29", "02:30",
	  "02-28 07:30 reminder akut: A/HSN-03 -1wd\n"
	  "02-29 07:30 reminder akut: A/HSN-03 0\n" },
};

START_TEST(a_change_of_summer_time_moves_no_step)
{
	char deadline[300];
	struct written plan = { .deadlines = deadline,
				.steps = "-1wd owner; 0 owner",
				.time = clocks[_i].time };
	struct world *w;

	snprintf(deadline, sizeof(deadline),
		 "{ id='A'; title='x'; due='%s'; answers_from=['HSN-*']; inform=['reg']; "
		 "ladder='standard'; }",
		 clocks[_i].due);
	w = world_new(clocks[_i].begins, &plan);
	world_reach(w, instant_add(w->now, DAYS(40)));
	TELLS(w, clocks[_i].tale);
	world_free(w);
}
END_TEST

/* ---- hold ----------------------------------------------------------------------------------------- */

/* The reminder did not leave: that says nothing of whether its recipient can be reached. */
START_TEST(what_hold_keeps_back_is_no_news_of_one_who_cannot_be_reached)
{
	struct written plan = { .steps = "0 owner; +1wd manager" };
	struct world *w = world_new("2026-05-12 10:00", &plan);

	world_hold(w, true);
	world_to(w, "2026-05-19 12:00");
	TELLS(w, "");
	world_hold(w, false);
	world_to(w, "2026-06-19 12:00");
	TELLS(w, "05-19 12:00 reminder akut: RS-58/HSN-03 0\n"
		 "05-20 08:00 escalation dir: RS-58/HSN-03 +1wd\n");
	world_free(w);
}
END_TEST

/* All of it would leave at the same instant. */
START_TEST(what_hold_keeps_back_for_one_person_is_one_message)
{
	struct written plan = { .deadlines = ASKING("A", "2026-05-15",
						    "") ", " ASKING("B", "2026-05-22", ""),
				.steps = "-5wd owner; -2wd owner; 0 owner; +1wd owner manager" };
	struct world *w = world_new("2026-05-04 10:00", &plan);

	world_hold(w, true);
	world_to(w, "2026-05-15 12:00");
	TELLS(w, "");
	world_hold(w, false);
	world_to(w, "2026-05-15 13:00");
	TELLS(w, "05-15 12:00 reminder akut: A/HSN-03 0, B/HSN-03 -5wd\n");
	ck_assert_int_eq(obligation_of(w, "A", "HSN-03").asked, 1);
	MARKS_ARE(w, "A", "HSN-03",
		  "1 -5wd.0 akut merged: merged into the step -2wd, while messages were kept back\n"
		  "1 -2wd.0 akut merged: merged into the step 0, while messages were kept back\n"
		  "1 0.0 akut sent: on the papers date 2026-05-15\n");
	world_to(w, "2026-05-18 12:00"); /* as ever then */
	TELLS(w, "05-18 08:00 reminder akut: A/HSN-03 +1wd\n"
		 "05-18 08:00 escalation dir: A/HSN-03 +1wd\n");
	world_free(w);
}
END_TEST

/* One who was not reached before is told of when messages may leave again. */
START_TEST(one_who_cannot_be_reached_is_told_of_after_hold)
{
	struct written plan = { .steps = "0 owner; +1wd manager" };
	struct world *w = world_new("2026-05-12 10:00", &plan);

	w->down = "akut";
	world_to(w, "2026-05-17 12:00");
	world_hold(w, true);
	world_to(w, "2026-05-18 12:00");
	world_hold(w, false);
	world_to(w, "2026-06-19 12:00");
	TELLS(w, "05-19 08:00 alert stod: RS-58/HSN-03 unreached\n");
	world_free(w);
}
END_TEST

UNIT_TESTS("engine/remind", UNIT_ROWS(a_step_leaves_within_open_hours, UNIT_COUNT(hours)),
	   UNIT(every_kind_waits_for_the_opening), UNIT(a_retry_waits_for_the_opening),
	   UNIT(ladder_items_to_one_person_at_one_instant_are_one_message),
	   UNIT(steps_of_different_days_that_move_to_one_opening_are_one_message),
	   UNIT_ROWS(what_is_late_merges_into_a_step_of_the_same_day, UNIT_COUNT(same_day)),
	   UNIT(it_is_a_reminder_if_any_of_it_is_theirs_to_answer),
	   UNIT(all_channels_of_a_person_receive),
	   UNIT(what_is_due_is_decided_in_slices_and_is_the_same),
	   UNIT_ROWS(a_change_of_summer_time_moves_no_step, UNIT_COUNT(clocks)),
	   UNIT(what_hold_keeps_back_is_no_news_of_one_who_cannot_be_reached),
	   UNIT(what_hold_keeps_back_for_one_person_is_one_message),
	   UNIT(one_who_cannot_be_reached_is_told_of_after_hold))
