/* SPDX-License-Identifier: Apache-2.0 */
/* What an absence had sent another way, once it is no more. paminn-rules(7) "Who gets it". */
#pragma once
#include "engine/outbox/post.h"

/* What waits for somebody in this person's place goes back to them, or to who stands in now. */
int divert_back(struct engine *e, const struct absences *absences, const struct person *person,
		struct instant now);
