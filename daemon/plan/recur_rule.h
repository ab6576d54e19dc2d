/* SPDX-License-Identifier: Apache-2.0 */
/* A recurrence rule, read: what recur_rule.c makes of its text for recur.c, which counts its dates. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "plan/recur.h"

/* A set of numbers 1..366, and of numbers counted from the end, -1..-366. */
#define NUMBERS_MAX 366
struct numbers {
	bool any;
	uint64_t from_start[NUMBERS_MAX / 64 + 1], from_end[NUMBERS_MAX / 64 + 1];
};
/* n: not 0. */
void numbers_add(struct numbers *set, int n);
/* Is it number n of `of`, counted from either end? */
bool numbers_have(const struct numbers *set, int n, int of);

enum frequency { DAILY, WEEKLY, MONTHLY, YEARLY };

struct rule {
	enum frequency frequency;
	int interval;
	int count;		 /* 0: without end */
	struct civil_date until; /* CIVIL_NONE: without end */
	enum weekday week_start;
	struct numbers months, month_days, year_days, weeks, places; /* places: BYSETPOS */
	unsigned weekdays;					     /* bits 1 << enum weekday */
	struct numbers nth[7]; /* of each weekday: of the month or year */
	bool names_nth;
};

/* False: what is wrong, in `wrong`, as the rest of a sentence that begins with the rule. */
bool rule_read(struct rule *ret, const char *text, char wrong[static RECUR_FAULT]);
