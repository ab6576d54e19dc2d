/* SPDX-License-Identifier: Apache-2.0 */
/* Cells as values of a plan file. What is no value, or can be two, is a hole and is said. */
#include <string.h>
#include <strings.h>

#include "client/import/drafting.h"
#include "client/import/ident.h"
#include "protocol/text.h"

#define KRONOR_FROM 10000 /* amounts without a unit are kronor only if all are as large */

const char *draft_cell_at(struct drafting *d, size_t at)
{
	const char *cell = sheet_cell(d->row, at);

	return sheet_is_dash(cell) ? "" : sheet_line(&d->draft->keep, cell);
}

const char *draft_cell(struct drafting *d, enum column_kind field)
{
	const struct column *column = columns_of(d->columns, field);

	return column ? draft_cell_at(d, column->at) : "";
}

const char *draft_quote(struct drafting *d, const char *text)
{
	return draft_quoted(&d->draft->keep, text);
}

const char *draft_quoted(struct keep *keep, const char *text)
{
	char *quoted = keep_bytes(keep, 2 * strlen(text) + 3), *to = quoted;

	*to++ = '"';
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			*to++ = '\\';
		*to++ = *text;
	}
	*to = '"';
	return quoted;
}

char *draft_cut(struct keep *keep, const char *text, size_t most)
{
	size_t n = 0, space = 0, length;
	uint32_t code;

	while (text[n] && (length = text_utf8(text + n, strlen(text + n), &code)) &&
	       n + length <= most) {
		if (code == ' ')
			space = n;
		n += length;
	}
	if (text[n] && space > 2 * most / 3)
		n = space;
	return keep_text(keep, text, n);
}

const char *draft_number(struct keep *keep, int64_t number)
{
	const bool large = number > INT32_MAX || number < INT32_MIN;

	return keep_print(keep, "%lld%s", (long long)number, large ? "L" : "");
}

/* The text's end, of so many bytes at most. */
static const char *last_characters(const char *text, size_t most)
{
	text += strlen(text) - strnlen(text, most);
	while (((unsigned char)*text & 0xc0) == 0x80)
		text++;
	return text;
}

void draft_text(struct drafting *d, struct group *group, const char *key, const char *cell)
{
	struct member *member = draft_put(group, key, NULL, cell);
	const enum column_kind field =
		(enum column_kind)text_find(key, column_kind_names, COLUMN_KINDS);
	const char *heading = field == COLUMN_KINDS ? key : draft_heading(d, field), *text = cell;
	size_t length;

	if (!*cell)
		return;
	if (strlen(text) > LINE_MAX_BYTES) {
		text = keep_print(&d->draft->keep, "%s…",
				  draft_cut(&d->draft->keep, text, LINE_MAX_BYTES - strlen("…")));
		notice(d->notices, (struct notice_at){ NOTICE_LOOK, d->row->number },
		       "%s has %zu bytes, and %d are the most: it ends with \"%s\"",
		       text_excerpt(heading).text, strlen(cell), LINE_MAX_BYTES,
		       last_characters(text, 24));
	}
	member->value = draft_quote(d, text);
	member->hole = text_placeholder(text, &length);
	if (member->hole)
		draft_why(d, member, "%s \"%s\" is a hole already", text_excerpt(heading).text,
			  text_excerpt(text).text);
}

void draft_tags(struct drafting *d, struct group *measure)
{
	struct keep *keep = &d->draft->keep;
	char *list = keep_text(keep, "", 0), *cells = keep_text(keep, "", 0);

	for (size_t i = 0; i < d->columns->count; i++) {
		char *rest, *tag;

		if (d->columns->list[i].field != COLUMN_TAGS)
			continue;
		rest = keep_print(keep, "%s", draft_cell_at(d, d->columns->list[i].at));
		if (*rest)
			cells = keep_print(keep, "%s%s%s", cells, *cells ? ", " : "", rest);
		while ((tag = strsep(&rest, ",;"))) {
			const char *quoted;

			sheet_clean(tag);
			quoted = draft_quote(d, draft_cut(keep, tag, LINE_MAX_BYTES));
			if (*tag && !strstr(list, quoted))
				list = keep_print(keep, "%s%s%s", list, *list ? ", " : "", quoted);
		}
	}
	draft_put(measure, "tags", *list ? keep_print(keep, "[ %s ]", list) : NULL, cells);
}

/* ---- how it stands --------------------------------------------------------------------------------- */

/* The status that says that the measure is over, by a cell such as "Klart" or "Genomförd 2026-09-30"; NULL. */
static const char *over(const char *cell)
{
	static const struct {
		const char *words, *status;
	} all[] = {
		{ " klar klart genomford genomfort genomforda avslutad avslutat avslutade slutford "
		  "slutfort fardig fardigt done completed complete finished closed ",
		  "done" },
		{ " utgar utgatt utgick struken struket avbruten avbrutet installd installt "
		  "nedlagd "
		  "nedlagt cancelled canceled ",
		  "cancelled" },
	};
	struct keep keep = { 0 };
	char *word = ident_make(&keep, cell), *hyphen = strchr(word, '-');
	const char *found = NULL;

	/* Whatever stands behind the word is a date, or the cell says something else. */
	if (hyphen)
		*hyphen = strchr("0123456789", hyphen[1]) ? '\0' : 'x';
	for (size_t i = 0; i < sizeof(all) / sizeof(*all) && *word; i++)
		if (strstr(all[i].words, keep_print(&keep, " %s ", word)))
			found = all[i].status;
	keep_done(&keep);
	return found;
}

/* Over by its status or, where that does not say so, by a word in the place of a date. */
static void put_over(struct drafting *d, struct group *measure, const char *status)
{
	struct member *member = member_of(measure, "status");

	if (!status || measure->over)
		return;
	measure->over = status;
	member = member ? member : draft_put(measure, "status", NULL, "");
	member->value = draft_quote(d, status);
}

/* Without such a column nothing is said of it either way. */
void draft_status(struct drafting *d, struct group *measure)
{
	const char *cell = draft_cell(d, COLUMN_STATUS);

	if (!columns_of(d->columns, COLUMN_STATUS))
		return;
	draft_put(measure, "status", NULL, cell);
	put_over(d, measure, over(cell));
}

/* ---- dates ----------------------------------------------------------------------------------------- */

/* The day that a cell comes to; NULL: it names none, or can be two, which is said. */
static const char *one_day(struct drafting *d, struct member *member, enum column_kind field)
{
	const char *heading = draft_heading(d, field), *cell = member->cell;
	char text[DAY_ORDERS][CIVIL_TEXT];
	struct day day;
	bool decided;

	day_read(cell, &day);
	decided = day.count > 1 || day.months || day.two_digits || day.assumed;
	day_choose(&day, &d->days);
	if (day.count == 1 && field == COLUMN_DONE_BY)
		day.dates[0] = day_last(&day);
	for (int i = 0; i < day.count; i++)
		civil_format(day.dates[i], text[i]);
	if (day.count == 0)
		draft_why(d, member, "%s \"%s\" names no day", text_excerpt(heading).text,
			  text_excerpt(cell).text);
	else if (day.count > 1)
		draft_why(d, member, "%s \"%s\" can be read two ways, %s and %s",
			  text_excerpt(heading).text, text_excerpt(cell).text, text[0], text[1]);
	else if (decided)
		notice(d->notices, (struct notice_at){ NOTICE_READ, d->row->number },
		       "%s \"%s\" is read as %s", text_excerpt(heading).text,
		       text_excerpt(cell).text, text[0]);
	return day.count == 1 ? draft_quote(d, text[0]) : NULL;
}

void draft_date(struct drafting *d, struct group *measure, enum column_kind field)
{
	const char *cell = draft_cell(d, field);
	struct member *member = draft_put(measure, column_kind_names[field], NULL, cell);
	struct day day;

	if (!*cell)
		return;
	if (over(cell)) {
		put_over(d, measure, over(cell));
		return;
	}
	day_read(cell, &day);
	/* Of what is over nobody asks for the day. */
	if (day.count == 0 && measure->over)
		return;
	member->value = one_day(d, member, field);
	if (!member->value)
		draft_hole(d, member, "datum, som 2026-12-31, eller stryk raden");
}

/* ---- how a column is written ----------------------------------------------------------------------- */

/* Say, of amounts that nothing gives a unit, what they are taken for. */
static void tell_unit(const struct drafting *d, size_t without, const char *example)
{
	if (without && d->kronor)
		notice(d->notices, (struct notice_at){ NOTICE_LOOK },
		       "amounts without a unit, such as \"%s\", are read as kronor: say --unit tkr "
		       "or "
		       "--unit mnkr if they are not",
		       text_excerpt(example).text);
}

void draft_see_styles(struct drafting *d)
{
	static const struct amount_style none = { 0 };
	size_t without = 0, small = 0;
	const char *example = "";

	for (size_t i = d->columns->first; i < d->sheet->count; i++)
		for (size_t c = 0; c < d->columns->count; c++) {
			const struct column *column = &d->columns->list[c];
			const char *cell = sheet_cell(&d->sheet->rows[i], column->at);
			struct amount amount;
			struct day day;

			if (column->field == COLUMN_EFFECT) {
				amount_see(cell, &d->draft->amounts);
				if (column->unit || d->wishes->unit ||
				    amount_read(cell, 0, &none, &amount) != AMOUNT_NO_UNIT)
					continue;
				without++;
				example = *example ? example : cell;
				small += llabs(amount.kronor) < KRONOR_FROM;
			} else if (column->field == COLUMN_DONE_BY ||
				   column->field == COLUMN_FROM) {
				day_read(cell, &day);
				day_see(&day, &d->days);
			}
		}
	d->kronor = without && !small;
	tell_unit(d, without, example);
}
