/* SPDX-License-Identifier: Apache-2.0 */
/*
 *	GET	open: the form; answered: the receipt, with a form to correct it; else the page that says why not
 *	GET ?event=ID	the receipt of what the person has said about it, when that was no answer
 *	GET ?reply=N	what their reply by mail was understood as, and the button that records it
 *	POST	faulty: the form again, with all that was typed (422)
 *		refused: the same; not stored: the same, to be sent again (503)
 *		recorded: to the receipt (303), once the turn has committed
 *
 * GET changes nothing: what a page shows is read from the ledger each time. A POST is judged at once and
 * answered at the end of the turn, and then what it is about is looked up anew.
 */
#include "web/answer_page.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/zone.h"
#include "engine/outbox/absence.h"
#include "message/catalogue.h"
#include "web/reply_page.h"
#include "web/say.h"

#define NUMBER 1 /* of the one form on the page */

struct answering {
	struct exchange *x;
	struct page_reader to;
	struct asked asked;
};

/* ---- pages ------------------------------------------------------------------------------------------- */

/* What it is about, for a heading. */
static struct page_unsaved named(const struct answering *a)
{
	const struct asked *asked = &a->asked;

	return (struct page_unsaved){
		.id = asked->o.measure[0] ? asked->o.measure : asked->o.deadline,
		.title = asked->measure				   ? asked->measure->title
			 : asked->deadline && !asked->o.measure[0] ? asked->deadline->title
								   : NULL,
	};
}

/* Something that was typed and can't be recorded: shown, so that it can be copied. 0 or a negative errno. */
static int put_unsaved(struct answering *a, json_t *view)
{
	const struct web_request *request = exchange_request(a->x);
	const struct page_unsaved about = named(a);
	struct form form;

	if (request->method != METHOD_POST || !view)
		return 0;
	form_read(&form, &request->fields, NUMBER);
	return page_add_unsaved(&a->to, view, &form, &about);
}

static void show_ended(struct answering *a)
{
	static const char *const flags[] = {
		[ASKED_ANSWERED] = "handed_over",
		[ASKED_EXPIRED] = "expired",
		[ASKED_SUPERSEDED] = "superseded",
		[ASKED_REMOVED] = "removed",
		[ASKED_HANDED_OVER] = "handed_over",
		[ASKED_MEASURE_CLOSED] = "measure_closed",
		[ASKED_PERSON_LEFT] = "left",
		[ASKED_NOT_THEIRS] = "not_theirs",
		[ASKED_CLOSED_BY_BODY] = "closed_by_body",
	};
	const struct page_unsaved about = named(a);
	json_t *view = page_new(&a->to);

	page_put(view, "title", about.title ? about.title : about.id);
	page_put_id(&a->to, view, "id", about.title ? about.id : NULL);
	page_put_flag(view, flags[a->asked.state], true);
	if (put_unsaved(a, view) < 0) {
		json_decref(view);
		view = NULL;
	}
	page_send(a->x, &a->to, 410, PAGE_ENDED, view);
}

/* The form of an item that is open. form NULL: an empty one. */
static void show_form(struct answering *a, const struct form *form, enum form_action action,
		      unsigned status)
{
	json_t *view = page_new(&a->to);
	const struct page_form shown = {
		.asked = &a->asked, .number = NUMBER, .action = action, .form = form
	};
	int r = view ? page_add_form(&a->to, view, &shown) : -ENOMEM;

	page_put_flag(view, "not_stored", status == 503);
	if (r == 0 && !form)
		r = put_unsaved(a, view);
	if (r < 0)
		json_decref(view);
	page_send(a->x, &a->to, status, PAGE_ANSWER, r < 0 ? NULL : view);
}

/* The receipt of an answer, with the form that corrects it: as it was sent, or as the answer was given. */
static void show_answered(struct answering *a, const struct form *form, unsigned status)
{
	struct receipt receipt = { .data = NULL };
	struct receipt_form begins;
	struct page_form shown = { .asked = &a->asked, .number = NUMBER, .open = form != NULL };
	json_t *view = page_new(&a->to);
	bool found = false;
	int r = view ? receipt_of_answer(a->to.web->engine, &a->asked, &receipt, &found) : -ENOMEM;

	if (r == 0 && !found) {
		json_decref(view);
		show_ended(a);
		return;
	}
	if (r == 0)
		r = page_add_receipt(&a->to, view, &a->asked, &receipt);
	if (r == 0 && !instant_is_none(receipt_correctable(&receipt, &a->asked, a->to.now))) {
		receipt_fill(&receipt, a->to.language, &begins);
		shown.form = form ? form : &begins.form;
		r = page_add_form(&a->to, view, &shown);
	} else if (r == 0) {
		r = put_unsaved(a, view);
	}
	page_put_flag(view, "not_stored", status == 503);
	receipt_done(&receipt);
	if (r < 0)
		json_decref(view);
	page_send(a->x, &a->to, status, PAGE_RECEIPT, r < 0 ? NULL : view);
}

static void show(struct answering *a, const struct form *form, enum form_action action,
		 unsigned status)
{
	if (a->asked.state == ASKED_OPEN)
		show_form(a, form, action, status);
	else if (a->asked.state == ASKED_ANSWERED)
		show_answered(a, form, status);
	else
		show_ended(a);
}

/* Of an event that the query names: what the person has said of it. False: there is none such. */
static bool show_said(struct answering *a)
{
	static const char name[] = "event=";
	const char *query = exchange_request(a->x)->query;
	struct receipt receipt = { .data = NULL };
	json_t *view;
	bool found;
	int r;

	if (a->asked.state != ASKED_OPEN || strncmp(query, name, strlen(name)) != 0)
		return false;
	r = receipt_of_event(a->to.web->engine, &a->asked, query + strlen(name), &receipt, &found);
	if (r == 0 && !found)
		return false;
	view = r == 0 ? page_new(&a->to) : NULL;
	if (view && page_add_receipt(&a->to, view, &a->asked, &receipt) < 0) {
		json_decref(view);
		view = NULL;
	}
	receipt_done(&receipt);
	page_send(a->x, &a->to, 200, PAGE_RECEIPT, view);
	return true;
}

/* ---- what it is about ------------------------------------------------------------------------------------ */

/* False: it has been answered that there is no such thing, or that it can't be looked up. */
static bool find(struct web *w, struct exchange *x, struct answering *ret)
{
	struct instant now = clock_now();
	int r;

	*ret = (struct answering){ .x = x };
	r = asked_by_link(w->engine, exchange_link(x), now, &ret->asked);
	if (r != 0) {
		exchange_refuse(x, r == ASKED_UNKNOWN ? REFUSAL_NOT_FOUND : REFUSAL_BROKEN);
		return false;
	}
	ret->to = page_reader(w, x, ret->asked.person, now);
	return true;
}

/* What is to be done with it: false when that is nothing which the form has. */
static bool find_action(const struct answering *a, enum form_action *ret)
{
	static const struct {
		const char *name;
		enum form_action action;
	} actions[] = { { "seen", FORM_SEEN },
			{ "away", FORM_AWAY },
			{ "request", FORM_REQUEST },
			{ "not-mine", FORM_NOT_MINE } };
	const char *name = fields_value(&exchange_request(a->x)->fields, "action");

	if (name && strcmp(name, "answer") == 0) {
		*ret = a->asked.o.measure[0] ? FORM_REPORT : FORM_HAND_IN;
		return true;
	}
	for (size_t i = 0; name && i < sizeof(actions) / sizeof(actions[0]); i++)
		if (strcmp(name, actions[i].name) == 0) {
			*ret = actions[i].action;
			return true;
		}
	return false;
}

/* May it be said now? What is answered may be corrected for a while. */
static bool is_welcome(const struct answering *a, enum form_action action)
{
	struct receipt receipt = { .data = NULL };
	bool found = false, welcome;

	if (a->asked.state == ASKED_OPEN)
		return a->asked.asked_of_them ||
		       (action != FORM_NOT_MINE && action != FORM_REQUEST);
	if (a->asked.state != ASKED_ANSWERED || (action != FORM_REPORT && action != FORM_HAND_IN) ||
	    receipt_of_answer(a->to.web->engine, &a->asked, &receipt, &found) < 0)
		return false;
	welcome = found && !instant_is_none(receipt_correctable(&receipt, &a->asked, a->to.now));
	receipt_done(&receipt);
	return welcome;
}

/* ---- an answer ------------------------------------------------------------------------------------------- */

/* The form as it was sent, with its faults. How many, or a negative errno. */
static int read_form(const struct answering *a, enum form_action action, struct form *ret)
{
	struct form_question q = { .action = action,
				   .language = a->to.language,
				   .require = a->asked.deadline->require,
				   .today = zone_date(a->to.now),
				   .last = action == FORM_REQUEST ? a->asked.o.papers : CIVIL_NONE,
				   .not_mine = catalogue_not_mine(a->to.language) };
	struct asked_promise promise;
	int r;

	form_read(ret, &exchange_request(a->x)->fields, NUMBER);
	ret->typed[ENTRY_DEADLINE] = NULL; /* it is the page's */
	if (action == FORM_SEEN) {
		r = asked_promise(a->to.web->engine, &a->asked, a->to.now, &promise);
		if (r < 0)
			return r;
		q.last = promise.last;
		if (!promise.possible) {
			ret->faults[ENTRY_ANSWER_BY].what =
				promise.late ? FAULT_LATE_ALREADY : FAULT_NOT_ASKED;
			return 1;
		}
	}
	return form_check(ret, &q);
}

/* The turn has ended, with what was said or without it. */
static void told(struct web *w, struct exchange *x, enum turn_end end)
{
	const struct said *said = exchange_kept(x);
	char location[TOKEN_MAX + EVENT_ID_MAX + 16];
	enum form_action action;
	struct answering a;
	struct form form;

	if (!find(w, x, &a))
		return;
	if (!find_action(&a, &action) || !a.asked.deadline || !a.asked.person) {
		show_ended(&a);
		return;
	}
	if (end == TURN_COMMITTED &&
	    (said->result == ANSWER_ACCEPTED || said->result == ANSWER_DUPLICATE)) {
		snprintf(location, sizeof(location), "%s%s%s", exchange_request(x)->token,
			 a.asked.state == ASKED_OPEN ? "?event=" : "",
			 a.asked.state == ASKED_OPEN ? said->id : "");
		exchange_reply(x, &(struct reply){ .status = 303, .location = location });
		return;
	}
	if (read_form(&a, action, &form) < 0) {
		exchange_refuse(x, REFUSAL_BROKEN);
		return;
	}
	if (end == TURN_COMMITTED && said->result == ANSWER_REJECTED) {
		say_refusal(said, action, &form);
		show(&a, &form, action, 422);
	} else {
		show(&a, &form, action, 503);
	}
	form_done(&form);
}

static const char *subject_of(const struct answering *a, enum form_action action)
{
	if (action == FORM_AWAY)
		return a->asked.person->id.text;
	return a->asked.o.measure[0] ? a->asked.o.measure : a->asked.o.deadline;
}

/* Who stands in by an absence that this one overlaps does so still: a page asks for a day only. */
static int keep_deputy(const struct answering *a, struct form *form)
{
	struct engine *e = a->to.web->engine;
	struct absences *absences = NULL;
	const struct person *deputy;
	struct civil_date from, until;
	int r = absences_new(&absences, e, a->to.now);

	if (r < 0 ||
	    civil_parse(json_string_value(json_object_get(form->data, "from")), &from) < 0 ||
	    civil_parse(json_string_value(json_object_get(form->data, "until")), &until) < 0)
		return absences_free(absences), r;
	deputy = absences_named(absences, e->plan, a->asked.person, from, until);
	if (deputy && deputy != a->asked.person &&
	    json_object_set_new(form->data, "deputy", json_string(deputy->id.text)) < 0)
		r = -ENOMEM;
	absences_free(absences);
	return r;
}

/* What is said: how many faults it has, or a negative errno. What was said before has none, whenever. */
static int read_said(const struct answering *a, const struct saying *saying, struct form *form)
{
	bool known;
	int r;

	form_read(form, &exchange_request(a->x)->fields, NUMBER);
	r = say_is_known(a->to.web, saying, &known);
	if (r < 0)
		return r;
	if (known) {
		form->data = json_object();
		return form->data ? 0 : -ENOMEM;
	}
	r = read_form(a, saying->action, form);
	if (r == 0 && saying->action == FORM_AWAY)
		r = keep_deputy(a, form);
	if (r == 0 && saying->action == FORM_REQUEST && a->asked.measure &&
	    json_object_set_new(form->data, "deadline", json_string(a->asked.o.deadline)) < 0)
		r = -ENOMEM;
	return r;
}

static void post(struct web *w, struct answering *a, enum form_action action)
{
	struct said *said = malloc(sizeof(*said));
	struct form form = { .data = NULL };
	char round[32];
	const struct saying saying = {
		.person = a->asked.person,
		.subject = subject_of(a, action),
		.action = action,
		.form = &form,
		/* Told once while it is theirs, by whichever form; other words are told as well. */
		.nonce = action == FORM_NOT_MINE ? round : NULL,
	};
	int r;

	snprintf(round, sizeof(round), "round-%lld", (long long)asked_since(&a->asked).us);
	r = said ? read_said(a, &saying, &form) : -ENOMEM;
	if (r == 0)
		r = say(w, &saying, a->to.now, said);
	else if (r > 0)
		show(a, &form, action, 422);
	form_done(&form);
	if (r != 0)
		free(said);
	if (r < 0)
		exchange_refuse(a->x, REFUSAL_BROKEN);
	if (r == 0) {
		exchange_keep(a->x, said, free);
		exchange_wait(a->x, told);
	}
}

void answer_handle(struct web *w, struct exchange *x)
{
	enum form_action action;
	struct answering a;

	if (!find(w, x, &a))
		return;
	if (exchange_request(x)->method != METHOD_POST) {
		if (!show_said(&a) && !reply_page_show(x, &a.to, &a.asked))
			show(&a, NULL, FORM_REPORT, 200);
	} else if (!find_action(&a, &action)) {
		exchange_refuse(x, REFUSAL_FORM);
	} else if (is_welcome(&a, action)) {
		post(w, &a, action);
	} else {
		show(&a, NULL, action,
		     a.asked.state == ASKED_ANSWERED || a.asked.state == ASKED_OPEN ? 409 : 410);
	}
}
