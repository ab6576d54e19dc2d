/* SPDX-License-Identifier: Apache-2.0 */
/* The kinds that a preview knows, and what an event would have said to bring each about: what was said last, where it
 * fits, else words in brackets that nobody takes for somebody's own. */
#include <stdio.h>

#include "base/zone.h"
#include "engine/ladder/walk.h"
#include "engine/preview/internal.h"

#define DAYS_MOVED 14	 /* that a date comes later */
#define PERCENT_BELOW 70 /* of the planned effect, a forecast that is below it */

enum words { WORDS_NOTE, WORDS_SUPPORT, WORDS_REFERENCE, WORDS_REASON, WORDS_WHY, WORDS };
static const char *const words[LANGUAGES][WORDS] = {
	[LANGUAGE_SV] = { "[kommentaren]", "[vad ägaren behöver hjälp med]", "[dnr eller paragraf]",
			  "[skälet till anståndet]", "[skälet]" },
	[LANGUAGE_EN] = { "[the note]", "[what the owner needs help with]",
			  "[reference number or minute item]", "[why it was granted]",
			  "[the reason]" },
};

static const char *word(const struct previewing *p, enum words which)
{
	return words[p->language][which];
}

const char *preview_reference(const struct previewing *p)
{
	return word(p, WORDS_REFERENCE);
}

const char *preview_reason(const struct previewing *p)
{
	return word(p, WORDS_REASON);
}

/* ---- who said it --------------------------------------------------------------------------------- */

#define SOURCE (ID_MAX + 10)

static const char *source_of(const struct person *person, char out[static SOURCE])
{
	snprintf(out, SOURCE, "/people/%s", person ? person->id.text : "");
	return person ? out : NULL;
}

static const char *by_owner(const struct previewing *p, char out[static SOURCE])
{
	return source_of(preview_owner(p), out);
}

static const char *by_steward(const struct previewing *p, char out[static SOURCE])
{
	for (size_t i = 0; i < p->e->plan->person_count; i++)
		if (person_has_role(&p->e->plan->people[i], "steward"))
			return source_of(&p->e->plan->people[i], out);
	return NULL;
}

/* ---- what it said -------------------------------------------------------------------------------- */

static json_t *off_track_detail(const struct previewing *p)
{
	struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };
	char by[SOURCE];
	bool found;

	if (ledger_find_measure(p->e->ledger, p->measure->id, &row, &found) < 0)
		return NULL;
	return json_pack("{ss ss ss*}", "status", "off-track", "note",
			 row.note ? row.note : word(p, WORDS_NOTE), "by", by_owner(p, by));
}

static json_t *needs_support_detail(const struct previewing *p)
{
	struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };
	char by[SOURCE];
	bool found;

	if (ledger_find_measure(p->e->ledger, p->measure->id, &row, &found) < 0)
		return NULL;
	return json_pack("{ss ss ss*}", "status", "at-risk", "needs_support",
			 row.needs_support ? row.needs_support : word(p, WORDS_SUPPORT), "by",
			 by_owner(p, by));
}

static json_t *effect_below_detail(const struct previewing *p)
{
	struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };
	const int64_t planned = measure_effect(p->measure, zone_year(p->now)).value;
	int64_t forecast = planned / 100 * PERCENT_BELOW;
	char by[SOURCE];
	bool found;

	if (ledger_find_measure(p->e->ledger, p->measure->id, &row, &found) < 0)
		return NULL;
	if (row.effect_forecast.given && row.effect_forecast.value < planned)
		forecast = row.effect_forecast.value;
	return json_pack("{ss sI sI si ss*}", "status", "at-risk", "effect_planned",
			 (json_int_t)planned, "effect_forecast", (json_int_t)forecast, "percent",
			 80, "by", by_owner(p, by));
}

static int has_planned_effect(struct previewing *p)
{
	return measure_effect(p->measure, zone_year(p->now)).value > 0
		       ? 0
		       : (int)reject(p->why, REJECT_BAD_DATA,
				     "%s has no planned effect that a forecast could be below",
				     p->measure->id.text);
}

static json_t *not_mine_detail(const struct previewing *p)
{
	char by[SOURCE];

	return json_pack("{ss ss*}", "note", word(p, WORDS_NOTE), "by", by_owner(p, by));
}

/* As if a request asked for as much more time as an extension gives; with a member of its own. */
static json_t *asked_detail(const struct previewing *p, const char *by, const char *member,
			    enum words which)
{
	char asked[CIVIL_TEXT];

	return json_pack("{ss ss ss*}", "asked",
			 civil_format(civil_add(p->o.papers, DAYS_MOVED), asked), member,
			 word(p, which), "by", by);
}

static json_t *requested_detail(const struct previewing *p)
{
	char by[SOURCE];

	json_t *detail = asked_detail(p, by_owner(p, by), "reason", WORDS_WHY);

	if (json_object_set_new(detail, "request", json_string("ID")) == 0)
		return detail;
	json_decref(detail);
	return NULL;
}

static json_t *given_detail(const struct previewing *p)
{
	char by[SOURCE];

	return asked_detail(p, by_steward(p, by), "reference", WORDS_REFERENCE);
}

static json_t *denied_detail(const struct previewing *p)
{
	char by[SOURCE];

	return asked_detail(p, by_steward(p, by), "reason", WORDS_WHY);
}

const char *preview_owes(const struct previewing *p)
{
	const struct person *person = walk_owes(p->e->plan, p->deadline, &p->o);

	return person ? person->id.text : p->o.owner;
}

static json_t *gone_detail(const struct previewing *p)
{
	return json_pack("{ss}", "channel", p->channel->name);
}

/* A working day some time before a date: where it may have been before it was moved. */
static struct civil_date earlier(const struct previewing *p, struct civil_date now)
{
	return calendar_back(p->e->plan->calendar, civil_add(now, -DAYS_MOVED));
}

static json_t *dates_detail(struct civil_date due, struct civil_date papers)
{
	char due_text[CIVIL_TEXT], papers_text[CIVIL_TEXT];

	return json_pack("{ss ss}", "due", civil_format(due, due_text), "papers",
			 civil_format(papers, papers_text));
}

/* The dates before: those that there were, one of which may be the same, else some earlier ones. */
static json_t *moved_detail(const struct previewing *p)
{
	const struct obligation *o = &p->o;

	if (civil_is_none(o->papers_original) && civil_is_none(o->due_original))
		return dates_detail(earlier(p, o->due), earlier(p, o->papers));
	return dates_detail(civil_is_none(o->due_original) ? o->due : o->due_original,
			    civil_is_none(o->papers_original) ? o->papers : o->papers_original);
}

/* What is granted or returned is due later than it was, and its meeting is the same. */
static json_t *granted_detail(const struct previewing *p)
{
	const struct obligation *o = &p->o;
	const bool at_meeting = p->deadline->due.kind == DUE_MEETING;

	return dates_detail(at_meeting ? o->due : earlier(p, o->due), earlier(p, o->papers));
}

static json_t *extended_detail(const struct previewing *p)
{
	json_t *detail = granted_detail(p);

	if (json_object_set_new(detail, "extension",
				json_pack("{ss ss}", "reference", word(p, WORDS_REFERENCE),
					  "reason", word(p, WORDS_REASON))) == 0)
		return detail;
	json_decref(detail);
	return NULL;
}

static json_t *returned_detail(const struct previewing *p)
{
	json_t *detail = granted_detail(p);
	char by[SOURCE];
	json_t *more = json_pack("{ss ss*}", "reference", word(p, WORDS_REFERENCE), "by",
				 by_steward(p, by));
	const bool failed = json_object_update(detail, more) < 0;

	json_decref(more);
	if (!failed)
		return detail;
	json_decref(detail);
	return NULL;
}

/* The meeting is set for the first time: until then its month's last working day was expected. */
static json_t *fixed_detail(const struct previewing *p)
{
	int year, month, day;
	char before[CIVIL_TEXT];

	civil_to_ymd(p->o.due, &year, &month, &day);
	civil_format(calendar_month_end(p->e->plan->calendar, year, month), before);
	return json_pack("{ss ss sb}", "due", before, "papers", before, "provisional", 1);
}

static int is_at_a_meeting(struct previewing *p)
{
	return p->deadline->due.kind == DUE_MEETING && !p->o.provisional
		       ? 0
		       : (int)reject(p->why, REJECT_BAD_DATA,
				     "%s is not due at a meeting that is set",
				     p->deadline->id.text);
}

static int is_at_no_meeting_yet(struct previewing *p)
{
	bool unbound;
	int r = preview_is_unbound(p, p->deadline, &unbound);

	if (r < 0 || unbound)
		return r;
	return (int)reject(p->why, REJECT_BAD_DATA,
			   p->deadline->due.kind == DUE_MEETING
				   ? "%s is due at a meeting that is set"
				   : "%s is not due at a meeting",
			   p->deadline->id.text);
}

static json_t *submitted(const struct previewing *p, bool supplement)
{
	struct deadline_row row = deadline_row_new(p->deadline->id);
	char by[SOURCE];
	bool found;

	if (ledger_find_deadline(p->e->ledger, p->deadline->id, &row, &found) < 0)
		return NULL;
	return json_pack("{ss ss* sb}", "reference",
			 row.reference[0] ? row.reference : word(p, WORDS_REFERENCE), "by",
			 by_owner(p, by), "supplement", supplement);
}

static json_t *submitted_detail(const struct previewing *p)
{
	return submitted(p, false);
}

static json_t *supplement_detail(const struct previewing *p)
{
	return submitted(p, true);
}

static json_t *outcome(const struct previewing *p, const char *name)
{
	struct deadline_row row = deadline_row_new(p->deadline->id);
	char by[SOURCE];
	bool found;

	if (ledger_find_deadline(p->e->ledger, p->deadline->id, &row, &found) < 0)
		return NULL;
	return json_pack("{ss ss ss*}", "outcome", name, "reference",
			 row.outcome_reference[0] ? row.outcome_reference
						  : word(p, WORDS_REFERENCE),
			 "by", by_steward(p, by));
}

static json_t *noted_detail(const struct previewing *p)
{
	return outcome(p, "noted");
}

static json_t *approved_detail(const struct previewing *p)
{
	return outcome(p, "approved");
}

static json_t *passed_detail(const struct previewing *p)
{
	return preview_add_body(p, outcome(p, "approved"));
}

static json_t *assigned_detail(const struct previewing *p)
{
	char by[SOURCE];

	return json_pack("{ss*}", "by", by_steward(p, by));
}

/* ---- the kinds ----------------------------------------------------------------------------------- */

#define OFF_TRACK(name_)                                                               \
	{                                                                              \
		name_, ITEM_OFF_TRACK, ABOUT_MEASURE, READER_ALERTED, ALERT_OFF_TRACK, \
			.detail = off_track_detail                                     \
	}
#define SUBMITTED(name_)                                                                           \
	{                                                                                          \
		name_, ITEM_SUBMITTED, ABOUT_DEADLINE, READER_INFORMED, .detail = submitted_detail \
	}

const struct preview_kind preview_kinds[] = {
	{ "reminder", ITEM_OWED, ABOUT_STEP, READER_OWNER },
	{ "escalation", ITEM_ESCALATED, ABOUT_STEP, READER_MANAGER },
	OFF_TRACK("alert"),
	OFF_TRACK("off-track"),
	{ "needs-support", ITEM_NEEDS_SUPPORT, ABOUT_MEASURE, READER_ALERTED, ALERT_NEEDS_SUPPORT,
	  .detail = needs_support_detail },
	{ "effect-below", ITEM_EFFECT_BELOW, ABOUT_MEASURE, READER_ALERTED, ALERT_EFFECT_BELOW,
	  .detail = effect_below_detail, .fits = has_planned_effect },
	{ "light", ITEM_LIGHT, ABOUT_MEASURE, READER_ALERTED, ALERT_LIGHT,
	  .detail = preview_light_detail },
	{ "unreached", ITEM_UNREACHED, ABOUT_OBLIGATION, READER_SUPPORT,
	  .detail = preview_unreached_detail },
	{ "reply", ITEM_REPLIED, ABOUT_OBLIGATION, READER_OWNER, .detail = preview_reply_detail },
	{ "unforwarded", ITEM_UNFORWARDED, ABOUT_OBLIGATION, READER_STEWARD,
	  .detail = preview_unreached_detail },
	{ "absent", ITEM_ABSENT, ABOUT_OBLIGATION, READER_MANAGER,
	  .detail = preview_absent_detail },
	{ "not-mine", ITEM_NOT_MINE, ABOUT_OBLIGATION, READER_SUPPORT, .detail = not_mine_detail },
	{ "unbound", ITEM_UNBOUND, ABOUT_DEADLINE, READER_SUPPORT, .fits = is_at_no_meeting_yet },
	{ "requested", ITEM_REQUESTED, ABOUT_OBLIGATION, READER_STEWARD,
	  .detail = requested_detail },
	{ "granted", ITEM_GRANTED, ABOUT_OBLIGATION, READER_OWNER, .detail = given_detail },
	{ "denied", ITEM_DENIED, ABOUT_OBLIGATION, READER_OWNER, .detail = denied_detail },
	{ "gone", ITEM_GONE, ABOUT_CHANNEL, READER_STEWARD, .detail = gone_detail },
	{ "moved", ITEM_MOVED, ABOUT_OBLIGATION, READER_OWNER, .detail = moved_detail },
	{ "fixed", ITEM_MOVED, ABOUT_OBLIGATION, READER_OWNER, .detail = fixed_detail,
	  .fits = is_at_a_meeting },
	{ "extended", ITEM_MOVED, ABOUT_OBLIGATION, READER_OWNER, .detail = extended_detail },
	{ "done-by", ITEM_DONE_BY, ABOUT_MEASURE, READER_OWNER, .detail = preview_done_by_detail,
	  .fits = preview_has_done_by },
	{ "returned", ITEM_RETURNED, ABOUT_OBLIGATION, READER_OWNER, .detail = returned_detail },
	SUBMITTED("confirmation"),
	SUBMITTED("submitted"),
	{ "supplement", ITEM_SUBMITTED, ABOUT_DEADLINE, READER_INFORMED,
	  .detail = supplement_detail },
	{ "noted", ITEM_OUTCOME, ABOUT_DEADLINE, READER_INFORMED, .detail = noted_detail },
	{ "approved", ITEM_OUTCOME, ABOUT_DEADLINE, READER_INFORMED, .detail = approved_detail },
	{ "passed", ITEM_PASSED, ABOUT_CHAIN, READER_INFORMED, .detail = passed_detail },
	{ "undecided", ITEM_UNDECIDED, ABOUT_CHAIN, READER_SUPPORT,
	  .detail = preview_undecided_detail },
	{ "disorder", ITEM_DISORDER, ABOUT_CHAIN, READER_SUPPORT,
	  .detail = preview_disorder_detail },
	{ "rereport", ITEM_FROZEN, ABOUT_DEADLINE, READER_OWNER, .detail = preview_frozen_detail },
	{ "unproposed", ITEM_UNPROPOSED, ABOUT_DEADLINE, READER_SUPPORT },
	{ "assigned", ITEM_ASSIGNED, ABOUT_MEASURE, READER_OWNER, .detail = assigned_detail },
	{ "unassigned", ITEM_UNASSIGNED, ABOUT_OBLIGATION, READER_MANAGER,
	  .detail = assigned_detail },
	{ "test", ITEM_TEST, ABOUT_NOTHING, READER_ANYBODY },
	{ "signin", ITEM_SIGN_IN, ABOUT_NOTHING, READER_ANYBODY, .detail = preview_sign_in },
	{ "hold", ITEM_HOLD, ABOUT_NOTHING, READER_STEWARD, .detail = preview_hold_detail },
	{ "hold-ended", ITEM_HOLD, ABOUT_NOTHING, READER_STEWARD,
	  .detail = preview_hold_ended_detail },
	{ "absence", ITEM_AWAY, ABOUT_OBLIGATION, READER_STEWARD, .detail = preview_away_detail },
	{ "absence-ended", ITEM_AWAY, ABOUT_OBLIGATION, READER_STEWARD,
	  .detail = preview_back_detail },
	{ NULL },
};
