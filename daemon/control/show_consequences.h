/* SPDX-License-Identifier: Apache-2.0 */
/* The answer to `consequences`: what would follow from an event if this peer sent it. */
#pragma once
#include "engine/consequences.h"
#include "gate/access.h"

/* params as the query's. REJECT_NONE and *ret, to be worked on; or the code, with the sentence. */
enum reject_code begin_consequences(struct engine *e, const struct peer *peer, const json_t *params,
				    struct foretelling **ret, struct rejection *ret_why);
/* When it is done. A new reference; NULL when there is no memory for it. */
json_t *show_consequences(const struct foretelling *f);
