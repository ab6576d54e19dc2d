/* SPDX-License-Identifier: Apache-2.0 */
#include "inbox/imap_reply.h"

#include <string.h>

#include "tests/unit/unit.h"

/* ---- bytes into responses ------------------------------------------------------------------------------- */

/* Hear all of it, piece bytes at a time, and write what there was, a response a line: "line|literal" */
static void hear(const char *bytes, size_t n, size_t piece, size_t want, char *out)
{
	struct imap_reply r = { .want = want };
	enum imap_heard heard = IMAP_MORE;

	*out = '\0';
	for (size_t at = 0; at < n && heard <= IMAP_RESPONSE;) {
		at += imap_hear(&r, bytes + at, n - at < piece ? n - at : piece, &heard);
		if (heard == IMAP_RESPONSE)
			out += sprintf(out, "%s%s%.*s%s\n", r.line, r.has_literal ? "|" : "",
				       (int)r.literal.length, r.has_literal ? r.literal.bytes : "",
				       r.cut ? " cut" : "");
	}
	if (heard > IMAP_RESPONSE)
		sprintf(out, heard == IMAP_ENDLESS ? "endless\n" : "garbage\n");
	imap_reply_done(&r);
}

static const struct {
	int line;
	const char *bytes, *heard;
} conversations[] = {
	{ __LINE__, "* OK hello\r\np1 OK done\r\n", "* OK hello\np1 OK done\n" },
	{ __LINE__, "* OK a server that ends its lines so\np1 OK\n",
	  "* OK a server that ends its lines so\np1 OK\n" },
	{ __LINE__, "p1 OK and then\r\n\r\n", "p1 OK and then\n\n" },
	{ __LINE__, "* 1 FETCH (UID 7 BODY[] {5}\r\nab\r\nc)\r\np2 OK\r\n",
	  "* 1 FETCH (UID 7 BODY[] {5})|ab\r\nc\np2 OK\n" },
	{ __LINE__, "* 1 FETCH (BODY[] {0}\r\n UID 7)\r\n", "* 1 FETCH (BODY[] {0} UID 7)|\n" },
	{ __LINE__, "* 1 FETCH (BODY[] {12}\r\n0123456789ab UID 7)\r\n",
	  "* 1 FETCH (BODY[] {12} UID 7)|01234567\n" },
	/* Only of FETCH, and one. */
	{ __LINE__, "* OK it ends with {5}\r\n* BYE\r\n", "* OK it ends with {5}\n* BYE\n" },
	{ __LINE__, "p3 NO {9}\r\np4 OK\r\n", "p3 NO {9}\np4 OK\n" },
	{ __LINE__, "* 1 FETCH (BODY[] {1}\r\na RFC822 {1}\r\nb)\r\n", "garbage\n" },
	{ __LINE__, "* 1 FETCH (BODY[] {4294967295}\r\n", "endless\n" },
	{ __LINE__, "* 1 FETCH (BODY[] {33554433}\r\n", "endless\n" },
	/* No number that fits is none, and the line is one that does not parse. */
	{ __LINE__, "* 1 FETCH (BODY[] {99999999999999999999}\r\n",
	  "* 1 FETCH (BODY[] {99999999999999999999}\n" },
	{ __LINE__, "* 1 FETCH (BODY[] {-1}\r\n", "* 1 FETCH (BODY[] {-1}\n" },
};

START_TEST(responses_are_heard_however_they_are_cut)
{
	char out[400];

	for (size_t piece = 1; piece < 64; piece++) {
		hear(conversations[_i].bytes, strlen(conversations[_i].bytes), piece, 8, out);
		ck_assert_msg(strcmp(out, conversations[_i].heard) == 0, "line %d, by %zu:\n%s",
			      conversations[_i].line, piece, out);
	}
}
END_TEST

START_TEST(a_nul_is_no_imap)
{
	char out[100];

	hear("* OK a\0b\r\n", 10, 64, 8, out);
	ck_assert_str_eq(out, "garbage\n");
}
END_TEST

/* As of a mailbox with a million unread mails; its beginning is enough. */
START_TEST(a_long_line_is_heard_and_cut)
{
	static char bytes[200000], out[IMAP_LINE + 100];
	uint32_t uids[1000];
	const char *text;
	size_t n = (size_t)sprintf(bytes, "* SEARCH");

	for (int i = 1; n < sizeof(bytes) - 100; i++)
		n += (size_t)sprintf(bytes + n, " %d", 1000000 + i);
	n += (size_t)sprintf(bytes + n, "\r\np5 OK\r\n");
	hear(bytes, n, 1000, 8, out);
	ck_assert_ptr_nonnull(strstr(out, " cut\np5 OK\n"));
	*strstr(out, " cut\n") = '\0';
	ck_assert_int_eq(imap_kind(out, "p5", &text), IMAP_SEARCH);
	/* The last one may be only the beginning of a number. */
	ck_assert_int_eq(imap_search(text, true, uids, 1000), 510);
	ck_assert_uint_eq(uids[0], 1000001);
	ck_assert_uint_eq(uids[509], 1000510);
	ck_assert_int_eq(imap_search(text, true, uids, 200), 200);
}
END_TEST

START_TEST(a_server_that_talks_without_end_is_left)
{
	struct imap_reply r = { .want = 8 };
	enum imap_heard heard;
	const char line[] = "* OK and then there is another thing that I have to tell\r\n";
	size_t lines = 0;

	imap_reply_await(&r);
	do {
		imap_hear(&r, line, sizeof(line) - 1, &heard);
		lines++;
	} while (heard == IMAP_RESPONSE);
	ck_assert_int_eq(heard, IMAP_ENDLESS);
	ck_assert_uint_eq(lines, IMAP_TALK_MAX / (sizeof(line) - 1) + 1);
	imap_reply_done(&r);
}
END_TEST

/* ---- what a response says -------------------------------------------------------------------------------- */

static const struct {
	int line;
	const char *response;
	enum imap_kind kind;
	const char *text;
} responses[] = {
	{ __LINE__, "p7 OK [READ-WRITE] done", IMAP_OK, "[READ-WRITE] done" },
	{ __LINE__, "P7 ok", IMAP_OK, "" },
	{ __LINE__, "p7 NO not now", IMAP_NO, "not now" },
	{ __LINE__, "p7 BAD what?", IMAP_BAD, "what?" },
	{ __LINE__, "p7 OKAY", IMAP_WRONG, NULL },
	{ __LINE__, "p77 OK", IMAP_WRONG, NULL },
	{ __LINE__, "p OK", IMAP_WRONG, NULL },
	{ __LINE__, "+ go ahead", IMAP_WRONG, NULL },
	{ __LINE__, "", IMAP_WRONG, NULL },
	{ __LINE__, "*", IMAP_WRONG, NULL },
	{ __LINE__, "* ", IMAP_OTHER, "" },
	{ __LINE__, "* BYE for today", IMAP_BYE, "for today" },
	{ __LINE__, "* bye", IMAP_BYE, "" },
	{ __LINE__, "* OK [UIDVALIDITY 1] so", IMAP_OTHER, "OK [UIDVALIDITY 1] so" },
	{ __LINE__, "* NO it is slow today", IMAP_OTHER, "NO it is slow today" },
	{ __LINE__, "* 23 EXISTS", IMAP_OTHER, "23 EXISTS" },
	{ __LINE__, "* 23 FETCH (UID 1)", IMAP_FETCH, "(UID 1)" },
	{ __LINE__, "* 23 FETCHED (UID 1)", IMAP_OTHER, "23 FETCHED (UID 1)" },
	{ __LINE__, "* CAPABILITY IMAP4rev1 UIDPLUS", IMAP_CAPABILITY, "IMAP4rev1 UIDPLUS" },
	{ __LINE__, "* SEARCH", IMAP_SEARCH, "" },
	{ __LINE__, "* SEARCH 1 2", IMAP_SEARCH, "1 2" },
};

START_TEST(each_response_is_of_a_kind)
{
	const char *text;
	const enum imap_kind kind = imap_kind(responses[_i].response, "p7", &text);

	ck_assert_msg(kind == responses[_i].kind, "line %d: %d", responses[_i].line, (int)kind);
	if (responses[_i].text)
		ck_assert_str_eq(text, responses[_i].text);
}
END_TEST

START_TEST(words_are_found_whole)
{
	ck_assert(imap_has_word("IMAP4rev1 uidplus", "UIDPLUS"));
	ck_assert(imap_has_word("[READ-ONLY] opened", "READ-ONLY"));
	ck_assert(!imap_has_word("IMAP4rev1 UIDPLUS2", "UIDPLUS"));
	ck_assert(!imap_has_word("", "UIDPLUS"));
}
END_TEST

static const struct {
	int line;
	const char *text;
	int count; /* -1: it is none */
	uint32_t last;
} searches[] = {
	{ __LINE__, "", 0, 0 },
	{ __LINE__, "4", 1, 4 },
	{ __LINE__, "4 5 4294967295", 3, 4294967295u },
	{ __LINE__, "4 5 ", 2, 5 },
	{ __LINE__, "4 5 (MODSEQ 917162500)", 2, 5 },
	{ __LINE__, "1 2 3 4 5 6 7 8 9", 8, 8 },
	{ __LINE__, "0", -1, 0 },
	{ __LINE__, "4294967296", -1, 0 },
	{ __LINE__, "4,5", -1, 0 },
	{ __LINE__, "-4", -1, 0 },
	{ __LINE__, "ALL", -1, 0 },
};

START_TEST(the_numbers_of_a_search)
{
	uint32_t uids[8] = { 0 };
	const int n = imap_search(searches[_i].text, false, uids, UNIT_COUNT(uids));

	ck_assert_msg(n == searches[_i].count, "line %d: %d", searches[_i].line, n);
	if (n > 0)
		ck_assert_uint_eq(uids[n - 1], searches[_i].last);
}
END_TEST

static const struct {
	int line;
	const char *text, *is; /* uid size body; NULL: it is none */
} fetches[] = {
	{ __LINE__, "(UID 4 RFC822.SIZE 1234)", "4 1234 -" },
	{ __LINE__, "(rfc822.size 1234 uid 4)", "4 1234 -" },
	{ __LINE__, "(RFC822.SIZE 99999999999)", "0 99999999999 -" },
	{ __LINE__, "(UID 4 BODY[] {1234})", "4 - literal" },
	{ __LINE__, "(BODY[] {1234} UID 4)", "4 - literal" },
	{ __LINE__, "(BODY[] NIL UID 4)", "4 - ''" },
	{ __LINE__, "(BODY[] \"\" UID 4)", "4 - ''" },
	{ __LINE__, "(BODY[] \"a\\\"b\\\\) c\" UID 4)", "4 - 'a\"b\\) c'" },
	{ __LINE__, "(FLAGS (\\Seen \\Deleted) UID 4)", "4 - -" },
	{ __LINE__, "(FLAGS () UID 4 MODSEQ (12))", "4 - -" },
	{ __LINE__, "(X-GM-LABELS (\"\\\\Inbox\" (a (b)) c) UID 4)", "4 - -" },
	{ __LINE__, "(INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" UID 4)", "4 - -" },
	{ __LINE__, "", NULL },
	{ __LINE__, "(", NULL },
	{ __LINE__, "()", NULL },
	{ __LINE__, "UID 4", NULL },
	{ __LINE__, "(UID 4", NULL },
	{ __LINE__, "(UID 4) ", NULL },
	{ __LINE__, "(UID)", NULL },
	{ __LINE__, "(UID )", NULL },
	{ __LINE__, "(UID x)", NULL },
	{ __LINE__, "(UID 4  RFC822.SIZE 5)", NULL },
	{ __LINE__, "(UID 4294967296)", NULL },
	{ __LINE__, "(RFC822.SIZE 99999999999999999999)", NULL },
	{ __LINE__, "(BODY[] x)", NULL },
	{ __LINE__, "(BODY[] {x})", NULL },
	{ __LINE__, "(BODY[] {5)", NULL },
	{ __LINE__, "(BODY[] \"a)", NULL },
	{ __LINE__, "(BODY[] \"a\\", NULL },
	{ __LINE__, "(FLAGS (\\Seen UID 4)", NULL },
	{ __LINE__, "(FLAGS ) UID 4)", NULL },
};

START_TEST(a_fetch_is_read_or_refused)
{
	char text[100], is[200];
	struct imap_fetched f;
	int n;

	snprintf(text, sizeof(text), "%s", fetches[_i].text);
	if (!imap_fetch(text, &f)) {
		ck_assert_msg(!fetches[_i].is, "line %d", fetches[_i].line);
		return;
	}
	n = sprintf(is, "%u ", f.uid);
	n += f.has_size ? sprintf(is + n, "%llu ", (unsigned long long)f.size)
			: sprintf(is + n, "- ");
	if (f.in_literal)
		sprintf(is + n, "literal");
	else if (f.has_body)
		sprintf(is + n, "'%.*s'", (int)f.body_length, f.body_length ? f.body : "");
	else
		sprintf(is + n, "-");
	ck_assert_msg(fetches[_i].is && strcmp(is, fetches[_i].is) == 0, "line %d: %s",
		      fetches[_i].line, is);
}
END_TEST

UNIT_TESTS("inbox/imap_reply",
	   UNIT_ROWS(responses_are_heard_however_they_are_cut, UNIT_COUNT(conversations)),
	   UNIT(a_nul_is_no_imap), UNIT(a_long_line_is_heard_and_cut),
	   UNIT(a_server_that_talks_without_end_is_left),
	   UNIT_ROWS(each_response_is_of_a_kind, UNIT_COUNT(responses)),
	   UNIT(words_are_found_whole), UNIT_ROWS(the_numbers_of_a_search, UNIT_COUNT(searches)),
	   UNIT_ROWS(a_fetch_is_read_or_refused, UNIT_COUNT(fetches)))
