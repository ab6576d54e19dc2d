/* SPDX-License-Identifier: Apache-2.0 */
/* paminn-rules(7), Light: what it is on a day, why, and when it gets worse by itself. */
#include <string.h>

#include "engine/obligation/light.h"
#include "tests/unit/unit.h"

/* All of these are done by 30 June 2026, near from 15 June on, unless the row says another date. */
#define NEAR "2026-06-15"
#define BY "2026-06-30"
#define UNSAID (-1)

static const struct {
	int line;
	enum measure_status status;
	int progress;
	const char *by, *forecast, *today;
	const char *light, *reasons;
	const char *worsens;
} rows[] = {
	/* Nothing is said, and there is no date: no light; a status gives it one. */
	{ __LINE__, STATUS_NONE, UNSAID, "", "", "2026-05-01", "", "", "" },
	{ __LINE__, STATUS_NOT_STARTED, UNSAID, "", "", "2026-05-01", "green", "", "" },
	{ __LINE__, STATUS_ON_TRACK, 10, "", "", "2026-05-01", "green", "", "" },
	{ __LINE__, STATUS_AT_RISK, 10, "", "", "2026-05-01", "yellow", "at-risk", "" },
	{ __LINE__, STATUS_OFF_TRACK, 100, "", "", "2026-05-01", "red", "off-track", "" },
	/* A forecast alone is later than nothing. */
	{ __LINE__, STATUS_ON_TRACK, 10, "", "2027-01-31", "2026-05-01", "green", "", "" },
	/* A date gives a light to what nothing was said of. */
	{ __LINE__, STATUS_NONE, UNSAID, BY, "", "2026-05-01", "green", "", NEAR },
	{ __LINE__, STATUS_NONE, UNSAID, BY, "", "2026-06-14", "green", "", NEAR },
	{ __LINE__, STATUS_NONE, UNSAID, BY, "", NEAR, "yellow", "near", "2026-07-01" },
	{ __LINE__, STATUS_NONE, UNSAID, BY, "", BY, "yellow", "near", "2026-07-01" },
	{ __LINE__, STATUS_NONE, UNSAID, BY, "", "2026-07-01", "red", "past", "" },
	/* Near only while something is left of it; past whatever is said of how much. */
	{ __LINE__, STATUS_ON_TRACK, 99, BY, "", NEAR, "yellow", "near", "2026-07-01" },
	{ __LINE__, STATUS_ON_TRACK, 100, BY, "", NEAR, "green", "", "2026-07-01" },
	{ __LINE__, STATUS_ON_TRACK, UNSAID, BY, "", NEAR, "yellow", "near", "2026-07-01" },
	{ __LINE__, STATUS_ON_TRACK, 100, BY, "", BY, "green", "", "2026-07-01" },
	{ __LINE__, STATUS_ON_TRACK, 100, BY, "", "2026-07-01", "red", "past", "" },
	{ __LINE__, STATUS_ON_TRACK, 100, BY, "", "2026-05-01", "green", "", "2026-07-01" },
	/* What it is expected to be done by: later than the date is yellow at once, the date is not. */
	{ __LINE__, STATUS_ON_TRACK, 40, BY, BY, "2026-05-01", "green", "", NEAR },
	{ __LINE__, STATUS_ON_TRACK, 40, BY, "2026-07-01", "2026-05-01", "yellow", "forecast",
	  "2026-07-01" },
	/* All that hold of a colour are its reasons; those of the milder one are not. */
	{ __LINE__, STATUS_AT_RISK, 40, BY, "2026-09-30", NEAR, "yellow", "at-risk forecast near",
	  "2026-07-01" },
	{ __LINE__, STATUS_AT_RISK, 40, BY, "2026-09-30", "2026-07-01", "red", "past", "" },
	{ __LINE__, STATUS_OFF_TRACK, 40, BY, "2026-09-30", NEAR, "red", "off-track", "" },
	{ __LINE__, STATUS_OFF_TRACK, 40, BY, "", "2026-07-01", "red", "off-track past", "" },
	/* Done is green, however late; cancelled has no light. */
	{ __LINE__, STATUS_DONE, 100, BY, "2026-09-30", "2026-09-30", "green", "", "" },
	{ __LINE__, STATUS_DONE, UNSAID, "", "", "2026-05-01", "green", "", "" },
	{ __LINE__, STATUS_CANCELLED, 40, BY, "", "2026-09-30", "", "", "" },
};

static struct civil_date date_of(const char *text)
{
	struct civil_date date = CIVIL_NONE;

	if (*text)
		ck_assert_int_eq(civil_parse(text, &date), 0);
	return date;
}

START_TEST(a_light_is_of_a_day_and_says_why_and_when_it_gets_worse_by_itself)
{
	const struct light_facts facts = {
		.status = rows[_i].status,
		.done = rows[_i].status == STATUS_DONE,
		.gone = rows[_i].status == STATUS_CANCELLED,
		.progress = { rows[_i].progress >= 0, rows[_i].progress },
		.done_by = date_of(rows[_i].by),
		.done_forecast = date_of(rows[_i].forecast),
		.near = date_of(*rows[_i].by ? NEAR : ""),
	};
	const struct civil_date today = date_of(rows[_i].today);
	const struct lit lit = light_of(&facts, today);
	const char *light = light_name(lit.light);
	char reasons[100] = "", worsens[CIVIL_TEXT];

	for (int i = 0; i < LIGHT_REASONS; i++)
		if (lit.reasons & 1U << i) {
			strcat(reasons, *reasons ? " " : "");
			strcat(reasons, light_reason_name((enum light_reason)i));
		}
	ck_assert_msg(strcmp(light ? light : "", rows[_i].light) == 0, "line %d: %s", rows[_i].line,
		      light ? light : "");
	ck_assert_msg(strcmp(reasons, rows[_i].reasons) == 0, "line %d: %s", rows[_i].line,
		      reasons);
	civil_format(light_worsens(&facts, today), worsens);
	ck_assert_msg(strcmp(worsens, rows[_i].worsens) == 0, "line %d: %s", rows[_i].line,
		      worsens);
}
END_TEST

START_TEST(what_the_body_has_closed_has_the_light_of_that_whatever_its_owner_says)
{
	struct light_facts facts = { .status = STATUS_OFF_TRACK,
				     .done = true,
				     .done_by = date_of(BY),
				     .done_forecast = CIVIL_NONE,
				     .near = date_of(NEAR) };

	ck_assert_int_eq(light_of(&facts, date_of("2026-09-30")).light, LIGHT_GREEN);
	facts.gone = true;
	ck_assert_int_eq(light_of(&facts, date_of("2026-09-30")).light, LIGHT_NONE);
}
END_TEST

UNIT_TESTS("engine/obligation/light",
	   UNIT_ROWS(a_light_is_of_a_day_and_says_why_and_when_it_gets_worse_by_itself,
		     UNIT_COUNT(rows)),
	   UNIT(what_the_body_has_closed_has_the_light_of_that_whatever_its_owner_says))
