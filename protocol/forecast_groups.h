/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a forecast, gathered by what they have in common. */
#pragma once
#include <jansson.h>
#include <stdbool.h>

/*
 * Groups of rows ({when,to,channel,kind,items}, in order of time): the messages of one instant, of one kind, about the
 * same deadlines at the same steps. In the order of their first rows:
 *
 *	{ when, kind, of: [ {deadline, step, repetition, all} ],
 *	  to: { "stod": [ ["", "HSN-1", "HSN-2"] ], "akut by hook": [ ["HSN-3"] ] } }
 *
 * `to` has a message by whom it reaches, and of it, for each of `of`, the measures in natural order: HSN-2 before
 * HSN-10, and "" before all where it is about the deadline itself. Of an absence that begins or ends, who is away stands
 * where a deadline would. `all` is how many measures of the deadline the rows name; it is there when some message has
 * fewer, since who has that many has then visibly all of them.
 *
 * A new reference; NULL when out of memory.
 */
json_t *forecast_groups(const json_t *rows);

/* A member that is text; "" if it is none. */
const char *forecast_text(const json_t *object, const char *name);
/* Is the member of both the same, or of neither there? */
bool forecast_agree(const json_t *one, const json_t *other, const char *name);
