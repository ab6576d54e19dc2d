/* SPDX-License-Identifier: Apache-2.0 */
/* A KIND_FORWARD: the reply that it passes on is a row of the ledger's, with its bytes until they are not needed. */
#pragma once
#include "engine/engine.h"

/* The number of that row, 0: there is none; or a negative errno. */
int64_t forwarded_incoming(struct engine *e, const struct message *m);
/*
 * An attempt has ended, of this message or of any other: forget the bytes of what never leaves again. What was accepted
 * may come back for some days, and is kept for them. Within the turn. 0 or a negative errno.
 */
int forwarded_forget(struct engine *e, const struct message *m, struct instant now);
