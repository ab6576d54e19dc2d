/* SPDX-License-Identifier: Apache-2.0 */
/* A difference told to people, as a plan file of what is new, and to programs. */
#include <string.h>

#include "client/import/difference.h"
#include "client/import/plan_text.h"
#include "client/need.h"
#include "client/print.h"
#include "protocol/text.h"

static const char *const words[CHANGES] = {
	[CHANGE_NEW] = "new",	      [CHANGE_VALUE] = "changed", [CHANGE_BOTH] = "both",
	[CHANGE_DIFFERS] = "differs", [CHANGE_UNREAD] = "unread", [CHANGE_MISSING] = "missing",
};

/* A value for people: numbers as they are read. */
struct shown {
	char number[PRINT_NUMBER];
};
static const char *show(const char *value, struct shown *room)
{
	const size_t n = value ? strlen(value) : 0;
	const size_t digits = n ? strspn(value, "-0123456789") : 0;
	const bool number = n > 0 && n < 20 && strcmp(value + digits, digits < n ? "L" : "") == 0;

	if (!value)
		return "nothing";
	return number ? print_number(strtoll(value, NULL, 10), room->number) : value;
}

/* Where the plan has it: the key's line, or the group's. */
static unsigned line_of(const struct change *change)
{
	return change->old && change->old->line ? change->old->line : change->known->first;
}

/* What a group is called, beside its id: its title or name. */
static const char *called(const struct change *change)
{
	struct member *member = NULL;
	const struct known_member *known = NULL;

	if (change->group) {
		member = member_of(change->group, "title");
		member = member ? member : member_of(change->group, "name");
		return member && member->value ? member->value : "";
	}
	known = known_member(change->known, "title");
	known = known ? known : known_member(change->known, "name");
	return known && known->value ? known->value : "";
}

static void print_key(FILE *out, const struct change *change)
{
	struct shown rooms[2];
	const char *key = change->member->key, *cell = change->member->cell;
	const char *old = show(change->old ? change->old->value : NULL, &rooms[0]);
	const char *now = show(change->value, &rooms[1]);
	const unsigned line = line_of(change);

	switch (change->kind) {
	case CHANGE_VALUE:
		fprintf(out, "%s: %s becomes %s", key, old, now);
		break;
	case CHANGE_BOTH:
		fprintf(out, "%s: the spreadsheet has %s now, and the plan %s, by hand", key, now,
			old);
		break;
	case CHANGE_DIFFERS:
		fprintf(out, "%s: the spreadsheet has %s, and the plan %s, by hand", key, now, old);
		break;
	default:
		if (*cell)
			fprintf(out,
				"%s: the spreadsheet has \"%s\" now, which is not used; the plan "
				"has %s",
				key, text_excerpt(cell).text, old);
		else
			fprintf(out, "%s: the spreadsheet has nothing now; the plan has %s", key,
				old);
	}
	fprintf(out, " (row %zu; %s:%u)\n", change->group->row, change->known->file, line);
}

/* "Against the plan: 2 new, 5 changed, 1 missing" */
static void print_counts(FILE *out, const struct difference *difference)
{
	static const char *const called_so[CHANGES] = {
		[CHANGE_NEW] = "new",
		[CHANGE_VALUE] = "changed",
		[CHANGE_BOTH] = "changed in both",
		[CHANGE_DIFFERS] = "different",
		[CHANGE_UNREAD] = "unread",
		[CHANGE_MISSING] = "missing",
	};
	size_t counts[CHANGES] = { 0 };
	const char *between = "";

	for (size_t i = 0; i < difference->count; i++)
		counts[difference->list[i].kind]++;
	fputs("Against the plan: ", out);
	for (enum change_kind kind = 0; kind < CHANGES; kind++)
		if (counts[kind]) {
			fprintf(out, "%s%zu %s", between, counts[kind], called_so[kind]);
			between = ", ";
		}
	fputs("\n", out);
}

/* What can be done at once, with a daemon that runs; by who is in its plan. */
static void print_command(FILE *out, const struct change *change)
{
	size_t length;

	if (change->kind == CHANGE_VALUE && strcmp(change->member->key, "owner") == 0 &&
	    change->member->names && change->member->names->known_id &&
	    !text_placeholder(change->known->id, &length))
		fprintf(out,
			"         the line is enough, after paminn reload; to have it now: paminn "
			"assign %s %s\n",
			change->known->id, change->member->names->known_id);
	else if (change->kind == CHANGE_MISSING && change->known->section == SECTION_MEASURES &&
		 text_placeholder(change->known->id, &length))
		fputs("         delete its block in the plan, where it has no id yet\n", out);
	else if (change->kind == CHANGE_MISSING && change->known->section == SECTION_MEASURES)
		fprintf(out,
			"         if a body has struck it: paminn close %s struck --reference "
			"\"...\"; else delete its block in the plan\n",
			change->known->id);
}

void difference_print(FILE *out, const struct difference *difference)
{
	print_counts(out, difference);
	for (size_t i = 0; i < difference->count; i++) {
		const struct change *change = &difference->list[i];
		const char *id = change->known ? change->known->id : change->group->id;

		fprintf(out, "%-8s %s ", words[change->kind], id);
		if (change->kind == CHANGE_NEW)
			fprintf(out, "%s (row %zu)\n", called(change), change->group->row);
		else if (change->kind == CHANGE_MISSING)
			fprintf(out, "%s: no row has it any more (%s:%u)\n", called(change),
				change->known->file, change->known->first);
		else
			print_key(out, change);
		print_command(out, change);
	}
}

size_t difference_write_new(FILE *out, const struct difference *difference)
{
	struct plan_holes holes = { 0 };
	size_t count_all;

	for (enum section section = 0; section < SECTIONS; section++) {
		size_t count = 0;

		for (size_t i = 0; i < difference->count; i++) {
			const struct change *change = &difference->list[i];

			if (change->kind != CHANGE_NEW || change->group->section != section)
				continue;
			if (count++ == 0)
				fprintf(out, "\n%s = (\n", section_names[section]);
			else
				fputs(",\n", out);
			plan_text_group(out, change->group, &holes);
		}
		fputs(count ? "\n);\n" : "", out);
	}
	count_all = holes.count;
	plan_holes_done(&holes);
	return count_all;
}

json_t *difference_json(const struct difference *difference)
{
	json_t *array = need(json_array());

	for (size_t i = 0; i < difference->count; i++) {
		const struct change *c = &difference->list[i];
		const enum section section = c->group ? c->group->section : c->known->section;
		json_t *row = need(json_pack("{s:s,s:s,s:s,s:s?,s:s?,s:s?}", "change",
					     words[c->kind], "section", section_names[section],
					     "id", c->known ? c->known->id : c->group->id, "key",
					     c->member ? c->member->key : NULL, "old",
					     c->old ? c->old->value : NULL, "new", c->value));

		need_set(row, "row",
			 c->group ? json_integer((json_int_t)c->group->row) : json_null());
		need_set(row, "file", c->known ? json_string(c->known->file) : json_null());
		need_set(row, "line", c->known ? json_integer(line_of(c)) : json_null());
		if (json_array_append_new(array, row) < 0)
			need(NULL);
	}
	return array;
}
