/* SPDX-License-Identifier: Apache-2.0 */
#include "protocol/text.h"

#include <string.h>

#include "tests/unit/unit.h"

/* n times c, for limits. */
static const char *times(char c, size_t n)
{
	static char text[5000];

	ck_assert_uint_lt(n, sizeof(text));
	memset(text, c, n);
	text[n] = '\0';
	return text;
}

static const struct {
	int line;
	const char *text;
	bool id, item;
} ids[] = {
	{ __LINE__, "HSN-03", true, true },
	{ __LINE__, "a", true, true },
	{ __LINE__, "A.b_c-9", true, true },
	{ __LINE__, "RS-58@2026-05-26", false, true },
	{ __LINE__, "RS-58@2026-02-30", false, false },
	{ __LINE__, "RS-58@", false, false },
	{ __LINE__, "RS-58@2026-05-26@2026-05-26", false, false },
	{ __LINE__, "@2026-05-26", false, false },
	{ __LINE__, "", false, false },
	{ __LINE__, "a b", false, false },
	{ __LINE__, "a/b", false, false },
	{ __LINE__, "å", false, false },
	{ __LINE__, "a\n", false, false },
	{ __LINE__, "HSN-*", false, false },
};

START_TEST(an_id_is_made_of_few_characters)
{
	ck_assert_msg(text_is_id(ids[_i].text) == ids[_i].id, "line %d", ids[_i].line);
	ck_assert_msg(text_is_item(ids[_i].text) == ids[_i].item, "line %d", ids[_i].line);
}
END_TEST

START_TEST(an_id_is_bounded)
{
	ck_assert(text_is_id(times('a', ID_MAX)));
	ck_assert(!text_is_id(times('a', ID_MAX + 1)));
	ck_assert(text_is_item(times('a', ID_MAX)));
	ck_assert(!text_is_item(times('a', ID_MAX + 1)));
}
END_TEST

static const struct {
	int line;
	const char *text;
	size_t n;
	bool clean, lines;
} texts[] = {
	{ __LINE__, "", 0, true, true },
	{ __LINE__, "åäö – €", 14, true, true },
	{ __LINE__, "\U0001f600", 4, true, true },
	{ __LINE__, "\U0010ffff", 4, true, true },
	{ __LINE__, "a\nb\tc", 5, false, true },
	{ __LINE__, "a\rb", 3, false, false },
	{ __LINE__, "a\0b", 3, false, false },
	{ __LINE__, "\x1b[1m", 4, false, false },
	{ __LINE__, "\x7f", 1, false, false },
	{ __LINE__, "\xc2\x80", 2, false, false },	   /* C1 */
	{ __LINE__, "\xc2\x9f", 2, false, false },	   /* C1 */
	{ __LINE__, "\xc2\xa0", 2, true, true },	   /* no-break space */
	{ __LINE__, "\xc0\x80", 2, false, false },	   /* NUL, overlong */
	{ __LINE__, "\xc1\xbf", 2, false, false },	   /* overlong */
	{ __LINE__, "\xe0\x9f\xbf", 3, false, false },	   /* overlong */
	{ __LINE__, "\xe0\xa0\x80", 3, true, true },	   /* the least of three bytes */
	{ __LINE__, "\xf0\x8f\xbf\xbf", 4, false, false }, /* overlong */
	{ __LINE__, "\xf0\x90\x80\x80", 4, true, true },   /* the least of four bytes */
	{ __LINE__, "\xed\xa0\x80", 3, false, false },	   /* surrogate */
	{ __LINE__, "\xf4\x90\x80\x80", 4, false, false }, /* above U+10FFFF */
	{ __LINE__, "\xf5\x80\x80\x80", 4, false, false }, /* no first byte */
	{ __LINE__, "\xff", 1, false, false },		   /* no first byte */
	{ __LINE__, "\x80", 1, false, false },		   /* a continuation alone */
	{ __LINE__, "a\xc3", 2, false, false },		   /* cut short */
	{ __LINE__, "\xe2\x82", 2, false, false },	   /* cut short */
	{ __LINE__, "\xc3(", 2, false, false },		   /* not continued */
};

START_TEST(clean_text_is_utf8_without_controls)
{
	bool clean = text_is_clean(texts[_i].text, texts[_i].n, false);
	bool lines = text_is_clean(texts[_i].text, texts[_i].n, true);

	ck_assert_msg(clean == texts[_i].clean, "line %d", texts[_i].line);
	ck_assert_msg(lines == texts[_i].lines, "line %d", texts[_i].line);
}
END_TEST

START_TEST(two_texts_are_the_same_and_so_are_two_that_are_none)
{
	char a[] = "a";

	ck_assert(text_same("a", a) && text_same(NULL, NULL) && text_same("", ""));
	ck_assert(!text_same("a", "b") && !text_same("a", "ab"));
	ck_assert(!text_same("", NULL) && !text_same(NULL, "a"));
}
END_TEST

START_TEST(what_turns_the_direction_of_text_is_found)
{
	ck_assert_uint_eq(text_turn("Märta Sjöö"), 0);
	ck_assert_uint_eq(text_turn("\u2029\u202f\u2065\u206a"), 0);
	ck_assert_uint_eq(text_turn("a\u202ab\u202e"), 0x202a);
	ck_assert_uint_eq(text_turn("\u202e"), 0x202e);
	ck_assert_uint_eq(text_turn("å\u2066"), 0x2066);
	ck_assert_uint_eq(text_turn("å\u2069b"), 0x2069);
}
END_TEST

START_TEST(length_counts_characters)
{
	ck_assert_uint_eq(text_length(""), 0);
	ck_assert_uint_eq(text_length("abc"), 3);
	ck_assert_uint_eq(text_length("åäö€\U0001f600"), 5);
}
END_TEST

START_TEST(blank_text_has_nothing_to_read)
{
	ck_assert(text_is_blank(""));
	ck_assert(text_is_blank(" \t\r\n"));
	ck_assert(!text_is_blank("  . "));
}
END_TEST

START_TEST(plain_text_has_plain_spaces)
{
	char text[] = "13\u00a0maj,\u202f\u2060å\u2007ä\u00a9";

	ck_assert_ptr_eq(text_break_spaces(text), text);
	ck_assert_str_eq(text, "13 maj, å ä\u00a9");
	ck_assert_str_eq(text_break_spaces((char[]){ "" }), "");
}
END_TEST

static const struct {
	int line;
	const char *text;
	bool good;
} addresses[] = {
	{ __LINE__, "a@b.se", true },
	{ __LINE__, "fornamn.efternamn+akut@region.example", true },
	{ __LINE__, "o'brien@region.example", true },
	{ __LINE__, "root@localhost", true },
	{ __LINE__, "a@xn--hlsa-loa.example", true },
	{ __LINE__, "a@3com.example", true },
	{ __LINE__, "", false },
	{ __LINE__, "a", false },
	{ __LINE__, "@b.se", false },
	{ __LINE__, "a@", false },
	{ __LINE__, "a@b@c.se", false },
	{ __LINE__, "a@b.se\r\nRCPT TO:<x@y.se>", false },
	{ __LINE__, "a@b.se\n", false },
	{ __LINE__, "a\r@b.se", false },
	{ __LINE__, " a@b.se", false },
	{ __LINE__, "a b@b.se", false },
	{ __LINE__, "\"a\"@b.se", false },
	{ __LINE__, "=?utf-8?q?=0aX?=@b.se", false },
	{ __LINE__, "a?=b=@b.se", true },
	{ __LINE__, "?a@b.se", true },
	{ __LINE__, "a{b|c}@b.se", true },
	{ __LINE__, "<a@b.se>", false },
	{ __LINE__, "A <a@b.se>", false },
	{ __LINE__, "a@b.se,c@d.se", false },
	{ __LINE__, "a@b.se;c@d.se", false },
	{ __LINE__, "a(b)@b.se", false },
	{ __LINE__, ".a@b.se", false },
	{ __LINE__, "a.@b.se", false },
	{ __LINE__, "a..b@b.se", false },
	{ __LINE__, "a@b.se.", false },
	{ __LINE__, "a@.b.se", false },
	{ __LINE__, "a@b..se", false },
	{ __LINE__, "a@-b.se", false },
	{ __LINE__, "a@b-.se", false },
	{ __LINE__, "a@b_c.se", false },
	{ __LINE__, "a@[127.0.0.1]", false },
	{ __LINE__, "a@[IPv6:::1]", false },
	{ __LINE__, "a@127.0.0.1", false },
	{ __LINE__, "å@b.se", false },
	{ __LINE__, "a@bår.se", false },
	{ __LINE__, "a@b.se\xff", false },
	{ __LINE__, "\\a@b.se", false },
};

START_TEST(an_address_is_one_mailbox)
{
	ck_assert_msg(text_is_address(addresses[_i].text) == addresses[_i].good, "line %d",
		      addresses[_i].line);
}
END_TEST

START_TEST(an_address_may_have_other_letters_where_it_is_said)
{
	static const struct {
		const char *text;
		bool good;
	} rows[] = {
		{ "åsa@åre.se", true }, { "a@b.å", true },    { "a@127.0.0.1", false },
		{ "a@-å.se", false },	{ "a@å-.se", false },
	};

	for (size_t i = 0; i < UNIT_COUNT(rows); i++)
		ck_assert_msg(text_is_address_beyond_ascii(rows[i].text, strlen(rows[i].text)) ==
				      rows[i].good,
			      "%s", rows[i].text);
}
END_TEST

START_TEST(an_address_is_bounded)
{
	char text[400];

	snprintf(text, sizeof(text), "%s@b.se", times('a', 64));
	ck_assert(text_is_address(text));
	snprintf(text, sizeof(text), "%s@b.se", times('a', 65));
	ck_assert(!text_is_address(text));
	snprintf(text, sizeof(text), "a@%s.se", times('a', 63));
	ck_assert(text_is_address(text));
	snprintf(text, sizeof(text), "a@%s.se", times('a', 64));
	ck_assert(!text_is_address(text));

	/* 254 bytes in all, then 255: labels of 63 and a rest. */
	memset(text, 'a', sizeof(text));
	text[64] = '@';
	text[128] = text[192] = '.';
	text[254] = '\0';
	ck_assert(text_is_address(text));
	text[254] = 'a';
	text[255] = '\0';
	ck_assert(!text_is_address(text));
}
END_TEST

static const struct {
	int line;
	const char *text;
	bool good;
} urls[] = {
	{ __LINE__, "https://hooks.region.example/a/b?c=d&e=%20#f", true },
	{ __LINE__, "http://127.0.0.1:8080/hook", true },
	{ __LINE__, "HTTPS://region.example", true },
	{ __LINE__, "https://[::1]:443/", true },
	{ __LINE__, "https://[2001:db8::1]", true },
	{ __LINE__, "https://region.example:1", true },
	{ __LINE__, "https://region.example:65535?x", true },
	{ __LINE__, "", false },
	{ __LINE__, "https://", false },
	{ __LINE__, "https:///path", false },
	{ __LINE__, "https://:443/", false },
	{ __LINE__, "https://region.example:", false },
	{ __LINE__, "https://region.example:0", false },
	{ __LINE__, "https://region.example:65536", false },
	{ __LINE__, "https://region.example:443x/", false },
	{ __LINE__, "https://user@region.example/", false },
	{ __LINE__, "https://user:word@region.example/", false },
	{ __LINE__, "https://region.example\\@other.example/", false },
	{ __LINE__, "https://region example/", false },
	{ __LINE__, "https://region.example/a b", false },
	{ __LINE__, "https://region.example/a\r\nHost: x", false },
	{ __LINE__, "https://region.example/\"", false },
	{ __LINE__, "https://region.example/<b>", false },
	{ __LINE__, "https://region.example/å", false },
	{ __LINE__, "https://re%67ion.example/", false },
	{ __LINE__, "https://[::1", false },
	{ __LINE__, "https://[]/", false },
	{ __LINE__, "https://[::1]x/", false },
	{ __LINE__, "https://[fe80::1%25eth0]/", false },
	{ __LINE__, "https://region..example/", false },
	{ __LINE__, "file:///etc/passwd", false },
	{ __LINE__, "ftp://region.example/", false },
	{ __LINE__, "//region.example/", false },
	{ __LINE__, " https://region.example/", false },
};

START_TEST(a_url_has_a_host_and_no_tricks)
{
	ck_assert_msg(text_is_url(urls[_i].text) == urls[_i].good, "line %d", urls[_i].line);
}
END_TEST

START_TEST(a_url_is_bounded)
{
	char text[2100] = "https://";

	/* A host of 253 bytes, then 254: labels of 63 and a rest. */
	memset(text + 8, 'a', 254);
	text[8 + 63] = text[8 + 127] = text[8 + 191] = '.';
	ck_assert(!text_is_url(text));
	text[8 + 253] = '\0';
	ck_assert(text_is_url(text));

	snprintf(text, sizeof(text), "https://a/%s", times('a', 1990));
	ck_assert(text_is_url(text));
	snprintf(text, sizeof(text), "https://a/%s", times('a', 1991));
	ck_assert(!text_is_url(text));
}
END_TEST

static const struct {
	int line;
	const char *pattern, *text;
	bool matches;
} patterns[] = {
	{ __LINE__, "HSN-*", "HSN-03", true },
	{ __LINE__, "HSN-*", "HSN-", true },
	{ __LINE__, "HSN-*", "RS-03", false },
	{ __LINE__, "HSN-03", "HSN-03", true },
	{ __LINE__, "HSN-03", "HSN-031", false },
	{ __LINE__, "HSN-03", "HSN-0", false },
	{ __LINE__, "*", "", true },
	{ __LINE__, "*", "anything", true },
	{ __LINE__, "", "", true },
	{ __LINE__, "", "a", false },
	{ __LINE__, "*3", "HSN-03", true },
	{ __LINE__, "*3", "HSN-30", false },
	{ __LINE__, "*a*b", "xxaxxaxb", true },
	{ __LINE__, "*ab", "aaab", true },
	{ __LINE__, "a**b", "ab", true },
	{ __LINE__, "a*b*c", "abcbc", true },
	{ __LINE__, "a*b*c", "acb", false },
	{ __LINE__, "a.c", "abc", false },
	{ __LINE__, "a?c", "abc", false },
	{ __LINE__, "[a]", "a", false },
	{ __LINE__, "*", "*", true },
};

START_TEST(a_star_is_any_run_and_nothing_else_is_special)
{
	ck_assert_msg(text_matches(patterns[_i].pattern, patterns[_i].text) == patterns[_i].matches,
		      "line %d", patterns[_i].line);
}
END_TEST

START_TEST(a_hostile_pattern_is_not_slow)
{
	char pattern[201], text[4001];

	for (int i = 0; i < 200; i += 2)
		memcpy(pattern + i, "*a", 2);
	strcpy(pattern + 199, "b");
	strcpy(text, times('a', 4000));
	ck_assert(!text_matches(pattern, text));
}
END_TEST

static const struct {
	int line;
	const char *text, *hole; /* NULL: there is none */
} holes[] = {
	{ __LINE__, "Klicka här för att fylla i vilka beslutet ska skickas till.", "Klicka här" },
	{ __LINE__, "KLICKA HÄR", "KLICKA HÄR" },
	{ __LINE__, "klicka  \u00a0här!", "klicka  \u00a0här" },
	{ __LINE__, "klicka ha\u0308r", "klicka ha\u0308r" },
	{ __LINE__, "Namn: Fyll i", "Fyll i" },
	{ __LINE__, "[fyll i namn]", "fyll i" },
	{ __LINE__, "fyll\ni", "fyll\ni" },
	{ __LINE__, "fyll i.", "fyll i" },
	{ __LINE__, "TODO", "TODO" },
	{ __LINE__, "todo: ansvarig", "todo" },
	{ __LINE__, "(Todo)", "Todo" },
	{ __LINE__, "”TODO”", "TODO" },
	{ __LINE__, "_TODO_", "TODO" },
	{ __LINE__, "2×todo", "todo" }, /* signs among the letters of Latin-1 */
	{ __LINE__, "2÷TODO×3", "TODO" },
	{ __LINE__, "ŧodo \u03b1todo",
	  "todo" }, /* only letters of the Latin alphabets make words */
	{ __LINE__, "fyll\t\r\ni", "fyll\t\r\ni" },
	{ __LINE__, "<namn>", "<namn>" },
	{ __LINE__, "<fyll i>", "<fyll i>" },
	{ __LINE__, "Chef <ange namn> akut", "<ange namn>" },
	{ __LINE__, "<>", "<>" },
	{ __LINE__, "a < b <c> d", "<c>" },
	{ __LINE__, "<a@b.se> och <namn>", "<namn>" },
	{ __LINE__, "<a@b.se, c@d.se>", "<a@b.se, c@d.se>" },
	{ __LINE__, "\xff<x>", "<x>" },
	{ __LINE__, "<a@b.se>", NULL },
	{ __LINE__, "Påminn <paminn@region.example>", NULL },
	{ __LINE__, "a < b <a@b.se>", NULL },
	{ __LINE__, "färre än < 3 dagar", NULL },
	{ __LINE__, "3 > 2", NULL },
	{ __LINE__, "<öppen", NULL },
	{ __LINE__, "Uppfyll innan maj", NULL },
	{ __LINE__, "uppfyll i tid", NULL },
	{ __LINE__, "fyll innan", NULL },
	{ __LINE__, "klicka därifrån", NULL },
	{ __LINE__, "klicka härifrån", NULL },
	{ __LINE__, "fylli", NULL },
	{ __LINE__, "todos", NULL },
	{ __LINE__, "Åtodo", NULL },
	{ __LINE__, "todoåtgärd", NULL },
	{ __LINE__, "TODO2", NULL },
	{ __LINE__, "metodologi", NULL },
	{ __LINE__, "Återredovisning av handlingsplan", NULL },
	{ __LINE__, "", NULL },
};

START_TEST(a_hole_is_found)
{
	const char *text = holes[_i].text;
	size_t length = 0;
	const char *hole = text_placeholder(text, &length);

	if (!holes[_i].hole) {
		ck_assert_msg(!hole && length == 0, "line %d", holes[_i].line);
		return;
	}
	ck_assert_msg(hole && hole == strstr(text, holes[_i].hole), "line %d", holes[_i].line);
	ck_assert_msg(length == strlen(holes[_i].hole), "line %d: %zu", holes[_i].line, length);
}
END_TEST

static const struct {
	int line;
	const char *text;
	bool reserved;
} domains[] = {
	{ __LINE__, "a@region.example", true },
	{ __LINE__, "a@example", true },
	{ __LINE__, "a@Example.COM", true },
	{ __LINE__, "a@mail.example.org", true },
	{ __LINE__, "a/b@example.net", true },
	{ __LINE__, "a@x.test", true },
	{ __LINE__, "a@x.invalid", true },
	{ __LINE__, "https://hooks.region.example/x", true },
	{ __LINE__, "https://hooks.region.example./x", true },
	{ __LINE__, "https://hooks.region.example:8443/x", true },
	{ __LINE__, "https://example.com?x", true },
	{ __LINE__, "smtp://u@mail.example.com:25", true },
	{ __LINE__, "example.com", true },
	{ __LINE__, "a@region.se", false },
	{ __LINE__, "a@example.se", false },
	{ __LINE__, "a@myexample.com", false },
	{ __LINE__, "example@region.se", false },
	{ __LINE__, "a@contest", false },
	{ __LINE__, "https://region.se/example.com", false },
	{ __LINE__, "https://region.se/a@example.com", false },
	{ __LINE__, "https://example.com.region.se/", false },
	{ __LINE__, "smtp://127.0.0.1:25", false },
	{ __LINE__, "http://[::1]:80/", false },
	{ __LINE__, "", false },
	{ __LINE__, ".", false },
};

START_TEST(a_reserved_domain_is_recognised)
{
	ck_assert_msg(text_is_reserved_domain(domains[_i].text) == domains[_i].reserved, "line %d",
		      domains[_i].line);
}
END_TEST

START_TEST(an_excerpt_ends_between_characters)
{
	char text[200];

	ck_assert_str_eq(text_excerpt("").text, "");
	ck_assert_str_eq(text_excerpt(times('a', EXCERPT_MAX)).text, times('a', EXCERPT_MAX));
	snprintf(text, sizeof(text), "%s…", times('a', EXCERPT_MAX));
	ck_assert_str_eq(text_excerpt(times('a', EXCERPT_MAX + 1)).text, text);

	/* A character of four bytes across the limit goes whole. */
	snprintf(text, sizeof(text), "%s\U0001f600", times('a', EXCERPT_MAX - 2));
	ck_assert_uint_eq(strlen(text_excerpt(text).text), EXCERPT_MAX - 2 + strlen("…"));

	ck_assert_str_eq(text_excerpt_of("<namn> och mer", 6).text, "<namn>");
	ck_assert_str_eq(text_excerpt_of(text, EXCERPT_MAX - 2).text, times('a', EXCERPT_MAX - 2));
	ck_assert_str_eq(text_excerpt_of(text, EXCERPT_MAX + 2).text, text_excerpt(text).text);

	/* What is no UTF-8 is not gone back in for ever. */
	ck_assert_str_eq(text_excerpt(times('\x80', EXCERPT_MAX + 1)).text, "…");
}
END_TEST

START_TEST(a_list_knows_the_names_in_it)
{
	struct text_list list = { "" };

	ck_assert(!text_list_has(&list, "a"));
	text_list_add(&list, "anna-b");
	text_list_add(&list, "b");
	ck_assert(text_list_has(&list, "anna-b") && text_list_has(&list, "b"));
	ck_assert(!text_list_has(&list, "anna") && !text_list_has(&list, "nna-b"));
	ck_assert(!text_list_has(&list, "a") && !text_list_has(&list, "-b"));
}
END_TEST

START_TEST(a_list_keeps_what_there_is_room_for)
{
	struct text_list list = { "" };
	size_t used;

	text_list_add(&list, "a");
	ck_assert_str_eq(list.text, "a");
	text_list_add(&list, "b");
	ck_assert_str_eq(list.text, "a, b");
	text_list_add(&list, times('c', sizeof(list.text)));
	ck_assert_str_eq(list.text, "a, b");
	used = strlen(list.text) + 2;
	text_list_add(&list, times('d', sizeof(list.text) - used - 1));
	ck_assert_uint_eq(strlen(list.text), sizeof(list.text) - 1);
	text_list_add(&list, "");
	ck_assert_uint_eq(strlen(list.text), sizeof(list.text) - 1);
}
END_TEST

UNIT_TESTS("protocol/text", UNIT_ROWS(an_id_is_made_of_few_characters, UNIT_COUNT(ids)),
	   UNIT(an_id_is_bounded),
	   UNIT_ROWS(clean_text_is_utf8_without_controls, UNIT_COUNT(texts)),
	   UNIT(two_texts_are_the_same_and_so_are_two_that_are_none),
	   UNIT(what_turns_the_direction_of_text_is_found), UNIT(length_counts_characters),
	   UNIT(blank_text_has_nothing_to_read), UNIT(plain_text_has_plain_spaces),
	   UNIT_ROWS(an_address_is_one_mailbox, UNIT_COUNT(addresses)), UNIT(an_address_is_bounded),
	   UNIT(an_address_may_have_other_letters_where_it_is_said),
	   UNIT_ROWS(a_url_has_a_host_and_no_tricks, UNIT_COUNT(urls)), UNIT(a_url_is_bounded),
	   UNIT_ROWS(a_star_is_any_run_and_nothing_else_is_special, UNIT_COUNT(patterns)),
	   UNIT(a_hostile_pattern_is_not_slow), UNIT_ROWS(a_hole_is_found, UNIT_COUNT(holes)),
	   UNIT_ROWS(a_reserved_domain_is_recognised, UNIT_COUNT(domains)),
	   UNIT(an_excerpt_ends_between_characters), UNIT(a_list_knows_the_names_in_it),
	   UNIT(a_list_keeps_what_there_is_room_for))
