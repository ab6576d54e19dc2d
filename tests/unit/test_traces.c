/* SPDX-License-Identifier: Apache-2.0 */
/* Somebody's name, address and words are found however they are written, and nobody else's. */
#include "engine/erase/traces.h"

#include <string.h>

#include "unit.h"

static const struct {
	int line;
	const char *text, *replaced; /* NULL: as it is */
} rows[] = {
	{ __LINE__, "", NULL },
	{ __LINE__, "Åsa Ek", "hsd" },
	{ __LINE__, "ÅSA EK, åsa ek.", "hsd, hsd." },
	{ __LINE__, "Fråga Åsa\n   Ek.", "Fråga hsd." },
	{ __LINE__,
	  "Åsa\xc2\xa0"
	  "Ek",
	  "hsd" },
	{ __LINE__, "Åsa Eks åtgärd", "hsds åtgärd" }, /* of several words: with an ending */
	{ __LINE__, "“Åsa Ek”–Åsa Ek", "“hsd”–hsd" },
	{ __LINE__,
	  "\xc2\xab"
	  "Åsa Ek\xc2\xbb",
	  "\xc2\xabhsd\xc2\xbb" },
	{ __LINE__,
	  "Åsa\xc2\xb7"
	  "Ek",
	  NULL }, /* a point, not a blank */
	{ __LINE__, "Klåsa Ek", NULL },
	{ __LINE__, "Asa Ek", NULL },
	{ __LINE__, "ÅsaEk", NULL },
	{ __LINE__, "Åsa", NULL },
	{ __LINE__, "<asa.ek@x.se>", "<no@x.se>" },
	{ __LINE__, "mailto:ASA.EK@X.SE?subject=", "mailto:no@x.se?subject=" },
	{ __LINE__, "asa.ek@x.se.", "no@x.se." }, /* the end of a sentence */
	{ __LINE__, "klasa.ek@x.se", NULL },
	{ __LINE__, "kl.asa.ek@x.se", NULL },
	{ __LINE__, "asa.ek@x.se.org", NULL },
	{ __LINE__, "asa.ek@x.seglar", NULL },
	{ __LINE__, "asa.ek@x.se-org.se", NULL },
	/* A name of one word is a word otherwise: as it is written, and whole. */
	{ __LINE__, "Bo, Bos", "hsd, hsds" },
	{ __LINE__, "Bos bok", "hsds bok" },
	{ __LINE__, "bo BO Bokslut Rabo Bosse Bob", NULL },
	/* What they wrote, wherever it stands. */
	{ __LINE__, "> Den är\n> sen", NULL }, /* not across the signs of a quotation */
	{ __LINE__, "xDEN ÄR\n  SENx", "x–x" },
};

START_TEST(whoever_is_looked_for_is_found)
{
	static const struct wanted wanted[] = {
		{ .what = "Åsa Ek", .by = "hsd", .kind = TRACE_NAME },
		{ .what = "Bo", .by = "hsd", .kind = TRACE_NAME },
		{ .what = "asa.ek@x.se", .by = "no@x.se", .kind = TRACE_ADDRESS },
		{ .what = "den är sen", .by = "–", .kind = TRACE_WORDS },
		{ .what = "hsd", .by = "HSD", .kind = TRACE_NAME },    /* by itself: not at all */
		{ .what = "ÅSA EK", .by = "hsd", .kind = TRACE_NAME }, /* the first once more */
	};
	struct traces traces = { NULL };
	char *text = NULL;
	int r;

	for (size_t i = 0; i < UNIT_COUNT(wanted); i++)
		ck_assert_int_eq(traces_add(&traces, &wanted[i]), 0);
	ck_assert_uint_eq(traces.count, 4);
	const struct trace_list list = { traces.list, traces.count, .grows = true };
	r = trace_replace(list, rows[_i].text, &text);
	ck_assert_msg(r == (rows[_i].replaced != NULL), "line %d: %d", rows[_i].line, r);
	if (r > 0)
		ck_assert_msg(strcmp(text, rows[_i].replaced) == 0, "line %d: %s", rows[_i].line,
			      text);
	ck_assert((trace_find(list, rows[_i].text, &r) != NULL) == (rows[_i].replaced != NULL));
	free(text);
	traces_done(&traces);
}
END_TEST

/* How long a text may be is limited, so its end goes; and no character is cut in two. */
START_TEST(no_text_grows)
{
	struct traces traces = { NULL };
	char *text = NULL;

	ck_assert_int_eq(traces_add(&traces, &(struct wanted){ .what = "Bo", .by = "chefen" }), 0);
	ck_assert_int_eq(
		trace_replace((struct trace_list){ traces.list, 1, false }, "Bo å.å", &text), 1);
	ck_assert_str_eq(text, "chefen ");
	free(text);
	ck_assert_int_eq(
		trace_replace((struct trace_list){ traces.list, 1, false }, "Bo ååååå", &text), 1);
	ck_assert_str_eq(text, "chefen ååå");
	free(text);
	traces_done(&traces);
}
END_TEST

START_TEST(json_is_gone_through)
{
	struct traces traces = { NULL };
	json_t *json =
		json_pack("{s:s, s:[s, {s:s}], s:i}", "Bo", "Bo", "a", "x", "b", "om Bo", "n", 5);

	ck_assert_int_eq(traces_add(&traces, &(struct wanted){ .what = "Bo", .by = "c" }), 0);
	ck_assert_int_eq(trace_replace_json((struct trace_list){ traces.list, 1, false }, json), 1);
	char *text = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
	ck_assert_str_eq(text, "{\"Bo\":\"c\",\"a\":[\"x\",{\"b\":\"om c\"}],\"n\":5}");
	ck_assert_int_eq(trace_replace_json((struct trace_list){ traces.list, 1, false }, json), 0);
	free(text);
	json_decref(json);
	traces_done(&traces);
}
END_TEST

UNIT_TESTS("engine/traces", UNIT_ROWS(whoever_is_looked_for_is_found, UNIT_COUNT(rows)),
	   UNIT(no_text_grows), UNIT(json_is_gone_through))
