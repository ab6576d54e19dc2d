/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Time passes: what is due becomes decisions, and decisions become messages. Contracts § 3 "Steps",
 * "Who gets it", "When".
 */
#pragma once
#include "engine/engine.h"

/*
 * Decide what is due at now, at most `max` obligations and deadlines in this turn. *ret_more: there is
 * more due; call again in the next turn, before anything leaves.
 */
int remind_due(struct engine *e, struct instant now, size_t max, bool *ret_more);

/* What time alone changes in a deadline that wants a look. */
int remind_deadline(struct engine *e, struct deadline_row *row, struct instant now);
