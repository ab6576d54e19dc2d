/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How a session comes about: curl connects, hears the greeting, encrypts and logs in (net/connection.h). What
 * was to be encrypted is encrypted under a certificate that was verified, and who was to log in has: else not a
 * word of the mail leaves.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/harmless.h"
#include "delivery/smtp_connect.h"

#define LOGGED_IN 235 /* RFC 4954 § 6 */
#define GO_ON 334     /* ... and § 4 */
#define REFUSED 535

/* A line of the greeting, or of the answer to EHLO or HELO. */
static size_t hear_greeting(char *line, size_t one, size_t size, void *userdata)
{
	struct session *s = userdata;
	const size_t length = one * size;

	s->takes_tokens |= memmem(line, length, "AUTH", 4) && memmem(line, length, "XOAUTH2", 7);
	reply_await(&s->reply);
	reply_hear(&s->reply, line, length);
	offers_hear(&s->offers, line, length);
	return s->reply.heard > REPLY_BYTES_MAX ? 0 : length;
}

/*
 * A server may tell why it refuses a token in a challenge, JSON in base64, which is to be answered before the
 * refusal itself: curl ends there, so what comes next is known and its words are those of the challenge.
 */
static void take_challenge(struct session *s)
{
	char *text = s->reply.text, json[ANSWER_SIZE];
	struct base64 from = { text + 4, strlen(text) > 4 ? strlen(text + 4) : 0,
			       sodium_base64_VARIANT_ORIGINAL };
	size_t length = 0;

	s->reply.code = REFUSED;
	if (!base64_decode(&from, (unsigned char *)json, sizeof(json), &length) || length == 0)
		return;
	harmless_line(text, sizeof(s->reply.text), json, length);
}

static bool is_refused(const struct session *s, CURLcode code)
{
	return code == CURLE_LOGIN_DENIED && s->reply.code / 100 == 5;
}

/* Why there is no connection, or none to use; NULL when there is. */
static const char *hindrance(struct session *s, CURLcode code, const char *why)
{
	const struct send_request *p = &s->job->request;

	if (why || (code == CURLE_OK && (!p->user || s->reply.code == LOGGED_IN)))
		return why;
	s->phase = LOGIN;
	if (p->oauth)
		return "the server offers no login by XOAUTH2, which takes tokens: leave oauth out "
		       "and give a password_file";
	if (s->takes_tokens)
		return "the server offers no login by AUTH PLAIN or LOGIN, but by XOAUTH2: give "
		       "oauth instead of password_file";
	return "the server offers no login by AUTH PLAIN or LOGIN";
}

static void connected(struct connection *c, CURLcode code, const char *unmade)
{
	struct session *s = (struct session *)((char *)c - offsetof(struct session, connection));
	const char *why;

	if (code == CURLE_LOGIN_DENIED && s->reply.code == GO_ON)
		take_challenge(s);
	if (is_refused(s, code) && connection_again(c)) {
		memset(&s->reply, 0, sizeof(s->reply));
		memset(&s->offers, 0, sizeof(s->offers));
		return;
	}
	why = hindrance(s, code, unmade);
	if (why) {
		if (s->reply.code < 400)
			s->reply.code = 0; /* not what prevented it */
		session_lost(s, why);
	} else if (session_watch(s) < 0 || !session_begin(s, s->job)) {
		s->reply.code = 0;
		session_lost(s, "the connection was lost");
	}
}

static int find_oauth(struct mailer *m, const struct send_request *request)
{
	return m->oauth || !request->oauth
		       ? 0
		       : oauth_new(&m->oauth, m->event, request->oauth, request->loopback_only);
}

int smtp_connect(struct session **ret, struct mailer *m, const struct send_request *request)
{
	struct session *s = calloc(1, sizeof(*s));
	int r;

	if (!s)
		return -ENOMEM;
	s->mailer = m;
	s->connection.ended = connected;
	LIST_INSERT_HEAD(&m->sessions, s, link);
	m->session_count++;
	r = find_oauth(m, request);
	if (r == 0)
		r = connection_begin(&s->connection,
				     &(struct connection_wish){
					     .scheme = "smtp",
					     .to = transport_destination(request),
					     .tls = request->tls,
					     .user = request->user,
					     .password_file = request->password_file,
					     .oauth = m->oauth,
					     .answer = m->limits.patience.greeting,
					     .whole = m->limits.net.whole,
					     .hear = hear_greeting,
					     .userdata = s,
				     },
				     m->transfer, m->event);
	if (r < 0) {
		session_free(s);
		return r;
	}
	*ret = s;
	return 0;
}
