/* SPDX-License-Identifier: Apache-2.0 */
/* May a query or a command be answered? What access.h says, and of a command about a message what that is about. */
#pragma once
#include "engine/engine.h"
#include "gate/access.h"

/* REJECT_NONE, or the code with the sentence. params have been judged by request_parse or request_check. */
enum reject_code admit_request(struct engine *e, const struct peer *peer, enum request which,
			       const json_t *params, struct rejection *ret_why);
