/* SPDX-License-Identifier: Apache-2.0 */
/* Attempts to send a message that have ended, with what left by them: what is composed anew would tell of another day. */
#pragma once
#include "ledger/messages.h"

struct attempt_row {
	struct message_id message;
	int n; /* of the message's, from 1 */
	struct instant begun, ended;
	enum message_state state; /* what the message became by it */
	char answer[300];	  /* of the server */
	/* What may have arrived by it, as its reader has it, with no link by which one answers; NULL when nothing
	 * can have, and headers of a webhook. attempt_row_done frees. */
	char *headers, *text;
};
/* Insert or replace. */
int ledger_put_attempt(struct ledger *l, const struct attempt_row *a);
/* What the message became by it has turned out to be another. Without such a row, nothing. */
int ledger_set_attempt_state(struct ledger *l, struct message_id message, int n,
			     enum message_state state);
/* Of a message, oldest first. */
int ledger_attempts(struct ledger *l, struct message_id message,
		    int (*row)(void *userdata, const struct attempt_row *a), void *userdata);
void attempt_row_done(struct attempt_row *a);

extern const struct row_type attempt_type;
