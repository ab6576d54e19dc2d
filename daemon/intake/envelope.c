/* SPDX-License-Identifier: Apache-2.0 */
/* A route is the frames one after another, each with its length before it, a byte. */
#include "intake/envelope.h"

#include <assert.h>
#include <string.h>

static_assert(CALLER_ROUTE_MAX >= (ENVELOPE_FRAMES + 2) * (1 + ENVELOPE_FRAME_MAX),
	      "the longest envelope is a route");

static bool add_frame(struct caller *c, zmq_msg_t *frame)
{
	const size_t n = zmq_msg_size(frame);

	if (n > ENVELOPE_FRAME_MAX)
		return false;
	c->route[c->length++] = (unsigned char)n;
	memcpy(c->route + c->length, zmq_msg_data(frame), n);
	c->length += n;
	return true;
}

bool envelope_read(zmq_msg_t *frames, size_t count, struct caller *ret, size_t *ret_body)
{
	const size_t here = count < ENVELOPE_MESSAGE ? count : ENVELOPE_MESSAGE;
	size_t empty = 1, hops, body;

	while (empty < here && zmq_msg_size(&frames[empty]) > 0)
		empty++;
	body = empty < here && empty + 1 < count ? empty + 1 : count - 1;
	hops = body == empty + 1 ? empty - 1 : body - 1;
	if (count < 2 || hops > ENVELOPE_FRAMES)
		return false;
	ret->length = 0;
	for (size_t i = 0; i < body; i++)
		if (!add_frame(ret, &frames[i]))
			return false;
	*ret_body = body;
	return true;
}

bool envelope_send(void *zmq, const char *route, size_t length, zmq_msg_t *body)
{
	for (size_t at = 0; at < length; at += 1 + (size_t)(unsigned char)route[at])
		if (zmq_send(zmq, route + at + 1, (unsigned char)route[at],
			     ZMQ_SNDMORE | ZMQ_DONTWAIT) < 0) {
			zmq_msg_close(body);
			return false;
		}
	if (zmq_msg_send(body, zmq, ZMQ_DONTWAIT) >= 0)
		return true;
	zmq_msg_close(body);
	return false;
}
