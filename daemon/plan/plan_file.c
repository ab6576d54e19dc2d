/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From files, or from the text of files, to a plan. All that may run out of memory happens in run(),
 * so that there is one place to which a reader comes back when it does.
 */
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "plan/reader.h"

/* Dates are judged in the zone of the plan. One that is set already stays until the next start. */
static void take_zone(struct reader *r)
{
	const char *zone = r->plan->settings.timezone;

	if (r->present && !zone_name() && r->faults == 0 && zone_set(zone) < 0)
		reader_out_of_memory(r);
}

static void build(struct reader *r)
{
	r->partial |= r->plan->private->source_count < 2;
	for (size_t i = 0; i < r->plan->private->source_count; i++)
		r->partial |= !r->open[i].parsed;
	for (enum section section = 0; section < SECTIONS; section++)
		register_section(r, section);
	read_settings(r);
	take_zone(r);
	read_items(r);
	read_keys(r);
	read_ladders(r);
	read_deadlines(r);
	read_assignments(r);
	if (!r->partial)
		review(r);
	review_keys(r);
}

/* Allocate `count` sources, none of them read yet. */
static void allocate_sources(struct reader *r, size_t count)
{
	r->plan->private->sources = reader_alloc(r, count, sizeof(struct source));
	r->plan->private->source_count = count;
	r->open = calloc(count, sizeof(*r->open));
	if (!r->open)
		reader_out_of_memory(r);
}

static void load_files(struct reader *r, const char *path)
{
	struct plan_private *private = r->plan->private;

	allocate_sources(r, 1);
	private->sources[0].name = reader_text(r, path, strlen(path));
	source_read(r, &private->sources[0]);
	source_parse(r, 0);
	if (!r->open[0].parsed)
		return;
	sources_find(r);
	for (size_t i = 1; i < private->source_count; i++) {
		source_read(r, &private->sources[i]);
		source_parse(r, i);
	}
	build(r);
}

/* The document's main file goes first, as it does in plan_text. */
static void load_text(struct reader *r, const json_t *text)
{
	const json_t *files = json_object_get(text, "files"), *file;
	struct plan_private *private = r->plan->private;
	size_t i;

	allocate_sources(r, json_array_size(files));
	json_array_foreach (files, i, file) {
		const json_t *name = json_object_get(file, "name");
		const json_t *content = json_object_get(file, "text");

		private->sources[i] =
			(struct source){ .name = reader_text(r, json_string_value(name),
							     json_string_length(name)),
					 .text = reader_text(r, json_string_value(content),
							     json_string_length(content)),
					 .length = json_string_length(content) };
	}
	for (i = 0; i < private->source_count; i++)
		source_parse(r, i);
	if (r->open[0].parsed)
		build(r);
}

static bool is_plan_text(const json_t *text)
{
	const json_t *files = json_object_get(text, "files"), *file;
	const char *main = json_string_value(json_object_get(text, "main")), *first;
	size_t i;

	first = json_string_value(json_object_get(json_array_get(files, 0), "name"));
	if (!main || !first || strcmp(main, first) != 0)
		return false;
	json_array_foreach (files, i, file)
		if (!json_is_string(json_object_get(file, "name")) ||
		    !json_is_string(json_object_get(file, "text")))
			return false;
	return true;
}

/* Everything that may run out of memory. path or text, the other one is NULL. */
static int run(struct reader *r, const char *path, const json_t *text, struct findings *findings)
{
	if (setjmp(r->out_of_memory))
		return -ENOMEM;
	if (path)
		load_files(r, path);
	else
		load_text(r, text);
	report(r, findings);
	return (int)r->faults;
}

static void reader_done(struct reader *r)
{
	for (size_t i = 0; r->open && i < r->plan->private->source_count; i++)
		if (r->open[i].begun)
			config_destroy(&r->open[i].config);
	for (size_t i = 0; i < r->note_count; i++)
		free(r->notes[i].text);
	if (r->found_any)
		globfree(&r->found);
	free(r->open);
	free(r->notes);
	free(r->scratch);
}

static int load(struct plan **ret, const struct plan_request *request, const json_t *text,
		struct findings *findings)
{
	struct plan *plan = calloc(1, sizeof(*plan));
	struct reader r = { .plan = plan, .request = request, .present = !text };
	int error = -ENOMEM;

	if (plan) {
		plan->references = 1;
		plan->private = calloc(1, sizeof(*plan->private));
	}
	if (plan && plan->private) {
		error = run(&r, request->path, text, findings);
		reader_done(&r);
	}
	if (error) {
		plan_unref(plan);
		return error;
	}
	malloc_trim(0); /* libconfig's trees are larger than the plan */
	*ret = plan;
	return 0;
}

int plan_read(struct plan **ret, const struct plan_request *request, struct findings *ret_findings)
{
	struct findings findings = { 0 };
	int error = load(ret, request, NULL, &findings);

	if (error < 0)
		findings_done(&findings);
	else
		*ret_findings = findings;
	return error;
}

int plan_from_text(struct plan **ret, const json_t *text, struct findings *ret_findings)
{
	struct findings findings = { 0 };
	const struct plan_request request = { .rehearsal = true };
	int error = is_plan_text(text) ? load(ret, &request, text, &findings) : -EINVAL;

	if (error >= 0 && ret_findings)
		*ret_findings = findings;
	else
		findings_done(&findings);
	return error;
}
