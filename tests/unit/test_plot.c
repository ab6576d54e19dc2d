/* SPDX-License-Identifier: Apache-2.0 */
/* Plots: numbers become shapes whose lengths are in proportion, in well-formed XML. */
#include "web/plot.h"

#include <math.h>
#include <string.h>

#include "unit.h"

#define MILLION INT64_C(1000000)
#define GIVEN(amount)        \
	{                    \
		true, amount \
	}

/* ---- reading a plot ---------------------------------------------------------------------------- */

struct shape {
	double x, width;
};

static double number_of(const char *element, const char *name)
{
	char begins[20];
	const char *at;

	snprintf(begins, sizeof(begins), " %s=\"", name);
	at = strstr(element, begins);
	ck_assert_msg(at != NULL, "no %s in %.80s", name, element);
	return strtod(at + strlen(begins), NULL);
}

/* The n-th rectangle of this class, counted from 0; false when there are not so many. */
static bool find_rect(const char *svg, const char *class, int n, struct shape *ret)
{
	char begins[60];

	snprintf(begins, sizeof(begins), "<rect class=\"%s\"", class);
	while ((svg = strstr(svg, begins))) {
		if (n-- == 0) {
			*ret = (struct shape){ number_of(svg, "x"), number_of(svg, "width") };
			return true;
		}
		svg++;
	}
	return false;
}

static int count_of(const char *svg, const char *text)
{
	int count = 0;

	for (; (svg = strstr(svg, text)); svg++)
		count++;
	return count;
}

/* No element has a style of its own, which the page's policy forbids, and no number is none. */
static char *sound(char *svg)
{
	ck_assert_ptr_nonnull(svg);
	ck_assert_msg(!strstr(svg, "style=") && !strstr(svg, "nan") && !strstr(svg, "inf"), "%s",
		      svg);
	return svg;
}

/* ---- scales ------------------------------------------------------------------------------------ */

static const struct {
	int line;
	int64_t least, most;
	struct plot_scale scale;
} scales[] = {
	{ __LINE__, 0, 0, { 0, 100000, 100000 } },
	{ __LINE__, 0, 1, { 0, 100000, 100000 } },
	{ __LINE__, 0, 12 * MILLION, { 0, 15 * MILLION, 5 * MILLION } },
	{ __LINE__, 0, 20 * MILLION, { 0, 20 * MILLION, 5 * MILLION } },
	{ __LINE__, -3 * MILLION, 4 * MILLION, { -4 * MILLION, 4 * MILLION, 2 * MILLION } },
	{ __LINE__, -5 * MILLION, -1, { -6 * MILLION, 0, 2 * MILLION } },
	{ __LINE__, 2 * MILLION, 3 * MILLION, { 0, 3 * MILLION, MILLION } },
	/* The most that an event takes. */
	{ __LINE__, 0, 1000000000000000, { 0, 1000000000000000, 500000000000000 } },
	{ __LINE__,
	  -1000000000000000,
	  1000000000000000,
	  { -1000000000000000, 1000000000000000, 500000000000000 } },
};

START_TEST(a_scale_is_round_and_has_nothing_in_it)
{
	const struct plot_scale scale = plot_scale(scales[_i].least, scales[_i].most, 4);

	ck_assert_msg(scale.low == scales[_i].scale.low && scale.high == scales[_i].scale.high &&
			      scale.step == scales[_i].scale.step,
		      "line %d: %lld to %lld by %lld", scales[_i].line, (long long)scale.low,
		      (long long)scale.high, (long long)scale.step);
}
END_TEST

/* ---- bars -------------------------------------------------------------------------------------- */

static char *bars_of(struct plot_scale scale, struct optional planned, struct optional achieved,
		     struct optional forecast)
{
	char *svg = plot_bars(&(struct plot_bars){ .scale = scale,
						   .values = { planned, achieved, forecast },
						   .title = "Planerad 10,0, uppnådd <5,0 & mer>" });

	return sound(svg);
}

#define NONE ((struct optional){ false, 0 })
#define AMOUNT(n) ((struct optional){ true, n })

START_TEST(bars_are_as_long_as_what_they_stand_for)
{
	static const struct {
		int64_t planned, achieved, forecast;
	} rows[] = {
		{ 10 * MILLION, 5 * MILLION, 20 * MILLION },
		{ 4 * MILLION, -6 * MILLION, 1 },
		{ 1, 999999999 * MILLION, 0 },
		{ -1 * MILLION, -2 * MILLION, -7 * MILLION },
		{ 0, 0, 0 },
	};
	const int64_t values[] = { rows[_i].planned, rows[_i].achieved, rows[_i].forecast };
	static const char *const classes[] = { "bar planned", "bar achieved", "bar forecast" };
	int64_t least = 0, most = 0;
	struct plot_scale scale;
	char *svg;

	for (size_t i = 0; i < 3; i++) {
		least = values[i] < least ? values[i] : least;
		most = values[i] > most ? values[i] : most;
	}
	scale = plot_scale(least, most, 4);
	svg = bars_of(scale, AMOUNT(values[0]), AMOUNT(values[1]), AMOUNT(values[2]));
	for (size_t i = 0; i < 3; i++) {
		const double whole = (double)scale.high - (double)scale.low;
		const double zero = -(double)scale.low * 100 / whole;
		struct shape bar;

		ck_assert_msg(find_rect(svg, classes[i], 0, &bar), "no %s", classes[i]);
		ck_assert_double_le(fabs(bar.width - fabs((double)values[i]) * 100 / whole), 0.011);
		/* From nothing on, to the left for what is less. */
		ck_assert_double_le(fabs((values[i] < 0 ? bar.x + bar.width : bar.x) - zero),
				    0.011);
		ck_assert(bar.x >= 0 && bar.x + bar.width <= 100.011);
	}
	free(svg);
}
END_TEST

START_TEST(what_is_not_given_has_no_bar)
{
	char *svg = bars_of(plot_scale(0, MILLION, 4), AMOUNT(MILLION), NONE, NONE);
	struct shape bar;

	ck_assert(find_rect(svg, "bar planned", 0, &bar));
	ck_assert(!find_rect(svg, "bar achieved", 0, &bar));
	ck_assert(!find_rect(svg, "bar forecast", 0, &bar));
	free(svg);
	svg = bars_of(plot_scale(0, 0, 4), NONE, NONE, NONE);
	ck_assert_int_eq(count_of(svg, "<rect"), 0);
	free(svg);
}
END_TEST

/* Whoever sees no colours tells them by an outline, a full bar and a hatched one; whoever sees nothing has the
 * name. */
START_TEST(bars_differ_in_form_and_have_a_name)
{
	char *svg = bars_of(plot_scale(0, MILLION, 4), AMOUNT(MILLION), AMOUNT(1), AMOUNT(2));

	ck_assert_int_eq(count_of(svg, "url(#hatched)"), 1);
	ck_assert_int_eq(count_of(svg, "role=\"img\"><title>Planerad 10,0, uppnådd &lt;5,0 &amp; "
				       "mer&gt;</title>"),
			 1);
	free(svg);
}
END_TEST

START_TEST(an_axis_has_each_step_in_millions)
{
	char *svg = sound(plot_bars_axis(
		LANGUAGE_SV, (struct plot_scale){ -5 * MILLION, 10 * MILLION, 5 * MILLION }));

	ck_assert_int_eq(count_of(svg, "<text"), 4);
	ck_assert_ptr_nonnull(strstr(svg, "text-anchor=\"start\">−5,0</text>"));
	ck_assert_ptr_nonnull(
		strstr(svg, "x=\"33.33%\" y=\"12\" text-anchor=\"middle\">0,0</text>"));
	ck_assert_ptr_nonnull(strstr(svg, "text-anchor=\"end\">10,0</text>"));
	free(svg);
}
END_TEST

/* ---- a year ------------------------------------------------------------------------------------ */

START_TEST(a_year_is_steps_of_what_was_reported)
{
	struct plot_year year = { .language = LANGUAGE_EN,
				  .id = "year",
				  .title = "Effect over the year",
				  .description = "Achieved 4.0 by May" };
	char *svg;

	for (size_t month = 0; month < PLOT_MONTHS; month++)
		year.values[PLOT_PLANNED][month] = AMOUNT(8 * MILLION);
	year.values[PLOT_ACHIEVED][3] = AMOUNT(2 * MILLION);
	year.values[PLOT_ACHIEVED][4] = AMOUNT(4 * MILLION);
	svg = sound(plot_year(&year));
	/* Twelve months at one height; two months, and the step between them. */
	ck_assert_int_eq(count_of(svg, "class=\"step planned\""), 12);
	ck_assert_int_eq(count_of(svg, "class=\"step achieved\""), 3);
	ck_assert_int_eq(count_of(svg, "class=\"step forecast\""), 0);
	/* 240 pixels are eight millions here, below what the first label needs. */
	ck_assert_ptr_nonnull(strstr(svg,
				     "<line class=\"step achieved\" x1=\"25.00%\" x2=\"33.33%\" "
				     "y1=\"196.0\" y2=\"196.0\"/>"));
	ck_assert_ptr_nonnull(strstr(svg,
				     "<line class=\"step achieved\" x1=\"33.33%\" x2=\"33.33%\" "
				     "y1=\"196.0\" y2=\"136.0\"/>"));
	ck_assert_ptr_nonnull(strstr(svg, "aria-labelledby=\"year-title\" "
					  "aria-describedby=\"year-desc\"><title "
					  "id=\"year-title\">Effect over the year</title><desc "
					  "id=\"year-desc\">Achieved 4.0 by May</desc>"));
	ck_assert_int_eq(count_of(svg, ">May</text>"), 1);
	free(svg);
}
END_TEST

START_TEST(a_year_without_figures_is_its_grid)
{
	struct plot_year year = {
		.language = LANGUAGE_SV, .id = "y", .title = "t", .description = "d"
	};
	char *svg = sound(plot_year(&year));

	ck_assert_int_eq(count_of(svg, "class=\"step"), 0);
	ck_assert_int_eq(count_of(svg, "class=\"zero\""), 1);
	free(svg);
}
END_TEST

/* ---- statuses ---------------------------------------------------------------------------------- */

static struct civil_date day(int month, int day_of_month)
{
	return civil_from_ymd(2026, month, day_of_month);
}

START_TEST(a_strip_has_a_stretch_for_each_status)
{
	const struct plot_change changes[] = {
		{ day(1, 1), STATUS_NOT_STARTED }, /* before it begins */
		{ day(3, 11), STATUS_AT_RISK },
		{ day(4, 30), STATUS_DONE },
	};
	const struct plot_strip strip = { .span = { day(3, 1), day(6, 8) }, /* a hundred days */
					  .changes = changes,
					  .count = 3,
					  .title = "Tre lägen" };
	char *svg = sound(plot_strip(&strip));
	struct shape at;

	ck_assert(find_rect(svg, "state not-started", 0, &at) && at.x == 0 && at.width == 10);
	ck_assert(find_rect(svg, "state at-risk", 0, &at) && at.x == 10 && at.width == 50);
	ck_assert(find_rect(svg, "state is-done", 0, &at) && at.x == 60 && at.width == 40);
	ck_assert(!find_rect(svg, "state no-data", 0, &at));
	ck_assert_int_eq(count_of(svg, "url(#striped)"), 1);
	free(svg);
}
END_TEST

START_TEST(where_nothing_was_said_is_shown_as_such)
{
	const struct plot_strip strip = { .span = { day(3, 1), day(6, 8) }, .title = "Inga data" };
	char *svg = sound(plot_strip(&strip));
	struct shape at;

	ck_assert(find_rect(svg, "state no-data", 0, &at) && at.x == 0 && at.width == 100);
	ck_assert_int_eq(count_of(svg, "url(#dotted)"), 1);
	free(svg);
}
END_TEST

static const struct {
	int line;
	int from_year, until_year, labels;
	const char *first;
} axes[] = {
	{ __LINE__, 2026, 2026, 1,
	  ">mar</text>" }, /* the seventh and eighth of March are no month's first */
	{ __LINE__, 2025, 2026, 4, ">apr</text>" },
	{ __LINE__, 2020, 2026, 2, ">2022</text>" },
};

START_TEST(an_axis_of_time_has_a_few_labels)
{
	const struct plot_span span = { civil_from_ymd(axes[_i].from_year, 3, 1),
					civil_from_ymd(axes[_i].until_year, 3, 8) };
	char *svg = sound(plot_strip_axis(LANGUAGE_SV, span));

	ck_assert_msg(count_of(svg, "<text") == axes[_i].labels, "line %d: %s", axes[_i].line, svg);
	ck_assert_msg(strstr(svg, axes[_i].first) != NULL, "line %d: %s", axes[_i].line, svg);
	free(svg);
}
END_TEST

/* ---- keys -------------------------------------------------------------------------------------- */

START_TEST(a_key_shows_each_as_it_is_in_the_plots)
{
	static const char *const patterns[] = { "hatched", "striped", "gridded", "lined",
						"dotted" };
	char *all = plot_patterns(), *key;

	for (size_t i = 0; i < UNIT_COUNT(patterns); i++) {
		char id[40];

		snprintf(id, sizeof(id), "<pattern id=\"%s\"", patterns[i]);
		ck_assert_msg(strstr(all, id) != NULL, "%s", patterns[i]);
	}
	free(all);
	for (enum plot_series i = 0; i < PLOT_SERIES; i++) {
		key = sound(plot_key_bar(i));
		free(key);
		key = sound(plot_key_line(i));
		free(key);
	}
	for (int i = STATUS_NONE; i < STATUSES; i++) {
		key = sound(plot_key_status((enum measure_status)i));
		ck_assert_int_eq(count_of(key, "aria-hidden=\"true\""), 1);
		free(key);
	}
}
END_TEST

/* Also for a parser of another make. */
START_TEST(every_plot_is_well_formed)
{
	const struct plot_change change = { day(3, 3), STATUS_OFF_TRACK };
	FILE *python = popen("python3 -c 'import sys, xml.dom.minidom as m; "
			     "m.parseString(sys.stdin.buffer.read())'",
			     "w");
	char *all[] = {
		plot_patterns(),
		bars_of(plot_scale(-MILLION, MILLION, 4), AMOUNT(-MILLION), AMOUNT(1), AMOUNT(2)),
		plot_bars_axis(LANGUAGE_SV, plot_scale(-MILLION, MILLION, 4)),
		plot_year(&(struct plot_year){
			.id = "y", .title = "<\">&'\n", .description = "å&b" }),
		plot_strip(&(struct plot_strip){ { day(3, 1), day(4, 1) }, &change, 1, "<&>" }),
		plot_strip_axis(LANGUAGE_EN, (struct plot_span){ day(1, 1), day(4, 1) }),
		plot_key_bar(PLOT_FORECAST),
		plot_key_line(PLOT_FORECAST),
		plot_key_status(STATUS_NONE),
	};

	ck_assert_ptr_nonnull(python);
	fputs("<all>", python);
	for (size_t i = 0; i < UNIT_COUNT(all); i++) {
		fputs(all[i], python);
		free(all[i]);
	}
	fputs("</all>", python);
	ck_assert_int_eq(pclose(python), 0);
}
END_TEST

UNIT_TESTS("web/plot", UNIT_ROWS(a_scale_is_round_and_has_nothing_in_it, UNIT_COUNT(scales)),
	   UNIT_ROWS(bars_are_as_long_as_what_they_stand_for, 5),
	   UNIT(what_is_not_given_has_no_bar), UNIT(bars_differ_in_form_and_have_a_name),
	   UNIT(an_axis_has_each_step_in_millions), UNIT(a_year_is_steps_of_what_was_reported),
	   UNIT(a_year_without_figures_is_its_grid), UNIT(a_strip_has_a_stretch_for_each_status),
	   UNIT(where_nothing_was_said_is_shown_as_such),
	   UNIT_ROWS(an_axis_of_time_has_a_few_labels, UNIT_COUNT(axes)),
	   UNIT(a_key_shows_each_as_it_is_in_the_plots), UNIT(every_plot_is_well_formed))
