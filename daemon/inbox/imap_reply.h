/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an IMAP server says (RFC 9051, and RFC 3501 before it), as far as a poll of one mailbox has to understand it.
 * Pure: bytes in, responses out.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

#define IMAP_LINE 4096 /* bytes kept of a response, literals aside; about 500 numbers of SEARCH */
#define IMAP_TALK_MAX (16u << 20) /* bytes of lines that one command may be answered with */
#define IMAP_LITERAL_MAX \
	(32u << 20) /* and of a literal, which beyond what is wanted is heard and dropped */

enum imap_heard {
	IMAP_MORE,     /* the response is not complete yet */
	IMAP_RESPONSE, /* one is */
	IMAP_ENDLESS,  /* the server talks without end: nothing more is to be heard */
	IMAP_GARBAGE,  /* it is no IMAP */
};

/* One response as it comes in. Begins as zero, with want set; imap_reply_done ends it. */
struct imap_reply {
	size_t want; /* bytes kept of a literal, at most */
	/* The response: without its line end, NUL-terminated, where a literal stands as its {size} alone. */
	char line[IMAP_LINE];
	size_t length;
	bool cut; /* it was longer */
	bool has_literal;
	struct buffer literal; /* its first `want` bytes */
	size_t literal_size;   /* as the server announced it */
	/* How far it has come. */
	size_t literal_left, talked;
	bool complete;
};

/* Hear some of the n bytes, at most to the end of a response: how many. *ret says what there is. */
size_t imap_hear(struct imap_reply *r, const char *bytes, size_t n, enum imap_heard *ret);
/* A command is sent: what the server may say to it is counted anew. */
void imap_reply_await(struct imap_reply *r);
void imap_reply_done(struct imap_reply *r);

enum imap_kind {
	IMAP_OK, /* of these three: to the command with the tag */
	IMAP_NO,
	IMAP_BAD,
	IMAP_BYE, /* the server is about to hang up */
	IMAP_CAPABILITY,
	IMAP_SEARCH,
	IMAP_FETCH,
	IMAP_OTHER, /* what concerns nobody here */
	IMAP_WRONG, /* none that may be said here: another command's tag, a continuation */
};
/* What a complete response is. *ret_text: of the first four what the server says in words; else what follows the
 * response's name; points into line. */
enum imap_kind imap_kind(const char *line, const char *tag, const char **ret_text);
/* Is the word among those of a CAPABILITY response, or in brackets? Without regard to case. */
bool imap_has_word(const char *text, const char *word);
/* The numbers of a SEARCH response's text, at most max; of a line that was cut the last one may be a part of a number
 * and is left out. How many, or -1 when it is none. */
int imap_search(const char *text, bool cut, uint32_t *out, size_t max);

struct imap_fetched {
	uint32_t uid; /* 0: not said */
	bool has_size;
	uint64_t size; /* RFC822.SIZE */
	bool has_body;
	bool in_literal; /* BODY[]: it is the literal; else these bytes of the line, which were quoted */
	char *body;
	size_t body_length;
};
/* A FETCH response's text: false when it is none. A quoted body is unquoted where it stands. */
bool imap_fetch(char *text, struct imap_fetched *ret);
