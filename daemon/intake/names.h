/* SPDX-License-Identifier: Apache-2.0 */
/* Peers of intake.submit that call themselves something (ZMQ_ROUTING_ID), which is told of in the log. */
#pragma once
#include <zmq.h>

#include "gate/access.h"
#include "intake/socket.h"

struct names;

int names_new(struct names **ret);
struct names *names_free(struct names *n);

/* Has its peer chosen this routing id? Those that libzmq makes up begin with a zero byte. */
static inline bool names_chosen(zmq_msg_t *id)
{
	return zmq_msg_size(id) > 0 && *(const unsigned char *)zmq_msg_data(id) != 0;
}
/* A message with a routing id of the peer's own choice has come in at a socket. */
void names_heard(struct names *n, zmq_msg_t *id, const struct peer *who, const struct socket *at);
