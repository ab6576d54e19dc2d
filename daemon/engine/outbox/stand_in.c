/* SPDX-License-Identifier: Apache-2.0 */
/*
 * People may be away when something is posted to them: then it goes to who stands in, or is held until
 * they are back, and their manager (without one: support) is told of that once an absence. So telling is
 * posting again; of a manager who is away as well nobody is told.
 */
#include "engine/outbox/post.h"

#include <errno.h>
#include <string.h>

#include "base/zone.h"
#include "engine/outbox/absence.h"

int resolve_absences(struct engine *e, const struct recipient_list *to, struct instant now,
		     struct recipient_list *ret)
{
	struct civil_date day = zone_date(calendar_next_open(e->plan->calendar, now));
	struct absences *absences = NULL;
	int r = absences_new(&absences, e, now);

	for (size_t i = 0; r >= 0 && i < to->count; i++) {
		struct recipient one = to->list[i];
		struct stand_in away = absences_find(absences, e->plan, one.person, day);

		if (away.to)
			one.person = away.to;
		recipient_add_one(ret, one);
	}
	absences_free(absences);
	return r < 0 ? r : 0;
}

struct instant resume_instant(const struct plan *plan, const struct stand_in *away)
{
	return calendar_next_open(plan->calendar, zone_midnight(away->back));
}

/* ---- telling the manager ----------------------------------------------------------------------- */

void absence_notice_to(struct engine *e, const struct person *person, struct recipient_list *to)
{
	if (person->manager)
		recipient_add_one(to, (struct recipient){ .person = person->manager });
	else
		recipient_add_support(to, e->plan);
}

static int tell(struct engine *e, const struct person *person, const struct stand_in *away,
		const struct item *about, struct instant now)
{
	char from[CIVIL_TEXT], until[CIVIL_TEXT], back[CIVIL_TEXT];
	struct recipient_list to = { .count = 0 };
	struct item item = { .obligation = about->obligation, .what = ITEM_ABSENT };
	json_t *detail =
		json_pack("{ss ss ss ss}", "person", person->id, "from",
			  civil_format(away->from, from), "until", civil_format(away->until, until),
			  "held_until", civil_format(away->back, back));

	memcpy(item.deadline, about->deadline, sizeof(item.deadline));
	memcpy(item.measure, about->measure, sizeof(item.measure));
	absence_notice_to(e, person, &to);
	return post_with_detail(e, &to, &item, detail, now);
}

int post_tell_held_step(struct engine *e, const struct person *person, const struct stand_in *away,
			const struct obligation *o, struct instant now)
{
	struct item about = { .obligation = o->id };
	int r = ledger_tell_absence(e->ledger, away->absence, o->id, 0);

	memcpy(about.deadline, o->deadline, sizeof(about.deadline));
	memcpy(about.measure, o->measure, sizeof(about.measure));
	return r <= 0 ? r : tell(e, person, away, &about, now);
}

int post_tell_held_item(struct engine *e, const struct person *person, const struct stand_in *away,
			const struct item *item, struct instant now)
{
	int kind = (int)item_kind((enum item_what)item->what), r;

	/* Not of such a telling itself, nor of what concerns no deadline or measure. */
	if (item->what == ITEM_ABSENT || (!item->deadline[0] && !item->measure[0]))
		return 0;
	r = ledger_tell_absence(e->ledger, away->absence, 0, kind);
	return r <= 0 ? r : tell(e, person, away, item, now);
}

/* ---- to all ------------------------------------------------------------------------------------ */

/* It waits for somebody who is away, and their manager hears of it. */
static int post_held(struct engine *e, const struct person *person, const struct stand_in *away,
		     const struct item *item, struct instant now)
{
	int r = post_item(e, (struct recipient){ .person = person }, item,
			  resume_instant(e->plan, away), now, NULL);

	return r < 0 ? r : post_tell_held_item(e, person, away, item, now);
}

int post_to_all(struct engine *e, const struct recipient_list *to, const struct item *item,
		struct instant now)
{
	struct instant open = calendar_next_open(e->plan->calendar, now);
	struct recipient_list there = { .count = 0 };
	struct absences *absences = NULL;
	int r = absences_new(&absences, e, now);

	for (size_t i = 0; r >= 0 && i < to->count; i++) {
		struct stand_in away =
			absences_find(absences, e->plan, to->list[i].person, zone_date(open));

		if (!away.absence)
			recipient_add_one(&there, to->list[i]);
		else if (away.to)
			recipient_add_one(&there, (struct recipient){ .person = away.to });
		else
			r = post_held(e, to->list[i].person, &away, item, now);
	}
	for (size_t i = 0; r >= 0 && i < there.count; i++)
		r = post_item(e, there.list[i], item, open, now, NULL);
	absences_free(absences);
	return r < 0 ? r : 0;
}

int post_with_detail(struct engine *e, const struct recipient_list *to, const struct item *item,
		     json_t *detail, struct instant now)
{
	struct item detailed = *item;
	int r;

	detailed.detail = detail ? json_dumps(detail, JSON_COMPACT) : NULL;
	json_decref(detail);
	if (!detailed.detail)
		return -ENOMEM;
	r = post_to_all(e, to, &detailed, now);
	item_done(&detailed);
	return r;
}
