/* SPDX-License-Identifier: Apache-2.0 */
#include "client/import/known.h"

#include <errno.h>
#include <glob.h>
#include <libconfig.h>
#include <search.h>
#include <string.h>
#include <sys/stat.h>

#include "client/import/drafting.h"
#include "client/need.h"

#define PLAN_BYTES (64 << 20) /* of a file, at most, as the daemon reads it */

static int fail(struct fault *fault, const char *path, int line, const char *what)
{
	if (line)
		snprintf(fault->text, sizeof(fault->text), "%s:%d: %s", path, line, what);
	else
		snprintf(fault->text, sizeof(fault->text), "%s: %s", path, what);
	return -EINVAL;
}

/* ---- values ---------------------------------------------------------------------------------------- */

static const char *write_value(struct keep *keep, const config_setting_t *setting);

/* All elements, with what stands around and between them. */
static const char *write_all(struct keep *keep, const config_setting_t *list)
{
	const bool group = config_setting_is_group(list);
	const config_setting_t *first = config_setting_get_elem(list, 0);
	const bool texts = first && config_setting_type(first) == CONFIG_TYPE_STRING;
	const char *all = "";

	for (unsigned i = 0; i < (unsigned)config_setting_length(list); i++) {
		const config_setting_t *one = config_setting_get_elem(list, i);
		const char *value = write_value(keep, one);

		all = group ? keep_print(keep, "%s %s = %s;", all, config_setting_name(one), value)
			    : keep_print(keep, "%s%s %s", all, i ? "," : "", value);
	}
	return keep_print(keep, group ? "{%s }" : texts ? "[%s ]" : "(%s )", all);
}

/* As a draft writes it. */
static const char *write_value(struct keep *keep, const config_setting_t *setting)
{
	const char *text = config_setting_get_string(setting);

	switch (config_setting_type(setting)) {
	case CONFIG_TYPE_STRING:
		return draft_quoted(keep, text);
	case CONFIG_TYPE_INT:
	case CONFIG_TYPE_INT64:
		return draft_number(keep, config_setting_get_int64(setting));
	case CONFIG_TYPE_BOOL:
		return config_setting_get_bool(setting) ? "true" : "false";
	case CONFIG_TYPE_FLOAT:
		return keep_print(keep, "%g", config_setting_get_float(setting));
	default:
		return write_all(keep, setting);
	}
}

static unsigned last_line(const config_setting_t *setting)
{
	unsigned last = config_setting_source_line(setting);

	for (int i = 0; config_setting_is_aggregate(setting) && i < config_setting_length(setting);
	     i++) {
		const unsigned line = last_line(config_setting_get_elem(setting, (unsigned)i));

		last = line > last ? line : last;
	}
	return last;
}

/* ---- groups ---------------------------------------------------------------------------------------- */

static struct known_member *add_member(struct known *known, const char *key)
{
	struct known_member *member = NULL;

	for (size_t i = 0; i < known->count && !member; i++)
		if (strcmp(known->members[i].key, key) == 0)
			member = &known->members[i];
	if (member)
		return member;
	known->members =
		array_more(known->members, known->count, &known->room, sizeof(*known->members));
	member = &known->members[known->count++];
	*member = (struct known_member){ .key = key, .cell = "" };
	return member;
}

const struct known_member *known_member(const struct known *known, const char *key)
{
	for (size_t i = 0; i < known->count; i++)
		if (strcmp(known->members[i].key, key) == 0)
			return &known->members[i];
	return NULL;
}

static void add_group(struct known_plan *plan, const char *file, enum section section,
		      const config_setting_t *group)
{
	struct known *known = keep_bytes(&plan->keep, sizeof(*known));
	const char *id = "";

	config_setting_lookup_string(group, "id", &id);
	known->section = section;
	known->id = keep_text(&plan->keep, id, strlen(id));
	known->file = file;
	known->first = ~0U;
	for (unsigned i = 0; i < (unsigned)config_setting_length(group); i++) {
		const config_setting_t *one = config_setting_get_elem(group, i);
		const char *key = config_setting_name(one);
		struct known_member *member =
			add_member(known, keep_text(&plan->keep, key, strlen(key)));
		const unsigned last = last_line(one);

		member->line = config_setting_source_line(one);
		member->value = write_value(&plan->keep, one);
		known->first = member->line < known->first ? member->line : known->first;
		known->last = last > known->last ? last : known->last;
	}
	plan->list = array_more(plan->list, plan->count, &plan->room, sizeof(*plan->list));
	plan->list[plan->count++] = known;
}

/* ---- comments -------------------------------------------------------------------------------------- */

/* Behind `# row 4: ` or `# rows 2, 5 and more: `; NULL when the line is no such comment. */
static const char *after_rows(const char *line)
{
	line += strspn(line, " \t");
	if (strncmp(line, "# row", 5) != 0)
		return NULL;
	line = strstr(line, ": id=\"");
	return line ? line + 2 : NULL;
}

/* The next key="cell" of the comment, each a copy; where to go on, NULL after the last or at what is none. */
static const char *next_pair(struct keep *keep, const char *at, char **ret_key, char **ret_cell)
{
	const size_t n = strcspn(at, "=\n");
	char *to;

	if (at[n] != '=' || at[n + 1] != '"')
		return NULL;
	*ret_key = keep_text(keep, at, n);
	at += n + 2;
	*ret_cell = to = keep_bytes(keep, strcspn(at, "\n") + 1);
	for (; *at && *at != '\n'; at++) {
		if (*at == '"' && at[1] != '"')
			return at + 1 + strspn(at + 1, "; ");
		at += *at == '"';
		*to++ = *at;
	}
	return NULL;
}

/* What the comment on that line tells of the group. */
static void take_comment(struct known_plan *plan, struct known *known, const char *at,
			 unsigned line)
{
	char *key, *cell;

	known->source = line;
	while ((at = next_pair(&plan->keep, at, &key, &cell))) {
		if (strcmp(key, "id") == 0)
			known->imported = cell;
		else
			add_member(known, key)->cell = cell;
	}
}

static int by_line(const void *left, const void *right)
{
	const struct known *const *a = left, *const *b = right;

	return (int)((*a)->last > (*b)->last) - (int)((*a)->last < (*b)->last);
}

/* The group that a comment on the line belongs to: the one around it, else the next one, of those from `from` on,
 * which are of one file and in order; NULL behind the last. */
static struct known *group_at(const struct known_plan *plan, size_t from, unsigned line)
{
	size_t begin = from, end = plan->count;

	while (begin < end) {
		const size_t middle = (begin + end) / 2;

		if (plan->list[middle]->last < line)
			begin = middle + 1;
		else
			end = middle;
	}
	return begin < plan->count ? plan->list[begin] : NULL;
}

/* Line by line, each cut off while it is looked at. */
static void take_comments(struct known_plan *plan, size_t from, char *text)
{
	for (unsigned number = 1; text && *text; number++) {
		char *line = strsep(&text, "\n");
		const char *pairs = after_rows(line);
		struct known *known = pairs ? group_at(plan, from, number) : NULL;

		if (known && !known->source)
			take_comment(plan, known, pairs, number);
	}
}

/* ---- files ----------------------------------------------------------------------------------------- */

/* The file's text, of keep; NULL and a sentence. */
static char *read_text(struct known_plan *plan, const char *path, struct fault *ret_fault)
{
	FILE *file = fopen(path, "re");
	struct stat status;
	char *text = NULL;

	if (!file || fstat(fileno(file), &status) < 0) {
		fail(ret_fault, path, 0, strerror(errno));
	} else if (!S_ISREG(status.st_mode) || status.st_size > PLAN_BYTES) {
		fail(ret_fault, path, 0, "is not a plan file");
	} else {
		text = keep_bytes(&plan->keep, (size_t)status.st_size + 1);
		if (fread(text, 1, (size_t)status.st_size, file) != (size_t)status.st_size) {
			fail(ret_fault, path, 0, "can't be read");
			text = NULL;
		}
	}
	if (file)
		fclose(file);
	return text;
}

size_t known_line(const struct known_file *file, unsigned line)
{
	return file->lines[line <= file->line_count ? line - 1 : file->line_count];
}

/* Keep the text as it is: what is read of it is cut apart. */
static void add_file(struct known_plan *plan, const char *path, const char *text)
{
	const size_t length = strlen(text);
	struct known_file file = { .path = path, .text = keep_text(&plan->keep, text, length) };

	for (const char *at = text; *at; at++)
		file.line_count += *at == '\n' || !at[1];
	file.lines = keep_bytes(&plan->keep, (file.line_count + 1) * sizeof(*file.lines));
	for (size_t i = 0, at = 0; i < file.line_count; i++) {
		at += strcspn(text + at, "\n");
		at += text[at] == '\n';
		file.lines[i + 1] = at;
	}
	file.returns = strstr(text, "\r\n");
	plan->files =
		array_more(plan->files, plan->file_count, &plan->file_room, sizeof(*plan->files));
	plan->files[plan->file_count++] = file;
}

/* Which groups of the file, sorted by their lines, share none with another. */
static void tell_apart(struct known_plan *plan, size_t from)
{
	for (size_t i = from; i < plan->count; i++) {
		struct known *known = plan->list[i];

		known->apart = (i == from || plan->list[i - 1]->last < known->first) &&
			       (i + 1 == plan->count || known->last < plan->list[i + 1]->first);
	}
}

static int read_file(struct known_plan *plan, const char *path, struct fault *ret_fault)
{
	char *text = read_text(plan, path, ret_fault);
	const char *name = keep_print(&plan->keep, "%s", path);
	const size_t from = plan->count;
	config_t config;
	int r = 0;

	if (!text)
		return -EINVAL;
	add_file(plan, name, text);
	config_init(&config);
	/* A byte order mark is an editor's. */
	if (!config_read_string(&config, text + (strncmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0)))
		r = fail(ret_fault, path, config_error_line(&config),
			 "is not to be read here: paminnd --check says why");
	for (enum section section = 0; r == 0 && section < SECTIONS; section++) {
		const config_setting_t *list = config_lookup(&config, section_names[section]);

		for (int i = 0; list && i < config_setting_length(list); i++) {
			const config_setting_t *group = config_setting_get_elem(list, (unsigned)i);

			if (config_setting_is_group(group) && config_setting_length(group))
				add_group(plan, name, section, group);
		}
	}
	config_destroy(&config);
	if (plan->count > from)
		qsort(plan->list + from, plan->count - from, sizeof(*plan->list), by_line);
	tell_apart(plan, from);
	if (r == 0)
		take_comments(plan, from, text);
	known_index(plan, from);
	return r;
}

int known_read(struct known_plan *plan, const char *path, struct fault *ret_fault)
{
	glob_t found = { 0 };
	struct stat status;
	char *pattern;
	int r = 0;

	if (stat(path, &status) < 0 || !S_ISDIR(status.st_mode))
		return read_file(plan, path, ret_fault);
	pattern = keep_print(&plan->keep, "%s/*.conf", path);
	if (glob(pattern, 0, NULL, &found) != 0)
		r = fail(ret_fault, path, 0, "has no file that ends in .conf");
	for (size_t i = 0; r == 0 && i < found.gl_pathc; i++)
		r = read_file(plan, found.gl_pathv[i], ret_fault);
	globfree(&found);
	return r;
}

static void keep_node(void *node)
{
	(void)node; /* it is of the plan's keep */
}

void known_done(struct known_plan *plan)
{
	for (size_t i = 0; i < plan->count; i++)
		free(plan->list[i]->members);
	free(plan->list);
	free(plan->files);
	tdestroy(plan->names, keep_node);
	keep_done(&plan->keep);
	*plan = (struct known_plan){ 0 };
}
