/* SPDX-License-Identifier: Apache-2.0 */
/* A ZeroMQ socket that is read by the loop, a batch at a time, so that a batch is one turn. */
#pragma once
#include <systemd/sd-event.h>
#include <zmq.h>

#include "intake/socket.h"

#define INLET_FRAMES 7 /* of a message that anybody here understands */

struct inlet_calls {
	/* A batch begins; messages follow at once. May be NULL. */
	void (*begin)(void *userdata);
	/* One message: count of its frames, of which those past INLET_FRAMES are not there. The
	 * frames are closed afterwards; what is kept is moved out of them. */
	void (*message)(void *userdata, const struct socket *from, zmq_msg_t *frames, size_t count);
};

struct inlet;

/* socket and calls are borrowed, and outlive the inlet. */
int inlet_new(struct inlet **ret, sd_event *event, const struct socket *socket,
	      const struct inlet_calls *calls, void *userdata);
struct inlet *inlet_free(struct inlet *in);
/* Read what has come, without waiting for the loop. */
void inlet_read(struct inlet *in);
