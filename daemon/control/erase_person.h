/* SPDX-License-Identifier: Apache-2.0 */
/* The command erase: a person's traces go from the store's rows, then from its files. */
#pragma once
#include "engine/engine.h"
#include "protocol/answer.h"

/* Carry out COMMAND_ERASE with these params (borrowed), of `by` (NULL: nobody of the plan), in a turn of its own. REJECT_NONE
 * with the row of the answer, a new reference; or a code with the sentence, and nothing was done. */
enum reject_code erase_begin(struct engine *e, const json_t *params, const struct person *by,
			     json_t **ret_row, struct rejection *ret_why);
/* Then, until it no longer returns -EBUSY: the files. 0; another negative errno when that failed, and for -ENOSPC and what
 * ends the use of the store the sentence. */
int erase_files(struct engine *e, struct rejection *ret_why);
