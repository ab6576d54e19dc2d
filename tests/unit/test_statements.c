/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an event costs the store: the statements between the look for a duplicate and the answer, in a
 * turn that has met its measure and deadline before. Rows that changed are written at the end of the turn,
 * once each, and come on top.
 */
#include <errno.h>

#include "tests/unit/engine_fixture.h"

static const struct written asked = { .measures = TWO_MEASURES,
				      .deadlines = HANDED_IN("RS-58", "2026-05-15", "") };

/* The statements of one event, which must be accepted. */
static unsigned cost(struct world *w, const char *type, const char *subject, const char *data)
{
	char text[64];
	int64_t seq;
	uint64_t before = ledger_statements(w->e.ledger);

	snprintf(text, sizeof(text), "paminn.%s", type);
	ck_assert(!IS_THERE(ledger_find_event, w->e.ledger, "/people/akut", "another", &seq));
	ck_assert_msg(world_hear(w, text, subject, "", data) == 0, "%s", w->why.reason);
	return (unsigned)(ledger_statements(w->e.ledger) - before);
}

#define ON_TRACK "{'status':'on-track'}"

START_TEST(a_status_of_a_measure_that_owes_nothing_more_is_two_statements)
{
	struct world *w = world_new("2026-05-11 09:00", &asked);

	HEARD(w, "status", "HSN-03", ON_TRACK);
	for (int i = 0; i < 100; i++)
		ck_assert_uint_eq(cost(w, "status", "HSN-03", ON_TRACK), 2);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").phase, PHASE_ANSWERED);
	world_free(w);
}
END_TEST

/* A turn asks once for the number of the newest event. Of its measure it reads the row, the newest event and what is owed, once a turn; of each answer, what has
 * become moot in the outbox. */
START_TEST(a_status_that_answers_is_a_look_at_the_outbox_more)
{
	struct world *w = world_new("2026-05-11 09:00", &asked);

	ck_assert_int_eq(ledger_commit(w->e.ledger), 0);
	ck_assert_int_eq(ledger_begin(w->e.ledger), 0);
	ck_assert_uint_eq(cost(w, "status", "HSN-03", ON_TRACK), 1 + 2 + 3 + 1);
	ck_assert_uint_eq(cost(w, "status", "HSN-07", ON_TRACK), 2 + 3 + 1);
	ck_assert_uint_eq(cost(w, "status", "HSN-07", ON_TRACK), 2);
	world_free(w);
}
END_TEST

START_TEST(a_thousand_statuses_of_ten_measures_write_ten_measures)
{
	struct ledger *l = NULL;
	char measures[800] = "";

	for (int i = 0; i < 10; i++)
		snprintf(measures + strlen(measures), sizeof(measures) - strlen(measures),
			 "%s{ id='HSN-%d'; title='Titel'; owner='akut'; }", i ? ", " : "", i);
	l = store_in_memory();
	ck_assert_int_eq(ledger_begin(l), 0);
	struct world *w =
		world_in(l, "2026-05-11 09:00",
			 &(struct written){ .measures = measures,
					    .deadlines = ASKING("RS-58", "2026-05-15", "") });
	for (int i = 0; i < 10; i++) {
		char id[16];
		snprintf(id, sizeof(id), "HSN-%d", i);
		HEARD(w, "status", id, ON_TRACK);
	}
	ck_assert_int_eq(ledger_commit(l), 0);

	ck_assert_int_eq(ledger_begin(l), 0);
	uint64_t before = ledger_statements(l);
	for (int i = 0; i < 1000; i++) {
		char id[16];
		snprintf(id, sizeof(id), "HSN-%d", i % 10);
		HEARD(w, "status", id, ON_TRACK);
	}
	uint64_t heard = ledger_statements(l);
	/* The newest number once; of each measure its row, its newest event and its obligations, once. */
	ck_assert_uint_eq(heard - before, 1 + 1000 + 3 * 10);
	ck_assert_int_eq(ledger_commit(l), 0);
	/* The measure and its newest event, and the commit. */
	ck_assert_uint_eq(ledger_statements(l) - heard, 2 * 10 + 1);
	world_free(w);
}
END_TEST

UNIT_TESTS("engine/statements",
	   UNIT(a_status_of_a_measure_that_owes_nothing_more_is_two_statements),
	   UNIT(a_status_that_answers_is_a_look_at_the_outbox_more),
	   UNIT(a_thousand_statuses_of_ten_measures_write_ten_measures))
