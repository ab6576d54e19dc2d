/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Time passes: what is due becomes decisions, and decisions become messages. See paminn-rules(7),
 * Steps, Who gets it and When.
 */
#pragma once
#include "engine/engine.h"

/*
 * Decide what is due at now, at most `max` series, deadlines, obligations and lights in this turn. *ret_more: there is
 * more due; call again in the next turn, before anything leaves.
 */
int remind_due(struct engine *e, struct instant now, size_t max, bool *ret_more);

/* What time alone changes in a series that is due: it goes on. */
int remind_series(struct engine *e, struct series_row *row, struct instant now);
/* ... in a deadline: the month of its meeting is over, and the meeting never came. */
int remind_deadline(struct engine *e, struct deadline_row *row, struct instant now);
