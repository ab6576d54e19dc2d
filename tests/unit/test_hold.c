/* SPDX-License-Identifier: Apache-2.0 */
/* paminn(1), hold: stewards are told that it is on, and that it has ended. */
#include "engine/outbox/hold.h"

#include "ledger/lists.h"
#include "tests/unit/engine_fixture.h"

static const struct written plan = {
	.people = PERSON("akut", "") ", " PERSON("reg", "") ", " PERSON(
		"stina",
		"roles=['steward'];") ", " PERSON("sten",
						  "roles=['steward']; steward_of=['HSN-03'];"),
	.steps = "-5wd owner; -4wd owner",
	.alerts = "",
};

/* On at one instant, off at another, and so on; what stewards hear of it, each of the two. */
static const struct {
	int line;
	const char *turns[6];
	const char *tale; /* stina's and akut's lines */
} turns[] = {
	{ __LINE__,
	  { "2026-05-07 09:00", "2026-05-08 10:00" },
	  "05-07 08:00 reminder akut: RS-58/HSN-03 -5wd\n"
	  "05-07 09:00 hold stina: hold on\n"
	  "05-08 10:00 reminder akut: RS-58/HSN-03 -4wd\n"
	  "05-08 10:00 hold stina: hold off\n" },
	/* On in the evening: at the next opening. Off before that: nothing. */
	{ __LINE__,
	  { "2026-05-06 20:00", "2026-05-07 10:00" },
	  "05-07 07:30 hold stina: hold on\n"
	  "05-07 10:00 reminder akut: RS-58/HSN-03 -5wd\n"
	  "05-07 10:00 hold stina: hold off\n"
	  "05-08 08:00 reminder akut: RS-58/HSN-03 -4wd\n" },
	{ __LINE__,
	  { "2026-05-06 20:00", "2026-05-06 21:00" },
	  "05-07 08:00 reminder akut: RS-58/HSN-03 -5wd\n"
	  "05-08 08:00 reminder akut: RS-58/HSN-03 -4wd\n" },
	/* Off in the evening: on the next morning, unless it is on again by then. */
	{ __LINE__,
	  { "2026-05-05 09:00", "2026-05-05 20:00" },
	  "05-05 09:00 hold stina: hold on\n"
	  "05-06 07:30 hold stina: hold off\n"
	  "05-07 08:00 reminder akut: RS-58/HSN-03 -5wd\n"
	  "05-08 08:00 reminder akut: RS-58/HSN-03 -4wd\n" },
	{ __LINE__,
	  { "2026-05-05 09:00", "2026-05-05 20:00", "2026-05-05 20:05", "2026-05-07 10:00" },
	  "05-05 09:00 hold stina: hold on\n"
	  "05-07 10:00 reminder akut: RS-58/HSN-03 -5wd\n"
	  "05-07 10:00 hold stina: hold off\n"
	  "05-08 08:00 reminder akut: RS-58/HSN-03 -4wd\n" },
	{ __LINE__,
	  { "2026-05-05 20:00", "2026-05-05 20:01", "2026-05-05 20:02", "2026-05-05 20:03",
	    "2026-05-05 20:04", "2026-05-06 09:00" },
	  "05-06 07:30 hold stina: hold on\n"
	  "05-06 09:00 hold stina: hold off\n"
	  "05-07 08:00 reminder akut: RS-58/HSN-03 -5wd\n"
	  "05-08 08:00 reminder akut: RS-58/HSN-03 -4wd\n" },
};

/* The lines of the tale that are not of this person. */
static void leave_out(char *tale, const char *person)
{
	char *copy = strdup(tale), *to = tale, *rest = copy, *line;
	char mark[40];

	ck_assert_ptr_nonnull(copy);
	snprintf(mark, sizeof(mark), " %s: ", person);
	while ((line = strsep(&rest, "\n")) && *line)
		if (!strstr(line, mark))
			to += sprintf(to, "%s\n", line);
	*to = '\0';
	free(copy);
}

START_TEST(stewards_hear_once_that_it_is_on_and_once_that_it_has_ended)
{
	struct world *w = world_new("2026-05-04 12:00", &plan);

	for (size_t i = 0; i < 6 && turns[_i].turns[i]; i++) {
		world_to(w, turns[_i].turns[i]);
		world_hold(w, i % 2 == 0);
		world_hold(w, i % 2 == 0); /* on, and on: nothing new */
	}
	world_to(w, "2026-05-20 12:00");
	leave_out(w->tale, "sten");
	ck_assert_msg(strcmp(w->tale, turns[_i].tale) == 0, "line %d: told\n%s", turns[_i].line,
		      w->tale);
	world_free(w);
}
END_TEST

/* Nothing of a narrower steward's leaves either. */
START_TEST(a_narrower_steward_hears_of_it_too)
{
	struct world *w = world_new("2026-05-05 09:00", &plan);

	world_hold(w, true);
	world_to(w, "2026-05-05 10:00");
	world_hold(w, false);
	world_to(w, "2026-05-05 11:00");
	TELLS(w, "05-05 09:00 hold stina: hold on\n"
		 "05-05 09:00 hold sten: hold on\n"
		 "05-05 10:00 hold stina: hold off\n"
		 "05-05 10:00 hold sten: hold off\n");
	world_free(w);
}
END_TEST

/* Whom the beginning has not reached hears nothing of the end: here the server was down for one of them. */
START_TEST(who_was_not_told_that_it_began_is_not_told_that_it_ended)
{
	struct world *w = world_new("2026-05-05 09:00", &plan);

	w->down = "sten";
	world_hold(w, true);
	world_to(w, "2026-05-05 10:00");
	w->down = NULL;
	world_hold(w, false);
	world_to(w, "2026-05-06 11:00");
	TELLS(w, "05-05 09:00 hold stina: hold on\n"
		 "05-05 10:00 hold stina: hold off\n");
	world_free(w);
}
END_TEST

/* Of a steward's two channels the first says whether they were told, and who stands in hears for who is away. */
START_TEST(on_and_off_before_it_left_is_heard_by_nobody)
{
	struct written two = plan;
	struct world *w;

	two.people = PERSON("akut", "") ", " PERSON("reg", "") ", " PERSON(
		"stina",
		"roles=['steward']; channels=['mail','hook'];") ", " PERSON("sten",
									    "roles=['steward']; "
									    "deputy='reg';");
	two.steps = "+200d owner";
	w = world_new("2026-05-05 20:00", &two);
	w->says = "stina";
	HEARD(w, "absence", "sten", "{'from':'2026-05-06','until':'2026-05-06'}");
	world_hold(w, true);
	world_to(w, "2026-05-05 21:00");
	world_hold(w, false);
	world_to(w, "2026-05-06 07:29");
	TELLS(w, "");
	world_to(w, "2026-05-06 12:00");
	TELLS(w, "05-06 07:30 absence stina: sten away 05-06 to 05-06, reg\n"
		 "05-06 07:30 absence stina@hook: sten away 05-06 to 05-06, reg\n");
	world_hold(w, true);
	world_to(w, "2026-05-06 13:00");
	world_hold(w, false);
	world_to(w, "2026-05-06 14:00");
	TELLS(w, "05-06 12:00 hold stina: hold on\n"
		 "05-06 12:00 hold stina@hook: hold on\n"
		 "05-06 12:00 hold reg: hold on\n"
		 "05-06 13:00 hold stina: hold off\n"
		 "05-06 13:00 hold stina@hook: hold off\n"
		 "05-06 13:00 hold reg: hold off\n");
	world_free(w);
}
END_TEST

/* The steward whom somebody stood in for leaves the plan: nobody is told for them. */
START_TEST(a_steward_who_left_meanwhile_is_told_nothing_by_who_stood_in)
{
	struct written one = plan, without;
	struct world *w;

	one.steps = "+200d owner";
	one.people = PERSON("akut", "") ", " PERSON("reg", "") ", " PERSON(
		"stina", "roles=['steward'];") ", " PERSON("sten",
							   "roles=['steward']; deputy='reg';");
	without = one;
	without.people = PERSON("akut", "") ", " PERSON("reg", "") ", " PERSON(
		"stina", "roles=['steward'];");
	w = world_new("2026-05-05 20:00", &one);
	w->says = "stina";
	HEARD(w, "absence", "sten", "{'from':'2026-05-06','until':'2026-05-06'}");
	world_hold(w, true);
	world_adopt(w, &without);
	world_hold(w, false);
	world_to(w, "2026-05-06 12:00");
	ck_assert_ptr_null(strstr(w->tale, "hold"));
	world_free(w);
}
END_TEST

START_TEST(a_store_that_was_on_hold_before_tells_nothing_of_its_end)
{
	struct world *w = world_new("2026-05-05 09:00", &plan);

	ck_assert_int_eq(ledger_set_meta(w->e.ledger, META_HOLD, "on"), 0);
	world_hold(w, false);
	world_to(w, "2026-05-06 11:00");
	TELLS(w, "");
	ck_assert(!ledger_is_on_hold(w->e.ledger));
	world_free(w);
}
END_TEST

/* How many messages leave now stands in what is told of the end. */
START_TEST(what_has_waited_is_counted)
{
	struct world *w = world_new("2026-05-06 09:00", &plan);
	struct message m = { .id = { 0 } };
	struct items items = { 0 };
	json_t *detail;
	int count;

	world_hold(w, true);
	world_to(w, "2026-05-08 09:00");
	world_hold(w, false);
	while ((count = ledger_messages(w->e.ledger, 1U << MESSAGE_PENDING, m.id, &m, 1)) > 0)
		if (m.kind == KIND_HOLD)
			break;
	ck_assert_int_eq(count, 1);
	ck_assert_int_eq(list_items(w->e.ledger, m.id, &items), 0);
	ck_assert_uint_eq(items.count, 1);
	detail = json_loads(items.list[0].detail, 0, NULL);
	ck_assert_int_eq(json_integer_value(json_object_get(detail, "waits")), 1);
	ck_assert_str_eq(json_string_value(json_object_get(detail, "since")),
			 "2026-05-06T09:00:00+02:00");
	json_decref(detail);
	items_done(&items);
	world_free(w);
}
END_TEST

UNIT_TESTS("engine/outbox/hold",
	   UNIT_ROWS(stewards_hear_once_that_it_is_on_and_once_that_it_has_ended,
		     UNIT_COUNT(turns)),
	   UNIT(a_narrower_steward_hears_of_it_too),
	   UNIT(who_was_not_told_that_it_began_is_not_told_that_it_ended),
	   UNIT(on_and_off_before_it_left_is_heard_by_nobody),
	   UNIT(a_steward_who_left_meanwhile_is_told_nothing_by_who_stood_in),
	   UNIT(a_store_that_was_on_hold_before_tells_nothing_of_its_end),
	   UNIT(what_has_waited_is_counted))
