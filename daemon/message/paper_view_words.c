/* SPDX-License-Identifier: Apache-2.0 */
/* What all of a paper's view is put together with: texts, names, dates and amounts in words. */
#include <stdio.h>
#include <string.h>

#include "message/catalogue.h"
#include "message/paper_view_internal.h"

#define TEXT PAPER_TEXT
#define BLANK "\u00a0" /* that no line ends at; two bytes */
#define HELD "\u2011"  /* a hyphen that no line ends at */
#define DIGITS "0123456789"

const char *paper_text_of(const json_t *row, const char *name)
{
	const char *text = json_string_value(json_object_get(row, name));

	return text && *text ? text : NULL;
}

/* A text, or the dash. */
void paper_put_cell(struct template_view *v, const char *name, const char *text)
{
	template_view_put(v, name, text ? text : PAPER_NOTHING);
}

void paper_put_within(struct template_view *v, const char *name, const char *text)
{
	char within[TEXT];

	template_view_put(
		v, name,
		catalogue_within(v->language, text ? text : PAPER_NOTHING, within, sizeof(within)));
}

static bool read_date(const char *text, struct civil_date *ret)
{
	char day[CIVIL_TEXT] = "";

	if (!text)
		return false;
	memcpy(day, text, strnlen(text, 10));
	return civil_parse(day, ret) == 0;
}

char *paper_words_of_date(const struct template_view *v, const json_t *row, const char *member,
			  char out[static TEXT])
{
	const char *text = paper_text_of(row, member), *name;
	char body[60], shown[CATALOGUE_ID];
	char day[CATALOGUE_DATE], month[CATALOGUE_DATE];
	struct civil_date d;
	struct event_due due;

	if (read_date(text, &d)) {
		snprintf(out, TEXT, "%s", catalogue_day(v->language, d, day));
		return out;
	}
	if (!text || !event_due_parse(text, &due) || !event_due_is_meeting(&due))
		return NULL;
	snprintf(body, sizeof(body), "%s_body", member);
	name = paper_text_of(row, body);
	catalogue_month(v->language, due.year, due.month, month);
	if (name)
		snprintf(out, TEXT, "%s (%s), %s", name, catalogue_id(v->language, due.body, shown),
			 month);
	else
		snprintf(out, TEXT, "%s, %s", due.body, month);
	return out;
}

char *paper_loosened(char *text)
{
	char *to = text;

	for (const char *from = text; from && *from; to++) {
		const bool before_year =
			strncmp(from, BLANK, 2) == 0 && strspn(from + 2, DIGITS) == 4;

		*to = before_year ? ' ' : *from;
		from += before_year ? 2 : 1;
	}
	if (to)
		*to = '\0';
	return text;
}

void paper_put_date(struct template_view *v, const char *name, const json_t *row,
		    const char *member)
{
	char words[TEXT], within[TEXT];
	const char *date = paper_words_of_date(v, row, member, words);

	if (date)
		template_view_put(v, name,
				  catalogue_within(v->language, date, within, sizeof(within)));
}

void paper_put_until(struct template_view *v, const char *name, const json_t *row,
		     const char *member)
{
	char flag[40];
	struct civil_date d;

	paper_put_date(v, name, row, member);
	snprintf(flag, sizeof(flag), "%s_day", name);
	template_view_put_flag(v, flag, read_date(paper_text_of(row, member), &d));
}

char *paper_held(const char *id, char *out, size_t size)
{
	size_t at = 0;

	for (; *id && at + sizeof(HELD) < size; id++) {
		const char *one = *id == '-'   ? HELD
				  : *id == ' ' ? BLANK
					       : (const char[]){ *id, '\0' };

		at += (size_t)snprintf(out + at, size - at, "%s", one);
	}
	out[at] = '\0';
	return out;
}

void paper_put_titled(struct template_view *v, const char *name, const char *title, const char *id)
{
	char text[TEXT];

	if (title && id)
		snprintf(text, sizeof(text), "%s (%s)", title, id);
	else
		snprintf(text, sizeof(text), "%s", title ? title : id ? id : PAPER_NOTHING);
	template_view_put(v, name, text);
}

void paper_put_named(struct template_view *v, const char *name, const char *title, const char *id)
{
	char shown[CATALOGUE_ID];

	paper_put_titled(v, name, title, id ? catalogue_id(v->language, id, shown) : NULL);
}

void paper_put_held(struct template_view *v, const char *name, const char *title, const char *id)
{
	char shown[CATALOGUE_ID], held[CATALOGUE_ID];

	paper_put_titled(v, name, title,
			 id ? paper_held(catalogue_id(v->language, id, shown), held, sizeof(held))
			    : NULL);
}

static bool ends_with_any(const char *text, size_t length, const char *const ends[], size_t count,
			  size_t *ret)
{
	for (size_t i = 0; i < count; i++) {
		*ret = strlen(ends[i]);
		if (length >= *ret && memcmp(text + length - *ret, ends[i], *ret) == 0)
			return true;
	}
	return false;
}

/* With a full stop or the like, which a bracket or a quotation mark may follow. */
static bool is_ended(const char *text)
{
	static const char *const closers[] = { ")", "”", "’", "\"" };
	static const char *const stops[] = { ".", "!", "?", "…" };
	size_t length = strlen(text), closer, stop;

	if (ends_with_any(text, length, closers, sizeof(closers) / sizeof(*closers), &closer))
		length -= closer;
	return ends_with_any(text, length, stops, sizeof(stops) / sizeof(*stops), &stop);
}

void paper_put_ended(struct template_view *v, const char *name, const char *text)
{
	json_t *ended = text ? json_sprintf("%s%s", text, is_ended(text) ? "" : ".") : NULL;

	paper_put_optional(v, name, json_string_value(ended));
	json_decref(ended);
}

/* A reference may be a sentence, which no line has room for. */
void paper_put_reference(struct template_view *v, const char *name, const char *text)
{
	char held[PAPER_REFERENCE * sizeof(HELD)], member[40];

	if (!text)
		return;
	snprintf(member, sizeof(member), "%s_held", name);
	template_view_put(v, name, text);
	template_view_put(v, member,
			  strlen(text) > PAPER_REFERENCE ? text
							 : paper_held(text, held, sizeof(held)));
}

void paper_put_id(struct template_view *v, const char *name, const char *id)
{
	char shown[CATALOGUE_ID], held[CATALOGUE_ID], member[40];

	snprintf(member, sizeof(member), "%s_held", name);
	paper_put_cell(v, name, id ? catalogue_id(v->language, id, shown) : NULL);
	paper_put_cell(v, member, id ? paper_held(shown, held, sizeof(held)) : NULL);
}

void paper_put_item(struct template_view *v, const char *title, const char *id)
{
	paper_put_named(v, "item", title, id);
	paper_put_held(v, "item_held", title, id);
	paper_put_cell(v, "item_title", title);
	paper_put_id(v, "item_id", id);
}

typedef char *in_words_fn(enum language language, int64_t amount,
			  char out[static CATALOGUE_AMOUNT]);

static void put_amount(struct template_view *v, const char *name, const json_t *value,
		       in_words_fn *in_words)
{
	char text[CATALOGUE_AMOUNT];

	paper_put_cell(v, name,
		       json_is_integer(value)
			       ? in_words(v->language, json_integer_value(value), text)
			       : NULL);
}

void paper_put_millions(struct template_view *v, const char *name, const json_t *value)
{
	put_amount(v, name, value, catalogue_millions);
}

void paper_put_difference(struct template_view *v, const char *name, const json_t *value)
{
	put_amount(v, name, value, catalogue_difference);
}

/* An amount that is more than nothing. */
void paper_put_some(struct template_view *v, const char *name, const json_t *value)
{
	if (json_integer_value(value) > 0)
		paper_put_millions(v, name, value);
}

void paper_put_count(struct template_view *v, const char *name, size_t n)
{
	char text[24];

	snprintf(text, sizeof(text), "%zu", n);
	template_view_put(v, name, text);
}
