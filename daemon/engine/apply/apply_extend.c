/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A later date for a deadline, or for one measure's answer to it, while something is unanswered in it
 * (engine/obligation/dates.h). An occurrence's window may then close later: its series looks again.
 */
#include "engine/apply/application.h"

#include <string.h>

#include "engine/obligation/dates.h"
#include "engine/obligation/occurrences.h"

static int check_extension(struct application *a, const struct deadline **ret_deadline,
			   const char **ret_measure)
{
	const struct event_extend *x = &a->event->extend;
	const char *subject = a->event->subject;
	const struct measure *m = plan_measure(a->e->plan, subject);
	const struct deadline *d;

	if (m && !x->deadline)
		return (int)reject(
			a->why, REJECT_BAD_DATA,
			"%s is a measure: say in `deadline` which of its deadlines is extended",
			subject);
	if (!m && x->deadline && strcmp(x->deadline, subject) != 0)
		return (int)reject(a->why, REJECT_BAD_DATA,
				   "`deadline` says %s but the subject is %s: name the measure as "
				   "subject, or leave `deadline` out",
				   x->deadline, subject);
	d = application_deadline(a, m ? x->deadline : subject);
	if (!d)
		return REJECT_UNKNOWN_SUBJECT;
	if (m && !deadline_asks(d, m))
		return (int)reject(a->why, REJECT_BAD_DATA,
				   "%s does not ask %s: there is nothing to extend", d->id, m->id);
	*ret_deadline = d;
	*ret_measure = m ? m->id : NULL;
	return application_check_due(a, x->due);
}

struct unanswered {
	const char *measure; /* NULL: any */
	size_t count;
};

static int count_unanswered(void *userdata, const struct obligation *o)
{
	struct unanswered *u = userdata;

	u->count += o->phase == PHASE_LIVE && (!u->measure || strcmp(o->measure, u->measure) == 0);
	return 0;
}

int apply_extend(struct application *a)
{
	const struct deadline *d;
	struct unanswered u = { 0 };
	struct create_count born = { 0 };
	int r = check_extension(a, &d, &u.measure);

	if (r)
		return r;
	r = ledger_obligations_of_deadline(a->e->ledger, d->id, count_unanswered, &u);
	if (r < 0)
		return r;
	if (u.count == 0)
		return (int)reject(a->why, REJECT_BAD_DATA,
				   "nothing is unanswered in %s%s%s: there is nothing to extend",
				   d->id, u.measure ? " for " : "", u.measure ? u.measure : "");
	r = application_append(a);
	if (r >= 0)
		r = dates_extend(a->e, d, u.measure, a->event->extend.due, a->now);
	return r < 0 || !d->series ? r : occurrences_update(a->e, d->series, a->now, &born);
}
