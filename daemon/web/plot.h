/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Plots: from numbers to the text of an inline SVG. Pure; what a plot says in words its caller gives, and it is
 * escaped here.
 *
 * Lengths along a plot are percentages of its width, and its letters have the page's size, so that it fits a
 * phone, a screen and a sheet of paper without being scaled. How things look is the style sheet's: colours by
 * classes, since the page's policy lets no style stand in an element. Series and statuses differ in their form
 * too (an outline, a full bar, a hatched one; dashes; patterns), for whoever sees no colours or prints without.
 *
 * Each is an image with a name ("title") and, where there is more to say, a description; the figures themselves
 * stand in the table beside it. All texts returned are from malloc, NULL when there is no memory.
 */
#pragma once
#include "message/catalogue.h"

enum plot_series { PLOT_PLANNED, PLOT_ACHIEVED, PLOT_FORECAST, PLOT_SERIES };

/* ---- amounts ----------------------------------------------------------------------------------- */

/* The amounts that a plot's width or height stands for: round ones at both ends, and nothing (0) between them or
 * at one. low < high. */
struct plot_scale {
	int64_t low, high, step; /* whole currency units; low and high are multiples of step */
};
/* One that reaches from the least to the most of what is to be shown, with about so many steps. */
struct plot_scale plot_scale(int64_t least, int64_t most, int steps);

/* The bars of one measure: planned, achieved, forecast, of those that are given. */
struct plot_bars {
	struct plot_scale scale;
	struct optional values[PLOT_SERIES];
	const char *title;
};
char *plot_bars(const struct plot_bars *bars);
/* What stands above the bars: the amounts at their steps, in millions. */
char *plot_bars_axis(enum language language, struct plot_scale scale);
/* How a series looks, as a small picture for the key: bars' or lines'. Nobody needs to have it read aloud. */
char *plot_key_bar(enum plot_series series);
char *plot_key_line(enum plot_series series);

#define PLOT_MONTHS 12
/* What had been reported at the end of each month of a year, as steps. */
struct plot_year {
	enum language language;
	const char *id; /* unique on the page: letters, digits and "-" */
	const char *title, *description;
	struct optional values[PLOT_SERIES][PLOT_MONTHS];
};
char *plot_year(const struct plot_year *year);

/* ---- statuses ---------------------------------------------------------------------------------- */

/* From the first day on, until the last included. */
struct plot_span {
	struct civil_date from, until;
};
struct plot_change {
	struct civil_date on; /* what stands from this day on */
	enum measure_status status;
};
/* How a measure's status moved; changes are in order of time. Before the first one nothing was said. */
struct plot_strip {
	struct plot_span span;
	const struct plot_change *changes;
	size_t count;
	const char *title;
};
char *plot_strip(const struct plot_strip *strip);
/* What stands above strips: months, or years where there would be too many. */
char *plot_strip_axis(enum language language, struct plot_span span);
/* How a status looks (STATUS_NONE: that nothing was said), for the key. */
char *plot_key_status(enum measure_status status);

/* The patterns that all plots of a page refer to: once on each page, before any of them. */
char *plot_patterns(void);
