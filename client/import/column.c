/* SPDX-License-Identifier: Apache-2.0 */
/* Which column is what, by the headings and by what is wished for. */
#include "client/import/column.h"

#include <errno.h>
#include <string.h>

#include "client/import/amount.h"
#include "client/import/heading.h"
#include "client/import/ident.h"
#include "client/need.h"
#include "protocol/text.h"

#define HEADING_ROWS 20 /* among the first so many is the one with the headings */
#define HEADING_MOST 20 /* bytes of an id that is called by the heading that titles have, too */

const char *const column_kind_names[COLUMN_KINDS + 1] = {
	[COLUMN_MEASURE] = "measure",
	[COLUMN_TITLE] = "title",
	[COLUMN_OWNER] = "owner",
	[COLUMN_MAIL] = "mail",
	[COLUMN_EFFECT] = "effect_planned",
	[COLUMN_DECISION] = "decision",
	[COLUMN_DONE_BY] = "done_by",
	[COLUMN_FROM] = "from",
	[COLUMN_TAGS] = "tags",
	[COLUMN_MANAGER] = "manager",
	[COLUMN_MANAGER_MAIL] = "manager_mail",
	[COLUMN_DEPUTY] = "deputy",
	[COLUMN_BODY] = "body",
	[COLUMN_ASSIGNMENT] = "assignment",
	[COLUMN_STATUS] = "status",
	[COLUMN_NOTE] = "note",
};

/* The wish that means this heading; NULL when none does. */
static const struct column_wish *wished(const struct column_wishes *wishes, const char *heading,
					size_t at)
{
	char letters[SHEET_LETTERS];

	sheet_letters(at, letters);
	for (size_t i = 0; i < wishes->count; i++)
		if (ident_same(wishes->list[i].heading, heading) ||
		    strcmp(wishes->list[i].heading, letters) == 0)
			return &wishes->list[i];
	return NULL;
}

size_t columns_known(const struct sheet *sheet, const struct column_wishes *wishes, size_t *ret_row)
{
	size_t most = 0;

	*ret_row = 0;
	for (size_t i = 0; i < sheet->count && i < HEADING_ROWS; i++) {
		const struct sheet_row *row = &sheet->rows[i];
		size_t count = 0;

		for (size_t at = 0; at < row->count; at++) {
			struct column column = { 0 };

			count += *row->cells[at] && (heading_recognise(row->cells[at], &column) ||
						     wished(wishes, row->cells[at], at));
		}
		if (count > most) {
			most = count;
			*ret_row = i;
		}
	}
	return most;
}

const struct column *columns_of(const struct columns *columns, enum column_kind field)
{
	for (size_t i = 0; i < columns->count; i++)
		if (columns->list[i].field == field)
			return &columns->list[i];
	return NULL;
}

const char *columns_above(const struct sheet *sheet, const struct columns *columns)
{
	for (size_t i = 0; i + 1 < columns->first; i++) {
		const char *alone = NULL;
		size_t count = 0;

		for (size_t at = 0; at < sheet->rows[i].count; at++)
			if (*sheet->rows[i].cells[at] && count++ == 0)
				alone = sheet->rows[i].cells[at];
		if (count == 1 && !strchr(alone, '\n'))
			return alone;
	}
	return NULL;
}

/* ---- which column is which ------------------------------------------------------------------------- */

struct finding {
	const struct sheet *sheet;
	const struct column_wishes *wishes;
	struct columns *columns;
	int *strengths; /* of each column found */
	struct notices *notices;
	struct keep *keep;
	const char *unused;  /* the columns whose headings are unknown, for a sentence */
	struct column money; /* the first of them that may be of the effect; no heading: none */
};

/* May the field have several columns? Tags are collected, and effect may have one for each year; one without a year
 * beside those, "Helårseffekt", is something else. */
static bool may_share(const struct column *a, const struct column *b)
{
	return a->field == COLUMN_TAGS ||
	       (a->field == COLUMN_EFFECT && a->year && b->year && a->year != b->year);
}

/* Take the column in, or say why not. */
static void take(struct finding *f, const struct column *column, int strength)
{
	struct columns *columns = f->columns;
	size_t i = 0;

	while (i < columns->count &&
	       (columns->list[i].field != column->field || may_share(&columns->list[i], column)))
		i++;
	if (i < columns->count) {
		char taken[SHEET_LETTERS], left[SHEET_LETTERS];
		const struct column *old = &columns->list[i];
		/* What was wished for has the strength 0, and nothing is stronger. */
		const bool by_year = strength && f->strengths[i] && !column->year != !old->year;
		const bool stronger = by_year ? column->year != 0 : strength < f->strengths[i];
		const struct column *out = stronger ? old : column;
		const struct column *in = stronger ? column : old;

		notice(f->notices, (struct notice_at){ NOTICE_LOOK },
		       "column %s \"%s\" is not used: %s is column %s \"%s\"",
		       sheet_letters(out->at, left), text_excerpt(out->heading).text,
		       column_kind_names[in->field], sheet_letters(in->at, taken),
		       text_excerpt(in->heading).text);
		if (!stronger)
			return;
	} else {
		columns->count++;
	}
	columns->list[i] = *column;
	f->strengths[i] = strength;
}

/* Is every cell of the column a short id with a digit in it? */
static bool holds_ids(const struct sheet *sheet, const struct columns *columns, size_t at)
{
	size_t count = 0;

	for (size_t i = columns->first; i < sheet->count; i++) {
		const char *cell = sheet_cell(&sheet->rows[i], at);

		if (!*cell)
			continue;
		if (!text_is_id(cell) || strlen(cell) > HEADING_MOST ||
		    !strpbrk(cell, "0123456789"))
			return false;
		count++;
	}
	return count > 0;
}

/* A column that is called "Åtgärd" mostly has the titles, and now and then the ids. */
static void settle(const struct finding *f, struct column *column)
{
	if (column->field != COLUMN_TITLE || !holds_ids(f->sheet, f->columns, column->at))
		return;
	column->field = COLUMN_MEASURE;
	notice(f->notices, (struct notice_at){ NOTICE_LOOK },
	       "column \"%s\" has the ids of the measures: nothing in it is a title",
	       text_excerpt(column->heading).text);
}

/* Unknown as it is, does its heading name a unit, or effect? */
static bool may_be_money(const struct column *column)
{
	struct keep keep = { 0 };
	const bool is = column->unit || strstr(ident_make(&keep, column->heading), "effekt");

	keep_done(&keep);
	return is;
}

static void take_all(struct finding *f, const struct sheet_row *row)
{
	for (size_t at = 0; at < row->count; at++) {
		struct column column = { .at = at, .heading = sheet_line(f->keep, row->cells[at]) };
		char letters[SHEET_LETTERS];
		const struct column_wish *wish = wished(f->wishes, column.heading, at);
		int strength = *column.heading ? heading_recognise(column.heading, &column) : 0;

		if (wish) {
			column.field = wish->field;
			take(f, &column, 0);
		} else if (strength) {
			settle(f, &column);
			take(f, &column, strength);
		} else if (*column.heading) {
			f->unused = keep_print(f->keep, "%s%s%s \"%s\"", f->unused,
					       *f->unused ? ", " : "", sheet_letters(at, letters),
					       text_excerpt(column.heading).text);
			if (!f->money.heading && may_be_money(&column))
				f->money = column;
		}
	}
}

/* How the column is used, for a sentence. */
static const char *use_of(const struct finding *f, const struct column *column)
{
	char letters[SHEET_LETTERS], year[24] = "";

	if (column->year)
		snprintf(year, sizeof(year), " of %d", column->year);
	return keep_print(f->keep, "%s \"%s\" is %s%s", sheet_letters(column->at, letters),
			  text_excerpt(column->heading).text, column_kind_names[column->field],
			  year);
}

/* Which column is what: to people only what the headings do not say themselves. */
static void tell(const struct finding *f)
{
	const char *all = "", *odd = "";
	char letters[SHEET_LETTERS];

	for (size_t i = 0; i < f->columns->count; i++) {
		const char *use = use_of(f, &f->columns->list[i]);
		const char *unit = amount_unit_word(f->columns->list[i].unit);

		all = keep_print(f->keep, "%s%s%s%s%s", all, *all ? "; " : "", use,
				 *unit ? ", in " : "", unit);
		if (!heading_is_plain(f->columns->list[i].heading, f->columns->list[i].field))
			odd = keep_print(f->keep, "%s%s%s", odd, *odd ? "; " : "", use);
	}
	if (*all)
		notice(f->notices, (struct notice_at){ NOTICE_PLAIN }, "columns: %s", all);
	if (*odd)
		notice(f->notices, (struct notice_at){ NOTICE_READ }, "column %s", odd);
	if (*f->unused)
		notice(f->notices, (struct notice_at){ NOTICE_READ }, "not used: column %s",
		       f->unused);
	if (f->money.heading && !columns_of(f->columns, COLUMN_EFFECT))
		notice(f->notices, (struct notice_at){ NOTICE_LOOK },
		       "no column has the planned effect: if \"%s\" has, add --column "
		       "effect_planned=%s",
		       text_excerpt(f->money.heading).text, sheet_letters(f->money.at, letters));
}

/* All headings of the row, for a sentence. */
static void list_headings(struct keep *keep, const struct sheet_row *row, struct text_list *ret)
{
	for (size_t at = 0; at < row->count; at++)
		if (*row->cells[at])
			text_list_add(ret, text_excerpt(sheet_line(keep, row->cells[at])).text);
}

static int check(const struct finding *f, const struct sheet_row *row, struct fault *ret_fault)
{
	struct text_list headings = { "" };

	for (size_t i = 0; i < f->wishes->count; i++) {
		bool found = false;

		for (size_t at = 0; at < row->count; at++)
			found |= wished(f->wishes, row->cells[at], at) == &f->wishes->list[i];
		if (found)
			continue;
		list_headings(f->keep, row, &headings);
		snprintf(ret_fault->text, sizeof(ret_fault->text),
			 "has no column \"%s\": the headings of row %zu are %s",
			 text_excerpt(f->wishes->list[i].heading).text, row->number, headings.text);
		return -EINVAL;
	}
	if (columns_of(f->columns, COLUMN_TITLE) || columns_of(f->columns, COLUMN_MEASURE))
		return 0;
	list_headings(f->keep, row, &headings);
	snprintf(ret_fault->text, sizeof(ret_fault->text),
		 "has no column of measures that is known by its heading: say which, as in "
		 "--column title=HEADING; row %zu has %s",
		 row->number, headings.text);
	return -EINVAL;
}

int columns_find(struct sheet *sheet, const struct column_wishes *wishes, struct columns *ret,
		 struct notices *notices, struct fault *ret_fault)
{
	struct finding f = { sheet, wishes, ret, NULL, notices, &sheet->keep, "", { 0 } };
	const struct sheet_row *row;
	size_t at;

	*ret = (struct columns){ 0 };
	columns_known(sheet, wishes, &at);
	if (sheet->count == 0) {
		snprintf(ret_fault->text, sizeof(ret_fault->text), "has nothing in it");
		return -EINVAL;
	}
	row = &sheet->rows[at];
	ret->first = at + 1;
	ret->list = keep_bytes(&sheet->keep, row->count * sizeof(*ret->list));
	f.strengths = keep_bytes(&sheet->keep, row->count * sizeof(*f.strengths));
	take_all(&f, row);
	tell(&f);
	return check(&f, row, ret_fault);
}
