/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows name others by number, without foreign keys, which would cost every event a look-up. Whether what
 * they name is there is asked for by whoever verifies the store: a range of keys at a time, since each
 * range is a scan.
 */
#include "ledger/integrity.h"

#include "ledger/working_set.h"

#define RANGE(key) "WHERE " key " > $1 AND " key " <= $2"
#define LAST(table, key) "SELECT coalesce(max(" key "), 0) FROM " table

/* wrong: the key, and what it leads to, of each row in a range of keys that is at fault. */
static const struct {
	const char *wrong, *last;
} queries[REFERENCES] = {
	[REFERENCE_MARK_OBLIGATION] = {
		"SELECT DISTINCT obligation, obligation FROM mark " RANGE("obligation")
		" AND NOT EXISTS (SELECT 1 FROM obligation WHERE id = mark.obligation)",
		LAST("mark", "obligation"),
	},
	[REFERENCE_MARK_MESSAGE] = {
		"SELECT obligation, message FROM mark " RANGE("obligation") " AND message <> 0"
		" AND NOT EXISTS (SELECT 1 FROM message WHERE id = mark.message)",
		LAST("mark", "obligation"),
	},
	[REFERENCE_ITEM_MESSAGE] = {
		"SELECT DISTINCT message, message FROM item " RANGE("message")
		" AND NOT EXISTS (SELECT 1 FROM message WHERE id = item.message)",
		LAST("item", "message"),
	},
	[REFERENCE_ITEM_OBLIGATION] = {
		"SELECT message, obligation FROM item " RANGE("message") " AND obligation <> 0"
		" AND NOT EXISTS (SELECT 1 FROM obligation WHERE id = item.obligation)",
		LAST("item", "message"),
	},
	[REFERENCE_MESSAGE_ITEM] = {
		"SELECT id, 0 FROM message " RANGE("id")
		" AND NOT EXISTS (SELECT 1 FROM item WHERE item.message = message.id)",
		LAST("message", "id"),
	},
	/* $3 and $4: the states, as bits, that wait and that are finished. */
	[REFERENCE_MESSAGE_STATE] = {
		"SELECT id, state FROM message " RANGE("id")
		" AND ((next_attempt IS NOT NULL) <> (" IN_SET("$3", "state") ")"
		" OR (finished IS NOT NULL) <> (" IN_SET("$4", "state") "))",
		LAST("message", "id"),
	},
	[REFERENCE_ANSWER] = {
		"SELECT id, answered_seq FROM obligation " RANGE("id") " AND answered_seq <> 0"
		" AND NOT EXISTS (SELECT 1 FROM event WHERE seq = obligation.answered_seq)",
		LAST("obligation", "id"),
	},
	[REFERENCE_INCOMING] = {
		"SELECT id, message FROM incoming " RANGE("id")
		" AND NOT EXISTS (SELECT 1 FROM message WHERE id = incoming.message)",
		LAST("incoming", "id"),
	},
};

static int find_last(struct ledger *l, const char *sql, int64_t *ret)
{
	struct query q;

	query_begin(&q, l->db, sql);
	return row_end_number(&q, ret);
}

int ledger_dangling(struct ledger *l, struct reference_cursor *cursor, int64_t span,
		    int (*row)(void *userdata, int64_t key, int64_t to), void *userdata)
{
	const enum reference which = cursor->which;
	const int64_t until = cursor->after + span;
	struct query q;
	int called = 0;
	int64_t last;
	int r = set_flush_all(l);

	if (r == 0)
		r = find_last(l, queries[which].last, &last);
	if (r < 0)
		return r;
	query_begin(&q, l->db, queries[which].wrong);
	query_bind_int(&q, cursor->after);
	query_bind_int(&q, until);
	if (which == REFERENCE_MESSAGE_STATE) {
		query_bind_int(&q, message_states_waiting());
		query_bind_int(&q, message_states_finished());
	}
	while (called == 0 && query_step(&q) > 0) {
		int64_t key = query_int(&q), to = query_int(&q);

		called = row(userdata, key, to);
	}
	r = row_end(&q, called);
	if (r < 0)
		return r;
	*cursor = last > until ? (struct reference_cursor){ which, until }
			       : (struct reference_cursor){ which + 1, 0 };
	return r;
}
