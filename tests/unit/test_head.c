/* SPDX-License-Identifier: Apache-2.0 */
/* What a request's head must be, and what is read of it. The statuses of what is refused are in
 * tests/system/test_web.py too, from outside. */
#include "web/head.h"

#include <string.h>

#include "unit.h"

#define LINE "GET /a/b-_9?c=1 HTTP/1.1\r\n"
#define HOST "Host: h\r\n"

static enum head_result read_text(const char *text, struct head *h, enum refusal *why)
{
	return head_read(text, strlen(text), h, why);
}

static void good(const char *text, struct head *h)
{
	enum refusal why;

	ck_assert_msg(read_text(text, h, &why) == HEAD_COMPLETE, "refused with %u: %s",
		      refusal_status(why), text);
	ck_assert_uint_eq(why, REFUSAL_NONE);
}

START_TEST(reads_the_parts)
{
	struct head h;

	good("POST /a/b-_9?c=%20 HTTP/1.1\r\nhOST:\t paminn.kommun.se:443 \t\r\n"
	     "content-length: 12\r\nContent-Type: Application/X-WWW-form-urlencoded ; "
	     "Charset=UTF-8\r\n"
	     "Origin: https://paminn.kommun.se\r\nSec-Fetch-Site: same-origin\r\n"
	     "X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-For: 192.0.2.2\r\n"
	     "Expect: 100-Continue\r\nX-Other: caf\xc3\xa9\r\nX-Empty:\r\n\r\nbody",
	     &h);
	ck_assert_int_eq(h.method, METHOD_POST);
	ck_assert(piece_is(h.path, "/a/b-_9"));
	ck_assert(piece_is(h.query, "c=%20"));
	ck_assert(piece_is(h.host, "paminn.kommun.se:443"));
	ck_assert(h.length_given);
	ck_assert_uint_eq(h.body_length, 12);
	ck_assert(h.urlencoded);
	ck_assert(piece_is(h.origin, "https://paminn.kommun.se"));
	ck_assert(piece_is(h.fetch_site, "same-origin"));
	ck_assert(piece_is(h.forwarded, "192.0.2.2"));
	ck_assert(!h.language_given);
}
END_TEST

START_TEST(begins_the_body_where_the_head_ends)
{
	const char *text = LINE HOST "\r\nGET / HTTP/1.1\r\n";
	struct head h;

	good(text, &h);
	ck_assert_uint_eq(h.length, strlen(LINE HOST "\r\n"));
}
END_TEST

/* However little has come, nothing is decided of what may yet become good; with more it is. */
START_TEST(waits_at_every_byte)
{
	const char *text = LINE HOST "Accept-Language: sv\r\n\r\n";
	struct head h;
	enum refusal why;

	for (size_t length = 1; length < strlen(text); length++)
		ck_assert_msg(head_read(text, length, &h, &why) == HEAD_INCOMPLETE, "at %zu",
			      length);
	good(text, &h);
}
END_TEST

static const struct {
	unsigned line;
	const char *text;
	unsigned status;
} refused[] = {
	{ __LINE__, "GET /\x7f", 400 },
	{ __LINE__, "GET / HTTP/1.1\n", 400 },
	{ __LINE__, "GET / HTTP/1.1\r\r\n", 400 },
	{ __LINE__, "GET / HTTP/1.1\r\nHost: a\nX: 1\r\n", 400 },
	{ __LINE__, "GET / HTTP/1.1\r\nHost: a\r\rX", 400 },
	{ __LINE__, "GET / HTTP/1.2\r\n", 400 },
	{ __LINE__, "GET / HTTP/1.1x\r\n", 400 },
	{ __LINE__, "GET /\r\n", 400 },
	{ __LINE__, "/ HTTP/1.1\r\n", 400 },
	{ __LINE__, " / HTTP/1.1\r\n", 400 },
	{ __LINE__, "G(T / HTTP/1.1\r\n", 400 },
	{ __LINE__, "GET  HTTP/1.1\r\n", 400 },
	{ __LINE__, "GET /a\\b HTTP/1.1\r\n", 400 },
	{ __LINE__, "GET /<a> HTTP/1.1\r\n", 400 },
	{ __LINE__, LINE "Host: a\r\nHost: a\r\n", 400 },
	{ __LINE__, LINE "Host : a\r\n", 400 },
	{ __LINE__, LINE "Host\r\n", 400 },
	{ __LINE__, LINE ": a\r\n", 400 },
	{ __LINE__, LINE " Host: a\r\n", 400 },
	{ __LINE__, LINE HOST "Content-Type: a\r\nContent-Type: a\r\n", 400 },
	{ __LINE__, LINE HOST "Origin: a\r\nOrigin: a\r\n", 400 },
	{ __LINE__, LINE HOST "Content-Length: 1a\r\n", 400 },
	{ __LINE__, LINE HOST "Content-Length: 1\r\n\r\n", 400 },
	{ __LINE__, LINE HOST "Transfer-Encoding: chunked\r\n\r\n", 411 },
	{ __LINE__, LINE HOST "Transfer-Encoding: identity\r\nContent-Length: 0\r\n\r\n", 400 },
	{ __LINE__, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n", 413 },
	{ __LINE__, "POST / HTTP/1.1\r\nHost: a\r\n\r\n", 411 },
	{ __LINE__, "POST / HTTP/1.0\r\nContent-Length: 1\r\nContent-Encoding: br\r\n\r\n", 415 },
};

START_TEST(refuses)
{
	struct head h;
	enum refusal why;

	ck_assert_msg(read_text(refused[_i].text, &h, &why) == HEAD_REFUSED, "line %u",
		      refused[_i].line);
	ck_assert_msg(refusal_status(why) == refused[_i].status, "line %u: %u", refused[_i].line,
		      refusal_status(why));
}
END_TEST

START_TEST(bounds_the_size)
{
	static char text[HEAD_MAX + 2];
	const char *end = "\r\n\r\n";
	struct head h;
	enum refusal why;
	int begin = snprintf(text, sizeof(text), LINE HOST "X: ");

	memset(text + begin, 'x', sizeof(text) - (size_t)begin);
	memcpy(text + HEAD_MAX - 4, end, 4);
	ck_assert_int_eq(head_read(text, HEAD_MAX, &h, &why), HEAD_COMPLETE);
	ck_assert_uint_eq(h.length, HEAD_MAX);
	ck_assert_int_eq(head_read(text, HEAD_MAX - 1, &h, &why), HEAD_INCOMPLETE);
	memset(text + HEAD_MAX - 4, 'x', 4);
	memcpy(text + HEAD_MAX - 3, end, 4);
	ck_assert_int_eq(head_read(text, HEAD_MAX + 1, &h, &why), HEAD_REFUSED);
	ck_assert_uint_eq(why, REFUSAL_HEAD_TOO_LARGE);
	ck_assert_int_eq(head_read(text, HEAD_MAX, &h, &why), HEAD_REFUSED);
}
END_TEST

/* Not a byte beyond what was given may be looked at: the sanitizer sees it. */
START_TEST(looks_no_further_than_the_end)
{
	const char *text = LINE HOST "Accept-Language: sv;q=0.\r\nContent-Length: 1";
	struct head h;
	enum refusal why;

	for (size_t length = 0; length <= strlen(text); length++) {
		char *copy = malloc(length ? length : 1);

		ck_assert_ptr_nonnull(copy);
		memcpy(copy, text, length);
		head_read(copy, length, &h, &why);
		free(copy);
	}
}
END_TEST

static const struct {
	unsigned line;
	const char *header;
	int language; /* -1: none of ours */
} languages[] = {
	{ __LINE__, "sv", LANGUAGE_SV },
	{ __LINE__, "en", LANGUAGE_EN },
	{ __LINE__, "sv-SE", LANGUAGE_SV },
	{ __LINE__, "SV-se,en;q=0.5", LANGUAGE_SV },
	{ __LINE__, "sv-SE;q=0.5, en-GB", LANGUAGE_EN },
	{ __LINE__, "da, nb;q=0.9, en;q=0.8, sv;q=0.7", LANGUAGE_EN },
	{ __LINE__, "en,sv", LANGUAGE_EN },
	{ __LINE__, "sv,en", LANGUAGE_SV },
	{ __LINE__, "en;q=0.300, sv;q=0.301", LANGUAGE_SV },
	{ __LINE__, "en ; q=0.3 , sv ; q=1.0", LANGUAGE_SV },
	{ __LINE__, "en;q=0, sv;q=0.001", LANGUAGE_SV },
	{ __LINE__, "en;q=x", -1 },
	{ __LINE__, "en;q=0", -1 },
	{ __LINE__, "svx, eng, *", -1 },
	{ __LINE__, "", -1 },
	{ __LINE__, ",,;;--,", -1 },
};

START_TEST(finds_the_language)
{
	char text[300];
	struct head h;

	snprintf(text, sizeof(text), LINE HOST "Accept-Language: %s\r\n\r\n", languages[_i].header);
	good(text, &h);
	ck_assert_msg((h.language_given ? (int)h.language : -1) == languages[_i].language,
		      "line %u", languages[_i].line);
}
END_TEST

static const struct {
	unsigned line;
	const char *type;
	bool form;
} types[] = {
	{ __LINE__, "application/x-www-form-urlencoded", true },
	{ __LINE__, "application/x-www-form-urlencoded;charset=utf-8", true },
	{ __LINE__, "application/x-www-form-urlencoded; charset=iso-8859-1", false },
	{ __LINE__, "application/x-www-form-urlencoded, text/plain", false },
	{ __LINE__, "multipart/form-data; boundary=x", false },
	{ __LINE__, "text/plain", false },
	{ __LINE__, "", false },
};

START_TEST(knows_a_form)
{
	char text[300];
	struct head h;

	snprintf(text, sizeof(text),
		 "POST / HTTP/1.1\r\n" HOST "Content-Length: 0\r\nContent-Type: %s\r\n\r\n",
		 types[_i].type);
	good(text, &h);
	ck_assert_msg(h.urlencoded == types[_i].form, "line %u", types[_i].line);
}
END_TEST

UNIT_TESTS("web/head", UNIT(reads_the_parts), UNIT(begins_the_body_where_the_head_ends),
	   UNIT(waits_at_every_byte), UNIT_ROWS(refuses, UNIT_COUNT(refused)),
	   UNIT(bounds_the_size), UNIT(looks_no_further_than_the_end),
	   UNIT_ROWS(finds_the_language, UNIT_COUNT(languages)),
	   UNIT_ROWS(knows_a_form, UNIT_COUNT(types)))
