/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as the head of a request, after a byte for the methods that its page has: what libmicrohttpd comes to see
 * it sees by this reader's leave. Every piece that is read lies in the head and has no line's end in it; a head that
 * ends ends at one place, whatever follows. Seen to fail when a body had no bound, and when a header could stand
 * twice. fuzz/request takes the same bytes through a socket, a hundred times as slowly.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "web/remote.h"
#include "web/screen.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_piece(const char *bytes, const struct head *head, struct piece p)
{
	if (!p.at)
		return;
	assert(p.at >= bytes && p.at + p.length <= bytes + head->length);
	assert(!memchr(p.at, '\r', p.length) && !memchr(p.at, '\n', p.length) &&
	       !memchr(p.at, '\0', p.length));
}

static void check_pieces(const char *bytes, const struct head *head)
{
	const struct piece pieces[] = { head->path,   head->query,	head->host,
					head->origin, head->fetch_site, head->forwarded };

	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++)
		check_piece(bytes, head, pieces[i]);
	for (size_t i = 0; i < COOKIES; i++) {
		check_piece(bytes, head, head->cookies[i].value);
		assert(!head->cookies[i].value.at == !head->cookies[i].count);
	}
}

/* What head_find finds is what was read, and what must not stand twice does not. */
static void check_found(const struct head *head)
{
	static const char *const once[] = { "Host", "content-length", "Content-Type", "Origin" };
	struct piece found;

	for (size_t i = 0; i < sizeof(once) / sizeof(*once); i++)
		assert(head_find(head, once[i], &found) <= 1);
	if (head_find(head, "host", &found) > 0)
		assert(found.at == head->host.at && found.length == head->host.length);
	if (head_find(head, "X-FORWARDED-FOR", &found) > 0)
		assert(found.at == head->forwarded.at && found.length == head->forwarded.length);
}

static void check_remote(struct piece forwarded)
{
	char text[INET6_ADDRSTRLEN];
	struct remote who, again;

	if (!forwarded.at || !remote_parse(forwarded.at, forwarded.length, &who))
		return;
	remote_format(&who, text);
	assert(remote_parse(text, strlen(text), &again) && remote_is(&who, &again));
}

static void check(const char *bytes, const struct head *head, unsigned methods)
{
	static const struct web_settings settings = { .public_url = "https://paminn.kommun.se" };
	const struct path row = { .methods = methods };
	struct head again;
	enum refusal why;

	assert(head->body_length <= BODY_MAX);
	check_pieces(bytes, head);
	check_found(head);
	check_remote(head->forwarded);
	assert(head_read(bytes, head->length, &again, &why) == HEAD_COMPLETE);
	assert(again.length == head->length && again.path.length == head->path.length);
	assert(head_read(bytes, head->length - 1, &again, &why) == HEAD_INCOMPLETE);
	why = screen(&settings, head, &row);
	assert(why != REFUSAL_NONE || row.methods & head->method);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *bytes = (const char *)data + 1;
	enum refusal why = REFUSAL_NONE;
	struct head head;

	if (size < 1)
		return 0;
	switch (head_read(bytes, size - 1, &head, &why)) {
	case HEAD_COMPLETE:
		assert(head.length <= size - 1 && head.length <= HEAD_MAX);
		check(bytes, &head, data[0]);
		break;
	case HEAD_REFUSED:
		assert(why != REFUSAL_NONE);
		break;
	case HEAD_INCOMPLETE:
		assert(size - 1 < HEAD_MAX);
		break;
	}
	return 0;
}
