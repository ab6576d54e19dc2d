/* SPDX-License-Identifier: Apache-2.0 */
/* A ZeroMQ socket that is read by the loop, a batch at a time, so that a batch is one turn. */
#pragma once
#include <systemd/sd-event.h>
#include <zmq.h>

#include "intake/envelope.h"
#include "intake/socket.h"

struct socket_reader_calls {
	/* A batch begins; messages follow at once. May be NULL. */
	void (*begin)(void *userdata);
	/* This one is about to follow as a message; its frames are only looked at. May be NULL. */
	void (*prefetch)(void *userdata, zmq_msg_t *frames, size_t count);
	/* One message: count of its frames, of which those past ENVELOPE_MESSAGE are not there. The
	 * frames are closed afterwards; what is kept is moved out of them. */
	void (*message)(void *userdata, const struct socket *from, zmq_msg_t *frames, size_t count);
};

struct socket_reader;

/* socket and calls are borrowed, and outlive the reader. */
int socket_reader_new(struct socket_reader **ret, sd_event *event, const struct socket *socket,
		      const struct socket_reader_calls *calls, void *userdata);
struct socket_reader *socket_reader_free(struct socket_reader *in);
/* Read what has come, without waiting for the loop. */
void socket_reader_read(struct socket_reader *in);
