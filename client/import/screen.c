/* SPDX-License-Identifier: Apache-2.0 */
#include "client/import/screen.h"

#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "protocol/text.h"

#define FOLDER "/etc/paminn/plan.d" /* of what is installed */
#define HOLES_SHOWN 100

/* The file that the plan has gone into, from here; what README calls it where it is none. Of keep. */
static const char *plan_name(struct keep *keep)
{
	char path[PATH_MAX] = "", here[PATH_MAX] = "";
	struct stat status;
	size_t n;

	if (fstat(STDOUT_FILENO, &status) < 0 || !S_ISREG(status.st_mode) ||
	    readlink("/proc/self/fd/1", path, sizeof(path) - 1) <= 0 ||
	    !getcwd(here, sizeof(here) - 1))
		return "plan.conf";
	n = strlen(strcat(here, "/"));
	return keep_print(keep, "%s", strncmp(path, here, n) == 0 ? path + n : path);
}

/* As a shell takes it: within quotation marks unless it is plain. Of keep. */
static const char *typed(struct keep *keep, const char *path)
{
	const char *all = "'";

	if (!path[strcspn(path, " \t'\"\\$`;&|<>()*?[]#~!{}")])
		return path;
	for (size_t n; *path; path += n + (path[n] == '\'')) {
		n = strcspn(path, "'");
		all = keep_print(keep, "%s%.*s%s", all, (int)n, path, path[n] ? "'\\''" : "");
	}
	return keep_print(keep, "%s'", all);
}

/* "15 measures, 8 owners, 2 managers": each person as one of them. */
static void tell_counts(FILE *out, const struct draft *draft)
{
	static const struct {
		enum column_kind as;
		const char *one, *more;
	} parts[] = { { COLUMN_OWNER, "owner", "owners" },
		      { COLUMN_MANAGER, "manager", "managers" },
		      { COLUMN_DEPUTY, "deputy", "deputies" } };
	const struct groups *people = &draft->sections[SECTION_PEOPLE];
	const size_t measures = draft->sections[SECTION_MEASURES].count;

	fprintf(out, "%zu measure%s", measures, measures == 1 ? "" : "s");
	for (size_t part = 0; part < sizeof(parts) / sizeof(*parts); part++) {
		size_t count = 0;

		for (size_t i = 0; i < people->count; i++)
			count += people->list[i]->as == parts[part].as;
		if (count)
			fprintf(out, ", %zu %s", count,
				count == 1 ? parts[part].one : parts[part].more);
	}
}

/* "HSN-5, row 8: Klart senast "snarast" names no day ("kolla med Johan")" */
static void tell_hole(FILE *out, const struct plan_hole *hole)
{
	struct group *group = hole->group;
	const struct member *id;

	if (!group) {
		fprintf(out, "%s\n", hole->why);
		return;
	}
	id = member_of(group, "id");
	fprintf(out, "%s, row%s %s: %s",
		*group->name ? text_excerpt(group->name).text
		: id	     ? id->cell
			     : group->id,
		group->row_count > 1 ? "s" : "", group->rows, hole->why);
	if (*group->note)
		fprintf(out, " (\"%s\")", text_excerpt(group->note).text);
	fputc('\n', out);
}

static void tell_holes(FILE *out, const struct plan_holes *holes, const char *name)
{
	if (holes->count == 0) {
		fputs("; no hole to fill in.\n", out);
		return;
	}
	fprintf(out, "; %zu hole%s to fill in:\n", holes->count, holes->count == 1 ? "" : "s");
	for (size_t i = 0; i < holes->count && i < HOLES_SHOWN; i++) {
		fprintf(out, "%s:%u: ", name, holes->list[i].line);
		tell_hole(out, &holes->list[i]);
	}
	if (holes->count > HOLES_SHOWN)
		fprintf(out, "%zu more, which paminnd --check names\n", holes->count - HOLES_SHOWN);
}

/* There is a plan.d elsewhere, too, where somebody tries things out. */
static void tell_next(FILE *out, const char *name, bool holes)
{
	struct keep keep = { 0 };
	const char *slash = strrchr(name, '/'), *last = slash ? slash + 1 : name;
	const bool there = strncmp(name, "plan.d/", 7) == 0 || strstr(name, "/plan.d/");

	fputs("\nNext:\n", out);
	if (!there)
		fprintf(out, "  sudo cp %s " FOLDER "/\n", typed(&keep, name));
	if (holes)
		fprintf(out, "  sudoedit %s%s\n", there ? "" : FOLDER "/",
			typed(&keep, there ? name : last));
	fputs("  sudo -u paminn paminnd --check\n"
	      "  paminn forecast     in the rehearsal that the check names\n",
	      out);
	keep_done(&keep);
}

void screen_plan(FILE *out, const struct screen *screen)
{
	struct keep keep = { 0 };
	const char *name = plan_name(&keep);

	tell_counts(out, screen->draft);
	tell_holes(out, screen->holes, name);
	notices_print(screen->notices, (struct notice_kinds){ NOTICE_LOOK, NOTICE_LOOK },
		      "\nLook at:", out);
	notices_print(screen->notices, (struct notice_kinds){ NOTICE_READ, NOTICE_READ },
		      "\nRead like this, nothing to do:", out);
	tell_next(out, name, screen->holes->count);
	keep_done(&keep);
}
