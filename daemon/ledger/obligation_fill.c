/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Obligations are made a deadline at a time, those of one beside each other in the index of their identity and in that
 * of what is due. By measure and by owner they are spread all over: each deadline would change every page of these two
 * indexes, which are larger than the cache, so each page would be written as often as there are deadlines. Made at the
 * end they are sorted, and written once.
 */
#include "ledger/obligation_fill.h"

#include "ledger/working_set.h"

#define PAYS 20000 /* obligations: their indexes fit into the cache below that */

static const char *const drop[] = { "DROP INDEX obligation_measure",
				    "DROP INDEX obligation_owner" };
/* As the schema has them: tests/unit/test_working_set.c compares. */
static const char *const create[] = { "CREATE INDEX obligation_measure ON obligation (measure)",
				      "CREATE INDEX obligation_owner ON obligation (owner)" };

static int run(struct ledger *l, const char *const text[static 2])
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < 2; i++) {
		struct query q;

		query_begin(&q, l->db, text[i]);
		r = query_run(&q);
	}
	return r;
}

int ledger_fill_begin(struct ledger *l, size_t coming, bool *ret_begun)
{
	struct query q;
	int64_t any;
	int r;

	*ret_begun = false;
	if (coming < PAYS || l->journal)
		return 0;
	r = set_leave(l, SET_OBLIGATIONS);
	if (r < 0)
		return r;
	query_begin(&q, l->db, "SELECT 1 FROM obligation LIMIT 1");
	r = row_end_number(&q, &any);
	if (r != ROW_NONE)
		return r;
	r = run(l, drop);
	l->sets[SET_OBLIGATIONS].last_id = 0; /* of none */
	*ret_begun = l->filling = r == 0;
	return r;
}

int ledger_fill_end(struct ledger *l)
{
	int r = set_flush(l, SET_OBLIGATIONS);

	l->filling = false;
	return r < 0 ? r : run(l, create);
}
