/* SPDX-License-Identifier: Apache-2.0 */
/* What a reader allocates, where it is, and what it finds. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "plan/reader.h"

_Noreturn void reader_out_of_memory(struct reader *r)
{
	longjmp(r->out_of_memory, 1);
}

void *reader_alloc(struct reader *r, size_t count, size_t size)
{
	void *ret;

	if (size && count > SIZE_MAX / size)
		reader_out_of_memory(r);
	ret = arena_alloc(&r->plan->private->arena, count * size);
	if (!ret)
		reader_out_of_memory(r);
	return ret;
}

const char *reader_text(struct reader *r, const char *text, size_t length)
{
	return memcpy(reader_alloc(r, length + 1, 1), text, length);
}

bool is_aggregate(const config_setting_t *setting)
{
	return config_setting_is_array(setting) || config_setting_is_list(setting);
}

bool is_left_empty(config_setting_t *group, const char *key)
{
	config_setting_t *list = config_setting_get_member(group, key);

	return !list || config_setting_length(list) == 0;
}

struct where where_of(const struct reader *r, const config_setting_t *setting)
{
	unsigned line = (unsigned)config_setting_source_line(setting);

	return (struct where){ r->plan->private->sources[r->source].name, line ? line : 1 };
}

struct where where_key(const struct reader *r, config_setting_t *group, const char *key)
{
	config_setting_t *setting = config_setting_get_member(group, key);

	return where_of(r, setting ? setting : group);
}

static bool line_holds(const struct reader *r, unsigned line, const char *text)
{
	const struct source *source = &r->plan->private->sources[r->source];
	const struct open_source *open = &r->open[r->source];
	size_t from, until;

	if (line > open->line_count)
		return false;
	from = open->lines[line - 1];
	until = line < open->line_count ? open->lines[line] : source->length;
	return memmem(source->text + from, until - from, text, strlen(text));
}

/* Of a text in a list. libconfig has read one token more when it notes its line: look back for it. */
struct where where_text(const struct reader *r, const config_setting_t *setting)
{
	struct where where = where_of(r, setting);
	const char *text = config_setting_get_string(setting);
	const unsigned first = where_of(r, config_setting_parent(setting)).line;

	for (unsigned line = where.line; text && line >= first; line--)
		if (line_holds(r, line, text))
			return (struct where){ where.file, line };
	return (struct where){ where.file, first };
}

__attribute__((format(printf, 4, 0))) static void note(struct reader *r, struct where where,
						       bool is_warning, const char *format,
						       va_list arguments)
{
	struct note *note;
	char *text;

	if (array_grow(&r->notes, r->note_count, &r->note_room) < 0 ||
	    vasprintf(&text, format, arguments) < 0)
		reader_out_of_memory(r);
	note = &r->notes[r->note_count];
	*note = (struct note){ .line = where.line,
			       .order = (unsigned)r->note_count++,
			       .warning = is_warning,
			       .text = text };
	while (r->plan->private->sources[note->source].name != where.file)
		note->source++;
	r->faults += !is_warning;
}

void fault(struct reader *r, struct where where, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	note(r, where, false, format, arguments);
	va_end(arguments);
}

void warning(struct reader *r, struct where where, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	note(r, where, true, format, arguments);
	va_end(arguments);
}

/* By place, faults and warnings mixed as they come; in one place as they were found. */
static int compare_notes(const void *a, const void *b)
{
	const struct note *one = a, *other = b;

	if (one->source != other->source)
		return one->source < other->source ? -1 : 1;
	if (one->line != other->line)
		return one->line < other->line ? -1 : 1;
	return (one->order > other->order) - (one->order < other->order);
}

char *finding_place(const struct finding *finding, char *out, size_t size)
{
	if (finding->where.line)
		snprintf(out, size, "%s:%u", finding->where.file, finding->where.line);
	else
		snprintf(out, size, "%s", finding->where.file);
	return out;
}

char *finding_format(const struct finding *finding, char *out, size_t size)
{
	size_t length;

	finding_place(finding, out, size);
	length = strlen(out);
	snprintf(out + length, size - length, ": %s%s", finding->warning ? "warning: " : "",
		 finding->text);
	return out;
}

/* The notes as findings that outlive the plan: a file's name lies behind its text. */
void report(struct reader *r, struct findings *ret)
{
	struct finding *list = calloc(r->note_count + 1, sizeof(*list));

	if (!list)
		reader_out_of_memory(r);
	*ret = (struct findings){ .list = list, .faults = r->faults };
	if (r->note_count)
		qsort(r->notes, r->note_count, sizeof(*r->notes), compare_notes);
	for (size_t i = 0; i < r->note_count; i++) {
		const struct note *note = &r->notes[i];
		const char *file = r->plan->private->sources[note->source].name;
		size_t length = strlen(note->text) + 1;
		char *text = malloc(length + strlen(file) + 1);

		if (!text)
			reader_out_of_memory(r);
		memcpy(text, note->text, length);
		strcpy(text + length, file);
		list[ret->count++] = (struct finding){ .where = { text + length, note->line },
						       .warning = note->warning,
						       .text = text };
	}
}
