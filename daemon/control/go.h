/* SPDX-License-Identifier: Apache-2.0 */
/* The command go: a rehearsal's stand is moved on, and its sender waits until the clock has come there. */
#pragma once
#include "base/instant.h"
#include "protocol/answer.h"

/* Move the stand to the time in params (borrowed). REJECT_NONE and where it is; or a code with the
 * sentence, and the clock as before. The schedule is to be woken. */
enum reject_code go_begin(const json_t *params, struct instant *ret, struct rejection *ret_why);
/* Has the clock come to `stand`? */
bool go_is_there(struct instant stand);
/* The rows of the answer, a new reference: when it is. */
json_t *go_rows(void);
