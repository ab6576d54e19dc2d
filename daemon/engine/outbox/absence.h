/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who is away on which day, and who stands in. See paminn-rules(7), Who gets it. A copy of the
 * ledger's absences, for walks and posts to ask as often as they like.
 */
#pragma once
#include "engine/engine.h"
#include "engine/outbox/recipient.h"

struct absences;

/* The absences that are not over at now. NULL is nobody's. */
int absences_new(struct absences **ret, struct engine *e, struct instant now);
struct absences *absences_free(struct absences *a);

/* What becomes of a message that is to reach a person on a day. */
struct stand_in {
	const struct person *to; /* who gets it: they themself, or their deputy; NULL: it is held */
	const struct person *gone;     /* held: the deputy who would get it, and is away too */
	int64_t absence;	       /* seq of the absence; 0: they are there */
	struct civil_date from, until; /* of the absence */
	struct civil_date back;	       /* held until then: the first working day after it */
};
/* The deputy of the absence's event, else the plan's; neither while absent themself. */
struct stand_in absences_find(const struct absences *a, const struct plan *plan,
			      const struct person *person, struct civil_date day);
/* Whom the newest absence that overlaps these days names to stand in; NULL: none does. */
const struct person *absences_named(const struct absences *a, const struct plan *plan,
				    const struct person *person, struct civil_date from,
				    struct civil_date until);
/* The last day of the absence that holds `day`, and of those that follow with no working day between. */
struct civil_date absences_last(const struct absences *a, const struct plan *plan,
				const struct person *person, struct civil_date day);
/* The first day from `day` on on which anything leaves and the person is away; CIVIL_NONE: there is none. */
struct civil_date absences_first(const struct absences *a, const struct plan *plan,
				 const struct person *person, struct civil_date day);
/* Who is told of what waits for somebody who is away: their manager, without one support. */
void absence_tells(struct recipient_list *to, const struct plan *plan, const struct person *person);
/* "absent 2026-07-06 to 2026-07-31; it goes to kir", "... no deputy; held until 2026-08-03" */
void absence_reason(const struct stand_in *s, char *out, size_t size);
