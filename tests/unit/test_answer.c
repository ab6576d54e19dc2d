/* SPDX-License-Identifier: Apache-2.0 */
#include "protocol/answer.h"

#include <string.h>

#include "protocol/text.h"
#include "tests/unit/unit.h"

/* The answer as it crosses the wire; takes the reference. */
static void check_wire(json_t *answer, const char *expected)
{
	char *text = json_dumps(answer, JSON_COMPACT);

	ck_assert_ptr_nonnull(text);
	ck_assert_str_eq(text, expected);
	free(text);
	json_decref(answer);
}

START_TEST(codes_have_the_contracts_names)
{
	static const struct {
		enum reject_code code;
		const char *name;
	} codes[] = {
		{ REJECT_BAD_JSON, "bad-json" },
		{ REJECT_BAD_EVENT, "bad-event" },
		{ REJECT_BAD_DATA, "bad-data" },
		{ REJECT_TOO_LARGE, "too-large" },
		{ REJECT_UNKNOWN_TYPE, "unknown-type" },
		{ REJECT_UNKNOWN_SUBJECT, "unknown-subject" },
		{ REJECT_NOT_ALLOWED, "not-allowed" },
		{ RETRY_STORAGE_FULL, "storage-full" },
		{ RETRY_BUSY, "busy" },
	};

	ck_assert_uint_eq(UNIT_COUNT(codes), REJECT_CODES - 1);
	for (size_t i = 0; i < UNIT_COUNT(codes); i++) {
		ck_assert_str_eq(reject_code_name(codes[i].code), codes[i].name);
		ck_assert_int_eq(reject_code_parse(codes[i].name), codes[i].code);
	}
	ck_assert_int_eq(reject_code_parse("bad"), REJECT_NONE);
	ck_assert_int_eq(reject_code_parse(""), REJECT_NONE);
}
END_TEST

START_TEST(answers_look_as_the_contract_says)
{
	struct rejection why;

	check_wire(answer_accepted("01J", 42),
		   "{\"result\":\"accepted\",\"id\":\"01J\",\"seq\":42}");
	check_wire(answer_duplicate("å", INT64_MAX),
		   "{\"result\":\"duplicate\",\"id\":\"å\",\"seq\":9223372036854775807}");
	reject(&why, REJECT_BAD_DATA, "progress %d is not a whole number", 101);
	check_wire(answer_refused("01J", &why),
		   "{\"result\":\"rejected\",\"id\":\"01J\",\"code\":\"bad-data\","
		   "\"reason\":\"progress 101 is not a whole number\"}");
	check_wire(answer_refused(NULL, &why),
		   "{\"result\":\"rejected\",\"id\":null,\"code\":\"bad-data\","
		   "\"reason\":\"progress 101 is not a whole number\"}");
	reject(&why, RETRY_STORAGE_FULL, "the disk is full");
	check_wire(answer_refused("01J", &why),
		   "{\"result\":\"retry\",\"id\":\"01J\",\"code\":\"storage-full\","
		   "\"reason\":\"the disk is full\"}");
	reject(&why, RETRY_BUSY, "try later");
	check_wire(answer_refused("01J", &why),
		   "{\"result\":\"retry\",\"id\":\"01J\",\"code\":\"busy\","
		   "\"reason\":\"try later\"}");
	check_wire(answer_rows(json_array(), NULL), "{\"result\":\"ok\",\"rows\":[]}");
	check_wire(answer_rows(json_pack("[i,i]", 1, 2), "2"),
		   "{\"result\":\"ok\",\"rows\":[1,2],\"next\":\"2\"}");
}
END_TEST

/* What is said of an accepted event, written with ' for "; and the answer. */
static void check_remarks(const char *remarks, const char *expected)
{
	char text[2000];
	json_t *json;

	snprintf(text, sizeof(text), "%s", remarks);
	for (char *c = text; *c; c++)
		if (*c == '\'')
			*c = '"';
	json = json_loads(text, 0, NULL);
	ck_assert_ptr_nonnull(json);
	snprintf(text, sizeof(text), "{\"result\":\"accepted\",\"id\":\"e\",\"seq\":7%s}",
		 expected);
	for (char *c = text; *c; c++)
		if (*c == '\'')
			*c = '"';
	check_wire(answer_with("e", 7, json), text);
	json_decref(json);
}

START_TEST(what_is_not_answered_is_a_list_and_a_sentence)
{
#define MISSING "'missing':[{'deadline':'A','fields':['note','progress']}]"
#define EARLY(id) "{'deadline':'" id "','opens':'2026-05-12T08:00:00+02:00'}"
	check_wire(answer_with("e", 7, NULL), "{\"result\":\"accepted\",\"id\":\"e\",\"seq\":7}");
	check_remarks("{" MISSING "}",
		      "," MISSING
		      ",'reason':'A still lacks note and progress: report again with it'");
	check_remarks(
		"{'early':[" EARLY("B") "]}",
		",'early':[" EARLY(
			"B") "],"
			     "'reason':'it comes too early for B (from 2026-05-12 08:00 on)'");
	check_remarks("{" MISSING ",'early':[" EARLY("B") "]}",
		      "," MISSING
		      ",'early':[" EARLY("B") "],"
					      "'reason':'A still lacks note and progress: report "
					      "again with it; it comes too "
					      "early for B (from 2026-05-12 08:00 on)'");
	check_remarks(
		"{'early':[" EARLY("B") "," EARLY("C") "," EARLY("D") "," EARLY("E") "," EARLY(
			"F") "]}",
		",'early':[" EARLY("B") "," EARLY("C") "," EARLY("D") "," EARLY("E") "," EARLY(
			"F") "],"
			     "'reason':'it comes too early for B (from 2026-05-12 08:00 on), C "
			     "(from "
			     "2026-05-12 08:00 on), D (from 2026-05-12 08:00 on) and 2 more'");
	check_remarks("{'warnings':['check the years']}", ",'warnings':['check the years']");
}
END_TEST

START_TEST(what_can_not_be_made_is_null_and_leaks_nothing)
{
	ck_assert_ptr_null(answer_rows(NULL, NULL));
	ck_assert_ptr_null(answer_rows(json_array(), "\xff"));
	ck_assert_ptr_null(answer_accepted("\xff", 1));
}
END_TEST

START_TEST(a_reason_is_clean)
{
	struct rejection why;

	ck_assert_int_eq(reject(&why, REJECT_BAD_EVENT, "a %s b", "x\r\n\x1b\x7f\xc2\x85å"),
			 REJECT_BAD_EVENT);
	ck_assert_str_eq(why.reason, "a x?????å b");
	reject(&why, REJECT_BAD_EVENT, "%s", "\xff\xc3 \xe2\x82");
	ck_assert_str_eq(why.reason, "?? ??");
}
END_TEST

START_TEST(a_reason_may_quote_the_former_one)
{
	struct rejection why;

	reject(&why, REJECT_BAD_DATA, "no %s", "good");
	reject(&why, REJECT_BAD_DATA, "line %d: %s", 3, why.reason);
	ck_assert_str_eq(why.reason, "line 3: no good");
}
END_TEST

START_TEST(a_long_reason_is_cut_between_characters)
{
	char text[1000];
	struct rejection why;

	for (size_t shift = 0; shift < 4; shift++) {
		memset(text, 'a', shift);
		text[shift] = '\0';
		while (strlen(text) < 900)
			strcat(text, "\U0001f600");
		reject(&why, REJECT_BAD_DATA, "%s", text);
		ck_assert_uint_gt(strlen(why.reason), sizeof(why.reason) - 5);
		ck_assert(text_is_clean(why.reason, strlen(why.reason), false));
		ck_assert_int_eq(strncmp(why.reason, text, strlen(why.reason)), 0);
	}
}
END_TEST

UNIT_TESTS("protocol/answer", UNIT(codes_have_the_contracts_names),
	   UNIT(answers_look_as_the_contract_says),
	   UNIT(what_is_not_answered_is_a_list_and_a_sentence),
	   UNIT(what_can_not_be_made_is_null_and_leaks_nothing), UNIT(a_reason_is_clean),
	   UNIT(a_reason_may_quote_the_former_one), UNIT(a_long_reason_is_cut_between_characters))
