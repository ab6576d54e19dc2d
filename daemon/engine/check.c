/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plan is adopted in a store that passes. The dates of its deadlines are those that the store has
 * then, and what a real run would send is asked of the same forecast that answers the query. The first
 * day of it is the first morning.
 */
#include "engine/check.h"

#include <errno.h>
#include <string.h>

#include "base/zone.h"
#include "engine/forecast.h"
#include "engine/obligation/in_force.h"
#include "engine/obligation/series.h"
#include "engine/plan_change.h"
#include "plan/due.h"
#include "protocol/forecast_lines.h"

#define LOOK_AHEAD 400 /* days */
#define FEW 3	       /* messages of a group, what each is about is printed */

/* ---- dates ------------------------------------------------------------------------------------- */

/* A deadline, or of a series its first occurrence that is not past. */
struct dated {
	char id[ITEM_ID];
	struct dates dates;
};

static int find_occurrence(struct engine *e, const struct deadline *d, struct instant now,
			   struct dated *ret)
{
	struct series s;
	int r = series_load(&s, e, d, now, instant_add(now, DAYS(LOOK_AHEAD)));

	if (r < 0)
		return r;
	if (s.known_count) {
		memcpy(ret->id, s.known[0].row.id, sizeof(ret->id));
		ret->dates = deadline_dates(e->plan, s.known[0].deadline, &s.known[0].row);
	} else if (s.coming_count) {
		memcpy(ret->id, s.coming[0].id, sizeof(ret->id));
		ret->dates = s.coming[0].dates;
	}
	series_done(&s);
	return 0;
}

static int find_dates(struct engine *e, const struct deadline *d, struct instant now,
		      struct dated *ret)
{
	struct deadline_row row;
	int r;

	*ret = (struct dated){ "", { .due = CIVIL_NONE } };
	if (d->every.kind != EVERY_NEVER)
		return find_occurrence(e, d, now, ret);
	r = ledger_deadline(e->ledger, d->id, &row);
	if (r < 0)
		return r;
	snprintf(ret->id, sizeof(ret->id), "%s", d->id.text);
	ret->dates = deadline_dates(e->plan, d, &row);
	return 0;
}

/* Which of a body's meetings: ", months 4, 11" or ", each 2"; all of them: nothing. */
static void print_choice(const struct every *every, FILE *out)
{
	if (every->each)
		fprintf(out, ", each %d", every->each);
	for (int month = 1, named = 0; month <= 12; month++)
		if (every->months & 1U << month)
			fprintf(out, "%s%d", named++ ? ", " : ", months ", month);
}

/* "RS-58: due 2026-06-16 (meeting RS 2026-06)"; of a series, whose `due` begins it and need not be among
 * its dates: "RS-58: comes again (RRULE:FREQ=MONTHLY), first RS-58@2026-05-29, due 2026-05-29". */
static void print_due(const struct deadline *d, const struct dated *found, FILE *out)
{
	const struct civil_date due = found->dates.due;
	char text[CIVIL_TEXT];

	civil_format(due, text);
	if (d->every.kind == EVERY_NEVER) {
		fprintf(out, "  %s: due %s", d->id.text, text);
		if (strcmp(d->due.text, text) != 0)
			fprintf(out, " (%s)", d->due.text);
		return;
	}
	fprintf(out, "  %s: comes again (%s", d->id.text, d->every.text);
	print_choice(&d->every, out);
	fprintf(out, "), first ");
	if (!civil_is_none(due))
		fprintf(out, "%s, due %s", found->id, text);
	else if (d->every.kind == EVERY_MEETING)
		fprintf(out, "when its next meeting is known");
	else
		fprintf(out, "after %d days", LOOK_AHEAD);
}

/* "; asks for 2 measures (1 more is over), and hsn-presidium for the whole" */
static void print_asked(const struct deadline *d, FILE *out)
{
	size_t over = 0, asked;

	for (size_t i = 0; i < d->measure_count; i++)
		over += d->measures[i]->over != STATUS_NONE;
	asked = d->measure_count - over;
	fputs("; asks", out);
	if (d->measure_count)
		fprintf(out, " for %zu measure%s", asked, asked == 1 ? "" : "s");
	if (over)
		fprintf(out, " (%zu more %s over)", over, over == 1 ? "is" : "are");
	if (d->responsible)
		fprintf(out, "%s %s for the whole", d->measure_count ? ", and" : "",
			d->responsible->id.text);
	fputc('\n', out);
}

/* "  RS-58: due 2026-06-16 (meeting RS 2026-06), papers 2026-06-05; asks for 2 measures" */
static int print_deadline(struct engine *e, const struct deadline *d, struct instant now, FILE *out)
{
	struct dated found;
	const struct dates *dates = &found.dates;
	char text[CIVIL_TEXT];
	int r = find_dates(e, d, now, &found);

	if (r < 0)
		return r;
	print_due(d, &found, out);
	if (!civil_is_none(dates->due)) {
		if (dates->provisional)
			fprintf(out, ", provisional: no such meeting is known yet");
		if (!civil_equal(dates->papers, dates->due))
			fprintf(out, ", papers %s", civil_format(dates->papers, text));
		if (civil_compare(dates->practical, dates->papers) < 0 &&
		    civil_compare(dates->practical, zone_date(now)) >= 0)
			fprintf(out, ", practical %s", civil_format(dates->practical, text));
	}
	print_asked(d, out);
	return 0;
}

static int print_deadlines(struct engine *e, struct instant now, FILE *out)
{
	int r = 0;

	if (e->plan->deadline_count)
		fprintf(out, "The dates worked out:\n");
	for (size_t i = 0; r == 0 && i < e->plan->deadline_count; i++)
		r = print_deadline(e, &e->plan->deadlines[i], now, out);
	return r;
}

/* ---- the first morning --------------------------------------------------------------------------- */

/* The configuration's folder, or its file when it has another name, as a shell reads it; nothing for the folder
 * that is rehearsed unless another is named. */
static void print_folder(const char *config, FILE *out)
{
	static const char plain[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-+,:@%";
	const char *slash = strrchr(config, '/');
	size_t length = strlen(config);
	bool quoted;

	if (strcmp(config, "/etc/paminn/paminnd.conf") == 0)
		return;
	if (strcmp(slash ? slash + 1 : config, "paminnd.conf") == 0) {
		length = slash > config ? (size_t)(slash - config) : 1;
		config = slash ? config : ".";
	}
	quoted = strspn(config, plain) < length;
	fputs(quoted ? " '" : " ", out);
	for (; length > 0; config++, length--)
		if (*config == '\'')
			fputs("'\\''", out);
		else
			fputc(*config, out);
	fputs(quoted ? "'" : "", out);
}

/* A whole hour before the first message: the rehearsal that shows it leave in its time. */
static void print_rehearsal(const char *when, const char *config, FILE *out)
{
	int hour = 0, minute = 0;

	if (sscanf(when + 11, "%2d:%2d", &hour, &minute) == 2 && minute == 0 && hour > 0)
		hour--;
	fprintf(out, "  To see them leave, and reach nobody: paminn-rehearse %.10sT%02d:00", when,
		hour);
	print_folder(config, out);
	fputc('\n', out);
}

/* Its rows, in ret; what is in it already stays. */
static int first_day(const struct forecast *f, json_t *ret)
{
	char day[CIVIL_TEXT] = "";

	for (size_t i = 0; i < forecast_count(f); i++) {
		json_t *row = forecast_row(f, i);
		const char *when = json_string_value(json_object_get(row, "when"));
		const bool other = day[0] && when && strncmp(day, when, CIVIL_TEXT - 1) != 0;

		if (other)
			json_decref(row);
		else if (!when || json_array_append_new(ret, row) < 0)
			return -ENOMEM;
		if (other)
			break;
		snprintf(day, sizeof(day), "%.10s", when);
	}
	return 0;
}

/* How many lines from the i-th on are of single people, below the heading of their group. */
static size_t count_members(const json_t *lines, size_t i)
{
	size_t count = 0;

	while (json_object_get(json_array_get(lines, i + count), "to"))
		count++;
	return count;
}

/* "  08:00  2 reminders, RS-58 (-10wd)", and below it "         stod: RS-58 itself"; of more than a few who they are
 * in the same line. How many lines that took. */
static size_t print_group(const json_t *lines, size_t at, FILE *out)
{
	const json_t *heading = json_array_get(lines, at);
	const size_t members = count_members(lines, at + 1);

	fprintf(out, "  %.5s  %s", json_string_value(json_object_get(heading, "when")) + 11,
		json_string_value(json_object_get(heading, "text")));
	for (size_t i = at + 1; i <= at + members; i++) {
		const json_t *line = json_array_get(lines, i);
		const char *to = json_string_value(json_object_get(line, "to"));

		if (members > FEW)
			fprintf(out, "%s%s", i == at + 1 ? ": " : ", ", to);
		else
			fprintf(out, "\n           %s: %s", to,
				json_string_value(json_object_get(line, "items")));
	}
	fputc('\n', out);
	return 1 + members;
}

static int print_first_day(const struct forecast *f, const char *config, FILE *out)
{
	json_t *rows = json_array(), *lines = NULL;
	int r = rows ? first_day(f, rows) : -ENOMEM;

	if (r == 0)
		lines = forecast_lines(rows);
	if (r == 0 && !lines)
		r = -ENOMEM;
	if (r == 0 && json_array_size(rows) == 0) {
		fprintf(out, "Nothing would be sent within %d days.\n", LOOK_AHEAD);
	} else if (r == 0) {
		const char *when =
			json_string_value(json_object_get(json_array_get(rows, 0), "when"));

		fprintf(out, "The first messages would leave on %.10s:\n", when);
		for (size_t i = 0; i < json_array_size(lines);)
			i += print_group(lines, i, out);
		print_rehearsal(when, config, out);
	}
	json_decref(lines);
	json_decref(rows);
	return r;
}

int check_end(struct plan *plan, size_t warnings, struct instant now, const char *config, FILE *out)
{
	struct engine e = { 0 };
	struct plan_change adoption;
	struct forecast *f = NULL;
	struct civil_date today = zone_date(now);
	int r = ledger_open(&e.ledger, STORE_AT(""), false, &(struct store_refusal){ 0 });

	if (r == 0)
		r = ledger_begin(e.ledger);
	if (r == 0)
		r = plan_change_apply(&e, plan, now, &adoption);
	if (r > 0)
		fprintf(out, "%s\n", adoption.refused);
	if (r == 0) {
		fprintf(out, "%zu warning%s\n", warnings, warnings == 1 ? "" : "s");
		r = print_deadlines(&e, now, out);
	}
	if (r == 0)
		r = forecast_new(&f, &e, now, today, civil_add(today, LOOK_AHEAD));
	if (r == 0)
		while ((r = forecast_work(f)) > 0)
			;
	if (r == 0)
		r = print_first_day(f, config, out);
	forecast_free(f);
	plan_unref(e.plan);
	ledger_close(e.ledger);
	return r;
}
