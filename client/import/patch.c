/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is to be changed is found in the file's own bytes, so that whatever else stands on the line stays: a value by
 * its key, from the line on where libconfig read it.
 */
#include "client/import/patch.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client/import/hunk.h"
#include "client/import/plan_text.h"
#include "client/need.h"
#include "protocol/text_stream.h"

struct patching {
	FILE *out, *hand; /* hand: what is left to be done by hand */
	struct difference *difference;
	const struct known_plan *plan;
	struct patch *patch;
	const struct known_file *file; /* whose edits these are */
	struct edit *edits;
	size_t count, room;
};

/* ---- where a value stands ---------------------------------------------------------------------------- */

static bool is_of_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("_-*", c));
}

static bool is_comment(const char *at)
{
	return *at == '#' || strncmp(at, "//", 2) == 0 || strncmp(at, "/*", 2) == 0;
}

/* Behind the text or comment that begins there; `at` itself when none does. */
static const char *behind_token(const char *at)
{
	const char *end;

	if (strncmp(at, "/*", 2) == 0) {
		end = strstr(at + 2, "*/");
		return end ? end + 2 : at + strlen(at);
	}
	if (is_comment(at))
		return at + strcspn(at, "\n");
	if (*at != '"')
		return at;
	for (at++; *at && *at != '"'; at++)
		at += *at == '\\' && at[1];
	return at + (*at == '"');
}

static const char *skip_space(const char *at)
{
	at += strspn(at, " \t\r\n");
	while (is_comment(at)) {
		at = behind_token(at);
		at += strspn(at, " \t\r\n");
	}
	return at;
}

/* Where the value that begins there ends, without what ends its setting. */
static const char *value_end(const char *begin)
{
	const char *end = begin;
	int depth = 0;

	for (const char *at = begin, *behind; *at; at = behind) {
		behind = behind_token(at);
		if (behind > at) {
			end = is_comment(at) ? end : behind;
			continue;
		}
		behind = at + 1;
		if (depth == 0 && strchr(";,)]}", *at))
			break;
		depth += strchr("([{", *at) ? 1 : strchr(")]}", *at) ? -1 : 0;
		/* Nothing need end a setting but its line; texts go on there. */
		if (*at == '\n' && depth == 0 && end > begin &&
		    behind[strspn(behind, " \t\r\n")] != '"')
			break;
		end = strchr(" \t\r\n", *at) ? end : behind;
	}
	return end;
}

/* The value of the key, from the beginning of that line on and of a key that begins on it. NULL: it is not there. */
static const char *value_begin(const struct known_file *file, unsigned line, const char *key)
{
	const char *at = file->text + known_line(file, line);
	const char *until = file->text + known_line(file, line + 1);

	while (at < until) {
		const char *behind = behind_token(at);
		size_t n = 0;

		while (behind == at && is_of_name(at[n]))
			n++;
		if (n == strlen(key) && strncmp(at, key, n) == 0) {
			const char *sign = skip_space(at + n);

			if (*sign == '=' || *sign == ':')
				return skip_space(sign + 1);
		}
		at = behind > at ? behind : at + (n ? n : 1);
	}
	return NULL;
}

/* ---- edits ------------------------------------------------------------------------------------------- */

static void add_edit(struct patching *p, const char *begin, const char *end, const char *text)
{
	p->edits = array_more(p->edits, p->count, &p->room, sizeof(*p->edits));
	p->edits[p->count++] = (struct edit){ .begin = (size_t)(begin - p->file->text),
					      .end = (size_t)(end - p->file->text),
					      .text = text };
}

/* The whole line, with its file's line end. */
static const char *whole_line(struct patching *p, const char *line)
{
	return keep_print(&p->difference->keep, "%s%s\n", line, p->file->returns ? "\r" : "");
}

static void put_value(struct patching *p, const struct change *change)
{
	const struct known_member *old = change->old;
	const char *begin = old && old->line ? value_begin(p->file, old->line, old->key) : NULL;
	const char *line = p->file->text + known_line(p->file, change->known->last + 1);
	const bool own_lines = change->known->apart && change->known->first < change->known->last;

	if (begin && change->known->apart)
		add_edit(p, begin, value_end(begin), change->value);
	else if (!(old && old->line) && own_lines)
		add_edit(p, line, line,
			 whole_line(p, keep_print(&p->difference->keep, "    %s = %s;",
						  change->member->key, change->value)));
	else
		fprintf(p->hand, "# %s, line %u, by hand: %s = %s;\n", change->known->file,
			old && old->line ? old->line : change->known->first, change->member->key,
			change->value);
}

/* What the spreadsheet has now, in the place of what it had. */
static void put_source(struct patching *p, const struct change *change)
{
	const struct known *known = change->known;
	const unsigned at = known->source ? known->source : known->first;
	struct text_stream stream;
	FILE *out = need(text_stream_open(&stream));
	char *text;

	plan_text_source(out, change->group);
	text = need(text_stream_close(&stream, NULL));
	text[strcspn(text, "\n")] = '\0';
	if (known->apart)
		add_edit(p, p->file->text + known_line(p->file, at),
			 p->file->text + known_line(p->file, known->source ? at + 1 : at),
			 whole_line(p, text));
	else
		fprintf(p->hand, "# %s, %sline %u, by hand:\n%s\n", known->file,
			known->source ? "" : "before ", at, text);
	free(text);
}

/* All that is to be changed in the file. */
static void put_changes(struct patching *p)
{
	const struct difference *d = p->difference;

	for (size_t i = 0; i < d->count; i++) {
		const struct change *change = &d->list[i];

		if (!change->group || !change->known || change->known->file != p->file->path)
			continue;
		if (change->kind == CHANGE_VALUE)
			put_value(p, change);
		if (i + 1 == d->count || d->list[i + 1].group != change->group)
			put_source(p, change);
	}
}

/* ---- the whole --------------------------------------------------------------------------------------- */

/* The file's name as the patch has it. */
static const char *name_of(const struct patch *patch, const char *path)
{
	const char *slash = strrchr(path, '/');

	return strcmp(patch->folder, "/") == 0	 ? path + 1
	       : strcmp(patch->folder, ".") == 0 ? path
						 : slash + 1;
}

/* The folder of all files; where there are several, one that all are below: "/" or ".". */
static const char *folder_of(struct keep *keep, const struct known_plan *plan)
{
	const char *first = plan->files[0].path, *slash = strrchr(first, '/');
	const size_t n = slash ? (size_t)(slash - first) : 0;

	for (size_t i = 0; i < plan->file_count; i++) {
		const char *path = plan->files[i].path, *own = strrchr(path, '/');

		if ((own ? (size_t)(own - path) : 0) != n || strncmp(path, first, n) != 0)
			return *first == '/' ? "/" : ".";
	}
	return n ? keep_text(keep, first, n) : *first == '/' ? "/" : ".";
}

static void write_names(struct patching *p, const char *old, const char *now)
{
	/* As diff does it, or a name ends at its first space. */
	fprintf(p->out, "--- %s%s\n+++ %s%s\n", old, strchr(old, ' ') ? "\t" : "", now,
		strchr(now, ' ') ? "\t" : "");
}

static void write_file(struct patching *p, const struct known_file *file)
{
	p->file = file;
	p->count = 0;
	put_changes(p);
	if (p->count == 0)
		return;
	write_names(p, name_of(p->patch, file->path), name_of(p->patch, file->path));
	hunks_write(p->out, file->text, p->edits, p->count);
	p->patch->empty = false;
}

/* A name that no file of the folder has yet. */
static const char *free_name(struct keep *keep, const char *folder)
{
	for (unsigned n = 2;; n++) {
		const char *name = keep_print(keep, "plan%u.conf", n);

		if (access(keep_print(keep, "%s/%s", folder, name), F_OK) < 0)
			return name;
	}
}

static void write_new(struct patching *p, const char *file)
{
	struct keep *keep = &p->difference->keep;
	const char *path = p->plan->files[0].path;
	const char *slash = strrchr(path, '/');
	const char *folder = slash ? keep_text(keep, path, (size_t)(slash - path)) : ".";
	struct text_stream stream;
	FILE *out = need(text_stream_open(&stream));
	char *text;

	fprintf(out, "# What is new in \"%s\".\n", file);
	p->patch->holes = difference_write_new(out, p->difference);
	text = need(text_stream_close(&stream, NULL));
	p->patch->new_file = keep_print(keep, "%s/%s", folder, free_name(keep, folder));
	write_names(p, "/dev/null", name_of(p->patch, p->patch->new_file));
	hunk_new(p->out, text);
	p->patch->empty = false;
	free(text);
}

void patch_write(FILE *out, struct difference *difference, const struct known_plan *plan,
		 const char *file, struct patch *ret)
{
	struct patching p = { .hand = out, .difference = difference, .plan = plan, .patch = ret };
	struct text_stream stream;
	bool news = false;
	char *text;

	*ret = (struct patch){ .folder = folder_of(&difference->keep, plan), .empty = true };
	p.out = need(text_stream_open(&stream));
	for (size_t i = 0; i < plan->file_count; i++)
		write_file(&p, &plan->files[i]);
	for (size_t i = 0; i < difference->count; i++)
		news |= difference->list[i].kind == CHANGE_NEW;
	if (news)
		write_new(&p, file);
	text = need(text_stream_close(&stream, NULL));
	fputs(text, out);
	free(text);
	free(p.edits);
}
