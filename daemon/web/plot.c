/* SPDX-License-Identifier: Apache-2.0 */
/* Bars and steps of amounts; plot_strip.c has the statuses, plot_write.c what all are written with. */
#include "web/plot.h"

#include <stdlib.h>

#include "web/plot_inside.h"

#define LEAST_STEP 100000 /* what one decimal of a million still shows */
#define BAR 9
#define BAR_GAP 3
#define BARS_HEIGHT (PLOT_SERIES * (BAR + BAR_GAP) + BAR_GAP)
#define AXIS_HEIGHT 16
#define YEAR_HEIGHT 240 /* of what the steps have */
#define MONTHS_HEIGHT 22

static const char *const series_classes[PLOT_SERIES] = {
	[PLOT_PLANNED] = "planned",
	[PLOT_ACHIEVED] = "achieved",
	[PLOT_FORECAST] = "forecast",
};

/* ---- scales ------------------------------------------------------------------------------------ */

/* 1, 2 or 5 of a power of ten: the next that is no less. */
static double round_step(double least)
{
	double step = LEAST_STEP;

	while (step < least) {
		if (2 * step >= least)
			return 2 * step;
		if (5 * step >= least)
			return 5 * step;
		step *= 10;
	}
	return step;
}

/* Upwards from nothing, for amounts that are not less. */
static int64_t steps_to(double amount, double step)
{
	int64_t steps = (int64_t)(amount / step);

	return (double)steps * step < amount ? steps + 1 : steps;
}

struct plot_scale plot_scale(int64_t least, int64_t most, int steps)
{
	const double below = least < 0 ? -(double)least : 0, above = most > 0 ? (double)most : 0;
	const double step = round_step((below + above) / steps);
	struct plot_scale scale = { .step = (int64_t)step };

	scale.low = -steps_to(below, step) * scale.step;
	scale.high = steps_to(above, step) * scale.step;
	if (scale.low == scale.high)
		scale.high = scale.step;
	return scale;
}

/* Where an amount is, in per cent of the whole. */
static double place_of(const struct plot_scale *scale, int64_t amount)
{
	return ((double)amount - (double)scale->low) * 100 /
	       ((double)scale->high - (double)scale->low);
}

/* ---- bars -------------------------------------------------------------------------------------- */

static void write_grid(struct plot_writer *w, const struct plot_scale *scale)
{
	for (int64_t amount = scale->low; amount <= scale->high; amount += scale->step) {
		const double x = place_of(scale, amount);

		plot_print(w,
			   "<line class=\"%s\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"0\" y2=\"100%%\"/>",
			   amount ? "grid" : "zero", x, x);
	}
}

static void write_bar(struct plot_writer *w, const struct plot_scale *scale,
		      enum plot_series series, int64_t amount)
{
	const double zero = place_of(scale, 0), end = place_of(scale, amount);
	const double from = end < zero ? end : zero, to = end < zero ? zero : end;
	const int y = BAR_GAP + (int)series * (BAR + BAR_GAP);

	plot_print(w,
		   "<rect class=\"bar %s\" x=\"%.2f%%\" y=\"%d\" width=\"%.2f%%\" height=\"%d\"/>",
		   series_classes[series], from, y, to - from, BAR);
	/* A pattern lies upon the bar: the style sheet's colour would go before it in the same element. */
	if (series == PLOT_FORECAST)
		plot_print(w,
			   "<rect x=\"%.2f%%\" y=\"%d\" width=\"%.2f%%\" height=\"%d\" "
			   "fill=\"url(#hatched)\"/>",
			   from, y, to - from, BAR);
}

char *plot_bars(const struct plot_bars *bars)
{
	struct plot_writer w;

	plot_begin(&w, &(struct plot_frame){
			       .kind = "bars", .height = BARS_HEIGHT, .title = bars->title });
	write_grid(&w, &bars->scale);
	for (enum plot_series i = 0; i < PLOT_SERIES; i++)
		if (bars->values[i].given)
			write_bar(&w, &bars->scale, i, bars->values[i].value);
	return plot_end(&w);
}

static const char *anchor_at(double x)
{
	return x < 5 ? "start" : x > 95 ? "end" : "middle";
}

char *plot_bars_axis(enum language language, struct plot_scale scale)
{
	struct plot_writer w;
	char text[CATALOGUE_AMOUNT];

	plot_begin(&w, &(struct plot_frame){ .kind = "axis", .height = AXIS_HEIGHT });
	for (int64_t amount = scale.low; amount <= scale.high; amount += scale.step) {
		const double x = place_of(&scale, amount);

		plot_print(&w, "<text x=\"%.2f%%\" y=\"12\" text-anchor=\"%s\">%s</text>", x,
			   anchor_at(x), catalogue_millions(language, amount, text));
	}
	return plot_end(&w);
}

char *plot_key_bar(enum plot_series series)
{
	const struct plot_scale scale = { 0, 1, 1 };
	struct plot_writer w;

	plot_begin(&w, &(struct plot_frame){ .kind = "sample", .height = BAR + 2 });
	plot_print(&w, "<g transform=\"translate(0 %d)\">",
		   1 - BAR_GAP - (int)series * (BAR + BAR_GAP));
	write_bar(&w, &scale, series, 1);
	plot_print(&w, "</g>");
	return plot_end(&w);
}

char *plot_key_line(enum plot_series series)
{
	struct plot_writer w;

	plot_begin(&w, &(struct plot_frame){ .kind = "sample", .height = BAR + 2 });
	plot_print(&w, "<line class=\"step %s\" x1=\"0\" x2=\"100%%\" y1=\"%d\" y2=\"%d\"/>",
		   series_classes[series], BAR / 2 + 1, BAR / 2 + 1);
	return plot_end(&w);
}

/* ---- a year ------------------------------------------------------------------------------------ */

static struct plot_scale scale_of_year(const struct plot_year *year)
{
	int64_t least = 0, most = 0;

	for (size_t i = 0; i < PLOT_SERIES; i++)
		for (size_t month = 0; month < PLOT_MONTHS; month++) {
			const struct optional *value = &year->values[i][month];

			if (value->given && value->value < least)
				least = value->value;
			if (value->given && value->value > most)
				most = value->value;
		}
	return plot_scale(least, most, 4);
}

static double height_of(const struct plot_scale *scale, int64_t amount)
{
	return AXIS_HEIGHT + YEAR_HEIGHT * (100 - place_of(scale, amount)) / 100;
}

static void write_year_grid(struct plot_writer *w, const struct plot_year *year,
			    const struct plot_scale *scale)
{
	char text[CATALOGUE_AMOUNT];

	for (int64_t amount = scale->low; amount <= scale->high; amount += scale->step) {
		const double y = height_of(scale, amount);

		plot_print(w,
			   "<line class=\"%s\" x1=\"0\" x2=\"100%%\" y1=\"%.1f\" y2=\"%.1f\"/>"
			   "<text x=\"0\" y=\"%.1f\">%s</text>",
			   amount ? "grid" : "zero", y, y, y - 4,
			   catalogue_millions(year->language, amount, text));
	}
	for (int month = 0; month < PLOT_MONTHS; month++)
		plot_print(w, "<text x=\"%.2f%%\" y=\"%d\" text-anchor=\"middle\">%s</text>",
			   (month + 0.5) * 100 / PLOT_MONTHS,
			   AXIS_HEIGHT + YEAR_HEIGHT + MONTHS_HEIGHT - 6,
			   catalogue_short_month(year->language, month + 1));
}

/* Each month's amount as a line over its width, and what joins it to the next. */
static void write_steps(struct plot_writer *w, const struct plot_year *year,
			const struct plot_scale *scale, enum plot_series series)
{
	const struct optional *values = year->values[series];

	for (int month = 0; month < PLOT_MONTHS; month++) {
		const double x = month * 100.0 / PLOT_MONTHS,
			     next = (month + 1) * 100.0 / PLOT_MONTHS;
		const double y = height_of(scale, values[month].value);

		if (!values[month].given)
			continue;
		plot_print(w,
			   "<line class=\"step %s\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%.1f\" "
			   "y2=\"%.1f\"/>",
			   series_classes[series], x, next, y, y);
		if (month + 1 < PLOT_MONTHS && values[month + 1].given &&
		    values[month + 1].value != values[month].value)
			plot_print(
				w,
				"<line class=\"step %s\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%.1f\" "
				"y2=\"%.1f\"/>",
				series_classes[series], next, next, y,
				height_of(scale, values[month + 1].value));
	}
}

char *plot_year(const struct plot_year *year)
{
	static const enum plot_series order[PLOT_SERIES] = { PLOT_PLANNED, PLOT_FORECAST,
							     PLOT_ACHIEVED };
	const struct plot_scale scale = scale_of_year(year);
	struct plot_writer w;

	plot_begin(&w, &(struct plot_frame){ .kind = "year",
					     .height = AXIS_HEIGHT + YEAR_HEIGHT + MONTHS_HEIGHT,
					     .id = year->id,
					     .title = year->title,
					     .description = year->description });
	write_year_grid(&w, year, &scale);
	for (size_t i = 0; i < PLOT_SERIES; i++)
		write_steps(&w, year, &scale, order[i]);
	return plot_end(&w);
}
