/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What can't be read is a hole of the plan: a text that says what is wanted and what the spreadsheet has. On the screen
 * it is told with its line there, by the spreadsheet's own headings.
 */
#include <string.h>

#include "client/import/drafting.h"
#include "protocol/text.h"

#define HOLE_CELL 80 /* bytes of a cell that a hole repeats */

const char *draft_heading(const struct drafting *d, enum column_kind field)
{
	const struct column *column = columns_of(d->columns, field);

	return column ? column->heading : column_kind_names[field];
}

static void put_hole(struct keep *keep, struct member *member, const char *wanted, const char *hint)
{
	char *cell = draft_cut(keep, member->quoted ? member->quoted : member->cell, HOLE_CELL);

	for (char *at = cell; *at; at++)
		if (*at == '<' || *at == '>')
			*at = ' ';
	member->hole = true;
	member->value = draft_quoted(
		keep, keep_print(keep, "<fyll i %s%s%s%s>", wanted, *cell ? ": " : "", cell, hint));
}

void draft_hole(struct drafting *d, struct member *member, const char *wanted)
{
	put_hole(&d->draft->keep, member, wanted, "");
}

/* Without an example: one that looked like the amount was taken for it, when the cell was in another unit. */
void draft_amount_hole(struct keep *keep, struct member *member, const char *hint)
{
	put_hole(keep, member, "belopp i kronor utan citattecken, eller stryk raden", hint);
}

void draft_why(struct drafting *d, struct member *member, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	member->why = keep_vprint(&d->draft->keep, format, arguments);
	va_end(arguments);
	notice(d->notices, (struct notice_at){ NOTICE_HOLE, d->row->number }, "%s", member->why);
}
