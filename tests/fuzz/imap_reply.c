/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an IMAP server says, in pieces as the network cuts it. However it is cut, the same responses are heard; what is
 * read of each lies within it.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "inbox/imap_reply.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define WANT 64
#define RESPONSES_MAX 64

/* What was heard: a number for each response that two ways of cutting must agree on. */
struct heard {
	size_t count;
	uint64_t each[RESPONSES_MAX];
};

static uint64_t sum(uint64_t hash, const void *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		hash = (hash ^ ((const unsigned char *)bytes)[i]) * UINT64_C(1099511628211);
	return hash;
}

static uint64_t read_response(struct imap_reply *r)
{
	struct imap_fetched f;
	uint32_t uids[16];
	const char *text;
	const enum imap_kind kind = imap_kind(r->line, "p1", &text);
	uint64_t hash = sum((uint64_t)kind + 1, r->line, r->length);

	assert(text >= r->line && text <= r->line + r->length);
	assert(r->length == strlen(r->line) && r->length < sizeof(r->line));
	assert(r->literal.length <= WANT && r->literal.length <= r->literal_size);
	hash = sum(hash, r->literal.bytes ? r->literal.bytes : "", r->literal.length);
	imap_has_word(text, "UIDPLUS");
	const int n = imap_search(text, r->cut, uids, 16);

	assert(n >= -1 && n <= 16);
	for (int i = 0; i < n; i++)
		assert(uids[i] > 0);
	if (kind == IMAP_FETCH && imap_fetch(r->line + (text - r->line), &f) && f.has_body &&
	    !f.in_literal && f.body_length > 0)
		assert(f.body >= r->line && f.body + f.body_length <= r->line + r->length);
	return hash;
}

static void hear(const char *bytes, size_t size, size_t piece, struct heard *ret)
{
	struct imap_reply r = { .want = WANT };
	enum imap_heard heard = IMAP_MORE;

	*ret = (struct heard){ .count = 0 };
	imap_reply_await(&r);
	for (size_t at = 0; at < size && ret->count < RESPONSES_MAX && heard <= IMAP_RESPONSE;) {
		const size_t n = size - at < piece ? size - at : piece;
		const size_t used = imap_hear(&r, bytes + at, n, &heard);

		assert(used > 0 && used <= n);
		assert(used == n || heard != IMAP_MORE);
		at += used;
		if (heard == IMAP_RESPONSE)
			ret->each[ret->count++] = read_response(&r);
	}
	imap_reply_done(&r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct heard whole, cut;

	if (size < 1)
		return 0;
	hear((const char *)data + 1, size - 1, SIZE_MAX, &whole);
	hear((const char *)data + 1, size - 1, (size_t)data[0] % 17 + 1, &cut);
	assert(memcmp(&whole, &cut, sizeof(whole)) == 0);
	return 0;
}
