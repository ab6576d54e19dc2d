/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mails that come in, as servers and people write them: tests/samples/incoming. Each was written anew for this test; their
 * structure, headers and wording are those of the program that the name tells.
 */
#include "message/incoming.h"

#include <stdlib.h>
#include <string.h>

#include "unit.h"

/* The tokens of the mail that they are about: of its envelope, and of its Message-ID. */
#define SENT "41-1-k3v7q2xw5n6hjd4ctb3fzrya"
#define MADE "41-0-m6r2y4sdf7gph3tq5wxk2jba"

static const struct {
	const char *file;
	enum incoming_what what;
	const char *tokens; /* all of them, in order */
	const char *status, *answer;
	const char *text;
} samples[] = {
	{ "failure-postfix", INCOMING_FAILURE, SENT " " MADE, "5.1.1",
	  "550 5.1.1 (address) Recipient address rejected: User unknown in local recipient table" },
	{ "automatic-outlook-sv", INCOMING_AUTOMATIC, MADE, "", "",
	  "Hej!\n\nJag är på semester till och med den 15 maj. Kontakta Börje Åberg i mitt "
	  "ställe." },
	{ "person-outlook-plain", INCOMING_PERSON, MADE, "", "",
	  "Klar, prognos 1,2 mnkr.\n\nUpphandlingen är avslutad, och avtalet börjar gälla den 1 "
	  "juni.\n\nMed vänliga hälsningar\nÅsa" },
};

static char *read_sample(const char *name, size_t *ret_length)
{
	char path[200], *bytes;
	FILE *file;

	snprintf(path, sizeof(path), "tests/samples/incoming/%s.eml", name);
	file = fopen(path, "rb");
	ck_assert_msg(file != NULL, "%s is not there", path);
	bytes = malloc(100000);
	*ret_length = fread(bytes, 1, 100000, file);
	fclose(file);
	return bytes;
}

static struct incoming *ck_read(const char *bytes, size_t length)
{
	struct incoming *in = NULL;

	ck_assert_int_eq(incoming_read(bytes, length, NULL, &in), 0);
	return in;
}

static void ck_is(const struct incoming *in, int i)
{
	char tokens[INCOMING_TOKENS * INCOMING_TOKEN] = "";

	for (size_t j = 0; j < in->token_count; j++) {
		strcat(tokens, j > 0 ? " " : "");
		strcat(tokens, in->tokens[j]);
	}
	ck_assert_int_eq(in->what, samples[i].what);
	ck_assert_str_eq(tokens, samples[i].tokens);
	ck_assert_str_eq(in->status, samples[i].status);
	ck_assert_str_eq(in->answer, samples[i].answer);
	ck_assert_str_eq(in->text ? in->text : "(none)",
			 samples[i].text ? samples[i].text : "(none)");
}

START_TEST(each_is_recognised)
{
	size_t length;
	char *bytes = read_sample(samples[_i].file, &length);
	struct incoming *in = ck_read(bytes, length);

	ck_is(in, _i);
	incoming_free(in);
	free(bytes);
}
END_TEST

/* As a server hands it over, with CRLF, and once more by another way. */
START_TEST(each_is_the_same_by_another_way_in)
{
	static const char trace[] = "From MAILER-DAEMON  Mon May  4 08:00:05 2026\n"
				    "Return-Path: <>\r\nReceived: by other.example; now\r\n";
	size_t length, n = strlen(trace);
	char *bytes = read_sample(samples[_i].file, &length), *other = malloc(2 * length + n);
	struct incoming *in = ck_read(bytes, length), *again;

	memcpy(other, trace, n);
	if (in->what == INCOMING_PERSON)
		n = 0;
	for (size_t i = 0; i < length; i++) {
		if (bytes[i] == '\n')
			other[n++] = '\r';
		other[n++] = bytes[i];
	}
	again = ck_read(other, n);
	ck_is(again, _i);
	ck_assert_str_eq(again->id, in->id);
	incoming_free(again);
	incoming_free(in);
	free(other);
	free(bytes);
}
END_TEST

UNIT_TESTS("message/incoming", UNIT_ROWS(each_is_recognised, UNIT_COUNT(samples)),
	   UNIT_ROWS(each_is_the_same_by_another_way_in, UNIT_COUNT(samples)))
