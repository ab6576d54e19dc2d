/* SPDX-License-Identifier: Apache-2.0 */
/*
 * verify: does the store follow from its log? First the log is told anew in memory, then each row that
 * follows from it is compared, both ways, then every reference is looked up. A row of the answer is a
 * difference; none means that all is well.
 *
 * What depends on the outside or on the hour is not compared: what was asked, who was reached, when
 * something wants a look.
 */
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/inquirer.h"
#include "engine/promise.h"
#include "engine/replay.h"

#define PAGE 50		    /* rows compared in a slice */
#define SPAN 5000	    /* keys looked up in a slice */
#define DIFFERENCES_MAX 999 /* what is told; one row more says that there are more */

enum kind { TEXT, NUMBER, FLAG, DATE, INSTANT, OPTIONAL };

/* A member of a row that follows from the log. */
struct field {
	const char *name;
	enum kind kind;
	size_t at;
};

#define FIELD(type, member, kind_)                            \
	{                                                     \
#member, kind_, offsetof(struct type, member) \
	}

static const struct field obligation_fields[] = {
	FIELD(obligation, owner, TEXT),
	FIELD(obligation, phase, NUMBER),
	FIELD(obligation, withdrawal, NUMBER),
	FIELD(obligation, round, NUMBER),
	FIELD(obligation, due, DATE),
	FIELD(obligation, papers, DATE),
	FIELD(obligation, practical, DATE),
	FIELD(obligation, base, DATE),
	FIELD(obligation, due_original, DATE),
	FIELD(obligation, papers_original, DATE),
	FIELD(obligation, provisional, FLAG),
	FIELD(obligation, extended, FLAG),
	FIELD(obligation, opens_at, INSTANT),
	FIELD(obligation, late_at, INSTANT),
	FIELD(obligation, answered_at, INSTANT),
	FIELD(obligation, answers_after, INSTANT),
	FIELD(obligation, assigned_at, INSTANT),
	FIELD(obligation, promised, FLAG),
	{ NULL, TEXT, 0 },
};
static const struct field deadline_fields[] = {
	FIELD(deadline_row, bound, DATE),
	FIELD(deadline_row, due, DATE),
	FIELD(deadline_row, papers, DATE),
	FIELD(deadline_row, extended, DATE),
	FIELD(deadline_row, due_original, DATE),
	FIELD(deadline_row, papers_original, DATE),
	FIELD(deadline_row, closed, FLAG),
	FIELD(deadline_row, removed, FLAG),
	FIELD(deadline_row, superseded, FLAG),
	FIELD(deadline_row, submitted_at, INSTANT),
	FIELD(deadline_row, reference, TEXT),
	FIELD(deadline_row, outcome, NUMBER),
	FIELD(deadline_row, outcome_at, INSTANT),
	FIELD(deadline_row, outcome_reference, TEXT),
	{ NULL, TEXT, 0 },
};
static const struct field measure_fields[] = {
	FIELD(measure_row, owner, TEXT),
	FIELD(measure_row, status, NUMBER),
	FIELD(measure_row, time, INSTANT),
	FIELD(measure_row, progress, OPTIONAL),
	FIELD(measure_row, effect_achieved, OPTIONAL),
	FIELD(measure_row, effect_forecast, OPTIONAL),
	FIELD(measure_row, alerts, TEXT),
	{ NULL, TEXT, 0 },
};
static const struct field meeting_fields[] = {
	FIELD(meeting_row, until, DATE),
	FIELD(meeting_row, place, TEXT),
	FIELD(meeting_row, state, NUMBER),
	FIELD(meeting_row, replaced_by, DATE),
	{ NULL, TEXT, 0 },
};

_Static_assert(sizeof(enum obligation_phase) == sizeof(int), "enums are compared as numbers");

struct verify {
	struct replay *replay;
	size_t stage;
	int64_t after;	      /* the last key looked at */
	size_t at;	      /* the measure to look at next */
	enum reference which; /* the references looked up now */
};

/* ---- differences ------------------------------------------------------------------------------- */

static bool is_full(const struct inquiry *q)
{
	return json_array_size(q->rows) >= DIFFERENCES_MAX;
}

/* One row; store and log are stolen. */
static int differ(struct inquiry *q, const char *what, const char *item, const char *field,
		  json_t *store, json_t *log)
{
	if (is_full(q)) {
		json_decref(store);
		json_decref(log);
		return 0;
	}
	return json_array_append_new(q->rows,
				     json_pack("{ss ss ss so so}", "what", what, "item", item,
					       "field", field, "store", store, "log", log));
}

static json_t *field_json(const void *row, const struct field *f)
{
	const void *at = (const char *)row + f->at;

	switch (f->kind) {
	case TEXT:
		return json_text(at);
	case NUMBER:
		return json_integer(*(const int *)at);
	case FLAG:
		return json_boolean(*(const bool *)at);
	case DATE:
		return json_date(*(const struct civil_date *)at);
	case INSTANT:
		return json_instant(*(const struct instant *)at);
	case OPTIONAL:
		return json_optional(*(const struct optional *)at);
	}
	return NULL;
}

static int compare(struct inquiry *q, const char *what, const char *item, const struct field *f,
		   const void *store, const void *log)
{
	int r = 0;

	for (; r == 0 && f->name; f++) {
		json_t *a = field_json(store, f), *b = field_json(log, f);

		if (!a || !b || json_equal(a, b)) {
			r = a && b ? 0 : -ENOMEM;
			json_decref(a);
			json_decref(b);
		} else {
			r = differ(q, what, item, f->name, a, b);
		}
	}
	return r;
}

/* It is in one of the two only. */
static int one_sided(struct inquiry *q, const char *what, const char *item, bool in_store)
{
	return differ(q, what, item, "is there", json_boolean(in_store), json_boolean(!in_store));
}

/* ---- rows of the store against those of the log -------------------------------------------------- */

static int tell_refused(void *userdata, int64_t seq, const char *why)
{
	char item[24];

	snprintf(item, sizeof(item), "%lld", (long long)seq);
	return differ(userdata, "event", item, "accepted", json_true(), json_string(why));
}

static int work_replay(struct inquiry *q)
{
	return replay_work(q->verify->replay, tell_refused, q);
}

static const char *name_of(const struct obligation *o, char out[static ITEM_ID + MEASURE_ID])
{
	snprintf(out, ITEM_ID + MEASURE_ID, "%s%s%s", o->deadline, o->measure[0] ? " " : "",
		 o->measure);
	return out;
}

/* Until when a pause lasts. */
static int compare_promise(struct inquiry *q, const char *name, const struct obligation *o,
			   const struct obligation *twin)
{
	struct civil_date store = promise_until(q->e.ledger, o);
	struct civil_date log = promise_until(replay_ledger(q->verify->replay), twin);

	return civil_equal(store, log) ? 0
				       : differ(q, "obligation", name, "seen_until",
						json_date(store), json_date(log));
}

/* A page of the obligations of one side, each looked for on the other. */
static int work_obligations(struct inquiry *q, struct ledger *one, struct ledger *other,
			    bool in_store)
{
	struct verify *v = q->verify;
	struct obligation page[PAGE], twin;
	char name[ITEM_ID + MEASURE_ID];
	int r = 0, count = ledger_obligations_after(one, v->after, page, PAGE);

	for (int i = 0; r == 0 && i < count; i++) {
		const struct obligation *o = &page[i];

		v->after = o->id;
		r = ledger_obligation_of(other, o->deadline, o->measure, &twin);
		if (r == -ENOENT)
			r = one_sided(q, "obligation", name_of(o, name), in_store);
		else if (r == 0 && in_store)
			r = compare(q, "obligation", name_of(o, name), obligation_fields, o, &twin);
		if (r == 0 && in_store && o->promised)
			r = compare_promise(q, name, o, &twin);
	}
	return r < 0 ? r : count < 0 ? count : count == PAGE;
}

static int work_stored(struct inquiry *q)
{
	return work_obligations(q, q->e.ledger, replay_ledger(q->verify->replay), true);
}

static int work_logged(struct inquiry *q)
{
	return work_obligations(q, replay_ledger(q->verify->replay), q->e.ledger, false);
}

static int compare_measure(struct inquiry *q, const char *id)
{
	struct measure_row store __attribute__((cleanup(measure_row_done))) = { 0 };
	struct measure_row log __attribute__((cleanup(measure_row_done))) = { 0 };
	int here = ledger_measure(q->e.ledger, id, &store);
	int there = ledger_measure(replay_ledger(q->verify->replay), id, &log);

	if ((here < 0 && here != -ENOENT) || (there < 0 && there != -ENOENT))
		return here < 0 && here != -ENOENT ? here : there;
	if (here != there)
		return one_sided(q, "measure", id, here == 0);
	return here < 0 ? 0 : compare(q, "measure", id, measure_fields, &store, &log);
}

static int work_measures(struct inquiry *q)
{
	struct verify *v = q->verify;
	const struct plan *plan = q->e.plan;
	int r = 0;

	for (size_t end = v->at + PAGE; r == 0 && v->at < end && v->at < plan->measure_count;)
		r = compare_measure(q, plan->measures[v->at++].id);
	return r < 0 ? r : v->at < plan->measure_count;
}

static int compare_deadline(void *userdata, const struct deadline_row *row)
{
	struct inquiry *q = userdata;
	struct deadline_row log;
	int r = ledger_deadline(replay_ledger(q->verify->replay), row->id, &log);

	if (r == -ENOENT)
		return one_sided(q, "deadline", row->id, true);
	return r < 0 ? r : compare(q, "deadline", row->id, deadline_fields, row, &log);
}

static int find_deadline(void *userdata, const struct deadline_row *row)
{
	struct inquiry *q = userdata;
	struct deadline_row store;
	int r = ledger_deadline(q->e.ledger, row->id, &store);

	return r == -ENOENT ? one_sided(q, "deadline", row->id, false) : r;
}

static int work_deadlines(struct inquiry *q)
{
	int r = ledger_deadlines(q->e.ledger, compare_deadline, q);

	return r < 0 ? r : ledger_deadlines(replay_ledger(q->verify->replay), find_deadline, q);
}

static const char *meeting_name(const struct meeting_row *m, char out[static ITEM_ID])
{
	char from[CIVIL_TEXT];

	snprintf(out, ITEM_ID, "%s %s", m->body, civil_format(m->from, from));
	return out;
}

static int compare_meeting(void *userdata, const struct meeting_row *m)
{
	struct inquiry *q = userdata;
	struct meeting_row log;
	char name[ITEM_ID];
	int r = ledger_meeting(replay_ledger(q->verify->replay), m->body, m->from, &log);

	if (r == -ENOENT)
		return one_sided(q, "meeting", meeting_name(m, name), true);
	return r < 0 ? r : compare(q, "meeting", meeting_name(m, name), meeting_fields, m, &log);
}

static int find_meeting(void *userdata, const struct meeting_row *m)
{
	struct inquiry *q = userdata;
	struct meeting_row store;
	char name[ITEM_ID];
	int r = ledger_meeting(q->e.ledger, m->body, m->from, &store);

	return r == -ENOENT ? one_sided(q, "meeting", meeting_name(m, name), false) : r;
}

static int work_meetings(struct inquiry *q)
{
	const struct plan *plan = q->e.plan;
	int r = 0;

	for (size_t i = 0; r >= 0 && i < plan->body_count; i++) {
		const char *body = plan->bodies[i].id;

		r = ledger_meetings(q->e.ledger, body, compare_meeting, q);
		if (r >= 0)
			r = ledger_meetings(replay_ledger(q->verify->replay), body, find_meeting,
					    q);
	}
	return r;
}

struct finding_absence {
	const struct absence *like;
	bool found;
};

static int match_absence(void *userdata, const struct absence *a)
{
	struct finding_absence *f = userdata;

	f->found |= civil_equal(a->from, f->like->from) && civil_equal(a->until, f->like->until) &&
		    strcmp(a->deputy, f->like->deputy) == 0;
	return 0;
}

static int find_absence(struct inquiry *q, const struct absence *a, struct ledger *other,
			bool in_store)
{
	struct finding_absence f = { .like = a };
	int r = ledger_absences(other, a->person, a->from, match_absence, &f);

	return r < 0 || f.found ? r : one_sided(q, "absence", a->person, in_store);
}

static int find_stored(void *userdata, const struct absence *a)
{
	struct inquiry *q = userdata;

	return find_absence(q, a, replay_ledger(q->verify->replay), true);
}

static int find_logged(void *userdata, const struct absence *a)
{
	struct inquiry *q = userdata;

	return find_absence(q, a, q->e.ledger, false);
}

static int work_absences(struct inquiry *q)
{
	const struct civil_date ever = civil_from_ymd(CALENDAR_FIRST_YEAR, 1, 1);
	int r = ledger_absences(q->e.ledger, NULL, ever, find_stored, q);

	return r < 0 ? r
		     : ledger_absences(replay_ledger(q->verify->replay), NULL, ever, find_logged,
				       q);
}

/* ---- references ---------------------------------------------------------------------------------- */

static const struct {
	const char *what, *key, *field;
} references[REFERENCES] = {
	[REFERENCE_MARK_OBLIGATION] = { "mark", "obligation", "obligation" },
	[REFERENCE_MARK_MESSAGE] = { "mark", "obligation", "message" },
	[REFERENCE_ITEM_MESSAGE] = { "item", "message", "message" },
	[REFERENCE_ITEM_OBLIGATION] = { "item", "message", "obligation" },
	[REFERENCE_MESSAGE_ITEM] = { "message", "message", "items" },
	[REFERENCE_MESSAGE_STATE] = { "message", "message", "state" },
	[REFERENCE_ANSWER] = { "obligation", "obligation", "answered_seq" },
};

static int tell_dangling(void *userdata, int64_t key, int64_t to)
{
	struct inquiry *q = userdata;
	enum reference which = q->verify->which;
	char item[40];

	snprintf(item, sizeof(item), "%s %lld", references[which].key, (long long)key);
	return differ(q, references[which].what, item, references[which].field, json_integer(to),
		      json_null());
}

static int work_references(struct inquiry *q)
{
	struct verify *v = q->verify;
	bool more = false;
	int r = ledger_dangling(q->e.ledger, v->which, v->after, SPAN, tell_dangling, q, &more);

	if (r < 0)
		return r;
	v->after = more ? v->after + SPAN : 0;
	v->which += !more;
	return v->which < REFERENCES;
}

/* ---- the whole ------------------------------------------------------------------------------------ */

static int (*const stages[])(struct inquiry *q) = {
	work_replay,	work_stored,   work_logged,   work_measures,
	work_deadlines, work_meetings, work_absences, work_references,
};

static int begin_verify(struct inquiry *q, struct rejection *ret_why)
{
	(void)ret_why;
	q->verify = calloc(1, sizeof(*q->verify));
	return q->verify ? replay_new(&q->verify->replay, q->e.ledger) : -ENOMEM;
}

static int work_verify(struct inquiry *q)
{
	struct verify *v = q->verify;
	int r = stages[v->stage](q);

	if (is_full(q))
		return json_array_append_new(q->rows,
					     json_pack("{ss ss ss sn sn}", "what", "verify", "item",
						       "there are more differences", "field", "",
						       "store", "log"));
	if (r != 0)
		return r;
	v->stage++;
	v->after = 0;
	return v->stage < sizeof(stages) / sizeof(*stages);
}

void verify_free(struct verify *v)
{
	if (v)
		replay_free(v->replay);
	free(v);
}

const struct inquirer inquirer_verify = { begin_verify, work_verify, NULL, NULL };
