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
	"a message is delayed",
	"temporary failure report",
	"could not send mail for past",
	"could not send message for past",
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
	"returning to sender",
	"mail failure",
	"mail failed",
	"failure delivery",
	"delivery problems",
	"delivery errors",
	"returned permanent errors",
	"error has occurred while attempting to deliver",
	"trouble delivering",
	"notification: error",
	"notification: failed",
	"could not be sent",
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

/* Where an SMTP reply begins, "550 ", "550-" or "550:", at the beginning of a word; the line's length: nowhere. */
static size_t reply_place(struct slice line)
{
	for (size_t i = 0; i + 4 < line.length; i++) {
		const char *p = line.at + i;

		if ((p[0] == '4' || p[0] == '5') && p[1] >= '0' && p[1] <= '5' &&
		    ascii_is_digit(p[2]) && strchr(" -:", p[3]) &&
		    (i == 0 || strchr(" '\"(:<#", p[-1])))
			return i;
	}
	return line.length;
}

/* Its first word is an address: of who was not reached. */
static bool names_address(struct slice line)
{
	const char *space = memchr(line.at, ' ', line.length);

	return memchr(line.at, '@', space ? (size_t)(space - line.at) : line.length) != NULL;
}

struct answer {
	char status[16];    /* "" */
	struct slice words; /* of length 0: none */
};

/* From a place in a line on; what was quoted ends before the mark that ends it. */
static struct slice words_from(struct slice line, size_t place)
{
	struct slice words = { line.at + place, line.length - place };

	if (place > 0 && line.at[place - 1] == '\'' && words.at[words.length - 1] == '\'')
		words.length--;
	return words;
}

/* What a line has of the server's own words: none when it has neither a status nor an SMTP reply. */
static struct answer answer_of(struct slice line)
{
	struct answer a = { "", { line.at, 0 } };
	const size_t place = reply_place(line);
	size_t at;

	if (status_find(line, a.status, &at) && a.status[0] != '2') {
		/* A reply belongs to it that stands right before it: "550 5.1.1", "550-#5.1.1". */
		a.words = words_from(line, place < at && at - place <= 12 ? place : 0);
	} else if (place < line.length) {
		snprintf(a.status, sizeof(a.status), "%c.0.0", line.at[place]);
		a.words = words_from(line, place);
	} else {
		a.status[0] = '\0';
	}
	return a;
}

/* With the lines that it goes on in, which are indented. */
static struct slice with_folds(struct slice words, struct slice rest)
{
	while (rest.length > 0 && strchr(" \t", *rest.at)) {
		const struct slice line = take_line(&rest);

		if (line.length == 0 || names_address(line))
			break;
		words.length = (size_t)(line.at + line.length - words.at);
	}
	return words;
}

/* The first such line; or else the one that follows upon the address, unless it only introduces another. */
static struct answer find_answer(struct slice text)
{
	struct answer found = { "", { text.at, 0 } };
	bool address = false;

	for (int i = 0; i < LINES_MAX && text.length > 0; i++) {
		const struct slice line = take_line(&text);
		struct answer a = answer_of(line);

		if (is_copy(line))
			break;
		if (a.words.length > 0) {
			a.words = with_folds(a.words, text);
			return a;
		}
		if (address && found.words.length == 0 && line.length > 0 &&
		    line.at[line.length - 1] != ':' && !names_address(line))
			found.words = with_folds(line, text);
		address |= names_address(line);
	}
	return found;
}

static void put_answer(struct slice text, struct incoming *in)
{
	const struct answer a = find_answer(text);

	answer_put(in, a.words.at, a.words.length);
	if (!in->status[0])
		strcpy(in->status, a.status);
}

int bounce_answer(const struct parts *parts, struct incoming *in)
{
	struct buffer text = { NULL };
	int r = parts_text(parts, &text);

	if (r == 0)
		put_answer((struct slice){ text.bytes, text.length }, in);
	buffer_done(&text);
	return r;
}

static bool has_fields(struct slice text)
{
	struct slice value;

	return head_field(text, "Final-Recipient", &value) && head_field(text, "Action", &value);
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

		/* A gateway may have made one text of all parts. */
		if (has_fields(all))
			report_fields(all, in, ret_report);
		make_plain(marks->subject, all, words);
		if (!*ret_report && judge(words, &in->what)) {
			put_answer(all, in);
			*ret_report = true;
		}
	}
	buffer_done(&text);
	return r;
}
