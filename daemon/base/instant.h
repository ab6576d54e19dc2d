/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The kinds of time. Each is its own one-member struct, so mixing them does not compile:
 *   struct instant       a wall instant (protocol/rfc3339.h)
 *   struct civil_date    a calendar date without a zone (protocol/civil.h)
 *   struct time_of_day   minutes since midnight (protocol/civil.h)
 *   struct mono          an instant of the monotonic clock, comparable only with its like
 *   struct duration      a length of time
 */
#pragma once
#include <stdint.h>

#include "protocol/civil.h"
#include "protocol/rfc3339.h"

struct mono {
	int64_t us;
};
struct duration {
	int64_t us;
};

#define SECONDS(n) ((struct duration){ (int64_t)(n)*1000000 })
#define MINUTES(n) SECONDS(60 * (int64_t)(n))
#define HOURS(n) MINUTES(60 * (int64_t)(n))
#define DAYS(n) HOURS(24 * (int64_t)(n))

static inline struct instant instant_add(struct instant t, struct duration d)
{
	return (struct instant){ t.us + d.us };
}
static inline struct instant instant_min(struct instant a, struct instant b)
{
	return a.us < b.us ? a : b;
}
static inline struct instant instant_max(struct instant a, struct instant b)
{
	return a.us > b.us ? a : b;
}
static inline struct duration instant_since(struct instant later, struct instant earlier)
{
	return (struct duration){ later.us - earlier.us };
}
