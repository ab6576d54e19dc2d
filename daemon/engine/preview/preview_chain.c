/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of a chain of bodies: the first that has not decided is spoken of, and the next. */
#include "engine/preview/internal.h"
#include "ledger/frozen_rows.h"

#include "engine/obligation/chain.h"

/* The stop that is next, and the one after it. */
static int find_stops(const struct previewing *p, struct chain_stop *next, struct chain_stop *then)
{
	const struct via *via = p->deadline->via;
	const struct body *after = NULL;
	struct deadline_row row;
	int r = ledger_deadline(p->e->ledger, p->deadline->id, &row);

	if (r >= 0)
		r = chain_find_stop(p->e, p->deadline, &row, NULL, next);
	for (size_t i = 0; r >= 0 && i + 1 < p->deadline->via_count; i++)
		if (via[i].body == next->body)
			after = via[i + 1].body;
	if (r >= 0 && !after)
		after = p->deadline->due.body;
	return r < 0 ? r : chain_find_stop(p->e, p->deadline, &row, after, then);
}

json_t *preview_add_body(const struct previewing *p, json_t *detail)
{
	struct chain_stop next, then;

	if (detail && find_stops(p, &next, &then) >= 0)
		json_object_set_new(detail, "body", json_string(next.body->name));
	return detail;
}

json_t *preview_undecided_detail(const struct previewing *p)
{
	struct chain_stop next, then;
	char meeting[CIVIL_TEXT];

	if (find_stops(p, &next, &then) < 0)
		return NULL;
	return json_pack("{ss ss ss}", "body", next.body->name, "body_id", next.body->id.text,
			 "meeting", civil_format(next.due, meeting));
}

/* As if the next body met the day after the one that follows it. */
json_t *preview_disorder_detail(const struct previewing *p)
{
	struct chain_stop next, then;
	char meeting[CIVIL_TEXT], after[CIVIL_TEXT];

	if (find_stops(p, &next, &then) < 0)
		return NULL;
	return json_pack("{ss ss ss ss}", "body", next.body->name, "meeting",
			 civil_format(civil_add(then.due, 1), meeting), "next", then.body->name,
			 "next_meeting", civil_format(then.due, after));
}

/* The newest, which goes with it; before there is any, what is said without. */
json_t *preview_frozen_detail(const struct previewing *p)
{
	struct frozen_row newest __attribute__((cleanup(frozen_row_done))) = { .n = 0 };
	bool found;

	if (ledger_find_frozen(p->e->ledger, p->deadline->id, &newest, &found) < 0)
		return NULL;
	return json_pack("{si}", "n", newest.n);
}
