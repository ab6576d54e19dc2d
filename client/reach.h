/* SPDX-License-Identifier: Apache-2.0 */
/* Reaching the daemon, and what becomes of events when it can't be reached. */
#pragma once
#include "client/batch.h"
#include "client/command.h"
#include "client/connection.h"

/* Connect to the call's server, then send what is kept for it: 0, or as connection_open. What was kept
 * is reported on standard error. */
int reach(const struct call *call, struct connection **ret);
/* Is it an errno of reach that the person has to see to, so that keeping events would not help? */
bool reach_is_final(int error);
/* Say on standard error why the daemon was not reached; the exit code that goes with it. */
int reach_fault(const struct call *call, int error);

/* Keep those events of the batch whose answer is retry, or all without answers, stamped with the time.
 * How many, or a negative errno. */
int reach_keep(const struct call *call, const struct batch *b, const json_t *answers);
