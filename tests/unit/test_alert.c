/* SPDX-License-Identifier: Apache-2.0 */
/* Off track is not late: when an alert fires, for whom, and when it does so again. */
#include "engine/alert.h"

#include "tests/unit/engine_fixture.h"

#define ALL_ALERTS                                                                                \
	"{ when='off-track'; to=['manager']; }, { when='needs-support'; to=['role:support']; }, " \
	"{ when='effect-below'; percent=80; to=['ordf']; }"

static const struct written plan = { .alerts = ALL_ALERTS, .steps = "0 owner" };

/* Reports one after the other, each a minute after the other, and what each of them is told as: "-"
 * for nothing. The planned effect is 12,000,000: 80 % of it is 9,600,000. */
#define REPORTS 4
static const struct {
	int line;
	struct {
		const char *data, *told;
	} said[REPORTS];
} stories[] = {
	/* It fires as the newest status enters the condition, and again only after it has left it. */
	{ __LINE__,
	  { { "{'status':'off-track'}", "dir off-track" },
	    { "{'status':'off-track','note':'x'}", "-" },
	    { "{'status':'at-risk'}", "-" },
	    { "{'status':'off-track'}", "dir off-track" } } },
	/* needs-support: each new text. */
	{ __LINE__,
	  { { "{'status':'at-risk','needs_support':'schema'}", "stod needs-support" },
	    { "{'status':'at-risk','needs_support':'schema'}", "-" },
	    { "{'status':'at-risk','needs_support':'annat'}", "stod needs-support" },
	    { "{'status':'at-risk'}", "-" } } },
	{ __LINE__,
	  { { "{'status':'at-risk','needs_support':'schema'}", "stod needs-support" },
	    { "{'status':'at-risk'}", "-" },
	    { "{'status':'at-risk','needs_support':'schema'}", "stod needs-support" } } },
	/* effect-below: below the share, not at it. */
	{ __LINE__,
	  { { "{'status':'on-track','effect_forecast':9600000}", "-" },
	    { "{'status':'on-track','effect_forecast':9599999}", "ordf effect-below" },
	    { "{'status':'on-track'}", "-" }, /* left out: the last reported stands */
	    { "{'status':'on-track','effect_forecast':-5}", "-" } } },
	{ __LINE__,
	  { { "{'status':'on-track','effect_forecast':1}", "ordf effect-below" },
	    { "{'status':'on-track','effect_forecast':12000000}", "-" },
	    { "{'status':'done','effect_forecast':1}", "ordf effect-below" } } },
	/* Several of one report. */
	{ __LINE__,
	  { { "{'status':'off-track','needs_support':'x','effect_forecast':1}",
	      "dir off-track ordf effect-below stod needs-support" },
	    { "{'status':'on-track'}", "-" } } },
};

static int compare_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a + 12, *(char *const *)b + 12);
}

/* "dir off-track stod needs-support" of a tale, in order of name. */
static void told_as(const char *tale, char *out, size_t size)
{
	char *lines[8], *copy = strdup(tale), *rest = copy, *line;
	size_t count = 0;

	out[0] = '\0';
	while ((line = strtok_r(count ? NULL : copy, "\n", &rest)) && count < 8)
		lines[count++] = line;
	qsort(lines, count, sizeof(*lines), compare_text);
	for (size_t i = 0; i < count; i++) {
		char to[40] = "", what[40] = "";

		ck_assert_int_eq(sscanf(lines[i], "%*s %*s alert %39[^:]: HSN-03 %39s", to, what),
				 2);
		tell(out, size, "%s%s %s", i ? " " : "", to, what);
	}
	if (!count)
		snprintf(out, size, "-");
	free(copy);
}

START_TEST(an_alert_fires_on_entering)
{
	struct world *w = world_new("2026-05-04 12:00", &plan);
	char told[200], minute[20];

	for (size_t i = 0; i < REPORTS && stories[_i].said[i].data; i++) {
		snprintf(minute, sizeof(minute), "2026-05-04 12:%02zu", i + 1);
		world_to(w, minute);
		HEARD(w, "status", "HSN-03", stories[_i].said[i].data);
		world_to(w, minute);
		told_as(w->tale, told, sizeof(told));
		ck_assert_msg(strcmp(told, stories[_i].said[i].told) == 0,
			      "line %d, report %zu: %s", stories[_i].line, i, told);
		w->tale[0] = '\0';
	}
	world_free(w);
}
END_TEST

START_TEST(an_older_status_alerts_nobody)
{
	struct world *w = world_new("2026-05-04 12:00", &plan);

	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	ck_assert_int_eq(world_hear(w, "paminn.status", "HSN-03", "2026-05-04 11:00",
				    "{'status':'off-track'}"),
			 0);
	world_to(w, "2026-05-04 13:00");
	TELLS(w, "");
	world_free(w);
}
END_TEST

START_TEST(without_a_positive_plan_no_effect_is_below_it)
{
	struct written none = plan;
	struct world *w;

	none.measures = "{ id='HSN-03'; title='x'; owner='akut'; }, "
			"{ id='HSN-07'; title='x'; owner='akut'; effect_planned=-5; }";
	w = world_new("2026-05-04 12:00", &none);
	HEARD(w, "status", "HSN-03", "{'status':'on-track','effect_forecast':-9}");
	HEARD(w, "status", "HSN-07", "{'status':'on-track','effect_forecast':-9}");
	world_to(w, "2026-05-04 13:00");
	TELLS(w, "");
	world_free(w);
}
END_TEST

START_TEST(outside_open_hours_alerts_merge_into_one)
{
	struct written two = plan;
	struct world *w;

	two.measures = TWO_MEASURES;
	w = world_new("2026-05-01 12:00", &two); /* a holiday */
	HEARD(w, "status", "HSN-03", "{'status':'off-track'}");
	HEARD(w, "status", "HSN-07", "{'status':'off-track'}");
	world_to(w, "2026-05-04 12:00");
	TELLS(w, "05-04 07:30 alert dir: HSN-03 off-track, HSN-07 off-track\n");
	world_free(w);
}
END_TEST

START_TEST(responsible_is_that_of_each_open_deadline_which_asks)
{
	struct written many = plan;
	struct world *w;

	many.alerts = "{ when='off-track'; to=['responsible']; }";
	many.deadlines = HANDED_IN("A", "2026-06-15", "") ", " ASKING(
		"B", "2026-06-15",
		"responsible='dir';") ", " ASKING("C", "2026-06-15",
						  "responsible='stod';") ", " ASKING("D",
										     "2026-06-15",
										     "responsible='"
										     "dir';");
	w = world_new("2026-05-04 12:00", &many);
	HEARD(w, "submit", "C", "{'reference':'x'}");
	world_to(w, "2026-05-04 12:01");
	w->tale[0] = '\0';
	HEARD(w, "status", "HSN-03", "{'status':'off-track'}");
	world_to(w, "2026-05-04 12:01");
	TELLS(w, "05-04 12:01 alert ordf: HSN-03 off-track\n"
		 "05-04 12:01 alert dir: HSN-03 off-track\n");
	world_free(w);
}
END_TEST

/* What is said of a deadline is said of the open occurrences of a series. */
START_TEST(responsible_of_a_series_is_that_of_its_open_occurrences)
{
	struct written monthly = plan;
	struct world *w;

	monthly.alerts = "{ when='off-track'; to=['responsible']; }";
	monthly.steps = "-5wd owner; 0 owner";
	monthly.deadlines =
		HANDED_IN("M", "2026-04-30", "every='RRULE:FREQ=MONTHLY;BYMONTHDAY=-1';");
	w = world_new("2026-04-20 12:00", &monthly);
	HEARD(w, "status", "HSN-03", "{'status':'off-track'}"); /* no window is open yet */
	world_to(w, "2026-04-27 12:00");
	w->tale[0] = '\0';
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	HEARD(w, "status", "HSN-03", "{'status':'off-track'}");
	world_to(w, "2026-04-27 12:01");
	TELLS(w, "04-27 12:00 alert ordf: HSN-03 off-track\n");
	HEARD(w, "submit", "M", "{'reference':'x'}"); /* the only one that is open */
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	world_to(w, "2026-04-28 12:00");
	w->tale[0] = '\0';
	HEARD(w, "status", "HSN-03", "{'status':'off-track'}");
	world_to(w, "2026-04-28 13:00");
	TELLS(w, "");
	world_free(w);
}
END_TEST

UNIT_TESTS("engine/alert", UNIT_ROWS(an_alert_fires_on_entering, UNIT_COUNT(stories)),
	   UNIT(an_older_status_alerts_nobody), UNIT(without_a_positive_plan_no_effect_is_below_it),
	   UNIT(outside_open_hours_alerts_merge_into_one),
	   UNIT(responsible_is_that_of_each_open_deadline_which_asks),
	   UNIT(responsible_of_a_series_is_that_of_its_open_occurrences))
