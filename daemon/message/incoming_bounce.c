/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reports in words: qmail's, those of older Exim and Exchange, and any that lost their fields on the way. Only what a mail
 * server sends is read so, since people quote such words and write of them: From is a server's name and the envelope sender
 * is not somebody's; or that is empty and the subject says it as well.
 *
 * That a message is late, or given up, is told in much the same words, so what counts is, in this order: a word that says
 * it is over, one that says it goes on, one that says it has failed.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "message/incoming_decode.h"
#include "message/incoming_report.h"
#include "protocol/ascii.h"
#include "protocol/text_search.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define WORDS_MAX (32 * 1024) /* bytes of the text in which such words are sought */
#define LINES_MAX 200	      /* of it in which an answer is */

/* In small letters, blanks of any kind one space. */
static const char *const over[] = {
	"this is a permanent error",
	"permanent fatal errors",
	"failed permanently",
	"stopped trying",
	"gave up",
	"given up",
	"giving up",
	"not going to try again",
	"retry timeout exceeded",
	"will be deleted from queue",
	"message expired",
	"undelivered mail returned to sender",
	"returned mail: see transcript",
	"slutat försöka",
	"delivery status notification (failure)",
	"permanent fel",
};
static const char *const going_on[] = {
	"delivery is delayed",
	"delivery has been delayed",
	"delivery delayed",
	"delivery incomplete",
	"has been delayed",
	"still undelivered",
	"warning message only",
	"will be retried",
	"will keep trying",
	"will continue to",
	"will retry",
	"continue trying",
	"will be attempted",
	"not yet been delivered",
	"been delivered yet",
	"not been delivered to",
	"delivery status notification (delay)",
	"no action is required on your part",
	"do not need to resend",
	"temporary problem",
	"delayed mail",
	"message delayed",
	"fördröjd",
	"fördröjts",
	"försenad leverans",
	"leveransen är försenad",
	"fortsätter att försöka",
	"nya försök",
};
static const char *const failed[] = {
	"could not be delivered",
	"couldn't be delivered",
	"couldn’t be delivered",
	"could not deliver",
	"couldn't deliver",
	"unable to deliver",
	"able to deliver your message",
	"was not delivered",
	"wasn't delivered",
	"not be delivered",
	"undeliverable",
	"undelivered",
	"delivery failed",
	"delivery has failed",
	"delivery failure",
	"failed to deliver",
	"following recipient failed",
	"recipients failed",
	"did not reach",
	"returned mail",
	"failure notice",
	"returning message to sender",
	"message blocked",
	"address not found",
	"kunde inte levereras",
	"kunde inte leverera",
	"gick inte att leverera",
	"inte levererats",
	"olevererbart",
	"olevererat",
	"det går inte att leverera",
	"leveransen misslyckades",
	"leveransfel",
	"nådde inte",
	"adressen hittades inte",
	"kan inte levereras",
	"kunde inte nå",
};
/* Subjects of reports, where From is not a server's. */
static const char *const subjects[] = {
	"undeliverable",	"undelivered",
	"mail delivery failed", "delivery status notification",
	"delivery failure",	"failure notice",
	"returned mail",	"mail system error",
	"non-delivery",		"delivery delayed",
	"warning: message",	"olevererbart",
	"olevererat",		"det går inte att",
	"leveransfel",		"mail could not be delivered",
};
/* Lines after which the text is the message itself. */
static const char *const copies[] = {
	"--- below this line is a copy", "------ this is a copy of",
	"----- original message",	 "-----original message",
	"original message headers",	 "ursprungliga meddelandehuvuden",
	"------- original message",	 "--- enclosed is a copy",
};

/* ---- words -------------------------------------------------------------------------------------- */

static bool has(const char *text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strstr(text, words[i]))
			return true;
	return false;
}

/* The subject and the beginning of the text, to seek words in. */
static void make_plain(const char *subject, struct slice text, char out[static WORDS_MAX])
{
	size_t used = (size_t)snprintf(out, WORDS_MAX, "%s ", subject);

	for (size_t i = 0; i < text.length && used + 1 < WORDS_MAX; i++) {
		const bool blank = strchr(" \t\n", text.at[i]) != NULL;

		if (!blank || out[used - 1] != ' ')
			out[used++] = blank ? ' ' : text.at[i];
	}
	out[used] = '\0';
	text_small(out);
}

static bool judge(const char *words, enum incoming_what *ret)
{
	const bool ended = has(words, over, COUNT(over));

	if (ended || !has(words, going_on, COUNT(going_on))) {
		*ret = INCOMING_FAILURE;
		return ended || has(words, failed, COUNT(failed));
	}
	*ret = INCOMING_DELAY;
	return true;
}

static bool is_of_server(const struct parts *parts, const struct marks *marks)
{
	bool report = part_is(&parts->part[0], "multipart", "report") &&
		      strcmp(parts->part[0].report, "disposition-notification") != 0;

	if (marks->other_sender || marks->automatic_subject)
		return false;
	if (marks->server || marks->failed_recipients)
		return true;
	for (size_t i = 0; marks->null_sender && i < COUNT(subjects); i++)
		report |= strstr(marks->subject, subjects[i]) != NULL;
	return marks->null_sender && report;
}

/* ---- the answer --------------------------------------------------------------------------------- */

static struct slice take_line(struct slice *rest)
{
	const char *end = memchr(rest->at, '\n', rest->length);
	struct slice line = { rest->at, end ? (size_t)(end - rest->at) : rest->length };

	rest->at += line.length + (end != NULL);
	rest->length -= line.length + (end != NULL);
	while (line.length > 0 && strchr(" \t", line.at[line.length - 1]))
		line.length--;
	while (line.length > 0 && strchr(" \t", *line.at)) {
		line.at++;
		line.length--;
	}
	return line;
}

static bool is_copy(struct slice line)
{
	char text[64];
	const size_t n = line.length < sizeof(text) ? line.length : sizeof(text) - 1;

	memcpy(text, line.at, n);
	text[n] = '\0';
	text_small(text);
	for (size_t i = 0; i < COUNT(copies); i++)
		if (strncmp(text, copies[i], strlen(copies[i])) == 0)
			return true;
	return false;
}

/* Where an SMTP reply begins, "550 " or "550-", at the beginning of a word; the line's length: nowhere. */
static size_t reply_place(struct slice line)
{
	for (size_t i = 0; i + 4 < line.length; i++) {
		const char *p = line.at + i;

		if ((p[0] == '4' || p[0] == '5') && p[1] >= '0' && p[1] <= '5' &&
		    ascii_is_digit(p[2]) && (p[3] == ' ' || p[3] == '-') &&
		    (i == 0 || strchr(" '\"(:<", p[-1])))
			return i;
	}
	return line.length;
}

/* Nothing but an address, as a line of its own names who was not reached. */
static bool is_address(struct slice line)
{
	const char *at = memchr(line.at, '@', line.length);

	return at && !memchr(line.at, ' ', line.length);
}

/* From a line with a status, or an SMTP reply, or one that follows upon an address. */
static void find_answer(struct slice text, struct incoming *in)
{
	struct slice rest = text, after = { NULL, 0 };
	bool address = false;
	size_t place, at;

	for (int i = 0; i < LINES_MAX && rest.length > 0; i++) {
		const struct slice line = take_line(&rest);
		const bool status = status_find(line, in->status, &at);

		if (is_copy(line))
			break;
		place = reply_place(line);
		if (status && (place > at || at - place > 8)) /* none that belongs to it */
			place = 0;
		if (status || (place < line.length && (place == 0 || line.at[place - 1] == ' '))) {
			answer_put(in, line.at + place, line.length - place);
			if (!status)
				snprintf(in->status, sizeof(in->status), "%c.0.0", line.at[place]);
			return;
		}
		if (address && !after.at && line.length > 0 && !is_address(line))
			after = line;
		address = address || is_address(line);
	}
	in->status[0] = '\0';
	if (after.at)
		answer_put(in, after.at, after.length);
}

int bounce_read(const struct parts *parts, const struct marks *marks, struct incoming *in,
		bool *ret_report)
{
	struct buffer text = { NULL };
	char words[WORDS_MAX];
	int r;

	*ret_report = false;
	if (!is_of_server(parts, marks))
		return 0;
	r = parts_text(parts, &text);
	if (r == 0) {
		const struct slice all = { text.bytes, text.length };

		make_plain(marks->subject, all, words);
		*ret_report = judge(words, &in->what);
		if (*ret_report)
			find_answer(all, in);
	}
	buffer_done(&text);
	return r;
}
