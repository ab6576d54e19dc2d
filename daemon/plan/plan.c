/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plan once it is built: references, look-ups and its text. All it holds is in one arena, so
 * that it goes away at once; plan_file.c builds it.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "plan/reader.h"

#define CHUNK 65536

struct arena_chunk {
	struct arena_chunk *next;
	size_t used, size;
	_Alignas(max_align_t) char bytes[];
};

void *arena_alloc(struct arena *arena, size_t size)
{
	const size_t align = _Alignof(max_align_t);
	struct arena_chunk *chunk = arena->chunks;
	void *ret;

	if (size > SIZE_MAX / 2)
		return NULL;
	size = (size + align - 1) / align * align;
	if (!chunk || chunk->size - chunk->used < size) {
		size_t room = size > CHUNK / 4 ? size : CHUNK;

		chunk = calloc(1, sizeof(*chunk) + room);
		if (!chunk)
			return NULL;
		chunk->size = room;
		/* A large one goes behind the first, in which there is room still. */
		chunk->next = arena->chunks && room == size ? arena->chunks->next : arena->chunks;
		if (arena->chunks && room == size)
			arena->chunks->next = chunk;
		else
			arena->chunks = chunk;
	}
	ret = chunk->bytes + chunk->used;
	chunk->used += size;
	return ret;
}

void arena_done(struct arena *arena)
{
	struct arena_chunk *chunk = arena->chunks, *next;

	for (; chunk; chunk = next) {
		next = chunk->next;
		free(chunk);
	}
	arena->chunks = NULL;
}

struct plan *plan_ref(struct plan *plan)
{
	plan->references++;
	return plan;
}

struct plan *plan_unref(struct plan *plan)
{
	if (!plan)
		return NULL;
	assert(plan->references > 0);
	if (--plan->references > 0)
		return NULL;
	calendar_free(plan->calendar);
	if (plan->private)
		arena_done(&plan->private->arena);
	free(plan->private);
	free(plan);
	return NULL;
}

json_t *plan_text(const struct plan *plan)
{
	const struct plan_private *private = plan->private;
	json_t *files = json_array();

	for (size_t i = 0; i < private->source_count; i++)
		json_array_append_new(
			files, json_pack("{s:s, s:s%}", "name", private->sources[i].name, "text",
					 private->sources[i].text, private->sources[i].length));
	if (files && json_array_size(files) == private->source_count)
		return json_pack("{s:o, s:s}", "files", files, "main", private->sources[0].name);
	json_decref(files);
	return NULL;
}

void findings_done(struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++)
		free((void *)(uintptr_t)findings->list[i].text);
	free(findings->list);
	*findings = (struct findings){ 0 };
}

const struct body *plan_body(const struct plan *plan, const char *id)
{
	return index_find(&plan->private->indexes[SECTION_BODIES], id);
}

const struct person *plan_person(const struct plan *plan, const char *id)
{
	return index_find(&plan->private->indexes[SECTION_PEOPLE], id);
}

const struct publisher *plan_publisher(const struct plan *plan, const char *id)
{
	return index_find(&plan->private->indexes[SECTION_SYSTEMS], id);
}

const struct measure *plan_measure(const struct plan *plan, const char *id)
{
	return index_find(&plan->private->indexes[SECTION_MEASURES], id);
}

const struct deadline *plan_deadline(const struct plan *plan, const char *id)
{
	return index_find(&plan->private->indexes[SECTION_DEADLINES], id);
}

const struct channel *plan_channel(const struct plan *plan, const char *name)
{
	return index_find(&plan->private->indexes[SECTION_CHANNELS], name);
}

bool person_has_role(const struct person *person, const char *role)
{
	for (size_t i = 0; i < person->role_count; i++)
		if (strcmp(person->roles[i], role) == 0)
			return true;
	return false;
}

/* Its measures are in the plan's order, so their addresses ascend. */
bool deadline_asks(const struct deadline *deadline, const struct measure *measure)
{
	size_t low = 0, high = deadline->measure_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (deadline->measures[middle] == measure)
			return true;
		if (deadline->measures[middle] < measure)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

bool publisher_may_report(const struct publisher *publisher, const char *measure_id)
{
	for (size_t i = 0; i < publisher->may_report_count; i++)
		if (text_matches(publisher->may_report[i], measure_id))
			return true;
	return false;
}
