/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The fields of a form, application/x-www-form-urlencoded. Read strictly: what a browser never sends is
 * refused with a sentence, never repaired.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct buffer;

/* A field that a form may have. Tables of them end with a NULL name. */
struct field_rule {
	const char *name;
	size_t max; /* bytes of its value, which is UTF-8 */
	bool lines; /* it may have line ends, which become "\n", and tabs; other controls become spaces */
	bool numbered; /* "name.3" too, for a page with several forms in one: 0 to 999 */
};

#define FIELD_NAME_MAX 64
#define FIELDS_MAX 1024

struct form_field {
	const char *name, *value;
};
/* In the order in which they came. They point into text, which is theirs. */
struct fields {
	struct form_field *list;
	size_t count;
	char *text;
};

enum fields_result {
	FIELDS_READ = 0,
	FIELDS_MALFORMED, /* a pair without "=", "%" without two hexadecimal digits, a NUL, not UTF-8 */
	FIELDS_UNKNOWN,
	FIELDS_DOUBLED,
	FIELDS_TOO_LONG, /* a value, or too many fields */
};
/* 0; one of the above, ret untouched; or -ENOMEM. */
int fields_read(struct fields *ret, const char *body, size_t length,
		const struct field_rule *rules);
void fields_done(struct fields *f);

/* The value, "" when it is there and empty; NULL when it is not there. */
const char *fields_value(const struct fields *f, const char *name);
/* The same of "name.number". */
const char *fields_value_of(const struct fields *f, const char *name, unsigned number);

/* Add text to out as a value in a query, from which fields_read reads it again: 0 or -ENOMEM. */
int fields_escape(struct buffer *out, const char *text);
