/* SPDX-License-Identifier: Apache-2.0 */
/* The end of a --check: how many warnings, the dates worked out, and the first morning. */
#pragma once
#include <stdio.h>

#include "plan/plan.h"

/*
 * Adopt the plan in a store of its own in memory at now and print, as text, how many warnings reading
 * it gave; for each deadline its dates and how many it asks; and what the first day with anything to
 * send would send: when, to whom, what about. Returns 0, a negative errno, or a positive number of
 * faults, printed instead, that only show against the meetings known.
 */
int check_end(struct plan *plan, size_t warnings, struct instant now, const char *config,
	      FILE *out);
