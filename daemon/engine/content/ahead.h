/* SPDX-License-Identifier: Apache-2.0 */
/* What a message's content will ask of the ledger, asked ahead of it. */
#pragma once
#include "engine/engine.h"

/* These items are about to be loaded, in this transaction: nothing is done where it would gain nothing. */
int content_prefetch(struct engine *e, const struct item *items, size_t count);
