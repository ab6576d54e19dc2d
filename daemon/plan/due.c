/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every deadline has a stated date, and its rounding makes two of it: papers, after which it is late,
 * and base, from which ladders count. They are one date but for round = "forward", where papers is
 * the first working day from the stated date on and base the last one up to it.
 *
 *   a date        stated = the date
 *   a month       stated = its last working day
 *   a meeting     stated = that many days before the meeting, always rolled back; until the deadline
 *                 is bound: the month's last working day
 *   extended      stated = the date of the extension
 */
#include "plan/due.h"
#include "base/zone.h"
#include "plan/ladder.h"

#define MIDNIGHT_AFTER ((struct time_of_day){ 1440 })

static bool in_month(const struct due_spec *due, struct civil_date d)
{
	int year, month, day;

	civil_to_ymd(d, &year, &month, &day);
	return year == due->year && month == due->month;
}

/* Is it before the first meeting that "next" was bound to? */
static bool is_before(struct civil_date d, const struct due_spec *due)
{
	return due->next && civil_compare(d, due->date) < 0;
}

struct civil_date due_bind(const struct plan *plan, const struct deadline *deadline,
			   const struct binding *b)
{
	const struct due_spec *due = &deadline->due;
	const struct civil_date bound = b->bound;
	struct civil_date first = CIVIL_NONE;

	if (due->kind != DUE_MEETING)
		return CIVIL_NONE;
	if (!civil_is_none(bound) && (due->next || deadline->series))
		return bound;
	for (size_t i = 0; i < b->count; i++)
		if (in_month(due, b->known[i].from) && !is_before(b->known[i].from, due) &&
		    (civil_is_none(first) || civil_compare(b->known[i].from, first) < 0))
			first = b->known[i].from;
	if (civil_is_none(bound) || civil_is_none(first))
		return civil_is_none(bound) ? first : bound;
	/* A meeting that was moved out of the month keeps what was bound to it. */
	if (!in_month(due, bound) || civil_compare(first, bound) >= 0)
		return bound;
	return civil_compare(b->today, due_dates(plan, deadline, bound).papers) > 0 ? bound : first;
}

/* papers, base and practical from a stated date. */
static void round_stated(const struct plan *plan, const struct deadline *deadline,
			 struct civil_date stated, struct dates *dates)
{
	const struct calendar *c = plan->calendar;

	dates->base = calendar_back(c, stated);
	dates->papers =
		deadline->round == ROUND_FORWARD ? calendar_forward(c, stated) : dates->base;
	dates->practical = calendar_practical(c, dates->papers);
}

/* The deadline's own, or those of the body. A deadline that was moved to another body's meeting may ask
 * for a second sending that this one does not have: then it is the only one. */
static struct offset papers_of(const struct deadline *deadline)
{
	const struct body *body = deadline->due.body;

	if (deadline->papers_given)
		return deadline->papers;
	return deadline->sending == SENDING_SECOND && body->papers_late_given ? body->papers_late
									      : body->papers;
}

static struct civil_date papers_before(const struct plan *plan, const struct deadline *deadline,
				       struct civil_date meeting)
{
	const struct offset by = papers_of(deadline);

	return calendar_back(plan->calendar, calendar_move(plan->calendar, meeting, by));
}

static struct civil_date stated_date(const struct plan *plan, const struct deadline *deadline,
				     struct civil_date bound)
{
	const struct due_spec *due = &deadline->due;

	if (due->kind == DUE_DATE)
		return due->date;
	if (due->kind == DUE_MEETING && !civil_is_none(bound))
		return papers_before(plan, deadline, bound);
	return calendar_month_end(plan->calendar, due->year, due->month);
}

/* The papers of a body that the matter passes first are due sooner: then all counts from those. */
static void count_from_chain(const struct plan *plan, const struct deadline *deadline,
			     struct dates *dates)
{
	const struct chain_counted *chain = &deadline->chain;

	dates->provisional |= chain->given && chain->provisional;
	if (chain->given && civil_compare(chain->papers, dates->papers) < 0)
		round_stated(plan, deadline, chain->papers, dates);
}

struct dates due_dates(const struct plan *plan, const struct deadline *deadline,
		       struct civil_date bound)
{
	const bool meeting = deadline->due.kind == DUE_MEETING && !civil_is_none(bound);
	struct dates dates = { .provisional = deadline->due.kind == DUE_MEETING && !meeting };
	struct time_of_day time = due_time(deadline);

	if (time.minute < 0)
		time = MIDNIGHT_AFTER;
	round_stated(plan, deadline, stated_date(plan, deadline, bound), &dates);
	dates.due = meeting ? bound : dates.papers;
	count_from_chain(plan, deadline, &dates);
	dates.late_at = zone_instant(dates.papers, time);
	return dates;
}

struct dates due_extended(const struct plan *plan, const struct deadline *deadline,
			  struct civil_date bound, struct civil_date date)
{
	struct dates dates = due_dates(plan, deadline, bound);

	round_stated(plan, deadline, date, &dates);
	if (deadline->due.kind != DUE_MEETING)
		dates.due = dates.papers;
	dates.late_at = zone_instant(dates.papers, MIDNIGHT_AFTER);
	return dates;
}

struct dates due_standing(const struct plan *plan, const struct deadline *deadline,
			  struct civil_date bound, struct civil_date extended)
{
	if (deadline->every.kind)
		return (struct dates){ .due = CIVIL_NONE,
				       .papers = CIVIL_NONE,
				       .practical = CIVIL_NONE,
				       .base = CIVIL_NONE,
				       .late_at = INSTANT_NONE };
	return civil_is_none(extended) ? due_dates(plan, deadline, bound)
				       : due_extended(plan, deadline, bound, extended);
}

struct time_of_day due_time(const struct deadline *deadline)
{
	return deadline->due.kind == DUE_DATE ? deadline->due.time : TIME_OF_DAY_NONE;
}

struct time_of_day due_time_limit(struct instant late_at, struct civil_date papers)
{
	struct civil_date date = CIVIL_NONE;
	struct time_of_day time = TIME_OF_DAY_NONE;

	if (!instant_is_none(late_at))
		zone_civil(late_at, &date, &time);
	return civil_equal(date, papers) ? time : TIME_OF_DAY_NONE;
}

struct civil_date due_practical_shown(struct civil_date practical, struct civil_date papers,
				      struct civil_date today)
{
	return civil_is_none(practical) || civil_compare(practical, today) < 0 ? papers : practical;
}

struct instant due_opens(const struct plan *plan, const struct deadline *deadline,
			 const struct dates *dates)
{
	struct civil_date opens = deadline->opens_date;

	if (!deadline->opens_given)
		return ladder_first(plan, deadline->ladder, dates->base);
	if (civil_is_none(opens))
		opens = calendar_move(plan->calendar, dates->base, deadline->opens);
	return zone_midnight(opens);
}

struct instant due_month_over(const struct deadline *deadline)
{
	const struct due_spec *due = &deadline->due;
	const int last = civil_month_days(due->year, due->month);

	return zone_midnight(civil_add(civil_from_ymd(due->year, due->month, last), 1));
}
