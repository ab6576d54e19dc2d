/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Delivery has settled that a message was refused, and whether for our sake (delivery/smtp_verdict.c); this
 * tells people what to look at. An enhanced code says it (RFC 3463, 5248; some details are Exchange's), else
 * the words of the sentence, else the code of the reply.
 */
#include "message/undelivered.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NO_CODE (-1)

/* 5.SUBJECT.DETAIL: the first row that holds it. */
static const struct coded {
	int subject, from, to;
	enum undelivered means;
} coded[] = {
	{ 1, 7, 8, UNDELIVERED_SENDER },    /* the sender's address */
	{ 1, 1, 999, UNDELIVERED_ADDRESS }, /* the recipient's */
	{ 2, 1, 1, UNDELIVERED_ADDRESS },   /* a mailbox that is closed */
	{ 2, 2, 2, UNDELIVERED_FULL },	    /* ... and one that is full */
	{ 2, 3, 999, UNDELIVERED_OTHER },   /* too large, a list that is not expanded */
	{ 3, 1, 999, UNDELIVERED_OTHER },   /* the server: its disk, its size limit */
	{ 4, 1, 999,
	  UNDELIVERED_ADDRESS }, /* no way to the domain; Exchange's unknown recipient is 5.4.1 */
	{ 5, 1, 999, UNDELIVERED_OTHER },   /* of the protocol */
	{ 6, 1, 999, UNDELIVERED_OTHER },   /* of the message's form */
	{ 7, 17, 18, UNDELIVERED_ADDRESS }, /* the mailbox, or the domain, has another owner */
	{ 7, 1, 999, UNDELIVERED_SENDER },  /* only some may write to it; or we to nobody */
};

/* In sentences without a code that says it. */
static const struct worded {
	const char *words;
	enum undelivered means;
} worded[] = {
	{ "quota", UNDELIVERED_FULL },	    { "full", UNDELIVERED_FULL },
	{ "storage", UNDELIVERED_FULL },    { "relay", UNDELIVERED_SENDER },
	{ "sender", UNDELIVERED_SENDER },   { "denied", UNDELIVERED_SENDER },
	{ "prohibit", UNDELIVERED_SENDER }, { "authenti", UNDELIVERED_SENDER },
	{ "restrict", UNDELIVERED_SENDER }, { "not allowed", UNDELIVERED_SENDER },
	{ "policy", UNDELIVERED_SENDER },   { "blocked", UNDELIVERED_SENDER },
	{ "spam", UNDELIVERED_SENDER },	    { "recipient", UNDELIVERED_ADDRESS },
	{ "mailbox", UNDELIVERED_ADDRESS }, { "user", UNDELIVERED_ADDRESS },
	{ "unknown", UNDELIVERED_ADDRESS }, { "no such", UNDELIVERED_ADDRESS },
};

static enum undelivered by_code(int subject, int detail)
{
	for (size_t i = 0; i < sizeof(coded) / sizeof(coded[0]); i++)
		if (coded[i].subject == subject && detail >= coded[i].from && detail <= coded[i].to)
			return coded[i].means;
	return UNDELIVERED_GIVEN_UP;
}

static enum undelivered by_words(const char *text)
{
	for (size_t i = 0; i < sizeof(worded) / sizeof(worded[0]); i++)
		if (strcasestr(text, worded[i].words))
			return worded[i].means;
	return UNDELIVERED_GIVEN_UP;
}

enum undelivered undelivered_why(const char *answer)
{
	int code = 0, subject = NO_CODE, detail = 0;
	enum undelivered means;

	if (answer && strncmp(answer, "HTTP/", strlen("HTTP/")) == 0)
		return UNDELIVERED_CHANNEL;
	if (!answer)
		return UNDELIVERED_GIVEN_UP;
	/* Of one that came back there may be the enhanced code alone. */
	if (sscanf(answer, "5.%3d.%3d", &subject, &detail) == 2)
		code = 500;
	else if (sscanf(answer, "%3d", &code) != 1 || code < 500 || code > 599)
		return UNDELIVERED_GIVEN_UP;
	else if (sscanf(answer, "%*3d 5.%3d.%3d", &subject, &detail) != 2)
		subject = NO_CODE;
	means = by_code(subject, detail);
	if (means == UNDELIVERED_GIVEN_UP)
		means = by_words(answer);
	if (means != UNDELIVERED_GIVEN_UP)
		return means;
	return code == 550 || code == 551 || code == 553 ? UNDELIVERED_ADDRESS
	       : code == 552				 ? UNDELIVERED_FULL
							 : UNDELIVERED_OTHER;
}
