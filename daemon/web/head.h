/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The head of a request, read before libmicrohttpd sees a byte of it. Pure. libmicrohttpd forgives much:
 * it takes a Content-Length beside a Transfer-Encoding, or two of them, cuts a path at "%00", takes bare line
 * feeds, and answers what it does not forgive in words and headers of its own. Two readers that differ about
 * where a request ends are how one is smuggled past a proxy. So what gets through here is what every reader
 * reads alike, and the rest is refused.
 */
#pragma once
#include "web/refusal.h"
#include "web/request.h"

#define HEAD_MAX 8192 /* bytes, with the empty line at its end */
#define BODY_MAX 65536
#define HEAD_LINES_MAX 100
#define HEAD_FIELDS_MAX 100 /* of the query */

/* A piece of what was read; at is NULL for what is not there. */
struct piece {
	const char *at;
	size_t length;
};

/* The cookies that are ours. Which of them counts the settings say: web/signed_in.h. */
enum cookie_name { COOKIE_PLAIN, COOKIE_SECURE, COOKIE_HOST, COOKIES };
extern const char *const cookie_names[COOKIES];

struct head {
	enum method method;
	size_t length; /* of the head: the body begins there */
	struct piece path, query;
	size_t body_length; /* 0 when none is said */
	bool length_given, content_given;
	bool expects_leave; /* to send the body */
	bool urlencoded;    /* the body is a form */
	struct piece host, origin, fetch_site;
	struct piece lines;	/* all headers, each with its CRLF */
	struct piece forwarded; /* the last X-Forwarded-For */
	struct cookie {
		struct piece value;
		unsigned count; /* how often there was one of the name */
	} cookies[COOKIES];
	bool language_given;
	enum language language; /* that they like best, of ours */
};

enum head_result { HEAD_COMPLETE = 0, HEAD_INCOMPLETE = 1, HEAD_REFUSED = 2 };
/*
 * Read the head that the bytes begin with; ret points into them. HEAD_REFUSED: *ret_why says why, and of ret
 * the method is set when it could be read, else METHOD_OTHER.
 */
enum head_result head_read(const char *bytes, size_t length, struct head *ret,
			   enum refusal *ret_why);

/* How many headers of that name there are, regardless of case; the last one's value. Of a whole head. */
unsigned head_find(const struct head *h, const char *name, struct piece *ret);

struct piece piece_trimmed(struct piece p);	      /* without spaces and tabs around it */
bool piece_is(struct piece p, const char *text);      /* the same bytes */
bool piece_is_word(struct piece p, const char *text); /* regardless of case, ASCII */
