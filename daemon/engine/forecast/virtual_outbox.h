/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The messages of a forecast: what is posted lies in buckets, one for each instant, as numbers. Items to
 * one recipient become one message where they would in the outbox (engine/outbox/item.h).
 */
#pragma once
#include "base/buffer.h"
#include "engine/outbox/sink.h"

struct virtual_outbox;

/* plan is borrowed. */
int virtual_outbox_new(struct virtual_outbox **ret, const struct plan *plan);
struct virtual_outbox *virtual_outbox_free(struct virtual_outbox *f);

/* Where to add; good until the next call that gives one. */
struct bucket_at {
	size_t bucket;
};
/* At an instant, in the messages of that instant. */
int virtual_outbox_at(struct virtual_outbox *f, struct instant when, struct bucket_at *ret);
/* In a message that has been tried on its channel before: nothing joins it. unknown: it may have arrived then. */
int virtual_outbox_apart(struct virtual_outbox *f, struct instant when,
			 const struct channel *channel, bool unknown, struct bucket_at *ret);
/* An occurrence that the posting speaks of must live as long as this. Of its detail only who is away is kept. */
int virtual_outbox_add(struct virtual_outbox *f, struct bucket_at at, struct recipient to,
		       const struct posting *posting);
/* Take out what tells, at an instant or later, of an absence of this person, but for what may have arrived. *ret: whom
 * it was for, besides those who are there already. */
void virtual_outbox_take_back(struct virtual_outbox *f, struct person_id away, struct instant from,
			      struct recipient_list *ret);

/* When all is gathered, make the messages, of one instant a call: 1 there is more, 0 done. */
int virtual_outbox_group(struct virtual_outbox *f);
/* As forecast_count, forecast_when, forecast_to, forecast_write and forecast_row. */
size_t virtual_outbox_count(const struct virtual_outbox *f);
struct instant virtual_outbox_when(const struct virtual_outbox *f, size_t i);
struct recipient virtual_outbox_to(const struct virtual_outbox *f, size_t i);
int virtual_outbox_write(const struct virtual_outbox *f, size_t i, struct buffer *out);
json_t *virtual_outbox_row(const struct virtual_outbox *f, size_t i);
