/* SPDX-License-Identifier: Apache-2.0 */
/* The words that templates can't hold, in both languages: dates, steps, amounts, statuses. */
#pragma once
#include "plan/plan.h"
#include "protocol/event.h"

#define CATALOGUE_DATE 48
#define CATALOGUE_STEP 96
#define CATALOGUE_AMOUNT 48

/* "onsdag 13 maj 2026", "Wednesday 13 May 2026". Returns out. */
char *catalogue_date(enum language language, struct civil_date d, char out[static CATALOGUE_DATE]);
/* Without the weekday, for where it must be short: "13 maj 2026". Returns out. */
char *catalogue_day(enum language language, struct civil_date d, char out[static CATALOGUE_DATE]);
/*
 * When a ladder's step comes: "10 arbetsdagar före sista dagen". papers: what is handed in are the
 * papers for a meeting. Returns out.
 */
char *catalogue_step(enum language language, struct offset step, bool papers,
		     char out[static CATALOGUE_STEP]);
/* Whole kronor, grouped with no-break spaces (sv) or commas (en): "12 000 000 kr". Returns out. */
char *catalogue_amount(enum language language, int64_t amount, char out[static CATALOGUE_AMOUNT]);
/* "enligt plan"; not for STATUS_NONE. */
/* "the full-year forecast": what a status may tell. */
const char *catalogue_field(enum language language, enum status_field field);
const char *catalogue_status(enum language language, enum measure_status status);
/* "och", "and": before the last of several names. */
const char *catalogue_and(enum language language);
