/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an attempt sends is composed within the turn that starts it, from the ledger as it stands then; the bytes leave
 * after the commit.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "delivery/attempt.h"
#include "delivery/kind.h"
#include "message/compose.h"
#include "message/forward.h"

/* Where it comes back to: an address of the attempt's own, which is about to be started. One that is put back keeps its
 * number, and so its address. */
static void make_return_address(struct attempt *a, const struct composing *with,
				const struct message *m)
{
	const char *mailbox = with->settings->mail.return_path;
	const struct return_token token = { m->id, m->attempts + 1 };

	if (!mailbox)
		return;
	return_token_write(with->returns, &token, a->token);
	return_address_write(with->returns, mailbox, &token, a->from);
}

static int compose_bytes(struct attempt *a, const struct message_content *n,
			 const struct composing *with)
{
	const struct channel_kind *kind = kind_of(a->route->channel);

	if (kind->to_mailbox) {
		a->to = strdup(n->to.person->mail);
		if (!a->to)
			return -ENOMEM;
		make_return_address(a, with, &n->message);
	}
	return message_compose(with, n, &a->composed);
}

/* The feed hears of a message once, as a CloudEvent whatever it is sent as; not of one that only its reader may read.
 * Who begins to listen later hears of those that are composed after that. */
static int compose_news(struct attempt *a, const struct message_content *n,
			const struct composing *with)
{
	struct composed news = { 0 };
	int r;

	if (n->message.attempts > 0 || n->message.kind == KIND_SIGN_IN ||
	    !a->delivery->calls->heard(a->delivery->userdata))
		return 0;
	r = hook_compose(with, n, &news);
	if (r == 0)
		a->reminder = json_loadb(news.bytes, news.length, 0, NULL);
	composed_done(&news);
	return r;
}

/* What the daemon says itself. 0 or CONTENT_NOTHING. Words that fail end the attempt before it begins. */
static int compose_own(struct attempt *a, const struct message *m, const struct composing *with)
{
	const size_t failures = memory_failures();
	struct message_content *n;
	int r = message_content_load(a->delivery->engine, m, with->now, &n);

	if (r != 0)
		return r;
	r = compose_bytes(a, n, with);
	if (r == 0)
		r = compose_news(a, n, with);
	if (r == 0 && memory_failures() != failures) /* a part of it may be missing */
		r = -ENOMEM;
	message_content_free(n);
	if (r < 0) {
		a->decided = true;
		a->result.verdict = VERDICT_LATER;
		snprintf(a->result.answer, sizeof(a->result.answer), "it could not be composed: %s",
			 strerror(-r));
		log_error("message %lld %s", (long long)m->id.n, a->result.answer);
	}
	return 0;
}

/* What somebody else has said, to nobody of the plan: the feed does not hear of it as a reminder. */
static int compose_forward(struct attempt *a, const struct message *m, const struct composing *with)
{
	a->to = strdup(a->plan->settings.mail.reply_to);
	make_return_address(a, with, m);
	return a->to ? forward_compose(with, a->delivery->engine, m, &a->composed) : -ENOMEM;
}

int attempt_compose(struct attempt *a, const struct message *m, struct instant now)
{
	struct delivery *d = a->delivery;
	char installation[100];
	struct return_key returns;
	const struct composing with = { d->templates, &a->plan->settings, installation,
					now,	      d->links,		  &returns };
	int r = ledger_meta(d->engine->ledger, META_INSTALLATION, installation,
			    sizeof(installation));

	if (r == 0)
		r = return_key_load(d->engine->ledger, &returns);
	if (r < 0)
		return r;
	return m->kind == KIND_FORWARD ? compose_forward(a, m, &with) : compose_own(a, m, &with);
}
