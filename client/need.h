/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory, for a program that answers one call and ends: when there is none, it says so and ends
 * with EX_OSERR. Nothing is lost by that: what was not answered may be sent again with its id.
 */
#pragma once
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

static inline void *need(void *memory)
{
	if (!memory) {
		fputs("paminn: out of memory\n", stderr);
		exit(EX_OSERR);
	}
	return memory;
}

/* json[name] = value (stolen). */
static inline void need_set(json_t *json, const char *name, json_t *value)
{
	if (json_object_set_new(json, name, value) < 0)
		need(NULL);
}

/* The text of a printf, which the caller frees. */
__attribute__((format(printf, 1, 0))) static inline char *need_vtext(const char *format,
								     va_list arguments)
{
	char *text = NULL;

	return need(vasprintf(&text, format, arguments) < 0 ? NULL : text);
}
__attribute__((format(printf, 1, 2))) static inline char *need_text(const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = need_vtext(format, arguments);
	va_end(arguments);
	return text;
}

static inline void need_freep(void *p)
{
	free(*(void **)p);
}
static inline void need_json_freep(json_t **p)
{
	json_decref(*p);
}
static inline void need_closep(int *p)
{
	if (*p >= 0)
		close(*p);
}
#define auto_free __attribute__((cleanup(need_freep)))
#define auto_json __attribute__((cleanup(need_json_freep)))
#define auto_close __attribute__((cleanup(need_closep)))
