/* SPDX-License-Identifier: Apache-2.0 */
#include "client/import/plan_text.h"

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

size_t plan_text_group(FILE *out, struct group *group)
{
	struct keep keep = { 0 };
	struct member *id = member_of(group, "id");
	size_t holes = 0;

	fputs("  {\n", out);
	plan_text_source(out, group);
	if (*group->note)
		fprintf(out, "    # %.*s\n", NOTE_SHOWN, group->note);
	if (!id)
		fprintf(out, "    id = \"%s\";\n", group->id);
	for (size_t i = 0; i < group->count; i++) {
		const char *value = plan_text_value(&keep, &group->members[i]);

		if (value)
			fprintf(out, "    %s = %s;\n", group->members[i].key, value);
		holes += group->members[i].hole;
	}
	fputs("  }", out);
	keep_done(&keep);
	return holes;
}

/* The groups of a section; `first`: there is one before them in the list already. */
static size_t write_groups(FILE *out, struct groups *groups, bool first)
{
	size_t holes = 0;

	for (size_t i = 0; i < groups->count; i++) {
		fputs(i > 0 || first ? ",\n" : "", out);
		holes += plan_text_group(out, groups->list[i]);
	}
	fputc('\n', out);
	return holes;
}

/* A text and the end of its line; NULL: a hole that says what is wanted. Returns how many holes that is. */
static size_t write_line(FILE *out, const char *text, const char *wanted)
{
	struct keep keep = { 0 };

	fprintf(out, "%s;\n",
		draft_quoted(&keep, text ? text : keep_print(&keep, "<fyll i %s>", wanted)));
	keep_done(&keep);
	return !text;
}

static size_t write_bodies(FILE *out, struct draft *draft, const struct plan_frame *frame)
{
	struct groups *bodies = &draft->sections[SECTION_BODIES];
	const size_t count = bodies->count ? bodies->count : 1;
	size_t holes;

	fputs("# Who is answered, and how long before a meeting its papers are due: in working "
	      "days (wd) or days (d).\n"
	      "bodies = (\n",
	      out);
	if (bodies->count) {
		holes = write_groups(out, bodies, false);
	} else {
		fprintf(out, "  {\n    id = \"%s\";\n    name = ", frame->body);
		holes = write_line(out, frame->name, "organets namn, som Regionstyrelsen");
		fputs("    papers = \"-7wd\";\n  }\n", out);
	}
	fputs(");\n\n# Its meetings, as many as are known.\nmeetings = (\n", out);
	for (size_t i = 0; i < count; i++) {
		const char *id = bodies->count ? bodies->list[i]->id : frame->body;
		const bool known = frame->meeting && strcmp(id, frame->body) == 0;

		fprintf(out, "%s  { body = \"%s\"; from = \"%s\"; }", i ? ",\n" : "", id,
			known ? frame->meeting : "<fyll i sammanträdets datum, som 2026-05-26>");
		holes += !known;
	}
	fputs("\n);\n\n", out);
	return holes;
}

static size_t write_people(FILE *out, struct draft *draft, const struct plan_frame *frame)
{
	size_t holes = 0;

	fputs("# Who owes answers, helps, or is told. The first one is the support function.\n"
	      "people = (\n"
	      "  {\n"
	      "    id = \"" STOD "\";\n"
	      "    name = ",
	      out);
	holes += write_line(out, frame->support, "stödfunktionens namn");
	fputs("    mail = ", out);
	holes += write_line(out, frame->support_mail, "stödfunktionens e-postadress");
	fputs("    roles = [ \"support\", \"steward\" ];\n  }", out);
	holes += write_groups(out, &draft->sections[SECTION_PEOPLE], true);
	fputs(");\n\n", out);
	return holes;
}

/* The measures that a body's deadline asks for. */
static void write_asked(FILE *out, const struct draft *draft, const struct group *body,
			const struct plan_frame *frame)
{
	const struct groups *measures = &draft->sections[SECTION_MEASURES];
	size_t count = 0;

	if (!body || draft->sections[SECTION_BODIES].count == 1) {
		fprintf(out, "    answers_from = [ \"%s\" ];\n", frame->pattern);
		return;
	}
	fputs("    answers_from = [ ", out);
	for (size_t i = 0; i < measures->count; i++)
		if (measures->list[i]->body == body)
			fprintf(out, "%s\"%s\"", count++ ? ", " : "", measures->list[i]->id);
	fputs(" ];\n", out);
}

/* What nearly every such paper proposes, so that it is no hole: in the body's name, or without one. */
static void write_proposal(FILE *out, struct group *body, const struct plan_frame *frame)
{
	const struct member *member = body ? member_of(body, "name") : NULL;
	struct keep keep = { 0 };
	const char *name = NULL; /* in quotes */

	if (member && member->value && !member->hole)
		name = member->value;
	else if (!body && frame->name)
		name = draft_quoted(&keep, frame->name);
	if (name) /* without the last quotation mark */
		fprintf(out, "    proposal = %.*s beslutar att notera redovisningen.\";\n",
			(int)strlen(name) - 1, name);
	else
		fputs("    proposal = \"Redovisningen noteras.\"; # what is proposed to be "
		      "decided\n",
		      out);
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

void plan_text_tell(struct draft *draft, const struct plan_frame *frame, struct notices *notices)
{
	struct groups *bodies = &draft->sections[SECTION_BODIES];
	struct group *body = groups_find(bodies, frame->body);
	struct member *name = body ? member_of(body, "name") : NULL;
	struct keep keep = { 0 };
	const char *asked = asked_of(frame, &keep);

	if (asked && !frame->asked)
		notice(notices, 0,
		       "what is asked for is called \"%s\", after the spreadsheet's title: say "
		       "--asked if it is not",
		       text_excerpt(asked).text);
	if (bodies->count && !body && (frame->name || frame->meeting))
		notice(notices, 0,
		       "no row is of the body %s: its --body-name and --meeting are not used",
		       frame->body);
	if (name && name->hole && frame->name) {
		name->value = draft_quoted(&draft->keep, frame->name);
		name->hole = false;
	}
	keep_done(&keep);
}

static size_t write_deadlines(FILE *out, const struct draft *draft, const struct plan_frame *frame)
{
	const struct groups *bodies = &draft->sections[SECTION_BODIES];
	const size_t count = bodies->count ? bodies->count : 1;
	struct keep keep = { 0 };
	const char *asked = asked_of(frame, &keep);
	size_t holes = 0;

	fputs("# What is to be answered, and when. due may be a date, too: "
	      "\"2026-05-29\".\ndeadlines = (\n",
	      out);
	for (size_t i = 0; i < count; i++) {
		struct group *body = bodies->count ? bodies->list[i] : NULL;
		const char *id = body ? body->id : frame->body;
		const struct group *taken;
		char own[80], more[16] = "";
		int n = 1;

		/* Not HSN-1, which is the measure's when the body is given the name that measures begin with. */
		do {
			snprintf(own, sizeof(own), "%.46s-RAPPORT%s", id, more);
			snprintf(more, sizeof(more), "-%d", ++n);
			taken = groups_find(&draft->sections[SECTION_MEASURES], own);
		} while (taken || groups_find(&draft->sections[SECTION_ASSIGNMENTS], own));
		fprintf(out, "%s  {\n    id = \"%s\";\n    title = ", i ? ",\n" : "", own);
		holes += write_line(out, asked,
				    "vad som ska redovisas, som Lägesrapport om åtgärderna");
		fprintf(out, "    due = \"meeting %s next\";\n", id);
		write_asked(out, draft, body, frame);
		write_proposal(out, body, frame);
		fputs("    responsible = \"" STOD "\";       # hands over the whole\n"
		      "    inform = [ \"role:support\" ]; # told when it is handed over or moved\n"
		      "    ladder = \"standard\";         # of paminnd.conf\n  }",
		      out);
	}
	fputs("\n);\n", out);
	keep_done(&keep);
	return holes;
}

size_t plan_text_write(FILE *out, struct draft *draft, const struct plan_frame *frame)
{
	struct groups *assignments = &draft->sections[SECTION_ASSIGNMENTS];
	size_t holes;

	fprintf(out,
		"# The measures and people of a spreadsheet, by: paminn import %s%s\n"
		"#\n"
		"# Fill in its holes: `paminnd --check` names each by its line. "
		"An "
		"amount stands\n"
		"# without quotation marks, and a person (owner, manager, responsible) is named by "
		"the id. You may\n"
		"# delete the line of effect_planned or done_by that nobody can fill. Ids are for "
		"ever: change those\n"
		"# that you do not like now, wherever they stand. The comments \"row 4: ...\" say "
		"what the spreadsheet\n"
		"# had. Leave them: with them the same command and --plan THIS-FILE tells what has "
		"changed there since,\n"
		"# and what you have changed here.\n\n",
		frame->file, frame->options);
	holes = write_bodies(out, draft, frame);
	holes += write_people(out, draft, frame);
	if (assignments->count) {
		fputs("# What the measures are part of.\nassignments = (\n", out);
		holes += write_groups(out, assignments, false);
		fputs(");\n\n", out);
	}
	fputs("measures = (\n", out);
	holes += write_groups(out, &draft->sections[SECTION_MEASURES], false);
	fputs(");\n\n", out);
	return holes + write_deadlines(out, draft, frame);
}
