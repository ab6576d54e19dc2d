/* SPDX-License-Identifier: Apache-2.0 */
/* The effect of a measure: one amount, or one for each year that a column has in its heading. */
#include <string.h>

#include "client/import/drafting.h"
#include "client/print.h"
#include "protocol/text.h"

#define SHORT 38 /* bytes of a cell and of its comment, at most, where a hole repeats both whole */
#define EFFECTS 20 /* years that effect is planned for, at most */

/* What is wrong with the amount, for a sentence. */
static const char *const amount_faults[] = {
	[AMOUNT_NONE] = "is no amount",
	[AMOUNT_TWO_WAYS] = "can be read two ways, as thousands or with decimals",
	[AMOUNT_NO_UNIT] =
		"has no unit, and nothing says for certain that it is kronor: write it in "
		"the heading, as in \"(tkr)\", or say --unit",
	[AMOUNT_SHORTENED] = "has been shortened by the spreadsheet: show it there with all its "
			     "digits",
	[AMOUNT_TOO_LARGE] = "is larger than a plan takes",
};

int64_t draft_unit(const struct drafting *d, const struct column *column)
{
	return column->unit	 ? column->unit
	       : d->wishes->unit ? d->wishes->unit
	       : d->kronor	 ? AMOUNT_KRONOR
				 : 0;
}

/* Say of an amount that is one what is not plain about it. */
static void tell_amount(struct drafting *d, const struct column *column,
			const struct amount *amount)
{
	const struct excerpt heading = text_excerpt(column->heading);
	const struct excerpt cell = text_excerpt(draft_cell_at(d, column->at));
	const size_t row = d->row->number;
	char number[PRINT_NUMBER];

	print_number(amount->kronor, number);
	if (amount->unit && column->unit && amount->unit != column->unit)
		notice(d->notices, (struct notice_at){ NOTICE_PLAIN, row },
		       "%s \"%s\" is read as %s kronor", heading.text, cell.text, number);
	if (amount->rounded)
		notice(d->notices, (struct notice_at){ NOTICE_READ, row },
		       "%s \"%s\" is rounded to %s kronor", heading.text, cell.text, number);
	if (strchr(cell.text, '('))
		notice(d->notices, (struct notice_at){ NOTICE_READ, row },
		       "%s \"%s\" is read as negative, %s kronor", heading.text, cell.text, number);
}

/* One amount; false: the effect, which is quoted already, became a hole. */
static bool read_one(struct drafting *d, struct group *measure, const struct column *column,
		     int64_t *ret)
{
	struct member *member = member_of(measure, "effect_planned");
	const char *cell = draft_cell_at(d, column->at);
	struct amount amount;
	const enum amount_fault fault =
		amount_read(cell, draft_unit(d, column), &d->draft->amounts, &amount);

	if (fault != AMOUNT_READ) {
		draft_why(d, member, "%s \"%s\" %s", text_excerpt(column->heading).text,
			  text_excerpt(cell).text, amount_faults[fault]);
		draft_amount_hole(&d->draft->keep, member, "");
		draft_sum_unread(d, column, measure);
		return false;
	}
	tell_amount(d, column, &amount);
	*ret = amount.kronor;
	draft_sum(d, column, amount.kronor);
	return true;
}

/* The cell with the unit of its heading, unless it names one itself. */
static const char *cell_in_unit(struct drafting *d, const struct column *column)
{
	const char *cell = draft_cell_at(d, column->at), *unit = amount_unit_word(column->unit);

	return *unit && *cell && !amount_names_unit(cell)
		       ? keep_print(&d->draft->keep, "%s %s", cell, unit)
		       : cell;
}

static const char *cell_alone(struct drafting *d, const struct column *column)
{
	return draft_cell_at(d, column->at);
}

/* The columns of effect, of which several have each a year. */
struct effects {
	const struct column *list[EFFECTS];
	size_t count;
};

/* The cells of effect, with the years of their headings if they are several. */
static const char *effect_cells(struct drafting *d, const struct effects *effects,
				const char *(*cell_of)(struct drafting *, const struct column *))
{
	struct keep *keep = &d->draft->keep;
	const char *all = "";

	if (effects->count == 1)
		return cell_of(d, effects->list[0]);
	for (size_t i = 0; i < effects->count; i++)
		all = keep_print(keep, "%s%s%d: %s", all, i ? ", " : "", effects->list[i]->year,
				 cell_of(d, effects->list[i]));
	return all;
}

/* What a hole repeats: as the spreadsheet has it, since "ca 1,5" in a column of tkr may be millions, as its comment
 * then says. */
static const char *effect_quoted(struct drafting *d, const struct effects *effects,
				 const char *note)
{
	const char *cells = effect_cells(d, effects, cell_alone);

	return *note && strlen(cells) <= SHORT && strlen(note) <= SHORT
		       ? keep_print(&d->draft->keep, "%s (%s)", cells, note)
		       : cells;
}

/* The columns of effect; how many of them the row has something in. */
static size_t find_effects(struct drafting *d, struct effects *ret)
{
	size_t filled = 0;

	ret->count = 0;
	for (size_t i = 0; i < d->columns->count && ret->count < EFFECTS; i++) {
		if (d->columns->list[i].field != COLUMN_EFFECT)
			continue;
		ret->list[ret->count++] = &d->columns->list[i];
		filled += *draft_cell_at(d, d->columns->list[i].at) != '\0';
	}
	return filled;
}

void draft_effect(struct drafting *d, struct group *measure)
{
	struct keep *keep = &d->draft->keep;
	struct effects effects;
	const size_t filled = find_effects(d, &effects);
	int64_t amount = 0;
	const char *parts = "";
	struct member *member;

	member = draft_put(measure, "effect_planned", NULL,
			   filled ? effect_cells(d, &effects, cell_in_unit) : "");
	if (!filled)
		return;
	member->quoted = effect_quoted(d, &effects, measure->note);
	for (size_t i = 0; i < effects.count; i++) {
		const struct column *column = effects.list[i];

		if (!*draft_cell_at(d, column->at))
			continue;
		if (!read_one(d, measure, column, &amount))
			return;
		parts = keep_print(keep, "%s%s{ year = %d; amount = %s; }", parts,
				   *parts ? ", " : "", column->year, draft_number(keep, amount));
	}
	member->value =
		effects.count > 1 ? keep_print(keep, "( %s )", parts) : draft_number(keep, amount);
}
