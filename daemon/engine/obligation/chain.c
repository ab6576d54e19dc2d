/* SPDX-License-Identifier: Apache-2.0 */
/*
 *	via         HSN ──decides──▶ KS ──▶ ...  due
 *	papers for  ↑ first: what is owed counts from the earliest of these
 *
 * A link that decides moves `first` behind it: a new round of the deliverable is for the next one's papers
 * (dates_decided.c). Nothing is asked of whoever should decide: when a link's meeting has passed in
 * silence, support hears of it, since nobody would be asked for the next papers.
 */
#include "engine/obligation/chain.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/in_force.h"
#include "engine/obligation/known_meetings.h"
#include "engine/obligation/series.h"
#include "engine/outbox/post.h"

/* ---- as the ledger has it ---------------------------------------------------------------------- */

static bool has_decided(const struct link_row *row)
{
	return row->outcome == OUTCOME_NOTED || row->outcome == OUTCOME_APPROVED;
}

int chain_load(struct ledger *l, const struct deadline *d, struct chain *ret)
{
	int r = 0;

	/* Of most deadlines there is nothing to clear. */
	ret->count = ret->first = 0;
	ret->is_elsewhere = false;
	ret->due = CIVIL_NONE;
	for (size_t i = 0; r >= 0 && i < d->via_count; i++, ret->count++) {
		struct chain_link *link = &ret->links[i];
		bool found;

		link->via = &d->via[i];
		link->row = link_row_new(d->id, link->via->body->id);
		r = ledger_find_link(l, d->id, link->via->body->id, &link->row, &found);
		if (has_decided(&link->row))
			ret->first = i + 1;
	}
	return r;
}

int chain_put(struct ledger *l, const struct chain *chain)
{
	int r = 0;

	for (size_t i = 0; r >= 0 && i < chain->count; i++)
		r = ledger_put_link(l, &chain->links[i].row);
	return r;
}

bool chain_is_over(const struct deadline *d, const struct deadline_row *row)
{
	return !d->via_count || (deadline_is_closed(row) && row->state != DEADLINE_SUBMITTED) ||
	       (row->state == DEADLINE_SUBMITTED &&
		(row->outcome == OUTCOME_NOTED || row->outcome == OUTCOME_APPROVED));
}

const struct via *chain_find(const struct deadline *d, struct body_id body)
{
	for (size_t i = 0; i < d->via_count; i++)
		if (strcmp(d->via[i].body->id.text, body.text) == 0)
			return &d->via[i];
	return NULL;
}

/* ---- binding ----------------------------------------------------------------------------------- */

/* The links of a deadline that is due at the meeting of another month have no months of their own. */
static struct via via_in_force(const struct via *via, bool is_elsewhere)
{
	struct via in_force = *via;

	if (is_elsewhere)
		in_force.year = in_force.month = 0;
	return in_force;
}

/*
 * What it was bound to is not held: it waits for another one, as a deadline does whose meeting is cancelled. The
 * one before that is none: nobody who was given until autumn is asked for next week since an autumn meeting is
 * off. But the next body may meet so much sooner that it is.
 */
static void note_cancelled(struct link_row *row, struct civil_date bound,
			   const struct via_next *next)
{
	if (!civil_is_none(bound) && civil_is_none(row->bound))
		row->not_before = bound;
	if (!civil_is_none(row->not_before) && civil_compare(row->not_before, next->due) >= 0)
		row->not_before = CIVIL_NONE;
}

static int bind_link(struct engine *e, const struct via *via, struct instant now,
		     const struct via_next *next, struct link_row *row)
{
	struct known_meetings known;
	const int month = via->month ? via->year * 12 + via->month : 0;
	struct via_stand stand;
	struct civil_date bound;
	int r;

	/* Another month, or none any more: what it was bound to is not meant. */
	if (row->month != month)
		row->bound = row->not_before = CIVIL_NONE;
	row->month = month;
	bound = row->bound;
	r = series_follow(e, via->body->id, &row->bound);
	note_cancelled(row, bound, next);
	if (r >= 0)
		r = known_meetings_load(e->ledger, via->body->id, row->not_before, &known);
	if (r < 0)
		return r;
	row->bound = via_bind(
		e->plan, via,
		&(struct binding){ known.list, known.count, row->bound, zone_date(now) }, next);
	stand = via_stand(e->plan, via, row->bound, next);
	row->due = stand.due;
	row->papers = stand.papers;
	row->provisional = stand.provisional;
	return 0;
}

/* What a deadline counts from by its links, worked out from the last one back. */
static int work_out(struct engine *e, struct deadline *d, struct civil_date bound,
		    struct instant now, struct chain *chain)
{
	struct dates own;
	struct via_next next;
	int r = 0;

	d->chain = (struct chain_counted){ false };
	own = due_dates(e->plan, d, bound);
	next = (struct via_next){ own.due, own.provisional };
	for (size_t i = chain->count; r >= 0 && i-- > chain->first;) {
		const struct via via = via_in_force(chain->links[i].via, chain->is_elsewhere);
		struct link_row *row = &chain->links[i].row;

		r = bind_link(e, &via, now, &next, row);
		if (r < 0 || civil_is_none(row->due))
			continue;
		via_count_from(d, &(struct via_stand){ row->due, row->papers, row->provisional });
		next = (struct via_next){ row->due, row->provisional };
	}
	return r;
}

int chain_bind(struct engine *e, const struct deadline *d, struct deadline_row *row,
	       struct instant now)
{
	struct deadline counted = *d;
	struct instant look;
	struct chain chain;
	int r;

	if (!d->via_count) {
		row->chain_papers = CIVIL_NONE;
		row->chain_provisional = false;
	}
	if (chain_is_over(d, row))
		return 0;
	r = chain_load(e->ledger, d, &chain);
	chain.is_elsewhere = row->extended_to[0];
	if (r >= 0)
		r = work_out(e, &counted, row->bound, now, &chain);
	if (r >= 0)
		r = chain_put(e->ledger, &chain);
	if (r >= 0)
		r = chain_next_look(e->ledger, e->plan, &chain, &look);
	if (r < 0)
		return r;
	row->chain_papers = counted.chain.given ? counted.chain.papers : CIVIL_NONE;
	row->chain_provisional = counted.chain.given && counted.chain.provisional;
	deadline_look_at_link(row, look);
	return 0;
}

int chain_count_elsewhere(struct engine *e, struct deadline *d, struct civil_date bound,
			  struct instant now)
{
	struct chain chain;
	int r = chain_load(e->ledger, d, &chain);

	chain.is_elsewhere = true;
	return r < 0 || !d->via_count ? r : work_out(e, d, bound, now, &chain);
}

int chain_foresee(struct engine *e, struct deadline *d, struct civil_date bound, struct instant now,
		  struct chain *ret)
{
	ret->count = d->via_count;
	ret->first = 0;
	ret->is_elsewhere = false;
	for (size_t i = 0; i < d->via_count; i++) {
		ret->links[i].via = &d->via[i];
		ret->links[i].row = link_row_new(d->id, d->via[i].body->id);
	}
	return d->via_count ? work_out(e, d, bound, now, ret) : 0;
}

/* ---- where it stops ---------------------------------------------------------------------------- */

static struct chain_stop last_stop(const struct plan *plan, const struct deadline *in_force,
				   const struct deadline_row *row)
{
	struct deadline last = *in_force;

	last.chain.given = false;
	return (struct chain_stop){
		.body = last.due.body,
		.due = row->due,
		.papers = due_standing(plan, &last, row->bound, row->extended).papers,
		.provisional = civil_is_none(row->bound),
	};
}

static struct chain_stop stop_of(const struct chain_link *link, bool is_passed)
{
	return (struct chain_stop){ link->via->body, link->row.due, link->row.papers,
				    link->row.provisional, is_passed };
}

int chain_find_stop(struct engine *e, const struct deadline *d, const struct deadline_row *row,
		    const struct body *body, struct chain_stop *ret)
{
	const struct deadline in_force = deadline_in_force(e->plan, d, row);
	struct chain chain;
	int r = chain_load(e->ledger, d, &chain);

	*ret = (struct chain_stop){ NULL };
	if (r < 0 || in_force.due.kind != DUE_MEETING)
		return r;
	if (!body || body == in_force.due.body)
		*ret = last_stop(e->plan, &in_force, row);
	for (size_t i = 0; i < chain.count; i++) {
		const struct chain_link *link = &chain.links[i];
		const bool is_passed = i < chain.first;

		if (civil_is_none(link->row.papers))
			continue;
		if (body ? link->via->body == body
			 : !is_passed && civil_compare(link->row.papers, ret->papers) < 0)
			*ret = stop_of(link, is_passed);
	}
	return 0;
}

/* ---- silence ----------------------------------------------------------------------------------- */

/* When support is told of a link that has not decided by then; INSTANT_NONE: not, or it was. */
static int look_at(struct ledger *l, const struct plan *plan, const struct link_row *row,
		   struct instant *ret)
{
	struct meeting_row meeting;
	struct civil_date last = row->due;
	bool found = false;
	int r = 0;

	*ret = INSTANT_NONE;
	if (row->outcome != OUTCOME_NONE || civil_is_none(row->due) ||
	    civil_equal(row->told, row->due))
		return 0;
	if (!civil_is_none(row->bound))
		r = ledger_find_meeting(l, body_id(row->body), row->bound, &meeting, &found);
	if (r >= 0 && found && !civil_is_none(meeting.until))
		last = meeting.until;
	*ret = zone_midnight(calendar_forward(plan->calendar, civil_add(last, 1)));
	return r;
}

int chain_next_look(struct ledger *l, const struct plan *plan, const struct chain *chain,
		    struct instant *ret)
{
	struct instant look, next = INSTANT_NONE;
	int r = 0;

	for (size_t i = chain->first; r >= 0 && i < chain->count; i++) {
		r = look_at(l, plan, &chain->links[i].row, &look);
		next = instant_min(next, look);
	}
	*ret = next;
	return r;
}

int chain_look(struct engine *e, const struct deadline *d, struct deadline_row *row)
{
	struct instant look;
	struct chain chain;
	int r;

	if (chain_is_over(d, row))
		return 0;
	r = chain_load(e->ledger, d, &chain);
	if (r >= 0)
		r = chain_next_look(e->ledger, e->plan, &chain, &look);
	if (r >= 0)
		deadline_look_at_link(row, look);
	return r;
}

static int tell_support(struct sink *sink, const struct deadline *d, enum item_what what,
			json_t *detail)
{
	struct recipient_list support = { .count = 0 };
	struct posting posting = { .what = what, .deadline = d };
	int r;

	posting.detail = detail ? json_dumps(detail, JSON_COMPACT) : NULL;
	json_decref(detail);
	if (!posting.detail)
		return -ENOMEM;
	recipient_add_support(&support, sink->plan);
	r = sink_post_all(sink, &support, &posting);
	free(posting.detail);
	return r;
}

int chain_tell_undecided(struct sink *sink, struct ledger *l, const struct deadline *d,
			 struct chain *chain)
{
	char day[CIVIL_TEXT];
	struct instant look;
	int r = 0;

	for (size_t i = chain->first; r >= 0 && i < chain->count; i++) {
		struct link_row *row = &chain->links[i].row;

		r = look_at(l, sink->plan, row, &look);
		if (r < 0 || instant_compare(look, sink->now) > 0)
			continue;
		row->told = row->due;
		r = tell_support(
			sink, d, ITEM_UNDECIDED,
			json_pack("{ss ss ss*}", "body", chain->links[i].via->body->name, "body_id",
				  chain->links[i].via->body->id.text, "meeting",
				  civil_is_none(row->bound) ? NULL : civil_format(row->due, day)));
	}
	return r;
}

/* ---- order ------------------------------------------------------------------------------------- */

bool chain_is_disordered(const struct deadline *d, const struct deadline_row *row,
			 const struct chain *chain, struct chain_disorder *ret)
{
	const struct body *next = d->due.body;
	struct civil_date due = row->due;

	for (size_t i = chain->count; i-- > chain->first;) {
		const struct chain_link *link = &chain->links[i];

		if (civil_is_none(link->row.due))
			continue;
		if (civil_compare(link->row.due, due) >= 0) {
			*ret = (struct chain_disorder){ link->via->body, next, link->row.due, due };
			return true;
		}
		next = link->via->body;
		due = link->row.due;
	}
	return false;
}

static bool has_moved(const struct chain *before, const struct chain *now)
{
	for (size_t i = now->first; i < now->count; i++)
		if (!civil_equal(before->links[i].row.due, now->links[i].row.due))
			return true;
	return false;
}

int chain_tell_disorder(struct engine *e, const struct deadline *d, const struct deadline_row *row,
			const struct chain *before, struct instant now)
{
	struct ledger_sink out __attribute__((cleanup(ledger_sink_close))) = { 0 };
	char meeting[CIVIL_TEXT], next[CIVIL_TEXT];
	struct chain_disorder disorder;
	struct chain chain;
	int r = chain_load(e->ledger, d, &chain);

	if (r < 0 || chain_is_over(d, row) ||
	    (!has_moved(before, &chain) && civil_equal(before->due, row->due)) ||
	    !chain_is_disordered(d, row, &chain, &disorder))
		return r;
	r = ledger_sink_open(&out, e, now);
	if (r < 0)
		return r;
	return tell_support(&out.sink, d, ITEM_DISORDER,
			    json_pack("{ss ss ss ss}", "body", disorder.body->name, "meeting",
				      civil_format(disorder.meeting, meeting), "next",
				      disorder.next->name, "next_meeting",
				      civil_format(disorder.next_meeting, next)));
}
