/* SPDX-License-Identifier: Apache-2.0 */
/*
 * "Seen, answer by": what a person promises of what they were reminded of. See paminn-rules(7), Who
 * gets it.
 */
#pragma once
#include "engine/engine.h"

/* Of an obligation that is not closed: has this person been asked for it by now, in its round or, if they
 * owe it, in one before? 1 or 0. */
int promise_was_asked(struct engine *e, const struct obligation *o, struct person_id person,
		      struct instant now);
/* Take it down: their reminders that wait are moot, the steps are looked at anew. */
int promise_make(struct engine *e, struct obligation *o, const struct promise *p,
		 struct instant now);
/* The last day promised by anybody for an obligation, or CIVIL_NONE. */
struct civil_date promise_until(struct ledger *l, const struct obligation *o);
