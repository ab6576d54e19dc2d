/* SPDX-License-Identifier: Apache-2.0 */
/* A form as templates see it: what is asked, what was said before, what is typed, and what is wrong with it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "engine/outbox/absence.h"
#include "message/catalogue.h"
#include "web/page.h"
#include "web/say.h"

/* ---- faults ------------------------------------------------------------------------------------------ */

/* The id of a field in the page: "answer-by-1". */
static void put_place(json_t *fault, enum form_entry entry, unsigned number)
{
	char at[40];

	snprintf(at, sizeof(at), "%s-%u", form_entry_name(entry), number);
	for (char *c = at; *c; c++)
		*c = *c == '_' ? '-' : *c;
	page_put(fault, "at", at);
	snprintf(at, sizeof(at), "at_%s", form_entry_name(entry));
	page_put_flag(fault, at, true);
}

static json_t *fault_new(const struct page_reader *to, const struct form_fault *f)
{
	json_t *fault = json_object();

	page_put_flag(fault, page_fault_names[f->what], true);
	page_put_count(fault, "count", f->count);
	page_put_count(fault, "limit", f->max);
	if (f->what == FAULT_DATE_AFTER || f->what == FAULT_DATE_NOT_LATER)
		page_put_day(to, fault, "limit", f->day);
	return fault;
}

int page_add_fault(const struct page_reader *to, json_t *view, json_t *field,
		   const struct page_fault_at *f)
{
	json_t *fault = fault_new(to, f->fault);

	put_place(fault, f->entry, f->number);
	page_put_flag(view, "faulty", true);
	if (json_object_set_new(field, "fault", json_pack("[O]", fault)) < 0 ||
	    json_array_append_new(json_object_get(view, "faults"), fault) < 0)
		return -ENOMEM;
	return 0;
}

/* At its field, and in the summary at the top. */
static void put_faults(const struct page_reader *to, json_t *view, json_t *form,
		       const struct page_form *f)
{
	const json_t *facts = json_array_get(json_object_get(form, "facts"), 0);
	char name[40];

	for (enum form_entry i = 0; f->form && i < FORM_ENTRIES; i++) {
		json_t *fault;

		if (f->form->faults[i].what == FAULT_NONE)
			continue;
		fault = fault_new(to, &f->form->faults[i]);
		put_place(fault, i, f->number);
		if (f->several)
			json_object_set(fault, "of", json_object_get(facts, "title"));
		snprintf(name, sizeof(name), "%s_fault", form_entry_name(i));
		json_object_set_new(form, name, json_pack("[O]", fault));
		json_array_append_new(json_object_get(view, "faults"), fault);
		page_put_flag(view, "faulty", true);
	}
}

/* ---- what was said before ---------------------------------------------------------------------------- */

static int keep_source(void *userdata, const struct logged_event *event)
{
	return (*(char **)userdata = strdup(event->source)) ? 0 : -ENOMEM;
}

static void put_optional(const struct page_reader *to, json_t *form, const char *name,
			 struct optional value)
{
	json_t *number = value.given ? json_integer(value.value) : NULL;

	page_put_amount(to, form, name, number);
	json_decref(number);
}

static int put_said(const struct page_reader *to, json_t *form, const struct measure *m)
{
	struct ledger *l = to->web->engine->ledger;
	struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };
	char day[CATALOGUE_DATE], percent[8], *source = NULL;
	int r = ledger_measure(l, m->id, &row);

	if (r < 0 || row.seq == 0)
		return r;
	r = ledger_log(l, row.seq - 1, 1, keep_source, &source);
	page_put(form, "said_at", catalogue_day(to->language, zone_date(row.time), day));
	page_put(form, "said_by", source ? page_source_name(to, source) : NULL);
	page_put(form, "said_status", catalogue_status(to->language, row.status));
	snprintf(percent, sizeof(percent), "%d", (int)row.progress.value);
	page_put(form, "said_progress", row.progress.given ? percent : NULL);
	put_optional(to, form, "said_achieved", row.effect_achieved);
	put_optional(to, form, "said_forecast", row.effect_forecast);
	page_put(form, "said_note", row.note);
	free(source);
	return r < 0 ? r : 0;
}

/* ---- instead of an answer ------------------------------------------------------------------------------ */

static void put_iso(json_t *form, const char *name, struct civil_date day)
{
	char text[CIVIL_TEXT];

	page_put(form, name, civil_format(day, text));
}

static int put_away(const struct page_reader *to, json_t *form)
{
	const struct plan *plan = to->web->engine->plan;
	struct absences *absences = NULL;
	int r = absences_new(&absences, to->web->engine, to->now);
	struct stand_in s;

	if (r < 0)
		return r;
	s = absences_find(absences, plan, to->person, zone_date(to->now));
	if (s.absence) {
		page_put_day(to, form, "away_until", s.until);
	} else {
		s.to = to->person->deputy;
		if (s.to && absences_find(absences, plan, s.to, zone_date(to->now)).absence) {
			s.gone = s.to;
			s.to = NULL;
		}
	}
	page_put(form, "deputy", s.to && s.to != to->person ? s.to->name : NULL);
	page_put(form, "deputy_away", s.gone ? s.gone->name : NULL);
	absences_free(absences);
	return 0;
}

struct declined {
	const char *source;
	struct instant since;
	bool found;
};

static int find_declined(void *userdata, const struct logged_event *event)
{
	struct declined *d = userdata;
	json_t *json;

	if (strcmp(event->type, event_type_name(EVENT_NOTE)) != 0 ||
	    instant_compare(event->received, d->since) < 0 || strcmp(event->source, d->source) != 0)
		return 0;
	json = json_loads(event->body, 0, NULL);
	d->found |= json_is_true(json_object_get(json_object_get(json, "data"), "not_mine"));
	json_decref(json);
	return 0;
}

static int put_instead(const struct page_reader *to, json_t *form, const struct asked *a)
{
	const struct peer peer = { .kind = PEER_PERSON, .person = to->person };
	char source[SOURCE_MAX + 1];
	struct declined declined = { source, asked_since(a), false };
	struct asked_promise promise;
	int r = asked_promise(to->web->engine, a, to->now, &promise);

	access_identity(&peer, source);
	if (r == 0)
		r = ledger_events_of(to->web->engine->ledger,
				     a->measure ? a->o.measure : a->o.deadline, find_declined,
				     &declined);
	if (r < 0)
		return r;
	page_put_flag(form, "may_decline", a->asked_of_them);
	page_put_flag(form, "may_request", a->asked_of_them);
	page_put_flag(form, "declined", a->asked_of_them && declined.found);
	page_put_flag(form, "may_promise", promise.possible);
	page_put_day(to, form, "promised_until", promise.promised);
	put_iso(form, "first_day", zone_date(to->now));
	if (promise.possible) {
		put_iso(form, "last_day", promise.last);
		page_put_day(to, form, "last_promise", promise.last);
	}
	return put_away(to, form);
}

/* ---- the form ------------------------------------------------------------------------------------------ */

/* "on-track" as a flag of the template: on_track. */
static void put_choice(json_t *form, const char *typed)
{
	char name[24];

	if (!typed || event_status_parse(typed) == STATUS_NONE)
		return;
	snprintf(name, sizeof(name), "%s", typed);
	for (char *c = name; *c; c++)
		*c = *c == '-' ? '_' : *c;
	page_put_flag(form, name, true);
}

/* A date that no input of dates can show is shown as the words that it is. */
static void put_words(json_t *form, const char *name, const char *typed)
{
	struct civil_date day;

	page_put_flag(form, name, typed && typed[0] && civil_parse(typed, &day) < 0);
}

static void put_typed(json_t *form, const struct page_form *f)
{
	const char *const *typed = f->form ? f->form->typed : NULL;

	for (enum form_entry i = ENTRY_STATUS + 1; typed && i < FORM_ENTRIES; i++)
		page_put(form, form_entry_name(i), typed[i]);
	if (!typed)
		return;
	put_choice(form, typed[ENTRY_STATUS]);
	put_words(form, "answer_by_words", typed[ENTRY_ANSWER_BY]);
	put_words(form, "until_words", typed[ENTRY_UNTIL]);
	put_words(form, "done_forecast_words", typed[ENTRY_DONE_FORECAST]);
	put_words(form, "due_words", typed[ENTRY_DUE]);
}

static bool has_something(const struct page_form *f, enum form_entry entry)
{
	const char *typed = f->form ? f->form->typed[entry] : NULL;

	return (typed && typed[0]) || (f->form && f->form->faults[entry].what != FAULT_NONE);
}

static void put_shape(json_t *form, const struct page_form *f)
{
	const struct measure *m = f->asked->measure;
	const struct form_question q = { .action = m ? FORM_REPORT : FORM_HAND_IN,
					 .require = f->asked->deadline->require };
	char name[40];

	page_put_flag(form, "asks_status", m != NULL);
	page_put_flag(form, "asks_deliverable", m == NULL);
	page_put_flag(form, "open", f->open);
	for (enum form_entry i = 0; i < FORM_ENTRIES; i++) {
		snprintf(name, sizeof(name), "%s_required", form_entry_name(i));
		page_put_flag(form, name, form_requires(&q, i));
	}
	page_put_flag(form, "effects",
		      m && (m->effect_given || form_requires(&q, ENTRY_ACHIEVED) ||
			    form_requires(&q, ENTRY_FORECAST)));
	page_put_flag(form, "effects_open",
		      has_something(f, ENTRY_ACHIEVED) || has_something(f, ENTRY_FORECAST));
	page_put_flag(form, "support_open",
		      has_something(f, ENTRY_SUPPORT) || form_requires(&q, ENTRY_SUPPORT));
	page_put_flag(form, "more_open",
		      has_something(f, ENTRY_DONE_FORECAST) || has_something(f, ENTRY_LINK));
	page_put_flag(form, "requesting", f->form && f->action == FORM_REQUEST);
	page_put_flag(form, "promising", f->form && f->action == FORM_SEEN);
	page_put_flag(form, "leaving", f->form && f->action == FORM_AWAY);
	page_put_flag(form, "declining", f->form && f->action == FORM_NOT_MINE);
}

static void put_number(json_t *form, const char *name, int64_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)number);
	page_put(form, name, text);
}

int page_add_form(const struct page_reader *to, json_t *view, const struct page_form *f)
{
	json_t *facts = page_facts(to, f->asked);
	json_t *form = facts ? json_pack("{s[o]}", "facts", facts) : NULL;
	char nonce[SAY_NONCE_MAX];
	int r = 0;

	if (!form)
		return -ENOMEM;
	put_number(form, "n", f->number);
	put_number(form, "item", f->asked->o.id.n);
	page_put(form, "event",
		 f->form && f->form->nonce && text_is_id(f->form->nonce) ? f->form->nonce
									 : say_nonce(nonce));
	put_shape(form, f);
	put_typed(form, f);
	put_faults(to, view, form, f);
	if (f->several)
		page_put_link(to, form, f->asked);
	if (f->asked->measure)
		r = put_said(to, form, f->asked->measure);
	if (r >= 0 && !f->several)
		r = put_instead(to, form, f->asked);
	if (r >= 0 && !f->several)
		r = page_put_request(to, form, f->asked,
				     f->form ? f->form->typed[ENTRY_MEETING] : NULL);
	json_array_append_new(json_object_get(view, "forms"), form);
	return r;
}
