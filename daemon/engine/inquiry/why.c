/* SPDX-License-Identifier: Apache-2.0 */
/*
 * why: each reminder of an item, sent or not, with the reason. What is past comes from the marks and
 * from what became of their messages; what is ahead from the same walk that will decide it; and what
 * will never come, because the answer is there, from the steps that walk had left.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "engine/inquiry/fate.h"
#include "engine/inquiry/inquirer.h"
#include "engine/inquiry/why_rows.h"
#include "engine/ladder/from_ledger.h"
#include "engine/obligation/closing.h"
#include "engine/obligation/series.h"
#include "engine/obligation/state.h"
#include "engine/outbox/post.h"

#define WHY_SLICE 20

static const char *const item_words[ITEM_WHATS] = {
	[ITEM_OFF_TRACK] = "alert: the measure went off track",
	[ITEM_NEEDS_SUPPORT] = "alert: the owner asks for support",
	[ITEM_EFFECT_BELOW] = "alert: the forecast effect fell below the limit",
	[ITEM_UNREACHED] = "alert: somebody could not be reached",
	[ITEM_UNBOUND] = "alert: the month ended without the meeting",
	[ITEM_MOVED] = "the date was moved",
	[ITEM_SUBMITTED] = "the deadline was submitted",
	[ITEM_TEST] = "a test",
	[ITEM_SIGN_IN] = "a link to sign in",
	[ITEM_GONE] = "alert: a channel wants no more messages",
	[ITEM_ASSIGNED] = "the measure was assigned to them",
	[ITEM_UNASSIGNED] = "the measure was assigned to somebody else",
	[ITEM_ABSENT] = "alert: what waits for somebody who is away",
	[ITEM_OUTCOME] = "the body has decided on what was submitted",
	[ITEM_NOT_MINE] = "alert: they say that it is not theirs",
	[ITEM_REQUESTED] = "alert: a later date is asked for",
	[ITEM_GRANTED] = "confirmation: the later date that was asked for is given",
	[ITEM_DENIED] = "confirmation: the later date that was asked for is not given",
	[ITEM_PASSED] = "a body of the chain has decided, and it goes on to the next",
	[ITEM_UNDECIDED] = "alert: what a body of the chain decided is not recorded",
	[ITEM_DISORDER] = "alert: the bodies of the chain do not meet in its order",
	[ITEM_LIGHT] = "alert: the light turned yellow or red",
	[ITEM_DONE_BY] = "the day by which the measure is to be done was moved",
	[ITEM_FROZEN] = "its paper was frozen",
	[ITEM_UNPROPOSED] =
		"its paper is to be frozen, and what is proposed to be decided is not written",
	[ITEM_REPLIED] = "they replied, and are asked whether it is an answer",
	[ITEM_UNFORWARDED] = "alert: a reply could not be passed on",
	[ITEM_HOLD] = "messages are kept back, or leave again",
	[ITEM_AWAY] = "somebody is away, or back",
	[ITEM_RETURNED] = "the deadline was returned and is open anew",
};

static int begin_why(struct inquiry *q, struct rejection *ret_why)
{
	const char *item = inquiry_text(q, "item"), *person = inquiry_text(q, "person");
	int r = inquiry_check_item(q, item, ret_why);

	if (r)
		return r;
	if (person && !plan_person(q->e.plan, person_id(person)))
		return (int)reject(ret_why, REJECT_UNKNOWN_SUBJECT,
				   "there is no person %s in the plan: check the id", person);
	r = why_rows_new(&q->why);
	if (r == 0)
		r = inquiry_gather(q, item);
	return r < 0 ? r : walk_from_ledger_new(&q->e, q->now, &q->walk);
}

/* ---- one obligation ------------------------------------------------------------------------------ */

struct asking {
	struct inquiry *q;
	const struct obligation *o;
	char early
		[120]; /* that a status came too early for it: said with the next that lies ahead */
};

/* Has the newest status of its measure come before its window opens? */
static int look_for_early(struct asking *a)
{
	struct measure_row m __attribute__((cleanup(measure_row_done))) = { .status = STATUS_NONE };
	const struct obligation *o = a->o;
	char came[MINUTE_TEXT], opens[MINUTE_TEXT];
	int r;

	if (o->phase != PHASE_LIVE || !o->measure[0])
		return 0;
	r = ledger_measure(a->q->e.ledger, measure_id(o->measure), &m);
	if (r == 0 && m.seq != 0 && instant_compare(m.time, o->opens_at) < 0)
		snprintf(a->early, sizeof(a->early),
			 "; the status of %s came too early: the window opens %s",
			 inquiry_minute(m.time, came), inquiry_minute(o->opens_at, opens));
	return r;
}

static int add_mark(void *userdata, const struct mark *mark)
{
	const struct asking *a = userdata;
	struct fate fate = { .decision = mark->decision };
	char reason[600];
	int r = 0;

	if (mark->decision == DECISION_SENT)
		r = fate_of_mark(a->q, mark, &fate);
	if (r < 0)
		return r;
	snprintf(reason, sizeof(reason), "%s%s%s", mark->reason, fate.words[0] ? "; " : "",
		 fate.words);
	return why_add_row(a->q, &(struct reminder){ .when = mark->at,
						     .person = recipient_id(mark->recipient),
						     .deadline = deadline_id(a->o->deadline),
						     .measure = measure_id(a->o->measure),
						     .step = mark->step,
						     .repetition = mark->repetition,
						     .decision = fate.decision,
						     .reason = reason });
}

static int add_ruling(void *userdata, const struct decision_record *record)
{
	struct asking *a = userdata;
	char id[RECIPIENT_ID], old[CIVIL_TEXT], reason[400];
	const bool sent = record->decision == DECISION_SENT;
	const bool unplanned = instant_is_none(record->planned);
	const struct reminder row = {
		.when = unplanned ? record->firing.open : record->planned,
		.person = recipient_id_of(record->to, id),
		.deadline = deadline_id(a->o->deadline),
		.measure = measure_id(a->o->measure),
		.step = record->step->text,
		.repetition = record->firing.repetition,
		.decision = sent ? DECISION_PLANNED : record->decision,
		.reason = reason,
	};

	if (record->again)
		return 0;
	if (sent && record->owed)
		walk_reached(a->q->walk, record->planned);
	snprintf(reason, sizeof(reason), "%s%s%s%s%s", record->reason,
		 civil_is_none(a->o->papers_original) ? "" : "; the papers date was ",
		 civil_format(a->o->papers_original, old),
		 civil_is_none(a->o->papers_original) ? "" : " before", a->early);
	a->early[0] = '\0';
	return why_add_row(a->q, &row);
}

/* Why an obligation was withdrawn; of an occurrence that is gone, what may have taken it away. */
static const char *const withdrawal_words[] = {
	[WITHDRAWN_MEASURE_CLOSED] = "the measure is done or cancelled",
	[WITHDRAWN_SUBMITTED] = "the deadline has been submitted",
	[WITHDRAWN_SUPERSEDED] = "the next occurrence has taken its place",
	[WITHDRAWN_REMOVED] = "it left the plan",
};

/* "the body has closed it: struck (RS § 7)", or nothing. */
static int say_closing(const struct inquiry *q, const struct obligation *o, char *out, size_t size)
{
	struct measure_row m __attribute__((cleanup(measure_row_done))) = { .status = STATUS_NONE };
	int r = 0;

	out[0] = '\0';
	if (o->measure[0] && o->withdrawal == WITHDRAWN_MEASURE_CLOSED)
		r = ledger_measure(q->e.ledger, measure_id(o->measure), &m);
	if (r == 0 && measure_is_closed_by_body(&m))
		snprintf(out, size, "the body has closed the measure: %s (%s)",
			 event_closure_name(m.closed_as), m.closed_reference);
	return r;
}

static void say_closed(const struct obligation *o, char *out, size_t size)
{
	bool gone = o->withdrawal == WITHDRAWN_REMOVED && strchr(o->deadline, '@');
	char at[MINUTE_TEXT];

	if (o->phase == PHASE_ANSWERED)
		snprintf(out, size, "answered %s (seq %lld)", inquiry_minute(o->answered_at, at),
			 (long long)o->answered_seq);
	else
		snprintf(out, size, "%s%s", withdrawal_words[o->withdrawal],
			 gone ? ", or its meeting was cancelled" : "");
}

/* Every step up to the end; what an occurrence has left then will not come. */
static int add_ahead(struct asking *a, struct obligation *o)
{
	const struct deadline *d = plan_deadline(a->q->e.plan, deadline_id(o->deadline));
	struct walk *w = a->q->walk;
	struct instant end;
	bool unreached;
	int r = series_end_of(&a->q->e, d, a->q->now, &end);

	while (r >= 0 && instant_compare(o->next_at, end) < 0 && !walk_is_stuck(w))
		r = walk_on(w, instant_max(o->next_at, a->q->now), add_ruling, a, &unreached);
	if (r < 0 || instant_is_none(end))
		return r;
	return walk_rest(w, DECISION_SUPPRESSED, "the next occurrence has taken its place by then",
			 add_ruling, a);
}

/* What lies ahead, or would have if it were not closed. */
static int add_rest(struct asking *a)
{
	struct obligation o = obligation_if_live(a->o);
	char why[300];
	int r;

	r = walk_from_ledger_foresee(&a->q->e, a->q->walk, &o, a->q->now);
	if (r != 0)
		return r < 0 ? r : 0;
	if (a->o->phase == PHASE_LIVE)
		return add_ahead(a, &o);
	r = say_closing(a->q, a->o, why, sizeof(why));
	if (r < 0)
		return r;
	if (!why[0])
		say_closed(a->o, why, sizeof(why));
	return walk_rest(a->q->walk, DECISION_SUPPRESSED, why, add_ruling, a);
}

static int add_obligation(struct inquiry *q, struct obligation_id id)
{
	struct obligation o;
	struct asking a = { .q = q, .o = &o };
	int r = ledger_obligation(q->e.ledger, id, &o);

	if (r >= 0)
		r = look_for_early(&a);
	if (r >= 0)
		r = ledger_marks(q->e.ledger, id, 0, add_mark, &a);
	return r < 0 ? r : add_rest(&a);
}

/* ---- what is no step: alerts, moves, confirmations ------------------------------------------------ */

static int add_told(void *userdata, const struct message *m, const struct item *item)
{
	struct inquiry *q = userdata;
	struct recipient to;
	struct fate fate = fate_of(m, ledger_is_on_hold(q->e.ledger));
	char reason[900], light[400];

	if (item->step[0])
		return 0;
	if (recipient_find(q->e.plan, recipient_id(m->to), &to) && to.person &&
	    strcmp(to.person->channels[0]->name, m->channel) != 0)
		return 0;
	if (item->moot)
		fate.decision = DECISION_SUPPRESSED;
	snprintf(reason, sizeof(reason), "%s; %s",
		 item->what == ITEM_LIGHT ? why_light(item->detail, light, sizeof(light))
					  : item_words[item->what],
		 fate.words);
	return why_add_row(q, &(struct reminder){ .when = m->planned,
						  .person = recipient_id(m->to),
						  .deadline = deadline_id(item->deadline),
						  .measure = measure_id(item->measure),
						  .step = "",
						  .decision = fate.decision,
						  .reason = reason });
}

/* ---- all of it ------------------------------------------------------------------------------------ */

static int work_why(struct inquiry *q)
{
	const char *item = inquiry_text(q, "item");
	bool is_measure = plan_measure(q->e.plan, measure_id(item));
	int r = 0;

	for (size_t end = q->at + WHY_SLICE; r >= 0 && q->at < q->ids.count && q->at < end; q->at++)
		r = add_obligation(q, obligation_id(q->ids.list[q->at]));
	if (r < 0)
		return r;
	if (q->at < q->ids.count)
		return 1;
	r = ledger_items_about(q->e.ledger, deadline_id(is_measure ? "" : item),
			       measure_id(is_measure ? item : ""), add_told, q);
	if (r >= 0 && is_measure)
		r = why_add_lights(q, plan_measure(q->e.plan, measure_id(item)));
	if (r >= 0)
		why_rows_sort(q->why);
	return r < 0 ? r : 0;
}

const struct inquirer inquirer_why = { begin_why, work_why, why_count, why_row };
