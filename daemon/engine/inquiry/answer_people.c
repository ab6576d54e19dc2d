/* SPDX-License-Identifier: Apache-2.0 */
/*
 * people: those of the plan in its order, with how much each owes and whether they are away. No addresses.
 *
 * What is owed now is gone through once and counted for each; then a row is made for one person a slice.
 */
#include "engine/inquiry/inquirer.h"

#include <errno.h>
#include <stdlib.h>

#include "base/zone.h"
#include "engine/obligation/state.h"
#include "engine/outbox/absence.h"

#define PEOPLE_SLICE 100

struct owed {
	int open, late; /* late: of those that are open */
};
struct tally {
	bool counted;
	struct owed_scan scan;
	struct owed of[]; /* the plan's people */
};

static int begin_people(struct inquiry *q, struct rejection *ret_why)
{
	const size_t size = sizeof(*q->tally) + q->e.plan->person_count * sizeof(struct owed);

	(void)ret_why;
	q->tally = calloc(1, size);
	if (!q->tally)
		return -ENOMEM;
	q->tally->scan = (struct owed_scan){ .opened = q->now, .papers = CIVIL_NONE };
	return 0;
}

static void count(struct inquiry *q, const struct obligation *o)
{
	const struct person *owner = plan_person(q->e.plan, person_id(o->owner));
	struct owed *owed = owner ? &q->tally->of[owner - q->e.plan->people] : NULL;

	if (owed && inquiry_is_owed(q, o)) {
		owed->open++;
		owed->late += obligation_is_late(o, q->now);
	}
}

static int count_some(struct inquiry *q)
{
	struct obligation batch[PEOPLE_SLICE];
	const int found =
		ledger_obligations_owed(q->e.ledger, &q->tally->scan, batch, PEOPLE_SLICE);

	for (int i = 0; i < found; i++)
		count(q, &batch[i]);
	if (found >= 0)
		q->tally->counted = q->tally->scan.over;
	return found < 0 ? found : 1;
}

static json_t *channels_of(const struct person *p)
{
	json_t *names = json_array();

	for (size_t i = 0; i < p->channel_count; i++)
		json_array_append_new(names, json_string(p->channels[i]->name));
	return names;
}

static json_t *roles_of(const struct person *p)
{
	json_t *names = json_array();

	for (size_t i = 0; i < p->role_count; i++)
		json_array_append_new(names, json_string(p->roles[i]));
	return names;
}

static int add_person(struct inquiry *q, const struct absences *absences, const struct person *p)
{
	static const char *const languages[] = { [LANGUAGE_SV] = "sv", [LANGUAGE_EN] = "en" };
	const struct stand_in away = absences_find(absences, q->e.plan, p, zone_date(q->now));
	const struct owed owed = q->tally->of[p - q->e.plan->people];

	return json_array_append_new(
		       q->rows,
		       json_pack("{ss ss so so so ss so si si so so}", "person", p->id.text, "name",
				 p->name, "roles", roles_of(p), "manager",
				 inquiry_person(p->manager), "deputy", inquiry_person(p->deputy),
				 "language", languages[p->language], "channels", channels_of(p),
				 "owes", owed.open, "late", owed.late, "away_until",
				 away.absence ? json_date(away.until) : json_null(), "stands_in",
				 inquiry_person(away.absence ? away.to : NULL))) < 0
		       ? -ENOMEM
		       : 0;
}

static int work_people(struct inquiry *q)
{
	const struct plan *plan = q->e.plan;
	const char *role = inquiry_text(q, "role");
	struct absences *absences = NULL;
	int r;

	if (!q->tally->counted)
		return count_some(q);
	while (q->at < plan->person_count && role && !person_has_role(&plan->people[q->at], role))
		q->at++;
	if (q->at == plan->person_count)
		return 0;
	r = absences_new(&absences, &q->e, q->now);
	if (r >= 0)
		r = add_person(q, absences, &plan->people[q->at++]);
	absences_free(absences);
	return r < 0 ? r : 1;
}

const struct inquirer inquirer_people = { begin_people, work_people, NULL, NULL };
