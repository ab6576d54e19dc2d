/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One mail to one recipient over SMTP (RFC 5321). What a failure means depends on how far the
 * conversation had come, which curl's error codes do not tell: 450 and 550 after the dot are the same
 * error. So the commands that leave and the replies that arrive are followed here, and the verdict is
 * a matter of (latest command, complete reply to it):
 *
 *	greeting, EHLO, HELO, MAIL   anything but 2xx, or silence: the server's fault, tried again
 *	RCPT, DATA                   5xx final, all else tried again
 *	after 354                    2xx accepted, 5xx final, 4xx tried again; none: outcome unknown
 */
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "delivery/channel.h"
#include "protocol/text.h"

#define REPLIES_MAX \
	(64 * 1024)	    /* bytes of replies in one conversation: the rest is not listened to */
#define SERVICE_CLOSING 421 /* RFC 5321 § 3.8: whatever the command was */
#define START_MAIL 354

/* The commands of a conversation, and the replies upon which curl goes on: from, to. */
static const struct {
	const char *verb;
	const char *name;
	int from, to;
} phases[SMTP_PHASES] = {
	[SMTP_GREETING] = { "", "the connection", 200, 299 },
	[SMTP_EHLO] = { "EHLO", "EHLO", 100, 999 }, /* refused: HELO follows */
	[SMTP_HELO] = { "HELO", "HELO", 200, 299 },
	[SMTP_MAIL] = { "MAIL", "MAIL", 200, 299 },
	[SMTP_RCPT] = { "RCPT", "RCPT", 200, 299 },
	[SMTP_DATA] = { "DATA", "DATA", START_MAIL, START_MAIL },
	[SMTP_BODY] = { "", "the end of DATA", 250, 250 },
};

/* Note which command leaves: curl hands each one over in one piece. */
static int trace(CURL *easy, curl_infotype type, char *data, size_t size, void *userdata)
{
	struct exchange *x = userdata;

	(void)easy;
	if (type != CURLINFO_HEADER_OUT || size < 4)
		return 0;
	for (int phase = SMTP_EHLO; phase < SMTP_BODY; phase++) {
		if (memcmp(data, phases[phase].verb, 4) == 0) {
			x->phase = (enum smtp_phase)phase;
			x->code = 0;
		}
	}
	return 0;
}

/* Curl will close after this reply, and say QUIT: do not wait for the answer to it (transfer.c). */
static void stop_reading(const struct exchange *x)
{
	curl_socket_t fd;

	if (curl_easy_getinfo(x->easy, CURLINFO_ACTIVESOCKET, &fd) == CURLE_OK &&
	    fd != CURL_SOCKET_BAD)
		shutdown(fd, SHUT_RD);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* One line of a reply; the last one has no "-" after its code. */
static void hear_line(struct exchange *x, const char *line, size_t size)
{
	if (size < 4 || !is_digit(line[0]) || !is_digit(line[1]) || !is_digit(line[2]) ||
	    line[3] == '-')
		return;
	x->code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
	channel_answer(x->answer, sizeof(x->answer), line, size);
	if (x->code < phases[x->phase].from || x->code > phases[x->phase].to)
		stop_reading(x);
	if (x->phase == SMTP_DATA && x->code == START_MAIL) {
		x->phase = SMTP_BODY;
		x->code = 0;
	}
}

static size_t hear(char *line, size_t one, size_t size, void *userdata)
{
	struct exchange *x = userdata;

	x->heard += one * size;
	if (x->heard > REPLIES_MAX) {
		stop_reading(x);
		return 0;
	}
	hear_line(x, line, one * size);
	return one * size;
}

static size_t hand_over(char *buffer, size_t one, size_t room, void *userdata)
{
	struct exchange *x = userdata;
	size_t n = x->parcel.length - x->taken;

	if (n > one * room)
		n = one * room;
	memcpy(buffer, x->parcel.bytes + x->taken, n);
	x->taken += n;
	return n;
}

static int prepare(struct exchange *x, struct result *ret)
{
	CURL *easy = x->easy;
	CURLcode code = CURLE_OK;

	(void)ret;
	/* Curl puts what it is given on the wire: a line end in an address would be a command. */
	assert(text_is_address(x->parcel.from));
	assert(text_is_address(x->parcel.to));

	x->list = curl_slist_append(NULL, x->parcel.to);
	if (!x->list)
		return -ENOMEM;
#define SET(option, value) code = code ? code : curl_easy_setopt(easy, CURLOPT_##option, value)
	SET(PROTOCOLS_STR, "smtp");
	SET(USE_SSL, (long)CURLUSESSL_NONE);
	SET(MAIL_FROM, x->parcel.from);
	SET(MAIL_RCPT, x->list);
	SET(UPLOAD, 1L);
	SET(INFILESIZE_LARGE, (curl_off_t)x->parcel.length);
	SET(READFUNCTION, hand_over);
	SET(READDATA, x);
	SET(HEADERFUNCTION, hear);
	SET(HEADERDATA, x);
	SET(VERBOSE, 1L);
	SET(DEBUGFUNCTION, trace);
	SET(DEBUGDATA, x);
#undef SET
	return code ? -ENOMEM : PREPARED;
}

static enum verdict verdict_of(const struct exchange *x, CURLcode code)
{
	if (code == CURLE_OK)
		return VERDICT_ACCEPTED;
	if (x->phase == SMTP_BODY && x->code / 100 == 2)
		return VERDICT_ACCEPTED;
	if (x->phase == SMTP_BODY && x->code < 400)
		return VERDICT_UNKNOWN;
	if (x->phase >= SMTP_RCPT && x->code / 100 == 5)
		return VERDICT_REFUSED;
	return VERDICT_LATER;
}

static void judge(struct exchange *x, CURLcode code, struct result *ret)
{
	if (channel_refused(x, ret))
		return;
	ret->verdict = verdict_of(x, code);
	ret->server = ret->verdict != VERDICT_ACCEPTED &&
		      (x->phase < SMTP_RCPT || x->code == SERVICE_CLOSING);
	if (x->code != 0)
		memcpy(ret->answer, x->answer, sizeof(ret->answer));
	else
		snprintf(ret->answer, sizeof(ret->answer), "%s", channel_error(x, code));
	if (!ret->server)
		return;
	if (x->code != 0)
		snprintf(ret->fault, sizeof(ret->fault), "the server answered %d to %s", x->code,
			 phases[x->phase].name);
	else
		snprintf(ret->fault, sizeof(ret->fault), "%.*s", (int)sizeof(ret->fault) - 1,
			 channel_error(x, code));
}

const struct way way_smtp = { .prepare = prepare, .judge = judge };
