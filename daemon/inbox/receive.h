/* SPDX-License-Identifier: Apache-2.0 */
/* One mail that came in: what it is, which message it is about, and what follows from it. */
#pragma once
#include "engine/engine.h"
#include "inbox/person_reply.h"
#include "message/mail_in.h"
#include "message/return_token.h"

/* What became of a mail that came in. */
enum received {
	RECEIVED_FAILURE,
	RECEIVED_DELAY,
	RECEIVED_AUTOMATIC,
	RECEIVED_REPLY,
	RECEIVED_REPLAYED, /* the same mail was read before */
	/* From here on nothing follows from it, and nothing is kept of it. */
	RECEIVED_FORGED,  /* it has a token's form that is not signed by us */
	RECEIVED_FOREIGN, /* it is about no message of ours, or of none that is still in the store */
	RECEIVED_TOO_MANY, /* so many are kept of its message already */
	RECEIVED_UNREADABLE,
	RECEIVED_TOO_LARGE,
	RECEIVED_KINDS,
};
/* "failure" … "too-large": of the answer, the counts and the log. */
const char *received_name(enum received what);
/* Has something been done with it, so that nobody else need see it? */
bool received_is_handled(enum received what);

struct receipt {
	enum received what;
	struct message_id message; /* 0: it is about none */
	bool bounced;		   /* the message has bounced by it, which is news */
	bool looped;   /* it is one that was forwarded to mail.reply_to, which leads back here */
	char why[200]; /* of what is not handled: a clause, without addresses or text of the mail */
};

enum receive_result {
	RECEIVE_DONE = 0,
	RECEIVE_LATER = 1, /* the message's own attempt is not recorded yet; nothing has changed */
};
/* Take it, within the turn. Or a negative errno of the ledger. */
int receive_mail(struct engine *e, const struct mail_in *mail, struct instant now,
		 const struct reply_news *news, struct receipt *ret);
