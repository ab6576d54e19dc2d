/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What kinds of channels there are: one row each. Who wants another writes what carries its
 * message, and adds the row; how the message is composed is a row of message/compose.c. Nothing else asks what a
 * channel is.
 */
#pragma once
#include "delivery/transport.h"
#include "plan/plan.h"

struct channel_kind {
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
