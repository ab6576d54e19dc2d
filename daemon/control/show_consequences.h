/* SPDX-License-Identifier: Apache-2.0 */
/* The answer to `consequences`: what would follow from an event if this peer sent it. */
#pragma once
#include "engine/engine.h"
#include "gate/access.h"

/* params as the query's. A new reference; NULL when there is no memory for it. */
json_t *show_consequences(struct engine *e, const struct peer *peer, const json_t *params);
