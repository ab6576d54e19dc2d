/* SPDX-License-Identifier: Apache-2.0 */
#include "base/zone.h"
#include "engine/preview/internal.h"

#define DAYS_AWAY 11 /* of an absence */
#define HOURS_ON 3   /* of a hold that has ended */
#define WAITED 4     /* and what waited for its end, or for that of an absence */
#define PASSED 2     /* what went to who stood in */

static json_t *date_json(struct civil_date d)
{
	char text[CIVIL_TEXT];

	return json_string(civil_format(d, text));
}

static struct civil_date back_after(const struct previewing *p, struct civil_date until)
{
	return calendar_forward(p->e->plan->calendar, civil_add(until, 1));
}

json_t *preview_absent_detail(const struct previewing *p)
{
	const struct civil_date from = zone_date(p->now), until = civil_add(from, DAYS_AWAY);

	return json_pack("{ss so so so}", "person", preview_owes(p), "from", date_json(from),
			 "until", date_json(until), "held_until", date_json(back_after(p, until)));
}

json_t *preview_away_detail(const struct previewing *p)
{
	const struct civil_date from = zone_date(p->now), until = civil_add(from, DAYS_AWAY);
	const struct person *owes = plan_person(p->e->plan, person_id(preview_owes(p)));
	const struct person *deputy = owes ? owes->deputy : NULL;

	return json_pack("{sb ss so so ss* so*}", "away", 1, "person", preview_owes(p), "from",
			 date_json(from), "until", date_json(until), "deputy",
			 deputy ? deputy->id.text : NULL, "held_until",
			 deputy ? NULL : date_json(back_after(p, until)));
}

json_t *preview_back_detail(const struct previewing *p)
{
	const struct civil_date until = civil_add(zone_date(p->now), -1);
	const struct person *owes = plan_person(p->e->plan, person_id(preview_owes(p)));
	const bool deputy = owes && owes->deputy;

	return json_pack("{sb ss so so si si}", "away", 0, "person", preview_owes(p), "from",
			 date_json(civil_add(until, -DAYS_AWAY)), "until", date_json(until),
			 "waited", deputy ? 0 : WAITED, "passed", deputy ? PASSED : 0);
}

static json_t *hold(const struct previewing *p, struct instant since, bool on)
{
	char begun[RFC3339_TEXT], ended[RFC3339_TEXT];

	return json_pack("{sb ss ss* so*}", "on", on, "since", zone_format(since, begun), "until",
			 on ? NULL : zone_format(p->now, ended), "waits",
			 on ? NULL : json_integer(WAITED));
}

json_t *preview_hold_detail(const struct previewing *p)
{
	return hold(p, p->now, true);
}

json_t *preview_hold_ended_detail(const struct previewing *p)
{
	return hold(p, instant_add(p->now, (struct duration){ -HOURS(HOURS_ON).us }), false);
}
