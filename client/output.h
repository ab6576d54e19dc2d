/* SPDX-License-Identifier: Apache-2.0 */
/* Where a command writes what it has made: a file that is named, or standard output. */
#pragma once
#include <stdio.h>

struct output {
	FILE *file;
	const char *path; /* NULL: standard output */
};
/* Open it; path: NULL for standard output. EX_OK, or the exit code, the reason said. */
int output_open(struct output *ret, const char *path);
/* Close it, all of it written: EX_OK, or the exit code, the reason said and the file gone. */
int output_close(struct output *out);
/* Close it, and no file is left of it. */
void output_abandon(struct output *out);
