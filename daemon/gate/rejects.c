/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A bounded table, searched from its beginning: publishers are few, and whoever makes up sources
 * fills it once and shares its last row from then on.
 */
#include "gate/rejects.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "protocol/text.h"

#define SOURCES 256
#define LOG_INTERVAL SECONDS(1)
#define OTHERS "(other sources)"

struct rejects_row {
	char source[SOURCE_MAX + 1];
	uint64_t rejected[REJECT_CODES];
	uint64_t unsaid; /* since the last line */
	struct mono said;
};
struct rejects {
	struct rejects_row rows[SOURCES];
	size_t count;
};

int rejects_new(struct rejects **ret)
{
	struct rejects *t = calloc(1, sizeof(*t));

	if (!t)
		return -ENOMEM;
	*ret = t;
	return 0;
}

struct rejects *rejects_free(struct rejects *t)
{
	free(t);
	return NULL;
}

static struct rejects_row *row_of(struct rejects *t, const char *source)
{
	struct rejects_row *row;

	for (size_t i = 0; i < t->count; i++)
		if (strncmp(t->rows[i].source, source, SOURCE_MAX) == 0)
			return &t->rows[i];
	if (t->count == SOURCES)
		return &t->rows[SOURCES - 1];
	row = &t->rows[t->count++];
	snprintf(row->source, sizeof(row->source), "%.*s", SOURCE_MAX,
		 t->count < SOURCES ? source : OTHERS);
	row->said.us = INT64_MIN / 2;
	return row;
}

/* May a line be written about the row now? If so, how many were not since the last, as text. */
static bool may_say(struct rejects_row *row, struct mono now, char more[static 64])
{
	if (now.us - row->said.us < LOG_INTERVAL.us) {
		row->unsaid++;
		return false;
	}
	*more = '\0';
	if (row->unsaid)
		snprintf(more, 64, " (and %" PRIu64 " more notice%s since the last)", row->unsaid,
			 row->unsaid == 1 ? "" : "s");
	row->unsaid = 0;
	row->said = now;
	return true;
}

void rejects_event(struct rejects *t, const char *source, const struct rejection *why,
		   struct mono now)
{
	struct rejects_row *row = row_of(t, source);
	char more[64];

	row->rejected[why->code]++;
	if (may_say(row, now, more))
		log_warning("published event of %s rejected, %s: %s%s", row->source,
			    reject_code_name(why->code), why->reason, more);
}

void rejects_peer(struct rejects *t, const char *who, const char *why, struct mono now)
{
	struct rejects_row *row = row_of(t, who);
	char more[64];

	row->rejected[REJECT_NOT_ALLOWED]++;
	if (may_say(row, now, more))
		log_warning("%s was turned away: %s%s", row->source, why, more);
}

void rejects_gap(struct rejects *t, const char *source, int64_t last, int64_t sequence,
		 struct mono now)
{
	struct rejects_row *row = row_of(t, source);
	char more[64];

	if (may_say(row, now, more))
		log_warning("%" PRId64 " published events of %s were lost: sequence %" PRId64
			    " came after %" PRId64 "%s",
			    sequence - last - 1, row->source, sequence, last, more);
}

json_t *rejects_rows(const struct rejects *t)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < t->count; i++)
		for (enum reject_code code = REJECT_NONE; code < REJECT_CODES; code++) {
			uint64_t n = t->rows[i].rejected[code];

			if (n && json_array_append_new(rows, json_pack("{s:s, s:s, s:I}", "source",
								       t->rows[i].source, "code",
								       reject_code_name(code),
								       "count", (json_int_t)n)) < 0)
				return json_decref(rows), NULL;
		}
	return rows;
}
