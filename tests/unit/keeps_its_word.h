/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_KEEPS_ITS_WORD_H
#define TESTS_UNIT_KEEPS_ITS_WORD_H

/*
 * The forecast is what then happens. A world is asked for a forecast, goes on to the end of it with
 * nobody answering and every delivery accepted, and what left is compared with what was announced,
 * item by item.
 */
#include "engine/forecast.h"
#include "engine/ladder/walk.h"

#include "tests/unit/engine_fixture.h"

#define LINES 20000

/* A line an item: when, kind, to, channel, how many items the message has, and the item. */
struct lines {
	char *list[LINES];
	size_t count;
};

static inline void add_line(struct lines *lines, const char *format, ...)
{
	va_list ap;

	ck_assert_uint_lt(lines->count, LINES);
	va_start(ap, format);
	ck_assert_int_ge(vasprintf(&lines->list[lines->count++], format, ap), 0);
	va_end(ap);
}

static inline int compare_lines(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The lines in order, as one text. */
static inline char *text_of_lines(struct lines *lines)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	qsort(lines->list, lines->count, sizeof(*lines->list), compare_lines);
	for (size_t i = 0; i < lines->count; i++) {
		fprintf(out, "%s\n", lines->list[i]);
		free(lines->list[i]);
	}
	fclose(out);
	lines->count = 0;
	return text;
}

/* ---- what is announced ------------------------------------------------------------------------- */

static const char *text_in(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "-";
}

static inline struct forecast *forecast_of(struct world *w, const char *from, const char *until)
{
	struct forecast *f = NULL;
	int r;

	ck_assert_int_eq(forecast_new(&f, &w->e, w->now, day_of(from), day_of(until)), 0);
	while ((r = forecast_work(f)) > 0)
		;
	ck_assert_int_eq(r, 0);
	return f;
}

static inline char *announced(struct world *w, const char *from, const char *until)
{
	struct forecast *f = forecast_of(w, from, until);
	struct lines lines = { .count = 0 };
	char last[RFC3339_TEXT] = "";

	for (size_t i = 0; i < forecast_count(f); i++) {
		json_t *row = forecast_row(f, i), *items = json_object_get(row, "items"), *item;
		size_t n;

		ck_assert_msg(strcmp(last, text_in(row, "when")) <= 0, "out of order");
		snprintf(last, sizeof(last), "%s", text_in(row, "when"));
		json_array_foreach (items, n, item)
			add_line(&lines, "%s %s %s %s of %zu: %s %s %s %u", text_in(row, "when"),
				 text_in(row, "kind"), text_in(row, "to"), text_in(row, "channel"),
				 json_array_size(items), text_in(item, "deadline"),
				 text_in(item, "measure"), text_in(item, "step"),
				 (unsigned)json_integer_value(json_object_get(item, "repetition")));
		json_decref(row);
	}
	forecast_free(f);
	return text_of_lines(&lines);
}

/* ---- what leaves --------------------------------------------------------------------------------- */

struct leaving {
	struct lines lines;
	struct item items[200];
	size_t count;
};

static inline int note_item(void *userdata, const struct item *item)
{
	struct leaving *l = userdata;

	if (!item->moot)
		l->items[l->count++] = *item;
	return 0;
}

static const char *or_dash(const char *text)
{
	return text[0] ? text : "-";
}

static inline void on_left(struct world *w, const struct message *m)
{
	struct leaving *l = w->userdata;
	char when[RFC3339_TEXT];

	l->count = 0;
	ck_assert_int_eq(ledger_items(w->e.ledger, m->id, note_item, l), 0);
	for (size_t i = 0; i < l->count; i++)
		add_line(&l->lines, "%s %s %s %s of %zu: %s %s %s %u", zone_format(w->now, when),
			 message_kind_name(m->kind), m->to, m->channel, l->count,
			 or_dash(l->items[i].deadline), or_dash(l->items[i].measure),
			 or_dash(l->items[i].step),
			 walk_repeated(l->items[i].step, l->items[i].repetition));
}

/* Two tales are one; else they are shown from the line on in which they differ. */
static inline void are_the_same(const struct world *w, const char *left, const char *announced)
{
	size_t line = 0;

	for (size_t i = 0; left[i] && left[i] == announced[i]; i++)
		if (left[i] == '\n')
			line = i + 1;
	ck_assert_msg(strcmp(left, announced) == 0, "%sleft:\n%.600s\nannounced:\n%.600s",
		      w->story ? w->story : "", left + line, announced + line);
}

/* From now to the end of `until` the world does what it announces; returns how much that was. */
static inline size_t keeps_its_word(struct world *w, const char *until)
{
	struct leaving l = { .count = 0 };
	char today[CIVIL_TEXT], *before, *after;
	size_t length;

	before = announced(w, civil_format(zone_date(w->now), today), until);
	w->left = on_left;
	w->userdata = &l;
	world_reach(w, (struct instant){ zone_midnight(civil_add(day_of(until), 1)).us - 1 });
	after = text_of_lines(&l.lines);
	are_the_same(w, after, before);
	length = strlen(before);
	free(before);
	free(after);
	w->left = NULL;
	return length;
}

#endif
