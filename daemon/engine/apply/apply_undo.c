/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A steward takes back an event of their own, while nothing that followed from it has left and nobody has said anything
 * since that stands on it. It stays in the log, and counts for nothing any more. When the log is replayed, what was
 * taken back then is taken back without being asked for again: the replay has no outbox.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/apply/undoing.h"
#include "engine/apply/undoing_paper.h"
#include "engine/outbox/message_state.h"

#define LATER_MAX 200 /* events of one subject that are looked at */

struct undoing {
	struct application *a;
	int64_t seq;
	struct kept_act act;
	bool found; /* the event is in the log */
	char source[SOURCE_MAX * 4 + 1], type[ID_MAX + 1], subject[ITEM_ID];
};

static void undoing_done(struct undoing *u)
{
	kept_act_done(&u->act);
}

/* ---- which event -------------------------------------------------------------------------------- */

static int note_event(void *userdata, const struct logged_event *event)
{
	struct undoing *u = userdata;

	u->found = event->seq == u->seq;
	snprintf(u->source, sizeof(u->source), "%s", event->source);
	snprintf(u->type, sizeof(u->type), "%s", event->type);
	snprintf(u->subject, sizeof(u->subject), "%s", event->subject);
	return 0;
}

/* Whoever sits at the daemon's own machine is one, whatever their login is called. */
static bool is_own(const struct undoing *u)
{
	const char *by = u->a->event->source;

	return strcmp(u->source, by) == 0 ||
	       (strncmp(u->source, "/local/", 7) == 0 && strncmp(by, "/local/", 7) == 0);
}

static int check_event(struct undoing *u)
{
	struct application *a = u->a;
	int64_t by;
	int r = ledger_log(a->e->ledger, u->seq - 1, 1, note_event, u);

	if (r == 0)
		r = ledger_undone_by(a->e->ledger, u->seq, &by);
	if (r < 0)
		return r;
	if (!u->found)
		return (int)reject(a->why, REJECT_BAD_DATA, "there is no event %lld",
				   (long long)u->seq);
	if (strcmp(u->subject, a->event->subject) != 0)
		return (int)reject(a->why, REJECT_BAD_DATA,
				   "event %lld is about %s, not %s: name that as the subject",
				   (long long)u->seq, u->subject, a->event->subject);
	if (!is_own(u))
		return (int)reject(a->why, REJECT_NOT_ALLOWED,
				   "event %lld is %s's: only who said it takes it back",
				   (long long)u->seq, u->source);
	if (by != 0)
		return (int)reject_data(a->why, CAUSE_UNDONE,
					"event %lld was taken back already, by %lld",
					(long long)u->seq, (long long)by);
	return 0;
}

static int check_act(struct undoing *u)
{
	struct application *a = u->a;
	bool found;
	int r = ledger_find_act(a->e->ledger, u->seq, &u->act, &found);

	if (r < 0)
		return r;
	if (strcmp(u->type, event_type_name(EVENT_UNDO)) == 0)
		return (int)reject(a->why, REJECT_BAD_DATA,
				   "event %lld took another back: say that one anew",
				   (long long)u->seq);
	if (!found)
		return (int)reject_data(
			a->why, CAUSE_TOO_LATE_TO_UNDO,
			"event %lld can't be taken back: it is no steward's, older than "
			"7 days, or one of very many that came at once",
			(long long)u->seq);
	if (!u->act.kept)
		return (int)reject_data(
			a->why, CAUSE_TOO_LATE_TO_UNDO,
			"event %lld changed more than %d things, and can't be taken "
			"back: say what is right instead",
			(long long)u->seq, ACT_ROWS_MAX);
	return 0;
}

/* ---- what has left ------------------------------------------------------------------------------ */

static bool has_left(const struct message *m)
{
	return m->attempts > 0;
}

static int refuse_left(struct undoing *u, const struct message *m)
{
	return (int)reject_data(
		u->a->why, CAUSE_HAS_LEFT,
		"event %lld can't be taken back any more: message %lld to %s has left, "
		"or tries to; say what is right instead",
		(long long)u->seq, (long long)m->id.n, m->to);
}

/* What the act has put into a message, or changed of one. */
static int check_messages(struct undoing *u)
{
	struct message m;
	bool found;
	int r = 0;

	for (size_t i = 0; r == 0 && i < u->act.count; i++) {
		const struct kept_change *c = &u->act.list[i];
		const struct item *item = c->after;
		const struct message *after = c->after;

		if (!c->after || (c->type != &message_type && (c->type != &item_type || c->before)))
			continue;
		r = ledger_find_message(u->a->e->ledger,
					c->type == &item_type ? item->message : after->id, &m,
					&found);
		if (r < 0)
			return r;
		if (!found)
			continue;
		if (c->type == &item_type ? has_left(&m) : m.attempts != after->attempts)
			return refuse_left(u, &m);
		if (c->type == &message_type && c->before && m.state != after->state)
			return refuse_left(u, &m);
	}
	return r;
}

static int check_mark(void *userdata, const struct mark *mark)
{
	struct undoing *u = userdata;
	struct message m;
	bool found;
	int r = ledger_find_message(u->a->e->ledger, mark->message, &m, &found);

	return r < 0 ? r : found && has_left(&m) ? refuse_left(u, &m) : 0;
}

/* A paper that was frozen because of it. Support may have heard of an earlier want of a proposal: that is none of it. */
static int check_paper(void *userdata, const struct message *m, const struct item *item)
{
	struct undoing *u = userdata;

	(void)item;
	return has_left(m) && instant_compare(m->first_attempt, u->act.at) >= 0 ? refuse_left(u, m)
										: 0;
}

/* ---- what stands on it -------------------------------------------------------------------------- */

struct later {
	int64_t after;	/* the event that is taken back */
	int64_t stands; /* the newest that stands on it, 0: none does */
	char type[ID_MAX + 1];
};

/* A note changes nothing, nor does what was taken back itself. */
static int look_at_later(void *userdata, const struct logged_event *event)
{
	struct later *later = userdata;

	if (event->seq <= later->after)
		return 1;
	if (event->undone != 0 || strcmp(event->type, event_type_name(EVENT_UNDO)) == 0 ||
	    strcmp(event->type, event_type_name(EVENT_NOTE)) == 0)
		return 0;
	later->stands = event->seq;
	snprintf(later->type, sizeof(later->type), "%s", event->type);
	return 1;
}

static int check_subject(struct undoing *u, const char *subject)
{
	struct events_back back = { .max = LATER_MAX };
	struct later later = { .after = u->seq };
	int r = subject[0]
			? ledger_events_back(u->a->e->ledger, subject, &back, look_at_later, &later)
			: 0;

	if (r < 0 || later.stands == 0)
		return r < 0 ? r : 0;
	return (int)reject_data(
		u->a->why, CAUSE_STANDS_ON,
		"event %lld, about %s, stands on event %lld: take that back first, or "
		"say what is right instead",
		(long long)later.stands, subject, (long long)u->seq);
}

/* What an event about this row is about. */
static int check_subjects(struct undoing *u, const struct kept_change *c)
{
	const void *row = c->after ? c->after : c->before;
	int r = 0;

	if (c->type == &obligation_type) {
		r = check_subject(u, ((const struct obligation *)row)->measure);
		if (r == 0)
			r = check_subject(u, ((const struct obligation *)row)->deadline);
	} else if (c->type == &deadline_type) {
		r = check_subject(u, ((const struct deadline_row *)row)->id);
	} else if (c->type == &measure_type) {
		r = check_subject(u, ((const struct measure_row *)row)->id);
	} else if (c->type == &absence_type) {
		r = check_subject(u, ((const struct absence *)row)->person);
	} else if (c->type == &meeting_type) {
		r = check_subject(u, ((const struct meeting_row *)row)->body);
	}
	return r;
}

/* The fields of a row that only an event or a plan changes; of some kinds time has all. */
static uint64_t said_fields(const struct row_type *type)
{
	uint64_t said = 0;

	if (type == &mark_type || type == &message_type || type == &item_type ||
	    type == &series_type || type == &told_type || type == &away_type)
		return 0;
	for (size_t i = 0; i < type->count; i++)
		if (type->fields[i].roles & FIELD_FROM_LOG)
			said |= UINT64_C(1) << i;
	return said ? said : ROW_ALL;
}

static void free_row(void **row)
{
	free(*row);
}

static int check_unchanged(struct undoing *u, const struct kept_change *c)
{
	const uint64_t said = said_fields(c->type);
	void *now __attribute__((cleanup(free_row))) = calloc(1, c->type->size);
	bool found = false, same;
	int r = now ? ledger_row(u->a->e->ledger, c->type, c->after ? c->after : c->before, now,
				 &found)
		    : -ENOMEM;

	if (r < 0)
		return r;
	same = found == (c->after != NULL) &&
	       (!found || (row_difference(c->type, c->after, now) & said) == 0);
	if (found)
		row_done(c->type, now);
	if (same || said == 0)
		return 0;
	return (int)reject_data(
		u->a->why, CAUSE_STANDS_ON,
		"what event %lld changed has changed again since, in its %s: say what "
		"is right instead",
		(long long)u->seq, c->type->table);
}

static int check_free(struct undoing *u)
{
	int r = check_messages(u);

	if (r == 0)
		r = undoing_each_mark(u->a, &u->act, check_mark, u);
	for (size_t i = 0; r == 0 && i < u->act.count; i++)
		if (u->act.list[i].type == &deadline_type)
			r = undoing_each_paper_item(u->a, &u->act.list[i], check_paper, u);
	for (size_t i = 0; r == 0 && i < u->act.count; i++)
		r = check_subjects(u, &u->act.list[i]);
	for (size_t i = 0; r == 0 && i < u->act.count; i++)
		r = check_unchanged(u, &u->act.list[i]);
	return r;
}

/* ---- taking it back ----------------------------------------------------------------------------- */

static int check(struct undoing *u)
{
	bool found;
	int r;

	if (u->a->e->marks)
		return ledger_find_act(u->a->e->ledger, u->seq, &u->act, &found);
	r = check_event(u);
	if (r == 0)
		r = check_act(u);
	return r == 0 ? check_free(u) : r;
}

int apply_undo(struct application *a)
{
	struct undoing u
		__attribute__((cleanup(undoing_done))) = { .a = a,
							   .seq = a->event->undo.seq.value };
	int r = check(&u);

	if (r == 0)
		r = application_append(a);
	if (r == 0)
		r = undoing_restore(a, &u.act);
	return r == 0 ? ledger_set_undone(a->e->ledger, u.seq, a->seq) : r;
}
