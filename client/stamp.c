/* SPDX-License-Identifier: Apache-2.0 */
#include "client/stamp.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "client/need.h"
#include "protocol/civil.h"

#define SECOND INT64_C(1000000)

static struct instant now(void)
{
	struct timespec clock;

	clock_gettime(CLOCK_REALTIME, &clock);
	return (struct instant){ (int64_t)clock.tv_sec * SECOND + clock.tv_nsec / 1000 };
}

char *stamp_id(char out[static STAMP_ID])
{
	static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	unsigned __int128 value = (unsigned __int128)(uint64_t)(now().us / 1000) << 80;
	uint64_t random[2];

	/* Interrupted only before the first byte, and 16 bytes are never cut short. */
	while (getrandom(random, sizeof(random), 0) < 0)
		if (errno != EINTR)
			need(NULL);
	value |= (unsigned __int128)(random[0] & 0xffff) << 64 | random[1];
	for (int i = STAMP_ID - 2; i >= 0; i--, value >>= 5)
		out[i] = digits[value & 31];
	out[STAMP_ID - 1] = '\0';
	return out;
}

char *stamp_time(char out[static RFC3339_TEXT])
{
	struct instant at = now();
	time_t second = (time_t)(at.us / SECOND);
	struct tm local = { 0 };

	localtime_r(&second, &local);
	return rfc3339_format(at, (int)(local.tm_gmtoff / 60), out);
}

/* The instant of a local time; tm_isdst is tried both ways, since with -1 the answer in the hour that
 * comes twice depends on earlier calls. */
static bool local_instant(struct civil_date date, int hour, int minute, int second,
			  char out[static RFC3339_TEXT])
{
	for (int summer = 1; summer >= 0; summer--) {
		struct tm local = { .tm_hour = hour, .tm_min = minute, .tm_sec = second };
		time_t at;

		civil_to_ymd(date, &local.tm_year, &local.tm_mon, &local.tm_mday);
		local.tm_year -= 1900;
		local.tm_mon -= 1;
		local.tm_isdst = summer;
		at = mktime(&local);
		if (local.tm_isdst != summer && summer)
			continue;
		rfc3339_format((struct instant){ (int64_t)at * SECOND },
			       (int)(local.tm_gmtoff / 60), out);
		return true;
	}
	return false;
}

bool stamp_parse(const char *text, char out[static RFC3339_TEXT])
{
	char day[CIVIL_TEXT] = "", whole[RFC3339_TEXT];
	int hour, minute, second = 0, end = 0;
	struct civil_date date;
	struct instant instant;

	if (rfc3339_parse(text, &instant) == 0 && strlen(text) < RFC3339_TEXT) {
		strcpy(out, text);
		return true;
	}
	/* The grammar is RFC 3339's: with an offset (and seconds) added it has to be one. */
	if (snprintf(whole, sizeof(whole), "%s%sZ", text,
		     strlen(text) == strlen("2026-05-11T09:30") ? ":00" : "") >=
		    (int)sizeof(whole) ||
	    rfc3339_parse(whole, &instant) < 0)
		return false;
	strncpy(day, text, CIVIL_TEXT - 1);
	if (civil_parse(day, &date) < 0 ||
	    sscanf(text + CIVIL_TEXT, "%2d:%2d%n:%2d%n", &hour, &minute, &end, &second, &end) < 2 ||
	    text[CIVIL_TEXT + end] != '\0')
		return false;
	return local_instant(date, hour, minute, second, out);
}

char *stamp_source(const char *as)
{
	const struct passwd *user;

	if (as)
		return need_text("%s%s", *as == '/' ? "" : "/people/", as);
	user = getpwuid(getuid());
	return user ? need_text("/local/%s", user->pw_name)
		    : need_text("/local/%lu", (unsigned long)getuid());
}
