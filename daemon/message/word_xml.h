/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The XML of a Word document as a row of tokens. It is what word processors write: no document type, no CDATA,
 * elements that are closed in order; anything else is refused, so that what is made of it can't be wrong XML. A
 * library that reads XML makes a tree and writes it anew: what a letterhead has that nobody here knows of is
 * better left as it stands, byte for byte.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum word_token_kind {
	WORD_TEXT,  /* between tags, as it stands: with its entities */
	WORD_OPEN,  /* <name …> */
	WORD_CLOSE, /* </name> */
	WORD_EMPTY, /* <name …/> */
	WORD_OTHER, /* the declaration, a comment */
};
struct word_token {
	enum word_token_kind kind;
	const char *text; /* the whole of it; not ended by a NUL */
	size_t length;
	size_t partner; /* of WORD_OPEN: its WORD_CLOSE; and the other way */
};
struct word_tokens {
	struct word_token *list;
	size_t count, room;
};

/* Parse the n bytes at xml, which stay the caller's and have to live as long as ret. 0; -EBADMSG: it is no such XML;
 * or -ENOMEM. */
int word_tokens_new(struct word_tokens *ret, const char *xml, size_t n);
void word_tokens_done(struct word_tokens *t);

/* Is it the tag, of any kind but text, of an element of this name, as "w:p"? */
bool word_token_is(const struct word_token *t, const char *name);
