/* SPDX-License-Identifier: Apache-2.0 */
/* The one local zone: what an instant is called here. Set once, before any thread. */
#pragma once
#include <stdbool.h>

#include "base/instant.h"

/* An IANA name ("Europe/Stockholm"). 0; 1 when the system has no such zone; or a negative errno.
 * The one that is set stays as it is: its rules are not read again. */
int zone_set(const char *name);
/* Has the system a zone of this name? */
bool zone_exists(const char *name);
/* What was set, NULL before that. */
const char *zone_name(void);

/* The local date and time of day at t; either output may be NULL. */
void zone_civil(struct instant t, struct civil_date *ret_date, struct time_of_day *ret_time);
struct civil_date zone_date(struct instant t);
int zone_year(struct instant t);
/*
 * The instant of a local date and time (24:00, minute 1440, is the midnight that ends the date). In
 * the spring gap the first instant after it, in the autumn fold the first of the two; never depends
 * on an earlier call.
 */
struct instant zone_instant(struct civil_date date, struct time_of_day time);
struct instant zone_local(struct local_time local);
/* Midnight at the start of date. */
struct instant zone_midnight(struct civil_date date);
/* RFC 3339, or a local time without an offset, as civil_parse_local; 0 or -EINVAL. */
int zone_parse(const char *text, struct instant *ret);
/* RFC 3339 with the local offset at t. Returns out. */
char *zone_format(struct instant t, char out[static RFC3339_TEXT]);
/* The same to the second, for people. */
char *zone_format_second(struct instant t, char out[static RFC3339_TEXT]);
