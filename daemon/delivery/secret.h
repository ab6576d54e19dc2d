/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A secret in a file: read when it is used and forgotten at once, so that a new one needs no reload
 * and memory holds none for long.
 */
#pragma once
#include <stddef.h>

#define SECRET_MAX 4096

struct secret {
	unsigned char bytes[SECRET_MAX];
	size_t length;
};

/* The file's bytes but for the line end. 0, -ENODATA when it is empty, -EFBIG, or what prevented it. */
int secret_read(struct secret *ret, const char *path);
/* What such an error means, as the rest of a sentence. */
const char *secret_fault(int error);
void secret_done(struct secret *s);
