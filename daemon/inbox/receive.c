/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What becomes of a mail that came in, in this order:
 *
 *	it can't be read, or is too large		unreadable, too-large
 *	it was forwarded by us, and came back		foreign, and the log says where it goes round
 *	it has no text in the form of a token		foreign
 *	it has, and none of them is signed by us	forged
 *	the message is not in the store (any more)	foreign
 *	the same mail was read before			replayed
 *	PER_MESSAGE are kept of the message		too-many
 *	it is a report, or a reply			a row of the ledger, and what follows of it
 *
 * Nothing is believed but a token: neither who a mail is from nor what it quotes. What is dropped leaves no trace but
 * a count.
 */
#include "inbox/receive.h"

#include <stdio.h>
#include <string.h>

#include "engine/outbox/bounce.h"
#include "inbox/person_reply.h"
#include "ledger/incoming_rows.h"
#include "message/incoming.h"
#include "message/return_token.h"

/* More than any thread of answers has; who has a message's token can't fill the store, nor the mailbox of
 * mail.reply_to, by it. */
#define PER_MESSAGE 100

static const char *const names[RECEIVED_KINDS] = {
	[RECEIVED_FAILURE] = "failure",	      [RECEIVED_DELAY] = "delay",
	[RECEIVED_AUTOMATIC] = "automatic",   [RECEIVED_REPLY] = "reply",
	[RECEIVED_REPLAYED] = "replayed",     [RECEIVED_FORGED] = "forged",
	[RECEIVED_FOREIGN] = "foreign",	      [RECEIVED_TOO_MANY] = "too-many",
	[RECEIVED_UNREADABLE] = "unreadable", [RECEIVED_TOO_LARGE] = "too-large",
};

const char *received_name(enum received what)
{
	return names[what];
}

bool received_is_handled(enum received what)
{
	return what < RECEIVED_FORGED;
}

static void auto_incoming_free(struct incoming **in)
{
	incoming_free(*in);
}

static int drop(struct receipt *ret, enum received what, const char *why)
{
	ret->what = what;
	snprintf(ret->why, sizeof(ret->why), "%s", why);
	return RECEIVE_DONE;
}

/* ---- which message ------------------------------------------------------------------------------------- */

/* The first token that is ours, or one of the same message that says which attempt it was. */
static bool find_token(const struct return_key *key, const struct incoming *in,
		       struct return_token *ret)
{
	struct return_token token;
	bool found = false;

	for (size_t i = 0; i < in->token_count; i++) {
		if (!return_token_read(key, in->tokens[i], &token))
			continue;
		if (!found || (token.message.n == ret->message.n && ret->attempt == 0))
			*ret = token;
		found = true;
	}
	return found;
}

/* ---- what follows ---------------------------------------------------------------------------------------- */

/* A report that it will not arrive. */
static int take_failure(struct engine *e, const struct incoming *in, const struct incoming_row *row,
			struct instant now, struct receipt *ret)
{
	const struct bounce bounce = { .message = row->message,
				       .attempt = row->attempt,
				       .answer = in->answer,
				       .status = in->status };
	enum bounced bounced = BOUNCED_NOT_OURS;
	int r = bounce_apply(e, &bounce, now, &bounced);

	if (r < 0)
		return r;
	ret->bounced = bounced == BOUNCED_DONE;
	if (bounced == BOUNCED_LATER)
		return RECEIVE_LATER;
	if (bounced == BOUNCED_NOT_OURS)
		return drop(ret, RECEIVED_FOREIGN, "no mail of that number has left so");
	return RECEIVE_DONE;
}

static int take(struct engine *e, const struct incoming *in, struct incoming_row *row,
		struct instant now, struct receipt *ret)
{
	static const enum received kinds[] = { [INCOMING_FAILURE] = RECEIVED_FAILURE,
					       [INCOMING_DELAY] = RECEIVED_DELAY,
					       [INCOMING_AUTOMATIC] = RECEIVED_AUTOMATIC,
					       [INCOMING_PERSON] = RECEIVED_REPLY };
	int r = RECEIVE_DONE;

	ret->what = kinds[in->what];
	if (in->what == INCOMING_FAILURE)
		r = take_failure(e, in, row, now, ret);
	if (r != RECEIVE_DONE || !received_is_handled(ret->what))
		return r;
	return ledger_put_incoming(e->ledger, row);
}

static void fill(struct incoming_row *row, const struct incoming *in, const struct message *m,
		 const struct return_token *token)
{
	row->message = m->id;
	row->attempt = token->attempt;
	row->what = in->what;
	row->text = in->text;
	snprintf(row->key, sizeof(row->key), "%s", in->id);
	snprintf(row->status, sizeof(row->status), "%s", in->status);
	snprintf(row->answer, sizeof(row->answer), "%s", in->answer);
	snprintf(row->subject, sizeof(row->subject), "%s", in->subject);
	if (!strchr(m->to, ':'))
		snprintf(row->person, sizeof(row->person), "%.*s", ID_MAX, m->to);
}

/* A mail that can be read. */
struct receiving {
	struct engine *e;
	const struct mail_in *mail;
	const struct incoming *in;
	const struct reply_news *news;
	struct instant now;
	struct receipt *ret;
};

/* *ret: it was read before, or enough others about the message were. */
static int is_heard_out(const struct receiving *x, struct message_id message, bool *ret)
{
	struct incoming_row before = { .id = 0 };
	int64_t count;
	int r = ledger_find_incoming(x->e->ledger, x->in->id, &before, ret);

	incoming_row_done(&before);
	if (r < 0 || *ret) {
		x->ret->what = RECEIVED_REPLAYED;
		return r < 0 ? r : 0;
	}
	r = ledger_count_incoming(x->e->ledger, message, &count);
	*ret = r >= 0 && count >= PER_MESSAGE;
	return r < 0  ? r
	       : *ret ? drop(x->ret, RECEIVED_TOO_MANY,
			     "as many mails about it as are kept have come back already")
		      : 0;
}

/* Its token is ours. */
static int take_ours(const struct receiving *x, const struct return_token *token)
{
	struct incoming_row row = { .at = x->now };
	struct message m;
	const struct reply reply = { x->mail, x->in, &row, &m };
	bool found = false;
	int r = ledger_find_message(x->e->ledger, token->message, &m, &found);

	if (r < 0 || !found)
		return r < 0 ? r
			     : drop(x->ret, RECEIVED_FOREIGN,
				    "its message is not in the store any more");
	x->ret->message = m.id;
	r = is_heard_out(x, m.id, &found);
	if (r < 0 || found)
		return r;
	fill(&row, x->in, &m, token);
	r = take(x->e, x->in, &row, x->now, x->ret);
	return r == RECEIVE_DONE && x->ret->what == RECEIVED_REPLY
		       ? reply_take(x->e, &reply, x->now, x->news)
		       : r;
}

/* ---- all of it ------------------------------------------------------------------------------------------------ */

static int take_read(const struct receiving *x)
{
	const struct incoming *in = x->in;
	struct return_token token;
	struct return_key key;
	int r = return_key_load(x->e->ledger, &key);

	if (r < 0)
		return r;
	if (*in->resent && return_token_read(&key, in->resent, &token)) {
		x->ret->looped = true;
		return drop(x->ret, RECEIVED_FOREIGN,
			    "it is one that was forwarded to mail.reply_to, which leads back");
	}
	if (in->token_count == 0)
		return drop(x->ret, RECEIVED_FOREIGN, "it is about no message of ours");
	if (!find_token(&key, in, &token))
		return drop(x->ret, RECEIVED_FORGED, "its token is not signed by us");
	return take_ours(x, &token);
}

int receive_mail(struct engine *e, const struct mail_in *mail, struct instant now,
		 const struct reply_news *news, struct receipt *ret)
{
	__attribute__((cleanup(auto_incoming_free))) struct incoming *in = NULL;
	int r;

	*ret = (struct receipt){ .what = RECEIVED_FOREIGN };
	/* Of one that is too large there may be only its beginning. */
	r = mail->length > INCOMING_MAX ? INCOMING_TOO_LARGE
					: incoming_read(mail->bytes, mail->length, mail->to, &in);
	if (r > 0)
		return drop(ret, r == INCOMING_TOO_LARGE ? RECEIVED_TOO_LARGE : RECEIVED_UNREADABLE,
			    incoming_fault_text((enum incoming_fault)r));
	return r < 0 ? r : take_read(&(struct receiving){ e, mail, in, news, now, ret });
}
