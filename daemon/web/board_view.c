/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The view of the board. What its paper says is said by paper_view, in the words that report.md has; here the rows
 * get what is drawn of them, and beside them stands what only a board tells.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/zone.h"
#include "message/catalogue.h"
#include "message/paper_view.h"
#include "web/board_inside.h"

#define PAGE_ROWS 100 /* as the query gives them */

/* ---- words ----------------------------------------------------------------------------------------- */

/* Of all that have a status: in a row of those that have none it says why not. */
static const char *group_words(enum language language, const json_t *status)
{
	const char *word = board_text(status, "word");

	return strcmp(word, "no-data") == 0 && !board_text(status, "words")
		       ? catalogue_nothing_said(language)
		       : board_words(language, status);
}

static json_int_t count_in(const json_t *object, const char *member)
{
	return json_integer_value(json_object_get(object, member));
}

static void put_number(json_t *object, const char *name, json_int_t number)
{
	board_put_raw(object, name, (struct optional){ true, number });
}

/* ---- a deadline's state ------------------------------------------------------------------------- */

static void put_state(const struct page_reader *to, json_t *view, const json_t *board)
{
	static const struct {
		const char *state, *flag;
	} states[] = {
		{ "open", "is_open" },		 { "returned", "is_returned" },
		{ "submitted", "is_submitted" }, { "noted", "is_noted" },
		{ "approved", "is_approved" },	 { "superseded", "is_over" },
		{ "removed", "is_over" },
	};
	const char *state = board_text(board, "state");
	const json_t *outcome = json_object_get(board, "outcome");

	for (size_t i = 0; state && i < sizeof(states) / sizeof(*states); i++)
		if (strcmp(states[i].state, state) == 0)
			page_put_flag(view, states[i].flag, true);
	page_put_flag(view, "is_late", json_is_true(json_object_get(board, "late")));
	board_put_day(to, view, "submitted", board_day(board, "submitted_at"));
	page_put(view, "submitted_reference", board_text(board, "reference"));
	board_put_day(to, view, "decided", paper_decided_on(outcome));
	page_put(view, "decided_reference", board_text(outcome, "reference"));
}

/* ---- measures ----------------------------------------------------------------------------------- */

struct drawn {
	const struct page_reader *to;
	struct plot_scale scale;
	struct plot_span span;
};

static json_t *measure_of(const struct drawn *how, const json_t *row, json_t *said)
{
	static const char *const amounts[] = { "effect_planned", "effect_achieved",
					       "effect_forecast" };
	const char *id = board_text(row, "measure");
	json_t *measure = json_pack("{s[O]}", "row", said);

	page_put(measure, "id", id ? id : board_text(row, "assignment"));
	page_put(measure, "title", board_text(row, "title"));
	page_put_id(how->to, measure, "shown", board_text(measure, "id"));
	page_put(measure, "word", board_text(row, "word"));
	page_put(measure, "light", board_text(row, "light"));
	for (size_t i = 0; i < sizeof(amounts) / sizeof(*amounts); i++)
		board_put_raw(measure, amounts[i], board_amount(row, amounts[i]));
	board_put_raw(measure, "deviation_value", board_amount(row, "deviation"));
	board_put_bars(how->to, measure, row, how->scale);
	board_put_course(how->to, measure, row, how->span);
	return measure;
}

static bool has_word(const json_t *group, const char *word)
{
	const char *of_group = board_text(group, "word");

	return of_group && word && strcmp(of_group, word) == 0;
}

static json_t *group_of(const struct page_reader *to, const json_t *board, const char *word)
{
	const json_t *status;
	size_t i;

	json_array_foreach (json_object_get(board, "by_status"), i, status) {
		json_t *group;

		if (!has_word(status, word))
			continue;
		group = json_pack("{s[]}", "measures");
		page_put(group, "words", group_words(to->language, status));
		page_put(group, "word", word);
		put_number(group, "count", count_in(status, "count"));
		return group;
	}
	return NULL;
}

/* The rows are in the order of their statuses: a new group where that changes. */
static void put_measures(const struct drawn *how, json_t *view, const json_t *board, json_t *said)
{
	json_t *groups = json_array(), *measures = json_array(), *effects = json_array();
	json_t *group = NULL;
	const json_t *row;
	size_t i;

	json_array_foreach (json_object_get(board, "rows"), i, row) {
		json_t *measure = measure_of(how, row, json_array_get(said, i));
		const char *word = board_text(row, "word");

		if (!has_word(group, word)) {
			group = group_of(how->to, board, word);
			json_array_append_new(groups, group);
		}
		json_array_append(json_object_get(group, "measures"), measure);
		json_array_append(measures, measure);
		if (board_has_effect(row))
			json_array_append(effects, measure);
		json_decref(measure);
	}
	page_put_flag(view, "any_effects", json_array_size(effects) > 0);
	json_object_set_new(view, "groups", groups);
	json_object_set_new(view, "measures", measures);
	json_object_set_new(view, "effects", effects);
}

/* A status that was told of measures, for the key of strips: those of closing have the owner's. */
static enum measure_status status_of(const char *word)
{
	static const struct {
		const char *word;
		enum measure_status status;
	} closing[] = { { "done-by-owner", STATUS_DONE },
			{ "cancelled-by-owner", STATUS_CANCELLED },
			{ "struck", STATUS_CANCELLED } };

	for (size_t i = 0; i < sizeof(closing) / sizeof(*closing); i++)
		if (strcmp(closing[i].word, word) == 0)
			return closing[i].status;
	return event_status_parse(word);
}

static void put_counts(const struct page_reader *to, json_t *view, const json_t *board)
{
	json_t *counts = json_array();
	const json_t *status;
	size_t i;

	json_array_foreach (json_object_get(board, "by_status"), i, status) {
		json_t *count = json_object();

		page_put(count, "words", group_words(to->language, status));
		page_put(count, "word", board_text(status, "word"));
		put_number(count, "count", count_in(status, "count"));
		board_draw(count, "key", plot_key_status(status_of(board_text(status, "word"))));
		json_array_append_new(counts, count);
	}
	json_object_set_new(view, "counts", counts);
}

/* ---- sums and counts ---------------------------------------------------------------------------- */

static void put_sums(json_t *view, const json_t *board)
{
	const json_t *same = json_object_get(json_object_get(board, "totals"), "same");
	const json_int_t of = count_in(same, "of");

	if (of == 0)
		return;
	put_number(view, "total_of", of);
	page_put_flag(view, "total_all", of == count_in(board, "measure_count"));
	put_number(view, "measure_count", count_in(board, "measure_count"));
	board_put_raw(view, "total_planned", board_amount(same, "effect_planned"));
	board_put_raw(view, "total_achieved", board_amount(same, "effect_achieved"));
	board_put_raw(view, "total_forecast", board_amount(same, "effect_forecast"));
	board_put_raw(view, "total_deviation", board_amount(same, "deviation"));
}

/* How many of a list are left out. */
static json_int_t left_out(const json_t *board, const json_t *of, const char *list)
{
	return count_in(json_object_get(board, "listed"), list) -
	       (json_int_t)json_array_size(json_object_get(of, list));
}

static void put_left_out(json_t *view, const json_t *board)
{
	static const char *const lists[] = { "unanswered", "support", "requests", "since_frozen" };
	static const char *const changes[] = { "new", "closed", "moved", "worse", "better" };
	static const char *const any[] = { "unanswered", "support", "requests", "officials",
					   "extract_to" };
	json_int_t more = 0;

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		char name[40];

		snprintf(name, sizeof(name), "%s_more", lists[i]);
		page_put_count(view, name, (size_t)left_out(board, board, lists[i]));
	}
	for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++)
		more += left_out(board, json_object_get(board, "changes"), changes[i]);
	page_put_count(view, "changes_more", (size_t)more);
	for (size_t i = 0; i < sizeof(any) / sizeof(*any); i++) {
		char name[40];

		snprintf(name, sizeof(name), "any_%s", any[i]);
		page_put_flag(view, name, json_array_size(json_object_get(board, any[i])) > 0);
	}
}

static void put_tracked(json_t *view, const json_t *board)
{
	const json_t *counts = json_object_get(board, "counts");

	if (!json_is_object(counts))
		return;
	put_number(view, "count_live", count_in(counts, "live"));
	put_number(view, "count_completed", count_in(counts, "completed_since"));
	put_number(view, "count_outstanding", count_in(counts, "outstanding"));
}

static void put_pages(json_t *view, const json_t *board)
{
	const json_int_t count = count_in(board, "row_count"), from = count_in(board, "from");
	const json_int_t until =
		from - 1 + (json_int_t)json_array_size(json_object_get(board, "rows"));

	put_number(view, "row_count", count);
	page_put_flag(view, "first_page", from == 1);
	if (from == 1 && until == count)
		return;
	put_number(view, "shown_from", from);
	put_number(view, "shown_until", until);
	if (from > 1)
		put_number(view, "previous", from > PAGE_ROWS ? from - PAGE_ROWS : 1);
	if (until < count)
		put_number(view, "next", until + 1);
}

/* ---- what comes --------------------------------------------------------------------------------- */

static void put_coming(const struct page_reader *to, json_t *view, const json_t *board)
{
	json_t *coming = json_array();
	const json_t *date;
	size_t i;

	json_array_foreach (json_object_get(board, "coming"), i, date) {
		const struct civil_date day = board_day(date, "date"),
					until = board_day(date, "until");
		json_t *one = json_object();

		page_put_day(to, one, "day", day);
		if (!civil_is_none(until) && !civil_equal(until, day))
			page_put_day(to, one, "until", until);
		page_put_flag(one, board_text(date, "what"), true);
		board_put_item(to, one, board_text(date, "title"), board_text(date, "deadline"));
		page_put(one, "body", board_text(date, "body_name"));
		page_put_flag(one, "provisional",
			      json_is_true(json_object_get(date, "provisional")));
		json_array_append_new(coming, one);
	}
	page_put_flag(view, "any_coming", json_array_size(coming) > 0);
	json_object_set_new(view, "coming", coming);
}

/* ---- the whole ---------------------------------------------------------------------------------- */

/* Of a body its paper has no id. */
static const char *id_of(const json_t *board)
{
	const char *deadline = board_text(board, "deadline"), *assignment;

	if (deadline)
		return deadline;
	assignment = board_text(board, "assignment");
	return assignment ? assignment : board_text(json_object_get(board, "body"), "id");
}

/* When what it tells was so: as its paper was frozen, or now. */
static struct instant time_of(const struct page_reader *to, const json_t *board)
{
	const char *frozen = board_text(board, "frozen_at");
	struct instant at;

	return frozen && zone_parse(frozen, &at) == 0 ? at : to->now;
}

int board_put(const struct page_reader *to, json_t *view, const json_t *board)
{
	const json_t *rows = json_object_get(board, "rows");
	const struct drawn how = { to, board_scale(rows), board_span(rows, time_of(to, board)) };
	json_t *paper = paper_view(board, to->language, zone_date(to->now));

	if (!view || !paper) {
		json_decref(paper);
		return -ENOMEM;
	}
	page_put(view, "of", id_of(board));
	put_state(to, view, board);
	put_tracked(view, board);
	put_counts(to, view, board);
	put_measures(&how, view, board, json_object_get(paper, "rows"));
	board_put_keys(view);
	board_draw(view, "bars_axis", plot_bars_axis(to->language, how.scale));
	board_draw(view, "strip_axis", plot_strip_axis(to->language, how.span));
	board_put_year(to, view, board);
	put_sums(view, board);
	put_coming(to, view, board);
	put_pages(view, board);
	put_left_out(view, board);
	return json_object_set_new(view, "paper", json_pack("[o]", paper)) < 0 ? -ENOMEM : 0;
}
