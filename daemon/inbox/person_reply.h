/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What follows from what a person replied to a message: it is kept as a note on what the message was about, goes on to
 * mail.reply_to as it came, and, where its first line reads as an answer, its writer is asked by one mail whether it
 * is meant so. Nothing is recorded of it before they say so.
 *
 * Whoever has a message may reply as its recipient, as they may by its links.
 */
#pragma once
#include "engine/engine.h"
#include "ledger/incoming_rows.h"
#include "message/incoming.h"
#include "message/mail_in.h"
#include "protocol/event.h"

#define REPLY_ASKED_EVERY HOURS(24) /* to one person, at most */

struct reply {
	const struct mail_in *mail;
	const struct incoming *in;
	const struct incoming_row *row; /* in the ledger already */
	const struct message *message;	/* that it replies to */
};
struct reply_news {
	/* A note was taken, and will be in the feed once the turn has committed. */
	void (*accepted)(void *userdata, const struct event *event, struct instant now);
	void *userdata;
};
/* Within the turn. news may be NULL: nobody is told. 0 or a negative errno of the ledger. */
int reply_take(struct engine *e, const struct reply *reply, struct instant now,
	       const struct reply_news *news);
