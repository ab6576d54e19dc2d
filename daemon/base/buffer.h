/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytes that grow at their end, in memory that is kept when they are cleared, so that what is done in every
 * turn needs no allocation in most. It begins as zero; buffer_done ends it.
 */
#pragma once
#include <stddef.h>

struct buffer {
	char *bytes;
	size_t length, room;
};

/* 0, or -ENOMEM and nothing has changed. Pointers into it end with each. */
int buffer_add(struct buffer *b, const void *bytes, size_t count);
int buffer_add_text(struct buffer *b, const char *text);
/* Room for count bytes more, to be written at its end by the caller, who then adds to length. */
int buffer_reserve(struct buffer *b, size_t count);
/* Empty, with the memory kept for what comes next unless it was uncommonly much. */
void buffer_clear(struct buffer *b);
void buffer_done(struct buffer *b);
/* Its bytes as a text, which the caller frees, and it is empty; NULL: no memory, and it is as it was. */
char *buffer_take(struct buffer *b);
