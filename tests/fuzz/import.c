/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as a spreadsheet's export. Whatever they are taken for, the plan that comes of it is text that
 * libconfig reads, with ids and texts as the daemon takes them, and what is told beside it is clean.
 */
#include <assert.h>
#include <libconfig.h>
#include <stdlib.h>
#include <string.h>

#include "client/import/encoding.h"
#include "client/import/screen.h"
#include "protocol/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every text of the group is clean, and its id is one unless it is a hole. */
static void judge(const config_setting_t *group)
{
	const char *id = NULL;
	size_t length;

	for (int i = 0; i < config_setting_length(group); i++) {
		const char *text = config_setting_get_string_elem(group, i);

		assert(!text || text_is_clean(text, strlen(text), false));
		assert(!text || text_turn(text) == 0);
	}
	if (config_setting_lookup_string(group, "id", &id))
		assert(text_is_id(id) || text_placeholder(id, &length));
}

static void read_back(const char *plan)
{
	static const char *const sections[] = { "bodies",   "meetings",	 "people",
						"measures", "deadlines", "assignments" };
	config_t config;

	config_init(&config);
	assert(config_read_string(&config, plan));
	for (size_t s = 0; s < sizeof(sections) / sizeof(*sections); s++) {
		const config_setting_t *list = config_lookup(&config, sections[s]);

		for (int i = 0; list && i < config_setting_length(list); i++)
			judge(config_setting_get_elem(list, (unsigned)i));
	}
	config_destroy(&config);
}

static void tell(const struct screen *screen)
{
	char *told = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&told, &length);

	screen_plan(out, screen);
	fclose(out);
	assert(text_is_clean(told, length, true));
	free(told);
}

static void write_plan(struct draft *draft, struct notices *notices)
{
	static const struct plan_frame frame = {
		.file = "a.csv", .options = "", .body = "NAMND", .pattern = "*"
	};
	struct plan_holes holes = { 0 };
	char *plan = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&plan, &length);

	plan_text_write(out, draft, &frame, &holes);
	fclose(out);
	plan_holes_count(&holes, plan);
	assert(holes.count == 0 || holes.list[0].line > 1);
	tell(&(struct screen){ draft, &holes, notices, "a@b.se" });
	plan_holes_done(&holes);
	assert(text_is_clean(plan, length, true));
	read_back(plan);
	free(plan);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char separators[] = { ';', ',', '\t' };
	struct column_wish wish = { COLUMN_OWNER, "C" };
	const struct column_wishes wishes = { &wish, size > 1 && data[1] == 'W' };
	const struct draft_wishes draft_wishes = { .unit = 1000, .prefix = size % 2 ? "X-" : "" };
	struct notices notices = { 0 };
	struct keep keep = { 0 };
	struct columns columns;
	struct decoded text;
	struct sheet sheet = { 0 };
	struct draft draft = { 0 };
	struct fault fault;

	if (size > 1 &&
	    encoding_read(&keep, (const char *)data + 1, size - 1, &text, &fault) == 0 &&
	    sheet_read(&sheet, text.text, text.length, separators[data[0] % 3], &fault) == 0 &&
	    columns_find(&sheet, &wishes, &columns, &notices, &fault) == 0) {
		draft_make(&draft, &sheet, &columns, &draft_wishes, &notices);
		write_plan(&draft, &notices);
	}
	draft_done(&draft);
	sheet_done(&sheet);
	notices_done(&notices);
	keep_done(&keep);
	return 0;
}
