/* SPDX-License-Identifier: Apache-2.0 */
/* paminnd --move-store: a store moved into another place, and verified there. */
#pragma once
#include "base/options.h"
#include "plan/plan.h"

/*
 * Move the store that the options name; the password of one in PostgreSQL is that of the settings. What is being done is
 * told in the log, what was done on standard output; the exit code, with what is to be done about it in the log.
 */
int move_store(const struct options *o, const struct settings *settings);
