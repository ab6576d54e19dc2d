/* SPDX-License-Identifier: Apache-2.0 */
/* absences: who is away and when, with who stands in; those that are over only where all are wanted. */
#include "engine/inquiry/inquirer.h"

#include <errno.h>

#include "base/zone.h"
#include "engine/inquiry/row_order.h"

static int begin_absences(struct inquiry *q, struct rejection *ret_why)
{
	const char *person = inquiry_text(q, "person");

	if (!person || plan_person(q->e.plan, person_id(person)))
		return 0;
	return (int)reject(ret_why, REJECT_UNKNOWN_SUBJECT,
			   "there is no person %s in the plan: check the id", person);
}

json_t *inquiry_absence(const struct inquiry *q, const struct absences *absences,
			const struct absence *absence)
{
	const struct person *person = plan_person(q->e.plan, person_id(absence->person));
	const struct civil_date today = zone_date(q->now);
	const bool begun = civil_compare(absence->from, today) <= 0;
	const bool over = civil_compare(absence->until, today) < 0;
	struct stand_in s = { .back = CIVIL_NONE };

	if (person && !over)
		s = absences_find(absences, q->e.plan, person, begun ? today : absence->from);
	return json_pack("{so so so ss so}", "from", json_date(absence->from), "until",
			 json_date(absence->until), "deputy",
			 over && absence->deputy[0] ? json_string(absence->deputy)
						    : inquiry_person(s.absence ? s.to : NULL),
			 "state",
			 over	 ? "over"
			 : begun ? "now"
				 : "coming",
			 "held_until", json_date(s.absence && !s.to ? s.back : CIVIL_NONE));
}

struct listing {
	const struct inquiry *q;
	const struct absences *absences;
};

static int add_absence(void *userdata, const struct absence *absence)
{
	const struct listing *l = userdata;
	json_t *row, *more;

	if (!plan_person(l->q->e.plan, person_id(absence->person)))
		return 0;
	row = json_pack("{ss}", "person", absence->person);
	more = inquiry_absence(l->q, l->absences, absence);
	if (!row || json_object_update(row, more) < 0) {
		json_decref(row);
		row = NULL;
	}
	json_decref(more);
	return json_array_append_new(l->q->rows, row) < 0 ? -ENOMEM : 0;
}

static int work_absences(struct inquiry *q)
{
	const struct civil_date ever = civil_from_ymd(CALENDAR_FIRST_YEAR, 1, 1);
	struct listing l = { .q = q };
	struct absences *absences = NULL;
	int r = absences_new(&absences, &q->e, q->now);

	l.absences = absences;
	if (r >= 0)
		r = ledger_absences(q->e.ledger, person_id(inquiry_text(q, "person")),
				    inquiry_flag(q, "all") ? ever : zone_date(q->now), add_absence,
				    &l);
	absences_free(absences);
	return r < 0 ? r : rows_sort(q->rows, (const char *const[]){ "person", NULL });
}

const struct inquirer inquirer_absences = { begin_absences, work_absences, NULL, NULL };
