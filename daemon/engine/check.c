/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plan is adopted in a store in memory. The dates of its deadlines are those that the store has
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

#define LOOK_AHEAD 400 /* days */

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
	fprintf(out, "; asks for %zu measure%s%s\n", d->measure_count,
		d->measure_count == 1 ? "" : "s",
		d->responsible ? " and the whole, of the responsible" : "");
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

#define NAMED 6 /* items of a message that have the same in common: of the rest their number */

static bool same(const json_t *a, const json_t *b, const char *member)
{
	const json_t *one = json_object_get(a, member), *other = json_object_get(b, member);

	return one == other || json_equal(one, other); /* both may be left out */
}

/* How many items from this one on are of its deadline and step: measures, or one without any. */
static size_t run_of(const json_t *items, size_t at)
{
	const json_t *first = json_array_get(items, at), *item;
	size_t count = 1;

	while ((item = json_array_get(items, at + count)) && same(first, item, "deadline") &&
	       same(first, item, "step") && same(first, item, "repetition") &&
	       json_is_string(json_object_get(first, "measure")) &&
	       json_is_string(json_object_get(item, "measure")))
		count++;
	return count;
}

/* "RS-58 HSN-01, HSN-02 and 7 more (-10wd), RS-58 (0)" */
static void print_items(const json_t *items, FILE *out)
{
	for (size_t at = 0, count; at < json_array_size(items); at += count) {
		const json_t *first = json_array_get(items, at);
		const char *deadline = json_string_value(json_object_get(first, "deadline"));
		const char *step = json_string_value(json_object_get(first, "step"));
		size_t shown;

		count = run_of(items, at);
		shown = count > NAMED + 1 ? NAMED : count;
		fprintf(out, "%s%s", at ? ", " : "", deadline ? deadline : "");
		for (size_t i = 0; i < shown; i++) {
			const json_t *item = json_array_get(items, at + i);
			const char *measure = json_string_value(json_object_get(item, "measure"));

			if (measure)
				fprintf(out, "%s%s", i ? ", " : deadline ? " " : "", measure);
		}
		if (shown < count)
			fprintf(out, " and %zu more", count - shown);
		if (step)
			fprintf(out, " (%s)", step);
	}
}

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

/* The rows of the first day; returns how many there were. */
static size_t print_first_day(const struct forecast *f, const char *config, FILE *out)
{
	char day[CIVIL_TEXT] = "", first[40] = "";
	size_t count = 0;

	for (; count < forecast_count(f); count++) {
		json_t *row = forecast_row(f, count);
		const char *when = json_string_value(json_object_get(row, "when"));
		bool other = day[0] && strncmp(day, when, CIVIL_TEXT - 1) != 0;

		if (!other) {
			if (!day[0]) {
				fprintf(out, "The first messages would leave on %.10s:\n", when);
				snprintf(first, sizeof(first), "%s", when);
			}
			snprintf(day, sizeof(day), "%.10s", when);
			fprintf(out, "  %.5s  %s to %s by %s: ", when + 11,
				json_string_value(json_object_get(row, "kind")),
				json_string_value(json_object_get(row, "to")),
				json_string_value(json_object_get(row, "channel")));
			print_items(json_object_get(row, "items"), out);
			fputc('\n', out);
		}
		json_decref(row);
		if (other)
			break;
	}
	if (count)
		print_rehearsal(first, config, out);
	return count;
}

int check_end(struct plan *plan, size_t warnings, struct instant now, const char *config, FILE *out)
{
	struct engine e = { 0 };
	struct plan_change adoption;
	struct forecast *f = NULL;
	struct civil_date today = zone_date(now);
	int r = ledger_open(&e.ledger, ":memory:", false, &(int){ 0 });

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
	if (r == 0 && print_first_day(f, config, out) == 0)
		fprintf(out, "Nothing would be sent within %d days.\n", LOOK_AHEAD);
	forecast_free(f);
	plan_unref(e.plan);
	ledger_close(e.ledger);
	return r;
}
