/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A query being answered: list, show, why, forecast, report, outbox, requests; and verify. It reads a snapshot of the
 * ledger and a plan of its own reference, and works in slices, so that no query holds the loop.
 */
#pragma once
#include "base/buffer.h"
#include "engine/engine.h"
#include "protocol/query.h"

struct inquiry;

/* What is asked: the kind of query, and its parameters (an object; NULL: none), borrowed. */
struct question {
	enum request which;
	json_t *params;
	const struct person
		*viewer; /* a steward who sees only what is theirs; NULL: who sees all */
};
/* 0, or a positive enum reject_code with the sentence (an unknown item, a month that is none), or a
 * negative errno. */
int inquiry_new(struct inquiry **ret, struct engine *e, struct question question,
		struct instant now, struct rejection *ret_why);
/* The same within the open transaction of e, whose changes it sees: for who needs what stands at this instant. Nothing
 * may be written until it is freed. */
int inquiry_new_within(struct inquiry **ret, struct engine *e, struct question question,
		       struct instant now, struct rejection *ret_why);
/* Work for about `budget` of real time: 1 there is more to do, 0 done, or a negative errno. */
int inquiry_work(struct inquiry *q, struct duration budget);
/*
 * When done: rows from `from` on, at most QUERY_ROWS_MAX of them and about 128 KiB, a new reference; NULL when one could
 * not be read or made. *ret_next is the index to go on from, or 0 at the end.
 */
json_t *inquiry_rows(const struct inquiry *q, size_t from, size_t *ret_next);
/* The same as text, behind what is there: "[{…},{…}]", at most `limit` of them. 0 or a negative errno. */
int inquiry_write_rows(const struct inquiry *q, size_t from, size_t limit, struct buffer *out,
		       size_t *ret_next);
/* When done: how many rows there are in all. */
size_t inquiry_count(const struct inquiry *q);
/* What has been worked out is answered with these rows instead (stolen). */
void inquiry_replace_rows(struct inquiry *q, json_t *rows);
struct inquiry *inquiry_free(struct inquiry *q);

/* The row of `outbox` for one message, a new reference. */
json_t *inquiry_message(const struct message *m);
