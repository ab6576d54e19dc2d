/* SPDX-License-Identifier: Apache-2.0 */
#include "client/import/plan_text.h"

#include <stdlib.h>
#include <string.h>

#include "client/import/drafting.h"
#include "client/import/ident.h"
#include "protocol/text.h"

#define NOTE_SHOWN 500 /* bytes of a note, at most */

#define STOD "stod" /* the id of the support function, until somebody chooses another */

const char *plan_text_value(struct keep *keep, const struct member *member)
{
	if (!member->names)
		return member->value;
	return keep_print(keep, "\"%s\"",
			  member->names->known_id ? member->names->known_id : member->names->id);
}

void plan_text_source(FILE *out, const struct group *group)
{
	fprintf(out, "    # %s %s: id=\"%s\"", group->row_count > 1 ? "rows" : "row", group->rows,
		group->id);
	for (size_t i = 0; i < group->count; i++) {
		const struct member *member = &group->members[i];

		if (!*member->cell || strcmp(member->key, "id") == 0)
			continue;
		fprintf(out, "; %s=\"", member->key);
		for (const char *at = member->cell; *at; at++)
			fputs(*at == '"' ? "\"\"" : (char[]){ *at, '\0' }, out);
		fputc('"', out);
	}
	fputc('\n', out);
}

/* ---- holes ------------------------------------------------------------------------------------------ */

/* On the line that is written next. */
static void add_hole(FILE *out, struct plan_holes *holes, struct group *group, const char *why)
{
	holes->list = array_more(holes->list, holes->count, &holes->room, sizeof(*holes->list));
	holes->list[holes->count++] =
		(struct plan_hole){ .at = ftell(out), .group = group, .why = why };
}

void plan_holes_count(struct plan_holes *holes, const char *text)
{
	const char *counted = text;
	unsigned line = 1;

	for (size_t i = 0; i < holes->count; i++) {
		struct plan_hole *hole = &holes->list[i];

		for (; counted < text + hole->at; counted++)
			line += *counted == '\n';
		hole->line = line;
	}
}

void plan_holes_done(struct plan_holes *holes)
{
	free(holes->list);
	*holes = (struct plan_holes){ 0 };
}

/* ---- groups ----------------------------------------------------------------------------------------- */

void plan_text_group(FILE *out, struct group *group, struct plan_holes *holes)
{
	struct keep keep = { 0 };

	fputs("  {\n", out);
	plan_text_source(out, group);
	if (*group->note)
		fprintf(out, "    # %.*s\n", NOTE_SHOWN, group->note);
	if (!member_of(group, "id"))
		fprintf(out, "    id = \"%s\";\n", group->id);
	for (size_t i = 0; i < group->count; i++) {
		const struct member *member = &group->members[i];
		const char *value = plan_text_value(&keep, member);

		if (member->hole)
			add_hole(out, holes, group, member->why ? member->why : member->key);
		if (value)
			fprintf(out, "    %s = %s;\n", member->key, value);
	}
	fputs("  }", out);
	keep_done(&keep);
}

/* ---- the whole -------------------------------------------------------------------------------------- */

struct writing {
	FILE *out;
	struct draft *draft;
	const struct plan_frame *frame;
	struct plan_holes *holes;
};

/* The groups of a section; `first`: there is one before them in the list already. */
static void write_groups(struct writing *w, enum section section, bool first)
{
	struct groups *groups = &w->draft->sections[section];

	for (size_t i = 0; i < groups->count; i++) {
		fputs(i > 0 || first ? ",\n" : "", w->out);
		plan_text_group(w->out, groups->list[i], w->holes);
	}
	fputc('\n', w->out);
}

/* A key of the frame. */
struct line {
	const char *begin;  /* `    name = ` */
	const char *text;   /* NULL: a hole */
	const char *wanted; /* by the hole, in the plan's language */
	const char *why;    /* what is missing, and the option for it */
};
static void write_line(struct writing *w, struct line line)
{
	struct keep keep = { 0 };

	if (!line.text)
		add_hole(w->out, w->holes, NULL, line.why);
	fprintf(w->out, "%s%s", line.begin,
		draft_quoted(&keep, line.text ? line.text
					      : keep_print(&keep, "<fyll i %s>", line.wanted)));
	keep_done(&keep);
}

static void write_bodies(struct writing *w)
{
	const struct plan_frame *frame = w->frame;
	struct groups *bodies = &w->draft->sections[SECTION_BODIES];
	const size_t count = bodies->count ? bodies->count : 1;
	FILE *out = w->out;

	fputs("# Who is answered, and how long before a meeting its papers are due: in working "
	      "days (wd) or days (d).\n"
	      "bodies = (\n",
	      out);
	if (bodies->count) {
		write_groups(w, SECTION_BODIES, false);
	} else {
		fprintf(out, "  {\n    id = \"%s\";\n", frame->body);
		write_line(w, (struct line){ "    name = ", frame->name,
					     "organets namn, som Regionstyrelsen",
					     "what the body is called: --body-name" });
		fputs(";\n    papers = \"-7wd\";\n  }\n", out);
	}
	fputs(");\n\n# Its meetings, as many as are known.\nmeetings = (\n", out);
	for (size_t i = 0; i < count; i++) {
		const char *id = bodies->count ? bodies->list[i]->id : frame->body;

		fprintf(out, "%s  { body = \"%s\"; ", i ? ",\n" : "", id);
		write_line(w, (struct line){
				      "from = ", strcmp(id, frame->body) ? NULL : frame->meeting,
				      "sammanträdets datum, som 2026-05-26",
				      "the body's next meeting: --meeting" });
		fputs("; }", out);
	}
	fputs("\n);\n\n", out);
}

static void write_people(struct writing *w)
{
	fputs("# Who owes answers, helps, or is told. The first one is the support function.\n"
	      "people = (\n"
	      "  {\n"
	      "    id = \"" STOD "\";\n",
	      w->out);
	write_line(w, (struct line){ "    name = ", w->frame->support, "stödfunktionens namn",
				     "who helps: --support" });
	fputs(";\n", w->out);
	write_line(w, (struct line){ "    mail = ", w->frame->support_mail,
				     "stödfunktionens e-postadress", "who helps: --support" });
	fputs(";\n    roles = [ \"support\", \"steward\" ];\n  }", w->out);
	write_groups(w, SECTION_PEOPLE, true);
	fputs(");\n\n", w->out);
}

/* The measures that a body's deadline asks for. */
static void write_asked(struct writing *w, const struct group *body)
{
	const struct groups *measures = &w->draft->sections[SECTION_MEASURES];
	size_t count = 0;

	if (!body || w->draft->sections[SECTION_BODIES].count == 1) {
		fprintf(w->out, "    answers_from = [ \"%s\" ];\n", w->frame->pattern);
		return;
	}
	fputs("    answers_from = [ ", w->out);
	for (size_t i = 0; i < measures->count; i++)
		if (measures->list[i]->body == body)
			fprintf(w->out, "%s\"%s\"", count++ ? ", " : "", measures->list[i]->id);
	fputs(" ];\n", w->out);
}

/* What nearly every such paper proposes, so that it is no hole: in the body's name, or without one. */
static void write_proposal(struct writing *w, struct group *body)
{
	const struct member *member = body ? member_of(body, "name") : NULL;
	struct keep keep = { 0 };
	const char *name = NULL; /* in quotes */

	if (member && member->value && !member->hole)
		name = member->value;
	else if (!body && w->frame->name)
		name = draft_quoted(&keep, w->frame->name);
	if (name) /* without the last quotation mark */
		fprintf(w->out, "    proposal = %.*s beslutar att notera redovisningen.\";\n",
			(int)strlen(name) - 1, name);
	else
		fputs("    proposal = \"Redovisningen noteras.\"; # what is proposed to be "
		      "decided\n",
		      w->out);
	keep_done(&keep);
}

/* What is asked for: as the command line has it, else after the spreadsheet's title; NULL: nobody says. */
static const char *asked_of(const struct plan_frame *frame, struct keep *keep)
{
	const char *title;
	size_t length;

	if (frame->asked || !frame->heading)
		return frame->asked;
	title = keep_print(keep, "Lägesrapport: %s", frame->heading);
	return strlen(title) > LINE_MAX_BYTES || text_placeholder(title, &length) ? NULL : title;
}

/* No deadline that is at a meeting can be at that of --meeting; a rehearsal of then can be wanted. */
static void tell_past(const struct plan_frame *frame, struct notices *notices)
{
	struct civil_date day;

	if (frame->meeting && civil_parse(frame->meeting, &day) == 0 &&
	    civil_compare(day, day_today()) < 0)
		notice(notices, (struct notice_at){ NOTICE_LOOK },
		       "--meeting %s is past: the deadline needs the next one", frame->meeting);
}

void plan_text_tell(struct draft *draft, const struct plan_frame *frame, struct notices *notices)
{
	struct groups *bodies = &draft->sections[SECTION_BODIES];
	struct group *body = groups_find(bodies, frame->body);
	struct member *name = body ? member_of(body, "name") : NULL;
	struct keep keep = { 0 };
	const char *asked = asked_of(frame, &keep);

	if (asked && !frame->asked)
		notice(notices, (struct notice_at){ NOTICE_LOOK },
		       "what is asked for is called \"%s\", after the spreadsheet's title: say "
		       "--asked if it is not",
		       text_excerpt(asked).text);
	if (bodies->count && !body && (frame->name || frame->meeting))
		notice(notices, (struct notice_at){ NOTICE_LOOK },
		       "no row is of the body %s: its --body-name and --meeting are not used",
		       frame->body);
	else
		tell_past(frame, notices);
	if (name && name->hole && frame->name) {
		name->value = draft_quoted(&draft->keep, frame->name);
		name->hole = false;
	}
	keep_done(&keep);
}

/* An id for the body's deadline that nothing of the plan has. Not HSN-1, which is the measure's when the body is given
 * the name that measures begin with. */
static const char *deadline_id(const struct draft *draft, const char *body, struct keep *keep)
{
	const char *id = keep_print(keep, "%.46s-RAPPORT", body);

	for (int n = 2; groups_find(&draft->sections[SECTION_MEASURES], id) ||
			groups_find(&draft->sections[SECTION_ASSIGNMENTS], id);
	     n++)
		id = keep_print(keep, "%.46s-RAPPORT-%d", body, n);
	return id;
}

static void write_deadlines(struct writing *w)
{
	const struct groups *bodies = &w->draft->sections[SECTION_BODIES];
	const size_t count = bodies->count ? bodies->count : 1;
	struct keep keep = { 0 };

	fputs("# What is to be answered, and when. due may be a date, too: "
	      "\"2026-05-29\".\ndeadlines = (\n",
	      w->out);
	for (size_t i = 0; i < count; i++) {
		struct group *body = bodies->count ? bodies->list[i] : NULL;
		const char *id = body ? body->id : w->frame->body;

		fprintf(w->out, "%s  {\n    id = \"%s\";\n", i ? ",\n" : "",
			deadline_id(w->draft, id, &keep));
		write_line(w,
			   (struct line){ "    title = ", asked_of(w->frame, &keep),
					  "vad som ska redovisas, som Lägesrapport om åtgärderna",
					  "what is asked for: --asked" });
		fprintf(w->out, ";\n    due = \"meeting %s next\";\n", id);
		write_asked(w, body);
		write_proposal(w, body);
		fputs("    responsible = \"" STOD "\";       # hands over the whole\n"
		      "    inform = [ \"role:support\" ]; # told when it is handed over or moved\n"
		      "    ladder = \"standard\";         # of paminnd.conf\n  }",
		      w->out);
	}
	fputs("\n);\n", w->out);
	keep_done(&keep);
}

void plan_text_write(FILE *out, struct draft *draft, const struct plan_frame *frame,
		     struct plan_holes *holes)
{
	struct writing w = { .out = out, .draft = draft, .frame = frame, .holes = holes };

	fprintf(out,
		"# Made of a spreadsheet by: paminn import %s%s\n"
		"#\n"
		"# Leave the comments \"row 4: ...\": by them the same with --plan tells what has "
		"changed there since.\n"
		"# Ids are for ever: change those that you do not like now, wherever they "
		"stand.\n\n",
		frame->file, frame->options);
	write_bodies(&w);
	write_people(&w);
	if (draft->sections[SECTION_ASSIGNMENTS].count) {
		fputs("# What the measures are part of.\nassignments = (\n", out);
		write_groups(&w, SECTION_ASSIGNMENTS, false);
		fputs(");\n\n", out);
	}
	fputs("measures = (\n", out);
	write_groups(&w, SECTION_MEASURES, false);
	fputs(");\n\n", out);
	write_deadlines(&w);
}
