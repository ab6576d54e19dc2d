/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the `via` of a deadline is a chain: what it shows itself, and what the meetings show that the
 * files know. */
#include "plan/reader.h"
#include "plan/via.h"

/* Its month, counted from year 0; 0: none is written. */
static int month_of(int year, int month)
{
	return month ? year * 12 + month : 0;
}

static void check_bodies(struct reader *r, const struct deadline *deadline)
{
	for (size_t i = 0; i < deadline->via_count; i++) {
		const struct via *via = &deadline->via[i];

		if (via->body == deadline->due.body)
			fault(r, via->where,
			      "via of %s names %s, whose meeting closes it: that is its due",
			      deadline->id.text, via->body->id.text);
		for (size_t k = 0; k < i; k++)
			if (deadline->via[k].body == via->body)
				fault(r, via->where,
				      "via of %s names %s twice: a matter passes a body once",
				      deadline->id.text, via->body->id.text);
	}
}

static void check_months(struct reader *r, const struct deadline *deadline)
{
	const struct due_spec *due = &deadline->due;
	const char *after_text = due->text;
	int after = due->next ? 0 : month_of(due->year, due->month);

	for (size_t i = deadline->via_count; i-- > 0;) {
		const struct via *via = &deadline->via[i];
		const int month = month_of(via->year, via->month);

		if (month && after && month > after)
			fault(r, via->where,
			      "via \"%s\" of %s comes after \"%s\", which follows it in the chain: "
			      "name the bodies in the order in which they meet",
			      via->text, deadline->id.text, after_text);
		if (!month)
			continue;
		after = month;
		after_text = via->text;
	}
}

void check_chain(struct reader *r, config_setting_t *group, const struct deadline *deadline)
{
	const struct due_spec *due = &deadline->due;
	const struct where where = where_key(r, group, "via");

	if (deadline->via_count > VIA_MAX)
		fault(r, where, "via of %s has more than %d bodies", deadline->id.text, VIA_MAX);
	if (!due->text)
		return;
	if (due->kind != DUE_MEETING) {
		fault(r, where,
		      "via leads to a meeting: let due of %s be \"meeting BODY YYYY-MM\", or leave "
		      "out via",
		      deadline->id.text);
		return;
	}
	check_bodies(r, deadline);
	if (!deadline->responsible && !config_setting_get_member(group, "responsible"))
		warning(r, where,
			"%s has no responsible: nobody is asked for the papers of the bodies after "
			"the first",
			deadline->id.text);
	if (deadline->every.kind == EVERY_NEVER) {
		check_months(r, deadline);
		return;
	}
	for (size_t i = 0; i < deadline->via_count; i++)
		if (deadline->via[i].month)
			fault(r, deadline->via[i].where,
			      "%s comes again, so its via has no month: write \"meeting %s\", its "
			      "last one before that of the next body",
			      deadline->id.text, deadline->via[i].body->id.text);
}

/* ---- with the meetings that are known -------------------------------------------------------------- */

/* What a link is followed by, as the files have it. */
struct following {
	const struct body *body;
	struct civil_date meeting, papers; /* meeting: CIVIL_NONE while none is known */
	bool is_last;
};

static void review_order(struct reader *r, const struct deadline *deadline, const struct via *via,
			 const struct following *link, const struct following *next)
{
	char meeting[CIVIL_TEXT], other[CIVIL_TEXT];

	if (civil_is_none(link->meeting) || civil_is_none(next->meeting))
		return;
	civil_format(link->meeting, meeting);
	if (civil_compare(link->meeting, next->meeting) >= 0)
		fault(r, via->where,
		      "%s meets on %s, not before %s, which meets on %s and follows it in the "
		      "chain "
		      "of %s: correct via or meetings",
		      link->body->id.text, meeting, next->body->id.text,
		      civil_format(next->meeting, other), deadline->id.text);
	else if (civil_compare(link->meeting, next->papers) > 0)
		warning(r, via->where,
			"%s meets on %s, after %s, when the papers of %s for %s are due: its "
			"decision can't stand in them%s",
			link->body->id.text, meeting, civil_format(next->papers, other),
			deadline->id.text, next->body->id.text,
			next->is_last
				? ", unless they leave later (sending = \"second\", or papers)"
				: "");
}

void review_chain(struct reader *r, const struct deadline *deadline, struct known_meeting *known)
{
	const struct plan *plan = r->plan;
	struct binding b = { .known = known, .bound = CIVIL_NONE, .today = CIVIL_NONE };
	struct following next = { .body = deadline->due.body, .is_last = true };
	struct via_next after;
	struct dates own;

	if (!deadline->via_count || deadline->due.kind != DUE_MEETING || deadline->every.kind)
		return;
	b.count = via_known_in_files(plan, deadline->due.body, known);
	next.meeting = due_bind(plan, deadline, &b);
	own = due_dates(plan, deadline, next.meeting);
	next.papers = own.papers;
	after = (struct via_next){ own.due, own.provisional };
	for (size_t i = deadline->via_count; i-- > 0;) {
		const struct via *via = &deadline->via[i];
		struct following link = { .body = via->body };
		struct via_stand stand;

		b.count = via_known_in_files(plan, via->body, known);
		link.meeting = via_bind(plan, via, &b, &after);
		stand = via_stand(plan, via, link.meeting, &after);
		link.papers = stand.papers;
		review_order(r, deadline, via, &link, &next);
		if (civil_is_none(stand.due))
			continue;
		next = link;
		after = (struct via_next){ stand.due, stand.provisional };
	}
}
