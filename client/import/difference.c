/* SPDX-License-Identifier: Apache-2.0 */
#include "client/import/difference.h"

#include <stdlib.h>
#include <string.h>

#include "client/import/amount.h"
#include "client/import/day.h"
#include "client/import/drafting.h"
#include "client/import/ident.h"
#include "client/import/plan_text.h"
#include "client/need.h"
#include "protocol/text.h"

/* The sections in which something may be missing: bodies and assignments may have been added by hand for more. */
static const bool may_miss[SECTIONS] = { [SECTION_PEOPLE] = true, [SECTION_MEASURES] = true };

static struct change *add(struct difference *d, enum change_kind kind, struct group *group,
			  struct known *known)
{
	d->list = array_more(d->list, d->count, &d->room, sizeof(*d->list));
	d->list[d->count] = (struct change){ .kind = kind, .group = group, .known = known };
	return &d->list[d->count++];
}

/* ---- what the plan would have if nobody had touched it ------------------------------------------- */

static const char *imported_date(struct keep *keep, const char *key, const char *cell)
{
	char text[CIVIL_TEXT];
	struct day day;

	day_read(cell, &day);
	if (day.count != 1)
		return NULL;
	if (strcmp(key, column_kind_names[COLUMN_DONE_BY]) == 0)
		day.dates[0] = day_last(&day);
	return draft_quoted(keep, civil_format(day.dates[0], text));
}

static const char *imported_amount(struct keep *keep, const char *cell)
{
	const struct amount_style none = { 0 };
	struct amount amount;

	return amount_read(cell, AMOUNT_KRONOR, &none, &amount) == AMOUNT_READ
		       ? draft_number(keep, amount.kronor)
		       : NULL;
}

/* Of "2026: 5 tkr, 2027: 10 tkr", as a draft writes it. */
static const char *imported_years(struct keep *keep, const char *cell)
{
	const char *all = "", *value;
	char *rest = keep_print(keep, "%s", cell), *end;

	for (char *at = rest; at; at = end) {
		const size_t n = strspn(at, "0123456789");

		if (n == 0 || strncmp(at + n, ": ", 2) != 0)
			return NULL;
		end = strstr(at, ", ");
		if (end) {
			*end = '\0';
			end += strlen(", ");
		}
		value = imported_amount(keep, at + n + 2);
		if (value)
			all = keep_print(keep, "%s%s{ year = %.*s; amount = %s; }", all,
					 *all ? ", " : "", (int)n, at, value);
	}
	return keep_print(keep, "( %s )", all);
}

/*
 * Has somebody changed the key in the plan since it was imported? Where the cell that it was imported from can be
 * read two ways, nobody knows, and a value that is there instead of a hole has been filled in.
 */
static bool is_touched(struct difference *d, const struct known_plan *plan,
		       const struct known_member *old)
{
	static const char *const texts[] = { "title", "decision", "name", "mail" };
	static const char *const people[] = { "owner", "manager", "deputy" };
	struct keep *keep = &d->keep;
	const char *was = NULL;
	size_t length;

	if (!old->value)
		return *old->cell; /* taken out */
	if (text_placeholder(old->value, &length))
		return false; /* the hole that the import left */
	if (!*old->cell)
		return true; /* put in, or filled in */
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (strcmp(old->key, texts[i]) == 0)
			was = draft_quoted(keep, old->cell);
	for (size_t i = 0; i < sizeof(people) / sizeof(*people); i++)
		if (strcmp(old->key, people[i]) == 0)
			was = known_person(plan, keep, old->cell);
	if (strcmp(old->key, "effect_planned") == 0)
		was = strchr(old->cell, ':') ? imported_years(keep, old->cell)
					     : imported_amount(keep, old->cell);
	else if (strcmp(old->key, "from") == 0 || strcmp(old->key, "done_by") == 0)
		was = imported_date(keep, old->key, old->cell);
	else if (!was) /* tags: as good as never touched */
		return false;
	return !was || strcmp(was, old->value) != 0;
}

/* ---- comparing --------------------------------------------------------------------------------------- */

static enum change_kind judge(struct difference *d, const struct known_plan *plan,
			      const struct change *change)
{
	const struct known_member *old = change->old;

	if (change->member->hole || !change->value)
		return CHANGE_UNREAD;
	if (!change->known->imported)
		return CHANGE_DIFFERS;
	return old && is_touched(d, plan, old) ? CHANGE_BOTH : CHANGE_VALUE;
}

/* Is there a change of the key? */
static bool is_changed(const struct change *change)
{
	const struct known_member *old = change->old;
	const char *before = old ? old->cell : "", *now = change->member->cell;

	/* What was imported counts as long as its cell is the same, whatever has been done with it in the plan. */
	if (change->known->imported && strcmp(before, now) == 0)
		return false;
	if (!change->known->imported && (!change->value || change->member->hole))
		return false;
	if (old && old->value && change->value && strcmp(old->value, change->value) == 0)
		return false;
	return (old && old->value) || (change->value && !change->member->hole);
}

/* Does the spreadsheet have the name of a person of the plan mistyped? */
static bool is_mistyped(const struct change *change)
{
	return change->group->section == SECTION_PEOPLE && change->old && change->old->value &&
	       strcmp(change->member->key, "name") == 0 &&
	       known_is_name_mistyped(change->known, change->member->cell, true);
}

static void compare(struct difference *d, const struct known_plan *plan, struct group *group,
		    struct notices *notices)
{
	struct known *known = group->known;
	const size_t before = d->count;

	for (size_t i = 0; i < group->count; i++) {
		const struct member *member = &group->members[i];
		struct change change = {
			.group = group,
			.known = known,
			.member = member,
			.old = known_member(known, member->key),
			.value = plan_text_value(&d->keep, member),
		};

		if (strcmp(member->key, "id") == 0)
			continue;
		group->changed |= known->imported &&
				  strcmp(change.old ? change.old->cell : "", member->cell) != 0;
		if (strcmp(member->key, "status") == 0 || !is_changed(&change))
			continue;
		if (is_mistyped(&change)) {
			difference_tell_mistyped(group, known, notices);
			continue;
		}
		group->changed = true;
		*add(d, CHANGE_VALUE, group, known) = change;
		d->list[d->count - 1].kind = judge(d, plan, &change);
	}
	d->same += d->count == before;
}

/* The group is wanted, and whoever it names. */
static void keep_in(struct group *group, int depth)
{
	group->left_out = false;
	for (size_t i = 0; i < group->count && depth; i++)
		if (group->members[i].names)
			keep_in(group->members[i].names, depth - 1);
}

/* A measure that is over and not in the plan has been deleted there, or never was asked for: it is not new, nor is
 * anybody whom it alone names. */
static void leave_out(struct draft *draft, struct notices *notices)
{
	const struct groups *measures = &draft->sections[SECTION_MEASURES];

	for (enum section section = 0; section < SECTIONS; section++)
		for (size_t i = 0; i < draft->sections[section].count; i++)
			draft->sections[section].list[i]->left_out =
				!draft->sections[section].list[i]->known_id;
	for (size_t i = 0; i < measures->count; i++) {
		struct group *measure = measures->list[i];

		if (!measure->known_id && measure->over) {
			notice(notices,
			       (struct notice_at){ NOTICE_READ, measure->row, measure->id, true },
			       "left out, since it is over and not in the plan");
			continue;
		}
		keep_in(measure, 2);
		if (measure->body)
			keep_in(measure->body, 0);
	}
}

/* A new group, under an id of its own: with numbers that have moved its number may be another's of the plan. */
static void add_new(struct difference *d, struct draft *draft, const struct known_plan *plan,
		    struct group *group)
{
	if (group->section == SECTION_MEASURES && known_by_id(plan, group)) {
		struct member *id = member_of(group, "id");

		if (!id && group->count < MEMBERS_MOST)
			id = draft_put(group, "id", NULL, group->id);
		if (id) {
			id->hole = true;
			id->value = draft_quoted(&draft->keep,
						 keep_print(&draft->keep,
							    "<fyll i ett eget id, planen har "
							    "redan: %s>",
							    group->id));
		}
	}
	add(d, CHANGE_NEW, group, NULL);
}

void difference_find(struct difference *ret, struct draft *draft, struct known_plan *plan,
		     struct notices *notices)
{
	*ret = (struct difference){ 0 };
	difference_pair(draft, plan, notices);
	leave_out(draft, notices);
	for (enum section section = 0; section < SECTIONS; section++)
		for (size_t i = 0; i < draft->sections[section].count; i++) {
			struct group *group = draft->sections[section].list[i];

			if (group->left_out)
				continue;
			if (group->known)
				compare(ret, plan, group, notices);
			else if (!group->known_id)
				add_new(ret, draft, plan, group);
			group->changed |= !group->known_id;
			if (group->known && group->section == SECTION_MEASURES)
				difference_tell_status(group, notices);
			else if (!group->known && !group->known_id)
				draft_tell(group, notices);
		}
	for (size_t i = 0; i < plan->count; i++) {
		struct known *known = plan->list[i];

		if (!known->seen && known->imported && may_miss[known->section])
			add(ret, CHANGE_MISSING, NULL, known);
	}
}

/* Has the group changed, or whoever it names? */
static bool touches_change(const struct group *group, int depth)
{
	bool found = group->changed;

	for (size_t i = 0; i < group->count && depth && !found; i++)
		if (group->members[i].names)
			found = touches_change(group->members[i].names, depth - 1);
	return found;
}

void difference_narrow(const struct draft *draft, struct notices *notices)
{
	bool *rows = need(calloc(SHEET_ROWS + 2, sizeof(*rows)));

	/* A measure names its owner, and its owner their manager. */
	for (enum section section = 0; section < SECTIONS; section++)
		for (size_t i = 0; i < draft->sections[section].count; i++) {
			const struct group *group = draft->sections[section].list[i];

			if (group->row <= SHEET_ROWS && touches_change(group, 2))
				rows[group->row] = true;
		}
	notices_only(notices, rows, SHEET_ROWS + 2);
	free(rows);
}

void difference_done(struct difference *difference)
{
	free(difference->list);
	keep_done(&difference->keep);
	*difference = (struct difference){ 0 };
}
