/* SPDX-License-Identifier: Apache-2.0 */
/* Which group of the plan each of a spreadsheet's is: by number, title, address or name. */
#include <string.h>

#include "client/import/difference.h"
#include "protocol/text.h"

void difference_tell_mistyped(const struct group *person, const struct known *known,
			      struct notices *notices)
{
	const struct known_member *name = known_member(known, "name");

	notice(notices, (struct notice_at){ NOTICE_READ, person->row, .always = true },
	       "\"%s\" is taken for %s of the plan, %s, whose name stands",
	       text_excerpt(person->name).text, known->id, name ? name->value : "\"\"");
}

static void pair(struct group *group, struct known *known)
{
	group->known = known;
	if (!known)
		return;
	known->seen = true;
	group->known_id = known->id;
}

/* What the plan's id has before the row's: the prefix that it was imported with, and this time was not; 0: nothing. */
static size_t prefix_of(const struct group *measure)
{
	const size_t n = strlen(measure->known_id), own = strlen(measure->id);

	return n > own && strcmp(measure->known_id + n - own, measure->id) == 0 ? n - own : 0;
}

/*
 * Measures whose rows have been numbered anew, as when one was put in between: then a row's number is another's of the
 * plan, and its title says whose it is. An id is for ever, so the title counts. Of a number with the title that it
 * had both agree, and of a title that nobody has the number is left.
 */
static void match_titles(struct groups *measures, const struct known_plan *plan,
			 struct notices *notices)
{
	const struct group *bare = NULL; /* the first whose prefix is missing */
	size_t moved = 0;

	for (size_t i = 0; i < measures->count; i++)
		if (known_has_title(known_by_id(plan, measures->list[i]), measures->list[i]))
			pair(measures->list[i], known_by_id(plan, measures->list[i]));
	for (size_t i = 0; i < measures->count; i++) {
		struct group *group = measures->list[i];
		const struct known *number = known_by_id(plan, group);

		if (group->known)
			continue;
		pair(group, known_by_title(plan, group));
		if (group->known && number)
			moved++;
		else if (group->known && prefix_of(group))
			bare = bare ? bare : group;
		else if (group->known)
			notice(notices,
			       (struct notice_at){ NOTICE_LOOK, group->row, group->known_id, true },
			       "has another number in the spreadsheet now: the id stays");
	}
	if (bare)
		notice(notices, (struct notice_at){ NOTICE_LOOK, .always = true },
		       "the ids of the plan begin with \"%.*s\", these do not: say --prefix %.*s "
		       "again",
		       (int)prefix_of(bare), bare->known_id, (int)prefix_of(bare), bare->known_id);
	if (moved)
		notice(notices, (struct notice_at){ NOTICE_LOOK, .always = true },
		       "the numbers have moved: %zu measure%s another's number. Ids stay as "
		       "they are: give a new row a new number",
		       moved, moved == 1 ? " has" : "s have");
}

/* All first, for they name each other. */
static void match(struct draft *draft, const struct known_plan *plan, struct notices *notices)
{
	match_titles(&draft->sections[SECTION_MEASURES], plan, notices);
	for (enum section section = 0; section < SECTIONS; section++)
		for (size_t i = 0; i < draft->sections[section].count; i++) {
			struct group *group = draft->sections[section].list[i];

			if (!group->known)
				pair(group, known_find(plan, group));
		}
}

/* People who are in the plan under a name that is mistyped here: who is not found otherwise has all that the row says of
 * them compared, who is found has not. */
static void match_mistyped(struct draft *draft, const struct known_plan *plan,
			   struct notices *notices)
{
	const struct groups *people = &draft->sections[SECTION_PEOPLE];

	for (size_t i = 0; i < people->count; i++) {
		struct group *person = people->list[i];
		struct known *known = person->known ? NULL : known_mistyped(plan, person);

		if (!known)
			continue;
		person->known_id = known->id;
		if (known->seen) {
			difference_tell_mistyped(person, known, notices);
			continue;
		}
		person->known = known;
		known->seen = true;
	}
}

void difference_pair(struct draft *draft, const struct known_plan *plan, struct notices *notices)
{
	match(draft, plan, notices);
	match_mistyped(draft, plan, notices);
}
