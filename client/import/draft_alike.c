/* SPDX-License-Identifier: Apache-2.0 */
/* People who may be one, mistyped or with a title: they stay two, and it is said. */
#include <string.h>

#include "client/import/drafting.h"
#include "client/import/ident.h"
#include "protocol/text.h"

#define COMPARED 1000	/* people, at most, among whom likenesses are looked for */
#define ALIKE_BYTES 8	/* of a name, at least, that a mistyped letter or two is looked for in */
#define ALIKE_LETTERS 2 /* that differ */

/* Has one id all words of the other, two or more, and a title before or behind them? */
static bool has_title(const char *a, const char *b)
{
	const char *longer = strlen(a) > strlen(b) ? a : b, *name = longer == a ? b : a;
	struct keep keep = { 0 };
	const bool found =
		strchr(name, '-') && strstr(longer, name) &&
		strstr(keep_print(&keep, "-%s-", longer), keep_print(&keep, "-%s-", name));

	keep_done(&keep);
	return found;
}

/* May one be the other, mistyped or with a title? Not if each has an address of their own. */
static bool are_alike(struct group *a, struct group *b)
{
	if (*member_of(a, "mail")->cell && *member_of(b, "mail")->cell)
		return false;
	if (has_title(a->id, b->id))
		return true;
	return strlen(a->id) >= ALIKE_BYTES && strlen(b->id) >= ALIKE_BYTES &&
	       ident_same_digits(a->id, b->id) &&
	       ident_distance(a->id, b->id, ALIKE_LETTERS) <= ALIKE_LETTERS;
}

void draft_compare_people(struct drafting *d)
{
	const struct groups *people = &d->draft->sections[SECTION_PEOPLE];

	for (size_t i = 0; i < people->count && i < COMPARED; i++)
		for (size_t j = 0; j < i; j++) {
			struct group *a = people->list[j], *b = people->list[i];

			if (are_alike(a, b))
				notice(d->notices, (struct notice_at){ NOTICE_LOOK, b->row },
				       "\"%s\" looks like \"%s\" (row %zu): they stay two people",
				       text_excerpt(b->name).text, text_excerpt(a->name).text,
				       a->row);
		}
}
