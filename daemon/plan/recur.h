/* SPDX-License-Identifier: Apache-2.0 */
/* Recurrence rules (RFC 5545 § 3.3.10). Pure; contracts § 3 "Recurrence". */
#pragma once
#include <stddef.h>

#include "protocol/civil.h"

#define RECUR_DATES_MAX 5000 /* of one rule until 2100: one that has more is refused */

/*
 * The dates of "FREQ=MONTHLY;BYMONTHDAY=-1" from `start` (its DTSTART) on, ascending, until 2100 at
 * most, into out (RECUR_DATES_MAX of them). Returns how many, at least 1; or 0 with what is wrong,
 * the rest of a sentence that begins with the rule, in *ret_wrong.
 */
size_t recur_dates(const char *rule, struct civil_date start, struct civil_date *out,
		   const char **ret_wrong);
