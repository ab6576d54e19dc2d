/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The mail transaction (RFC 5321) on a connection that curl has made:
 *
 *	CONNECTING ─▶ MAIL ─▶ RCPT ─▶ DATA ─▶ BODY ─▶ IDLE ─▶ MAIL …
 *	               ╰───────┴───────┴─▶ RSET ──────▶╯
 *
 * CONNECTING is greeting, encryption and login as well, all of them curl's; LOGIN is where a session ends
 * that was not let in. What was to be encrypted is encrypted under a certificate that was verified, and
 * who was to log in has: else not a word of the letter leaves.
 *
 * A session has at most one letter, none in IDLE and RSET. The verdict is a matter of the phase and of
 * the complete reply to its command:
 *
 *	before RCPT        anything but 2xx, or silence: the server's fault, tried again
 *	RCPT, DATA         5xx final, but one that speaks of us; all else tried again
 *	BODY (after 354)   2xx accepted, 5xx final, 4xx tried again; no reply: outcome unknown
 *
 * Whoever ends a session or a letter returns at once: it may have a new letter by then, or be gone.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#include "base/clock.h"
#include "base/secret.h"
#include "delivery/session.h"

const struct smtp_patience smtp_patience = {
	.greeting = 300, /* § 4.5.3.2.1: from the connection to the greeting */
	.command = 300,	 /* .2, .3: MAIL and RCPT; and what else is said before DATA */
	.data = 120,	 /* .4: the reply to DATA */
	.block = 180,	 /* .5: a piece of the letter */
	.end = 600,	 /* .6: the reply to its end */
};

#define IDLE_MAX SECONDS(30) /* a connection without work is closed after that */
#define SERVICE_CLOSING 421  /* RFC 5321 § 3.8: whatever the command was */
#define START_MAIL 354
#define LOGGED_IN 235 /* RFC 4954 § 6 */
/* What hands the password over as it is. The others that curl knows are weaker than TLS, or ask third
 * parties while everything waits. */
#define LOGIN_WAYS "AUTH=PLAIN;AUTH=LOGIN"

static const char *const phase_names[] = {
	[CONNECTING] = "the connection",
	[LOGIN] = "the login",
	[IDLE] = "nothing",
	[MAIL] = "MAIL",
	[RCPT] = "RCPT",
	[DATA] = "DATA",
	[BODY] = "the end of DATA",
	[RSET] = "RSET",
};

/* ---- time ----------------------------------------------------------------------------------------- */

static void set_deadline(struct session *s, struct duration from_now)
{
	int64_t at = clock_mono().us + from_now.us;

	if (s->letter && s->letter_deadline.us < at)
		at = s->letter_deadline.us;
	s->deadline.us = at;
	sd_event_source_set_time(s->timer, (uint64_t)at);
	sd_event_source_set_enabled(s->timer, SD_EVENT_ONESHOT);
}

static void expect_answer(struct session *s)
{
	const struct smtp_patience *p = &s->mailer->limits.patience;
	int seconds = p->command;

	if (s->phase == DATA)
		seconds = p->data;
	else if (s->phase == BODY)
		seconds = s->out_sent < s->out_length || !s->body_ended ? p->block : p->end;
	set_deadline(s, SECONDS(seconds));
}

/* ---- the end ------------------------------------------------------------------------------------ */

void session_free(struct session *s)
{
	size_t sent;

	/* Politely, but without waiting for the answer. */
	if (s->phase == IDLE || s->phase == RSET)
		curl_easy_send(s->x.easy, "QUIT\r\n", 6, &sent);
	sd_event_source_disable_unref(s->io);
	sd_event_source_disable_unref(s->timer);
	exchange_done(&s->x);
	LIST_REMOVE(s, link);
	s->mailer->session_count--;
	free(s);
}

/*
 * Refusals of RCPT and DATA that speak of us: of this host, its login, its right to send through the
 * server. They would befall whoever the letter is for, so it is the server's matter, as before RCPT; all
 * other 5xx there speak of the address. Most servers say which by an enhanced code (RFC 3463, 5248; some
 * details are Exchange's); for those that don't, the code of the reply has to do. What is said at the
 * end of the letter speaks of the letter, but for the checks of its sender.
 */
static const struct refusal {
	unsigned phases; /* 1 << phase */
	int code;	 /* of the reply; 0: any */
	int subject;	 /* of the enhanced code, 5.SUBJECT.DETAIL; NONE: there is none; ANY */
	int from, to;	 /* its detail */
	bool ours;
} refusals[] = {
#define ASKED (1u << RCPT | 1u << DATA)
#define NONE (-1)
#define ANY (-2)
	{ ASKED, 0, 7, 2, 2, false },	    /* a mailing list that is not expanded */
	{ ASKED, 0, 7, 17, 18, false },	    /* the mailbox, or the domain, has another owner */
	{ ASKED, 0, 7, 121, 136, false },   /* Exchange: a recipient who hears only some */
	{ ASKED, 0, 7, 0, 999, true },	    /* not authorized, not logged in, not to be relayed */
	{ 1u << BODY, 0, 7, 20, 30, true }, /* DKIM, SPF, reverse name, login */
	{ ASKED, 0, 1, 0, 999, false },	    /* whatever the code: the address */
	{ ASKED, 500, ANY, 0, 0, true },    /* what we say is not understood */
	{ ASKED, 502, ANY, 0, 0, true },    { ASKED, 503, ANY, 0, 0, true },
	{ ASKED, 504, ANY, 0, 0, true }, /* among others, of our name in HELO */
	{ ASKED, 521, ANY, 0, 0, true }, /* a host that takes no mail at all (RFC 7504) */
	{ ASKED, 530, ANY, 0, 0, true }, /* a login is asked for, or encryption */
	{ ASKED, 534, ANY, 0, 0, true },    { ASKED, 535, ANY, 0, 0, true },
	{ ASKED, 538, ANY, 0, 0, true },
};

static bool speaks_of_us(enum session_phase phase, const struct reply *reply)
{
	int subject = NONE, detail = 0;

	if (sscanf(reply->text, "%*3d 5.%d.%d", &subject, &detail) != 2)
		subject = NONE;
	for (size_t i = 0; i < sizeof(refusals) / sizeof(*refusals); i++) {
		const struct refusal *r = &refusals[i];

		if (!(r->phases >> phase & 1) || (r->code != 0 && r->code != reply->code))
			continue;
		if (r->subject == ANY ||
		    (r->subject == subject && detail >= r->from && detail <= r->to))
			return r->ours;
	}
	return false;
}

static enum verdict verdict_of(enum session_phase phase, const struct reply *reply)
{
	int hundreds = reply->code / 100;

	if (phase == BODY && (hundreds == 0 || hundreds == 3))
		return VERDICT_UNKNOWN;
	if (phase == BODY && hundreds == 2)
		return VERDICT_ACCEPTED;
	if (phase >= RCPT && hundreds == 5 && !speaks_of_us(phase, reply))
		return VERDICT_REFUSED;
	return VERDICT_LATER;
}

/* Would it befall any letter? */
static bool is_servers_fault(const struct session *s, enum verdict verdict)
{
	const struct reply *reply = &s->reply;

	return verdict == VERDICT_LATER &&
	       (s->phase < RCPT || reply->code == SERVICE_CLOSING || reply->code / 100 == 5);
}

/* What became of the session's letter; `why` when no reply says it. */
static void judge(const struct session *s, const char *why, struct result *ret)
{
	int code = s->reply.code;

	ret->verdict = verdict_of(s->phase, &s->reply);
	ret->server = is_servers_fault(s, ret->verdict);
	snprintf(ret->answer, sizeof(ret->answer), "%s", code != 0 ? s->reply.text : why);
	if (ret->server && code != 0)
		snprintf(ret->fault, sizeof(ret->fault), "the server's answer to %s was \"%s\"",
			 phase_names[s->phase], ret->answer);
	else if (ret->server)
		snprintf(ret->fault, sizeof(ret->fault), "%s", ret->answer);
}

enum verdict session_given_up(const struct session *s)
{
	return s->phase == BODY ? VERDICT_UNKNOWN : VERDICT_UNBEGUN;
}

void session_lost(struct session *s, const char *why)
{
	struct mailer *m = s->mailer;
	struct letter *l = s->letter;
	struct result result = { 0 };

	if (l && s->used_before && s->phase == MAIL && s->reply.heard == 0) {
		/* It died while it had nothing to do, and nobody heard of the letter. */
		TAILQ_INSERT_HEAD(&m->waiting, l, link);
		l = NULL;
	} else if (l && !(s->phase == CONNECTING && channel_refused(&s->x, &result))) {
		judge(s, why, &result);
	}
	session_free(s);
	if (l)
		m->ended(m, l, &result);
	else
		m->assign(m);
}

/* ---- what leaves --------------------------------------------------------------------------------- */

/* The next chunk of the letter: a dot at the beginning of a line is doubled, line ends are CRLF, and
 * the end is marked. RFC 5321 § 4.5.2. */
static void fill(struct session *s)
{
	const struct parcel *p = &s->letter->parcel;
	size_t n = 0;

	while (s->taken < p->length && n < SESSION_CHUNK) {
		char c = p->bytes[s->taken++];

		if (c == '.' && s->previous == '\n')
			s->out[n++] = '.';
		if (c == '\n' && s->previous != '\r')
			s->out[n++] = '\r';
		s->out[n++] = c;
		s->previous = c;
	}
	if (s->taken == p->length && n < SESSION_CHUNK) {
		n += (size_t)sprintf(s->out + n, s->previous == '\n' ? ".\r\n" : "\r\n.\r\n");
		s->body_ended = true;
	}
	s->out_length = n;
	s->out_sent = 0;
}

/* Hand over what the socket takes. False when the connection is lost. */
static bool flush(struct session *s)
{
	for (;;) {
		size_t sent = 0;
		CURLcode code;

		if (s->out_sent == s->out_length && s->phase == BODY && !s->body_ended)
			fill(s);
		if (s->out_sent == s->out_length)
			break;
		code = curl_easy_send(s->x.easy, s->out + s->out_sent, s->out_length - s->out_sent,
				      &sent);
		if (code == CURLE_AGAIN || (code == CURLE_OK && sent == 0))
			break;
		if (code != CURLE_OK)
			return false;
		s->out_sent += sent;
		expect_answer(s);
	}
	sd_event_source_set_io_events(s->io,
				      EPOLLIN | (s->out_sent < s->out_length ? EPOLLOUT : 0u));
	return true;
}

static bool command(struct session *s, enum session_phase phase, const char *verb,
		    const char *address)
{
	s->phase = phase;
	reply_await(&s->reply);
	s->out_length = (size_t)snprintf(s->out, sizeof(s->out), address ? "%s:<%s>\r\n" : "%s\r\n",
					 verb, address);
	s->out_sent = 0;
	expect_answer(s);
	return flush(s);
}

static bool begin_body(struct session *s)
{
	s->phase = BODY;
	reply_await(&s->reply);
	s->taken = 0;
	s->previous = '\n';
	s->body_ended = false;
	expect_answer(s);
	return flush(s);
}

/* ---- what is answered ----------------------------------------------------------------------------- */

/* The letter has got its reply: the session goes on without it, when it can. */
static void finish(struct session *s, bool in_order)
{
	struct mailer *m = s->mailer;
	struct letter *l = s->letter;
	struct result result = { 0 };
	bool clear = s->phase == BODY; /* the server has no transaction any more */

	judge(s, "", &result);
	s->letter = NULL;
	s->used_before = true;
	if (!in_order || s->reply.code == SERVICE_CLOSING || (clear && !s->body_ended)) {
		session_free(s);
	} else if (clear) {
		s->phase = IDLE;
		set_deadline(s, IDLE_MAX);
	} else if (!command(s, RSET, "RSET", NULL)) {
		session_free(s);
	}
	m->ended(m, l, &result);
}

/* A reply is complete; more: the server says something beyond it. False: the session is gone. */
static bool step(struct session *s, bool more)
{
	const struct parcel *p = s->letter ? &s->letter->parcel : NULL;
	int code = s->reply.code;
	bool good = code / 100 == (s->phase == DATA ? 3 : 2), sent = true;

	if (s->phase == IDLE || (s->phase == RSET && (!good || more))) {
		session_lost(s, "");
		return false;
	}
	if (s->phase == RSET) {
		s->phase = IDLE;
		set_deadline(s, IDLE_MAX);
		s->mailer->assign(s->mailer);
		return false;
	}
	if (s->phase == BODY || !good || (s->phase == DATA && code != START_MAIL) || more) {
		finish(s, !more);
		return false;
	}
	if (s->phase == MAIL)
		sent = command(s, RCPT, "RCPT TO", p->to);
	else if (s->phase == RCPT)
		sent = command(s, DATA, "DATA", NULL);
	else
		sent = begin_body(s);
	if (!sent)
		session_lost(s, "the connection was lost");
	return sent;
}

/* Hear what there is. False: the session is gone, or nothing more is to be heard now. */
static bool hear(struct session *s)
{
	char bytes[4096];
	size_t n = 0, used;
	CURLcode code = curl_easy_recv(s->x.easy, bytes, sizeof(bytes), &n);

	if (code == CURLE_AGAIN)
		return false;
	if (code != CURLE_OK || n == 0) {
		session_lost(s, "the server closed the connection");
		return false;
	}
	used = reply_hear(&s->reply, bytes, n);
	if (s->reply.heard > REPLY_BYTES_MAX) {
		session_lost(s, "the server talks without end");
		return false;
	}
	return s->reply.code == 0 || step(s, used < n);
}

void session_act(struct session *s, uint32_t events)
{
	if ((events & EPOLLOUT) && !flush(s)) {
		session_lost(s, "the connection was lost");
		return;
	}
	if (events & ~(uint32_t)EPOLLOUT) {
		while (hear(s))
			;
	}
}

static int on_io(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	(void)source;
	(void)fd;
	session_act(userdata, events);
	return 0;
}

static int on_deadline(sd_event_source *source, uint64_t usec, void *userdata)
{
	(void)source;
	(void)usec;
	session_lost(userdata, "the server did not answer in time");
	return 0;
}

/* ---- connecting ------------------------------------------------------------------------------------ */

/* A line of the greeting, or of the answer to EHLO or HELO. */
static size_t hear_greeting(char *line, size_t one, size_t size, void *userdata)
{
	struct session *s = userdata;

	reply_await(&s->reply);
	reply_hear(&s->reply, line, one * size);
	return s->reply.heard > REPLY_BYTES_MAX ? 0 : one * size;
}

/* Take up the session's letter. */
static bool begin_letter(struct session *s)
{
	const struct parcel *p = &s->letter->parcel;

	s->letter_deadline.us = clock_mono().us + SECONDS(s->mailer->limits.whole).us;
	s->reply.heard = 0;
	return command(s, MAIL, "MAIL FROM", p->from);
}

/* While the daemon stops, curl_multi_perform leaves the socket's source of connecting in place: then
 * mailer_run looks, and io and timer stay NULL. */
static int watch(struct session *s)
{
	sd_event *event = s->mailer->event;
	int r;

	if (curl_easy_getinfo(s->x.easy, CURLINFO_ACTIVESOCKET, &s->fd) || s->fd == CURL_SOCKET_BAD)
		return -ENOTCONN;
	r = sd_event_add_io(event, &s->io, s->fd, EPOLLIN, on_io, s);
	if (r >= 0)
		r = sd_event_add_time(event, &s->timer, CLOCK_BOOTTIME, 0, 0, on_deadline, s);
	return r == -EEXIST || r > 0 ? 0 : r;
}

/* Why there is no connection, or none to use; NULL when there is. */
static const char *hindrance(struct session *s, CURLcode code)
{
	const bool login = s->letter->parcel.user;

	/* Curl goes on without a login when the server offers none. */
	if (code == CURLE_LOGIN_DENIED ||
	    (code == CURLE_OK && login && s->reply.code != LOGGED_IN)) {
		s->phase = LOGIN;
		return "the server offers no login by AUTH PLAIN or LOGIN";
	}
	if (code == CURLE_USE_SSL_FAILED)
		return "the server offers no STARTTLS, and nothing is sent unencrypted";
	return code == CURLE_OK ? NULL : channel_error(&s->x, code);
}

static void connected(struct exchange *x, CURLcode code)
{
	struct session *s = (struct session *)((char *)x - offsetof(struct session, x));
	const char *why = hindrance(s, code);

	if (why) {
		if (s->reply.code < 400)
			s->reply.code = 0; /* not what prevented it */
		session_lost(s, why);
	} else if (watch(s) < 0 || !begin_letter(s)) {
		s->reply.code = 0;
		session_lost(s, "the connection was lost");
	}
}

#define SET(option, value) code = code ? code : curl_easy_setopt(easy, CURLOPT_##option, value)

static int set_options(struct session *s)
{
	const struct parcel *p = &s->x.parcel;
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
	SET(CONNECTTIMEOUT, (long)s->mailer->limits.whole);
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
static int set_login(struct session *s)
{
	const struct parcel *p = &s->x.parcel;
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

int session_new(struct session **ret, struct mailer *m, const struct parcel *parcel)
{
	struct session *s = calloc(1, sizeof(*s));
	int r;

	if (!s)
		return -ENOMEM;
	s->mailer = m;
	s->x.parcel = *parcel;
	s->x.ended = connected;
	LIST_INSERT_HEAD(&m->sessions, s, link);
	m->session_count++;
	r = exchange_init(&s->x, m->transfer);
	if (r == 0)
		r = set_options(s);
	if (r == 0)
		r = set_login(s);
	if (r == 0)
		r = transfer_add(&s->x);
	if (r < 0) {
		session_free(s);
		return r;
	}
	*ret = s;
	return 0;
}

bool session_begin(struct session *s, struct letter *l)
{
	s->letter = l;
	return begin_letter(s);
}
