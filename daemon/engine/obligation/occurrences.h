/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How occurrences are created, follow their meetings and are superseded. See paminn-rules(7),
 * Recurrence.
 */
#pragma once
#include "engine/obligation/create.h"
#include "engine/obligation/series.h"

/*
 * Bring a series up to now: what comes is created, what is over is superseded, and the
 * series' row says when to look again.
 */
int occurrences_update(struct engine *e, const struct deadline *series, struct instant now,
		       struct create_count *tally);
/*
 * The body's meetings have changed: a moved one moves its occurrence, a closed one too; a cancelled one withdraws it
 * while nobody has been asked; else it is provisional again. Then look. *moved is added to.
 */
int occurrences_follow_meetings(struct engine *e, const struct deadline *series, struct instant now,
				size_t *moved, struct create_count *tally);
/* The first of that: withdraw what nobody has been asked for and whose meeting was cancelled. */
int occurrences_cancel(struct engine *e, const struct deadline *series, struct instant now,
		       struct create_count *tally);
