/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each link stands as a deadline at that body's meeting would. They are worked out from the last one back,
 * since one without a month is its body's last meeting before the next:
 *
 *	via    "meeting SU 2026-03"   "meeting HSN"          due    "meeting RS 2026-05"
 *	       first known of March   last known before      ←──────────────────────────
 */
#include "plan/via.h"

/* A link as a deadline of its own. */
static struct deadline deadline_of(const struct via *via)
{
	return (struct deadline){
		.due = { .kind = DUE_MEETING,
			 .date = CIVIL_NONE,
			 .time = TIME_OF_DAY_NONE,
			 .year = via->year,
			 .month = via->month,
			 .body = via->body,
			 .text = via->text },
		.opens_date = CIVIL_NONE,
	};
}

static bool is_past(struct civil_date meeting, struct civil_date today)
{
	return !civil_is_none(today) && civil_compare(meeting, today) < 0;
}

/* The last one that is neither past nor so long before the next one's that others must come between. */
static struct civil_date last_before(const struct binding *b, struct civil_date next)
{
	const struct civil_date first = civil_add(next, -VIA_DAYS);
	struct civil_date last = CIVIL_NONE;

	for (size_t i = 0; i < b->count; i++) {
		const struct civil_date from = b->known[i].from;

		if (civil_compare(from, next) < 0 && civil_compare(from, first) >= 0 &&
		    !is_past(from, b->today) &&
		    (civil_is_none(last) || civil_compare(from, last) > 0))
			last = from;
	}
	if (civil_is_none(last) && !civil_is_none(b->bound) && civil_compare(b->bound, first) >= 0)
		return b->bound;
	return last;
}

struct civil_date via_bind(const struct plan *plan, const struct via *via, const struct binding *b,
			   const struct via_next *next)
{
	const struct deadline link = deadline_of(via);

	return via->month ? due_bind(plan, &link, b) : last_before(b, next->due);
}

struct via_stand via_stand(const struct plan *plan, const struct via *via, struct civil_date bound,
			   const struct via_next *next)
{
	const struct deadline link = deadline_of(via);
	struct dates dates;

	if (!via->month && civil_is_none(bound))
		return (struct via_stand){ CIVIL_NONE, CIVIL_NONE, true };
	dates = due_dates(plan, &link, bound);
	return (struct via_stand){ dates.due, dates.papers,
				   dates.provisional || (!via->month && next->provisional) };
}

void via_count_from(struct deadline *deadline, const struct via_stand *stand)
{
	struct chain_counted *chain = &deadline->chain;

	if (civil_is_none(stand->papers))
		return;
	if (chain->given && civil_compare(chain->papers, stand->papers) <= 0) {
		/* It is before that in the chain: once it is known its papers are due sooner. */
		chain->provisional |= stand->provisional;
		return;
	}
	*chain = (struct chain_counted){ true, stand->papers, stand->provisional };
}

size_t via_known_in_files(const struct plan *plan, const struct body *body,
			  struct known_meeting *known)
{
	size_t count = 0;

	for (size_t i = 0; i < plan->meeting_count; i++)
		if (plan->meetings[i].body == body && !civil_is_none(plan->meetings[i].from))
			known[count++].from = plan->meetings[i].from;
	return count;
}

struct deadline via_in_files(const struct plan *plan, const struct deadline *deadline,
			     struct known_meeting *known)
{
	struct deadline d = *deadline;
	struct binding b = { .known = known, .bound = CIVIL_NONE, .today = CIVIL_NONE };
	struct via_next next;
	struct dates own;

	b.count = via_known_in_files(plan, d.due.body, known);
	own = due_dates(plan, deadline, due_bind(plan, deadline, &b));
	next = (struct via_next){ own.due, own.provisional };
	for (size_t i = d.via_count; i-- > 0;) {
		struct via_stand stand;

		b.count = via_known_in_files(plan, d.via[i].body, known);
		stand = via_stand(plan, &d.via[i], via_bind(plan, &d.via[i], &b, &next), &next);
		via_count_from(&d, &stand);
		if (!civil_is_none(stand.due))
			next = (struct via_next){ stand.due, stand.provisional };
	}
	return d;
}
