/* SPDX-License-Identifier: Apache-2.0 */
/* Edits of a text as the hunks of a unified diff. */
#pragma once
#include <stddef.h>
#include <stdio.h>

/* The bytes from begin to end, which `text` takes the place of. */
struct edit {
	size_t begin, end;
	const char *text;
};

/* The hunks of the text's edits, which are sorted here and do not overlap; the text ends with a NUL. */
void hunks_write(FILE *out, const char *text, struct edit *edits, size_t count);
/* The hunk of a file that is not there yet. */
void hunk_new(FILE *out, const char *text);
