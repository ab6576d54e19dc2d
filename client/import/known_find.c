/* SPDX-License-Identifier: Apache-2.0 */
/* What the groups of a plan are known by, and which of them a group of a draft is. */
#include <search.h>
#include <string.h>
#include <strings.h>

#include "client/import/drafting.h"
#include "client/import/ident.h"
#include "client/import/known.h"
#include "client/need.h"
#include "protocol/text.h"

/* One thing that a group is known by: a letter for what it is, its section, and the text. */
struct name {
	const char *text;
	struct known *known;
};

static int by_text(const void *left, const void *right)
{
	const struct name *a = left, *b = right;

	return strcmp(a->text, b->text);
}

/* The first to have a name keeps it. */
static void add_name(struct known_plan *plan, char what, struct known *known, const char *text)
{
	struct name *name;

	if (!*text)
		return;
	name = keep_bytes(&plan->keep, sizeof(*name));
	name->text = keep_print(&plan->keep, "%c%d%s", what, (int)known->section, text);
	name->known = known;
	need(tsearch(name, &plan->names, by_text));
}

/* The text of a value in quotes that holds neither quotes nor holes; "" otherwise. */
static const char *plain(struct keep *keep, const struct known_member *member)
{
	const size_t n = member && member->value ? strlen(member->value) : 0;
	size_t length;
	char *text;

	if (n < 2 || *member->value != '"' || strchr(member->value, '\\') ||
	    text_placeholder(member->value, &length))
		return "";
	text = keep_text(keep, member->value + 1, n - 2);
	return text;
}

static char *lower(char *text)
{
	for (char *at = text; *at; at++)
		if (*at >= 'A' && *at <= 'Z')
			*at = (char)(*at + 0x20);
	return text;
}

/* What the spreadsheet called it when it was imported, as an id is made of it; "" when it never was. */
static const char *imported_title(struct keep *keep, const struct known *known)
{
	const struct known_member *title = known_member(known, "title");

	return title ? ident_make(keep, title->cell) : "";
}

void known_index(struct known_plan *plan, size_t from)
{
	struct keep *keep = &plan->keep;

	for (size_t i = from; i < plan->count; i++) {
		struct known *known = plan->list[i];
		const char *key =
			known->section == SECTION_PEOPLE || known->section == SECTION_BODIES
				? "name"
				: "title";

		if (known->imported)
			add_name(plan, 'i', known, known->imported);
		add_name(plan, 'd', known, known->id);
		add_name(plan, 'm', known,
			 lower(keep_print(keep, "%s", plain(keep, known_member(known, "mail")))));
		known->title = plain(keep, known_member(known, key));
		known->named = ident_make(keep, known->title);
		add_name(plan, 'n', known, known->named);
		if (known->section == SECTION_MEASURES)
			add_name(plan, 'n', known, imported_title(keep, known));
	}
}

static struct known *find_name(const struct known_plan *plan, char what, enum section section,
			       const char *text)
{
	struct keep keep = { 0 };
	const struct name wanted = { .text = keep_print(&keep, "%c%d%s", what, (int)section,
							text) };
	void *const *found = *text ? tfind(&wanted, &plan->names, by_text) : NULL;

	keep_done(&keep);
	return found ? (*(const struct name *const *)found)->known : NULL;
}

/* Of the group's section, and not another group's already. */
static struct known *find_free(const struct known_plan *plan, char what, const struct group *group,
			       const char *text)
{
	struct known *known = find_name(plan, what, group->section, text);

	return known && !known->seen ? known : NULL;
}

struct known *known_by_id(const struct known_plan *plan, const struct group *measure)
{
	struct known *known = find_name(plan, 'i', measure->section, measure->id);

	return known ? known : find_name(plan, 'd', measure->section, measure->id);
}

struct known *known_by_title(const struct known_plan *plan, struct group *measure)
{
	const struct member *title = member_of(measure, "title");
	struct keep keep = { 0 };
	struct known *known =
		title->hole ? NULL : find_free(plan, 'n', measure, ident_make(&keep, title->cell));

	keep_done(&keep);
	return known;
}

bool known_has_title(const struct known *known, struct group *measure)
{
	const struct member *title = member_of(measure, "title");
	struct keep keep = { 0 };
	const char *named = known ? ident_make(&keep, title->cell) : "";
	const bool found = *named && (strcmp(named, known->named) == 0 ||
				      strcmp(named, imported_title(&keep, known)) == 0);

	keep_done(&keep);
	return found;
}

const char *known_person(const struct known_plan *plan, struct keep *keep, const char *cell)
{
	const char *id = ident_make(keep, cell);
	const struct known *known = find_name(plan, 'i', SECTION_PEOPLE, id);

	if (!known)
		known = find_name(plan, 'n', SECTION_PEOPLE, id);
	return known ? draft_quoted(keep, known->id) : NULL;
}

struct known *known_find(const struct known_plan *plan, struct group *group)
{
	const bool person = group->section == SECTION_PEOPLE || group->section == SECTION_BODIES;
	const struct member *mail = member_of(group, "mail");
	const struct member *name = member_of(group, person ? "name" : "title");
	struct keep keep = { 0 };
	struct known *known = find_free(plan, 'i', group, group->id);

	if (!known)
		known = find_free(plan, 'd', group, group->id);
	if (!known && mail && !mail->hole)
		known = find_free(plan, 'm', group, lower(keep_print(&keep, "%s", mail->cell)));
	if (!known && name && !name->hole)
		known = find_free(plan, 'n', group, ident_make(&keep, name->cell));
	keep_done(&keep);
	return known;
}

bool known_is_name_mistyped(const struct known *person, const char *cell, bool known)
{
	struct keep keep = { 0 };
	const bool found =
		*person->named && ident_is_mistyped(person->named, ident_make(&keep, cell), known);

	keep_done(&keep);
	return found;
}

struct known *known_mistyped(const struct known_plan *plan, struct group *person)
{
	const char *mail = member_of(person, "mail")->cell;
	struct keep keep = { 0 };
	const char *id = ident_make(&keep, member_of(person, "name")->cell), *theirs;
	struct known *found = NULL;
	size_t count = 0;

	for (size_t i = 0; i < plan->count && count < 2; i++) {
		struct known *known = plan->list[i];

		/* Where an address may be in the way, first whether there is a likeness at all. */
		if (known->section != SECTION_PEOPLE || !*known->named ||
		    !ident_is_mistyped(known->named, id, true))
			continue;
		theirs = plain(&keep, known_member(known, "mail"));
		if ((*mail && *theirs) ? strcasecmp(mail, theirs) != 0
				       : !ident_is_mistyped(known->named, id, false))
			continue;
		found = known;
		count++;
	}
	keep_done(&keep);
	return count == 1 ? found : NULL;
}
