/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a forecast gathers, and the messages it makes: ladder items to one recipient at one instant are
 * one, other kinds merge with their own kind, as engine/post.h would have merged them.
 */
#pragma once
#include "engine/post.h"

struct foretold;

/* plan is borrowed. */
int foretold_new(struct foretold **ret, const struct plan *plan);
struct foretold *foretold_free(struct foretold *f);

/* Where a thing is told; good until the next call that gives one. */
struct told_at {
	size_t bucket;
};
/* At an instant, in the messages of that instant. */
int foretold_at(struct foretold *f, struct instant when, struct told_at *ret);
/* In a message that has been tried on its channel before: nothing joins it. */
int foretold_apart(struct foretold *f, struct instant when, const struct channel *channel,
		   struct told_at *ret);
/* The deadline and the step may be NULL; an occurrence must live as long as this. */
int foretold_add(struct foretold *f, struct told_at at, struct recipient to, enum item_what what,
		 const struct deadline *d, const char *measure, const struct step *step);

/* When all is gathered, make the messages, of one instant a call: 1 there is more, 0 done. */
int foretold_group(struct foretold *f);
/* As forecast_count and forecast_row. */
size_t foretold_count(const struct foretold *f);
json_t *foretold_row(const struct foretold *f, size_t i);
