/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What left is kept as it was: composed anew it would tell of another day. Its bytes are not, since the text is what is
 * asked about, and a store with the pages, calendar entries and papers of every mail would be ten times as large.
 * Of a reply that is passed on nothing is kept here: what its writer says is a note, and the rest is theirs.
 */
#include <stdio.h>

#include "delivery/attempt.h"
#include "message/message_words.h"

/* What a link to sign in said is told to nobody, and what has arrived nowhere has not left. */
static bool may_have_arrived(const struct attempt *a)
{
	return a->result.verdict == VERDICT_ACCEPTED || a->result.verdict == VERDICT_UNKNOWN;
}

int attempt_keep(const struct attempt *a, struct message *m, struct instant now)
{
	struct attempt_row row = { .message = m->id,
				   .n = m->attempts,
				   .begun = a->begun_at,
				   .ended = now,
				   .state = m->state };
	int r = ledger_put_message(a->delivery->engine->ledger, m);

	if (r < 0 || m->kind == KIND_SIGN_IN)
		return r;
	snprintf(row.answer, sizeof(row.answer), "%s", a->result.answer);
	if (may_have_arrived(a) && m->kind != KIND_FORWARD)
		r = message_words(a->route->channel->type, &a->composed, a->delivery->links,
				  &row.headers, &row.text);
	if (r == 0)
		r = ledger_put_attempt(a->delivery->engine->ledger, &row);
	attempt_row_done(&row);
	return r;
}
