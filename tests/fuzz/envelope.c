/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any frames as a message to a ROUTER: a byte for how many there are, then each frame with its length before
 * it, a byte, times three so that some are too long. What can come back comes back as it came, what stands
 * before the body is what the sender put there, and there is a body.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "intake/envelope.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FRAMES_MAX 20

struct frames {
	zmq_msg_t list[FRAMES_MAX];
	size_t count;
};

static void cut(struct frames *f, const uint8_t *data, size_t size)
{
	const size_t wanted = 1 + data[0] % FRAMES_MAX;
	size_t at = 1;

	for (f->count = 0; f->count < wanted; f->count++) {
		size_t n = at < size ? (size_t)data[at++] * 3 : 0;
		size_t left = size - at;

		assert(zmq_msg_init_size(&f->list[f->count], n) == 0);
		memset(zmq_msg_data(&f->list[f->count]), 'x', n);
		memcpy(zmq_msg_data(&f->list[f->count]), data + at, n < left ? n : left);
		at += n < left ? n : left;
	}
}

/* The route has the frames up to the body, each whole. */
static void check_route(struct frames *f, const struct caller *c, size_t body)
{
	size_t at = 0;

	for (size_t i = 0; i < body; i++) {
		const size_t n = c->route[at++];

		assert(n == zmq_msg_size(&f->list[i]));
		assert(memcmp(c->route + at, zmq_msg_data(&f->list[i]), n) == 0);
		at += n;
	}
	assert(at == c->length && at <= sizeof(c->route));
}

/* Where the body begins by the rule: after the first empty frame with one behind it, else it is the last. */
static size_t body_by_rule(struct frames *f)
{
	for (size_t i = 1; i < f->count && i < ENVELOPE_MESSAGE; i++)
		if (zmq_msg_size(&f->list[i]) == 0)
			return i + 1 < f->count ? i + 1 : i;
	return f->count - 1;
}

static bool is_too_long(struct frames *f)
{
	for (size_t i = 0; i < body_by_rule(f); i++)
		if (zmq_msg_size(&f->list[i]) > ENVELOPE_FRAME_MAX)
			return true;
	return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct caller c;
	struct frames f;
	size_t body = 0;

	if (size < 1)
		return 0;
	cut(&f, data, size);
	if (envelope_read(f.list, f.count, &c, &body)) {
		assert(body >= 1 && body < f.count && body < ENVELOPE_MESSAGE);
		assert(body == body_by_rule(&f));
		check_route(&f, &c, body);
	} else {
		assert(f.count < 2 || f.count > ENVELOPE_FRAMES + 2 || is_too_long(&f));
	}
	for (size_t i = 0; i < f.count; i++)
		zmq_msg_close(&f.list[i]);
	return 0;
}
