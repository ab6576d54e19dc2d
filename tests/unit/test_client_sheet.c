/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes as text, text as rows of cells, and names as ids. */
#include "client/import/encoding.h"
#include "client/import/ident.h"
#include "client/import/sheet.h"
#include "unit.h"

#include <errno.h>
#include <string.h>

static const struct {
	int line;
	const char *bytes;
	enum encoding encoding;
	const char *text; /* NULL: refused */
} encodings[] = {
	{ __LINE__, "Åtgärd", ENCODING_UTF8, "Åtgärd" },
	{ __LINE__,
	  "\xef\xbb\xbf"
	  "Åtgärd",
	  ENCODING_UTF8_MARK, "Åtgärd" },
	{ __LINE__, "\xc5tg\xe4rd", ENCODING_WINDOWS_1252, "Åtgärd" },
	{ __LINE__, "\x93 5 \x96 6 \x80\x94", ENCODING_WINDOWS_1252, "“ 5 – 6 €”" },
	{ __LINE__, "a\r\nb\rc\n", ENCODING_UTF8, "a\nb\nc\n" },
	{ __LINE__, "", ENCODING_UTF8, "" },
	{ __LINE__, "\xc5\x81", ENCODING_UTF8, "Ł" },
	{ __LINE__, "\xe5\x81", 0, NULL },
	{ __LINE__, "PK\x03\x04", 0, NULL },
	{ __LINE__,
	  "\xff\xfe"
	  "a",
	  0, NULL },
	{ __LINE__, "\xd0\xcf\x11\xe0", 0, NULL },
};

START_TEST(bytes_become_utf8_or_are_refused)
{
	struct keep keep = { 0 };
	struct decoded text;
	struct fault fault;
	const char *bytes = encodings[_i].bytes;
	int r = encoding_read(&keep, bytes, strlen(bytes), &text, &fault);

	ck_assert_msg((r == 0) == (encodings[_i].text != NULL), "line %d", encodings[_i].line);
	if (r == 0) {
		ck_assert_msg(strcmp(text.text, encodings[_i].text) == 0, "line %d: %s",
			      encodings[_i].line, text.text);
		ck_assert_msg(text.encoding == encodings[_i].encoding, "line %d",
			      encodings[_i].line);
		ck_assert_uint_eq(text.length, strlen(text.text));
	}
	keep_done(&keep);
}
END_TEST

START_TEST(zero_bytes_are_no_text)
{
	struct keep keep = { 0 };
	struct decoded text;
	struct fault fault;

	ck_assert_int_eq(encoding_read(&keep, "a\0b", 3, &text, &fault), -EINVAL);
	ck_assert_ptr_nonnull(strstr(fault.text, "zero bytes"));
	keep_done(&keep);
}
END_TEST

static const struct {
	int line;
	const char *text;
	char separator;
	const char *rows; /* as NUMBER:cell|cell, apart by "/"; or what is wrong */
} sheets[] = {
	{ __LINE__, "a;b\nc;d\n", ';', "1:a|b/2:c|d" },
	{ __LINE__, "a\tb\nc\td", '\t', "1:a|b/2:c|d" },
	{ __LINE__, "\ta\t\n", '\t', "1:|a|" },
	{ __LINE__, "a;b\n\n;;\nc;d\n", ';', "1:a|b/4:c|d" },
	{ __LINE__, "\"a;\nb\";\"say \"\"no\"\"\"\nc\n", ';', "1:a;⏎b|say \"no\"/2:c" },
	{ __LINE__,
	  "a b;c\xc2\xa0\xe2\x80\xaf"
	  "d;  e  \n",
	  ';', "1:a b|c d|e" },
	{ __LINE__, "a \n", ';', "1:a" },
	{ __LINE__, "\" a \n b \"\n", ';', "1:a⏎b" },
	{ __LINE__,
	  "a\xc2\xad"
	  "b\xe2\x80\xae"
	  "c\x1b[1md\n",
	  ';', "1:abc[1md" },
	{ __LINE__, "5\" rör;b\nc\n", ';', "1:5\" rör|b/2:c" },
	{ __LINE__, "", ';', "" },
	{ __LINE__, "a\n\"b;c\nd\n", ';', "row 2 has a quotation mark that is never closed" },
};

START_TEST(text_becomes_rows)
{
	const char *text = sheets[_i].text;
	struct sheet sheet;
	struct fault fault;
	char all[400] = "";
	int r = sheet_read(&sheet, text, strlen(text), sheets[_i].separator, &fault);

	for (size_t i = 0; r == 0 && i < sheet.count; i++) {
		sprintf(all + strlen(all), "%s%zu:", i ? "/" : "", sheet.rows[i].number);
		for (size_t c = 0; c < sheet.rows[i].count; c++)
			for (const char *at = strcat(all, c ? "|" : "") ? sheet.rows[i].cells[c]
									: "";
			     *at; at++)
				strncat(all, *at == '\n' ? "⏎" : at, *at == '\n' ? 3 : 1);
	}
	ck_assert_msg(strcmp(r == 0 ? all : fault.text, sheets[_i].rows) == 0, "line %d: %s",
		      sheets[_i].line, r == 0 ? all : fault.text);
	sheet_done(&sheet);
}
END_TEST

/* n times the part, with what begins and what ends it. */
static void read_many(const char *part, size_t n, size_t length, const char *wrong)
{
	char *text = malloc(n * length + 1);
	struct sheet sheet;
	struct fault fault;
	int r;

	for (size_t i = 0; i < n; i++)
		memcpy(text + i * length, part, length);
	r = sheet_read(&sheet, text, n * length, ';', &fault);
	ck_assert_int_eq(r, wrong ? -EINVAL : 0);
	if (wrong)
		ck_assert_msg(strstr(fault.text, wrong) != NULL, "%s", fault.text);
	sheet_done(&sheet);
	free(text);
}

START_TEST(what_is_too_large_is_refused)
{
	read_many("a", SHEET_CELL, 1, NULL);
	read_many("a", SHEET_CELL + 1, 1, "more than 64 KiB");
	read_many("a;\n", SHEET_ROWS, 3, NULL);
	read_many("a;\n", SHEET_ROWS + 1, 3, "the most that are read");
	read_many("a;", SHEET_COLUMNS, 2, "more than 1000 columns");
}
END_TEST

static const struct {
	int line;
	const char *name, *made, *near;
} idents[] = {
	{ __LINE__, "Åsa Öberg", "asa-oberg", "Asa-Oberg" },
	{ __LINE__, "A\u030asa O\u0308berg", "asa-oberg", "Asa-Oberg" },
	{ __LINE__, "Verksamhetschef, akuten (VO-1)", "verksamhetschef-akuten-vo-1",
	  "Verksamhetschef-akuten-VO-1" },
	{ __LINE__, "René Æther-Łódź", "rene-aether-lodz", "Rene-AEther-Lodz" },
	{ __LINE__, "HSN 03", "hsn-03", "HSN-03" },
	{ __LINE__, "HSN_03.1", "hsn-03-1", "HSN_03.1" },
	{ __LINE__, " § 15 ", "15", "15" },
	{ __LINE__, "–", "", "" },
	{ __LINE__, "Дмитрий", "", "" },
	{ __LINE__, "a23456789012345678901234567890123456789012345678901234567890123ü",
	  "a23456789012345678901234567890123456789012345678901234567890123u",
	  "a23456789012345678901234567890123456789012345678901234567890123u" },
	{ __LINE__, "a23456789012345678901234567890123456789012345678901234567890123æ",
	  "a23456789012345678901234567890123456789012345678901234567890123",
	  "a23456789012345678901234567890123456789012345678901234567890123" },
};

START_TEST(a_name_has_one_id)
{
	struct keep keep = { 0 };

	ck_assert_msg(strcmp(ident_make(&keep, idents[_i].name), idents[_i].made) == 0,
		      "line %d: %s", idents[_i].line, ident_make(&keep, idents[_i].name));
	ck_assert_msg(strcmp(ident_near(&keep, idents[_i].name), idents[_i].near) == 0,
		      "line %d: %s", idents[_i].line, ident_near(&keep, idents[_i].name));
	keep_done(&keep);
}
END_TEST

START_TEST(a_title_gives_its_first_words)
{
	struct keep keep = { 0 };

	ck_assert_str_eq(ident_title(&keep, "Minska inhyrd personal på akuten i Ängelholm"),
			 "minska-inhyrd-personal-pa-akuten");
	ck_assert_str_eq(ident_title(&keep, "Verksamhetsområdesövergripandesamordning"),
			 "verksamhetsomradesovergripandesa");
	ck_assert_str_eq(ident_title(&keep, ""), "");
	ck_assert(ident_same("E-post", "e post"));
	ck_assert(!ident_same("E-post", "epost"));
	keep_done(&keep);
}
END_TEST

START_TEST(columns_have_letters)
{
	char letters[SHEET_LETTERS];

	ck_assert_str_eq(sheet_letters(0, letters), "A");
	ck_assert_str_eq(sheet_letters(25, letters), "Z");
	ck_assert_str_eq(sheet_letters(26, letters), "AA");
	ck_assert_str_eq(sheet_letters(701, letters), "ZZ");
	ck_assert_str_eq(sheet_letters(702, letters), "AAA");
	ck_assert_str_eq(sheet_letters(999, letters), "ALL");
}
END_TEST

UNIT_TESTS("client/import/sheet",
	   UNIT_ROWS(bytes_become_utf8_or_are_refused, UNIT_COUNT(encodings)),
	   UNIT(zero_bytes_are_no_text), UNIT_ROWS(text_becomes_rows, UNIT_COUNT(sheets)),
	   UNIT(what_is_too_large_is_refused), UNIT_ROWS(a_name_has_one_id, UNIT_COUNT(idents)),
	   UNIT(a_title_gives_its_first_words), UNIT(columns_have_letters))
