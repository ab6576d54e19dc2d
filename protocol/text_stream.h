/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A stream that writes to memory, as open_memstream makes one, for which nothing is lost unseen: glibc's drops what it
 * has no memory for, and neither ferror nor fclose tells of it. One that is open stays where it is; ftell counts its bytes.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct text_stream {
	FILE *file;
	char *bytes;
	size_t length, room;
	bool failed;
};

/* The stream; NULL: no memory. */
FILE *text_stream_open(struct text_stream *s);
/* What has been written since it was opened, or asked for the last time; it is the stream's, until the next is written.
 * NULL: there was no memory for all of it. */
const char *text_stream_said(struct text_stream *s);
/* Close it, if it is open: all that has been written, which the caller frees. NULL: there was no memory for all of it. */
char *text_stream_close(struct text_stream *s, size_t *ret_length);
