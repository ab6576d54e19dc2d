/* SPDX-License-Identifier: Apache-2.0 */
/* What follows from a delivery's result; inside the turn that records it. */
#pragma once
#include "engine/engine.h"

/* The server or channel accepted it: owners count as asked and reached. */
int result_accepted(struct engine *e, const struct message *m, struct instant now);
/* It was refused for good, expired, or is held: support is told whom it did not reach and why. */
int result_unreached(struct engine *e, const struct message *m, struct instant now);
/* The channel's server wants no more messages: the stewards are told. */
int result_gone(struct engine *e, const char *channel, struct instant now);
