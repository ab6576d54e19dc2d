/* SPDX-License-Identifier: Apache-2.0 */
/* One ZeroMQ socket at one endpoint, with the limits that every socket of the daemon has. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "gate/access.h"
#include "intake/curve.h"
#include "protocol/answer.h"

struct socket {
	enum endpoint_role role;
	char *address;		   /* as the plan names it */
	char *publisher;	   /* id of the system of a subscribe entry, else NULL */
	bool remote;		   /* reached from other machines, so encrypted */
	char server_key[KEY_TEXT]; /* of a remote subscribe entry's system, else "" */
	void *zmq;
	int lock;	/* of the path that an ipc endpoint is bound to; -1 */
	bool bound;	/* that path is ours */
	int64_t topics; /* of a feed: that somebody has subscribed to */
};

/* Where a socket is opened, and as what. */
struct socket_place {
	enum endpoint_role role;
	const struct endpoint *endpoint;
	const struct curve_keys *own; /* the daemon's keys, for what is remote */
};
/* 0, or a negative errno with the sentence in ret_why: -EADDRINUSE when somebody else has it. */
int socket_open(struct socket **ret, void *context, const struct socket_place *place,
		struct rejection *ret_why);
/* Do its peers show their keys, so that each message has a sender? */
bool socket_asks_keys(const struct socket *s);
/* Of the sender of a message on it; key is what the message has shown (curve_sender). They point into both. */
struct credentials socket_credentials(const struct socket *s, const char *key);
/* Of a feed: does anybody listen? */
bool socket_is_heard(struct socket *s);
/* What was queued for peers that read leaves first, for at most a moment. */
struct socket *socket_close(struct socket *s);
bool socket_is_at(const struct socket *s, enum endpoint_role role, const struct endpoint *endpoint);
/* "intake.submit" and so on. */
const char *socket_role_name(enum endpoint_role role);
