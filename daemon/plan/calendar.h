/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Working days. A day is closed when it is a Saturday or Sunday, a Swedish public holiday or an eve
 * closed like one (plan/holiday.h), or closed locally. Immutable once built; valid 2005-01-01 to
 * 2100-12-31; dates outside are clamped to those ends.
 */
#pragma once
#include <stdbool.h>

#include "base/instant.h"

/* Years that the holidays are known for. */
#define CALENDAR_FIRST_YEAR 2005
#define CALENDAR_LAST_YEAR 2100

struct calendar;

struct date_range {
	struct civil_date from, until; /* inclusive */
};
struct calendar_settings {
	const struct date_range *closed;
	size_t closed_count;
	bool half_days;			  /* do the customary half days close at 12:00? */
	struct time_of_day opens, closes; /* open hours of a working day: [opens, closes) */
};

/* A number of working days (wd) or calendar days (d), signed: "-10wd", "+3d", "0". */
struct offset {
	int days;
	bool workdays;
};

/* 0, -ENOMEM, or -ERANGE when the closed ranges leave no working day at all. */
int calendar_new(struct calendar **ret, const struct calendar_settings *settings);
struct calendar *calendar_free(struct calendar *c);

bool calendar_in_range(struct civil_date d);
bool calendar_is_workday(const struct calendar *c, struct civil_date d);
/* A working day between two closed ones (klämdag). */
bool calendar_is_squeeze(const struct calendar *c, struct civil_date d);
/* A working day that closes at 12:00 here. */
bool calendar_is_half(const struct calendar *c, struct civil_date d);
/* The last working day on or before d; the first on or after d. */
struct civil_date calendar_back(const struct calendar *c, struct civil_date d);
struct civil_date calendar_forward(const struct calendar *c, struct civil_date d);
/*
 * d moved by an offset. Working days: the n-th working day strictly after (or before) d; n = 0 is d
 * itself. Calendar days: d + n, then rolled back when n ≤ 0 and forward when n > 0.
 */
struct civil_date calendar_move(const struct calendar *c, struct civil_date d, struct offset by);
/* Working days in (a, b]; negative when b is before a. */
int calendar_workdays(const struct calendar *c, struct civil_date a, struct civil_date b);
/* The last working day of a month. */
struct civil_date calendar_month_end(const struct calendar *c, int year, int month);
/* The last working day not after d that is not a squeeze day. */
struct civil_date calendar_practical(const struct calendar *c, struct civil_date d);
/* The first open instant that is not before t: t itself within open hours. */
struct instant calendar_next_open(const struct calendar *c, struct instant t);
/* The last closing before the day d: from then on the next opening is not before d. */
struct instant calendar_last_close(const struct calendar *c, struct civil_date d);

/* "-10wd", "+5d", "0"; sign optional where both senses are clear. 0 or -EINVAL; at most ±400. */
int offset_parse(const char *text, struct offset *ret);
/* Are they in the same unit, so that they can be added and compared? 0 is in either. */
bool offset_same_unit(struct offset a, struct offset b);
/* How long it is without any holiday, for a comparison of both units: in fifths of a calendar day, of which
 * five working days are seven. */
int offset_rough(struct offset offset);
