/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/inquiry/past.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "protocol/event.h"
#include "protocol/parsed.h"

/* Of one measure: as many as one report each day for ten years. What is older than that is not looked at. */
#define WALKED_MAX 4000

static void said_done(struct said *said)
{
	free(said->note);
	free(said->needs_support);
	free(said->link);
	*said = (struct said){ .status = STATUS_NONE,
			       .time = INSTANT_NONE,
			       .done_forecast = CIVIL_NONE };
}

static void forget(struct past *past)
{
	for (size_t i = 0; i < past->count; i++) {
		struct window *w = &past->windows[i];

		said_done(&w->said);
		w->status = w->progress = w->achieved = w->forecast = w->done_forecast =
			(struct stamp){ INSTANT_NONE, 0 };
	}
	for (size_t i = 0; i < past->move_count; i++)
		free(past->moves[i].reference);
	past->move_count = 0;
	past->moved_later = false;
	past->due_before[0] = past->due_then[0] = '\0';
	past->course.count = 0;
}

void past_begin(struct past *past)
{
	forget(past);
	past->back = (struct events_back){ .cursor = 0 };
	past->walked = 0;
}

/* Is it newer than what is known? Then it is what is known from now on. */
static bool is_newer(struct stamp *known, const struct stamp *stamp)
{
	const int order =
		instant_is_none(known->time) ? 1 : instant_compare(stamp->time, known->time);

	if (order < 0 || (order == 0 && stamp->seq <= known->seq))
		return false;
	*known = *stamp;
	return true;
}

static int keep(char **at, const char *text)
{
	free(*at);
	*at = text ? strdup(text) : NULL;
	return text && !*at ? -ENOMEM : 0;
}

static int keep_texts(struct said *said, const struct event_status *status)
{
	int r = keep(&said->note, status->note);

	if (r == 0)
		r = keep(&said->needs_support, status->needs_support);
	return r == 0 ? keep(&said->link, status->link) : r;
}

static int look_at_status(struct window *w, const struct event_status *status,
			  const struct stamp *stamp)
{
	struct said *said = &w->said;

	if (instant_compare(stamp->time, w->until) >= 0)
		return 0;
	if (status->progress.given && is_newer(&w->progress, stamp))
		said->progress = status->progress;
	if (status->effect_achieved.given && is_newer(&w->achieved, stamp))
		said->achieved = status->effect_achieved;
	if (status->effect_forecast.given && is_newer(&w->forecast, stamp))
		said->forecast = status->effect_forecast;
	if (!civil_is_none(status->done_forecast) && is_newer(&w->done_forecast, stamp))
		said->done_forecast = status->done_forecast;
	if ((!instant_is_none(w->from) && instant_compare(stamp->time, w->from) < 0) ||
	    !is_newer(&w->status, stamp))
		return 0;
	said->status = status->status;
	said->time = stamp->time;
	return keep_texts(said, status);
}

static int keep_course(struct course *course, const struct event_status *status,
		       const struct stamp *stamp)
{
	int r = course->is_kept ? array_grow(&course->list, course->count, &course->room) : 0;

	if (r == 0 && course->is_kept)
		course->list[course->count++] = (struct uttered){
			stamp->time,
			stamp->seq,
			status->status,
			status->effect_achieved,
			status->effect_forecast,
		};
	return r;
}

static int compare_uttered(const void *left, const void *right)
{
	const struct uttered *a = left, *b = right;
	const int order = instant_compare(a->time, b->time);

	return order ? order : a->seq < b->seq ? -1 : 1;
}

/* The chain is walked from its newest event on. */
static void look_at_own_date(struct past *past, const struct event_extend *extend,
			     struct instant time)
{
	if (extend->deadline || !event_due_is_given(&extend->due))
		return;
	if (!instant_is_none(past->moved_after) && !past->due_then[0] &&
	    instant_compare(time, past->moved_after) < 0)
		event_due_format(&extend->due, past->due_then);
	if (instant_is_none(past->moved_before))
		return;
	if (instant_compare(time, past->moved_before) >= 0)
		past->moved_later = true;
	else if (!past->due_before[0])
		event_due_format(&extend->due, past->due_before);
}

static int look_at_extension(struct past *past, const struct event_extend *extend,
			     struct instant time)
{
	struct moved *moved = &past->moves[past->move_count];

	look_at_own_date(past, extend, time);
	if (instant_is_none(past->moved_after) || instant_compare(time, past->moved_after) < 0 ||
	    (!instant_is_none(past->moved_before) &&
	     instant_compare(time, past->moved_before) >= 0) ||
	    past->move_count == PAST_MOVES || !event_due_is_given(&extend->due))
		return 0;
	*moved = (struct moved){ .time = time, .of_answer = extend->deadline != NULL };
	event_due_format(&extend->due, moved->due);
	past->move_count++;
	return keep(&moved->reference, extend->reference);
}

/* What an earlier version let in and this one can't read has nothing to say. */
static int look_at(void *userdata, const struct logged_event *logged)
{
	struct past *past = userdata;
	const struct stamp stamp = { logged->time, logged->seq };
	const struct parsed *json;
	struct event event;
	struct rejection why;
	int r = 0;

	past->walked++;
	if (logged->undone != 0)
		return 0;
	if (strcmp(logged->type, event_type_name(EVENT_STATUS)) != 0 &&
	    strcmp(logged->type, event_type_name(EVENT_EXTEND)) != 0)
		return 0;
	json = parser_parse(past->parser, logged->body, strlen(logged->body), &why);
	if (!json || event_envelope(json, logged->received, &event, &why) != REJECT_NONE ||
	    event_data(&event, &why) != REJECT_NONE)
		return 0;
	if (event.type == EVENT_EXTEND)
		return look_at_extension(past, &event.extend, stamp.time);
	r = keep_course(&past->course, &event.status, &stamp);
	for (size_t i = 0; r == 0 && i < past->count; i++)
		r = look_at_status(&past->windows[i], &event.status, &stamp);
	return r;
}

int past_look(struct past *past, struct ledger *l, const char *measure, size_t max)
{
	int r = past->parser ? 0 : parser_new(&past->parser);

	past->back.max = max;
	if (r == 0 && past->back.cursor >= 0 && past->walked < WALKED_MAX)
		r = ledger_events_back(l, measure, &past->back, look_at, past);
	if (r > 0 && past->walked >= WALKED_MAX)
		r = 0;
	if (r == 0 && past->course.count)
		qsort(past->course.list, past->course.count, sizeof(*past->course.list),
		      compare_uttered);
	return r;
}

static int put_first(struct course *course, const struct uttered *began)
{
	int r = course->is_kept ? array_grow(&course->list, course->count, &course->room) : 0;

	if (r < 0 || !course->is_kept)
		return r;
	memmove(course->list + 1, course->list, course->count++ * sizeof(*course->list));
	course->list[0] = *began;
	return 0;
}

int past_began(struct past *past, enum measure_status began, struct instant at)
{
	for (size_t i = 0; i < past->count; i++) {
		struct window *w = &past->windows[i];

		if (!instant_is_none(w->from) || w->said.status != STATUS_NONE ||
		    (!instant_is_none(at) && instant_compare(at, w->until) >= 0))
			continue;
		w->said.status = began;
		w->said.time = at;
	}
	return put_first(&past->course, &(struct uttered){ .time = at, .seq = 0, .status = began });
}

void past_done(struct past *past)
{
	forget(past);
	free(past->course.list);
	past->parser = parser_free(past->parser);
}
