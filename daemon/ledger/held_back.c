/* SPDX-License-Identifier: Apache-2.0 */
/* The kinds stand in SQL as numbers, since the partial index message_at_once names them so. */
#include "ledger/held_back.h"

#include "ledger/working_set.h"

#define AT_ONCE "kind IN (7, 11)"
_Static_assert(KIND_SIGN_IN == 7 && KIND_HOLD == 11, "as the index message_at_once has them");

bool message_kind_leaves_at_once(enum message_kind kind)
{
	return kind == KIND_SIGN_IN || kind == KIND_HOLD;
}

int ledger_next_at_once(struct ledger *l, struct instant *ret)
{
	struct query q;
	int64_t next = INSTANT_NONE.us;
	int r = set_flush(l, SET_MESSAGES);

	if (r < 0)
		return r;
	query_begin(&q, l->db,
		    "SELECT next_attempt FROM message WHERE " AT_ONCE
		    " AND next_attempt IS NOT NULL ORDER BY next_attempt LIMIT 1");
	r = row_end_number(&q, &next);
	if (r >= 0)
		*ret = (struct instant){ next };
	return r < 0 ? r : 0;
}

int ledger_messages_at_once(struct ledger *l, struct instant now, struct message *out, size_t max)
{
	struct query q;
	int r = set_flush(l, SET_MESSAGES);

	if (r < 0)
		return r;
	row_select(&q, l, &message_type,
		   "FROM message WHERE " AT_ONCE " AND next_attempt IS NOT NULL"
		   " AND next_attempt <= $1 ORDER BY next_attempt, id LIMIT $2");
	query_bind_int(&q, now.us);
	query_bind_int(&q, (int64_t)max);
	return row_end_list(&q, &message_type, out);
}

int ledger_count_held_back(struct ledger *l, struct instant until, size_t *ret)
{
	struct query q;
	int64_t count = 0;
	int r = set_flush(l, SET_MESSAGES);

	if (r < 0)
		return r;
	query_begin(&q, l->db,
		    "SELECT count(*) FROM message WHERE next_attempt IS NOT NULL"
		    " AND next_attempt <= $1 AND NOT " AT_ONCE);
	query_bind_int(&q, until.us);
	r = row_end_number(&q, &count);
	if (r >= 0)
		*ret = (size_t)count;
	return r < 0 ? r : 0;
}
