/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A copy of the whole store in a file, a store itself, made a piece at a time while the store is written to: a
 * snapshot of the moment at which it was begun. The file is there only when it is whole and on the disk; until
 * then it is beside, as FILE.part.
 */
#pragma once
#include <stdint.h>

#include "base/instant.h"

struct ledger;
struct ledger_copy;

/* Begin. l is borrowed and outlives it. path is absolute. 0, or a negative errno: -EEXIST when something
 * of that name is there, which is never overwritten. */
int ledger_copy_new(struct ledger_copy **ret, struct ledger *l, const char *path);
/* Go on for about `budget`: 1 there is more, 0 it is whole, or a negative errno. */
int ledger_copy_work(struct ledger_copy *c, struct duration budget);
int64_t ledger_copy_bytes(const struct ledger_copy *c);
/* One that is not whole leaves nothing behind. */
struct ledger_copy *ledger_copy_free(struct ledger_copy *c);
