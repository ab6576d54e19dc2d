/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How a session comes about: curl connects, hears the greeting, encrypts and logs in. What was to be encrypted is
 * encrypted under a certificate that was verified, and who was to log in has: else not a command is sent.
 */
#include <ctype.h>
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/harmless.h"
#include "base/secret.h"
#include "inbox/imap_internal.h"

/* What hands the password over as it is: the others that curl knows are weaker than TLS, or ask third parties
 * while everything waits. */
#define LOGIN_WAYS "AUTH=PLAIN;AUTH=LOGIN"
#define PATIENCE 60		 /* seconds for all of it */
#define GREETING_MAX (64 * 1024) /* bytes that the server may say before we do */

/* A line of what the server says while curl connects. */
static size_t hear_line(char *line, size_t one, size_t size, void *userdata)
{
	struct imap_session *s = userdata;
	const size_t n = one * size, kept = n < sizeof(s->greeted) ? n : sizeof(s->greeted) - 1;

	s->reply.talked += n;
	memcpy(s->greeted, line, kept);
	s->greeted[kept] = '\0';
	s->greeted[strcspn(s->greeted, "\r\n")] = '\0';
	s->known_already = s->known_already || strncasecmp(s->greeted, "* PREAUTH", 9) == 0;
	return s->reply.talked > GREETING_MAX ? 0 : n;
}

/* The words of the last response with a tag, when they are of a refusal; else NULL. */
static const char *refusal(const struct imap_session *s)
{
	const char *words = strchr(s->greeted, ' ');

	if (!isalnum((unsigned char)s->greeted[0]) || !words++)
		return NULL;
	return strncasecmp(words, "NO", 2) == 0 || strncasecmp(words, "BAD", 3) == 0 ? words : NULL;
}

/* Why there is no connection, or none to use; NULL when there is. */
static const char *hindrance(const struct imap_session *s, CURLcode code, char out[static 400])
{
	char answer[300];

	if (code == CURLE_OK && s->known_already)
		return "the server takes us for somebody before we log in (PREAUTH)";
	if (code == CURLE_OK)
		return NULL;
	if (exchange_is_refused(&s->x)) {
		snprintf(out, 400, "its address %s may not be reached", s->x.refused);
		return out;
	}
	if (code == CURLE_USE_SSL_FAILED)
		return "the server offers no STARTTLS, and nothing is sent unencrypted";
	if (code != CURLE_LOGIN_DENIED)
		return exchange_error(&s->x, code);
	if (!refusal(s))
		return "the server offers no login by AUTH PLAIN or LOGIN";
	harmless_line(answer, sizeof(answer), refusal(s), strlen(refusal(s)));
	snprintf(out, 400, "the server's answer to the login was \"%s\"", answer);
	return out;
}

static void connected(struct exchange *x, CURLcode code)
{
	struct imap_session *s =
		(struct imap_session *)((char *)x - offsetof(struct imap_session, x));
	char text[400];
	const char *why = hindrance(s, code, text);

	if (why)
		imap_session_lost(s, why);
	else
		imap_session_connected(s);
}

#define SET(option, value) code = code ? code : curl_easy_setopt(easy, CURLOPT_##option, value)

static int set_options(struct imap_session *s)
{
	const bool tls = s->settings->tls == MAIL_TLS;
	CURL *easy = s->x.easy;
	CURLcode code = CURLE_OK;

	SET(PROTOCOLS_STR, tls ? "imaps" : "imap");
	SET(USE_SSL, (long)(s->settings->tls == MAIL_PLAIN ? CURLUSESSL_NONE : CURLUSESSL_ALL));
	SET(SSL_ENABLE_ALPN, 0L);
	SET(CONNECT_ONLY, 1L);
	/* To curl, greeting, encryption and login are a part of connecting. */
	SET(SERVER_RESPONSE_TIMEOUT, (long)PATIENCE);
	SET(CONNECTTIMEOUT, (long)PATIENCE);
	SET(HEADERFUNCTION, hear_line);
	SET(HEADERDATA, s);
	return code ? -ENOMEM : 0;
}

/* 0 when the login is set, 1 when there is none to be had, for the reason in x.error. */
static int set_login(struct imap_session *s)
{
	struct secret secret = { .length = 0 };
	char password[SECRET_MAX + 1];
	CURL *easy = s->x.easy;
	CURLcode code = CURLE_OK;
	int r = secret_read(&secret, s->settings->password_file);

	if (r == 0) {
		memcpy(password, secret.bytes, secret.length);
		password[secret.length] = '\0';
		SET(LOGIN_OPTIONS, LOGIN_WAYS);
		SET(USERNAME, s->settings->user);
		SET(PASSWORD, password);
		explicit_bzero(password, sizeof(password));
	} else {
		snprintf(s->x.error, sizeof(s->x.error), "password_file %.120s can't be used: %s",
			 s->settings->password_file, secret_fault(r));
	}
	secret_done(&secret);
	return r < 0 ? 1 : code ? -ENOMEM : 0;
}

#undef SET

int imap_connect(struct imap_session *s, struct transfer *t)
{
	int r;

	s->x.to = (struct destination){ .url = s->settings->server,
					.ca_file = s->settings->ca_file,
					.private_allowed = true,
					.loopback_only = clock_is_rehearsal() };
	s->x.ended = connected;
	r = exchange_init(&s->x, t);
	if (r == 0)
		r = set_options(s);
	if (r == 0)
		r = set_login(s);
	if (r == 0)
		return transfer_add(&s->x);
	if (r < 0)
		return r;
	/* It ends from the loop, as every session does. */
	s->hopeless = true;
	sd_event_source_set_time(s->timer, 0);
	r = sd_event_source_set_enabled(s->timer, SD_EVENT_ONESHOT);
	return r < 0 ? r : 0;
}
