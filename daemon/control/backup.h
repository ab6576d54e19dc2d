/* SPDX-License-Identifier: Apache-2.0 */
/* The command backup: a whole copy of the store, made beside all else that the loop does. */
#pragma once
#include "engine/engine.h"
#include "ledger/copy.h"
#include "protocol/answer.h"

/* Begin COMMAND_BACKUP with these params (borrowed). REJECT_NONE, or a code with the sentence. */
enum reject_code backup_begin(struct ledger_copy **ret, struct engine *e, const json_t *params,
			      struct rejection *ret_why);
/* What a copy could not be made for; the code. */
enum reject_code backup_failed(int error, const json_t *params, struct rejection *ret_why);
/* The rows of the answer, a new reference: the file and its bytes. */
json_t *backup_rows(const struct ledger_copy *c, const json_t *params);
