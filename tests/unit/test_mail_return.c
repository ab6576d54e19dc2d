/* SPDX-License-Identifier: Apache-2.0 */
/* What a mail carries to be known by when it comes back, and what it says of replies. */
#include <string.h>

#include "message/mail_part.h"
#include "tests/unit/loaded.h"
#include "tests/unit/notices.h"
#include "tests/unit/unit.h"

#define TOKEN_41 "41-0-q4a6czoy27dtmswafyxduklg"
#define TOKEN_42 "42-0-wtsikqdcgyptx2qstmge7brn"
#define TOKEN_0 "0-0-mfu2ao67gbx6nrvmjlsfmdcb"

static struct settings returning(void)
{
	struct settings settings = sample_settings;

	settings.mail.return_path = "studs@region.example";
	return settings;
}

/* A part of the sample's mail; freed by the caller. id gets its Message-ID. */
static char *part_of(const struct settings *settings, const struct sample *s, enum mail_part part,
		     char id[static 400])
{
	struct composing with = sample_composing(loaded, SAMPLE_NOW);
	struct composed c;
	char *text = NULL;

	with.settings = settings;
	ck_assert_int_eq(mail_compose(&with, &s->notice, &c), 0);
	ck_assert_int_eq(mail_part_read(&c, part, &text), 0);
	strcpy(id, c.id);
	composed_done(&c);
	return text;
}

static void has(const struct settings *settings, const struct sample *s, enum mail_part part,
		const char *said)
{
	char id[400], *text = part_of(settings, s, part, id);

	for (char *c = text; part == MAIL_TEXT && *c; c++)
		*c = *c == '\n' ? ' ' : *c;
	ck_assert_msg(strstr(text, said) != NULL, "%s is not in %s", said, text);
	free(text);
}

/* The sample key is that of a store in which 41 is the first message since it has a key. */
static const struct {
	int64_t number;
	const char *id;
} numbered[] = {
	{ 41, "paminn.01JTEST." TOKEN_41 "@region.example" },
	{ 42, "paminn.01JTEST." TOKEN_42 "@region.example" },
	{ 0, "paminn.01JTEST." TOKEN_0 "@region.example" }, /* a preview */
	{ 40, "paminn.01JTEST.40@region.example" },
	{ 1, "paminn.01JTEST.1@region.example" },
};

START_TEST(a_message_id_is_signed_and_one_from_before_stays)
{
	struct sample s;
	char id[400];

	sample_reminder(&s, LANGUAGE_SV);
	s.notice.message.id = message_id(numbered[_i].number);
	for (int attempts = 0; attempts < 3; attempts++) {
		s.notice.message.attempts = attempts;
		free(part_of(&sample_settings, &s, MAIL_HEADERS, id));
		ck_assert_str_eq(id, numbered[_i].id);
	}
}
END_TEST

START_TEST(a_reply_goes_to_the_return_address)
{
	const struct settings settings = returning();
	struct sample s;

	sample_reminder(&s, LANGUAGE_SV);
	has(&sample_settings, &s, MAIL_HEADERS, "Reply-To: stod@region.example\n");
	has(&settings, &s, MAIL_HEADERS, "Reply-To: Påminn <studs+" TOKEN_41 "@region.example>\n");
	has(&settings, &s, MAIL_HEADERS, "From: Påminn <paminn@region.example>\n");
}
END_TEST

#define GOES_SV "går till stod@region.example, läses av en handläggare och blir en allmän handling."
#define GOES_EN                                                                    \
	"goes to stod@region.example, is read by a member of staff and becomes a " \
	"public record."
#define HEARD_SV                                                                      \
	"antecknas i Påminn, skickas vidare till stod@region.example, läses av en " \
	"handläggare och blir en allmän handling."
#define HEARD_EN                                                                               \
	"is noted in Påminn, passed on to stod@region.example, is read by a member of staff " \
	"and becomes a public record."

START_TEST(the_mail_says_what_becomes_of_a_reply)
{
	static const struct {
		sample_fn *sample;
		const char *before[LANGUAGES];
	} mails[] = {
		{ sample_reminder, { "Ditt mejl ", "Your email " } },
		{ sample_moved, { "Svaret ", "Your reply " } },
	};
	const struct settings settings = returning();
	struct sample s;
	char said[300];

	for (size_t i = 0; i < sizeof(mails) / sizeof(mails[0]); i++) {
		for (enum language l = 0; l < LANGUAGES; l++) {
			mails[i].sample(&s, l);
			for (enum mail_part part = MAIL_TEXT; part <= MAIL_HTML; part++) {
				snprintf(said, sizeof(said), "%s%s", mails[i].before[l],
					 l == LANGUAGE_SV ? GOES_SV : GOES_EN);
				has(&sample_settings, &s, part, said);
				snprintf(said, sizeof(said), "%s%s", mails[i].before[l],
					 l == LANGUAGE_SV ? HEARD_SV : HEARD_EN);
				has(&settings, &s, part, said);
			}
			sample_done(&s);
		}
	}
}
END_TEST

UNIT_TESTS("message/mail_return",
	   UNIT_ROWS(a_message_id_is_signed_and_one_from_before_stays,
		     sizeof(numbered) / sizeof(numbered[0])),
	   UNIT(a_reply_goes_to_the_return_address), UNIT(the_mail_says_what_becomes_of_a_reply))
