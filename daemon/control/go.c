/* SPDX-License-Identifier: Apache-2.0 */
#include "control/go.h"

#include "base/clock.h"
#include "base/zone.h"
#include "plan/calendar.h"

enum reject_code go_begin(const json_t *params, struct instant *ret, struct rejection *ret_why)
{
	const char *text = json_string_value(json_object_get(params, "time"));
	struct instant now = clock_now(), stand;
	char shown[RFC3339_TEXT];

	if (!clock_is_rehearsal())
		return reject(
			ret_why, REJECT_NOT_ALLOWED,
			"this daemon runs in real time: only a rehearsal, started with --clock, "
			"can be told when to stand");
	if (zone_parse(text, &stand) < 0)
		return reject(ret_why, REJECT_BAD_DATA, "\"%s\" is no time", text);
	if (instant_compare(stand, now) < 0)
		return reject(ret_why, REJECT_BAD_DATA,
			      "the rehearsal is past %s already: it is %s there", text,
			      zone_format_second(now, shown));
	if (!calendar_in_range(zone_date(stand)))
		return reject(ret_why, REJECT_BAD_DATA,
			      "a rehearsal reaches to the end of %d, as far as holidays are known",
			      CALENDAR_LAST_YEAR);
	clock_stand(stand);
	*ret = stand;
	return REJECT_NONE;
}

bool go_is_there(struct instant stand)
{
	return instant_compare(clock_now(), stand) >= 0;
}

json_t *go_rows(void)
{
	char now[RFC3339_TEXT];

	return json_pack("[{s:s}]", "time", zone_format_second(clock_now(), now));
}
