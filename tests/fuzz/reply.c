/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a mail server says, in pieces as the network cuts it. However it is cut, the same replies are
 * heard; no more bytes are used than were given; a text is clean.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "delivery/reply.h"
#include "protocol/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define REPLIES_MAX 64

/* Hear all of it, piece bytes at a time; returns how many replies there were. */
static size_t hear(const char *bytes, size_t size, size_t piece, int codes[static REPLIES_MAX])
{
	struct reply r;
	size_t count = 0;

	memset(&r, 0, sizeof(r));
	reply_await(&r);
	for (size_t at = 0; at < size && count < REPLIES_MAX;) {
		const size_t n = size - at < piece ? size - at : piece;
		const size_t used = reply_hear(&r, bytes + at, n);

		assert(used > 0 && used <= n);
		assert(used == n || r.code != 0);
		at += used;
		assert(r.heard == at);
		if (r.code == 0)
			continue;
		assert(r.code >= 200 && r.code <= 599);
		assert(strlen(r.text) < sizeof(r.text));
		assert(text_is_clean(r.text, strlen(r.text), false));
		assert(!strchr(r.text, '@'));
		codes[count++] = r.code;
		reply_await(&r);
	}
	return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int whole[REPLIES_MAX], cut[REPLIES_MAX];
	size_t count, piece;

	if (size < 1)
		return 0;
	piece = (size_t)data[0] % 17 + 1;
	count = hear((const char *)data + 1, size - 1, SIZE_MAX, whole);
	assert(hear((const char *)data + 1, size - 1, piece, cut) == count);
	assert(memcmp(whole, cut, count * sizeof(*whole)) == 0);
	return 0;
}
