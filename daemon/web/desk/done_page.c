/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What somebody has just recorded, read from the log: the same words that the form had. Whose event it is not, does
 * not get to see it here; the history of the thing has it.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "web/desk/acting.h"
#include "web/desk/desk.h"

const struct field_rule desk_done_query[] = { { "seq", 24, false, false }, { .name = NULL } };

struct recorded {
	char source[SOURCE_MAX + 1];
	char *subject;
	json_t *event;
	const struct act *act;
	int64_t seq;
};

static void recorded_done(struct recorded *r)
{
	free(r->subject);
	json_decref(r->event);
}

/* The act whose event it is; NULL: of none. */
static const struct act *act_of(const char *type, const json_t *data)
{
	const bool grants = json_is_array(json_object_get(data, "grants"));
	const bool cancelled = json_is_true(json_object_get(data, "cancelled"));

	for (size_t i = 0; i < act_count; i++) {
		const enum form_action action = acts[i].action;

		if (strcmp(event_type_name(form_event_type(action)), type) == 0 &&
		    (form_event_type(action) != EVENT_EXTEND || (action == FORM_GRANT) == grants) &&
		    ((action != FORM_MEETING && action != FORM_ABSENCE) || !cancelled) &&
		    ((action != FORM_CALL_OFF && action != FORM_BACK) || cancelled))
			return &acts[i];
	}
	return NULL;
}

static int take_event(void *userdata, const struct logged_event *event)
{
	struct recorded *r = userdata;

	if (event->seq != r->seq || strcmp(event->source, r->source) != 0)
		return 0;
	r->event = json_loads(event->body, 0, NULL);
	r->subject = strdup(event->subject);
	if (!r->event || !r->subject)
		return -ENOMEM;
	r->act = act_of(event->type, json_object_get(r->event, "data"));
	return 0;
}

/* What an entry was given, as a list of the form knows it. */
static void fill(struct acting *a, json_t *data)
{
	a->form = (struct form){ .data = data };
	for (enum form_entry i = 0; i < FORM_ENTRIES; i++)
		if (i != ENTRY_MEETING && i != ENTRY_AWAY && form_has(a->act->action, i))
			a->form.typed[i] =
				json_string_value(json_object_get(data, form_entry_data(i)));
}

/* Can it be taken back still? Then what that would drop is what it has caused: it is told as what happens now. */
static int put_undo(const struct acting *a, const struct recorded *r, json_t *view)
{
	char seq[24], nonce[SAY_NONCE_MAX];
	json_t *would = NULL, *caused;
	struct form form = { .typed = { [ENTRY_SEQ] = seq } };
	const struct saying saying = { .person = a->to.person,
				       .subject = r->subject,
				       .action = FORM_UNDO,
				       .form = &form,
				       .nonce = say_nonce(nonce) };
	struct said said;
	int error = 0;

	snprintf(seq, sizeof(seq), "%lld", (long long)r->seq);
	form.data = json_pack("{sI}", "seq", (json_int_t)r->seq);
	if (a->about.id && say_would(a->to.web, &saying, a->to.now, &would, &said) == REJECT_NONE) {
		caused = json_pack("{sO}", "leaves", json_object_get(would, "dropped"));
		error = foreseen_put(&a->to, view, caused);
		json_decref(caused);
		page_put_flag(view, "may_undo", true);
	}
	json_decref(would);
	form_done(&form);
	return error;
}

static void show(struct web *w, struct exchange *x, const struct recorded *r)
{
	struct acting a = { .x = x,
			    .to = page_reader(w, x, exchange_signed_in(x)->person, clock_now()),
			    .act = r->act,
			    .done = true };
	json_t *view = page_new_signed_in(&a.to, x, DESK_ITEMS);
	const unsigned kinds = r->act->subjects ? r->act->subjects : SUBJECT_ITEM | SUBJECT_BODY;
	int error = view ? 0 : -ENOMEM;

	if (subject_find(w->engine->plan, kinds, r->subject, &a.about))
		a.subject = a.about.id;
	fill(&a, json_object_get(r->event, "data"));
	if (error == 0)
		error = acting_put(&a, view);
	if (error == 0)
		error = act_form_put(&a, view);
	if (error == 0)
		error = put_undo(&a, r, view);
	page_put_count(view, "seq", (size_t)r->seq);
	if (error < 0)
		json_decref(view);
	page_send(x, &a.to, 200, PAGE_DONE, error < 0 ? NULL : view);
}

void desk_done(struct web *w, struct exchange *x)
{
	const char *seq = fields_value(&exchange_request(x)->asked, "seq");
	const struct peer peer = { .kind = PEER_PERSON, .person = exchange_signed_in(x)->person };
	struct recorded recorded __attribute__((cleanup(recorded_done))) = { .subject = NULL };
	char *end;
	int r;

	recorded.seq = seq ? strtoll(seq, &end, 10) : 0;
	if (recorded.seq <= 0 || *end) {
		exchange_not_found(x);
		return;
	}
	access_identity(&peer, recorded.source);
	r = ledger_log(w->engine->ledger, recorded.seq - 1, 1, take_event, &recorded);
	if (r < 0)
		exchange_refuse(x, REFUSAL_BROKEN);
	else if (!recorded.act)
		exchange_not_found(x);
	else
		show(w, x, &recorded);
}
