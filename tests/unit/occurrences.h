/* SPDX-License-Identifier: Apache-2.0 */
/* Series, as tests write them, and the occurrences that there are. */
#pragma once
#include "engine/obligation/deadline_state.h"
#include "tests/unit/engine_fixture.h"

#define SERIES(id, due, every, more) HANDED_IN(id, due, "every='" every "'; " more)
#define AT(date) "{ body='RS'; from='" date "'; }"

static inline int tell_occurrence(void *userdata, const struct deadline_row *row)
{
	char due[CIVIL_TEXT];

	tell(userdata, 4000, "%s %s%s%s%s\n", row->id, civil_format(row->due, due),
	     instant_is_none(row->opened_at) ? "" : " opened",
	     row->state == DEADLINE_OPEN ? "" : " ",
	     row->state == DEADLINE_OPEN ? "" : deadline_state_name(row->state));
	return 0;
}

/* A line each: id, due, and what has become of it. */
#define OCCURRENCES_ARE(world, series, expected)                                            \
	do {                                                                                \
		char rows_[4000] = "";                                                      \
		ck_assert_int_eq(ledger_occurrences((world)->e.ledger, deadline_id(series), \
						    tell_occurrence, rows_),                \
				 0);                                                        \
		ck_assert_str_eq(rows_, expected);                                          \
	} while (0)
