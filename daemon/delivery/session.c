/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The mail transaction (RFC 5321) on a connection that curl has made:
 *
 *	CONNECTING ─▶ MAIL ─▶ RCPT ─▶ DATA ─▶ BODY ─▶ IDLE ─▶ MAIL …
 *	               ╰───────┴───────┴─▶ RSET ──────▶╯
 *
 * CONNECTING is greeting, encryption and login as well, all of them curl's; LOGIN is where a session ends
 * that was not let in. What was to be encrypted is encrypted under a certificate that was verified, and
 * who was to log in has: else not a word of the mail leaves.
 *
 * A session has at most one mail, none in IDLE and RSET. What a reply means for it: smtp_verdict.h.
 * MAIL and RCPT ask for reports (RFC 3461) where the server offers them and the mail has a return address.
 *
 * Whoever ends a session or a mail returns at once: it may have a new mail by then, or be gone.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#include "base/clock.h"
#include "delivery/session.h"
#include "message/return_token.h"

#define IDLE_MAX SECONDS(30) /* a connection without work is closed after that */
#define START_MAIL 354

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

	if (s->job && s->job_deadline.us < at)
		at = s->job_deadline.us;
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
		curl_easy_send(s->connection.x.easy, "QUIT\r\n", 6, &sent);
	sd_event_source_disable_unref(s->io);
	sd_event_source_disable_unref(s->timer);
	connection_done(&s->connection);
	LIST_REMOVE(s, link);
	s->mailer->session_count--;
	free(s);
}

/* What became of the session's mail; `why` when no reply says it. */
static void judge(const struct session *s, const char *why, struct result *ret)
{
	const char *way = smtp_way_out(s->phase, &s->reply, &s->job->request);
	int code = s->reply.code;

	ret->verdict = smtp_verdict(s->phase, &s->reply);
	ret->server = smtp_is_servers_fault(s->phase, &s->reply);
	snprintf(ret->answer, sizeof(ret->answer), "%s", code != 0 ? s->reply.text : why);
	/* Some repeat what they were asked, and an answer stands in the log. */
	return_tokens_conceal(ret->answer);
	if ((ret->server || ret->verdict == VERDICT_POLICY) && code != 0)
		snprintf(ret->fault, sizeof(ret->fault), "%s%s answer to %s was \"%s\"",
			 way ? way : "", way ? "; its" : "the server's", phase_names[s->phase],
			 ret->answer);
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
	struct smtp_job *l = s->job;
	struct result result = { 0 };

	if (l && s->used_before && s->phase == MAIL && s->reply.heard == 0) {
		/* It died while it had nothing to do, and nobody heard of the mail. */
		TAILQ_INSERT_HEAD(&m->waiting, l, link);
		l = NULL;
	} else if (l && !(s->phase == CONNECTING &&
			  transport_refused(&s->connection.x, l->request.channel, &result))) {
		judge(s, why, &result);
	}
	session_free(s);
	if (l)
		m->ended(m, l, &result);
	else
		m->assign(m);
}

/* ---- what leaves --------------------------------------------------------------------------------- */

/* The next chunk of the mail: a dot at the beginning of a line is doubled, line ends are CRLF, and
 * the end is marked. RFC 5321 § 4.5.2. */
static void fill(struct session *s)
{
	const struct send_request *p = &s->job->request;
	size_t n = 0;

	while (s->taken < p->length && n < SESSION_CHUNK) {
		const char *from = p->bytes + s->taken;
		const size_t left = p->length - s->taken, room = SESSION_CHUNK - n;
		const char *end = memchr(from, '\n', left < room ? left : room);
		const size_t run = end ? (size_t)(end - from) : left < room ? left : room;

		if (*from == '.' && s->previous == '\n')
			s->out[n++] = '.';
		memcpy(s->out + n, from, run);
		n += run;
		s->taken += run;
		if (run > 0)
			s->previous = from[run - 1];
		if (!end)
			continue;
		if (s->previous != '\r')
			s->out[n++] = '\r';
		s->out[n++] = s->previous = '\n';
		s->taken++;
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
		code = curl_easy_send(s->connection.x.easy, s->out + s->out_sent,
				      s->out_length - s->out_sent, &sent);
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

static bool has_eight_bits(const struct send_request *p)
{
	for (size_t i = 0; i < p->length; i++)
		if (p->bytes[i] & 0x80)
			return true;
	return false;
}

/* A command for the phase, with what the server offers to do for the mail. */
static size_t write_command(struct session *s)
{
	const struct send_request *p = s->job ? &s->job->request : NULL;
	const bool dsn = p && p->envid && s->offers.dsn && !s->bare;
	const bool eightbit =
		s->phase == MAIL && s->offers.eightbit && !s->bare && has_eight_bits(p);

	s->asks = s->phase == MAIL ? dsn || eightbit : s->phase == RCPT && dsn;
	if (s->phase == MAIL)
		return (size_t)snprintf(s->out, sizeof(s->out), "MAIL FROM:<%s>%s%s%s\r\n", p->from,
					eightbit ? " BODY=8BITMIME" : "",
					dsn ? " RET=HDRS ENVID=" : "", dsn ? p->envid : "");
	if (s->phase == RCPT)
		return (size_t)snprintf(s->out, sizeof(s->out), "RCPT TO:<%s>%s\r\n", p->to,
					dsn ? " NOTIFY=FAILURE,DELAY" : "");
	return (size_t)snprintf(s->out, sizeof(s->out), "%s\r\n", phase_names[s->phase]);
}

static bool command(struct session *s, enum smtp_phase phase)
{
	s->phase = phase;
	reply_await(&s->reply);
	s->out_length = write_command(s);
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

/* The mail has got its reply: the session goes on without it, when it can. */
static void finish(struct session *s, bool in_order)
{
	struct mailer *m = s->mailer;
	struct smtp_job *l = s->job;
	struct result result = { 0 };
	bool clear = s->phase == BODY; /* the server has no transaction any more */

	judge(s, "", &result);
	s->job = NULL;
	s->used_before = true;
	if (!in_order || s->reply.code == SERVICE_CLOSING || (clear && !s->body_ended)) {
		session_free(s);
	} else if (clear) {
		s->phase = IDLE;
		set_deadline(s, IDLE_MAX);
	} else if (!command(s, RSET)) {
		session_free(s);
	}
	m->ended(m, l, &result);
}

/* Parameters that it does not know, or can't take: RFC 5321 §§ 4.1.1.11, 4.2.4. */
static bool refuses_parameters(int code)
{
	return code == 501 || code == 504 || code == 555;
}

/* The command once more without its parameters: a server that offers what it then refuses gets its mail all the same,
 * and is asked for nothing more, if that is what helped. */
static bool again_bare(struct session *s)
{
	s->bare = true;
	if (command(s, s->phase))
		return true;
	session_lost(s, "the connection was lost");
	return false;
}

/* A reply is complete; more: the server says something beyond it. False: the session is gone. */
static bool step(struct session *s, bool more)
{
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
	if (s->asks && !more && refuses_parameters(code))
		return again_bare(s);
	if (s->phase == BODY || !good || (s->phase == DATA && code != START_MAIL) || more) {
		finish(s, !more);
		return false;
	}
	if (s->bare)
		s->offers = (struct offers){ false };
	if (s->phase == MAIL)
		sent = command(s, RCPT);
	else if (s->phase == RCPT)
		sent = command(s, DATA);
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
	CURLcode code = curl_easy_recv(s->connection.x.easy, bytes, sizeof(bytes), &n);

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

/* ---- the beginning ------------------------------------------------------------------------------- */

/* While the daemon stops, curl_multi_perform leaves the socket's source of connecting in place: then
 * mailer_run looks, and io and timer stay NULL. */
int session_watch(struct session *s)
{
	sd_event *event = s->mailer->event;
	int r;

	if (curl_easy_getinfo(s->connection.x.easy, CURLINFO_ACTIVESOCKET, &s->fd) ||
	    s->fd == CURL_SOCKET_BAD)
		return -ENOTCONN;
	r = sd_event_add_io(event, &s->io, s->fd, EPOLLIN, on_io, s);
	if (r >= 0)
		r = sd_event_add_time(event, &s->timer, CLOCK_BOOTTIME, 0, 0, on_deadline, s);
	return r == -EEXIST || r > 0 ? 0 : r;
}

bool session_begin(struct session *s, struct smtp_job *job)
{
	s->job = job;
	s->job_deadline.us = clock_mono().us + SECONDS(s->mailer->limits.net.whole).us;
	s->reply.heard = 0;
	s->bare = false;
	return command(s, MAIL);
}
