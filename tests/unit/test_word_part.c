/* SPDX-License-Identifier: Apache-2.0 */
/* A part of a Word document as a template, and what is mended once it has been filled in. */
#include "message/word_part.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "message/word_tables.h"
#include "unit.h"

/* In short: [p] and [/p] are <w:p> and </w:p>, and so on; [t] is w:t that keeps its blanks. */
static char *expanded(const char *text, bool keeps)
{
	char *out = NULL;
	size_t size = 0;
	FILE *to = open_memstream(&out, &size);

	for (; *text; text++)
		if (*text == '[' && text[1] == '/')
			fputs("</w:", to), text++;
		else if (*text == '[' && keeps && strncmp(text, "[t]", 3) == 0)
			fputs("<w:t xml:space=\"preserve\">", to), text += 2;
		else if (*text == '[')
			fputs("<w:", to);
		else
			fputc(*text == ']' ? '>' : *text, to);
	fclose(to);
	return out;
}

#define P(text) "[p][r][t]" text "[/t][/r][/p]"
#define CELL(text) "[tc]" P(text) "[/tc]"
#define BODY(text) "[body]" text "[/body]"

static const struct {
	int line;
	const char *part, *source; /* in short; source NULL: refused, with these words */
	const char *why;
} parts[] = {
	{ __LINE__, BODY(P("Hej {{title}}!")), BODY(P("Hej {{title}}!")) },
	/* a tag that Word has split is one again, where it begins */
	{ __LINE__, BODY("[p][r][t]a {{ti[/t][/r][r][rPr][b/][/rPr][t]tle}} b[/t][/r][/p]"),
	  BODY("[p][r][t]a {{title}}[/t][/r][r][rPr][b/][/rPr][t] b[/t][/r][/p]") },
	{ __LINE__,
	  BODY("[p][r][t]{[/t][/r][proofErr w:type=\"spellStart\"/][r][t]{title}[/t][/r][r][t]}"
	       "[/t][/r][/p]"),
	  BODY("[p][r][t]{{title}}[/t][/r][proofErr w:type=\"spellStart\"/][r][t][/t][/r][r][t]"
	       "[/t][/r][/p]") },
	{ __LINE__, BODY("[p][r][t]{{ti[/t][br/][t]tle}}[/t][/r][/p]"), NULL,
	  "{{title}} is split by something that is no text" },
	{ __LINE__, BODY("[p][ins][r][t]{{ti[/t][/r][/ins][r][t]tle}}[/t][/r][/p]"), NULL,
	  "{{title}} is split by something that is no text" },
	{ __LINE__, BODY(P("{{title") P("}}")), NULL, "\"{{title\" is not closed by }} in its" },
	/* sections stand between runs, which keep their looks */
	{ __LINE__, BODY("[p][r][rPr][i/][/rPr][t]a{{#since}} b{{/since}}c[/t][/r][/p]"),
	  BODY("[p][r][rPr][i/][/rPr][t]a[/t][/r]{{#since}}[r][rPr][i/][/rPr][t] b[/t][/r]"
	       "{{/since}}[r][rPr][i/][/rPr][t]c[/t][/r][/p]") },
	/* what has only tags goes */
	{ __LINE__, BODY(P("{{#rows}}") P("{{item}}") P("{{/rows}}")),
	  BODY("{{#rows}}" P("{{item}}") "{{/rows}}") },
	{ __LINE__, BODY(P(" {{/rows}} {{#rows}}")), BODY("{{/rows}}{{#rows}}") },
	{ __LINE__,
	  BODY("[tbl][tr]" CELL("{{#rows}}") CELL("") "[/tr][tr]" CELL("{{item}}")
		       CELL("{{#any_dates}}") CELL("{{done_by}}")
			       CELL("{{/any_dates}}") "[/tr][tr]" CELL("{{/rows}}") "[/tr][/tbl]"),
	  BODY("[tbl]{{#rows}}[tr]" CELL("{{item}}") "{{#any_dates}}" CELL(
		  "{{done_by}}") "{{/any_dates}}[/tr]{{/rows}}[/tbl]") },
	/* sections end where they begin */
	{ __LINE__, BODY("[tbl][tr]" CELL("{{#rows}}a") CELL("b{{/rows}}") "[/tr][/tbl]"), NULL,
	  "{{#rows}} and {{/rows}} do not stand in the same paragraph, row or table" },
	{ __LINE__, BODY(P("a{{^rows}}") P("{{/rows}}")), NULL,
	  "{{^rows}} and {{/rows}} do not stand in the same" },
	{ __LINE__, BODY("[p][pPr][sectPr/][/pPr][r][t]{{#rows}}[/t][/r][/p]"), NULL,
	  "{{#rows}} stands alone in the paragraph that ends a section of the document" },
	/* tags belong into text */
	{ __LINE__, BODY("[p][r][instrText] AUTHOR {{title}}[/instrText][/r][/p]"), NULL,
	  "{{title stands where no text may be filled in" },
	{ __LINE__, BODY("[p w:rsid=\"{{title}}\"/]"), NULL, "stands where no text may be" },
	/* holes */
	{ __LINE__, BODY("[p][r][t]Klicka [/t][/r][r][t]här för att[/t][/r][/p]"), NULL,
	  "the document has the hole \"Klicka här\" in it: fill it in" },
	{ __LINE__, BODY(P("Dnr &lt;nummer&gt;")), NULL, "has the hole \"<nummer>\" in it" },
	{ __LINE__, BODY("[sdt][sdtPr][showingPlcHdr/][/sdtPr][/sdt]"), NULL,
	  "a content control is not filled in" },
	{ __LINE__, BODY(P("Skriv till &lt;stod@region.se&gt;")),
	  BODY(P("Skriv till &lt;stod@region.se&gt;")) },
	/* no XML */
	{ __LINE__, "[body][p][/body]", NULL, "it is no XML as word processors write it" },
	{ __LINE__, "[body]", NULL, "it is no XML" },
	{ __LINE__, "<!DOCTYPE a>[body][/body]", NULL, "it is no XML" },
	{ __LINE__, "", NULL, "it is no XML" },
	/* what nobody here knows of stays byte for byte */
	{ __LINE__, "<?xml version='1.0'?><!-- > -->[body x='>' y=\"/>\"]<a:b c='1'/>\n[/body]",
	  "<?xml version='1.0'?><!-- > -->[body x='>' y=\"/>\"]<a:b c='1'/>\n[/body]" },
};

START_TEST(a_part_becomes_a_template)
{
	char *part = expanded(parts[_i].part, false), *source = NULL, *error = NULL, *wanted = NULL;
	int r = word_part_source(
		&(struct word_source){ "brev.docx", "word/document.xml", part, strlen(part) },
		&source, &error);

	if (parts[_i].source) {
		ck_assert_msg(r == 0, "line %d: %s", parts[_i].line, error);
		wanted = expanded(parts[_i].source, true);
		ck_assert_msg(strcmp(source, wanted) == 0, "line %d: %s", parts[_i].line, source);
	} else {
		ck_assert_msg(r == -EINVAL && strstr(error, parts[_i].why), "line %d: %s",
			      parts[_i].line, r == 0 ? source : error);
		ck_assert_msg(strncmp(error, "brev.docx: word/document.xml: ", 30) == 0, "%s",
			      error);
	}
	free(wanted);
	free(part);
	free(source);
	free(error);
}
END_TEST

#define GRID(columns) "[tblGrid]" columns "[/tblGrid]"
#define COLUMN(width) "[gridCol w:w=\"" width "\"/]"
#define WIDE(width, text) "[tc][tcPr][tcW w:w=\"" width "\"/][/tcPr]" P(text) "[/tc]"
#define SPAN(n) "[gridSpan w:val=\"" n "\"/]"

static const struct {
	int line;
	const char *filled, *mended;
} tables[] = {
	/* a cell was left out: the grid is of those that are there, and a single cell spans them */
	{ __LINE__,
	  "[tbl]" GRID(COLUMN("5") COLUMN("1") COLUMN("2") COLUMN("1") COLUMN("3")) "[tr]" WIDE("5",
												"a")
		  WIDE("3", "b") "[/tr][tr][tc][tcPr]" SPAN("5") "[vAlign/][/tcPr]" P(
			  "c") "[/tc][/tr][/tbl]",
	  "[tbl]" GRID(COLUMN("5") COLUMN("3")) "[tr]" WIDE("5", "a")
		  WIDE("3", "b") "[/tr][tr][tc][tcPr]" SPAN("2") "[vAlign/][/tcPr]" P(
			  "c") "[/tc][/tr][/tbl]" },
	{ __LINE__,
	  "[tbl]" GRID(COLUMN("5")) "[tr]" WIDE("5", "a") WIDE(
		  "3", "b") "[/tr][tr][tc][tcPr][tcW "
			    "w:w=\"8\"/][/tcPr]" P("c") "[/tc][/tr][tr]" CELL("d") "[/tr][/tbl]",
	  "[tbl]" GRID(COLUMN("5") COLUMN("3")) "[tr]" WIDE("5", "a")
		  WIDE("3", "b") "[/tr][tr][tc][tcPr][tcW w:w=\"8\"/]" SPAN("2") "[/tcPr]" P(
			  "c") "[/tc][/tr][tr][tc][tcPr]" SPAN("2") "[/tcPr]" P("d") "[/tc][/tr][/"
										     "tbl]" },
	/* as many, of which one would stand in the width of a tag's cell */
	{ __LINE__,
	  "[tbl]" GRID(COLUMN("9") COLUMN("1") COLUMN("4")) "[tr]" WIDE("9", "a") WIDE("4", "b")
		  WIDE("4", "c") "[/tr][/tbl]",
	  "[tbl]" GRID(COLUMN("9") COLUMN("4") COLUMN("4")) "[tr]" WIDE("9", "a") WIDE("4", "b")
		  WIDE("4", "c") "[/tr][/tbl]" },
	/* one that fits stays as it is, with its merged cells */
	{ __LINE__,
	  "[tbl]" GRID(COLUMN("5") COLUMN("3")) "[tr]" WIDE("5", "a")
		  WIDE("3", "b") "[/tr][tr]" WIDE("9", "c") "[/tr][/tbl]",
	  "[tbl]" GRID(COLUMN("5") COLUMN("3")) "[tr]" WIDE("5", "a")
		  WIDE("3", "b") "[/tr][tr]" WIDE("9", "c") "[/tr][/tbl]" },
	/* nothing is left of it, or of a cell */
	{ __LINE__, BODY(P("a") "[tbl]" GRID(COLUMN("5")) "[/tbl]"), BODY(P("a")) },
	{ __LINE__, "[tbl]" GRID(COLUMN("5")) "[tr][tc][tcPr/][/tc][/tr][/tbl]",
	  "[tbl]" GRID(COLUMN("5")) "[tr][tc][tcPr/][p/][/tc][/tr][/tbl]" },
	{ __LINE__, "[ftr]\n[/ftr]", "[ftr]\n[p/][/ftr]" },
};

START_TEST(tables_fit_what_is_in_them)
{
	char *filled = expanded(tables[_i].filled, false),
	     *wanted = expanded(tables[_i].mended, false), *mended = NULL;
	size_t length = 0;

	ck_assert_int_eq(word_tables_mend(filled, strlen(filled), &mended, &length), 0);
	ck_assert_msg(strcmp(mended, wanted) == 0, "line %d: %s", tables[_i].line, mended);
	ck_assert_uint_eq(length, strlen(wanted));
	free(filled);
	free(wanted);
	free(mended);
}
END_TEST

UNIT_TESTS("word documents", UNIT_ROWS(a_part_becomes_a_template, UNIT_COUNT(parts)),
	   UNIT_ROWS(tables_fit_what_is_in_them, UNIT_COUNT(tables)))
