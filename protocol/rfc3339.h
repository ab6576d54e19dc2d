/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A wall instant and its RFC 3339 text. The instant is absolute (UTC); what it is called locally
 * needs the zone, which daemon/base/zone knows.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

/* A wall instant: microseconds since 1970-01-01T00:00:00Z. INSTANT_NONE means "never". */
struct instant {
	int64_t us;
};
#define INSTANT_NONE ((struct instant){ INT64_MAX })

static inline bool instant_is_none(struct instant t)
{
	return t.us == INT64_MAX;
}
static inline int instant_compare(struct instant a, struct instant b)
{
	return (a.us > b.us) - (a.us < b.us);
}

#define RFC3339_TEXT 36 /* bytes of "YYYY-MM-DDTHH:MM:SS.uuuuuu+HH:MM" and its NUL */

/*
 * RFC 3339 § 5.6 with an offset ("Z", "+02:00"); a fraction of up to 9 digits is kept to
 * microseconds; the leap second :60 is taken as the next second. 0 or -EINVAL.
 */
int rfc3339_parse(const char *text, struct instant *ret);
/* At the given offset (minutes east of UTC); the fraction only when it is not zero. Returns out. */
char *rfc3339_format(struct instant t, int offset_minutes, char out[static RFC3339_TEXT]);
