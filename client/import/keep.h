/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory of one import: what is kept stays where it is until all of it goes at once, so that a text of the
 * spreadsheet may be pointed at from wherever it is of use.
 */
#pragma once
#include <stdarg.h>
#include <stddef.h>

struct keep {
	struct keep_block *blocks;
};

/* n bytes, zeroed, for anything. Never NULL: without memory the program ends. */
void *keep_bytes(struct keep *keep, size_t n);
/* A copy of the n bytes at text, with a NUL. */
char *keep_text(struct keep *keep, const char *text, size_t n);
/* The text of a printf. */
__attribute__((format(printf, 2, 3))) char *keep_print(struct keep *keep, const char *format, ...);
__attribute__((format(printf, 2, 0))) char *keep_vprint(struct keep *keep, const char *format,
							va_list arguments);
void keep_done(struct keep *keep);

/* An array that grows: room for one more of size bytes behind count of them, which need not stay where they
 * were. The caller keeps room and frees the array. */
void *array_more(void *array, size_t count, size_t *room, size_t size);
