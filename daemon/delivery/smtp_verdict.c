/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "delivery/smtp_verdict.h"

const struct smtp_patience smtp_patience = {
	.greeting = 300, /* § 4.5.3.2.1: from the connection to the greeting */
	.command = 300,	 /* .2, .3: MAIL and RCPT; and what else is said before DATA */
	.data = 120,	 /* .4: the reply to DATA */
	.block = 180,	 /* .5: a piece of the mail */
	.end = 600,	 /* .6: the reply to its end */
};

/*
 * Refusals of RCPT and DATA that speak of us: of this host, its login, its right to send through the
 * server. They would befall whoever the mail is for, so it is the server's matter, as before RCPT; all
 * other 5xx there speak of the address. Most servers say which by an enhanced code (RFC 3463, 5248; some
 * details are Exchange's); for those that don't, the code of the reply has to do. What is said at the
 * end of the mail speaks of the mail, but for the checks of its sender.
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
	{ ASKED, 502, ANY, 0, 0, true },    /* ... or not done here */
	{ ASKED, 503, ANY, 0, 0, true },    /* ... or not in this order */
	{ ASKED, 504, ANY, 0, 0, true },    /* among others, of our name in HELO */
	{ ASKED, 521, ANY, 0, 0, true },    /* a host that takes no mail at all (RFC 7504) */
	{ ASKED, 530, ANY, 0, 0, true },    /* a login is asked for, or encryption */
	{ ASKED, 534, ANY, 0, 0, true },    /* ... a stronger one */
	{ ASKED, 535, ANY, 0, 0, true },    /* ... another one */
	{ ASKED, 538, ANY, 0, 0, true },    /* ... an encrypted one */
};

static bool speaks_of_us(enum smtp_phase phase, const struct reply *reply)
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

enum verdict smtp_verdict(enum smtp_phase phase, const struct reply *reply)
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

bool smtp_is_servers_fault(enum smtp_phase phase, const struct reply *reply)
{
	return smtp_verdict(phase, reply) == VERDICT_LATER &&
	       (phase < RCPT || reply->code == SERVICE_CLOSING || reply->code / 100 == 5);
}
