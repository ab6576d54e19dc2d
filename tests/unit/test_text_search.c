/* SPDX-License-Identifier: Apache-2.0 */
/* Looking for words, whatever the size of their letters. */
#include "protocol/text_search.h"

#include "unit.h"

static const struct {
	int line;
	const char *words;
	bool found;
} rows[] = {
	{ __LINE__, "", true },
	{ __LINE__, "  ", true },
	{ __LINE__, "inhyrda", true },
	{ __LINE__, "INHYRDA", true },
	{ __LINE__, "färre", true },
	{ __LINE__, "FÄRRE", true },
	{ __LINE__, "åke ÖSTRÖM", true },
	{ __LINE__, "Åke inhyrda", true }, /* each in a text of its own */
	{ __LINE__, "hsn-03", true },
	{ __LINE__, "inhyrda saknas", false },
	{ __LINE__, "farre", false }, /* another letter is another letter */
	{ __LINE__, "inhyrdaa", false },
	{ __LINE__, "3×4", true },
	{ __LINE__, "3÷4", false }, /* what is no letter has no small form */
	{ __LINE__, "é", true },
};

START_TEST(words_are_found_however_their_letters_are_written)
{
	const char *const texts[] = { "HSN-03", "Färre inhyrda 3×4 É", "åke öström", NULL };

	ck_assert_msg(text_has_words(texts, rows[_i].words) == rows[_i].found, "line %d",
		      rows[_i].line);
}
END_TEST

UNIT_TESTS("protocol/text_search",
	   UNIT_ROWS(words_are_found_however_their_letters_are_written, UNIT_COUNT(rows)))
