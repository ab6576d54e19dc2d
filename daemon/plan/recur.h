/* SPDX-License-Identifier: Apache-2.0 */
/* Recurrence rules (RFC 5545 § 3.3.10) and their dates. Pure. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "protocol/civil.h"

#define RECUR_FAULT 200

/* A rule, where it starts, and those of its dates that somebody has asked for. */
struct recurrence;

/*
 * The rule "FREQ=MONTHLY;BYMONTHDAY=-1" from `start`, its DTSTART, on. Returns 0 with *ret set; 1 when
 * it is no rule or has no date until 2100, with what is wrong in `wrong`, as the rest of a sentence that
 * begins with the rule; or -ENOMEM.
 */
int recurrence_new(struct recurrence **ret, const char *rule, struct civil_date start,
		   char wrong[static RECUR_FAULT]);
struct recurrence *recurrence_free(struct recurrence *r);
/* Was it made of this? */
bool recurrence_is(const struct recurrence *r, const char *rule, struct civil_date start);
/*
 * Its dates, ascending: all until `until`, and at least one beyond unless the rule or the year 2100
 * ends before that. *ret_dates is borrowed until the next call. 0 or -ENOMEM.
 */
int recurrence_until(struct recurrence *r, struct civil_date until,
		     const struct civil_date **ret_dates, size_t *ret_count);
/* Is it one of its dates? 0 or -ENOMEM. */
int recurrence_has(struct recurrence *r, struct civil_date date, bool *ret_has);
