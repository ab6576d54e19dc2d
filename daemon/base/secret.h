/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A secret in a file: read when it is used and forgotten at once, so that a new one needs no reload
 * and memory holds none for long. A check of the configuration reads it in the same way.
 */
#pragma once
#include <stddef.h>

#define SECRET_MAX 4096

struct secret {
	unsigned char bytes[SECRET_MAX + 1]; /* with room for a NUL behind them */
	size_t length;
};

/*
 * The file's bytes, but for a byte order mark before them and the line end after them. 0; -ENODATA when
 * there are none; -EFBIG; -EILSEQ when it is UTF-16; or what prevented it. To be released in any case.
 */
int secret_read(struct secret *ret, const char *path);
/* A key that posts are signed with: "whsec_" and base64 is what that means, anything else is what it
 * is. As secret_read, or -EBADMSG when it is not base64. */
int secret_read_key(struct secret *ret, const char *path);
/* What such an error means, as the rest of a sentence. */
const char *secret_fault(int error);
void secret_done(struct secret *s);
