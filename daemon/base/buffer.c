/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buffer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM 4096
#define ROOM_KEPT (1u << 20)

int buffer_reserve(struct buffer *b, size_t count)
{
	size_t room = b->room ? b->room : FIRST_ROOM;
	char *grown;

	if (b->room - b->length >= count && b->room)
		return 0;
	while (room - b->length < count)
		room *= 2;
	grown = realloc(b->bytes, room);
	if (!grown)
		return -ENOMEM;
	b->bytes = grown;
	b->room = room;
	return 0;
}

int buffer_add(struct buffer *b, const void *bytes, size_t count)
{
	int r = buffer_reserve(b, count);

	if (r < 0)
		return r;
	memcpy(b->bytes + b->length, bytes, count);
	b->length += count;
	return 0;
}

int buffer_add_text(struct buffer *b, const char *text)
{
	return buffer_add(b, text, strlen(text));
}

void buffer_clear(struct buffer *b)
{
	b->length = 0;
	if (b->room > ROOM_KEPT)
		buffer_done(b);
}

void buffer_done(struct buffer *b)
{
	free(b->bytes);
	*b = (struct buffer){ NULL };
}

char *buffer_take(struct buffer *b)
{
	char *text;

	if (buffer_add(b, "", 1) < 0)
		return NULL;
	text = b->bytes;
	*b = (struct buffer){ NULL };
	return text;
}
