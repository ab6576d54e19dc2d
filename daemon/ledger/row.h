/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows as structs: the ledger's kinds of value as parameters and columns, in the order of the SQL.
 * Internal to the ledger.
 */
#pragma once
#include <errno.h>
#include <string.h>

#include "base/instant.h"
#include "ledger/db.h"
#include "ledger/ledger.h"

struct ledger {
	struct db *db;
};

static inline void row_bind_date(struct query *q, struct civil_date d)
{
	if (civil_is_none(d))
		query_bind_none(q);
	else
		query_bind_int(q, d.day);
}
static inline void row_bind_instant(struct query *q, struct instant t)
{
	if (instant_is_none(t))
		query_bind_none(q);
	else
		query_bind_int(q, t.us);
}
static inline void row_bind_optional(struct query *q, struct optional o)
{
	if (o.given)
		query_bind_int(q, o.value);
	else
		query_bind_none(q);
}

static inline bool row_skip_none(struct query *q)
{
	if (!query_is_none(q))
		return false;
	q->read++;
	return true;
}
static inline struct civil_date row_date(struct query *q)
{
	return row_skip_none(q) ? CIVIL_NONE : (struct civil_date){ (int32_t)query_int(q) };
}
static inline struct instant row_instant(struct query *q)
{
	return row_skip_none(q) ? INSTANT_NONE : (struct instant){ query_int(q) };
}
static inline struct optional row_optional(struct query *q)
{
	return row_skip_none(q) ? (struct optional){ false, 0 }
				: (struct optional){ true, query_int(q) };
}
static inline bool row_bool(struct query *q)
{
	return query_int(q) != 0;
}
static inline int row_number(struct query *q)
{
	return (int)query_int(q);
}

/* Text into a buffer of size bytes. What does not fit was never written by us: -EIO. */
static inline void row_copy(struct query *q, char *out, size_t size)
{
	const char *text = query_text(q);
	size_t n = strlen(text);

	if (n >= size) {
		q->error = -EIO;
		n = 0;
	}
	memcpy(out, text, n);
	out[n] = '\0';
}
/* Text of its own, NULL for none. */
static inline char *row_duplicate(struct query *q)
{
	if (row_skip_none(q))
		return NULL;
	char *text = strdup(query_text(q));
	if (!text)
		q->error = -ENOMEM;
	return text;
}

/* The end of a look-up of one row: 0, -ENOENT, or the error. */
static inline int row_end_one(struct query *q, int stepped)
{
	int r = query_end(q);

	return r < 0 ? r : stepped > 0 ? 0 : -ENOENT;
}
