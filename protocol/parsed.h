/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON as it is read: a strict parse (RFC 8259) of one text into memory that its parser keeps from text to
 * text, so that an event costs no allocation. What is parsed is read and never changed; what is built to
 * be sent is jansson's.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "protocol/answer.h"
#include "protocol/text.h"

enum parsed_kind {
	PARSED_OBJECT,
	PARSED_ARRAY,
	PARSED_STRING,
	PARSED_NUMBER,
	PARSED_TRUE,
	PARSED_FALSE,
	PARSED_NULL,
};

/*
 * A value. Those inside of it follow it, each with what is inside of that, so that a tree is a list:
 *
 *	{"a":[1,2],"b":3}   →   {} 5,  "a":[] 3,  1 1,  2 1,  "b":3 1      (the numbers: nodes)
 */
struct parsed {
	enum parsed_kind kind;
	uint32_t nodes; /* of the tree that begins here, this one included */
	uint32_t count; /* of the values directly inside */
	const char *
		name; /* of a member of an object, else NULL; as all texts here UTF-8, without NUL inside */
	const char *text;  /* of a string: its characters; of all else NULL */
	size_t length;	   /* of text, in bytes */
	const char *begin; /* as it stands in what was parsed: its first byte … */
	size_t size;	   /* … and how many */
};

struct parser;

int parser_new(struct parser **ret);
struct parser *parser_free(struct parser *p);
/* For __attribute__((cleanup(parser_freep))). */
static inline void parser_freep(struct parser **p)
{
	parser_free(*p);
}

/*
 * Parse the bytes of one object or array; they are borrowed for as long as the values are used. The values
 * live until the next parse. NULL on what is not JSON (duplicate names, bad UTF-8, NUL, trailing bytes, more
 * than 16 levels among it), with the reason, REJECT_BAD_JSON; on a value that is neither, REJECT_BAD_EVENT; and
 * when there is no memory, RETRY_BUSY.
 */
const struct parsed *parser_parse(struct parser *p, const char *bytes, size_t length,
				  struct rejection *ret_why);

/* The sentence for whatever could not be read or answered because memory ran out: RETRY_BUSY. */
enum reject_code parsed_no_memory(struct rejection *ret_why);

/* Each value directly inside of `in`, an object or array. */
#define parsed_foreach(in, value)                                               \
	for (const struct parsed *value = (in) + 1; value < (in) + (in)->nodes; \
	     value += value->nodes)

/* These take NULL for what is not there. The member of an object; NULL: there is none. */
const struct parsed *parsed_get(const struct parsed *object, const char *name);
/* The characters of a string; NULL of all else. */
const char *parsed_string(const struct parsed *value);
bool parsed_is_null(const struct parsed *value);
/* Is it a whole number, with a zero fraction or an exponent too (40.0, 1.25e6), that fits? */
bool parsed_integer(const struct parsed *value, int64_t *ret);
/* As a sentence quotes it: `"on-trak"`, `12.5`, `null`, `an object`; cut if it is long. */
struct excerpt parsed_excerpt(const struct parsed *value);
