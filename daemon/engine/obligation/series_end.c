/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When an occurrence is superseded: two things have to be so, a later one's window is open and its own papers
 * date is past. So its end is the later of the two instants.
 *
 *	occurrence 1   ──[window────────────papers]···············
 *	occurrence 2   ────────────[window──────────────papers]···
 *	                                          ↑ 1 ends here; were there a gap, where 2 opens
 */
#include "engine/obligation/series.h"

#include "base/zone.h"

#define AHEAD_DAYS 500 /* as far as one looks for a later window */

/* The first instant after a papers date. */
static struct instant papers_over(struct civil_date papers)
{
	return zone_midnight(civil_add(papers, 1));
}

/* When the first window of those after a date opens: the known from `later` on, and what comes. */
static struct instant next_opening(const struct series *s, size_t later, struct civil_date due)
{
	struct instant opens = INSTANT_NONE;

	for (size_t k = later; k < s->known_count; k++)
		opens = instant_min(opens, series_has_opened(&s->known[k])
						   ? s->known[k].row.opened_at
						   : s->known[k].opens_at);
	for (size_t k = 0; k < s->coming_count; k++)
		if (civil_compare(s->coming[k].dates.due, due) > 0)
			opens = instant_min(opens, s->coming[k].opens_at);
	return opens;
}

struct instant series_ends(const struct series *s, size_t i)
{
	return instant_max(next_opening(s, i + 1, s->known[i].due),
			   papers_over(s->known[i].last_papers));
}

struct instant series_coming_ends(const struct series *s, size_t i)
{
	const struct dates *dates = &s->coming[i].dates;
	size_t later = 0;

	while (later < s->known_count && civil_compare(s->known[later].due, dates->due) <= 0)
		later++;
	return instant_max(next_opening(s, later, dates->due),
			   papers_over(s->coming[i].last_papers));
}

bool series_is_over(struct civil_date papers, struct instant now)
{
	return instant_compare(papers_over(papers), now) <= 0;
}

bool series_would_be_superseded(const struct series *s, struct civil_date due,
				struct civil_date papers, struct instant now)
{
	if (!series_is_over(papers, now))
		return false;
	for (size_t k = 0; k < s->known_count; k++)
		if (series_has_opened(&s->known[k]) && civil_compare(s->known[k].due, due) > 0)
			return true;
	for (size_t k = 0; k < s->coming_count; k++)
		if (instant_compare(s->coming[k].opens_at, now) <= 0 &&
		    civil_compare(s->coming[k].dates.due, due) > 0)
			return true;
	return false;
}

int series_end_of(struct engine *e, const struct deadline *d, struct instant now,
		  struct instant *ret)
{
	struct instant ends = INSTANT_NONE;
	struct series s;
	int r;

	if (d->series) {
		r = series_load(&s, e, d->series, now, instant_add(now, DAYS(AHEAD_DAYS)));
		if (r < 0)
			return r;
		for (size_t i = 0; i < s.known_count; i++)
			if (s.known[i].deadline == d)
				ends = series_ends(&s, i);
		series_done(&s);
	}
	*ret = ends;
	return 0;
}
