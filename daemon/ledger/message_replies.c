/* SPDX-License-Identifier: Apache-2.0 */
/* The messages that ask somebody whether their reply is an answer: few, so that an index of their own is small. */
#include "ledger/messages.h"

#include "ledger/working_set.h"

int ledger_find_last_reply(struct ledger *l, struct person_id to, struct message *ret,
			   bool *ret_found)
{
	struct query q;
	int r = set_flush(l, SET_MESSAGES);

	_Static_assert(KIND_REPLY == 9, "as the index message_reply has it");
	if (r < 0)
		return r;
	row_select(&q, l, &message_type,
		   "FROM message WHERE kind = 9 AND recipient = $1 ORDER BY id DESC LIMIT 1");
	query_bind_text(&q, to.text);
	return row_found(row_end_one(&q, &message_type, ret), ret_found);
}
