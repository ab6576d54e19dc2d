/* SPDX-License-Identifier: Apache-2.0 */
/* people: those of the plan in its order, with how much each owes and whether they are away. No addresses. */
#include "engine/inquiry/inquirer.h"

#include <errno.h>

#include "base/zone.h"
#include "engine/obligation/state.h"
#include "engine/outbox/absence.h"

struct owed {
	const struct inquiry *q;
	int open, late; /* late: of those that are open */
};

static int count_owed(void *userdata, const struct obligation *o)
{
	struct owed *owed = userdata;

	if (inquiry_is_owed(owed->q, o)) {
		owed->open++;
		owed->late += obligation_is_late(o, owed->q->now);
	}
	return 0;
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
	struct owed owed = { .q = q };
	int r = ledger_obligations_of_owner(q->e.ledger, p->id, zone_date(q->now), count_owed,
					    &owed);

	if (r < 0)
		return r;
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

/* One person a time: each has what they owe gone through. */
static int work_people(struct inquiry *q)
{
	const struct plan *plan = q->e.plan;
	const char *role = inquiry_text(q, "role");
	struct absences *absences = NULL;
	int r;

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

const struct inquirer inquirer_people = { NULL, work_people, NULL, NULL };
