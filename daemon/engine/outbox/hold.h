/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Nothing leaves while hold is on, but for links to sign in and the message by which every steward hears, once, that it
 * is: within open hours, as others. When it ends they hear that too, and how much leaves now; but not of one that ended
 * before they had been told.
 */
#pragma once
#include "engine/engine.h"

/* Put it on, or end it: by this person, NULL for somebody who is not in the plan. As it is already: nothing happens.
 * Within a turn: 0 or a negative errno. */
int hold_set(struct engine *e, bool on, const struct person *by, struct instant now);
