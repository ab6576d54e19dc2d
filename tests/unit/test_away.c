/* SPDX-License-Identifier: Apache-2.0 */
/* paminn-rules(7), Who gets it: stewards are told that somebody is away, and that they are back. */
#include "engine/outbox/away.h"

#include "engine/forecast.h"
#include "ledger/lists.h"
#include "tests/unit/engine_fixture.h"

#define OTHERS PERSON("dir", "") ", " PERSON("reg", "")
#define STEWARD PERSON("stina", "roles=['steward'];")
/* Nobody is asked for anything, so that this is all that leaves. */
static const struct written plan = {
	.people = PERSON("akut", "manager='dir';") ", " PERSON("kir", "") ", " OTHERS ", " STEWARD,
	.steps = "+200d owner",
	.alerts = "",
	.measures = TWO_MEASURES,
};

static struct world *world(const struct written *written)
{
	struct world *w = world_new("2026-05-04 12:00", written);

	world_to(w, "2026-05-04 12:00");
	w->tale[0] = '\0';
	w->says = "stina";
	return w;
}

/* Thursday 7 to Tuesday 12 May: told at the first opening of the first day, and on Wednesday. */
START_TEST(told_once_when_it_begins_and_once_when_it_ends)
{
	struct world *w = world(&plan);

	HEARD(w, "absence", "akut", "{'from':'2026-05-07','until':'2026-05-12','deputy':'kir'}");
	world_to(w, "2026-05-07 07:29");
	TELLS(w, "");
	world_to(w, "2026-07-01 12:00");
	TELLS(w, "05-07 07:30 absence stina: akut away 05-07 to 05-12, kir\n"
		 "05-13 07:30 absence stina: akut back 05-07 to 05-12\n");
	world_free(w);
}
END_TEST

/* What is said of whom at noon of which day, and what a steward hears until July. */
static const struct {
	int line;
	const char *said[3][3]; /* when, person, data */
	const char *tale;
} said[] = {
	/* Registered on its first day, or while it runs: at once. */
	{ __LINE__,
	  { { "2026-05-07 12:00", "akut", "{'from':'2026-05-07','until':'2026-05-08'}" } },
	  "05-07 12:00 absence stina: akut away 05-07 to 05-08\n"
	  "05-11 07:30 absence stina: akut back 05-07 to 05-08\n" },
	{ __LINE__,
	  { { "2026-05-07 18:00", "akut", "{'from':'2026-05-06','until':'2026-05-08'}" } },
	  "05-08 07:30 absence stina: akut away 05-06 to 05-08\n"
	  "05-11 07:30 absence stina: akut back 05-06 to 05-08\n" },
	/* It begins on a Saturday, and ends on a Sunday. */
	{ __LINE__,
	  { { "2026-05-07 12:00", "akut", "{'from':'2026-05-09','until':'2026-05-17'}" } },
	  "05-11 07:30 absence stina: akut away 05-09 to 05-17\n"
	  "05-18 07:30 absence stina: akut back 05-09 to 05-17\n" },
	/* No working day of it, or all of it past. */
	{ __LINE__,
	  { { "2026-05-07 12:00", "akut", "{'from':'2026-05-09','until':'2026-05-10'}" } },
	  "" },
	{ __LINE__,
	  { { "2026-05-07 12:00", "akut", "{'from':'2026-05-04','until':'2026-05-06'}" } },
	  "" },
	/* Replaced before it began: the newer one alone. */
	{ __LINE__,
	  { { "2026-05-05 12:00", "akut", "{'from':'2026-05-07','until':'2026-05-29'}" },
	    { "2026-05-06 12:00", "akut", "{'from':'2026-05-07','until':'2026-05-08'}" } },
	  "05-07 07:30 absence stina: akut away 05-07 to 05-08\n"
	  "05-11 07:30 absence stina: akut back 05-07 to 05-08\n" },
	/* Taken back before it began, also when its beginning waits to leave already. */
	{ __LINE__,
	  { { "2026-05-05 12:00", "akut", "{'from':'2026-05-07','until':'2026-05-29'}" },
	    { "2026-05-05 13:00", "akut",
	      "{'from':'2026-05-07','until':'2026-05-29','cancelled':true}" } },
	  "" },
	{ __LINE__,
	  { { "2026-05-05 12:00", "akut", "{'from':'2026-05-07','until':'2026-05-29'}" },
	    { "2026-05-06 20:00", "akut",
	      "{'from':'2026-05-07','until':'2026-05-29','cancelled':true}" } },
	  "" },
	/* Longer while it runs, and shorter: its end is told once, when it comes. */
	{ __LINE__,
	  { { "2026-05-05 12:00", "akut", "{'from':'2026-05-07','until':'2026-05-08'}" },
	    { "2026-05-08 12:00", "akut", "{'from':'2026-05-07','until':'2026-05-15'}" } },
	  "05-07 07:30 absence stina: akut away 05-07 to 05-08\n"
	  "05-18 07:30 absence stina: akut back 05-07 to 05-15\n" },
	/* That they are back waits on Sunday already, and is taken back. */
	{ __LINE__,
	  { { "2026-05-05 12:00", "akut", "{'from':'2026-05-07','until':'2026-05-08'}" },
	    { "2026-05-10 12:00", "akut", "{'from':'2026-05-11','until':'2026-05-15'}" } },
	  "05-07 07:30 absence stina: akut away 05-07 to 05-08\n"
	  "05-18 07:30 absence stina: akut back 05-11 to 05-15\n" },
	{ __LINE__,
	  { { "2026-05-05 12:00", "akut", "{'from':'2026-05-07','until':'2026-05-29'}" },
	    { "2026-05-12 12:00", "akut",
	      "{'from':'2026-05-07','until':'2026-05-29','cancelled':true}" } },
	  "05-07 07:30 absence stina: akut away 05-07 to 05-29\n"
	  "05-12 12:00 absence stina: akut back 05-07 to 05-11\n" },
	/* Two with a working day between are two. */
	{ __LINE__,
	  { { "2026-05-05 12:00", "akut", "{'from':'2026-05-07','until':'2026-05-07'}" },
	    { "2026-05-05 12:00", "akut", "{'from':'2026-05-11','until':'2026-05-11'}" } },
	  "05-07 07:30 absence stina: akut away 05-07 to 05-07\n"
	  "05-08 07:30 absence stina: akut back 05-07 to 05-07\n"
	  "05-11 07:30 absence stina: akut away 05-11 to 05-11\n"
	  "05-12 07:30 absence stina: akut back 05-11 to 05-11\n" },
	/* No working day between: one. */
	{ __LINE__,
	  { { "2026-05-05 12:00", "akut", "{'from':'2026-05-07','until':'2026-05-08'}" },
	    { "2026-05-05 12:00", "akut", "{'from':'2026-05-11','until':'2026-05-12'}" } },
	  "05-07 07:30 absence stina: akut away 05-07 to 05-12\n"
	  "05-13 07:30 absence stina: akut back 05-07 to 05-12\n" },
	/* Several that fall on one morning are one mail. */
	{ __LINE__,
	  { { "2026-05-05 12:00", "akut", "{'from':'2026-05-07','until':'2026-05-08'}" },
	    { "2026-05-05 12:00", "kir", "{'from':'2026-05-11','until':'2026-05-12'}" },
	    { "2026-05-05 12:00", "dir", "{'from':'2026-05-11','until':'2026-05-12'}" } },
	  "05-07 07:30 absence stina: akut away 05-07 to 05-08\n"
	  "05-11 07:30 absence stina: akut back 05-07 to 05-08, dir away 05-11 to 05-12, "
	  "kir away 05-11 to 05-12\n"
	  "05-13 07:30 absence stina: dir back 05-11 to 05-12, kir back 05-11 to 05-12\n" },
	/* Not whoever is away, though it goes to their deputy as it would. */
	{ __LINE__,
	  { { "2026-05-05 12:00", "stina", "{'from':'2026-05-07','until':'2026-05-08'}" } },
	  "" },
	/* A steward who is away then hears of it when they are back; of one that is over by then, nothing. */
	{ __LINE__,
	  { { "2026-05-05 12:00", "stina", "{'from':'2026-05-07','until':'2026-05-12'}" },
	    { "2026-05-05 12:00", "akut", "{'from':'2026-05-07','until':'2026-05-15'}" },
	    { "2026-05-05 12:00", "kir", "{'from':'2026-05-07','until':'2026-05-08'}" } },
	  "05-13 07:30 absence stina: akut away 05-07 to 05-15\n"
	  "05-18 07:30 absence stina: akut back 05-07 to 05-15\n" },
};

START_TEST(hears_of_what_is_so_when_it_leaves)
{
	struct world *w = world(&plan);

	for (size_t i = 0; i < 3 && said[_i].said[i][0]; i++) {
		world_to(w, said[_i].said[i][0]);
		HEARD(w, "absence", said[_i].said[i][1], said[_i].said[i][2]);
	}
	world_to(w, "2026-07-01 12:00");
	ck_assert_msg(strcmp(w->tale, said[_i].tale) == 0, "line %d: told\n%s", said[_i].line,
		      w->tale);
	world_free(w);
}
END_TEST

/* What every instant of the time until then has told is what was forecast at each before. */
START_TEST(is_forecast_as_it_leaves)
{
	static const char *const when[] = { "2026-05-05 12:00", "2026-05-07 06:00",
					    "2026-05-08 16:59", "2026-05-08 17:00",
					    "2026-05-11 12:00" };
	struct world *w = world(&plan);
	struct forecast *f = NULL;

	HEARD(w, "absence", "akut", "{'from':'2026-05-07','until':'2026-05-08'}");
	HEARD(w, "absence", "kir", "{'from':'2026-05-11','until':'2026-05-12'}");
	for (size_t i = 0; i < UNIT_COUNT(when); i++) {
		const size_t comes = 3 - (size_t)(i > 1) - (size_t)(i > 3);

		world_to(w, when[i]);
		ck_assert_int_eq(
			forecast_new(&f, &w->e, w->now, zone_date(w->now), day_of("2026-06-30")),
			0);
		while (forecast_work(f) > 0)
			;
		ck_assert_msg(forecast_count(f) == comes, "%s: %zu", when[i], forecast_count(f));
		forecast_free(f);
	}
	world_to(w, "2026-07-01 12:00");
	TELLS(w, "05-07 07:30 absence stina: akut away 05-07 to 05-08\n"
		 "05-11 07:30 absence stina: akut back 05-07 to 05-08, kir away 05-11 to 05-12\n"
		 "05-13 07:30 absence stina: kir back 05-11 to 05-12\n");
	world_free(w);
}
END_TEST

/* The manager of who is away hears what waits; as a steward not once more that they are away. */
START_TEST(a_manager_who_has_heard_what_waits_is_not_told_the_same_twice)
{
	struct written managed = plan;
	struct world *w;

	managed.people = PERSON("akut", "manager='stina';") ", " PERSON(
		"kir", "") ", " OTHERS ", " STEWARD ", " PERSON("sten", "roles=['steward'];");
	w = world(&managed);
	world_to(w, "2026-05-06 20:00");
	HEARD(w, "assign", "HSN-07", "{'owner':'akut'}");
	HEARD(w, "absence", "akut", "{'from':'2026-05-07','until':'2026-05-08'}");
	world_to(w, "2026-05-12 12:00");
	TELLS(w, "05-07 07:30 assigned kir: RS-58/HSN-07 unassigned\n"
		 "05-07 07:30 alert stina: RS-58/HSN-07 absent\n"
		 "05-07 07:30 absence sten: akut away 05-07 to 05-08\n"
		 "05-11 07:30 assigned akut: RS-58/HSN-07 assigned\n"
		 "05-11 07:30 absence stina: akut back 05-07 to 05-08\n"
		 "05-11 07:30 absence sten: akut back 05-07 to 05-08\n");
	world_free(w);
}
END_TEST

/* What the newest message about an absence says, a member of its detail. */
static int said_last(struct world *w, const char *name)
{
	struct message m = { .id = { 0 } };
	struct message_id last = { 0 };
	struct items items = { 0 };
	json_t *detail;
	int number;

	while (ledger_messages(w->e.ledger, 0, m.id, &m, 1) > 0)
		if (m.kind == KIND_ABSENCE)
			last = m.id;
	ck_assert_int_eq(list_items(w->e.ledger, last, &items), 0);
	ck_assert_uint_eq(items.count, 1);
	detail = json_loads(items.list[0].detail, 0, NULL);
	ck_assert(json_is_integer(json_object_get(detail, name)));
	number = (int)json_integer_value(json_object_get(detail, name));
	json_decref(detail);
	items_done(&items);
	return number;
}

static const struct {
	const char *said;
	int waited, passed;
} counted[] = {
	{ "{'from':'2026-05-07','until':'2026-05-08'}", 2, 0 },
	{ "{'from':'2026-05-07','until':'2026-05-08','deputy':'kir'}", 0, 2 },
	{ "{'from':'2026-05-05','until':'2026-05-06'}", 0, 0 },
};

START_TEST(how_much_has_waited_and_went_to_the_deputy_is_told)
{
	struct written asked = plan;
	struct world *w;

	asked.steps = "-5wd owner; -4wd owner";
	w = world(&asked);
	HEARD(w, "absence", "akut", counted[_i].said);
	world_to(w, "2026-05-11 07:29");
	ck_assert_int_eq(said_last(w, "waited"), counted[_i].waited);
	ck_assert_int_eq(said_last(w, "passed"), counted[_i].passed);
	world_free(w);
}
END_TEST

/* Of those who are stewards of some things alone: who owes what is theirs. */
START_TEST(a_narrower_steward_hears_of_who_owes_what_is_theirs)
{
	struct written narrow = plan;
	struct world *w;

	narrow.people = PERSON("akut", "") ", " PERSON("kir", "") ", " OTHERS ", " PERSON(
		"stina", "roles=['steward']; steward_of=['HSN-03'];");
	w = world(&narrow);
	HEARD(w, "absence", "akut", "{'from':'2026-05-07','until':'2026-05-08'}");
	w->says = "/local/root";
	HEARD(w, "absence", "kir", "{'from':'2026-05-07','until':'2026-05-08'}");
	world_to(w, "2026-07-01 12:00");
	TELLS(w, "05-07 07:30 absence stina: akut away 05-07 to 05-08\n"
		 "05-11 07:30 absence stina: akut back 05-07 to 05-08\n");
	world_free(w);
}
END_TEST

/* More absences in a row than are looked at at once: still one, and what waits waits to its end. */
START_TEST(seventy_days_told_one_by_one_are_one_absence)
{
	struct written asked = plan;
	struct civil_date day = day_of("2026-05-05");
	struct world *w;
	char data[200], text[CIVIL_TEXT];

	asked.steps = "-4wd owner";
	w = world(&asked);
	for (int i = 0; i < 70; i++) {
		civil_format(day, text);
		snprintf(data, sizeof(data), "{'from':'%s','until':'%s'}", text, text);
		HEARD(w, "absence", "akut", data);
		day = calendar_forward(w->e.plan->calendar, civil_add(day, 1));
	}
	DAY_IS(day, "2026-08-13");
	world_to(w, "2026-09-01 12:00");
	TELLS(w, "05-05 07:30 absence stina: akut away 05-05 to 08-04\n"
		 "05-08 08:00 alert dir: RS-58/HSN-03 absent\n"
		 "05-08 08:00 reminder kir: RS-58/HSN-07 -4wd\n"
		 "08-11 08:00 alert dir: RS-58/HSN-03 absent\n"
		 "08-13 07:30 absence stina: akut back 05-05 to 08-12\n"
		 "08-13 08:00 reminder akut: RS-58/HSN-03 -4wd\n");
	world_free(w);
}
END_TEST

/* Who left the plan meanwhile is back nowhere. */
START_TEST(of_one_who_left_the_plan_no_end_is_told)
{
	struct written without = plan;
	struct world *w = world(&plan);

	without.people = PERSON("akut", "manager='dir';") ", " OTHERS ", " STEWARD;
	without.measures = ONE_MEASURE;
	HEARD(w, "assign", "HSN-07", "{'owner':'akut'}");
	HEARD(w, "absence", "kir", "{'from':'2026-05-07','until':'2026-05-12'}");
	world_to(w, "2026-05-08 12:00");
	w->tale[0] = '\0';
	world_adopt(w, &without);
	world_to(w, "2026-07-01 12:00");
	ck_assert_ptr_null(strstr(w->tale, "kir"));
	world_free(w);
}
END_TEST

/* A mail of which nobody knows whether it arrived counts as heard: the end is told. */
static const struct {
	int unknown;
	const char *tale;
} heard[] = {
	{ 0, "" },
	{ 1, "05-11 07:30 absence stina: akut back 05-07 to 05-10\n" },
};

START_TEST(what_may_have_arrived_counts_as_heard)
{
	struct world *w = world(&plan);
	struct message m = { .id = { 0 } };

	HEARD(w, "absence", "akut", "{'from':'2026-05-07','until':'2026-05-29'}");
	w->down = "stina";
	world_to(w, "2026-05-10 12:00");
	ck_assert_int_eq(ledger_messages(w->e.ledger, 1U << MESSAGE_RETRY, m.id, &m, 1), 1);
	m.unknown = heard[_i].unknown;
	m.next_attempt = instant_of("2026-05-29 12:00");
	ck_assert_int_eq(ledger_put_message(w->e.ledger, &m), 0);
	HEARD(w, "absence", "akut", "{'from':'2026-05-07','until':'2026-05-29','cancelled':true}");
	w->down = NULL;
	world_to(w, "2026-05-20 12:00");
	TELLS(w, heard[_i].tale);
	world_free(w);
}
END_TEST

START_TEST(without_a_steward_nobody_is_told)
{
	struct world *w = world(&(struct written){ .steps = "+200d owner" });

	w->says = "/local/root";
	HEARD(w, "absence", "akut", "{'from':'2026-05-07','until':'2026-05-08'}");
	world_to(w, "2026-07-01 12:00");
	TELLS(w, "");
	world_free(w);
}
END_TEST

UNIT_TESTS("engine/outbox/away", UNIT(told_once_when_it_begins_and_once_when_it_ends),
	   UNIT_ROWS(hears_of_what_is_so_when_it_leaves, UNIT_COUNT(said)),
	   UNIT(is_forecast_as_it_leaves),
	   UNIT(a_manager_who_has_heard_what_waits_is_not_told_the_same_twice),
	   UNIT_ROWS(how_much_has_waited_and_went_to_the_deputy_is_told, UNIT_COUNT(counted)),
	   UNIT(a_narrower_steward_hears_of_who_owes_what_is_theirs),
	   UNIT(seventy_days_told_one_by_one_are_one_absence),
	   UNIT(of_one_who_left_the_plan_no_end_is_told),
	   UNIT_ROWS(what_may_have_arrived_counts_as_heard, UNIT_COUNT(heard)),
	   UNIT(without_a_steward_nobody_is_told))
