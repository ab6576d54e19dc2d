/* SPDX-License-Identifier: Apache-2.0 */
/* A receipt as templates see it: what was recorded, when and by whom, and what happens now. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/zone.h"
#include "engine/obligation/deadline_state.h"
#include "engine/outbox/absence.h"
#include "ledger/lists.h"
#include "message/catalogue.h"
#include "web/page.h"
#include "web/say.h"

/* ---- what was said ------------------------------------------------------------------------------------- */

static const char *text_of(const struct receipt *r, const char *name)
{
	return json_string_value(json_object_get(r->data, name));
}

static void put_date(const struct page_reader *to, json_t *object, const struct receipt *r,
		     const char *name)
{
	struct civil_date day;

	if (text_of(r, name) && civil_parse(text_of(r, name), &day) == 0)
		page_put_day(to, object, name, day);
}

static void put_status(const struct page_reader *to, json_t *object, const struct receipt *r)
{
	const char *name = text_of(r, "status");
	const enum measure_status status = name ? event_status_parse(name) : STATUS_NONE;
	const json_t *progress = json_object_get(r->data, "progress");
	char percent[8];

	if (status != STATUS_NONE)
		page_put(object, "said_status", catalogue_status(to->language, status));
	snprintf(percent, sizeof(percent), "%d", (int)json_number_value(progress));
	page_put(object, "said_progress", json_is_number(progress) ? percent : NULL);
	page_put_amount(to, object, "said_achieved", json_object_get(r->data, "effect_achieved"));
	page_put_amount(to, object, "said_forecast", json_object_get(r->data, "effect_forecast"));
	page_put(object, "said_support", text_of(r, "needs_support"));
}

/* Is anybody told of a wish for support? */
static bool tells_of_support(const struct plan *plan)
{
	for (size_t i = 0; i < plan->alert_count; i++)
		if (plan->alerts[i].when == ALERT_NEEDS_SUPPORT)
			return true;
	return false;
}

static int put_deputy(const struct page_reader *to, json_t *object, const struct receipt *r)
{
	struct absences *absences = NULL;
	struct civil_date from;
	int error = absences_new(&absences, to->web->engine, to->now);
	struct stand_in s;

	if (error < 0 || !text_of(r, "from") || civil_parse(text_of(r, "from"), &from) < 0)
		return error;
	s = absences_find(absences, to->web->engine->plan, to->person, from);
	page_put(object, "deputy", s.to && s.to != to->person ? s.to->name : NULL);
	page_put(object, "deputy_away", s.gone ? s.gone->name : NULL);
	absences_free(absences);
	return 0;
}

/* ---- what happens now ------------------------------------------------------------------------------------- */

/* What a deadline asks for that was not given, in words: "en kommentar och …". */
static void put_lacking(const struct page_reader *to, json_t *still, unsigned require,
			const struct receipt *r)
{
	char words[400] = "";
	size_t length = 0;

	for (enum status_field i = 0; i < STATUS_FIELDS; i++) {
		if (!(require & 1U << i) || json_object_get(r->data, event_field_names[i]))
			continue;
		length += (size_t)snprintf(words + length, sizeof(words) - length, "%s%s",
					   length ? ", " : "", catalogue_field(to->language, i));
		length = length < sizeof(words) ? length : sizeof(words) - 1;
	}
	page_put(still, "required", words);
}

/* Another deadline that asks for the same measure and is not answered. */
static int add_still(const struct page_reader *to, json_t *list, const struct obligation *o,
		     const struct receipt *r)
{
	struct engine *e = to->web->engine;
	const struct deadline *d = plan_deadline(e->plan, deadline_id(o->deadline));
	struct deadline_row row;
	json_t *still;
	int error = d ? ledger_deadline(e->ledger, d->id, &row) : 0;

	if (error < 0 || !d || deadline_is_closed(&row))
		return error;
	still = json_pack("{ss}", "deadline_title", d->title);
	page_put_id(to, still, "deadline", d->id.text);
	page_put_day(to, still, "day", o->papers);
	if (instant_compare(o->opens_at, to->now) > 0)
		page_put_day(to, still, "opens_then", zone_date(o->opens_at));
	else
		put_lacking(to, still, d->require, r);
	return json_array_append_new(list, still) < 0 ? -ENOMEM : 0;
}

static int put_still(const struct page_reader *to, json_t *object, const struct asked *a,
		     const struct receipt *r)
{
	struct obligations all __attribute__((cleanup(obligations_done))) = { NULL };
	json_t *list = json_array();
	int error = list_of_measure(to->web->engine->ledger, a->measure->id, &all);

	for (size_t i = 0; error >= 0 && i < all.count; i++)
		if (all.list[i].phase == PHASE_LIVE && all.list[i].id.n != a->o.id.n)
			error = add_still(to, list, &all.list[i], r);
	json_object_set_new(object, "still", list);
	return error;
}

static void put_correction(const struct page_reader *to, json_t *object, const struct asked *a,
			   const struct receipt *r)
{
	const struct instant until = receipt_correctable(r, a, to->now);

	if (!instant_is_none(until))
		page_put_instant(to, object, "correct_until", until);
	else
		page_put_flag(object, "correction_over", r->answer && a->theirs);
	if (r->answer && !a->theirs && a->owes)
		page_put(object, "owner_now", a->owes->name);
}

static void put_what(json_t *object, const struct receipt *r)
{
	static const char *const flags[EVENT_TYPES] = {
		[EVENT_STATUS] = "reported",	 [EVENT_SUBMIT] = "handed_over",
		[EVENT_OUTCOME] = "handed_over", [EVENT_SEEN] = "promised_it",
		[EVENT_ABSENCE] = "gone",	 [EVENT_NOTE] = "declined",
		[EVENT_REQUEST] = "requested",
	};

	if (flags[r->type])
		page_put_flag(object, flags[r->type], true);
}

static int put_now(const struct page_reader *to, json_t *object, const struct asked *a,
		   const struct receipt *r)
{
	page_put_flag(object, "answered", a->state == ASKED_ANSWERED);
	if (a->state == ASKED_OPEN && instant_compare(a->o.opens_at, to->now) > 0)
		page_put_day(to, object, "opens", zone_date(a->o.opens_at));
	page_put_flag(object, "support_told",
		      text_of(r, "needs_support") && tells_of_support(to->web->engine->plan));
	put_correction(to, object, a, r);
	if (r->type == EVENT_ABSENCE)
		return put_deputy(to, object, r);
	return r->type == EVENT_STATUS && a->measure ? put_still(to, object, a, r) : 0;
}

/* ---- all of it ---------------------------------------------------------------------------------------------- */

int page_add_receipt(const struct page_reader *to, json_t *view, const struct asked *a,
		     const struct receipt *r)
{
	json_t *facts = page_facts(to, a);
	json_t *object = facts ? json_pack("{s[o]}", "facts", facts) : NULL;
	int error;

	if (!object)
		return -ENOMEM;
	put_what(object, r);
	page_put_instant(to, object, "recorded", r->received);
	page_put(object, "by", page_source_name(to, r->source));
	page_put_flag(object, "corrected", r->corrected && !r->history);
	if (r->history) {
		page_put(object, "newer", catalogue_status(to->language, r->newer));
		page_put_instant(to, object, "newer_at", r->newer_at);
	}
	put_status(to, object, r);
	page_put(object, "said_note", text_of(r, "note"));
	page_put(object, "said_reference", text_of(r, "reference"));
	page_put_due(to, object, "said_done_forecast", text_of(r, "done_forecast"));
	page_put(object, "said_evidence", text_of(r, "link"));
	page_put(object, "said_why", text_of(r, "reason"));
	if (r->type == EVENT_REQUEST)
		page_put_due(to, object, "asked_due", text_of(r, "due"));
	put_date(to, object, r, "answer_by");
	put_date(to, object, r, "from");
	put_date(to, object, r, "until");
	page_put_link(to, object, a);
	error = put_now(to, object, a, r);
	json_array_append_new(json_object_get(view, "receipts"), object);
	return error < 0 ? error : 0;
}
