/* SPDX-License-Identifier: Apache-2.0 */
#include "control/rehearsal.h"

#include <sysexits.h>

#include "base/clock.h"
#include "base/log.h"
#include "control/heartbeat.h"
#include "plan/calendar.h"

int rehearsal_check(const struct options *o)
{
	if (!o->rehearsal ||
	    (calendar_in_range(o->start.date) && (!o->stands || calendar_in_range(o->stand.date))))
		return 0;
	log_error("--clock: a rehearsal reaches from %d to %d, as far as holidays are known",
		  CALENDAR_FIRST_YEAR, CALENDAR_LAST_YEAR);
	return EX_USAGE;
}

int rehearsal_begin(const struct options *o, struct ledger *ledger)
{
	struct instant last = INSTANT_NONE, start;
	int r;

	if (!o->rehearsal)
		return 0;
	r = heartbeat_last(ledger, &last);
	if (r < 0)
		return r;
	start = options_start(o);
	if (!instant_is_none(last))
		start = instant_max(start, last);
	clock_rehearse(start, o->speed);
	clock_stand(options_stand(o));
	return 0;
}
