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
	struct buffer text; /* of the page that was asked for last */
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

static int begin_page(struct cursors *c, const struct inquiry *inquiry, size_t from, size_t limit,
		      size_t *ret_next)
{
	int r;

	buffer_clear(&c->text);
	r = buffer_add_text(&c->text, "{\"result\":\"ok\",\"rows\":");
	return r < 0 ? r : inquiry_write_rows(inquiry, from, limit, &c->text, ret_next);
}

static int end_page(struct cursors *c, uint64_t id, size_t next)
{
	char text[NEXT_TEXT + 16];

	if (next == 0)
		return buffer_add_text(&c->text, "}");
	snprintf(text, sizeof(text), ",\"next\":\"%" PRIu64 ":%zu\"}", id, next);
	return buffer_add_text(&c->text, text);
}

const struct buffer *cursors_first(struct cursors *c, enum request which, struct inquiry *inquiry,
				   size_t limit)
{
	size_t next = 0;
	int r = begin_page(c, inquiry, 0, limit, &next);
	uint64_t id = 0;

	if (r == 0 && next)
		id = keep(c, which, inquiry);
	else
		inquiry_free(inquiry);
	return r < 0 || end_page(c, id, next) < 0 ? NULL : &c->text;
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

static int refuse(struct cursors *c, enum request which, const char *after)
{
	struct rejection why;
	json_t *answer;
	char *text;
	int r;

	reject(&why, REJECT_BAD_DATA,
	       "after \"%s\" leads to no page of %s that is still kept; ask again from "
	       "the beginning, without it",
	       text_excerpt(after).text, request_kinds[which].name);
	answer = answer_refused(NULL, &why);
	text = json_dumps(answer, JSON_COMPACT);
	buffer_clear(&c->text);
	r = text ? buffer_add_text(&c->text, text) : -ENOMEM;
	json_decref(answer);
	free(text);
	return r;
}

const struct buffer *cursors_next(struct cursors *c, enum request which, const char *after,
				  size_t limit)
{
	size_t from, next;
	struct cursor *cursor = find(c, which, after, &from);
	int r;

	if (!cursor)
		return refuse(c, which, after) < 0 ? NULL : &c->text;
	cursor->used = clock_mono();
	r = begin_page(c, cursor->inquiry, from, limit, &next);
	return r < 0 || end_page(c, cursor->id, next) < 0 ? NULL : &c->text;
}

void cursors_read(struct cursors *c)
{
	buffer_clear(&c->text);
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
	buffer_done(&c->text);
	free(c);
	return NULL;
}
