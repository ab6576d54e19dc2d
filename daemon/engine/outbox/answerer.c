/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/outbox/answerer.h"

enum answerer answerer_of(const struct person *person, const struct person *owes,
			  const struct plan *plan, const struct absences *absences,
			  struct civil_date day)
{
	struct stand_in s;

	if (!person || !owes)
		return ANSWERER_NOBODY;
	s = absences_find(absences, plan, owes, day);
	if (owes == person || (s.absence && s.to == person))
		return ANSWERER_ASKED;
	return owes->deputy == person ? ANSWERER_DEPUTY : ANSWERER_NOBODY;
}
