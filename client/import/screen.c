/* SPDX-License-Identifier: Apache-2.0 */
#include "client/import/screen.h"

#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "protocol/ascii.h"
#include "protocol/text.h"

#define FOLDER "/etc/paminn" /* of what is installed */
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

/* Is the address one that neither a shell nor sed takes for anything else? */
static bool is_plain(const char *address)
{
	while (*address && ascii_is_among(*address, "@.-_+"))
		address++;
	return !*address;
}

/*
 * What to type: the copy, unless the plan is in a plan.d already, also one elsewhere, where somebody tries things out;
 * the two addresses of the paminnd.conf beside it, both that of --support; and by hand what is left.
 */
static void tell_next(FILE *out, const char *name, const struct screen *screen)
{
	struct keep keep = { 0 };
	const char *slash = strrchr(name, '/'), *last = slash ? slash + 1 : name;
	const bool beside = slash && slash - name >= 6 && strncmp(slash - 6, "plan.d", 6) == 0 &&
			    (slash - name == 6 || slash[-7] == '/');
	const char *conf =
		beside ? keep_print(&keep, "%.*spaminnd.conf", (int)(slash - name - 6), name)
		       : FOLDER "/paminnd.conf";
	const char *plan = beside ? name : keep_print(&keep, FOLDER "/plan.d/%s", last);
	const bool filled = screen->support_mail && is_plain(screen->support_mail);

	fputs("\nNext:\n", out);
	if (!beside)
		fprintf(out, "  sudo cp %s " FOLDER "/plan.d/\n", typed(&keep, name));
	if (filled)
		fprintf(out, "  sudo sed -i 's/<fyll i [^>]*>/%s/' %s  # both mail addresses\n",
			screen->support_mail, typed(&keep, conf));
	if (screen->holes->count || !filled)
		fprintf(out, "  sudoedit%s%s%s%s\n", screen->holes->count ? " " : "",
			screen->holes->count ? typed(&keep, plan) : "", filled ? "" : " ",
			filled ? "" : typed(&keep, conf));
	fputs("  sudo -u paminn paminnd --check\n", out);
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
	tell_next(out, name, screen);
	keep_done(&keep);
}
