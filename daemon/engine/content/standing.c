/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/content/standing.h"

#include "base/zone.h"
#include "engine/obligation/promise.h"
#include "engine/outbox/absence.h"

int content_standing(struct engine *e, const struct obligation *o, const struct person *stands_for,
		     struct instant now, struct content_item *item)
{
	const struct civil_date today = zone_date(now);
	const struct civil_date promised = promise_until(e->ledger, o);
	struct absences *absences;
	struct stand_in away;
	int r;

	if (!civil_is_none(promised) && civil_compare(promised, today) < 0)
		item->promised_by = promised;
	if (!stands_for)
		return 0;
	r = absences_new(&absences, e, now);
	if (r < 0)
		return r;
	away = absences_find(absences, e->plan, stands_for, today);
	if (away.absence)
		item->away_until = away.until;
	absences_free(absences);
	return 0;
}
