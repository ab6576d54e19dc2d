/* SPDX-License-Identifier: Apache-2.0 */
/* What whoever asked for a change is told when the store does not take it now. */
#pragma once
#include "protocol/answer.h"

/* error: of the ledger or the turn; then: what to do, the rest of a sentence. RETRY_BUSY while the store is locked or
 * away, else RETRY_STORAGE_FULL. */
enum reject_code reject_not_stored(struct rejection *ret_why, int error, const char *then);
