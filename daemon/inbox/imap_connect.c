/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How a session comes about: curl connects, hears the greeting, encrypts and logs in (net/connection.h). What was to
 * be encrypted is encrypted under a certificate that was verified, and who was to log in has: else not a command is
 * sent.
 *
 * Why a login is refused stands in the last line that the server has said: the command's own answer, or, of a token,
 * a challenge with JSON in base64, at which curl ends.
 */
#include <ctype.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/base64.h"
#include "base/clock.h"
#include "base/harmless.h"
#include "inbox/imap_internal.h"

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
	s->known_already |= strncasecmp(s->greeted, "* PREAUTH", 9) == 0;
	s->takes_tokens |= memmem(line, n, "AUTH=XOAUTH2", 12) != NULL;
	return s->reply.talked > GREETING_MAX ? 0 : n;
}

/* The words that the server refuses the login with, as one clean line; false: it has refused none. */
static bool refusal(const struct imap_session *s, char out[static 300])
{
	const char *words = strchr(s->greeted, ' ');
	char json[sizeof(s->greeted)];
	size_t length;

	if (!words++)
		return false;
	if (s->greeted[0] == '+') {
		const struct base64 from = { words, strlen(words), sodium_base64_VARIANT_ORIGINAL };

		if (!base64_decode(&from, (unsigned char *)json, sizeof(json), &length))
			return false;
		harmless_line(out, 300, json, length);
		return true;
	}
	if (!isalnum((unsigned char)s->greeted[0]) ||
	    (strncasecmp(words, "NO", 2) != 0 && strncasecmp(words, "BAD", 3) != 0))
		return false;
	harmless_line(out, 300, words, strlen(words));
	return true;
}

/* Why the login failed. */
static const char *login_fault(const struct imap_session *s, char out[static 400])
{
	const bool with_token = s->connection.wish.oauth != NULL;
	char answer[300];

	if (refusal(s, answer)) {
		snprintf(out, 400, "the server's answer to the login was \"%s\"%s", answer,
			 s->takes_tokens && !with_token
				 ? "; it takes tokens, which oauth in mail says where to have"
				 : "");
		return out;
	}
	if (with_token)
		return "the server offers no login by XOAUTH2, which takes tokens: give inbox a "
		       "password_file";
	return s->takes_tokens ? "the server offers no login by AUTH PLAIN or LOGIN, but by "
				 "XOAUTH2: leave password_file out and give oauth in mail"
			       : "the server offers no login by AUTH PLAIN or LOGIN";
}

/* Why there is no connection, or none to use; NULL when there is. */
static const char *hindrance(const struct imap_session *s, CURLcode code, const char *unmade,
			     char out[static 400])
{
	if (code == CURLE_OK)
		return s->known_already
			       ? "the server takes us for somebody before we log in (PREAUTH)"
			       : NULL;
	if (exchange_is_refused(&s->connection.x)) {
		snprintf(out, 400, "its address %s may not be reached", s->connection.x.refused);
		return out;
	}
	return unmade ? unmade : login_fault(s, out);
}

static void connected(struct connection *c, CURLcode code, const char *unmade)
{
	struct imap_session *s =
		(struct imap_session *)((char *)c - offsetof(struct imap_session, connection));
	char text[400];
	const char *why;

	if (code == CURLE_LOGIN_DENIED && !unmade && refusal(s, text) && connection_again(c)) {
		s->greeted[0] = '\0';
		s->reply.talked = 0;
		return;
	}
	why = hindrance(s, code, unmade, text);
	if (why)
		imap_session_lost(s, why);
	else
		imap_session_connected(s);
}

int imap_connect(struct imap_session *s, struct transfer *t, struct oauth *oauth)
{
	const struct connection_wish wish = {
		.scheme = "imap",
		.to = { .url = s->settings->server,
			.ca_file = s->settings->ca_file,
			.private_allowed = true,
			.loopback_only = clock_is_rehearsal() },
		.tls = s->settings->tls,
		.user = s->settings->user,
		.password_file = s->settings->password_file,
		.oauth = oauth,
		.answer = PATIENCE,
		.whole = PATIENCE,
		.hear = hear_line,
		.userdata = s,
	};

	s->connection.ended = connected;
	return connection_begin(&s->connection, &wish, t, s->event);
}
