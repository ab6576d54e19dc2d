/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as what a daemon answers, shown to a person as the rows of a query, whatever they are: of one that their
 * length chooses, and in a replay of each in turn. Nothing of it reaches the terminal as a control character, and a
 * width that is wished for is no fault.
 */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/batch.h"
#include "client/print.h"
#include "client/show.h"
#include "protocol/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const enum request views[] = { QUERY_LIST,	 QUERY_WHY,	 QUERY_OUTBOX,
				      QUERY_ASSIGNMENTS, QUERY_REQUESTS, QUERY_CALENDAR,
				      QUERY_PEOPLE,	 QUERY_BODIES,	 QUERY_MEETINGS,
				      QUERY_ABSENCES,	 QUERY_SESSIONS, QUERY_ACTS,
				      COMMAND_VERIFY,	 COMMAND_MESSAGE };

#define VIEWS (sizeof(views) / sizeof(*views))
#ifndef REPLAY
#define REPLAY 0
#endif

/* One stream, written from its beginning each time. */
static FILE *out;
static char *told;
static size_t length;

static void begin(void)
{
	if (!out)
		out = open_memstream(&told, &length);
	assert(out);
	rewind(out);
}

static void check(void)
{
	assert(fflush(out) == 0 && text_is_clean(told, length, true));
}

static void show_as(enum request request, const json_t *rows)
{
	static const char *const orders[] = { "deadline", "owner", "state" };

	begin();
	if (request == QUERY_LIST)
		show_list(orders[json_array_size(rows) % 3], rows, out);
	else
		show_rows(request, rows, out);
	check();
}

static void show_each(const json_t *rows)
{
	json_t *row;
	size_t i;

	json_array_foreach (rows, i, row) {
		char *value = print_value(row);

		assert(text_is_clean(value, strlen(value), true));
		free(value);
		begin();
		if (json_is_object(row))
			show(row, out);
		check();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* As connection_receive reads it. */
	json_t *answer = json_loadb((const char *)data, size, JSON_REJECT_DUPLICATES, NULL);
	const json_t *rows = json_object_get(answer, "rows");
	char *reason;

	if (!answer)
		return 0;
	setenv("COLUMNS", size / VIEWS % 2 ? "40" : "200", 1);
	reason = print_clean(batch_text(answer, "reason"), true);
	assert(text_is_clean(reason, strlen(reason), true));
	free(reason);
	assert(batch_result(answer) <= ANSWER_OK);
	for (size_t i = 0; i < VIEWS && json_is_array(rows); i++)
		if (REPLAY || i == size % VIEWS)
			show_as(views[i], rows);
	show_each(rows);
	json_decref(answer);
	return 0;
}
