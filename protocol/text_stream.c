/* SPDX-License-Identifier: Apache-2.0 */
#include "protocol/text_stream.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM 256

/* With room for a byte that ends it. */
static bool make_room(struct text_stream *s, size_t count)
{
	size_t room = s->room ? s->room : FIRST_ROOM;
	char *grown;

	while (room - s->length <= count)
		room *= 2;
	if (room == s->room)
		return true;
	grown = realloc(s->bytes, room);
	if (!grown)
		return false;
	s->bytes = grown;
	s->room = room;
	return true;
}

static ssize_t take(void *cookie, const char *bytes, size_t count)
{
	struct text_stream *s = cookie;

	if (s->failed || !make_room(s, count)) {
		s->failed = true;
		return 0;
	}
	memcpy(s->bytes + s->length, bytes, count);
	s->length += count;
	return (ssize_t)count;
}

/* For ftell, and nothing else. */
static int tell(void *cookie, off64_t *offset, int whence)
{
	const struct text_stream *s = cookie;

	if (whence != SEEK_CUR || *offset != 0)
		return -1;
	*offset = (off64_t)s->length;
	return 0;
}

FILE *text_stream_open(struct text_stream *s)
{
	*s = (struct text_stream){ NULL };
	s->file = fopencookie(s, "w", (cookie_io_functions_t){ .write = take, .seek = tell });
	return s->file;
}

/* False: something of it is missing. */
static bool end(struct text_stream *s)
{
	if (s->failed || !make_room(s, 0))
		return false;
	s->bytes[s->length] = '\0';
	return true;
}

const char *text_stream_said(struct text_stream *s)
{
	const bool good = fflush(s->file) == 0 && end(s);

	s->length = 0;
	return good ? s->bytes : NULL;
}

char *text_stream_close(struct text_stream *s, size_t *ret_length)
{
	const bool good = s->file && fclose(s->file) == 0 && end(s);
	char *bytes = s->bytes;

	if (good && ret_length)
		*ret_length = s->length;
	if (!good)
		free(bytes);
	*s = (struct text_stream){ NULL };
	return good ? bytes : NULL;
}
