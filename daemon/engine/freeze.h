/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Papers are frozen: the report as it stands at that instant is kept for good, with its hash, and goes to who is
 * responsible for it. One that lacks a proposal waits for it; support is told once. When: obligation/freeze_time.h.
 */
#pragma once
#include "engine/engine.h"

/* Freeze what is due at now, at most `max` papers in this turn. *ret_more: there are more due; call again. 0 or a
 * negative errno. */
int freeze_due(struct engine *e, struct instant now, size_t max, bool *ret_more);
