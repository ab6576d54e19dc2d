/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Preloaded into a program: memory that it asks for isn't there, once or from then on, at the places that places.h tells.
 *
 * The program's own code, SQLite, and Jansson are made to survive it. All others get what they ask for, since most of them
 * end the process by design.
 */
#include <errno.h>
#include <stddef.h>

#include "places.h"

/* What the program hands Jansson to ask with has but its caller, since there are very many. */
const struct frames place_frames[OWNERS] = {
	[PROGRAM] = { 3, 0 }, [SQLITE] = { 3, 0 }, [JANSSON] = { 2, 1 }
};
const int place_depth = 14;

static bool fails(void *asker)
{
	if (!place_fails(asker))
		return false;
	errno = ENOMEM;
	return true;
}

void *malloc(size_t size)
{
	NEXT(void *, "malloc", size_t);
	return fails(ASKER) ? NULL : next(size);
}

void *calloc(size_t count, size_t size)
{
	NEXT(void *, "calloc", size_t, size_t);
	return fails(ASKER) ? NULL : next(count, size);
}

void *realloc(void *old, size_t size)
{
	NEXT(void *, "realloc", void *, size_t);
	return fails(ASKER) ? NULL : next(old, size);
}

void *reallocarray(void *old, size_t count, size_t size)
{
	NEXT(void *, "reallocarray", void *, size_t, size_t);
	return fails(ASKER) ? NULL : next(old, count, size);
}

/* Those that a sanitizer has its own of; in libc they ask malloc, as the rest of it does. */
char *strdup(const char *text)
{
	NEXT(char *, "strdup", const char *);
	return fails(ASKER) ? NULL : next(text);
}

char *strndup(const char *text, size_t length)
{
	NEXT(char *, "strndup", const char *, size_t);
	return fails(ASKER) ? NULL : next(text, length);
}
