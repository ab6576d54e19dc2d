/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/obligation/freeze_time.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/in_force.h"

bool freeze_has_paper(const struct plan *plan, const struct deadline *d)
{
	return plan->decisions && d->responsible;
}

static bool is_covered(struct instant covered, struct instant late_at)
{
	return !instant_is_none(covered) && instant_compare(late_at, covered) <= 0;
}

void freeze_look(const struct plan *plan, const struct deadline *d, struct deadline_row *row,
		 const struct dates *dates, struct instant now)
{
	const struct instant late_at = dates->late_at;

	if (deadline_is_closed(row))
		return;
	row->freeze_at = INSTANT_NONE;
	if (!freeze_has_paper(plan, d) || dates->provisional ||
	    is_covered(row->frozen_for, late_at) || is_covered(row->freeze_waits, late_at))
		return;
	if (civil_is_none(row->due) && instant_compare(late_at, now) <= 0) {
		row->frozen_for = late_at;
		return;
	}
	row->freeze_at = late_at;
	row->freeze_waits = INSTANT_NONE;
}

int freeze_ask(struct engine *e, const struct deadline *d, struct deadline_row *row,
	       struct instant now)
{
	struct frozen_row newest __attribute__((cleanup(frozen_row_done))) = { .content = NULL };
	const struct instant late_at = deadline_dates(e->plan, d, row).late_at;
	bool found;
	int r;

	if (!freeze_has_paper(e->plan, d) || is_covered(row->freeze_waits, late_at))
		return 0;
	r = ledger_find_frozen(e->ledger, d->id, &newest, &found);
	if (r >= 0 && !(found && is_covered(newest.late_at, late_at)))
		row->freeze_at = now;
	return r;
}

struct waiting {
	struct deadline_row *list;
	size_t count, room;
};

static int add_waiting(void *userdata, const struct deadline_row *row)
{
	struct waiting *waiting = userdata;
	int r = array_grow(&waiting->list, waiting->count, &waiting->room);

	if (r == 0)
		waiting->list[waiting->count++] = *row;
	return r;
}

int freeze_wake(struct engine *e, struct instant now)
{
	struct waiting waiting = { NULL };
	int r = ledger_deadlines_waiting_to_freeze(e->ledger, add_waiting, &waiting);

	for (size_t i = 0; r >= 0 && i < waiting.count; i++) {
		waiting.list[i].freeze_at = now;
		r = ledger_put_deadline(e->ledger, &waiting.list[i]);
	}
	free(waiting.list);
	return r;
}

/* ---- its bytes ------------------------------------------------------------------------------------ */

void freeze_hash(const char *content, char out[static SHA256_TEXT])
{
	unsigned char hash[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(hash, (const unsigned char *)content, strlen(content));
	sodium_bin2hex(out, SHA256_TEXT, hash, sizeof(hash));
}

bool freeze_is_whole(const struct frozen_row *paper)
{
	char hash[SHA256_TEXT];

	freeze_hash(paper->content ? paper->content : "", hash);
	return strcmp(hash, paper->sha256) == 0;
}

int freeze_find_newest(struct engine *e, const struct deadline_row *row, struct frozen_row *ret,
		       bool *ret_whole)
{
	bool found;
	int r = ledger_find_frozen_number(e->ledger, deadline_id(row->id), row->frozen_n, ret,
					  &found);

	*ret_whole = r >= 0 && found && freeze_is_whole(ret);
	return r;
}

/* ---- who hears of it ------------------------------------------------------------------------------ */

int freeze_tell(struct sink *sink, const struct deadline *d, int n)
{
	struct recipient_list to = { .count = 0 };
	char detail[40];
	const struct posting posting = { .what = ITEM_FROZEN, .deadline = d, .detail = detail };

	snprintf(detail, sizeof(detail), "{\"n\":%d}", n);
	recipient_add_one(&to, (struct recipient){ .person = d->responsible });
	return sink_post_all(sink, &to, &posting);
}

int freeze_tell_hole(struct sink *sink, const struct deadline *d)
{
	const struct posting posting = { .what = ITEM_UNPROPOSED, .deadline = d };
	struct recipient_list support = { .count = 0 };

	recipient_add_support(&support, sink->plan);
	return sink_post_all(sink, &support, &posting);
}

/* ---- what becomes of it --------------------------------------------------------------------------- */

/* Is there somebody who is to decide on it: its meeting's body, or who gave its assignment? */
static bool needs_proposal(const struct plan *plan, const struct deadline *d,
			   const struct deadline_row *row)
{
	return deadline_in_force(plan, d, row).due.kind == DUE_MEETING ||
	       (d->assignment && d->assignment->given_by);
}

static int is_written(struct engine *e, const char *item, const char *planned, bool *ret)
{
	struct proposal_row row __attribute__((cleanup(proposal_row_done))) = { .text = NULL };
	bool found;
	int r = ledger_find_proposal(e->ledger, item, &row, &found);

	*ret = row.text || planned[0];
	return r;
}

/* What is proposed on it, by a steward or the plan, is there any? */
static int has_proposal(struct engine *e, const struct deadline *d, const struct deadline_row *row,
			bool *ret)
{
	int r = is_written(e, row->id, d->proposal, ret);

	if (r >= 0 && !*ret && d->assignment)
		r = is_written(e, d->assignment->id.text, d->assignment->proposal, ret);
	return r;
}

int freeze_judge(struct engine *e, const struct deadline *d, const struct deadline_row *row,
		 enum freeze_fate *ret)
{
	bool written = true;
	int r = 0;

	*ret = FREEZE_NO_PAPER;
	if (!d || row->state == DEADLINE_REMOVED || !d->responsible)
		return 0;
	if (needs_proposal(e->plan, d, row))
		r = has_proposal(e, d, row, &written);
	if (written)
		*ret = FREEZE_PAPER;
	else if (is_covered(row->freeze_waits, deadline_dates(e->plan, d, row).late_at))
		*ret = FREEZE_HOLE_TOLD;
	else
		*ret = FREEZE_HOLE;
	return r;
}
