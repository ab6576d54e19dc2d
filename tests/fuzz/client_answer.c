/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as what a daemon answers, shown to a person as the rows of each query in turn, whatever they are. Nothing
 * of it reaches the terminal as a control character, and a width that is wished for is no fault.
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

static void check(FILE *out, char **told, const size_t *length)
{
	fclose(out);
	assert(text_is_clean(*told, *length, true));
	free(*told);
	*told = NULL;
}

static void show_as(enum request request, const json_t *rows)
{
	static const char *const orders[] = { "deadline", "owner", "state" };
	char *told = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&told, &length);

	if (request == QUERY_LIST)
		show_list(orders[json_array_size(rows) % 3], rows, out);
	else
		show_rows(request, rows, out);
	check(out, &told, &length);
}

static void show_each(const json_t *rows)
{
	json_t *row;
	size_t i;

	json_array_foreach (rows, i, row) {
		char *told = NULL, *value = print_value(row);
		size_t length = 0;
		FILE *out = open_memstream(&told, &length);

		assert(text_is_clean(value, strlen(value), true));
		free(value);
		if (json_is_object(row))
			show(row, out);
		check(out, &told, &length);
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
	setenv("COLUMNS", size % 2 ? "40" : "200", 1);
	reason = print_clean(batch_text(answer, "reason"), true);
	assert(text_is_clean(reason, strlen(reason), true));
	free(reason);
	assert(batch_result(answer) <= ANSWER_OK);
	for (size_t i = 0; i < sizeof(views) / sizeof(*views) && json_is_array(rows); i++)
		show_as(views[i], rows);
	show_each(rows);
	json_decref(answer);
	return 0;
}
