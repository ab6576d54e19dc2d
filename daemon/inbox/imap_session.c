/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bytes of a session: commands out, responses in, and how long each may take. What is said is imap_mails.c's.
 *
 * Each command has so long to be answered; a server that says nothing, or talks without end, costs the connection.
 */
#include "inbox/imap_session.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#include "base/clock.h"
#include "base/harmless.h"
#include "inbox/imap_internal.h"
#include "message/incoming.h"

#define SILENCE SECONDS(60)	   /* of the server, within an answer too */
#define ANSWER SECONDS(300)	   /* for a whole answer */
#define HEARD_AT_ONCE (256 * 1024) /* bytes, before the loop hears others */

static const char *const commands[] = {
	[IMAP_CONNECTING] = "the connection",
	[IMAP_CAPABILITIES] = "CAPABILITY",
	[IMAP_SELECT] = "SELECT",
	[IMAP_SEARCHING] = "UID SEARCH",
	[IMAP_SIZE] = "UID FETCH",
	[IMAP_BODY] = "UID FETCH",
	[IMAP_STORE] = "UID STORE",
	[IMAP_EXPUNGE] = "EXPUNGE",
};

/* ---- the end --------------------------------------------------------------------------------------- */

struct imap_session *imap_session_free(struct imap_session *s)
{
	size_t sent;

	if (!s)
		return NULL;
	/* Politely, but without waiting for the answer. */
	if (s->phase != IMAP_CONNECTING && s->out_sent == s->out_length)
		curl_easy_send(s->connection.x.easy, "p LOGOUT\r\n", 10, &sent);
	sd_event_source_disable_unref(s->io);
	sd_event_source_disable_unref(s->timer);
	deferred_free(s->more);
	connection_done(&s->connection);
	imap_reply_done(&s->reply);
	sd_event_unref(s->event);
	free(s);
	return NULL;
}

void imap_session_end(struct imap_session *s, const char *fault, bool more)
{
	sd_event_source_set_enabled(s->io, SD_EVENT_OFF);
	sd_event_source_set_enabled(s->timer, SD_EVENT_OFF);
	deferred_cancel(s->more);
	s->calls->ended(s->userdata, fault, more);
}

void imap_session_lost(struct imap_session *s, const char *why)
{
	imap_session_end(s, why, false);
}

void imap_session_answer(const struct imap_session *s, const char *words, char out[static 400])
{
	char answer[300];

	harmless_line(answer, sizeof(answer), words, strlen(words));
	snprintf(out, 400, "the server's answer to %s was \"%s\"", commands[s->phase], answer);
}

void imap_session_refused(struct imap_session *s, const char *words)
{
	char fault[400];

	imap_session_answer(s, words, fault);
	imap_session_end(s, fault, false);
}

/* ---- time -------------------------------------------------------------------------------------------- */

static void await(struct imap_session *s)
{
	int64_t at = clock_mono().us + SILENCE.us;

	if (at > s->answer_by.us)
		at = s->answer_by.us;
	sd_event_source_set_time(s->timer, (uint64_t)at);
	sd_event_source_set_enabled(s->timer, SD_EVENT_ONESHOT);
}

static int on_deadline(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct imap_session *s = userdata;

	(void)source, (void)usec;
	imap_session_lost(s, "the server did not answer in time");
	return 0;
}

/* ---- what leaves ---------------------------------------------------------------------------------------- */

/* Hand over what the socket takes. False when the connection is lost. */
static bool flush(struct imap_session *s)
{
	while (s->out_sent < s->out_length) {
		size_t sent = 0;
		CURLcode code = curl_easy_send(s->connection.x.easy, s->out + s->out_sent,
					       s->out_length - s->out_sent, &sent);

		if (code == CURLE_AGAIN || (code == CURLE_OK && sent == 0))
			break;
		if (code != CURLE_OK)
			return false;
		s->out_sent += sent;
	}
	sd_event_source_set_io_events(s->io,
				      EPOLLIN | (s->out_sent < s->out_length ? EPOLLOUT : 0u));
	return true;
}

bool imap_session_command(struct imap_session *s, enum imap_phase phase, const char *format, ...)
{
	va_list arguments;
	int n;

	s->phase = phase;
	snprintf(s->tag, sizeof(s->tag), "p%u", ++s->commands);
	n = snprintf(s->out, sizeof(s->out), "%s ", s->tag);
	va_start(arguments, format);
	n += vsnprintf(s->out + n, sizeof(s->out) - (size_t)n - 2, format, arguments);
	va_end(arguments);
	s->out_length = (size_t)n + (size_t)sprintf(s->out + n, "\r\n");
	s->out_sent = 0;
	imap_reply_await(&s->reply);
	s->answer_by.us = clock_mono().us + ANSWER.us;
	await(s);
	if (flush(s))
		return true;
	imap_session_lost(s, "the connection was lost");
	return false;
}

/* ---- what is answered ---------------------------------------------------------------------- */

/* Hear a piece. False: the session is over. */
static bool hear_bytes(struct imap_session *s, const char *bytes, size_t n)
{
	while (n > 0) {
		enum imap_heard heard;
		const size_t used = imap_hear(&s->reply, bytes, n, &heard);

		if (heard == IMAP_ENDLESS || heard == IMAP_GARBAGE) {
			imap_session_lost(s, heard == IMAP_ENDLESS ? "the server talks without end"
								   : "it does not speak IMAP");
			return false;
		}
		if (heard == IMAP_RESPONSE && !imap_session_step(s))
			return false;
		bytes += used;
		n -= used;
	}
	await(s);
	return true;
}

/* Hear what there is; a long answer in parts, between which the loop hears others. What TLS has decrypted already no
 * socket tells of, so the rest is asked for. */
static void hear(void *userdata)
{
	struct imap_session *s = userdata;
	char bytes[16384];

	for (size_t heard = 0; heard < HEARD_AT_ONCE;) {
		size_t n = 0;
		CURLcode code = curl_easy_recv(s->connection.x.easy, bytes, sizeof(bytes), &n);

		if (code == CURLE_AGAIN)
			return;
		if (code != CURLE_OK || n == 0) {
			imap_session_lost(s, "the server closed the connection");
			return;
		}
		if (!hear_bytes(s, bytes, n))
			return;
		heard += n;
	}
	deferred_ask(s->more);
}

static int on_io(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	struct imap_session *s = userdata;

	(void)source, (void)fd;
	if ((events & EPOLLOUT) && !flush(s))
		imap_session_lost(s, "the connection was lost");
	else if (events & ~(uint32_t)EPOLLOUT)
		hear(s);
	return 0;
}

/* ---- the beginning ----------------------------------------------------------------------------------------------- */

void imap_session_connected(struct imap_session *s)
{
	curl_socket_t fd = CURL_SOCKET_BAD;

	if (curl_easy_getinfo(s->connection.x.easy, CURLINFO_ACTIVESOCKET, &fd) ||
	    fd == CURL_SOCKET_BAD || sd_event_add_io(s->event, &s->io, fd, EPOLLIN, on_io, s) < 0)
		imap_session_lost(s, "the connection was lost");
	else
		imap_session_command(s, IMAP_CAPABILITIES, "CAPABILITY");
}

void imap_session_tell(struct imap_session *s, const struct imap_calls *calls, void *userdata)
{
	s->calls = calls;
	s->userdata = userdata;
}

int imap_session_new(struct imap_session **ret, sd_event *event, const struct imap_net *net,
		     const struct inbox_settings *settings)
{
	struct imap_session *s = calloc(1, sizeof(*s));
	int r;

	if (!s)
		return -ENOMEM;
	s->event = sd_event_ref(event);
	s->settings = settings;
	s->reply.want = INCOMING_MAX + 1;
	r = deferred_new(&s->more, event, hear, s);
	if (r >= 0)
		r = sd_event_add_time(event, &s->timer, CLOCK_BOOTTIME, 0, 0, on_deadline, s);
	if (r >= 0)
		r = sd_event_source_set_enabled(s->timer, SD_EVENT_OFF);
	if (r >= 0)
		r = imap_connect(s, net->transfer, net->oauth);
	if (r < 0) {
		imap_session_free(s);
		return r;
	}
	*ret = s;
	return 0;
}
