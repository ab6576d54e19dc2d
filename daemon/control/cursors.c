/* SPDX-License-Identifier: Apache-2.0 */
/* A bounded list, in order of number: the oldest makes way for a new one, and what nobody has asked
 * for within a minute goes. */
#include "control/cursors.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "protocol/text.h"

#define KEPT 16
#define KEPT_FOR SECONDS(60)
#define SWEEP_SECONDS 10
#define NEXT_TEXT 48

struct cursor {
	uint64_t id;
	enum request which;
	struct inquiry *inquiry;
	struct mono used;
};
struct cursors {
	sd_event_source *sweep;
	struct cursor list[KEPT];
	size_t count;
	uint64_t last_id;
};

static void forget(struct cursors *c, size_t at)
{
	inquiry_free(c->list[at].inquiry);
	c->count--;
	memmove(&c->list[at], &c->list[at + 1], (c->count - at) * sizeof(c->list[0]));
}

static void sweep_later(struct cursors *c)
{
	sd_event_source_set_time_relative(c->sweep, SWEEP_SECONDS * UINT64_C(1000000));
	sd_event_source_set_enabled(c->sweep, SD_EVENT_ONESHOT);
}

static int on_sweep(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct cursors *c = userdata;
	int64_t oldest = clock_mono().us - KEPT_FOR.us;

	(void)source, (void)usec;
	for (size_t i = c->count; i-- > 0;)
		if (c->list[i].used.us < oldest)
			forget(c, i);
	if (c->count)
		sweep_later(c);
	return 0;
}

static uint64_t keep(struct cursors *c, enum request which, struct inquiry *inquiry)
{
	if (c->count == KEPT)
		forget(c, 0);
	c->list[c->count++] = (struct cursor){ ++c->last_id, which, inquiry, clock_mono() };
	sweep_later(c);
	return c->last_id;
}

/* At most `limit` rows from `from` on; *ret_next as inquiry_rows. */
static json_t *rows_of(const struct inquiry *inquiry, size_t from, size_t limit, size_t *ret_next)
{
	json_t *rows = inquiry_rows(inquiry, from, ret_next);

	if (json_array_size(rows) <= limit)
		return rows;
	while (json_array_size(rows) > limit)
		json_array_remove(rows, json_array_size(rows) - 1);
	*ret_next = from + limit;
	return rows;
}

static json_t *page(json_t *rows, uint64_t id, size_t next)
{
	char text[NEXT_TEXT];

	snprintf(text, sizeof(text), "%" PRIu64 ":%zu", id, next);
	return answer_rows(rows, next ? text : NULL);
}

json_t *cursors_first(struct cursors *c, enum request which, struct inquiry *inquiry, size_t limit)
{
	size_t next;
	json_t *rows = rows_of(inquiry, 0, limit, &next);
	uint64_t id = 0;

	if (next)
		id = keep(c, which, inquiry);
	else
		inquiry_free(inquiry);
	return page(rows, id, next);
}

static struct cursor *find(struct cursors *c, enum request which, const char *after,
			   size_t *ret_from)
{
	uint64_t id;
	int end = -1;

	if (sscanf(after, "%" SCNu64 ":%zu%n", &id, ret_from, &end) != 2 || after[end] != '\0')
		return NULL;
	for (size_t i = 0; i < c->count; i++)
		if (c->list[i].id == id && c->list[i].which == which)
			return &c->list[i];
	return NULL;
}

json_t *cursors_next(struct cursors *c, enum request which, const char *after, size_t limit)
{
	struct rejection why;
	size_t from, next;
	struct cursor *cursor = find(c, which, after, &from);
	json_t *rows;

	if (!cursor) {
		reject(&why, REJECT_BAD_DATA,
		       "after \"%s\" leads to no page of %s that is still kept; ask again from "
		       "the beginning, without it",
		       text_excerpt(after).text, request_kinds[which].name);
		return answer_refused(NULL, &why);
	}
	cursor->used = clock_mono();
	rows = rows_of(cursor->inquiry, from, limit, &next);
	return page(rows, cursor->id, next);
}

int cursors_new(struct cursors **ret, sd_event *event)
{
	struct cursors *c = calloc(1, sizeof(*c));
	int r;

	if (!c)
		return -ENOMEM;
	r = sd_event_add_time_relative(event, &c->sweep, CLOCK_BOOTTIME, 0, 0, on_sweep, c);
	if (r >= 0)
		r = sd_event_source_set_enabled(c->sweep, SD_EVENT_OFF);
	if (r < 0) {
		cursors_free(c);
		return r;
	}
	*ret = c;
	return 0;
}

struct cursors *cursors_free(struct cursors *c)
{
	if (!c)
		return NULL;
	while (c->count)
		forget(c, c->count - 1);
	sd_event_source_disable_unref(c->sweep);
	free(c);
	return NULL;
}
