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

/* It can be taken back still: what that would drop is what it has caused, and is told as what happens now. */
static int put_undo(const struct acting *a, const json_t *would, json_t *view)
{
	json_t *caused = json_pack("{sO}", "leaves", json_object_get(would, "dropped"));
	int error = foreseen_put(&a->to, view, caused);

	json_decref(caused);
	page_put_flag(view, "may_undo", true);
	return error;
}

static struct acting acting_of(struct web *w, struct exchange *x, const struct recorded *r)
{
	const unsigned kinds = r->act->subjects ? r->act->subjects : SUBJECT_ITEM | SUBJECT_BODY;
	struct acting a = { .x = x,
			    .to = page_reader(w, x, exchange_signed_in(x)->person, clock_now()),
			    .act = r->act,
			    .done = true };

	if (subject_find(w->engine->plan, kinds, r->subject, &a.about))
		a.subject = a.about.id;
	return a;
}

/* would: what would follow from taking it back; NULL: that can't be done. */
static void show(struct acting *a, const struct recorded *r, const json_t *would)
{
	json_t *view = page_new_signed_in(&a->to, a->x, DESK_ITEMS);
	int error = view ? 0 : -ENOMEM;

	fill(a, json_object_get(r->event, "data"));
	if (error == 0)
		error = acting_put(a, view);
	if (error == 0)
		error = act_form_put(a, view);
	if (error == 0 && would)
		error = put_undo(a, would, view);
	page_put_count(view, "seq", (size_t)r->seq);
	if (error < 0)
		json_decref(view);
	page_send(a->x, &a->to, 200, PAGE_DONE, error < 0 ? NULL : view);
}

/* False: it has been answered. */
static bool find(struct web *w, struct exchange *x, struct recorded *ret)
{
	const char *seq = fields_value(&exchange_request(x)->asked, "seq");
	const struct peer peer = { .kind = PEER_PERSON, .person = exchange_signed_in(x)->person };
	char *end;
	int r = 0;

	ret->seq = seq ? strtoll(seq, &end, 10) : 0;
	access_identity(&peer, ret->source);
	if (ret->seq > 0 && !*end)
		r = ledger_log(w->engine->ledger, ret->seq - 1, 1, take_event, ret);
	if (r < 0)
		exchange_refuse(x, REFUSAL_BROKEN);
	else if (!ret->act)
		exchange_not_found(x);
	return r >= 0 && ret->act;
}

static void foreseen(struct web *w, struct exchange *x, json_t *const answers[],
		     const struct rejection *why)
{
	struct recorded recorded __attribute__((cleanup(recorded_done))) = { .subject = NULL };
	struct acting a;

	if (!find(w, x, &recorded))
		return;
	a = acting_of(w, x, &recorded);
	show(&a, &recorded, why ? NULL : json_array_get(answers[0], 0));
}

static void ask_for_undo(const struct acting *a, const struct recorded *r)
{
	char seq[24], nonce[SAY_NONCE_MAX];
	struct form form = { .typed = { [ENTRY_SEQ] = seq } };

	snprintf(seq, sizeof(seq), "%lld", (long long)r->seq);
	form.data = json_pack("{sI}", "seq", (json_int_t)r->seq);
	say_foretell(a->x,
		     &(struct saying){ .person = a->to.person,
				       .subject = r->subject,
				       .action = FORM_UNDO,
				       .form = &form,
				       .nonce = say_nonce(nonce) },
		     foreseen);
	form_done(&form);
}

void desk_done(struct web *w, struct exchange *x)
{
	struct recorded recorded __attribute__((cleanup(recorded_done))) = { .subject = NULL };
	struct acting a;

	if (!find(w, x, &recorded))
		return;
	a = acting_of(w, x, &recorded);
	if (a.about.id)
		ask_for_undo(&a, &recorded);
	else
		show(&a, &recorded, NULL);
}
