/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What kinds of channels there are: one row each. Who wants another writes how its message is composed
 * and what carries it, and adds the row; nothing else asks what a channel is.
 */
#pragma once
#include "delivery/transport.h"
#include "message/templates.h"

struct channel_kind {
	/* The message's bytes; errors as of mail_compose. */
	int (*compose)(const struct composing *with, const struct message_content *content,
		       struct composed *ret);
	const struct transport *transport;
	bool to_mailbox; /* it goes to the recipient's address */
	/* The server: where it is, who vouches for it, as whom it is spoken to. */
	struct send_request (*server)(const struct plan *plan, const struct channel *channel);
	struct limits (*limits)(const struct plan *plan);
};

/* The channel's row. */
const struct channel_kind *kind_of(const struct channel *channel);
/* The server's part of a request to the channel; what is borrowed is the plan's. */
struct send_request kind_server(const struct plan *plan, const struct channel *channel);
