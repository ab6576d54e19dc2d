/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A row with sums is no measure, and tells when an amount is missing or was misread. It is compared with the rows above
 * it once all is read: of an amount that could not be, a plan that is there already may have what somebody filled in.
 */
#include <stdlib.h>
#include <string.h>

#include "client/import/drafting.h"
#include "client/import/known.h"
#include "client/print.h"
#include "protocol/text.h"

/* No sum goes beyond it, so that the difference of two can be told. */
#define SUM_MOST (INT64_MAX / 2)

static struct addend *add(struct drafting *d, const struct column *column, int64_t kronor)
{
	struct draft *draft = d->draft;

	draft->addends = array_more(draft->addends, draft->addend_count, &draft->addend_room,
				    sizeof(*draft->addends));
	draft->addends[draft->addend_count] = (struct addend){
		.column = column,
		.row = d->row->number,
		.kronor = kronor,
		.cell = draft_cell_at(d, column->at),
	};
	return &draft->addends[draft->addend_count++];
}

void draft_sum(struct drafting *d, const struct column *column, int64_t kronor)
{
	add(d, column, kronor);
}

void draft_sum_unread(struct drafting *d, const struct column *column, struct group *measure)
{
	add(d, column, 0)->measure = measure;
}

void draft_sum_row(struct drafting *d, const char *called)
{
	bool found = false;

	for (size_t i = 0; i < d->columns->count; i++) {
		const struct column *column = &d->columns->list[i];
		const char *cell = draft_cell_at(d, column->at);
		struct amount amount;

		if (column->field != COLUMN_EFFECT || !*cell ||
		    amount_read(cell, draft_unit(d, column), &d->draft->amounts, &amount) !=
			    AMOUNT_READ)
			continue;
		add(d, column, amount.kronor)->sum = keep_print(&d->draft->keep, "%s", called);
		found = true;
	}
	if (!found)
		notice(d->notices, (struct notice_at){ NOTICE_READ, d->row->number },
		       "\"%s\" is a sum: no measure", called);
}

/* ---- what stands above a sum ----------------------------------------------------------------------- */

/* Of a column, as far as it has been gone through. */
struct column_sum {
	int64_t all, part;	   /* kronor: of all rows, and of those below the sum before */
	size_t unread;		   /* amounts that are not among them */
	const struct addend *last; /* of these */
};

/* The amount of an effect as a plan has it, 500000 or ( { year = 2026; amount = 500000; } ); year 0: of all years. */
static int64_t planned(const char *value, int year)
{
	char begin[40] = "amount = ";
	int64_t all = 0;

	if (*value != '(')
		return strtoll(value, NULL, 10);
	if (year)
		snprintf(begin, sizeof(begin), "year = %d; amount = ", year);
	while ((value = strstr(value, begin)))
		all += strtoll(value += strlen(begin), NULL, 10);
	return all;
}

/* Has the plan an amount instead of the one that can't be read, or no effect any more? It may be the hole still. */
static bool is_filled(const struct addend *unread, int64_t *ret)
{
	const struct known *known = unread->measure->known;
	const struct known_member *member = known ? known_member(known, "effect_planned") : NULL;
	const char *value = member ? member->value : NULL;
	size_t length;

	if (!known || (value && text_placeholder(value, &length)))
		return false;
	*ret = value ? planned(value, unread->column->year) : 0;
	return true;
}

static int64_t plus(int64_t a, int64_t b)
{
	const __int128 sum = (__int128)a + b;

	return sum > SUM_MOST ? SUM_MOST : sum < -SUM_MOST ? -SUM_MOST : (int64_t)sum;
}

static void take(struct column_sum *sum, const struct addend *addend)
{
	int64_t kronor = addend->kronor;

	if (addend->measure && !is_filled(addend, &kronor)) {
		sum->unread++;
		sum->last = addend;
	}
	sum->all = plus(sum->all, kronor);
	sum->part = plus(sum->part, kronor);
}

/* How much more the sum says: 0 also where it is that of the rows below the sum before. */
static int64_t difference(const struct column_sum *sum, const struct addend *total)
{
	return total->kronor == sum->part ? 0 : total->kronor - sum->all;
}

/* Are the digits of the difference those of the one amount that can't be read? It may come from anything else. */
static bool is_of_unread(const struct draft *draft, const struct column_sum *sum, int64_t off)
{
	return off > 0 && sum->unread == 1 && amount_may_be(sum->last->cell, off, &draft->amounts);
}

/* The hole of that amount says it then, as it is to be typed. */
static void fill_hole(struct draft *draft, const struct column_sum *sum, int64_t off)
{
	struct keep *keep = &draft->keep;
	size_t effects = 0;

	for (size_t i = 0; i < draft->columns->count; i++)
		effects += draft->columns->list[i].field == COLUMN_EFFECT;
	/* Of several years it would have to be one amount of several. */
	if (effects == 1)
		draft_amount_hole(
			keep, member_of(sum->last->measure, "effect_planned"),
			keep_print(keep, "; summan går ihop med %s", draft_number(keep, off)));
}

/* The sum is another than what stands above it. */
static void tell_off(struct notices *notices, const struct column_sum *sum,
		     const struct addend *total)
{
	const int64_t off = difference(sum, total);
	char texts[3][PRINT_NUMBER], unread[80] = "";

	if (sum->unread == 1)
		snprintf(unread, sizeof(unread), "; row %zu isn't counted", sum->last->row);
	else if (sum->unread)
		snprintf(unread, sizeof(unread), "; %zu rows aren't counted", sum->unread);
	notice(notices, (struct notice_at){ NOTICE_LOOK, total->row, .always = true },
	       "\"%s\" says %s kronor, and the rows above it come to %s: %s %s%s", total->sum,
	       print_number(total->kronor, texts[0]), print_number(total->kronor - off, texts[1]),
	       print_number(llabs(off), texts[2]), off > 0 ? "less" : "more", unread);
}

/* It is the sum: of all rows, or of those that can be read; or off kronor more, which the last one of these may be. */
static void tell_same(struct notices *notices, const struct column_sum *sum,
		      const struct addend *total, int64_t off)
{
	char number[PRINT_NUMBER], unread[80] = "";

	if (off) {
		notice(notices, (struct notice_at){ NOTICE_READ, total->row },
		       "\"%s\" fits if row %zu is %s kronor", total->sum, sum->last->row,
		       print_number(off, number));
		return;
	}
	if (sum->unread == 1)
		snprintf(unread, sizeof(unread), " without row %zu", sum->last->row);
	else if (sum->unread)
		snprintf(unread, sizeof(unread), " without %zu of them", sum->unread);
	notice(notices, (struct notice_at){ NOTICE_READ, total->row },
	       "\"%s\" is the sum of the rows%s", total->sum, unread);
}

void draft_tell_sums(struct draft *draft, struct notices *notices)
{
	struct column_sum *sums = keep_bytes(&draft->keep, draft->columns->count * sizeof(*sums));
	size_t told = 0; /* the row whose difference has been */

	for (size_t i = 0; i < draft->addend_count; i++) {
		const struct addend *one = &draft->addends[i];
		struct column_sum *sum = &sums[one->column - draft->columns->list];
		const bool last = i + 1 == draft->addend_count || one[1].row != one->row;
		int64_t off;
		bool of_unread;

		if (!one->sum) {
			take(sum, one);
			continue;
		}
		off = difference(sum, one);
		of_unread = is_of_unread(draft, sum, off);
		if (of_unread)
			fill_hole(draft, sum, off);
		if (off && !of_unread && told != one->row) {
			tell_off(notices, sum, one);
			told = one->row;
		}
		if (last && told != one->row)
			tell_same(notices, sum, one, of_unread ? off : 0);
		sum->part = 0;
	}
}
