/* SPDX-License-Identifier: Apache-2.0 */
/* An absence has no key but all that it says, so one is looked for among the person's. */
#include "engine/inquiry/verify_absences.h"

#include <string.h>

#include "engine/inquiry/difference.h"

struct finding_absence {
	const struct absence *like;
	bool found;
};

/* One side gone through, each looked for on the other. */
struct comparing {
	struct inquiry *q;
	struct ledger *other;
	bool in_store;
};

static int match_absence(void *userdata, const struct absence *a)
{
	struct finding_absence *f = userdata;

	f->found |= civil_equal(a->from, f->like->from) && civil_equal(a->until, f->like->until) &&
		    strcmp(a->deputy, f->like->deputy) == 0;
	return 0;
}

static int find_absence(void *userdata, const struct absence *a)
{
	const struct comparing *c = userdata;
	struct finding_absence f = { .like = a };
	int r = ledger_absences(c->other, person_id(a->person), a->from, match_absence, &f);

	return r < 0 || f.found ? r : difference_one_sided(c->q, "absence", a->person, c->in_store);
}

int verify_absences(struct inquiry *q, struct ledger *log)
{
	const struct civil_date ever = civil_from_ymd(CALENDAR_FIRST_YEAR, 1, 1);
	struct comparing stored = { q, log, true }, logged = { q, q->e.ledger, false };
	int r = ledger_absences(q->e.ledger, person_id(NULL), ever, find_absence, &stored);

	return r < 0 ? r : ledger_absences(log, person_id(NULL), ever, find_absence, &logged);
}
