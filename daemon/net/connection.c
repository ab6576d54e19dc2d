/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A password is read when it is used and handed over as it is, which TLS makes safe: the other ways that curl
 * knows are weaker than TLS, or ask third parties while everything waits. A token is used while it is good, and
 * may have been taken back before: then another is tried, once.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "net/connection.h"

#define PASSWORD_WAYS "AUTH=PLAIN;AUTH=LOGIN"
#define TOKEN_WAYS "AUTH=XOAUTH2"

#define SET(option, value) code = code ? code : curl_easy_setopt(c->x.easy, CURLOPT_##option, value)

static int set_options(struct connection *c)
{
	const struct connection_wish *w = &c->wish;
	const bool tls = w->tls == MAIL_TLS;
	char url[300], scheme[16];
	CURLcode code = CURLE_OK;

	snprintf(scheme, sizeof(scheme), "%s%s", w->scheme, tls ? "s" : "");
	snprintf(url, sizeof(url), "%s%s", scheme, strchr(w->to.url, ':'));
	SET(URL, url);
	SET(PROTOCOLS_STR, scheme);
	SET(USE_SSL, (long)(w->tls == MAIL_PLAIN ? CURLUSESSL_NONE : CURLUSESSL_ALL));
	SET(SSL_ENABLE_ALPN, 0L);
	SET(CONNECT_ONLY, 1L);
	/* To curl, greeting, encryption and login are a part of connecting: the time for a connection
	 * is up to the socket, and here is that of all their answers together. */
	SET(SERVER_RESPONSE_TIMEOUT, (long)w->answer);
	SET(CONNECTTIMEOUT, (long)w->whole);
	SET(HEADERFUNCTION, w->hear);
	SET(HEADERDATA, w->userdata);
	return code ? -ENOMEM : 0;
}

/* ---- the login -------------------------------------------------------------------------------------- */

static int set_bearer(struct connection *c, const struct bearer *bearer)
{
	CURLcode code = CURLE_OK;

	SET(LOGIN_OPTIONS, TOKEN_WAYS);
	SET(USERNAME, c->wish.user);
	SET(XOAUTH2_BEARER, bearer->token);
	c->bearer = bearer->number;
	return code ? -ENOMEM : 0;
}

/* 0, -ENOMEM, or 1: there is none to be had, and the connection ends from the loop. */
static int set_password(struct connection *c)
{
	struct secret secret = { .length = 0 };
	char password[SECRET_MAX + 1];
	CURLcode code = CURLE_OK;
	int r = secret_read(&secret, c->wish.password_file);

	if (r < 0) {
		secret_done(&secret);
		snprintf(c->x.error, sizeof(c->x.error), "password_file %.120s can't be used: %s",
			 c->wish.password_file, secret_fault(r));
		return 1;
	}
	memcpy(password, secret.bytes, secret.length);
	password[secret.length] = '\0';
	SET(LOGIN_OPTIONS, PASSWORD_WAYS);
	SET(USERNAME, c->wish.user);
	SET(PASSWORD, password);
	explicit_bzero(password, sizeof(password));
	secret_done(&secret);
	return code ? -ENOMEM : 0;
}

#undef SET

static int on_soon(sd_event_source *source, void *userdata)
{
	struct connection *c = userdata;

	(void)source;
	c->ended(c, CURLE_LOGIN_DENIED, c->x.error);
	return 0;
}

static void told(struct oauth_waiter *waiter, const struct bearer *bearer, const char *fault)
{
	struct connection *c =
		(struct connection *)((char *)waiter - offsetof(struct connection, waiter));

	if (!fault && (set_bearer(c, bearer) < 0 || transfer_add(&c->x) < 0))
		fault = "there is not enough memory to connect";
	if (fault)
		c->ended(c, CURLE_LOGIN_DENIED, fault);
}

/* ---- the connection --------------------------------------------------------------------------------- */

static const char *sentence(struct connection *c, CURLcode code)
{
	if (code == CURLE_OK || code == CURLE_LOGIN_DENIED)
		return NULL;
	if (code == CURLE_USE_SSL_FAILED)
		return "the server offers no STARTTLS, and nothing is sent unencrypted";
	return exchange_error(&c->x, code);
}

static void ended(struct exchange *x, CURLcode code)
{
	struct connection *c = (struct connection *)((char *)x - offsetof(struct connection, x));

	c->ended(c, code, sentence(c, code));
}

/* Connect at once, or when there is a token. */
static int go(struct connection *c)
{
	struct bearer bearer;
	int r = 0;

	c->kept = false;
	if (c->wish.user && c->wish.oauth) {
		if (!oauth_bearer(c->wish.oauth, &bearer)) {
			oauth_wait(c->wish.oauth, &c->waiter);
			return 0;
		}
		c->kept = true;
		r = set_bearer(c, &bearer);
	} else if (c->wish.user) {
		r = set_password(c);
	}
	if (r <= 0)
		return r < 0 ? r : transfer_add(&c->x);
	return sd_event_add_defer(c->event, &c->soon, on_soon, c);
}

static int make(struct connection *c)
{
	int r;

	c->x.to = c->wish.to;
	c->x.ended = ended;
	c->x.addresses_open = c->x.addresses_refused = 0;
	c->x.error[0] = '\0';
	c->bearer = 0;
	r = exchange_init(&c->x, c->transfer);
	if (r == 0)
		r = set_options(c);
	if (r == 0)
		r = go(c);
	return r < 0 ? r : 0;
}

int connection_begin(struct connection *c, const struct connection_wish *wish, struct transfer *t,
		     sd_event *event)
{
	c->wish = *wish;
	c->transfer = t;
	c->event = event;
	c->waiter.told = told;
	return make(c);
}

bool connection_again(struct connection *c)
{
	const bool again = c->bearer > 0 && c->kept;

	if (c->bearer > 0)
		oauth_forget(c->wish.oauth, c->bearer);
	if (!again)
		return false;
	exchange_done(&c->x);
	return make(c) == 0;
}

void connection_done(struct connection *c)
{
	oauth_leave(&c->waiter);
	sd_event_source_disable_unref(c->soon);
	c->soon = NULL;
	exchange_done(&c->x);
}
