/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Delivery has settled that a message was refused, and whether for our sake (delivery/smtp_verdict.c); this
 * tells people what to look at. An enhanced code says it (RFC 3463, 5248; some details are Exchange's), else
 * the words of the sentence, else the code of the reply.
 */
#include "message/refusal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NO_CODE (-1)

/* 5.SUBJECT.DETAIL: the first row that holds it. */
static const struct coded {
	int subject, from, to;
	enum refusal means;
} coded[] = {
	{ 1, 7, 8, REFUSAL_SENDER },	/* the sender's address */
	{ 1, 1, 999, REFUSAL_ADDRESS }, /* the recipient's */
	{ 2, 1, 1, REFUSAL_ADDRESS },	/* a mailbox that is closed */
	{ 2, 2, 2, REFUSAL_FULL },	/* ... and one that is full */
	{ 2, 3, 999, REFUSAL_OTHER },	/* too large, a list that is not expanded */
	{ 3, 1, 999, REFUSAL_OTHER },	/* the server: its disk, its size limit */
	{ 4, 1, 999,
	  REFUSAL_ADDRESS }, /* no way to the domain; Exchange's unknown recipient is 5.4.1 */
	{ 5, 1, 999, REFUSAL_OTHER },	/* of the protocol */
	{ 6, 1, 999, REFUSAL_OTHER },	/* of the message's form */
	{ 7, 17, 18, REFUSAL_ADDRESS }, /* the mailbox, or the domain, has another owner */
	{ 7, 1, 999, REFUSAL_SENDER },	/* only some may write to it; or we to nobody */
};

/* In sentences without a code that says it. */
static const struct worded {
	const char *words;
	enum refusal means;
} worded[] = {
	{ "quota", REFUSAL_FULL },	{ "full", REFUSAL_FULL },
	{ "storage", REFUSAL_FULL },	{ "relay", REFUSAL_SENDER },
	{ "sender", REFUSAL_SENDER },	{ "denied", REFUSAL_SENDER },
	{ "prohibit", REFUSAL_SENDER }, { "authenti", REFUSAL_SENDER },
	{ "restrict", REFUSAL_SENDER }, { "not allowed", REFUSAL_SENDER },
	{ "policy", REFUSAL_SENDER },	{ "blocked", REFUSAL_SENDER },
	{ "spam", REFUSAL_SENDER },	{ "recipient", REFUSAL_ADDRESS },
	{ "mailbox", REFUSAL_ADDRESS }, { "user", REFUSAL_ADDRESS },
	{ "unknown", REFUSAL_ADDRESS }, { "no such", REFUSAL_ADDRESS },
};

static enum refusal by_code(int subject, int detail)
{
	for (size_t i = 0; i < sizeof(coded) / sizeof(coded[0]); i++)
		if (coded[i].subject == subject && detail >= coded[i].from && detail <= coded[i].to)
			return coded[i].means;
	return REFUSAL_NONE;
}

static enum refusal by_words(const char *text)
{
	for (size_t i = 0; i < sizeof(worded) / sizeof(worded[0]); i++)
		if (strcasestr(text, worded[i].words))
			return worded[i].means;
	return REFUSAL_NONE;
}

enum refusal refusal_of(const char *answer)
{
	int code = 0, subject = NO_CODE, detail = 0;
	enum refusal means;

	if (answer && strncmp(answer, "HTTP/", strlen("HTTP/")) == 0)
		return REFUSAL_CHANNEL;
	if (!answer || sscanf(answer, "%3d", &code) != 1 || code < 500 || code > 599)
		return REFUSAL_NONE;
	if (sscanf(answer, "%*3d 5.%d.%d", &subject, &detail) != 2)
		subject = NO_CODE;
	means = by_code(subject, detail);
	if (means == REFUSAL_NONE)
		means = by_words(answer);
	if (means != REFUSAL_NONE)
		return means;
	return code == 550 || code == 551 || code == 553 ? REFUSAL_ADDRESS
	       : code == 552				 ? REFUSAL_FULL
							 : REFUSAL_OTHER;
}
