/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The people of a spreadsheet stand in its rows, as owners, managers and deputies: by name, with an address or
 * without, and not always spelled alike. Two names are one person's if they come to one id, if one is the other
 * with the family name first, or if they have one address and a word in common. Whoever merely looks like
 * another (draft_alike.c) is said, and stays two.
 */
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "client/import/drafting.h"
#include "client/import/ident.h"
#include "client/need.h"
#include "protocol/text.h"

/* What a row says of one person. */
struct mention {
	const char *name, *mail; /* "" when it does not say */
	enum column_kind as;
};

static int by_mail(const void *left, const void *right)
{
	const struct group *a = left, *b = right;

	return strcasecmp(a->members[1].cell, b->members[1].cell);
}

static struct group *find_mail(const struct draft *draft, const char *mail)
{
	const struct group wanted = { .members = { { 0 }, { .cell = mail } } };
	void *const *found = *mail ? tfind(&wanted, &draft->by_mail, by_mail) : NULL;

	return found ? *found : NULL;
}

/* Have the names a word of three letters or more in common? */
static bool share_word(const char *a, const char *b)
{
	struct keep keep = { 0 };
	char *rest = ident_make(&keep, a), *word;
	const char *other = keep_print(&keep, "-%s-", ident_make(&keep, b));
	bool found = false;

	while (!found && (word = strsep(&rest, "-")))
		found = strlen(word) >= 3 && strstr(other, keep_print(&keep, "-%s-", word));
	keep_done(&keep);
	return found;
}

/* "Andersson, Anna" and "Anna Andersson": the name the other way round; "" when there is none. */
static const char *turned(struct drafting *d, const char *name)
{
	const char *comma = strchr(name, ','), *space = strrchr(name, ' ');

	if (comma)
		return keep_print(&d->draft->keep, "%s %.*s", comma + 1, (int)(comma - name), name);
	return space ? keep_print(&d->draft->keep, "%s, %.*s", space + 1, (int)(space - name), name)
		     : "";
}

/* The person that the mention is of, as far as the rows before have them. */
static struct group *find_person(struct drafting *d, const char *id, const struct mention *m)
{
	const struct groups *people = &d->draft->sections[SECTION_PEOPLE];
	struct group *found = groups_find(people, id), *other;
	const char *way = turned(d, m->name);

	if (!found && *way) {
		found = groups_find(people, ident_make(&d->draft->keep, way));
		/* Without a comma on either side they are two names. */
		if (found && !strchr(m->name, ',') && !strchr(found->name, ','))
			found = NULL;
	}
	other = found ? NULL : find_mail(d->draft, m->mail);
	if (other && (!*m->name || !*other->name || share_word(m->name, other->name)))
		found = other;
	else if (other)
		notice(d->notices, (struct notice_at){ NOTICE_LOOK, d->row->number },
		       "\"%s\" has the address of \"%s\" (row %zu): they stay two people",
		       text_excerpt(m->name).text, text_excerpt(other->name).text, other->row);
	if (found && *m->name && *found->name && strcmp(found->name, m->name) != 0)
		notice(d->notices, (struct notice_at){ NOTICE_READ, d->row->number },
		       "\"%s\" is taken for \"%s\" (row %zu)", text_excerpt(m->name).text,
		       text_excerpt(found->name).text, found->row);
	return found;
}

/* The address as a plan takes it, or a hole: that of an empty cell is told when no row has had one. */
static void put_mail(struct drafting *d, struct group *person, const struct mention *m)
{
	const enum column_kind field = m->as == COLUMN_MANAGER ? COLUMN_MANAGER_MAIL : COLUMN_MAIL;
	const char *cell = m->mail, *heading = draft_heading(d, field);
	struct member *member = draft_put(person, "mail", NULL, cell);

	if (text_is_address(cell) || text_is_address_beyond_ascii(cell, strlen(cell))) {
		member->value = draft_quote(d, cell);
		return;
	}
	if (*cell)
		draft_why(d, member, "%s \"%s\" is not one address", text_excerpt(heading).text,
			  text_excerpt(cell).text);
	else if (m->as != COLUMN_DEPUTY && columns_of(d->columns, field))
		member->why =
			keep_print(&d->draft->keep, "%s is empty", text_excerpt(heading).text);
	else
		member->why = "no column has the mail address";
	draft_hole(d, member, "e-postadress");
}

static struct group *new_person(struct drafting *d, const char *id, const struct mention *m)
{
	static const char *const words[] = { "owner", "deputy", "manager", "responsible",
					     "support" };
	const char *taken = id;
	struct group *person;

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcmp(id, words[i]) == 0)
			taken = keep_print(&d->draft->keep, "%s-person", id);
	/* The rule cuts long names, so that two may come to one id. */
	for (int n = 2; groups_find(&d->draft->sections[SECTION_PEOPLE], taken); n++)
		taken = keep_print(&d->draft->keep, "%.58s-%d", id, n);
	person = draft_add(d, SECTION_PEOPLE, taken);
	person->name = m->name;
	person->as = m->as;
	if (*m->name)
		draft_text(d, person, "name", m->name);
	else
		draft_hole(d, draft_put(person, "name", NULL, ""), "namn");
	put_mail(d, person, m);
	if (*m->mail && !person->members[1].hole)
		need(tsearch(person, &d->draft->by_mail, by_mail));
	return person;
}

/* A later row says more, the same, or something else of the person. */
static void add_to_person(struct drafting *d, struct group *person, const struct mention *m)
{
	struct member *mail = member_of(person, "mail");
	const char *known = mail->cell;

	person->as = m->as < person->as ? m->as : person->as;
	if (!*member_of(person, "name")->cell && *m->name) {
		person->name = m->name;
		draft_text(d, person, "name", m->name);
	}
	if (!*m->mail || strcasecmp(known, m->mail) == 0)
		return;
	if (!text_is_address_beyond_ascii(known, strlen(known))) {
		put_mail(d, person, m);
		if (!mail->hole && !find_mail(d->draft, m->mail))
			need(tsearch(person, &d->draft->by_mail, by_mail));
		return;
	}
	draft_why(d, mail, "%s has the address \"%s\" here, and \"%s\" in row %zu", person->id,
		  text_excerpt(m->mail).text, text_excerpt(known).text, person->row);
	mail->hole = true;
	mail->value = draft_quote(d, keep_print(&d->draft->keep,
						"<fyll i en av två adresser: %s eller %s>", known,
						text_excerpt(m->mail).text));
}

/* The name before the address of "Anna <anna@region.se>", and the address. */
static void split_address(struct drafting *d, struct mention *m)
{
	const char *open = strchr(m->name, '<'), *close = open ? strchr(open, '>') : NULL;
	struct keep *keep = &d->draft->keep;

	if (text_is_address(m->name)) {
		m->mail = *m->mail ? m->mail : m->name;
		m->name = "";
	} else if (close && text_is_address_beyond_ascii(open + 1, (size_t)(close - open) - 1)) {
		if (!*m->mail)
			m->mail = keep_text(keep, open + 1, (size_t)(close - open) - 1);
		m->name = sheet_clean(keep_text(keep, m->name, (size_t)(open - m->name)));
	}
	open = strchr(m->mail, '<');
	close = open ? strchr(open, '>') : NULL;
	if (close)
		m->mail = keep_text(keep, open + 1, (size_t)(close - open) - 1);
	if (strncasecmp(m->mail, "mailto:", 7) == 0)
		m->mail += 7;
}

/* ---- several in one cell --------------------------------------------------------------------------- */

static int by_text(const void *left, const void *right)
{
	return strcmp(left, right);
}

void draft_see_owners(struct drafting *d)
{
	const struct column *column = columns_of(d->columns, COLUMN_OWNER);

	for (size_t i = d->columns->first; column && i < d->sheet->count; i++) {
		const char *cell = sheet_cell(&d->sheet->rows[i], column->at);

		need(tsearch(ident_make(&d->draft->keep, cell), &d->owners, by_text));
	}
}

static void keep_text_of(void *node)
{
	(void)node; /* it is of the draft's keep */
}

void draft_forget_owners(struct drafting *d)
{
	tdestroy(d->owners, keep_text_of);
	d->owners = NULL;
}

/* Is what stands on one side of the word in the cell somebody whom another row has alone? "Bo Hed och Malin Qvist" are
 * two then, and "chef kultur och fritid" is one. */
static bool is_apart(const struct drafting *d, const char *cell, const char *between)
{
	const char *at = strstr(cell, between);
	struct keep keep = { 0 };
	bool found = false;

	if (at) {
		const char *parts[] = { keep_text(&keep, cell, (size_t)(at - cell)),
					at + strlen(between) };

		for (size_t i = 0; i < 2; i++)
			found |= *parts[i] && strchr(parts[i], ' ') &&
				 tfind(ident_make(&keep, parts[i]), &d->owners, by_text);
	}
	keep_done(&keep);
	return found;
}

/* Does the cell name several people? */
static bool is_several(const struct drafting *d, const char *cell)
{
	return strpbrk(cell, ";/&\n") || strstr(cell, " + ") || is_apart(d, cell, " och ") ||
	       is_apart(d, cell, " and ") || is_apart(d, cell, ", ");
}

/* ---- who is who ------------------------------------------------------------------------------------ */

/* The person of the mention, new or known; NULL when the row names nobody. */
static struct group *person_of(struct drafting *d, struct mention m)
{
	struct keep *keep = &d->draft->keep;
	struct group *person;
	const char *id;

	split_address(d, &m);
	if (!*m.name && !*m.mail)
		return NULL;
	id = ident_make(keep, *m.name ? m.name : keep_text(keep, m.mail, strcspn(m.mail, "@")));
	if (!*id)
		id = keep_print(keep, "person-%zu", d->row->number);
	person = find_person(d, id, &m);
	if (person)
		add_to_person(d, person, &m);
	else
		person = new_person(d, id, &m);
	draft_names_row(d, person);
	return person;
}

/* Who is the manager or deputy of the owner, by the row. */
static void relate(struct drafting *d, struct group *owner, enum column_kind field,
		   enum column_kind mail)
{
	const struct notice_at look = { NOTICE_LOOK, d->row->number };
	const char *cell = draft_cell(d, field), *key = column_kind_names[field];
	const struct excerpt heading = text_excerpt(draft_heading(d, field));
	const struct column *column = columns_of(d->columns, field);
	struct member *member = member_of(owner, key);
	struct group *other;

	if (column && is_several(d, sheet_cell(d->row, column->at))) {
		notice(d->notices, look, "%s \"%s\" names several people: it is left out",
		       heading.text, text_excerpt(cell).text);
		return;
	}
	other = person_of(
		d,
		(struct mention){ cell, mail == COLUMN_KINDS ? "" : draft_cell(d, mail), field });
	if (!other)
		return;
	if (other == owner)
		notice(d->notices, look, "%s is their own %s, which is left out", owner->id, key);
	else if (!member)
		draft_put(owner, key, NULL, cell)->names = other;
	else if (member->names != other)
		notice(d->notices, look, "%s of %s is %s here, and was %s: the first one stays",
		       heading.text, owner->id, other->id, member->names->id);
}

void draft_owner(struct drafting *d, struct group *measure)
{
	const char *cell = draft_cell(d, COLUMN_OWNER), *mail = draft_cell(d, COLUMN_MAIL);
	const struct column *column = columns_of(d->columns, COLUMN_OWNER);
	const struct excerpt heading = text_excerpt(draft_heading(d, COLUMN_OWNER));
	struct member *member = draft_put(measure, "owner", NULL, *cell ? cell : mail);
	struct group *owner;

	if (column && is_several(d, sheet_cell(d->row, column->at))) {
		draft_why(d, member, "%s \"%s\" names several people, and a measure has one owner",
			  heading.text, text_excerpt(cell).text);
		draft_hole(d, member, "en ansvarig");
		return;
	}
	owner = person_of(d, (struct mention){ cell, mail, COLUMN_OWNER });
	if (!owner) {
		draft_why(d, member, "%s",
			  column ? keep_print(&d->draft->keep, "%s is empty", heading.text)
				 : "no column has owners");
		draft_hole(d, member, "ansvarig");
		return;
	}
	if (column && !*cell)
		notice(d->notices, (struct notice_at){ NOTICE_READ, d->row->number },
		       "%s is empty: the owner is %s, whose mailbox \"%s\" is", heading.text,
		       owner->id, text_excerpt(mail).text);
	member->names = owner;
	relate(d, owner, COLUMN_MANAGER, COLUMN_MANAGER_MAIL);
	relate(d, owner, COLUMN_DEPUTY, COLUMN_KINDS);
}

/* ---- holes of owners ------------------------------------------------------------------------------- */

/* The id of the first who is named in the cell; else of the first there is. */
static const char *example_in(const struct groups *people, const char *cell)
{
	struct keep keep = { 0 };
	const char *id = people->count ? people->list[0]->id : "stod";
	const char *all = keep_print(&keep, "-%s-", ident_make(&keep, cell)), *at;
	size_t first = SIZE_MAX;

	for (size_t i = 0; i < people->count; i++) {
		at = strstr(all, keep_print(&keep, "-%s-", people->list[i]->id));
		if (!at || (size_t)(at - all) >= first)
			continue;
		first = (size_t)(at - all);
		id = people->list[i]->id;
	}
	keep_done(&keep);
	return id;
}

void draft_name_owners(struct drafting *d)
{
	const struct groups *people = &d->draft->sections[SECTION_PEOPLE];
	const struct groups *measures = &d->draft->sections[SECTION_MEASURES];

	for (size_t i = 0; i < measures->count; i++) {
		struct member *owner = member_of(measures->list[i], "owner");

		if (owner->hole)
			draft_hole(d, owner,
				   keep_print(&d->draft->keep, "%sansvarigs id, som %s",
					      is_several(d, owner->cell) ? "en " : "",
					      example_in(people, owner->cell)));
	}
}
