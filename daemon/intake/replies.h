/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answers on their way to peers of intake.submit. One that depends on what the turn does waits for
 * its end; the others wait only behind those, so that each peer's answers keep their order.
 */
#pragma once
#include "gate/caller.h"
#include "intake/socket.h"
#include "ledger/turn.h"

struct replies;

int replies_new(struct replies **ret);
struct replies *replies_free(struct replies *r);

/* An answer as text, which is copied; the door of `to` is a struct socket. bound: it holds only if the turn
 * commits. */
void replies_put(struct replies *r, const struct caller *to, const char *text, size_t length,
		 bool bound);
/* The turn has ended: send all, with "retry" in place of those bound to a turn that did not happen. */
void replies_settle(struct replies *r, enum turn_end end);
/* The socket goes away: forget who asked there. */
void replies_forget(struct replies *r, const struct socket *socket);
/* How many went to peers that had left or did not read. */
uint64_t replies_lost(const struct replies *r);
