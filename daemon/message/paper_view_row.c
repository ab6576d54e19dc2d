/* SPDX-License-Identifier: Apache-2.0 */
/* A row of a paper, and an entry of its lists. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "message/catalogue.h"
#include "message/paper_view_internal.h"

#define NOTHING PAPER_NOTHING
#define TEXT PAPER_TEXT

/* The body's own words, or the language's. */
static const char *status_words(const struct template_view *v, const json_t *row)
{
	const char *own = paper_text_of(row, "words"), *word = paper_text_of(row, "word");

	return own ? own : word ? catalogue_word(v->language, word) : NULL;
}

/* What is over has no use for a light. */
static bool is_over(const char *word)
{
	static const char *const over[] = { "done", "cancelled", "struck", "done-by-owner",
					    "cancelled-by-owner" };

	return word &&
	       text_find(word, over, sizeof(over) / sizeof(*over)) < sizeof(over) / sizeof(*over);
}

/* Was nothing ever said of it, and has the body no words of its own for that? */
static bool is_unsaid(const json_t *row)
{
	const char *word = paper_text_of(row, "word");

	return word && strcmp(word, "no-data") == 0 && !paper_text_of(row, "words") &&
	       !json_object_get(row, "last");
}

/* Is the light that of the status itself? Else it is that of a date, or there is none. */
static bool is_of_status(const json_t *row)
{
	const char *word = paper_text_of(row, "word");
	const json_t *reason;
	size_t i;

	json_array_foreach (json_object_get(row, "light_reasons"), i, reason)
		if (word && strcmp(json_string_value(reason), word) == 0)
			return true;
	return false;
}

/* What a date says of a measure stands in its light where what was answered doesn't tell it: "Enligt plan (röd: datumet
 * har passerat)". NULL: nothing. */
static const char *why_of_light(const struct template_view *v, const json_t *row)
{
	static const struct {
		const char *reason;
		enum paper_word word;
	} of_dates[] = { { "past", PAPER_WORD_PAST },
			 { "forecast", PAPER_WORD_LATER },
			 { "near", PAPER_WORD_NEAR } };
	const json_t *reasons = json_object_get(row, "light_reasons"), *reason;
	size_t at;

	if (is_of_status(row))
		return NULL;
	for (size_t i = 0; i < sizeof(of_dates) / sizeof(*of_dates); i++)
		json_array_foreach (reasons, at, reason)
			if (strcmp(json_string_value(reason), of_dates[i].reason) == 0)
				return catalogue_paper(v->language, of_dates[i].word);
	return NULL;
}

/* "gul", or the body's own word; where the status doesn't say why, with why. NULL: there is none. */
static const char *light_words(const struct template_view *v, const json_t *row,
			       char out[static TEXT])
{
	const char *own = paper_text_of(row, "light_words"), *light = paper_text_of(row, "light");
	const char *why = why_of_light(v, row);

	if (!light || is_over(paper_text_of(row, "word")))
		return NULL;
	snprintf(out, TEXT, "%s%s%s", own ? own : catalogue_word(v->language, light),
		 why ? ": " : "", why ? why : "");
	return out;
}

/* unasked: what stands for nothing that nobody was asked for. */
static void put_status(struct template_view *v, const char *name, const json_t *row,
		       const char *unasked)
{
	const json_t *last = json_object_get(row, "last");
	char text[TEXT] = "", day[TEXT], said[TEXT / 2], light[TEXT];
	const char *on = last ? paper_loosened(paper_words_of_date(v, last, "at", day)) : NULL;

	if (last)
		snprintf(text, sizeof(text), "%s; %s%s%s%s: %s",
			 catalogue_paper(v->language, PAPER_WORD_NO_ANSWER),
			 catalogue_paper(v->language, PAPER_WORD_LAST), on ? " (" : "",
			 on ? on : "", on ? ")" : "",
			 paper_text_of(last, "words")
				 ? paper_text_of(last, "words")
				 : catalogue_lowered(status_words(v, last), said, sizeof(said)));
	if (is_unsaid(row))
		snprintf(text, sizeof(text), "%s",
			 json_is_true(json_object_get(row, "is_asked"))
				 ? catalogue_paper(v->language, PAPER_WORD_NO_ANSWER)
				 : unasked);
	paper_put_titled(v, name, *text ? text : status_words(v, row), light_words(v, row, light));
}

/* The state that was put, as it stands within a sentence. */
static void put_lowered(struct template_view *v, const char *name, const char *of)
{
	const char *words = json_string_value(json_object_get(v->object, of));
	char text[2 * TEXT];

	if (words)
		template_view_put(v, name, catalogue_lowered(words, text, sizeof(text)));
}

/* What it was, or is, by status and light: always within a sentence. */
static void put_compared(struct template_view *v, const char *name, const json_t *entry)
{
	const json_t *state = json_object_get(entry, name);
	const char *status = paper_text_of(state, "status");
	const char *words = paper_text_of(state, "words"); /* the body's own */
	char light[TEXT];

	if (status)
		paper_put_titled(v, name, words ? words : catalogue_word(v->language, status),
				 light_words(v, state, light));
	put_lowered(v, name, name);
}

/* ---- rows --------------------------------------------------------------------------------------- */

struct template_view paper_inner(const struct template_view *v)
{
	return (struct template_view){ json_object(), v->language, v->options, false };
}

/* "20 oktober 2026 (tidigare 1 juni 2026)": what stands, what it was and what is expected. */
static void put_done_by(struct template_view *v, const char *name, const json_t *row)
{
	char now[TEXT], before[TEXT], expected[TEXT], text[3 * TEXT];
	const char *by = paper_words_of_date(v, row, "done_by", now);
	const char *was = paper_words_of_date(v, row, "done_by_original", before);
	const char *done = paper_words_of_date(v, row, "done_forecast", expected);

	snprintf(text, sizeof(text), "%s%s%s%s%s",
		 by	? by
		 : done ? ""
			: NOTHING,
		 was ? catalogue_paper(v->language, PAPER_WORD_BEFORE) : "", was ? was : "",
		 done ? catalogue_paper(v->language, PAPER_WORD_EXPECTED) + (by ? 0 : 2) : "",
		 done ? done : "");
	template_view_put(v, name, paper_loosened(text));
}

static void put_progress(struct template_view *v, const json_t *row)
{
	const json_t *progress = json_object_get(row, "progress");
	char text[40];

	snprintf(text, sizeof(text), "%" JSON_INTEGER_FORMAT, json_integer_value(progress));
	if (json_is_integer(progress))
		template_view_put(v, "percent", text);
	snprintf(text, sizeof(text), "%" JSON_INTEGER_FORMAT " %%", json_integer_value(progress));
	paper_put_cell(v, "progress", json_is_integer(progress) ? text : NULL);
}

static json_t *period_cells(const struct template_view *outer, const struct template_view *v,
			    const json_t *row, const char **comment)
{
	const json_t *periods = json_object_get(row, "periods"), *period;
	json_t *cells = json_array();
	size_t i;

	*comment = NULL;
	json_array_foreach (periods, i, period) {
		const char *words = status_words(v, period);

		if (!paper_shows_period(outer, period))
			continue;
		json_array_append_new(cells, json_pack("{ss ss}", "cell", words ? words : NOTHING,
						       "name", paper_text_of(period, "name")));
		if (paper_text_of(period, "status"))
			*comment = paper_text_of(period, "note");
	}
	return cells;
}

json_t *paper_row_view(const struct template_view *outer, const json_t *row)
{
	struct template_view v = paper_inner(outer);
	const char *measure = paper_text_of(row, "measure"),
		   *assignment = paper_text_of(row, "assignment");
	const char *comment;

	paper_put_item(&v, paper_text_of(row, "title"), measure ? measure : assignment);
	paper_put_cell(&v, "owner", paper_text_of(row, "owner_name"));
	put_status(&v, "status", row, NOTHING);
	put_progress(&v, row);
	put_done_by(&v, "done_by", row);
	paper_put_millions(&v, "planned", json_object_get(row, "effect_planned"));
	paper_put_millions(&v, "achieved", json_object_get(row, "effect_achieved"));
	paper_put_millions(&v, "forecast", json_object_get(row, "effect_forecast"));
	paper_put_difference(&v, "deviation", json_object_get(row, "deviation"));
	paper_put_some(&v, "late", json_object_get(row, "late"));
	if (paper_text_of(row, "link"))
		paper_put_ended(&v, "note", paper_text_of(row, "note"));
	else
		paper_put_optional(&v, "note", paper_text_of(row, "note"));
	paper_put_optional(&v, "link", paper_text_of(row, "link"));
	template_view_put_flag(&v, "no_comment",
			       !paper_text_of(row, "note") && !paper_text_of(row, "link"));
	json_object_set_new(v.object, "periods", period_cells(outer, &v, row, &comment));
	paper_put_cell(&v, "period_comment", comment);
	return v.object;
}

/* ---- lists -------------------------------------------------------------------------------------- */

static void put_asked(struct template_view *v, const json_t *row)
{
	const json_int_t asked = json_integer_value(json_object_get(row, "asked"));

	template_view_put_flag(v, "asked_none", asked == 0);
	template_view_put_flag(v, "asked_once", asked == 1);
	if (asked > 1)
		template_view_put_words(v, "asked_times", (size_t)asked);
	paper_put_date(v, "last_asked", row, "last_asked");
}

void paper_put_optional(struct template_view *v, const char *name, const char *text)
{
	if (text)
		template_view_put(v, name, text);
}

/* An amount of what has changed, where it differs. */
static void put_amounts(struct template_view *v, const json_t *row, const char *member,
			const char *const names[static 2])
{
	const json_t *was = json_object_get(json_object_get(row, "was"), member);
	const json_t *is = json_object_get(json_object_get(row, "is"), member);

	if (!json_is_integer(is) || (was && json_equal(was, is)))
		return;
	paper_put_millions(v, names[1], is);
	if (json_is_integer(was))
		paper_put_millions(v, names[0], was);
}

static void put_changed(struct template_view *v, const json_t *row)
{
	static const char *const forecasts[] = { "forecast_was", "forecast_is" };
	static const char *const plans[] = { "planned_was", "planned_is" };

	put_amounts(v, row, "effect_forecast", forecasts);
	put_amounts(v, row, "effect_planned", plans);
	template_view_put_flag(v, "added", json_is_null(json_object_get(row, "was")));
	template_view_put_flag(v, "gone", json_is_null(json_object_get(row, "is")));
}

json_t *paper_entry_view(const struct template_view *outer, const json_t *row)
{
	struct template_view v = paper_inner(outer);
	const char *measure = paper_text_of(row, "measure");

	paper_put_item(&v, paper_text_of(row, "title"),
		       measure				? measure
		       : paper_text_of(row, "deadline") ? paper_text_of(row, "deadline")
							: paper_text_of(row, "assignment"));
	paper_put_cell(&v, "owner", paper_text_of(row, "owner_name"));
	paper_put_within(&v, "owner_within", paper_text_of(row, "owner_name"));
	put_status(&v, "status", row, catalogue_word(v.language, "no-data"));
	put_status(&v, "status_cell", row, NOTHING);
	/* Behind a colon a body's own words stand as it has them; "Inget svar; senast (7 maj): …" are ours. */
	if (paper_text_of(row, "words") && !json_object_get(row, "last"))
		json_object_set(v.object, "status_within", json_object_get(v.object, "status"));
	else
		put_lowered(&v, "status_within", "status");
	put_compared(&v, "was", row);
	put_compared(&v, "is", row);
	put_changed(&v, row);
	paper_put_until(&v, "to", row, json_object_get(row, "to") ? "to" : "due");
	paper_put_until(&v, "stands", row, "stands");
	paper_put_until(&v, "from", row, "from");
	template_view_put_flag(&v, "of_answer", json_is_true(json_object_get(row, "of_answer")));
	template_view_put_flag(&v, "of_measure", measure != NULL);
	paper_put_date(&v, "done_by", row, "done_by");
	put_done_by(&v, "done_by_cell", row);
	paper_put_reference(&v, "reference", paper_text_of(row, "reference"));
	paper_put_ended(&v, "reason", paper_text_of(row, "reason"));
	if (json_is_integer(json_object_get(row, "progress")))
		put_progress(&v, row);
	put_asked(&v, row);
	template_view_put_flag(&v, "reported", paper_text_of(row, "status") != NULL);
	if (json_is_integer(json_object_get(row, "effect_planned"))) {
		paper_put_millions(&v, "planned", json_object_get(row, "effect_planned"));
		template_view_put_flag(&v, "lacks_forecast",
				       json_is_null(json_object_get(row, "effect_forecast")));
	}
	paper_put_optional(&v, "needs_support", paper_text_of(row, "needs_support"));
	paper_put_ended(&v, "note", paper_text_of(row, "note"));
	return v.object;
}
