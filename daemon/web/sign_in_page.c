/* SPDX-License-Identifier: Apache-2.0 */
/*
 *	GET /		a form for the address; signed in: on to the desk, or the board
 *	POST /login	whoever has the address is sent a link. The answer is the same, and as late, whoever has it
 *	GET /in/TOKEN	a button, so that what looks at links in mails does not use it up
 *	POST /in/TOKEN	the link is used up, and a session begins
 *	POST /out	it ends
 *
 * What is known of an address shows in no answer: not in its words, since there is one for all; not in its time, since
 * it leaves a fixed time after the question came, and what is written until then is as much for nobody; and not in
 * what is refused, since that counts by who asks.
 *
 * The token of a session follows from the link and from what its page had in it, so that a button that is pressed twice
 * brings the same session twice, and not none: a browser shows the answer to the second press. Whoever has the link
 * alone can't use it again.
 */
#include "web/sign_in_page.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "engine/outbox/sign_in.h"
#include "gate/access.h"
#include "protocol/text.h"
#include "web/askers.h"
#include "web/exchange_inside.h"
#include "web/page.h"
#include "web/say.h"
#include "web/visitor.h"

#define ADDRESS_MAX 320
#define ANSWER_AFTER ((struct duration){ 300000 })
#define PRESSED_AGAIN SECONDS(60) /* how long a button may be pressed twice */

static const struct field_rule home_rules[] = {
	{ "to", LOGIN_BACK - 1 },
	{ "sent", 1 },
	{ "out", 1 },
	{ NULL },
};
const struct field_rule sign_in_login_rules[] = {
	{ "address", ADDRESS_MAX },
	{ "to", LOGIN_BACK - 1 },
	{ NULL },
};
const struct field_rule sign_in_link_rules[] = { { "form", SAY_NONCE_MAX }, { NULL } };
const struct field_rule sign_in_out_rules[] = { FORM_TOKEN_RULE, { NULL } };

/* ---- where to go on to --------------------------------------------------------------------------------- */

/* Of a path and a query as they stand in a header: nothing that could end one. */
static bool is_plain(const char *text)
{
	static const char others[] = "-._~!$&'()*+,;=:@/%?";

	for (; *text; text++)
		if (!((*text >= '0' && *text <= '9') || (*text >= 'a' && *text <= 'z') ||
		      (*text >= 'A' && *text <= 'Z') || strchr(others, *text)))
			return false;
	return true;
}

/* One of our own pages for who is signed in, else "": nobody is led to another site from here. */
static const char *our_own(const struct web *w, const char *to)
{
	struct place place;

	if (!to || to[0] != '/' || strlen(to) >= LOGIN_BACK || !is_plain(to))
		return "";
	path_find(w->links, (struct piece){ to, strcspn(to, "?") }, &place);
	return place.row && place.row->may != FOR_ANYONE && place.row->methods & METHOD_GET ? to
											    : "";
}

static void lead_in(struct exchange *x, const struct person *person, const char *back)
{
	const struct peer peer = { .kind = PEER_PERSON, .person = person };

	if (back[0])
		exchange_lead(x, back);
	else
		exchange_lead(x, access_is_steward(&peer) ? "/desk" : "/board");
}

/* ---- / ------------------------------------------------------------------------------------------------- */

struct asking {
	const char *to, *typed; /* may be NULL */
	bool sent, out, no_address;
	unsigned status;
};

static void show_form(struct web *w, struct exchange *x, const struct asking *a)
{
	const struct page_reader to = page_reader(w, x, NULL, clock_now());
	json_t *view = page_new(&to);

	page_put(view, "to", our_own(w, a->to));
	page_put(view, "typed", a->typed);
	page_put_flag(view, "sent", a->sent);
	page_put_flag(view, "out", a->out);
	page_put_flag(view, "no_address", a->no_address);
	page_send(x, &to, a->status, PAGE_SIGN_IN, view);
}

void sign_in_home(struct web *w, struct exchange *x)
{
	const char *query = exchange_request(x)->query;
	const struct signed_in *in = exchange_signed_in(x);
	struct fields fields = { NULL };
	struct asking a = { .status = 200 };

	if (!in && x->from_elsewhere) {
		sign_in_lead_on(x);
		return;
	}
	/* What somebody hangs behind the address of the house must not shut its door. */
	if (fields_read(&fields, query, strlen(query), home_rules) == FIELDS_READ) {
		a.to = fields_value(&fields, "to");
		a.sent = fields_value(&fields, "sent") != NULL;
		a.out = fields_value(&fields, "out") != NULL;
	}
	if (in)
		lead_in(x, in->person, our_own(w, a.to));
	else
		show_form(w, x, &a);
	fields_done(&fields);
}

void sign_in_lead_on(struct exchange *x)
{
	const struct web_request *request = exchange_request(x);
	const struct page_reader to = page_reader(x->web, x, NULL, clock_now());
	json_t *view = page_new(&to);
	char *url = NULL;

	if (asprintf(&url, "%s%s%s%s", x->web->root, request->path + 1, *request->query ? "?" : "",
		     request->query) < 0)
		url = NULL;
	page_put(view, "to", url);
	free(url);
	page_send(x, &to, 200, PAGE_ONWARD, view);
}

/* ---- /login -------------------------------------------------------------------------------------------- */

static void answer_login(struct web *w, struct exchange *x, enum turn_end end)
{
	(void)w, (void)end;
	exchange_lead(x, "/?sent=1");
}

static void stored_login(struct web *w, struct exchange *x, enum turn_end end)
{
	(void)w;
	if (end == TURN_COMMITTED)
		exchange_pause(x, ANSWER_AFTER, answer_login);
	else
		exchange_refuse(x, REFUSAL_NOT_STORED);
}

static void tell_refused(struct web *w, const struct person *person)
{
	const struct mono now = clock_mono();

	if (w->often_said.us && now.us - w->often_said.us < MINUTES(10).us)
		return;
	w->often_said = now;
	log_warning("web: %s was not sent a link to sign in: %d were asked for in an hour",
		    person->id.text, SIGN_IN_AN_HOUR);
}

void sign_in_login(struct web *w, struct exchange *x)
{
	const struct fields *fields = &exchange_request(x)->fields;
	const char *address = fields_value(fields, "address"), *to = fields_value(fields, "to");
	struct sign_in_sent sent = { 0 };
	char trimmed[ADDRESS_MAX + 1];
	size_t length;
	int r;

	if (exchange_request(x)->method != METHOD_POST) {
		exchange_lead(x, "/"); /* the address of a form that came back */
		return;
	}
	address = address ? address + strspn(address, " ") : "";
	length = strlen(address);
	while (length > 0 && address[length - 1] == ' ')
		length--;
	snprintf(trimmed, sizeof(trimmed), "%.*s", (int)length, address);
	if (!text_is_address_beyond_ascii(trimmed, length)) {
		show_form(w, x,
			  &(struct asking){
				  .to = to, .typed = trimmed, .no_address = true, .status = 422 });
		return;
	}
	if (!askers_let(w->askers, &x->visitor->remote, clock_mono())) {
		exchange_refuse(x, REFUSAL_OFTEN);
		return;
	}
	r = turn_join(w->engine->turn);
	if (r == 0)
		r = sign_in_ask(w->engine, trimmed, our_own(w, to), clock_now(), &sent);
	if (r < 0) {
		turn_fail(w->engine->turn, r);
		exchange_refuse(x, REFUSAL_NOT_STORED);
		return;
	}
	if (sent.refused)
		tell_refused(w, sent.refused);
	exchange_wait(x, stored_login);
}

/* ---- /in/TOKEN ----------------------------------------------------------------------------------------- */

static void show_over(struct web *w, struct exchange *x, bool used)
{
	const struct page_reader to = page_reader(w, x, NULL, clock_now());
	json_t *view = page_new(&to);

	page_put_flag(view, used ? "used" : "over", true);
	page_send(x, &to, 410, PAGE_SIGN_IN_LINK, view);
}

static void show_button(struct web *w, struct exchange *x, const struct person *person)
{
	const struct page_reader to = page_reader(w, x, person, clock_now());
	json_t *view = page_new(&to);
	char nonce[SAY_NONCE_MAX];

	page_put_flag(view, "good", true);
	page_put(view, "form", say_nonce(nonce));
	page_send(x, &to, 200, PAGE_SIGN_IN_LINK, view);
}

/* What the session of this link is shown by, when this form takes it. */
static void make_token(const struct web *w, const struct login_row *login, const char *form,
		       char out[static SESSION_TOKEN])
{
	char text[LOGIN_ID + SAY_NONCE_MAX + 16];

	_Static_assert(SESSION_TOKEN == LINK_SECRET, "a session's token is such a secret");
	snprintf(text, sizeof(text), "session/%s/%s", login->id, form);
	links_secret(w->links, text, out);
}

static void answer_in(struct web *w, struct exchange *x, enum turn_end end)
{
	const char *form = fields_value(&exchange_request(x)->fields, "form");
	char token[SESSION_TOKEN], cookie[SESSION_COOKIE];
	const struct person *person;
	struct login_row login;
	int r;

	if (end != TURN_COMMITTED) {
		exchange_refuse(x, REFUSAL_NOT_STORED);
		return;
	}
	r = w->links ? sign_in_find(w->engine, exchange_link(x)->who, clock_now(), &login, &person)
		     : SIGN_IN_OVER;
	if (r != SIGN_IN_USED) {
		if (r < 0)
			exchange_refuse(x, REFUSAL_BROKEN);
		else
			show_over(w, x, false); /* they left the plan in this very moment */
		return;
	}
	make_token(w, &login, form, token);
	if (exchange_set_cookie(x, session_set_cookie(w, token, cookie)) < 0)
		exchange_refuse(x, REFUSAL_BROKEN);
	else
		lead_in(x, person, our_own(w, login.back));
}

/* The same press again: its session begins once, and is shown twice. */
static bool is_pressed_again(const struct web *w, const struct login_row *login, const char *form,
			     struct instant now)
{
	char token[SESSION_TOKEN];
	struct session_row session;
	const struct person *person = NULL;

	if (now.us - login->used.us > PRESSED_AGAIN.us ||
	    strcmp(login->form, sign_in_hash(form).text) != 0)
		return false;
	make_token(w, login, form, token);
	return sign_in_whose(w->engine, token, now, &session, &person) == 0 && person;
}

static void take(struct web *w, struct exchange *x, struct login_row *login,
		 const struct person *person)
{
	const char *form = fields_value(&exchange_request(x)->fields, "form");
	char token[SESSION_TOKEN];
	int r = turn_join(w->engine->turn);

	make_token(w, login, form, token);
	if (r == 0)
		r = sign_in_begin(w->engine,
				  &(struct sign_in_begin){ .person = person,
							   .token = token,
							   .before = x->session,
							   .by = login,
							   .form = form },
				  clock_now());
	if (r < 0) {
		turn_fail(w->engine->turn, r);
		exchange_refuse(x, REFUSAL_NOT_STORED);
		return;
	}
	log_info("web: %s has signed in from %s", person->id.text, exchange_request(x)->address);
	exchange_wait(x, answer_in);
}

void sign_in_link(struct web *w, struct exchange *x)
{
	const bool post = exchange_request(x)->method == METHOD_POST;
	const char *form = post ? fields_value(&exchange_request(x)->fields, "form") : NULL;
	const struct signed_in *in = exchange_signed_in(x);
	const struct instant now = clock_now();
	const struct person *person;
	struct login_row login;
	const int r = sign_in_find(w->engine, exchange_link(x)->who, now, &login, &person);

	if (r < 0)
		exchange_refuse(x, REFUSAL_BROKEN);
	else if (post && (!form || !text_is_id(form)))
		exchange_refuse(x, REFUSAL_FORM);
	else if (r == SIGN_IN_GOOD && post)
		take(w, x, &login, person);
	else if (r == SIGN_IN_GOOD)
		show_button(w, x, person);
	else if (r == SIGN_IN_USED && post && is_pressed_again(w, &login, form, now))
		exchange_wait(x, answer_in);
	else if (r == SIGN_IN_USED && in && in->person == person)
		lead_in(x, person, our_own(w, login.back)); /* they have gone back to it */
	else
		show_over(w, x, r == SIGN_IN_USED);
}

/* ---- /out ---------------------------------------------------------------------------------------------- */

static void answer_out(struct web *w, struct exchange *x, enum turn_end end)
{
	char cookie[SESSION_COOKIE];

	if (end != TURN_COMMITTED) {
		exchange_refuse(x, REFUSAL_NOT_STORED);
		return;
	}
	if (exchange_set_cookie(x, session_set_cookie(w, NULL, cookie)) < 0)
		exchange_refuse(x, REFUSAL_BROKEN);
	else
		exchange_lead(x, "/?out=1");
}

/* There is no session of ours that could be ended. */
static void show_whose(struct web *w, struct exchange *x)
{
	const struct page_reader to = page_reader(w, x, exchange_signed_in(x)->person, clock_now());
	json_t *view = page_new(&to);

	page_put_flag(view, "by_proxy", true);
	page_send(x, &to, 200, PAGE_SIGN_IN, view);
}

void sign_in_out(struct web *w, struct exchange *x)
{
	int r;

	if (exchange_signed_in(x)->by_proxy) {
		show_whose(w, x);
		return;
	}
	r = turn_join(w->engine->turn);

	if (r == 0)
		r = ledger_end_session(w->engine->ledger, sign_in_hash(x->session).text);
	if (r < 0) {
		turn_fail(w->engine->turn, r);
		exchange_refuse(x, REFUSAL_NOT_STORED);
		return;
	}
	exchange_wait(x, answer_out);
}
