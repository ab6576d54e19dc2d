/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A new measure begins without a status, or as over where the plan says so, which is no report of anybody's: it is
 * no newer than any. An owner whom an event named stays until the file's changes.
 */
#include "engine/plan_change/internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "engine/obligation/done_by.h"
#include "engine/obligation/owner.h"

#define MEASURES_AT_ONCE 200

/* Who owns it now: what the ledger says, unless the file says something new or that person is gone. */
static struct person_id owner_now(const struct change *c, const struct measure *m,
				  struct person_id stands)
{
	const struct measure *old = c->before ? plan_measure(c->before, m->id) : NULL;

	if (!old || strcmp(old->owner->id.text, m->owner->id.text) != 0 ||
	    !plan_person(c->plan, stands))
		return m->owner->id;
	return stands;
}

/* It left the plan before. Its obligations are withdrawn, and go over as they are put back. In a store that lost what its
 * plan was nobody knows. */
static bool is_put_back(const struct change *c, const struct measure *m)
{
	return c->before && !plan_measure(c->before, m->id);
}

/* The plan comes to have it. */
static void begin(const struct change *c, const struct measure *m, struct measure_row *row)
{
	row->added_at = c->before ? c->now : INSTANT_NONE;
	row->began = row->status = m->over;
	row->time = m->over == STATUS_NONE ? INSTANT_NONE : row->added_at;
}

static int change_measure(struct change *c, size_t i)
{
	const struct measure *m = &c->plan->measures[i];
	struct measure_row row __attribute__((cleanup(measure_row_done))) = measure_row_new(m->id);
	struct measure_row stood;
	char before[ID_MAX + 1];
	bool found, changed;
	struct person_id owner;
	int r = ledger_find_measure(c->e->ledger, m->id, &row, &found);

	if (r < 0)
		return r;
	if (!found)
		begin(c, m, &row);
	stood = row;
	owner = owner_now(c, m, person_id(row.owner));
	changed = found && strcmp(row.owner, owner.text) != 0;
	snprintf(before, sizeof(before), "%s", row.owner);
	if (row.owner != owner.text)
		snprintf(row.owner, sizeof(row.owner), "%s", owner.text);
	owners_set(&c->owners, c->plan, m, &row);
	r = done_by_of_plan(c->e, c->before ? plan_measure(c->before, m->id) : NULL, m, &row,
			    c->now);
	if (r >= 0 && (!found || row_difference(&measure_type, &stood, &row)))
		r = ledger_put_measure(c->e->ledger, &row);
	c->done->owners_changed += changed;
	if (r < 0 || !changed)
		return r;
	return (is_put_back(c, m) ? owner_returns : owner_changed)(
		c->e,
		&(struct owner_change){ m->id, person_id(before), person_id(row.owner), NULL },
		c->now);
}

/* Is what the plan says of it nothing new, or what is so anyway? 1, 0 or a negative errno. */
static int is_over_already(struct engine *e, const struct plan *before, const struct measure *m)
{
	const struct measure *old = before ? plan_measure(before, m->id) : NULL;
	struct measure_row row __attribute__((cleanup(measure_row_done))) = measure_row_new(m->id);
	bool found;
	int r;

	if (m->over == STATUS_NONE || (old && old->over == m->over))
		return 1;
	r = ledger_find_measure(e->ledger, m->id, &row, &found);
	return r < 0 ? r : !found || row.status == m->over;
}

#define MORE "\nand %d more of these" /* instead of what there is no room for */

static bool add_refusal(const struct measure *m, char *out, size_t size)
{
	const char *over = event_status_name(m->over);
	const size_t used = strlen(out), kept = sizeof(MORE) + 10;
	const size_t room = size > used + kept ? size - used - kept : 0;
	const int length = snprintf(out + used, room,
				    "%s%s:%u: %s has been in the plan before, so that status = "
				    "\"%s\" would say nothing: "
				    "leave it out, and report it with paminn status %s %s",
				    used ? "\n" : "", m->over_where.file, m->over_where.line,
				    m->id.text, over, m->id.text, over);

	if (length >= 0 && (size_t)length < room)
		return true;
	out[used] = '\0';
	return false;
}

int check_over(struct engine *e, const struct plan *before, char *out, size_t size)
{
	int refused = 0, told = 0;

	for (size_t i = 0; i < e->plan->measure_count; i++) {
		const struct measure *m = &e->plan->measures[i];
		int r = is_over_already(e, before, m);

		if (r < 0)
			return r;
		if (r > 0)
			continue;
		told += add_refusal(m, out, size);
		refused++;
	}
	if (told < refused)
		snprintf(out + strlen(out), size - strlen(out), MORE, refused - told);
	return refused;
}

int change_measures(struct change *c)
{
	const size_t end = c->at + MEASURES_AT_ONCE;
	int r = c->at == 0 ? owners_new(&c->owners, c->plan) : 0;

	for (; r >= 0 && c->at < end && c->at < c->plan->measure_count; c->at++)
		r = change_measure(c, c->at);
	c->more = c->at < c->plan->measure_count;
	return r;
}
