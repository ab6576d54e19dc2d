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

static void check_text(enum answer_result result, const char *id, int64_t seq, const char *expected)
{
	char *text = malloc(answer_room(NULL) + 1);

	text[answer_write(result, id, seq, NULL, text)] = '\0';
	ck_assert_str_eq(text, expected);
	free(text);
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
	for (size_t i = 0; i < UNIT_COUNT(codes); i++)
		ck_assert_str_eq(reject_code_name(codes[i].code), codes[i].name);
}
END_TEST

START_TEST(a_result_has_a_name)
{
	enum answer_result result = ANSWER_OK;

	ck_assert(answer_result_parse("accepted", &result));
	ck_assert_int_eq(result, ANSWER_ACCEPTED);
	ck_assert(answer_result_parse("ok", &result));
	ck_assert_int_eq(result, ANSWER_OK);
	ck_assert(!answer_result_parse("okay", &result));
	ck_assert(!answer_result_parse("", &result));
	ck_assert_int_eq(result, ANSWER_OK);
}
END_TEST

START_TEST(answers_look_as_the_contract_says)
{
	struct rejection why;

	check_text(ANSWER_ACCEPTED, "01J", 42,
		   "{\"result\":\"accepted\",\"id\":\"01J\",\"seq\":42}");
	check_text(ANSWER_DUPLICATE, "å", INT64_MAX,
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

/* The answer to event "e", written with ' for ", with what is said of it. */
static void check_remarks(const struct remarks *remarks, const char *expected)
{
	char wanted[2000], *text = malloc(answer_room(remarks) + 1);
	const size_t length = answer_write(ANSWER_ACCEPTED, "e", 7, remarks, text);

	ck_assert_uint_le(length, answer_room(remarks));
	text[length] = '\0';
	snprintf(wanted, sizeof(wanted), "{'result':'accepted','id':'e','seq':7%s}", expected);
	for (char *c = wanted; *c; c++)
		if (*c == '\'')
			*c = '"';
	ck_assert_str_eq(text, wanted);
	free(text);
}

START_TEST(what_is_not_answered_is_a_list_and_a_sentence)
{
#define EARLY(id) { .deadline = id, .opens = "2026-05-12T08:00:00+02:00" }
#define EARLY_TEXT(id) "{'deadline':'" id "','opens':'2026-05-12T08:00:00+02:00'}"
#define MISSING_TEXT "'missing':[{'deadline':'A','fields':['note','progress']}]"
	json_t *missing =
		json_pack("[{s:s, s:[s, s]}]", "deadline", "A", "fields", "note", "progress");
	json_t *three_missing = json_pack("[{s:s, s:[s, s, s]}]", "deadline", "A", "fields", "note",
					  "progress", "effect_forecast");
	json_t *one_missing = json_pack("[{s:s, s:[s]}]", "deadline", "A", "fields", "note");
	json_t *warnings = json_pack("[s]", "check \"the\" years");
	struct answered more[] = { { "Z" }, { "P@2026-05-29" } };
	struct early early[] = { EARLY("B"), EARLY("C"), EARLY("D"), EARLY("E"), EARLY("F") };

	check_remarks(NULL, "");
	check_remarks(&(struct remarks){ NULL }, "");
	check_remarks(&(struct remarks){ .missing = missing },
		      "," MISSING_TEXT
		      ",'reason':'A still lacks note and progress: report again with them'");
	check_remarks(
		&(struct remarks){ .early = early, .early_count = 1 },
		",'early':[" EARLY_TEXT(
			"B") "],"
			     "'reason':'it comes too early for B (from 2026-05-12 08:00 on)'");
	check_remarks(&(struct remarks){ .missing = missing, .early = early, .early_count = 1 },
		      "," MISSING_TEXT
		      ",'early':[" EARLY_TEXT("B") "],"
						   "'reason':'A still lacks note and progress: "
						   "report again with them; it comes too "
						   "early for B (from 2026-05-12 08:00 on)'");
	check_remarks(
		&(struct remarks){ .early = early, .early_count = 5 },
		",'early':[" EARLY_TEXT("B") "," EARLY_TEXT("C") "," EARLY_TEXT("D") "," EARLY_TEXT(
			"E") "," EARLY_TEXT("F") "],"
						 "'reason':'it comes too early for B (from "
						 "2026-05-12 08:00 on), C (from "
						 "2026-05-12 08:00 on), D (from 2026-05-12 08:00 "
						 "on) and 2 more'");
	check_remarks(
		&(struct remarks){ .early = &early[4],
				   .early_count = 1,
				   .answered = { { "A" } },
				   .answered_count = 1 },
		",'answers':['A'],'early':[" EARLY_TEXT(
			"F") "],"
			     "'reason':'it answers A; one for F counts from 2026-05-12 08:00 on'");
	strcpy(early[1].opens, "2026-05-11T08:00:00+02:00");
	check_remarks(&(struct remarks){ .early = early,
					 .early_count = 2,
					 .answered = { { "A" }, { "X" }, { "Y" } },
					 .answered_more = more,
					 .answered_count = 5 },
		      ",'answers':['A','X','Y','Z','P@2026-05-29'],'early':[" EARLY_TEXT(
			      "B") ",{'deadline':'C','opens':'2026-05-11T08:00:00+02:00'}],"
				   "'reason':'it answers A, X, Y and 2 more; one for C, the next "
				   "of 2, counts from "
				   "2026-05-11 08:00 on'");
	check_remarks(&(struct remarks){ .missing = one_missing },
		      ",'missing':[{'deadline':'A','fields':['note']}]"
		      ",'reason':'A still lacks note: report again with it'");
	check_remarks(&(struct remarks){ .missing = three_missing },
		      ",'missing':[{'deadline':'A','fields':['note','progress','effect_forecast']}]"
		      ",'reason':'A still lacks note, progress and effect_forecast: report again "
		      "with them'");
	check_remarks(&(struct remarks){ .answered = { { "A" } }, .answered_count = 1 },
		      ",'answers':['A']");
	check_remarks(&(struct remarks){ .warnings = warnings },
		      ",'warnings':['check \\'the\\' years']");
	json_decref(missing);
	json_decref(one_missing);
	json_decref(three_missing);
	json_decref(warnings);
}
END_TEST

/* A monthly measure may be asked for by many at once. */
START_TEST(however_many_are_answered_each_is_named_once)
{
	struct remarks remarks = { NULL };
	char wanted[1000] = ",'answers':[", id[20];

	for (int i = 0; i < 40; i++) {
		snprintf(id, sizeof(id), "D-%d", i);
		ck_assert_int_eq(remarks_add_answered(&remarks, id), 0);
		strcat(strcat(strcat(wanted, i ? ",'" : "'"), id), "'");
	}
	strcat(wanted, "]");
	check_remarks(&remarks, wanted);
	remarks_done(&remarks);
}
END_TEST

START_TEST(answers_of_the_longest_kind_fit)
{
	char id[EVENT_ID_MAX * 4 + 1] = "", *text = malloc(answer_room(NULL));
	json_t *json;
	size_t length;

	for (int i = 0; i < EVENT_ID_MAX; i++)
		strcat(id, i % 3 == 0 ? "\U0001f600" : i % 3 == 1 ? "\"" : "\\");
	length = answer_write(ANSWER_DUPLICATE, id, INT64_MIN, NULL, text);
	ck_assert_uint_le(length, answer_room(NULL));
	json = json_loadb(text, length, 0, NULL);
	ck_assert_str_eq(json_string_value(json_object_get(json, "id")), id);
	ck_assert_int_eq(json_integer_value(json_object_get(json, "seq")), INT64_MIN);
	json_decref(json);
	free(text);
}
END_TEST

START_TEST(what_can_not_be_made_is_null_and_leaks_nothing)
{
	ck_assert_ptr_null(answer_rows(NULL, NULL));
	ck_assert_ptr_null(answer_rows(json_array(), "\xff"));
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
	/* What is no character anywhere else is no half of one at the end. */
	text[0] = '\xf0';
	reject(&why, REJECT_BAD_DATA, "%s", text);
	ck_assert_int_eq(why.reason[0], '?');
	ck_assert_uint_gt(strlen(why.reason), sizeof(why.reason) - 5);
}
END_TEST

UNIT_TESTS("protocol/answer", UNIT(codes_have_the_contracts_names), UNIT(a_result_has_a_name),
	   UNIT(answers_look_as_the_contract_says),
	   UNIT(what_is_not_answered_is_a_list_and_a_sentence),
	   UNIT(however_many_are_answered_each_is_named_once),
	   UNIT(answers_of_the_longest_kind_fit),
	   UNIT(what_can_not_be_made_is_null_and_leaks_nothing), UNIT(a_reason_is_clean),
	   UNIT(a_reason_may_quote_the_former_one), UNIT(a_long_reason_is_cut_between_characters))
