/* SPDX-License-Identifier: Apache-2.0 */
/* What a plan would do on its first morning: the end of a good --check. */
#pragma once
#include <stdio.h>

#include "plan/plan.h"

/*
 * Adopt the plan in a store of its own in memory at now and print, as text, what the first day with
 * anything to send would send: when, to whom, what about. Returns 0, a negative errno, or a positive
 * number of faults, printed instead, that only show against the meetings known.
 */
int check_first_morning(struct plan *plan, struct instant now, FILE *out);
