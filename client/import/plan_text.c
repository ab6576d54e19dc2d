/* SPDX-License-Identifier: Apache-2.0 */
#include "client/import/plan_text.h"

#include <string.h>

#include "client/import/ident.h"

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

static size_t write_bodies(FILE *out, struct draft *draft, const struct plan_frame *frame)
{
	struct groups *bodies = &draft->sections[SECTION_BODIES];
	size_t holes;

	fputs("# Who is answered, and how long before a meeting its papers are due: in working "
	      "days (wd) or days (d).\n"
	      "bodies = (\n",
	      out);
	if (bodies->count) {
		holes = write_groups(out, bodies, false);
	} else {
		fprintf(out,
			"  {\n    id = \"%s\";\n    name = \"<fyll i organets namn, som "
			"Regionstyrelsen>\";\n"
			"    papers = \"-7wd\";\n  }\n",
			frame->body);
		holes = 1;
	}
	fputs(");\n\n# Its meetings, as many as are known.\nmeetings = (\n", out);
	for (size_t i = 0; i == 0 || i < bodies->count; i++)
		fprintf(out,
			"%s  { body = \"%s\"; from = \"<fyll i sammanträdets datum, som "
			"2026-05-26>\"; }",
			i ? ",\n" : "", bodies->count ? bodies->list[i]->id : frame->body);
	fputs("\n);\n\n", out);
	return holes + (bodies->count ? bodies->count : 1);
}

static size_t write_people(FILE *out, struct draft *draft)
{
	size_t holes = 2;

	fputs("# Who owes answers, helps, or is told. The first one is the support function.\n"
	      "people = (\n"
	      "  {\n"
	      "    id = \"" STOD "\";\n"
	      "    name = \"<fyll i stödfunktionens namn>\";\n"
	      "    mail = \"<fyll i stödfunktionens e-postadress>\";\n"
	      "    roles = [ \"support\", \"steward\" ];\n"
	      "  }",
	      out);
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
static void write_proposal(FILE *out, struct group *body)
{
	const struct member *name = body ? member_of(body, "name") : NULL;
	const bool named = name && name->value && !name->hole;

	if (named) /* a text in quotes, whose last one is left out */
		fprintf(out, "    proposal = %.*s beslutar att notera redovisningen.\";\n",
			(int)strlen(name->value) - 1, name->value);
	else
		fputs("    proposal = \"Redovisningen noteras.\"; # what is proposed to be "
		      "decided\n",
		      out);
}

static size_t write_deadlines(FILE *out, const struct draft *draft, const struct plan_frame *frame)
{
	const struct groups *bodies = &draft->sections[SECTION_BODIES];
	const size_t count = bodies->count ? bodies->count : 1;

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
		fprintf(out,
			"%s  {\n    id = \"%s\";\n"
			"    title = \"<fyll i vad som ska redovisas, som Lägesrapport om "
			"åtgärderna>\";\n"
			"    due = \"meeting %s next\";\n",
			i ? ",\n" : "", own, id);
		write_asked(out, draft, body, frame);
		write_proposal(out, body);
		fputs("    responsible = \"" STOD "\";       # hands over the whole\n"
		      "    inform = [ \"role:support\" ]; # told when it is handed over or moved\n"
		      "    ladder = \"standard\";         # of paminnd.conf\n  }",
		      out);
	}
	fputs("\n);\n", out);
	return count;
}

size_t plan_text_write(FILE *out, struct draft *draft, const struct plan_frame *frame)
{
	struct groups *assignments = &draft->sections[SECTION_ASSIGNMENTS];
	size_t holes;

	fprintf(out,
		"# The measures and people of a spreadsheet, by: paminn import %s%s\n"
		"#\n"
		"# Fill in what is written <fyll i ...>: `paminnd --check` names each by its line. "
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
	holes += write_people(out, draft);
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
