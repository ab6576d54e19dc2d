/* SPDX-License-Identifier: Apache-2.0 */
/*
 *	GET ?act=&item=	the form; without an item the things that the act may be about, to choose from
 *	POST check	faulty: the form again (422); else what would follow, with the form hidden in the page
 *	POST change	the form again, as it was filled in
 *	POST do		recorded: to /desk/done (303), once the turn has committed
 *			what would follow has changed since it was shown: the page again, that says so (409)
 *			refused: the form again (422); not stored: the same, to be sent again (503)
 *
 * What was shown is known by its digest in the form, so what is confirmed is what was read: as it stood a moment
 * before, for others may say something in the slices in which it is found out. To begin again after that was rejected:
 * on a busy day nothing would ever be recorded. Sent again it counts once: the event's id is of the form and its words.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/zone.h"
#include "web/desk/acting.h"
#include "web/desk/desk.h"

#define LINE FORM_ROOM, false, true
#define NAME 160, false, true

/* clang-format off */
const struct field_rule desk_act_fields[] = {
	FORM_TOKEN_RULE,
	FORM_RULES,
	{ "act", 16, false, false },
	{ "step", 16, false, false },
	{ "seen", FORESEEN_DIGEST, false, false },
	{ FORM_PICK, 4 * EVENT_ID_MAX, false, true },
	{ "outcome", NAME }, { "as", NAME }, { "body", NAME }, { "owner", NAME }, { "deputy", NAME },
	{ "absence", NAME }, { "replaces", 400, false, true }, { "from", 400, false, true }, { "last", 400, false, true },
	{ "place", LINE }, { "decision", LINE },
	{ "text", FORM_ROOM, true, true },
	{ "seq", 24, false, true },
	{ .name = NULL },
};
const struct field_rule desk_act_query[] = {
	{ "act", 16, false, false },	   { "item", 160, false, false },
	{ "deadline", 160, false, false }, { "replaces", 40, false, false },
	{ "from", 40, false, false },	   { "last", 40, false, false },
	{ "seq", 24, false, false },	   { "absence", 40, false, false },
	{ .name = NULL },
};
/* clang-format on */

/* ---- what it is about --------------------------------------------------------------------------------- */

static int note_about(void *userdata, const struct request_row *row)
{
	struct acting *a = userdata;
	const char *id = row->deadline[0] ? row->deadline : row->measure;

	if (!a->about.id)
		subject_find(a->to.web->engine->plan, SUBJECT_ITEM, id, &a->about);
	return 0;
}

/* Of several requests the event is about what the first of them is. */
static int find_requests(struct acting *a)
{
	const char *id = form_picked(&a->form, &(size_t){ 0 });
	int r = id ? ledger_requests_called(a->to.web->engine->ledger, id, note_about, a) : 0;

	a->subject = a->about.id ? a->about.id : "-";
	return r < 0 ? r : 0;
}

static bool may_see(const struct acting *a, const char *id)
{
	return access_may_see(a->to.web->engine->plan,
			      &(struct peer){ .kind = PEER_PERSON, .person = a->to.person }, id);
}

/* False: it has been answered. An act that is about something has an item, unless it is to be chosen yet. */
static bool find(struct web *w, struct exchange *x, struct acting *ret)
{
	const struct web_request *request = exchange_request(x);
	const struct fields *f =
		request->method == METHOD_POST ? &request->fields : &request->asked;
	const char *item = fields_value(f, "item");
	int r = 0;

	*ret = (struct acting){ .x = x, .act = act_called(fields_value(f, "act")) };
	ret->to = page_reader(w, x, exchange_signed_in(x)->person, clock_now());
	if (request->method == METHOD_POST)
		form_read(&ret->form, f, ACT_NUMBER);
	if (!ret->act || (item && ret->act->subjects &&
			  (!subject_find(w->engine->plan, ret->act->subjects, item, &ret->about) ||
			   !act_is_for(ret->act, &ret->about) || !may_see(ret, item)))) {
		exchange_not_found(x);
		return false;
	}
	ret->subject = ret->about.id;
	if (!ret->act->subjects)
		r = find_requests(ret);
	else if (!item && request->method == METHOD_POST)
		r = -EINVAL;
	if (r < 0)
		exchange_refuse(x, r == -EINVAL ? REFUSAL_FORM : REFUSAL_BROKEN);
	return r == 0;
}

int acting_put(const struct acting *a, json_t *view)
{
	act_put_flag(view, a->act);
	if (!a->about.id)
		return 0;
	page_put(view, "item", a->about.id);
	page_put(view, "title", a->about.title);
	page_put_id(&a->to, view, "id", a->about.id);
	page_put_flag(view, "about_item", a->about.kind & SUBJECT_ITEM);
	return 0;
}

/* ---- pages ------------------------------------------------------------------------------------------ */

static json_t *view_new(const struct acting *a)
{
	json_t *view = page_new_signed_in(&a->to, a->x, DESK_ITEMS);

	if (view && acting_put(a, view) < 0) {
		json_decref(view);
		view = NULL;
	}
	return view;
}

/* For a reason that the page has no words for? */
static bool is_refused(const struct form *f)
{
	for (enum form_entry i = 0; i < FORM_ENTRIES; i++)
		if (f->faults[i].what == FAULT_REFUSED)
			return true;
	return false;
}

/* said: why it was not recorded, or NULL. */
static void show_form(const struct acting *a, const struct said *said, unsigned status)
{
	json_t *view = view_new(a);
	int r = view ? act_form_put(a, view) : -ENOMEM;

	page_put_flag(view, "filling", true);
	page_put_flag(view, "not_stored", status == 503);
	if (said && said->result == ANSWER_REJECTED && is_refused(&a->form))
		page_put(view, "reason", said->reason);
	if (r < 0)
		json_decref(view);
	page_send(a->x, &a->to, status, PAGE_ACT, r < 0 ? NULL : view);
}

/* All that the act may be about, for a list to choose from. */
static void show_choice(const struct acting *a)
{
	const struct plan *plan = a->to.web->engine->plan;
	json_t *view = view_new(a), *field = json_object();
	struct choices c = choices_begin(field, NULL);
	struct subject s;

#define ADD_ALL(list, length)                                                          \
	for (size_t i = 0; !c.error && i < plan->length; i++)                          \
		if (subject_find(plan, a->act->subjects, plan->list[i].id.text, &s) && \
		    act_is_for(a->act, &s) && may_see(a, s.id))                        \
	choices_add_named(&c, s.title, s.id)
	if (a->act->subjects & SUBJECT_MEASURE)
		ADD_ALL(measures, measure_count);
	if (a->act->subjects & SUBJECT_DEADLINE)
		ADD_ALL(deadlines, deadline_count);
	if (a->act->subjects & SUBJECT_ASSIGNMENT)
		ADD_ALL(assignments, assignment_count);
	if (a->act->subjects & SUBJECT_PERSON)
		ADD_ALL(people, person_count);
	if (a->act->subjects & SUBJECT_BODY)
		ADD_ALL(bodies, body_count);
#undef ADD_ALL
	json_object_set_new(view, "fields", json_array());
	page_put_flag(view, "choosing", true);
	json_object_set(view, "groups", json_object_get(field, "groups"));
	json_decref(field);
	if (c.error)
		json_decref(view);
	page_send(a->x, &a->to, 200, PAGE_ACT, c.error ? NULL : view);
}

static void show_consequences(const struct acting *a, const json_t *consequences, unsigned status)
{
	json_t *view = view_new(a);
	char digest[FORESEEN_DIGEST];
	int r = view ? act_form_put(a, view) : -ENOMEM;

	if (r == 0)
		r = foreseen_put(&a->to, view, consequences);
	page_put_flag(view, "confirming", true);
	page_put_flag(view, "changed", status == 409);
	page_put(view, "seen", foreseen_digest(consequences, a->to.now, digest));
	if (r < 0)
		json_decref(view);
	page_send(a->x, &a->to, status, PAGE_ACT, r < 0 ? NULL : view);
}

/* ---- what was sent ------------------------------------------------------------------------------------ */

static struct saying saying_of(const struct acting *a)
{
	return (struct saying){ .person = a->to.person,
				.subject = a->subject,
				.action = a->act->action,
				.form = &a->form };
}

static bool is_step(const struct acting *a, const char *name)
{
	const char *step = fields_value(&exchange_request(a->x)->fields, "step");

	return step && strcmp(step, name) == 0;
}

static bool is_confirmed(const struct acting *a)
{
	return is_step(a, "do");
}

static int check(struct acting *a)
{
	return form_check(&a->form, &(struct form_question){ .action = a->act->action,
							     .language = a->to.language,
							     .today = zone_date(a->to.now),
							     .last = CIVIL_NONE });
}

static void refuse(struct acting *a, const struct said *said)
{
	if (said->result == ANSWER_REJECTED)
		say_refusal(said, a->act->action, &a->form);
	show_form(a, said, said->result == ANSWER_REJECTED ? 422 : 503);
}

static void refuse_as(struct acting *a, const struct rejection *why)
{
	const struct said said = said_refused(why);

	refuse(a, &said);
}

static void lead_to_done(struct exchange *x, int64_t seq)
{
	char path[48];

	snprintf(path, sizeof(path), "/desk/done?seq=%lld", (long long)seq);
	exchange_lead(x, path);
}

/* The turn has ended, with what was said or without it. */
static void told(struct web *w, struct exchange *x, enum turn_end end)
{
	struct said said = *(const struct said *)exchange_kept(x);
	struct acting a;

	if (end != TURN_COMMITTED)
		said.result = ANSWER_RETRY;
	if (said.result == ANSWER_ACCEPTED || said.result == ANSWER_DUPLICATE)
		lead_to_done(x, said.seq);
	else if (find(w, x, &a))
		refuse(&a, &said);
}

static void go_ahead(struct web *w, struct acting *a)
{
	const struct saying saying = saying_of(a);
	struct said *said = malloc(sizeof(*said));

	if (!said || say(w, &saying, a->to.now, said) < 0) {
		free(said);
		exchange_refuse(a->x, REFUSAL_BROKEN);
		return;
	}
	exchange_keep(a->x, said, free);
	exchange_wait(a->x, told);
}

/* What would follow is what they have read? */
static bool is_as_seen(const struct acting *a, const json_t *consequences)
{
	const char *seen = fields_value(&exchange_request(a->x)->fields, "seen");
	char digest[FORESEEN_DIGEST];

	return seen && strcmp(seen, foreseen_digest(consequences, a->to.now, digest)) == 0;
}

static void consider(struct web *w, struct acting *a, const json_t *consequences)
{
	if (!is_confirmed(a))
		show_consequences(a, consequences, 200);
	else if (!is_as_seen(a, consequences))
		show_consequences(a, consequences, 409);
	else
		go_ahead(w, a);
}

/* Is it in order, and has it not been said before? If not it has been answered. */
static bool is_to_be_considered(struct web *w, struct acting *a)
{
	const struct saying saying = saying_of(a);
	bool known = false;
	int r = is_confirmed(a) ? say_is_known(w, &saying, &known) : 0;

	if (r == 0 && !known)
		r = check(a);
	if (r < 0)
		exchange_refuse(a->x, REFUSAL_BROKEN);
	else if (r > 0)
		show_form(a, NULL, 422);
	else if (known) /* it is answered as a duplicate, whatever it says */
		a->form.data = json_object(), go_ahead(w, a);
	return r == 0 && !known;
}

/* What would follow has been found: meanwhile the plan may be another, and the same form may have come again. */
static void foreseen(struct web *w, struct exchange *x, json_t *const answers[],
		     const struct rejection *why)
{
	struct acting a;

	if (!find(w, x, &a))
		return;
	if (is_to_be_considered(w, &a)) {
		if (why)
			refuse_as(&a, why);
		else
			consider(w, &a, json_array_get(answers[0], 0));
	}
	form_done(&a.form);
}

static void post(struct web *w, struct acting *a)
{
	const struct saying saying = saying_of(a);

	if (is_step(a, "change"))
		show_form(a, NULL, 200);
	else if (is_to_be_considered(w, a))
		say_foretell(a->x, &saying, foreseen);
	form_done(&a->form);
}

void desk_act(struct web *w, struct exchange *x)
{
	struct acting a;

	if (!find(w, x, &a))
		return;
	if (exchange_request(x)->method == METHOD_POST) {
		post(w, &a);
	} else if (a.act->subjects && !a.about.id) {
		show_choice(&a);
	} else {
		act_form_begin(&a);
		show_form(&a, NULL, 200);
	}
}
