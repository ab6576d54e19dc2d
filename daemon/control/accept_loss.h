/* SPDX-License-Identifier: Apache-2.0 */
/* paminnd --accept-loss: a damaged store goes on with what is whole of it. */
#pragma once
#include "base/options.h"
#include "plan/plan.h"

/* Tell what is missing or damaged in the store that the options or the settings name, and let it go. What was done is
 * told on standard output; the exit code, with what is to be done about it in the log. */
int accept_loss(const struct options *o, const struct settings *settings);
