/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The token of forms is derived from that of the session, so nothing is kept for it, and whoever knows the one
 * that a page has in it does not know the other.
 *
 * Whoever is not signed in and only wants to see something is led to the page where they can sign in, and from
 * there back. What they send is refused: it would be lost on the way.
 */
#include "web/signed_in.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/zone.h"
#include "engine/outbox/sign_in.h"
#include "gate/access.h"
#include "web/exchange_inside.h"
#include "web/refusal_send.h"
#include "web/sign_in_page.h"
#include "web/visitor.h"

#define NOTE_USE MINUTES(5) /* how seldom it is noted that a session is used: each is a commit */

/* ---- what a browser shows ------------------------------------------------------------------------------ */

/* Under https a browser takes a cookie of such a name only as ours, by https, and for the whole host. */
static enum cookie_name name_of(const struct web_settings *settings)
{
	const char *url = settings->public_url;

	if (!url || strncmp(url, "https://", 8) != 0)
		return COOKIE_PLAIN;
	return strchr(url + 8, '/') ? COOKIE_SECURE : COOKIE_HOST;
}

const char *session_cookie(const struct web_settings *settings)
{
	return cookie_names[name_of(settings)];
}

char *session_set_cookie(const struct web *w, const char *token, char out[static SESSION_COOKIE])
{
	const struct web_settings *settings = web_settings(w);
	const bool https = name_of(settings) != COOKIE_PLAIN;

	/* No Max-Age while it lasts: a browser that is closed has signed out as well. */
	snprintf(out, SESSION_COOKIE, "%s=%s; Path=%s; HttpOnly; SameSite=Strict%s%s",
		 session_cookie(settings), token ? token : "", w->root, https ? "; Secure" : "",
		 token ? "" : "; Max-Age=0");
	return out;
}

/* Of two with one name a browser says nothing about which is whose: neither counts. */
void session_token_of(const struct web_settings *settings, const struct head *head,
		      char out[static SESSION_TOKEN])
{
	const struct cookie *c = &head->cookies[name_of(settings)];

	out[0] = '\0';
	if (c->count == 1 && c->value.length == SESSION_TOKEN - 1)
		snprintf(out, SESSION_TOKEN, "%.*s", SESSION_TOKEN - 1, c->value.at);
}

char *session_user_of(const struct visitor *v, const struct head *head)
{
	const char *name = web_settings(v->web)->proxy_user_header;
	struct piece value;
	const unsigned count = name ? head_find(head, name, &value) : 0;

	if (count == 0)
		return NULL;
	if (v->proxied && count == 1)
		return strndup(value.at, value.length);
	refusal_tell(v->web, &v->remote, REFUSAL_POSED);
	return NULL;
}

/* ---- who it is ----------------------------------------------------------------------------------------- */

/* What is kept of who is signed in, for as long as the exchange is there. */
struct seen {
	struct signed_in in;
	struct plan *plan; /* whose person it is */
	char form_token[SESSION_TOKEN];
};

static void seen_free(struct seen *s)
{
	if (s)
		plan_unref(s->plan);
	free(s);
}

void session_forget(struct exchange *x)
{
	seen_free(x->seen);
	x->seen = NULL;
}

static void make_form_token(const char *token, char out[static SESSION_TOKEN])
{
	static const char what[] = "the forms of a session";
	unsigned char hash[32];

	crypto_generichash(hash, sizeof(hash), (const unsigned char *)what, sizeof(what),
			   (const unsigned char *)token, strlen(token));
	sodium_bin2base64(out, SESSION_TOKEN, hash, sizeof(hash),
			  sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static struct seen *seen_new(struct plan *plan, const struct person *person, const char *token,
			     bool by_proxy)
{
	struct seen *s = calloc(1, sizeof(*s));
	const struct peer peer = { .kind = PEER_PERSON, .person = person };

	if (!s)
		return NULL;
	s->plan = plan_ref(plan);
	make_form_token(token, s->form_token);
	s->in = (struct signed_in){ person, access_is_steward(&peer), access_is_full_steward(&peer),
				    by_proxy, s->form_token };
	return s;
}

/* That it was used, now and then. What can't be noted is not worth refusing anybody for. */
static void note_use(struct web *w, struct session_row *session, struct instant now)
{
	int r;

	if (now.us - session->used.us < NOTE_USE.us || turn_join(w->engine->turn) < 0)
		return;
	session->used = now;
	r = ledger_put_session(w->engine->ledger, session);
	if (r < 0)
		turn_fail(w->engine->turn, r);
}

/* What the forms of somebody whom a proxy names are made with: for a day, and the next, since there is no session. */
static void make_proxy_token(const struct web *w, const struct person *person,
			     struct civil_date day, char out[static SESSION_TOKEN])
{
	char text[ID_MAX + CIVIL_TEXT + 16], date[CIVIL_TEXT];

	snprintf(text, sizeof(text), "forms/%s/%s", person->id.text, civil_format(day, date));
	links_secret(w->links, text, out);
}

/* Whom a proxy names, by id or mail address. */
static int look_at_user(struct exchange *x)
{
	struct engine *e = x->web->engine;
	const struct person *person = sign_in_named(e->plan, x->texts[3]);
	char token[SESSION_TOKEN];

	if (!person || !x->web->links)
		return 0;
	make_proxy_token(x->web, person, zone_date(clock_now()), token);
	x->seen = seen_new(e->plan, person, token, true);
	return x->seen ? 0 : -ENOMEM;
}

/* 0, with x->seen when they are signed in; or a negative errno. */
static int look(struct exchange *x)
{
	struct engine *e = x->web->engine;
	const struct instant now = clock_now();
	const struct person *person;
	struct session_row session;
	int r;

	if (x->texts[3])
		return look_at_user(x);
	if (!x->session[0])
		return 0;
	r = sign_in_whose(e, x->session, now, &session, &person);
	if (r < 0 || !person)
		return r;
	note_use(x->web, &session, now);
	x->seen = seen_new(e->plan, person, x->session, false);
	return x->seen ? 0 : -ENOMEM;
}

const struct signed_in *exchange_signed_in(const struct exchange *x)
{
	struct plan *plan = x->web->engine->plan;
	struct peer peer = { .kind = PEER_PERSON };
	const struct person *person;

	if (!x->seen)
		return NULL;
	if (x->seen->plan != plan) {
		person = plan_person(plan, x->seen->in.person->id);
		peer.person = person;
		if (person) {
			x->seen->in.person = person;
			x->seen->in.steward = access_is_steward(&peer);
			x->seen->in.full = access_is_full_steward(&peer);
			plan_unref(x->seen->plan);
			x->seen->plan = plan_ref(plan);
		}
	}
	return &x->seen->in;
}

/* ---- who comes in -------------------------------------------------------------------------------------- */

/* To where one signs in, and back from there. */
static void lead_to_sign_in(struct exchange *x)
{
	struct buffer to __attribute__((cleanup(buffer_done))) = { NULL };

	int r = buffer_add_text(&to, "/?to=");

	if (r == 0)
		r = fields_escape(&to, x->request.path);
	if (r == 0 && *x->request.query)
		r = fields_escape(&to, "?");
	if (r == 0)
		r = fields_escape(&to, x->request.query);
	if (r == 0)
		r = buffer_add(&to, "", 1);
	if (r < 0)
		exchange_refuse(x, REFUSAL_BROKEN);
	else
		exchange_lead(x, to.bytes);
}

bool session_admit(struct exchange *x)
{
	const enum path_for may = x->place.row->may;
	const int r = look(x);

	if (x->seen) /* their own is known, and the browser's may be a shared machine's */
		x->request.language = x->seen->in.person->language;
	if (r < 0) {
		exchange_refuse(x, REFUSAL_BROKEN);
	} else if (may == FOR_ANYONE) {
		return true;
	} else if (!x->seen) {
		if (x->request.method == METHOD_POST)
			exchange_refuse(x, REFUSAL_SIGNED_OUT);
		else if (x->from_elsewhere)
			sign_in_lead_on(x);
		else
			lead_to_sign_in(x);
	} else if (may >= FOR_STEWARD &&
		   !(may == FOR_FULL_STEWARD ? x->seen->in.full : x->seen->in.steward)) {
		exchange_refuse(x, REFUSAL_NOT_FOR_THEM);
	} else {
		return true;
	}
	return false;
}

/* A page that was open at midnight is good still. */
static bool is_yesterdays(const struct exchange *x, const char *shown)
{
	char token[SESSION_TOKEN], form[SESSION_TOKEN];

	make_proxy_token(x->web, x->seen->in.person, civil_add(zone_date(clock_now()), -1), token);
	make_form_token(token, form);
	return sodium_memcmp(shown, form, SESSION_TOKEN - 1) == 0;
}

bool session_has_form_token(const struct exchange *x)
{
	const char *shown;

	if (x->place.row->may == FOR_ANYONE || x->request.method != METHOD_POST)
		return true;
	shown = fields_value(&x->request.fields, FORM_TOKEN);
	if (!shown || strlen(shown) != SESSION_TOKEN - 1)
		return false;
	if (sodium_memcmp(shown, x->seen->form_token, SESSION_TOKEN - 1) == 0)
		return true;
	return x->seen->in.by_proxy && x->web->links && is_yesterdays(x, shown);
}
