/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of the types of events; each is applied in its room of engine/apply/. What it changes is
 * what paminn-rules(7), Answers says.
 */
#include "engine/apply.h"

#include <errno.h>
#include <string.h>

#include "engine/apply/application.h"
#include "engine/obligation/series.h"
#include "engine/outbox/recipient.h"

/* The plain id of a series means its earliest occurrence that is not closed; so it is logged. */
static int name_occurrence(struct application *a, const char **id, char out[static ITEM_ID])
{
	bool found;
	int r = series_resolve(a->e, deadline_id(*id), false, out, &found);

	if (r == 0 && !found)
		return (int)reject(
			a->why, REJECT_UNKNOWN_SUBJECT,
			"%s has no such occurrence that is open: name one that is there, as "
			"ID@YYYY-MM-DD",
			*id);
	*id = out;
	return r;
}

static int (*const appliers[EVENT_TYPES])(struct application *a) = {
	[EVENT_STATUS] = apply_status,	   [EVENT_SUBMIT] = apply_submit,
	[EVENT_OUTCOME] = apply_outcome,   [EVENT_SEEN] = apply_seen,
	[EVENT_EXTEND] = apply_extend,	   [EVENT_ASSIGN] = apply_assign,
	[EVENT_ABSENCE] = apply_absence,   [EVENT_MEETING] = apply_meeting,
	[EVENT_NOTE] = apply_note,	   [EVENT_CLOSE] = apply_close,
	[EVENT_REQUEST] = apply_request,   [EVENT_DENY] = apply_deny,
	[EVENT_PROPOSAL] = apply_proposal, [EVENT_UNDO] = apply_undo,
};

/* ---- what may be taken back ---------------------------------------------------------------------- */

static bool is_stewards(const struct engine *e, const char *source)
{
	const struct person *by = person_of_source(e->plan, source);

	return by ? person_has_role(by, "steward") : strncmp(source, "/local/", 7) == 0;
}

/* Is what it changes to be kept? When the log is replayed: only what was taken back then. */
static int is_to_be_kept(struct engine *e, const struct event *event, bool *ret)
{
	int64_t undone = 0;
	int r = e->marks ? ledger_undone_by(e->marks, e->replayed, &undone) : 0;

	if (e->marks)
		*ret = undone != 0;
	else
		*ret = event->type != EVENT_UNDO && !ledger_journal_is_open(e->ledger) &&
		       ledger_may_keep_act(e->ledger) && is_stewards(e, event->source);
	return r;
}

/* Apply it, with a journal if what it changes is kept. */
static int carry_out(struct application *a)
{
	struct ledger *l = a->e->ledger;
	bool keep = false;
	int r = is_to_be_kept(a->e, a->event, &keep);

	if (r == 0 && keep)
		r = ledger_journal_open(l);
	if (r < 0)
		return r;
	r = appliers[a->event->type](a);
	if (r == 0 && keep)
		r = ledger_keep_act(l, a->e->marks ? a->e->replayed : a->seq, a->now);
	if (keep)
		ledger_journal_close(l);
	return r;
}

int apply_event(struct engine *e, const struct event *event, struct instant now,
		struct applied *ret, struct rejection *ret_why)
{
	char subject[ITEM_ID], deadline[ITEM_ID];
	struct event meant = *event;
	struct application a = {
		.e = e,
		.event = &meant,
		.now = now,
		.time = instant_is_none(event->time) ? now : event->time,
		.why = ret_why,
	};
	int r = event->type == EVENT_UNDO ? 0 : name_occurrence(&a, &meant.subject, subject);

	if (r == 0 && event->type == EVENT_EXTEND && event->extend.deadline)
		r = name_occurrence(&a, &meant.extend.deadline, deadline);
	if (r == 0 && event->type == EVENT_REQUEST && event->request.deadline)
		r = name_occurrence(&a, &meant.request.deadline, deadline);
	if (r == 0)
		r = carry_out(&a);

	if (r == 0)
		*ret = (struct applied){ a.seq, a.remarks };
	else
		remarks_done(&a.remarks);
	return r;
}
