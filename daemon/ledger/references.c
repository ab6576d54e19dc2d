/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows name others by number, without foreign keys, which would cost every event a look-up. Whether what
 * they name is there is asked for by whoever verifies the store: a range of keys at a time, since each
 * range is a scan.
 */
#include "ledger/row.h"

#define RANGE(key) key " > $1 AND " key " <= $2"
#define NO(table, is) " AND NOT EXISTS (SELECT 1 FROM " table " WHERE " is ")"

static const struct {
	const char *wrong, *last;
} queries[REFERENCES] = {
	[REFERENCE_MARK_OBLIGATION] = { "SELECT DISTINCT obligation, obligation FROM mark AS m "
					"WHERE " RANGE("obligation")
						NO("obligation AS o", "o.id = m.obligation"),
					"SELECT max(obligation) FROM mark" },
	[REFERENCE_MARK_MESSAGE] = { "SELECT obligation, message FROM mark AS m WHERE " RANGE(
					     "obligation") " AND message <> 0" NO("message AS x",
										  "x.id = "
										  "m.message"),
				     "SELECT max(obligation) FROM mark" },
	[REFERENCE_ITEM_MESSAGE] = { "SELECT DISTINCT message, message FROM item AS i WHERE " RANGE(
					     "message") NO("message AS m", "m.id = i.message"),
				     "SELECT max(message) FROM item" },
	[REFERENCE_ITEM_OBLIGATION] = { "SELECT message, obligation FROM item AS i WHERE " RANGE(
						"message") " AND obligation <> 0" NO("obligation "
										     "AS o",
										     "o.id = "
										     "i."
										     "obligation"),
					"SELECT max(message) FROM item" },
	[REFERENCE_MESSAGE_ITEM] = { "SELECT id, 0 FROM message AS m WHERE " RANGE("id")
					     NO("item AS i", "i.message = m.id"),
				     "SELECT max(id) FROM message" },
	/* The numbers of pending and retry; of delivered, failed, expired and dropped. */
	[REFERENCE_MESSAGE_STATE] = { "SELECT id, state FROM message WHERE " RANGE(
					      "id") " AND ((next_attempt IS NOT NULL) <> (state IN "
						    "(0, 3))"
						    " OR (finished IS NOT NULL) <> (state IN (2, "
						    "4, 6, 7)))",
				      "SELECT max(id) FROM message" },
	[REFERENCE_ANSWER] = { "SELECT id, answered_seq FROM obligation AS o WHERE " RANGE(
				       "id") " AND answered_seq <> 0" NO("event AS e",
									 "e.seq = o.answered_seq"),
			       "SELECT max(id) FROM obligation" },
};

static int find_last(struct ledger *l, const char *sql, int64_t *ret)
{
	struct query q;
	int64_t last = 0;

	query_begin(&q, l->db, sql);
	if (query_step(&q) > 0 && !query_is_none(&q))
		last = query_int(&q);
	int r = query_end(&q);
	if (r == 0)
		*ret = last;
	return r;
}

int ledger_dangling(struct ledger *l, enum reference which, int64_t after, int64_t span,
		    int (*row)(void *userdata, int64_t key, int64_t to), void *userdata,
		    bool *ret_more)
{
	struct query q;
	int called = 0;
	int64_t last;
	int r = find_last(l, queries[which].last, &last);

	if (r < 0)
		return r;
	query_begin(&q, l->db, queries[which].wrong);
	query_bind_int(&q, after);
	query_bind_int(&q, after + span);
	while (called == 0 && query_step(&q) > 0) {
		int64_t key = query_int(&q), to = query_int(&q);

		called = row(userdata, key, to);
	}
	r = query_end(&q);
	if (r < 0)
		return r;
	*ret_more = last > after + span;
	return called;
}
