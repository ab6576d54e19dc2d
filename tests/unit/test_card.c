/* SPDX-License-Identifier: Apache-2.0 */
/* The card for Teams: what comes out is one whatever the message says, and a layout that is none is
 * refused when it is loaded. Its shape is checked against a schema by test_teams.py. */
#include <errno.h>
#include <string.h>

#include "loaded.h"
#include "message/card.h"
#include "message/template_view.h"
#include "message/templates.h"
#include "notices.h"
#include "unit.h"

static void compose(struct sample *s, struct composed *ret)
{
	struct composing with;

	strcpy(s->notice.message.to, "channel:teams-hsn");
	s->notice.to = (struct recipient){ .channel = &s->channel };
	with = sample_composing(loaded, SAMPLE_NOW);
	ck_assert_int_eq(card_compose(&with, &s->notice, ret), 0);
}

static json_t *body_of(json_t *card)
{
	json_t *attachment = json_array_get(json_object_get(card, "attachments"), 0);

	return json_object_get(json_object_get(attachment, "content"), "body");
}

/* All texts of a card, one a line. */
static char *texts_of(json_t *card, char *out)
{
	json_t *block, *run;
	size_t i, j;

	out[0] = '\0';
	json_array_foreach (body_of(card), i, block) {
		json_array_foreach (json_object_get(block, "inlines"), j, run)
			strcat(out, json_string_value(json_object_get(run, "text")));
		strcat(out, "\n");
	}
	return out;
}

START_TEST(every_message_becomes_a_card)
{
	static const char *const kept[] = { "@",      "annons", "bemanningsschemat",
					    "Bilaga", "mejl",	"reply",
					    "{{" };
	static char text[40000];
	struct composed c;
	struct sample s;
	json_t *card;

	samples[_i % (int)SAMPLES](&s, (enum language)(_i / (int)SAMPLES));
	compose(&s, &c);
	ck_assert_str_eq(c.type, "application/json");
	ck_assert_str_eq(c.id, "msg_01JTEST_41");
	card = json_loads(c.bytes, JSON_REJECT_DUPLICATES, NULL);
	ck_assert_ptr_nonnull(card);
	ck_assert_str_eq(json_string_value(json_object_get(card, "type")), "message");
	ck_assert_uint_gt(json_array_size(body_of(card)), 2);
	texts_of(card, text);
	for (size_t i = 0; i < UNIT_COUNT(kept); i++)
		ck_assert_msg(!strstr(text, kept[i]), "%s in %s", kept[i], text);
	json_decref(card);
	composed_done(&c);
	sample_done(&s);
}
END_TEST

START_TEST(says_what_the_text_says)
{
	static char text[40000];
	struct composed c;
	struct sample s;
	json_t *card;

	sample_reminder(&s, LANGUAGE_EN);
	compose(&s, &c);
	card = json_loads(c.bytes, JSON_REJECT_DUPLICATES, NULL);
	texts_of(card, text);
	ck_assert_ptr_nonnull(strstr(text, "Färre inhyrda & fler \"egna\" sjuksköterskor"));
	ck_assert_ptr_nonnull(strstr(text, "\nDecision: RS 2026-04-22 § 58\n"));
	ck_assert_ptr_nonnull(strstr(text, "\npaminn status HSN-03 on-track"));
	json_decref(card);
	composed_done(&c);
	sample_done(&s);
}
END_TEST

/* Teams takes 28 KB: what is longer loses its end, never its beginning, and stays a card. */
START_TEST(is_never_too_large)
{
	static char title[4000], text[40000];
	struct composed c;
	struct sample s;
	json_t *card;

	memset(title, '"', sizeof(title) - 1);
	sample_reminders(&s, LANGUAGE_SV);
	for (size_t i = 0; i < s.notice.count; i++)
		s.items[i].deadline_title = s.items[i].measure_title = title;
	compose(&s, &c);
	ck_assert_uint_le(c.length, 24 * 1024);
	card = json_loads(c.bytes, JSON_REJECT_DUPLICATES, NULL);
	ck_assert_ptr_nonnull(card);
	texts_of(card, text);
	ck_assert_ptr_nonnull(strstr(text, "Skulle ha lämnats"));
	ck_assert_str_eq(text + strlen(text) - 4, "…\n");
	json_decref(card);
	composed_done(&c);
	sample_done(&s);
}
END_TEST

static int read_text(void *userdata, const char *path, char **ret)
{
	(void)path;
	*ret = strdup(userdata);
	return *ret ? 0 : -ENOMEM;
}

/* A layout, and a part of what is said when it is loaded; NULL: it is good. */
static const struct {
	int line;
	char text[200];
	const char *fault;
} layouts[] = {
	{ __LINE__, "{\"a\": \"{{headline}}\"}", NULL },
	{ __LINE__, "{\"a\": [\"{{count}}\"{{#more}}, \"{{more}}\"{{/more}}]}", NULL },
	{ __LINE__, "{\"a\": [0{{#items}}, [1{{#owed}}, \"{{id}}\"{{/owed}}]{{/items}}]}", NULL },
	{ __LINE__, "{\"a\": {{count}}}", "card.json:1: with everything there is the card is not" },
	{ __LINE__, "{\"a\": \"{{headline}}}", "with everything there is" },
	{ __LINE__, "[\"{{headline}}\"]", "with everything there is" },
	{ __LINE__, "{\"a\": [{{#more}}1{{/more}}{{#recipient}}, 2{{/recipient}}]}",
	  "with recipient alone" },
	{ __LINE__, "{\"a\": [0{{#items}} \"y\"{{/items}}]}", "with everything there is" },
	{ __LINE__, "{\"a\": 1, {{#recipient}}\"b\": 1{{/recipient}}}", "with nothing optional" },
	{ __LINE__,
	  "{\"a\": [0{{#items}}, {\"b\": {{#late}}1{{/late}}{{^owed}}2{{/owed}}}{{/items}}]}",
	  "the card is not JSON" },
	{ __LINE__, "{{#recipient}}{}{{/recipient}}", "with nothing optional" },
};

START_TEST(a_layout_is_tried_when_it_is_loaded)
{
	struct template *t = NULL;
	char text[200], *error = NULL;
	int r;

	strcpy(text, layouts[_i].text);
	r = template_new(&t,
			 &(struct template_source){ "card.json", TEMPLATE_JSON, template_card_vars,
						    read_text, text },
			 &error);
	ck_assert_msg(r == 0, "line %d: %s", layouts[_i].line, error);
	r = card_check(t, "card.json", &error);
	if (layouts[_i].fault) {
		ck_assert_msg(r == -EINVAL, "line %d", layouts[_i].line);
		ck_assert_msg(strstr(error, layouts[_i].fault), "line %d: %s", layouts[_i].line,
			      error);
	} else {
		ck_assert_msg(r == 0, "line %d: %s", layouts[_i].line, error);
	}
	free(error);
	template_free(t);
}
END_TEST

UNIT_TESTS("message/card", UNIT_ROWS(every_message_becomes_a_card, SAMPLES *LANGUAGES),
	   UNIT(says_what_the_text_says), UNIT(is_never_too_large),
	   UNIT_ROWS(a_layout_is_tried_when_it_is_loaded, UNIT_COUNT(layouts)))
