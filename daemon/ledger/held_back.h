/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the command hold keeps back, and what leaves all the same: links to sign in, and the message that tells that
 * it is on.
 */
#pragma once
#include "ledger/messages.h"

/* Do messages of this kind leave whatever else waits? */
bool message_kind_leaves_at_once(enum message_kind kind);
/* When the earliest of these is to be looked at; INSTANT_NONE: never. */
int ledger_next_at_once(struct ledger *l, struct instant *ret);
/* Those of them that are ready to leave, as ledger_messages_ready has it. */
int ledger_messages_at_once(struct ledger *l, struct instant now, struct message *out, size_t max);
/* How many others are to leave by then. */
int ledger_count_held_back(struct ledger *l, struct instant until, size_t *ret);
