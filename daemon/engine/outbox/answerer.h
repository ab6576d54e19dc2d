/* SPDX-License-Identifier: Apache-2.0 */
/* Who may give an answer that somebody owes: the gate, the pages and the links ask the same. */
#pragma once
#include "engine/outbox/absence.h"

enum answerer {
	ANSWERER_NOBODY,
	ANSWERER_DEPUTY, /* by the plan, of one who is there: may report of their measures, and is asked nothing */
	ANSWERER_ASKED, /* who owes it, or stands in for them on that day */
};
/* What a person is to an answer that another, or they, owe. absences: NULL, nobody is away. */
enum answerer answerer_of(const struct person *person, const struct person *owes,
			  const struct plan *plan, const struct absences *absences,
			  struct civil_date day);
/* May they give it: of a measure, or else the deliverable? */
static inline bool answerer_may(enum answerer answerer, bool of_measure)
{
	return answerer == ANSWERER_ASKED || (answerer == ANSWERER_DEPUTY && of_measure);
}
