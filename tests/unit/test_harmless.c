/* SPDX-License-Identifier: Apache-2.0 */
#include "base/harmless.h"
#include "tests/unit/unit.h"

static const struct {
	const char *text, *clean;
} answers[] = {
	{ "250 ok\r\n", "250 ok" },
	{ "", "" },
	{ "450 b\x07usy \x1b[31m", "450 b?usy ?[31m" },
	{ "550 \xc3\xa5 \xe5\xff", "550 \xc3\xa5 ??" },
	{ "550 <anna@region.se>: unknown", "550 (address) unknown" },
	{ "550 two  spaces", "550 two  spaces" },
};

START_TEST(answers_are_made_harmless)
{
	char out[100];

	harmless_line(out, sizeof(out), answers[_i].text, strlen(answers[_i].text));
	ck_assert_str_eq(out, answers[_i].clean);
}
END_TEST

START_TEST(answers_are_cut_between_characters)
{
	char out[8];
	const char text[] = "abcdef\xc3\xa5\xc3\xa4";

	harmless_line(out, sizeof(out), text, sizeof(text) - 1);
	ck_assert_str_eq(out, "abcdef");
}
END_TEST

UNIT_TESTS("base/harmless", UNIT_ROWS(answers_are_made_harmless, UNIT_COUNT(answers)),
	   UNIT(answers_are_cut_between_characters))
