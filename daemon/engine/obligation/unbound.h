/* SPDX-License-Identifier: Apache-2.0 */
/* A deadline whose meeting never came: its month is over, and no meeting was made known. */
#pragma once
#include "engine/outbox/sink.h"

/* Support hears of it, once: the row remembers. What is closed or bound, or told already, is left. */
int unbound_tell(struct sink *sink, const struct deadline *d, struct deadline_row *row);
