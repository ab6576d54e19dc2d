/* SPDX-License-Identifier: Apache-2.0 */
/* The words that templates can't hold, in both languages: dates, steps, amounts, statuses. */
#pragma once
#include "plan/plan.h"
#include "protocol/event.h"

#define CATALOGUE_DATE 64
#define CATALOGUE_STEP 96
#define CATALOGUE_AMOUNT 48

/* "onsdag 13 maj 2026", "Wednesday 13 May 2026". Returns out. */
char *catalogue_date(enum language language, struct civil_date d, char out[static CATALOGUE_DATE]);
/* Without the weekday, for where it must be short: "13 maj 2026". Returns out. */
char *catalogue_day(enum language language, struct civil_date d, char out[static CATALOGUE_DATE]);
/* Add a time of day to either: "tisdag 5 maj 2026 kl. 14.00"; nothing for TIME_OF_DAY_NONE. Returns
 * date. */
char *catalogue_add_time(enum language language, struct time_of_day time,
			 char date[static CATALOGUE_DATE]);
/*
 * When a ladder's step comes: "10 arbetsdagar före sista dagen". papers: what is handed in are the
 * papers for a meeting. Returns out.
 */
char *catalogue_step(enum language language, struct offset step, bool papers,
		     char out[static CATALOGUE_STEP]);
/* Whole kronor, grouped with no-break spaces (sv) or commas (en): "12 000 000 kr". Returns out. */
char *catalogue_amount(enum language language, int64_t amount, char out[static CATALOGUE_AMOUNT]);
/* "the full-year forecast": what a status may tell. */
const char *catalogue_field(enum language language, enum status_field field);
/* "enligt plan"; not for STATUS_NONE. */
const char *catalogue_status(enum language language, enum measure_status status);
/* "och", "and": before the last of several names. */
const char *catalogue_and(enum language language);
/* "dig", "you": the reader among others to whom something goes. */
const char *catalogue_you(enum language language);
#define CATALOGUE_MORE 40
/* "3 till", "3 more". Returns out. */
char *catalogue_more(enum language language, size_t count, char out[static CATALOGUE_MORE]);
