/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The re-report as Markdown, of a plan whose paper the daemon does not write. In facts without blame: what was
 * decided, the sums and of how many measures they are, a row a measure, the notes beneath. That a measure has no
 * answer is a status like another, with how often and when it was asked for.
 */
#include "client/report_markdown.h"

#include <string.h>

#include "client/batch.h"
#include "client/need.h"
#include "client/print.h"

/* Data as Markdown: what would be markup is escaped. The caller frees it. */
static char *markdown(const json_t *value, bool lines)
{
	auto_free char *clean = json_is_string(value) ? print_clean(json_string_value(value), lines)
						      : print_value(value);
	char *out = need(malloc(strlen(clean) * 2 + 1)), *at = out;

	for (const char *from = clean; *from; from++) {
		if (strchr("\\`*<>[]|", *from))
			*at++ = '\\';
		*at++ = *from;
	}
	*at = '\0';
	return out;
}

static void put(FILE *out, const char *before, const json_t *row, const char *member)
{
	auto_free char *text = markdown(json_object_get(row, member), false);

	fprintf(out, "%s%s", before, text);
}

/* A sum or figure, or the sign for none. */
static const char *figure(const json_t *value, char out[static PRINT_NUMBER])
{
	return json_is_integer(value) ? print_number(json_integer_value(value), out) : PRINT_NONE;
}

/* "no answer (asked 3 times, last Tue 12 May)"; the year is left out where it is the deadline's. */
static void put_no_answer(FILE *out, const json_t *row, int year)
{
	json_int_t asked = json_integer_value(json_object_get(row, "asked"));
	char day[11] = "", when[PRINT_DATE];

	strncpy(day, batch_text(row, "last_asked"), sizeof(day) - 1);
	fputs("no answer (", out);
	if (asked == 0)
		fputs("not asked yet", out);
	else if (asked == 1)
		fputs("asked once", out);
	else
		fprintf(out, "asked %lld times", (long long)asked);
	if (asked > 0 && print_when(day, year, when))
		fprintf(out, ", %s%s", asked > 1 ? "last " : "", when);
	fputc(')', out);
}

/* "at-risk" in words: "at risk"; and that it answers nothing, where it does not. */
static void put_status(FILE *out, const json_t *row, int year)
{
	const json_t *status = json_object_get(row, "status");
	auto_free char *text = markdown(status, false);

	if (!json_is_string(status)) {
		put_no_answer(out, row, year);
		return;
	}
	for (char *at = text; *at; at++)
		fputc(*at == '-' ? ' ' : *at, out);
	if (json_is_false(json_object_get(row, "answered")))
		fputs(" (no answer)", out);
}

static void put_row(FILE *out, const json_t *row, int year)
{
	static const char *const figures[] = { "effect_planned", "effect_achieved",
					       "effect_forecast", "deviation" };
	const json_t *progress = json_object_get(row, "progress");
	char number[PRINT_NUMBER], when[PRINT_DATE], day[11] = "";

	put(out, "| ", row, "measure");
	put(out, " | ", row, "title");
	put(out, " | ", row, "owner");
	fputs(" | ", out);
	put_status(out, row, year);
	if (json_is_integer(progress))
		fprintf(out, " | %lld %% |", (long long)json_integer_value(progress));
	else
		fputs(" | " PRINT_NONE " |", out);
	for (size_t i = 0; i < sizeof(figures) / sizeof(*figures); i++)
		fprintf(out, " %s |", figure(json_object_get(row, figures[i]), number));
	strncpy(day, batch_text(row, "answered_at"), sizeof(day) - 1);
	fprintf(out, " %s |\n", print_when(day, year, when) ? when : PRINT_NONE);
}

static void put_answered(FILE *out, long long answered, long long measures)
{
	if (measures == 1)
		fprintf(out, "\nThe measure has %sanswered.\n", answered ? "" : "not ");
	else
		fprintf(out, "\n%lld of %lld measures %s answered.\n", answered, measures,
			answered == 1 ? "has" : "have");
}

/* "Planned effect: 12 000 000 (3 of 4 measures)": a line each, since each is of other measures, and the
 * difference of two would be nothing. */
static void put_totals(FILE *out, const json_t *totals)
{
	static const struct {
		const char *member, *words, *which;
	} sums[] = {
		{ "effect_planned", "Planned effect", "" },
		{ "effect_achieved", "Achieved", "" },
		{ "effect_forecast", "Forecast for the full year", "" },
		{ "deviation", "Deviation from the plan",
		  ": those with both a plan and a forecast" },
	};
	long long measures = json_integer_value(json_object_get(totals, "measures"));
	const char *before = "\n";
	char number[PRINT_NUMBER];

	put_answered(out, json_integer_value(json_object_get(totals, "answered")), measures);
	for (size_t i = 0; i < sizeof(sums) / sizeof(*sums); i++) {
		const json_t *total = json_object_get(totals, sums[i].member);
		long long of = json_integer_value(json_object_get(total, "of"));

		if (of == 0)
			continue;
		fprintf(out, "%s- %s: %s (%lld of %lld measure%s%s)\n", before, sums[i].words,
			figure(json_object_get(total, "sum"), number), of, measures,
			measures == 1 ? "" : "s", sums[i].which);
		before = "";
	}
}

static void put_head(FILE *out, const json_t *report)
{
	static const struct {
		const char *member, *before, *original;
	} lines[] = {
		{ "deadline", "\n- Deadline: ", NULL },
		{ "decision", "\n- Decision: ", NULL },
		{ "due", "\n- To be reported: ", "due_original" },
		{ "papers", "\n- Papers: ", "papers_original" },
		{ "submitted_at", "\n- Handed over: ", NULL },
		{ "reference", "\n- Reference: ", NULL },
		{ "frozen_at", "\n- Frozen: ", NULL },
		{ "sha256", "\n- SHA-256: ", NULL },
	};

	put(out, "# ", report, "title");
	fputc('\n', out);
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		if (!*batch_text(report, lines[i].member))
			continue;
		put(out, lines[i].before, report, lines[i].member);
		if (strcmp(lines[i].member, "papers") == 0 && *batch_text(report, "time"))
			put(out, " ", report, "time");
		if (strcmp(lines[i].member, "due") == 0 &&
		    json_is_true(json_object_get(report, "provisional")))
			fputs(" (prel.)", out);
		if (lines[i].original && *batch_text(report, lines[i].original)) {
			put(out, " (originally ", report, lines[i].original);
			fputc(')', out);
		}
	}
	fputc('\n', out);
}

/* A note as a quotation below its measure. */
static void put_note(FILE *out, const json_t *row)
{
	auto_free char *note = markdown(json_object_get(row, "note"), true);

	put(out, "\n**", row, "measure");
	put(out, "** ", row, "title");
	fputs("\n\n> ", out);
	for (const char *at = note; *at; at++) {
		fputc(*at, out);
		if (*at == '\n')
			fputs("> ", out);
	}
	fputc('\n', out);
}

static void put_day(FILE *out, const json_t *row, const char *member, int year)
{
	const char *text = batch_text(row, member);
	char when[PRINT_DATE];

	if (strncmp(text, "meeting ", 8) == 0) /* of a body, by its month */
		fprintf(out, "| %s ", text);
	else
		fprintf(out, "| %s ", print_when(text, year, when) ? when : PRINT_NONE);
}

/* Each hand-over and what the body decided on it, also what was returned since. */
static void put_history(FILE *out, const json_t *history, int year)
{
	const json_t *row;
	size_t i;

	if (json_array_size(history) > 0)
		fputs("\n## Hand-overs and decisions\n\n| When | What | Reference | Due | By |\n"
		      "|---|---|---|---|---|\n",
		      out);
	json_array_foreach (history, i, row) {
		put_day(out, row, "at", year);
		put(out, "| ", row, "what");
		if (*batch_text(row, "body")) /* of a chain: which one decided */
			put(out, " by ", row, "body");
		put(out, " | ", row, "reference");
		fputc(' ', out);
		put_day(out, row, "due", year);
		put(out, "| ", row, "by");
		fputs(" |\n", out);
	}
}

void report_markdown(FILE *out, const json_t *report)
{
	const json_t *rows = json_object_get(report, "rows"), *row;
	int year = atoi(batch_text(report, "due"));
	bool noted = false;
	size_t i;

	put_head(out, report);
	put_totals(out, json_object_get(report, "totals"));
	fputs("\n| Measure | Title | Owner | Status | Progress | Planned | Achieved | Forecast "
	      "| Deviation | Answered |\n"
	      "|---|---|---|---|--:|--:|--:|--:|--:|---|\n",
	      out);
	json_array_foreach (rows, i, row)
		put_row(out, row, year);
	json_array_foreach (rows, i, row) {
		if (!*batch_text(row, "note"))
			continue;
		fputs(noted ? "" : "\n## Notes\n", out);
		noted = true;
		put_note(out, row);
	}
	put_history(out, json_object_get(report, "history"), year);
}
