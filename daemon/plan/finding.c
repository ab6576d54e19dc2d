/* SPDX-License-Identifier: Apache-2.0 */
/* What a reader allocates and what it finds. */
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

static void note(struct reader *r, struct where where, bool is_warning, const char *format,
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
	return one->order < other->order ? -1 : 1;
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
