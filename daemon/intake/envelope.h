/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What stands before the body of a message on a ROUTER socket, and comes back before its answer as it
 * came: the connection's routing id, then frames of the sender's own and of proxies on the way, at most
 * ENVELOPE_FRAMES, then as a rule an empty frame.
 *
 *	REQ, DEALER		id "" body
 *	REQ_CORRELATE		id request "" body
 *	behind a zmq_proxy	proxy id … "" body
 *	DEALER, one frame	id body
 *
 * The first empty frame ends it. Where there is none the last frame is the body, and what stands before
 * that is the envelope.
 */
#pragma once
#include <zmq.h>

#include "gate/caller.h"

#define ENVELOPE_FRAMES 8
#define ENVELOPE_FRAME_MAX 255		       /* bytes; what a routing id may have */
#define ENVELOPE_MESSAGE (ENVELOPE_FRAMES + 3) /* frames of a whole message: id, "" and body too */

/*
 * Write the envelope of a message of count frames (those past ENVELOPE_MESSAGE are not there) as the route
 * of ret, and say where the body begins: frames from there on, more than one if the sender has sent more
 * than a body. False when it can't come back: too many frames, or too long ones.
 */
bool envelope_read(zmq_msg_t *frames, size_t count, struct caller *ret, size_t *ret_body);
/* Send the frames of a route and then the body, without waiting: false when the peer has left or does not
 * read. The body is taken over either way. */
bool envelope_send(void *zmq, const char *route, size_t length, zmq_msg_t *body);
