/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "loaded.h"
#include "message/message_words.h"
#include "message/templates.h"
#include "notices.h"
#include "unit.h"

static json_t *compose(sample_fn *fill, enum language language, struct composed *ret)
{
	struct composing with;
	struct sample s;
	json_t *event;

	with = sample_composing(loaded, SAMPLE_NOW);
	fill(&s, language);
	strcpy(s.notice.message.to, "channel:teams-hsn");
	s.notice.to = (struct recipient){ .channel = &s.channel };
	ck_assert_int_eq(hook_compose(&with, &s.notice, ret), 0);
	ck_assert_uint_eq(strlen(ret->bytes), ret->length);
	event = json_loads(ret->bytes, JSON_REJECT_DUPLICATES, NULL);
	ck_assert_ptr_nonnull(event);
	sample_done(&s);
	return event;
}

START_TEST(is_a_cloud_event)
{
	struct composed c;
	json_t *event = compose(sample_reminder, LANGUAGE_SV, &c), *item;
	const char *version, *id, *source, *type, *time, *content, *kind, *to, *text;
	static const char expected[] =
		"{\"deadline\":\"RS-58\",\"due\":\"2026-05-26\",\"measure\":\"HSN-03\","
		"\"papers\":\"2026-05-15\",\"practical\":\"2026-05-13\",\"provisional\":false,"
		"\"step\":\"-10wd\",\"title\":\"Färre inhyrda & fler \\\"egna\\\" "
		"sjuksköterskor\"}";
	char *got;

	ck_assert_int_eq(json_unpack_ex(event, NULL, JSON_STRICT,
					"{ss ss ss ss ss ss s{ss ss s[o] ss}}", "specversion",
					&version, "id", &id, "source", &source, "type", &type,
					"time", &time, "datacontenttype", &content, "data", "kind",
					&kind, "to", &to, "items", &item, "text", &text),
			 0);
	ck_assert_str_eq(version, "1.0");
	ck_assert_str_eq(id, "msg_01JTEST_41");
	ck_assert_str_eq(c.id, id);
	ck_assert_str_eq(source, "/paminn");
	ck_assert_str_eq(type, "paminn.reminder");
	ck_assert_str_eq(time, "2026-05-11T08:00:00+02:00");
	ck_assert_str_eq(content, "application/json");
	ck_assert_str_eq(kind, "reminder");
	ck_assert_str_eq(to, "channel:teams-hsn");
	got = json_dumps(item, JSON_COMPACT | JSON_SORT_KEYS);
	ck_assert_str_eq(got, expected);
	ck_assert_ptr_eq(strstr(text, "Lämna en lägesrapport om åtgärden Färre inhyrda"), text);
	free(got);
	json_decref(event);
	composed_done(&c);
}
END_TEST

static void sample_in_chain(struct sample *s, enum language language)
{
	static const struct content_link chain[] = {
		{ .id = { "HSN" },
		  .body = "Hälso- och sjukvårdsnämnden",
		  .due = { 20594 },
		  .papers = { 20586 },
		  .outcome = OUTCOME_NONE },
		{ .id = { "RS" },
		  .body = "Regionstyrelsen",
		  .due = { 20599 },
		  .papers = { 20588 },
		  .outcome = OUTCOME_NONE },
	};

	sample_reminder(s, language);
	s->items[0].passing = chain;
	s->items[0].passing_count = 2;
}

/* The id is what list and show have; the name is for people. */
START_TEST(has_the_bodies_that_a_matter_passes_by_id_and_by_name)
{
	struct composed c;
	json_t *event = compose(sample_in_chain, LANGUAGE_SV, &c);
	const json_t *item =
		json_array_get(json_object_get(json_object_get(event, "data"), "items"), 0);
	char *got = json_dumps(json_object_get(item, "via"), JSON_COMPACT | JSON_SORT_KEYS);

	ck_assert_str_eq(got, "[{\"body\":\"HSN\",\"meeting\":\"2026-05-21\","
			      "\"name\":\"Hälso- och sjukvårdsnämnden\","
			      "\"papers\":\"2026-05-13\",\"provisional\":false}]");
	free(got);
	json_decref(event);
	composed_done(&c);
}
END_TEST

/* Neither addresses nor what owners wrote, and no invitation to reply to a mail that is none. */
START_TEST(keeps_to_itself_what_is_for_mails)
{
	static const char *const kept[] = { "@",      "annons", "bemanningsschemat",
					    "Bilaga", "mejl",	"reply",
					    "{{" };
	struct composed c;
	json_t *event = compose(samples[_i % (int)SAMPLES], (enum language)(_i / (int)SAMPLES), &c);

	for (size_t i = 0; i < UNIT_COUNT(kept); i++)
		ck_assert_msg(!strstr(c.bytes, kept[i]), "%s in %s", kept[i], c.bytes);
	json_decref(event);
	composed_done(&c);
}
END_TEST

START_TEST(has_null_for_what_is_not_there)
{
	struct composed c;
	json_t *event = compose(sample_alert, LANGUAGE_EN, &c);
	const json_t *item =
		json_array_get(json_object_get(json_object_get(event, "data"), "items"), 0);

	ck_assert_str_eq(json_string_value(json_object_get(item, "measure")), "HSN-03");
	ck_assert(json_is_null(json_object_get(item, "deadline")));
	ck_assert(json_is_null(json_object_get(item, "step")));
	ck_assert(json_is_null(json_object_get(item, "due")));
	ck_assert(json_is_null(json_object_get(item, "papers")));
	ck_assert(json_is_null(json_object_get(item, "practical")));
	json_decref(event);
	composed_done(&c);
}
END_TEST

/* A line a member, as jansson writes it. */
static void check_words(json_t *json)
{
	struct composed c = { .bytes = json_dumps(json, JSON_COMPACT) };
	char *headers, *text, *expected = json_dumps(json, JSON_INDENT(2));

	ck_assert_ptr_nonnull(c.bytes);
	c.length = strlen(c.bytes);
	ck_assert_int_eq(message_words(CHANNEL_WEBHOOK, &c, NULL, &headers, &text), 0);
	ck_assert_ptr_null(headers);
	ck_assert_str_eq(text, expected);
	free(text);
	free(expected);
	free(c.bytes);
	json_decref(json);
}

START_TEST(is_kept_as_it_was_sent_a_line_a_member)
{
	static const char *const texts[] = {
		"{}",
		"[]",
		"{\"a\":{},\"b\":[],\"c\":[[],{}]}",
		"{\"a\":[1,-2.5,true,false,null,\"\"],\"b\":{\"c\":{\"d\":\"e\"}}}",
		"{\"[,:]\":\"{\\\"a\\\": [1, 2]}\",\"\\\\\":\"\\\\\",\"\\n\":\"å ä\"}",
	};
	struct composed c;

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		check_words(json_loads(texts[i], 0, NULL));
	check_words(compose(sample_reminder, LANGUAGE_SV, &c));
	composed_done(&c);
}
END_TEST

UNIT_TESTS("message/hook", UNIT(is_a_cloud_event), UNIT(is_kept_as_it_was_sent_a_line_a_member),
	   UNIT(has_the_bodies_that_a_matter_passes_by_id_and_by_name),
	   UNIT_ROWS(keeps_to_itself_what_is_for_mails, SAMPLES *LANGUAGES),
	   UNIT(has_null_for_what_is_not_there))
