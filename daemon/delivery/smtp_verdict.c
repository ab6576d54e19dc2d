/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "delivery/smtp_verdict.h"

const struct smtp_patience smtp_patience = {
	.greeting = 300, /* § 4.5.3.2.1: from the connection to the greeting */
	.command = 300,	 /* .2, .3: MAIL and RCPT; and what else is said before DATA */
	.data = 120,	 /* .4: the reply to DATA */
	.block = 180,	 /* .5: a piece of the mail */
	.end = 600,	 /* .6: the reply to its end */
};

/*
 * Refusals of policy: they may speak of us (this host, its login, its sender, its right to send through
 * the server), and would then befall whoever the mail is for, or of a recipient who does not hear
 * everybody. The same code stands for both: 5.7.1 is a relay that knows us not and a mailbox that only
 * some may write to. Who else is accepted tells (doubt.h). All other 5xx speak of the address or the
 * mail. Most servers say which by an enhanced code (RFC 3463, 5248; some details are Exchange's); for
 * those that don't, the code of the reply has to do, or its words.
 */
static const struct refusal {
	unsigned phases; /* 1 << phase */
	int code;	 /* of the reply; 0: any */
	int subject;	 /* of the enhanced code, 5.SUBJECT.DETAIL; ANY: or none */
	int from, to;	 /* its detail */
	bool policy;
} refusals[] = {
#define ASKED (1u << RCPT | 1u << DATA)
#define ALL (ASKED | 1u << BODY)
#define NONE (-1)
#define ANY (-2)
	{ ALL, 0, 7, 2, 2, false },	/* a mailing list that is not expanded */
	{ ALL, 0, 7, 17, 18, false },	/* the mailbox, or the domain, has another owner */
	{ ALL, 0, 7, 121, 136, false }, /* Exchange: a recipient who hears only some */
	{ ALL, 0, 7, 0, 999, true },	/* not authorized, not logged in, not to be relayed, spam */
	{ ALL, 0, 1, 7, 8, true },	/* the sender's address */
	{ ALL, 0, 1, 1, 999, false },	/* whatever the code: the recipient's */
	{ ASKED, 500, ANY, 0, 0, true }, /* what we say is not understood */
	{ ASKED, 502, ANY, 0, 0, true }, /* ... or not done here */
	{ ASKED, 503, ANY, 0, 0, true }, /* ... or not in this order */
	{ ASKED, 504, ANY, 0, 0, true }, /* among others, of our name in HELO */
	{ ASKED, 521, ANY, 0, 0, true }, /* a host that takes no mail at all (RFC 7504) */
	{ ASKED, 530, ANY, 0, 0, true }, /* a login is asked for, or encryption */
	{ ASKED, 534, ANY, 0, 0, true }, /* ... a stronger one */
	{ ASKED, 535, ANY, 0, 0, true }, /* ... another one */
	{ ASKED, 538, ANY, 0, 0, true }, /* ... an encrypted one */
};

/* In sentences like Exim's "relay not permitted", "Sender verify failed", "Administrative prohibition". */
static const char *const words_of_policy[] = {
	"relay", "sender", "helo", "authenti", "denied", "prohibit",
};

static bool has_words_of_policy(const char *text)
{
	for (size_t i = 0; i < sizeof(words_of_policy) / sizeof(*words_of_policy); i++) {
		if (strcasestr(text, words_of_policy[i]))
			return true;
	}
	return false;
}

static bool is_of_policy(enum smtp_phase phase, const struct reply *reply)
{
	int subject = NONE, detail = 0;

	if (sscanf(reply->text, "%*3d 5.%d.%d", &subject, &detail) != 2) {
		subject = NONE;
		detail = 0;
	}
	for (size_t i = 0; i < sizeof(refusals) / sizeof(*refusals); i++) {
		const struct refusal *r = &refusals[i];

		if (!(r->phases >> phase & 1) || (r->code != 0 && r->code != reply->code))
			continue;
		if (r->subject == ANY ||
		    (r->subject == subject && detail >= r->from && detail <= r->to))
			return r->policy;
	}
	/* No code, or one that says no more than that: 5.x.0 is "other or undefined". */
	return detail == 0 && has_words_of_policy(reply->text);
}

enum verdict smtp_verdict(enum smtp_phase phase, const struct reply *reply)
{
	int hundreds = reply->code / 100;

	if (phase == BODY && (hundreds == 0 || hundreds == 3))
		return VERDICT_UNKNOWN;
	if (phase == BODY && hundreds == 2)
		return VERDICT_ACCEPTED;
	if (phase >= RCPT && hundreds == 5)
		return is_of_policy(phase, reply) ? VERDICT_POLICY : VERDICT_REFUSED;
	return VERDICT_LATER;
}

bool smtp_is_servers_fault(enum smtp_phase phase, const struct reply *reply)
{
	return smtp_verdict(phase, reply) == VERDICT_LATER &&
	       (phase < RCPT || reply->code == SERVICE_CLOSING);
}

/* ---- ways out ------------------------------------------------------------------------------------- */

enum login { NO_LOGIN = 1, PASSWORD = 2, TOKEN = 4 };

/* The words are Exchange Online's, whose codes are shared: 5.7.139 is a wrong password as well. */
static const struct {
	const char *words;
	unsigned logins; /* enum login */
	const char *advice;
} ways_out[] = {
	{ "basic authentication is", PASSWORD,
	  "the server takes no passwords: give oauth instead of password_file, or send through a "
	  "relay that needs no login" },
	{ "SmtpClientAuthentication is disabled", PASSWORD | TOKEN,
	  "the server lets nobody log in to send as this mailbox: have authenticated SMTP "
	  "turned on for it, or send through a relay" },
	{ "5.7.57", NO_LOGIN,
	  "the server wants a login: give user and oauth, or send through a relay, or a connector, "
	  "that knows this host" },
};

const char *smtp_way_out(enum smtp_phase phase, const struct reply *reply,
			 const struct send_request *request)
{
	const enum login login = !request->user ? NO_LOGIN : request->oauth ? TOKEN : PASSWORD;

	if (reply->code / 100 != 5)
		return NULL;
	for (size_t i = 0; i < sizeof(ways_out) / sizeof(*ways_out); i++) {
		if ((ways_out[i].logins & login) && strcasestr(reply->text, ways_out[i].words))
			return ways_out[i].advice;
	}
	if (phase == LOGIN && login == TOKEN)
		return "the server refuses the token: check user and scope, and that the "
		       "program may send as the mailbox (in Exchange Online: SMTP.SendAsApp)";
	return NULL;
}
