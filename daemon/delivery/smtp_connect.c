/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How a session comes about: curl connects, hears the greeting, encrypts and logs in. What was to be
 * encrypted is encrypted under a certificate that was verified, and who was to log in has: else not a
 * word of the mail leaves.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "delivery/smtp_connect.h"

#define LOGGED_IN 235 /* RFC 4954 § 6 */
/* What hands the password over as it is. The others that curl knows are weaker than TLS, or ask third
 * parties while everything waits. */
#define LOGIN_WAYS "AUTH=PLAIN;AUTH=LOGIN"

/* A line of the greeting, or of the answer to EHLO or HELO. */
static size_t hear_greeting(char *line, size_t one, size_t size, void *userdata)
{
	struct session *s = userdata;

	reply_await(&s->reply);
	reply_hear(&s->reply, line, one * size);
	offers_hear(&s->offers, line, one * size);
	return s->reply.heard > REPLY_BYTES_MAX ? 0 : one * size;
}

/* Why there is no connection, or none to use; NULL when there is. */
static const char *hindrance(struct session *s, CURLcode code)
{
	const bool login = s->job->request.user;

	/* Curl goes on without a login when the server offers none. */
	if (code == CURLE_LOGIN_DENIED ||
	    (code == CURLE_OK && login && s->reply.code != LOGGED_IN)) {
		s->phase = LOGIN;
		return "the server offers no login by AUTH PLAIN or LOGIN";
	}
	if (code == CURLE_USE_SSL_FAILED)
		return "the server offers no STARTTLS, and nothing is sent unencrypted";
	return code == CURLE_OK ? NULL : exchange_error(&s->x, code);
}

static void connected(struct exchange *x, CURLcode code)
{
	struct session *s = (struct session *)((char *)x - offsetof(struct session, x));
	const char *why = hindrance(s, code);

	if (why) {
		if (s->reply.code < 400)
			s->reply.code = 0; /* not what prevented it */
		session_lost(s, why);
	} else if (session_watch(s) < 0 || !session_begin(s, s->job)) {
		s->reply.code = 0;
		session_lost(s, "the connection was lost");
	}
}

#define SET(option, value) code = code ? code : curl_easy_setopt(easy, CURLOPT_##option, value)

static int set_options(struct session *s, const struct send_request *p)
{
	CURL *easy = s->x.easy;
	CURLcode code = CURLE_OK;
	char url[300];

	if (p->tls == MAIL_TLS) {
		snprintf(url, sizeof(url), "smtps%s", strchr(p->url, ':'));
		SET(URL, url);
	}
	SET(PROTOCOLS_STR, p->tls == MAIL_TLS ? "smtps" : "smtp");
	SET(USE_SSL, (long)(p->tls == MAIL_PLAIN ? CURLUSESSL_NONE : CURLUSESSL_ALL));
	SET(SSL_ENABLE_ALPN, 0L);
	SET(CONNECT_ONLY, 1L);
	/* To curl, greeting, encryption and login are a part of connecting: the time for a connection
	 * is up to the socket, and here is that of all their answers together. */
	SET(SERVER_RESPONSE_TIMEOUT, (long)s->mailer->limits.patience.greeting);
	SET(CONNECTTIMEOUT, (long)s->mailer->limits.net.whole);
	SET(HEADERFUNCTION, hear_greeting);
	SET(HEADERDATA, s);
	return code ? -ENOMEM : 0;
}

static int on_hopeless(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct session *s = userdata;

	(void)source;
	(void)usec;
	session_lost(s, s->x.error);
	return 0;
}

/* 0 when the login is set, 1 when there is none to be had: the session then ends from the loop. */
static int set_login(struct session *s, const struct send_request *p)
{
	struct secret secret = { .length = 0 };
	char password[SECRET_MAX + 1];
	CURL *easy = s->x.easy;
	CURLcode code = CURLE_OK;
	int r;

	if (!p->user)
		return 0;
	r = secret_read(&secret, p->password_file);
	if (r == 0) {
		memcpy(password, secret.bytes, secret.length);
		password[secret.length] = '\0';
		SET(LOGIN_OPTIONS, LOGIN_WAYS);
		SET(USERNAME, p->user);
		SET(PASSWORD, password);
		explicit_bzero(password, sizeof(password));
		secret_done(&secret);
		return code ? -ENOMEM : 0;
	}
	snprintf(s->x.error, sizeof(s->x.error), "password_file %.120s can't be used: %s",
		 p->password_file, secret_fault(r));
	r = sd_event_add_time(s->mailer->event, &s->timer, CLOCK_BOOTTIME, 0, 0, on_hopeless, s);
	return r < 0 ? r : 1;
}

#undef SET

int smtp_connect(struct session **ret, struct mailer *m, const struct send_request *request)
{
	struct session *s = calloc(1, sizeof(*s));
	int r;

	if (!s)
		return -ENOMEM;
	s->mailer = m;
	s->x.to = transport_destination(request);
	s->x.ended = connected;
	LIST_INSERT_HEAD(&m->sessions, s, link);
	m->session_count++;
	r = exchange_init(&s->x, m->transfer);
	if (r == 0)
		r = set_options(s, request);
	if (r == 0)
		r = set_login(s, request);
	if (r == 0)
		r = transfer_add(&s->x);
	if (r < 0) {
		session_free(s);
		return r;
	}
	*ret = s;
	return 0;
}
