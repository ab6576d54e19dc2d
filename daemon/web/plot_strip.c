/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Statuses over time. What a stretch of a strip means is told by its colour, and for whoever doesn't see it by
 * the pattern that lies upon it: nothing for what is on track, stripes for what is at risk, a grid for what is
 * off track, dots where nothing was said.
 */
#include "web/plot_inside.h"

#define STRIP_HEIGHT 16
#define AXIS_HEIGHT 16
#define LABELS_MOST 6 /* along an axis */

struct look {
	const char *class, *pattern;
};

static struct look look_of(enum measure_status status)
{
	static const struct look looks[STATUSES] = {
		[STATUS_NOT_STARTED] = { "not-started", NULL },
		[STATUS_ON_TRACK] = { "on-track", NULL },
		[STATUS_AT_RISK] = { "at-risk", "striped" },
		[STATUS_OFF_TRACK] = { "off-track", "gridded" },
		[STATUS_DONE] = { "is-done", NULL },
		[STATUS_CANCELLED] = { "cancelled", "lined" },
	};

	return status == STATUS_NONE ? (struct look){ "no-data", "dotted" } : looks[status];
}

/* ---- a strip ----------------------------------------------------------------------------------- */

/* Where a day begins, in per cent; what lies before the strip is at its beginning. */
static double place_of(struct plot_span span, struct civil_date day)
{
	const double days = span.until.day - span.from.day + 1;
	const double at = day.day - span.from.day;

	return at <= 0 ? 0 : at >= days ? 100 : at * 100 / days;
}

static void write_stretch(struct plot_writer *w, enum measure_status status, double from, double to)
{
	const struct look look = look_of(status);

	if (to <= from)
		return;
	plot_print(w,
		   "<rect class=\"state %s\" x=\"%.2f%%\" y=\"1\" width=\"%.2f%%\" height=\"%d\"/>",
		   look.class, from, to - from, STRIP_HEIGHT - 2);
	if (look.pattern)
		plot_print(w,
			   "<rect x=\"%.2f%%\" y=\"1\" width=\"%.2f%%\" height=\"%d\" "
			   "fill=\"url(#%s)\"/>",
			   from, to - from, STRIP_HEIGHT - 2, look.pattern);
}

char *plot_strip(const struct plot_strip *strip)
{
	enum measure_status status = STATUS_NONE;
	struct plot_writer w;
	double from = 0;

	plot_begin(&w, &(struct plot_frame){
			       .kind = "strip", .height = STRIP_HEIGHT, .title = strip->title });
	for (size_t i = 0; i < strip->count; i++) {
		const double to = place_of(strip->span, strip->changes[i].on);

		write_stretch(&w, status, from, to);
		from = to;
		status = strip->changes[i].status;
	}
	write_stretch(&w, status, from, 100);
	return plot_end(&w);
}

char *plot_key_status(enum measure_status status)
{
	struct plot_writer w;

	plot_begin(&w, &(struct plot_frame){ .kind = "sample", .height = STRIP_HEIGHT });
	write_stretch(&w, status, 0, 100);
	return plot_end(&w);
}

/* ---- its axis ---------------------------------------------------------------------------------- */

/* As few months from one label to the next as leave room for all: whole years where it takes more. */
static int months_apart(int months)
{
	static const int apart[] = { 1, 2, 3, 6, 12 };

	for (size_t i = 0; i < sizeof(apart) / sizeof(*apart); i++)
		if (months / apart[i] < LABELS_MOST)
			return apart[i];
	return 12 * (months / 12 / LABELS_MOST + 1);
}

char *plot_strip_axis(enum language language, struct plot_span span)
{
	int year, month, day, last_year, last_month, apart;
	struct plot_writer w;

	civil_to_ymd(span.from, &year, &month, &day);
	civil_to_ymd(span.until, &last_year, &last_month, &day);
	apart = months_apart((last_year - year) * 12 + last_month - month);
	plot_begin(&w, &(struct plot_frame){ .kind = "axis", .height = AXIS_HEIGHT });
	for (int at = year * 12 + month - 1; at <= last_year * 12 + last_month - 1; at++) {
		const struct civil_date first = civil_from_ymd(at / 12, at % 12 + 1, 1);
		const double x = place_of(span, first);

		if (at % apart || civil_compare(first, span.from) < 0 || x > 88)
			continue;
		plot_print(&w,
			   "<line class=\"grid\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"0\" "
			   "y2=\"100%%\"/><text x=\"%.2f%%\" dx=\"3\" y=\"12\">",
			   x, x, x);
		if (apart >= 12 || at % 12 == 0)
			plot_print(&w, "%d</text>", at / 12);
		else
			plot_print(&w, "%s</text>", catalogue_short_month(language, at % 12 + 1));
	}
	return plot_end(&w);
}

/* ---- patterns ---------------------------------------------------------------------------------- */

char *plot_patterns(void)
{
	struct plot_writer w;

	plot_begin(&w, &(struct plot_frame){ .kind = "patterns", .height = 0 });
	plot_print(
		&w,
		"<defs>"
		"<pattern id=\"hatched\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" "
		"patternTransform=\"rotate(45)\"><path class=\"ink\" d=\"M0 0V5\"/></pattern>"
		"<pattern id=\"striped\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
		"patternTransform=\"rotate(45)\"><path class=\"ink\" d=\"M0 0V6\"/></pattern>"
		"<pattern id=\"gridded\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\">"
		"<path class=\"ink\" d=\"M0 0H5M0 0V5\"/></pattern>"
		"<pattern id=\"lined\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\">"
		"<path class=\"ink\" d=\"M0 2H4\"/></pattern>"
		"<pattern id=\"dotted\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
		"<circle class=\"dot\" cx=\"2\" cy=\"3\" r=\"1\"/></pattern>"
		"</defs>");
	return plot_end(&w);
}
