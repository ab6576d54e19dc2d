/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A write-ahead log as a crash has left it, looked at before SQLite recovers it. SQLite takes the first frame whose
 * checksum does not hold for the end of the log, since a loss of power may leave such an end; where the disk has changed
 * a bit in the middle, all that was committed after it would vanish without a word.
 */
#pragma once
#include <limits.h>
#include <stdint.h>

#include "ledger/sqlite_mark.h"

struct sqlite_log {
	uint32_t salt[2]; /* of its frames; both 0: there is no log */
	uint32_t valid;	  /* frames up to the end of the last transaction that is whole */
	uint32_t lost;	  /* frames of this log behind them that were committed */
	bool is_damaged;  /* they can't be what a loss of power has left */
};
/* Look at the log of the store at path, which nobody has open. mark: what was kept of it. 0 or a negative errno. */
int sqlite_log_read(const char *path, const struct sqlite_mark *mark, struct sqlite_log *ret);
/* The salt of a log that is in use, or 0 both. */
void sqlite_log_salt(const char *path, uint32_t ret[static 2]);
