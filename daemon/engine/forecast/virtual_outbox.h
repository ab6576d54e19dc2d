/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a forecast gathers, and the messages it makes: ladder items to one recipient at one instant are
 * one, other kinds merge with their own kind, as engine/outbox/post.h would have merged them.
 */
#pragma once
#include "engine/outbox/post.h"

struct virtual_outbox;

/* plan is borrowed. */
int virtual_outbox_new(struct virtual_outbox **ret, const struct plan *plan);
struct virtual_outbox *virtual_outbox_free(struct virtual_outbox *f);

/* Where a thing is told; good until the next call that gives one. */
struct told_at {
	size_t bucket;
};
/* At an instant, in the messages of that instant. */
int virtual_outbox_at(struct virtual_outbox *f, struct instant when, struct told_at *ret);
/* In a message that has been tried on its channel before: nothing joins it. */
int virtual_outbox_apart(struct virtual_outbox *f, struct instant when,
			 const struct channel *channel, struct told_at *ret);
/* The deadline and the step may be NULL; an occurrence must live as long as this. */
int virtual_outbox_add(struct virtual_outbox *f, struct told_at at, struct recipient to,
		       enum item_what what, const struct deadline *d, const char *measure,
		       const struct step *step);

/* When all is gathered, make the messages, of one instant a call: 1 there is more, 0 done. */
int virtual_outbox_group(struct virtual_outbox *f);
/* As forecast_count and forecast_row. */
size_t virtual_outbox_count(const struct virtual_outbox *f);
json_t *virtual_outbox_row(const struct virtual_outbox *f, size_t i);
