/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What JSON is made of: its strings, numbers and words, and the space between them, read from left to right.
 * How they make up a value is parser.c's. A number is only checked, and stays as it is written: what it comes
 * to is for whoever asks.
 */
#pragma once
#include <assert.h>
#include <stdbool.h>
#include <stddef.h>

/* Why a text is not taken. */
enum scan_fault {
	SCAN_NO_FAULT,
	SCAN_NO_JSON,
	SCAN_TOO_SOON, /* it ends before its time */
	SCAN_NO_UTF8,
	SCAN_HAS_NUL,  /* \u0000 in a string */
	SCAN_TOO_MUCH, /* more stands after its end */
	SCAN_TWICE,    /* an object has a name twice */
	SCAN_TOO_DEEP,
	SCAN_ALONE, /* a number, a string or a word, where an object or array is to be */
	SCAN_NO_MEMORY,
	SCAN_FAULTS,
};

struct scan {
	const char *begin, *at, *end; /* the text, and how far it is read */
	char *out; /* where the next string goes: room for as many bytes as the text has, and one */
	enum scan_fault fault;
};

/* It fails here, once: whoever hears of it takes nothing further. Always false. */
static inline bool scan_fail(struct scan *s, enum scan_fault fault)
{
	assert(s->fault == SCAN_NO_FAULT);
	s->fault = fault == SCAN_NO_JSON && s->at == s->end ? SCAN_TOO_SOON : fault;
	return false;
}

/* Is the next byte this one? */
static inline bool scan_is(const struct scan *s, char c)
{
	return s->at < s->end && *s->at == c;
}

static inline void scan_space(struct scan *s)
{
	while (s->at < s->end &&
	       (*s->at == ' ' || *s->at == '\n' || *s->at == '\t' || *s->at == '\r'))
		s->at++;
}

/*
 * These take what begins here, or fail. A string's characters go to out, its escapes resolved, with a NUL: it
 * needs no more room there than it has in the text with its quotes. NULL when there is none.
 */
const char *scan_string(struct scan *s, size_t *ret_length);
bool scan_number(struct scan *s);
/* true, false or null: whichever is asked for. */
bool scan_word(struct scan *s, const char *word);
