/* SPDX-License-Identifier: Apache-2.0 */
#include "client/import/draft.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "client/import/drafting.h"
#include "client/import/ident.h"
#include "client/need.h"
#include "protocol/text.h"

const char *const section_names[SECTIONS] = {
	[SECTION_BODIES] = "bodies",
	[SECTION_PEOPLE] = "people",
	[SECTION_ASSIGNMENTS] = "assignments",
	[SECTION_MEASURES] = "measures",
};

/* ---- groups ---------------------------------------------------------------------------------------- */

static int by_id(const void *left, const void *right)
{
	const struct group *a = left, *b = right;

	return strcmp(a->id, b->id);
}

struct group *groups_find(const struct groups *groups, const char *id)
{
	const struct group wanted = { .id = id };
	void *const *found = tfind(&wanted, &groups->by_id, by_id);

	return found ? *found : NULL;
}

struct member *member_of(struct group *group, const char *key)
{
	for (size_t i = 0; i < group->count; i++)
		if (strcmp(group->members[i].key, key) == 0)
			return &group->members[i];
	return NULL;
}

struct group *draft_add(struct drafting *d, enum section section, const char *id)
{
	struct groups *groups = &d->draft->sections[section];
	struct group *group = keep_bytes(&d->draft->keep, sizeof(*group));

	*group = (struct group){ .section = section,
				 .id = id,
				 .name = "",
				 .note = "",
				 .rows = "",
				 .row = d->row->number,
				 .source = d->row };
	groups->list =
		array_more(groups->list, groups->count, &groups->room, sizeof(*groups->list));
	groups->list[groups->count++] = group;
	need(tsearch(group, &groups->by_id, by_id));
	return group;
}

void draft_names_row(struct drafting *d, struct group *group)
{
	struct keep *keep = &d->draft->keep;

	if (group->last == d->row->number)
		return;
	group->last = d->row->number;
	if (++group->row_count > ROWS_NAMED + 1)
		return;
	group->rows = group->row_count > ROWS_NAMED
			      ? keep_print(keep, "%s and more", group->rows)
			      : keep_print(keep, "%s%s%zu", group->rows, *group->rows ? ", " : "",
					   d->row->number);
}

struct member *draft_put(struct group *group, const char *key, const char *value, const char *cell)
{
	struct member *member = member_of(group, key);

	if (!member)
		member = &group->members[group->count++];
	*member = (struct member){ .key = key, .value = value, .cell = cell };
	return member;
}

/* ---- rows ------------------------------------------------------------------------------------------ */

/* The id of the row's measure: that of the spreadsheet, or made from the title. */
static const char *measure_id(struct drafting *d)
{
	struct keep *keep = &d->draft->keep;
	const char *cell = draft_cell(d, COLUMN_MEASURE), *title = draft_cell(d, COLUMN_TITLE);
	const char *id = *cell ? ident_near(keep, cell) : "";
	const bool own = *id;

	if (!own)
		id = ident_title(keep, title);
	if (!*id)
		id = keep_print(keep, "row-%zu", d->row->number);
	if (strncmp(id, d->wishes->prefix, strlen(d->wishes->prefix)) != 0)
		id = keep_print(keep, "%.*s%s", ID_MAX / 2, d->wishes->prefix, id);
	if (strlen(id) > ID_MAX)
		id = keep_text(keep, id, ID_MAX);
	if (own && strcmp(ident_near(keep, cell), cell) != 0) {
		if (d->renamed.count++ == 0) {
			d->renamed.cell = cell;
			d->renamed.id = id;
			d->renamed.row = d->row->number;
		}
	} else if (!own && columns_of(d->columns, COLUMN_MEASURE))
		notice(d->notices, (struct notice_at){ NOTICE_READ, d->row->number },
		       "%s is empty: the id is made of the title, %s",
		       text_excerpt(draft_heading(d, COLUMN_MEASURE)).text, id);
	return id;
}

/* A body or assignment that the measure names, new or known. */
static struct group *named(struct drafting *d, enum section section, const char *cell)
{
	struct keep *keep = &d->draft->keep;
	const char *name = section == SECTION_BODIES ? "name" : "title";
	const char *id = text_is_id(cell) ? cell : ident_title(keep, cell);
	struct group *group;

	id = *id ? id : keep_print(keep, "row-%zu", d->row->number);
	group = groups_find(&d->draft->sections[section], id);
	if (!group) {
		group = draft_add(d, section, id);
		group->name = cell;
		if (text_is_id(cell)) {
			draft_hole(d, draft_put(group, name, NULL, ""),
				   section == SECTION_BODIES ? "organets namn"
							     : "uppdragets rubrik");
			member_of(group, name)->why =
				keep_print(keep, "only its id is there: its %s", name);
		} else
			draft_text(d, group, name, cell);
		if (section == SECTION_BODIES)
			draft_put(group, "papers", "\"-7wd\"", "");
	}
	draft_names_row(d, group);
	return group;
}

/* Are the rows the same, cell by cell? */
static bool is_same_row(const struct sheet_row *a, const struct sheet_row *b)
{
	const size_t count = a->count > b->count ? a->count : b->count;

	for (size_t i = 0; i < count; i++)
		if (strcmp(sheet_cell(a, i), sheet_cell(b, i)) != 0)
			return false;
	return true;
}

/* Another row has the id already, so that this measure needs one of its own. */
static void take_twice(struct drafting *d, const char *id, const struct group *first)
{
	struct keep *keep = &d->draft->keep;
	struct member *member;
	struct group *copy;

	copy = draft_add(d, SECTION_MEASURES,
			 keep_print(keep, "%.40s/row-%zu", id, d->row->number));
	member = draft_put(copy, "id", NULL, id);
	draft_why(d, member, "the id %s is that of row %zu too", id, first->row);
	draft_hole(d, member, keep_print(keep, "ett eget id, rad %zu har redan", first->row));
}

static void take_row(struct drafting *d)
{
	const char *body = draft_cell(d, COLUMN_BODY),
		   *assignment = draft_cell(d, COLUMN_ASSIGNMENT);
	const char *title = draft_cell(d, COLUMN_TITLE), *id = measure_id(d);
	struct groups *measures = &d->draft->sections[SECTION_MEASURES];
	const struct group *first = groups_find(measures, id);
	struct group *measure;
	struct member *member;

	if (first && is_same_row(first->source, d->row)) {
		notice(d->notices, (struct notice_at){ NOTICE_READ, d->row->number },
		       "is row %zu again: left out", first->row);
		return;
	}
	if (first)
		take_twice(d, id, first);
	else
		draft_add(d, SECTION_MEASURES, id);
	measure = measures->list[measures->count - 1];
	draft_names_row(d, measure);
	measure->note = draft_cell(d, COLUMN_NOTE);
	draft_text(d, measure, "title", title);
	if (!*title) {
		member = member_of(measure, "title");
		draft_why(d, member, "%s is empty",
			  text_excerpt(draft_heading(d, COLUMN_TITLE)).text);
		draft_hole(d, member, "åtgärdens rubrik");
	}
	draft_owner(d, measure);
	draft_text(d, measure, "decision", draft_cell(d, COLUMN_DECISION));
	draft_effect(d, measure);
	draft_tags(d, measure);
	draft_status(d, measure);
	draft_date(d, measure, COLUMN_FROM);
	draft_date(d, measure, COLUMN_DONE_BY);
	member = draft_put(measure, "assignment", NULL, assignment);
	if (*assignment)
		member->names = named(d, SECTION_ASSIGNMENTS, assignment);
	if (*body)
		measure->body = named(d, SECTION_BODIES, body);
}

/* An empty cell of a column that is there: no hole, since a plan does without. */
static void tell_empty(const struct drafting *d, enum column_kind field, const char *without)
{
	const struct groups *measures = &d->draft->sections[SECTION_MEASURES];

	for (size_t i = 0; i < measures->count && columns_of(d->columns, field); i++) {
		struct group *measure = measures->list[i];
		const struct member *member = member_of(measure, column_kind_names[field]);

		if (!member || *member->cell)
			continue;
		notice(d->notices, (struct notice_at){ NOTICE_READ, measure->row },
		       "%s is empty: %s", text_excerpt(draft_heading(d, field)).text, without);
	}
}

/* Whoever has no column of statuses may have as a comment, or in no word at all, that it is over. */
static void tell_past_day(struct group *group, const char *id, struct notices *notices)
{
	const struct member *done_by = member_of(group, "done_by"),
			    *status = member_of(group, "status");
	struct civil_date day;
	char text[CIVIL_TEXT];

	if (group->over || !done_by || !done_by->value || (status && *status->cell))
		return;
	snprintf(text, sizeof(text), "%s", done_by->value + 1);
	if (civil_parse(text, &day) == 0 && civil_compare(day, day_today()) < 0)
		notice(notices, (struct notice_at){ NOTICE_LOOK, group->row, id },
		       "its day is past: if it is over, write Klar under Status and import again");
}

void draft_tell(struct group *group, struct notices *notices)
{
	const char *id = group->id;
	const struct member *own = member_of(group, "id"), *mail = member_of(group, "mail");
	size_t length;

	/* Who has yet to get an id has none that a command could name: ID stays in its place. */
	if ((own && own->hole) || text_placeholder(id, &length))
		id = NULL;
	if (group->over)
		notice(notices, (struct notice_at){ NOTICE_READ, group->row, id },
		       "is over: nobody is asked; the report says \"%s\"",
		       strcmp(group->over, "done") == 0 ? "Genomförd" : "Avbruten");
	tell_past_day(group, id, notices);
	if (mail && mail->hole && !*mail->cell)
		notice(notices,
		       (struct notice_at){ NOTICE_HOLE, group->row,
					   *group->name ? group->name : id },
		       "%s", mail->why);
}

static bool is_number(const char *id)
{
	return strspn(id, "0123456789.-") == strlen(id);
}

/* Ids that a plan can't have as they are, each by the same rule. */
static void tell_renamed(const struct drafting *d)
{
	char more[60] = "";

	if (d->renamed.count > 1)
		snprintf(more, sizeof(more), ", and %zu more likewise", d->renamed.count - 1);
	if (d->renamed.count)
		notice(d->notices, (struct notice_at){ NOTICE_READ, d->renamed.row },
		       "the id \"%s\" becomes %s%s", text_excerpt(d->renamed.cell).text,
		       d->renamed.id, more);
}

/* What is true of the whole spreadsheet, and may be wanted otherwise. */
static void tell_whole(const struct drafting *d)
{
	const struct groups *measures = &d->draft->sections[SECTION_MEASURES];
	const char *number = NULL; /* the first of them that is one */

	tell_renamed(d);
	tell_empty(d, COLUMN_DONE_BY, "no day of its own");
	tell_empty(d, COLUMN_EFFECT, "no effect is planned");
	if (!columns_of(d->columns, COLUMN_MEASURE))
		notice(d->notices, (struct notice_at){ NOTICE_READ },
		       "no column has ids: they are made from the titles");
	for (size_t i = 0; i < measures->count && !number; i++)
		if (is_number(measures->list[i]->id))
			number = measures->list[i]->id;
	if (number)
		notice(d->notices, (struct notice_at){ NOTICE_LOOK },
		       "there are ids that are mere numbers, such as %s, and mails name them: "
		       "--prefix HSN- would make it HSN-%s",
		       number, number);
	if (!columns_of(d->columns, COLUMN_MANAGER))
		notice(d->notices, (struct notice_at){ NOTICE_LOOK },
		       "no column has managers, to hear of late answers");
}

void draft_make(struct draft *ret, const struct sheet *sheet, const struct columns *columns,
		const struct draft_wishes *wishes, struct notices *notices)
{
	struct drafting d = { .draft = ret,
			      .sheet = sheet,
			      .columns = columns,
			      .wishes = wishes,
			      .notices = notices };

	*ret = (struct draft){ .columns = columns };
	draft_see_styles(&d);
	draft_see_owners(&d);
	for (size_t i = columns->first; i < sheet->count; i++) {
		d.row = &sheet->rows[i];
		if (!draft_is_skipped(&d))
			take_row(&d);
	}
	draft_name_owners(&d);
	if (!wishes->again) {
		draft_tell_sums(ret, notices);
		draft_compare_people(&d);
	}
	for (enum section section = 0; section < SECTIONS && !wishes->again; section++)
		for (size_t i = 0; i < ret->sections[section].count; i++)
			draft_tell(ret->sections[section].list[i], notices);
	tell_whole(&d);
	draft_forget_owners(&d);
}

static void keep_node(void *node)
{
	(void)node; /* it is of the draft's keep */
}

void draft_done(struct draft *draft)
{
	for (int i = 0; i < SECTIONS; i++) {
		tdestroy(draft->sections[i].by_id, keep_node);
		free(draft->sections[i].list);
	}
	free(draft->addends);
	tdestroy(draft->by_mail, keep_node);
	keep_done(&draft->keep);
	*draft = (struct draft){ 0 };
}
