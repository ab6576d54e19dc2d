/* SPDX-License-Identifier: Apache-2.0 */
/* From an event to what follows from it; all inside the turn's transaction. */
#pragma once
#include "engine/engine.h"
#include "protocol/event.h"

/*
 * Apply an event whose envelope and data are decoded, whose speaker may say it, and which is no
 * duplicate: check its subject, append it to the log, change what it changes.
 * Returns 0 and the seq, and in ret_missing (a new reference, or NULL) the deadlines that a status does
 * not answer for want of what they require, [{"deadline","fields"}]; a positive enum reject_code with the sentence in ret_why, nothing changed;
 * or a negative errno.
 */
int apply_event(struct engine *e, const struct event *event, struct instant now, int64_t *ret_seq,
		json_t **ret_missing, struct rejection *ret_why);
