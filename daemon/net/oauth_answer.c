/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A token is taken as it stands and never looked into: it is the mail server's to judge. What is checked is
 * that it can be handed on (RFC 6750 § 2.1), and is one that whoever has it may use ("Bearer").
 */
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/harmless.h"
#include "net/oauth_answer.h"

#define LIFE_MAX DAYS(1)	/* whatever the server says */
#define LIFE_UNSAID MINUTES(5)	/* § 5.1: expires_in is recommended, not required */
#define RENEW_BEFORE MINUTES(5) /* the end; of a short life a quarter */
#define LAST_BEFORE SECONDS(10) /* ... or a twentieth: a login takes its time too */

/* ---- what is refused ------------------------------------------------------------------------------- */

/* RFC 6749 § 5.2, and what Entra ID says for a scope of an application that it doesn't know. */
static const struct {
	const char *error, *advice;
} errors[] = {
	{ "invalid_client", "check client_id and client_secret_file" },
	{ "unauthorized_client",
	  "check client_id and token_url, and that the program may have tokens" },
	{ "invalid_scope", "check scope" },
	{ "invalid_resource", "check scope" },
	{ "invalid_request", "check token_url and scope" },
	{ "unsupported_grant_type", "the server gives none by client credentials" },
};

static const char *advice_on(const char *error)
{
	for (size_t i = 0; i < sizeof(errors) / sizeof(*errors); i++) {
		if (strcmp(errors[i].error, error) == 0)
			return errors[i].advice;
	}
	return "check the group oauth";
}

/* Up to the first line end: behind it stand numbers for the server's own people. */
static void first_line(char *out, size_t size, const char *text)
{
	harmless_line(out, size, text, strcspn(text, "\r\n"));
}

static void tell_refusal(const json_t *answer, const char *error, char *fault)
{
	const char *description = json_string_value(json_object_get(answer, "error_description"));
	char word[60], more[140];

	first_line(word, sizeof(word), error);
	first_line(more, sizeof(more), description ? description : "");
	snprintf(fault, OAUTH_FAULT, "gives no token (%s: %s)%s%s", word, advice_on(error),
		 *more ? ": " : "", more);
}

/* ---- what is given --------------------------------------------------------------------------------- */

/* Seconds; some servers write the number as text. -1: it is neither. */
static int64_t seconds_of(const json_t *value)
{
	const char *text = json_string_value(value);
	const double seconds = json_number_value(value); /* 0: it is no number */
	const double most = (double)LIFE_MAX.us / 1e6;

	if (text)
		return *text && strlen(text) < 10 && !text[strspn(text, "0123456789")] ? atoll(text)
										       : -1;
	return seconds >= 1 ? (int64_t)(seconds < most ? seconds : most) : -1;
}

static bool can_be_handed_on(const char *token)
{
	const size_t length = strlen(token);

	for (size_t i = 0; i < length; i++) {
		if (token[i] <= ' ' || token[i] > '~')
			return false;
	}
	return length > 0 && length <= TOKEN_MAX;
}

/* What is wrong with it, or NULL. */
static const char *take(struct token *ret, const json_t *answer)
{
	const char *token = json_string_value(json_object_get(answer, "access_token"));
	const char *type = json_string_value(json_object_get(answer, "token_type"));
	const json_t *life = json_object_get(answer, "expires_in");
	const int64_t seconds = life ? seconds_of(life) : LIFE_UNSAID.us / 1000000;

	if (!token)
		return "with no access_token in it";
	if (!type || strcasecmp(type, "Bearer") != 0)
		return "with a token whose token_type is not Bearer";
	if (!can_be_handed_on(token))
		return "with a token that is empty, too long or not plain ASCII";
	if (seconds <= 0)
		return "with a token whose expires_in is not a number of seconds to come";
	strcpy(ret->text, token);
	ret->life = seconds < LIFE_MAX.us / 1000000 ? SECONDS(seconds) : LIFE_MAX;
	return NULL;
}

/* The parser's copy of the token goes back to the heap: not as it was. */
static void wipe(json_t *answer)
{
	const json_t *token = json_object_get(answer, "access_token");
	const char *text = json_string_value(token);

	if (text)
		sodium_memzero((void *)(uintptr_t)text, json_string_length(token));
	json_decref(answer);
}

bool oauth_answer_read(struct token *ret, long status, const char *bytes, size_t length,
		       char ret_fault[static OAUTH_FAULT])
{
	json_t *answer = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, NULL);
	const char *error = json_string_value(json_object_get(answer, "error"));
	const char *wrong = "with what is no JSON: check token_url";

	if (error) {
		tell_refusal(answer, error, ret_fault);
	} else if (status >= 300 && status < 400) {
		snprintf(ret_fault, OAUTH_FAULT,
			 "leads elsewhere (status %ld), and a secret does not follow: check "
			 "token_url",
			 status);
	} else if (status != 200) {
		snprintf(ret_fault, OAUTH_FAULT, "gives no token: it answered with the status %ld",
			 status);
	} else {
		if (json_is_object(answer))
			wrong = take(ret, answer);
		if (wrong)
			snprintf(ret_fault, OAUTH_FAULT, "gives no token: it answered %s", wrong);
	}
	wipe(answer);
	return !error && status == 200 && !wrong;
}

/* ---- how long it is good for ----------------------------------------------------------------------- */

static int64_t shorter(struct duration usual, int64_t part)
{
	return usual.us < part ? usual.us : part;
}

struct token_term oauth_term(struct mono asked, struct duration life)
{
	return (struct token_term){
		.renew = { asked.us + life.us - shorter(RENEW_BEFORE, life.us / 4) },
		.end = { asked.us + life.us - shorter(LAST_BEFORE, life.us / 20) },
	};
}
