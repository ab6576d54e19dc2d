/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/obligation_scans.h"

#include <stdio.h>

#include "ledger/working_set.h"

#define WINDOW 5000 /* ids, gone through in a millisecond or two */

/* ---- by an index ----------------------------------------------------------------------------- */

static int call_with_ids(struct ledger *l, const char *text, const char *of, obligation_id_fn row,
			 void *userdata)
{
	struct query q;
	int called = 0, r = set_flush(l, SET_OBLIGATIONS);

	if (r < 0)
		return r;
	query_begin(&q, l->db, text);
	query_bind_text(&q, of);
	while (called == 0 && query_step(&q) > 0)
		called = row(userdata, obligation_id(query_int(&q)));
	return row_end(&q, called);
}

int ledger_obligation_ids_of_deadline(struct ledger *l, struct deadline_id deadline,
				      obligation_id_fn row, void *userdata)
{
	static const char text[] = "SELECT id FROM obligation WHERE deadline = $1 ORDER BY id";

	return call_with_ids(l, text, deadline.text, row, userdata);
}

int ledger_obligation_ids_of_owner(struct ledger *l, struct person_id owner, obligation_id_fn row,
				   void *userdata)
{
	static const char text[] = "SELECT id FROM obligation WHERE owner = $1 ORDER BY id";

	return call_with_ids(l, text, owner.text, row, userdata);
}

int ledger_next_deadline_owed(struct ledger *l, const char *after, const char *before,
			      char ret[static ITEM_ID], bool *ret_found)
{
	static const char text[] = "SELECT deadline FROM obligation WHERE deadline > $1"
				   " AND deadline < $2 ORDER BY deadline LIMIT 1";
	struct query q;
	int r = set_flush(l, SET_OBLIGATIONS);

	if (r < 0)
		return r;
	query_begin(&q, l->db, text);
	query_bind_text(&q, after);
	query_bind_text(&q, before);
	*ret_found = query_step(&q) > 0;
	if (*ret_found)
		snprintf(ret, ITEM_ID, "%s", query_text(&q));
	return query_end(&q);
}

/* ---- through all ----------------------------------------------------------------------------- */

static int find_last(struct ledger *l, int64_t *ret)
{
	struct query q;

	query_begin(&q, l->db, "SELECT coalesce(max(id), 0) FROM obligation");
	return row_end_number(&q, ret);
}

int ledger_obligations_owed(struct ledger *l, struct owed_scan *scan, struct obligation *out,
			    size_t max)
{
	const int64_t until = scan->after.n + WINDOW;
	int64_t last = 0;
	struct query q;
	int count, r = set_flush(l, SET_OBLIGATIONS);

	if (r == 0)
		r = find_last(l, &last);
	if (r < 0)
		return r;
	row_select(&q, l, &obligation_type,
		   "FROM obligation WHERE id > $1 AND id <= $2 AND phase = 0"
		   " AND (opens_at <= $3 OR papers <= $4) ORDER BY id LIMIT $5");
	query_bind_int(&q, scan->after.n);
	query_bind_int(&q, until);
	row_bind_instant(&q, scan->opened);
	row_bind_date(&q, scan->papers);
	query_bind_int(&q, (int64_t)max);
	count = row_end_list(&q, &obligation_type, out);
	if (count < 0)
		return count;
	scan->after = (size_t)count == max ? out[max - 1].id : obligation_id(until);
	scan->over = scan->after.n >= last;
	return count;
}
