/* SPDX-License-Identifier: Apache-2.0 */
/* What a token server answers, and when its token is renewed. */
#include "net/oauth_answer.h"
#include "tests/unit/unit.h"

#define GIVEN "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"eyJ0.x-_~+/y==\"}"

static const struct {
	int line;
	const char *answer;
	int64_t life; /* s */
} good[] = {
	{ __LINE__, GIVEN, 3599 },
	{ __LINE__,
	  "{\"access_token\":\"a\",\"token_type\":\"bearer\",\"expires_in\":3600,\"scope\":\"x\","
	  "\"ext_expires_in\":3600}",
	  3600 },
	{ __LINE__, "{\"access_token\":\"a\",\"token_type\":\"BEARER\",\"expires_in\":\"3599\"}",
	  3599 },
	{ __LINE__, "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":59.9}", 59 },
	{ __LINE__, "{\"access_token\":\"a\",\"token_type\":\"Bearer\"}", 300 },
	{ __LINE__, "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":1}", 1 },
	{ __LINE__, "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":1e12}",
	  86400 },
	{ __LINE__, "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":1e300}",
	  86400 },
};

START_TEST(a_token_is_read)
{
	struct token token = { "" };
	char fault[OAUTH_FAULT] = "";
	const bool is =
		oauth_answer_read(&token, 200, good[_i].answer, strlen(good[_i].answer), fault);

	ck_assert_msg(is, "line %d: %s", good[_i].line, fault);
	ck_assert_msg(token.life.us == good[_i].life * 1000000, "line %d: %lld", good[_i].line,
		      (long long)token.life.us);
	ck_assert_str_eq(token.text, _i == 0 ? "eyJ0.x-_~+/y==" : "a");
}
END_TEST

static const struct {
	int line;
	long status;
	const char *answer, *fault;
} bad[] = {
	{ __LINE__, 401,
	  "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Invalid client "
	  "secret provided.\\r\\nTrace ID: 1\"}",
	  "gives no token (invalid_client: check client_id and client_secret_file): "
	  "AADSTS7000215: Invalid client secret provided." },
	{ __LINE__, 400, "{\"error\":\"invalid_scope\"}",
	  "gives no token (invalid_scope: check scope)" },
	{ __LINE__, 400,
	  "{\"error\":\"unauthorized_client\",\"error_description\":\"ask bo@region.se\"}",
	  "gives no token (unauthorized_client: check client_id and token_url, and that the "
	  "program may have tokens): ask (address)" },
	{ __LINE__, 400, "{\"error\":\"odd\\u001b[1m\\nx\",\"error_description\":7}",
	  "gives no token (odd?[1m: check the group oauth)" },
	/* An error is one whatever the status says, and whatever stands beside it. */
	{ __LINE__, 200,
	  "{\"error\":\"invalid_scope\",\"access_token\":\"a\",\"token_type\":\"bearer\"}",
	  "gives no token (invalid_scope: check scope)" },
	{ __LINE__, 302, "",
	  "leads elsewhere (status 302), and a secret does not follow: check token_url" },
	{ __LINE__, 503, "busy", "gives no token: it answered with the status 503" },
	{ __LINE__, 404, "{}", "gives no token: it answered with the status 404" },
	{ __LINE__, 201, GIVEN, "gives no token: it answered with the status 201" },
	{ __LINE__, 200, "<html>",
	  "gives no token: it answered with what is no JSON: check token_url" },
	{ __LINE__, 200, "", "gives no token: it answered with what is no JSON: check token_url" },
	{ __LINE__, 200, "[]",
	  "gives no token: it answered with what is no JSON: check token_url" },
	/* A name that stands twice is nobody's. */
	{ __LINE__, 200,
	  "{\"access_token\":\"a\",\"token_type\":\"mac\",\"token_type\":\"bearer\"}",
	  "gives no token: it answered with what is no JSON: check token_url" },
	{ __LINE__, 200, "{}", "gives no token: it answered with no access_token in it" },
	{ __LINE__, 200, "{\"access_token\":1,\"token_type\":\"bearer\"}",
	  "gives no token: it answered with no access_token in it" },
	{ __LINE__, 200, "{\"access_token\":\"a\",\"token_type\":\"mac\"}",
	  "gives no token: it answered with a token whose token_type is not Bearer" },
	{ __LINE__, 200, "{\"access_token\":\"a\"}",
	  "gives no token: it answered with a token whose token_type is not Bearer" },
	{ __LINE__, 200, "{\"access_token\":\"\",\"token_type\":\"bearer\"}",
	  "gives no token: it answered with a token that is empty, too long or not plain ASCII" },
	/* It would be a field of XOAUTH2's, or a line, of its own. */
	{ __LINE__, 200, "{\"access_token\":\"a\\u0001b\",\"token_type\":\"bearer\"}",
	  "gives no token: it answered with a token that is empty, too long or not plain ASCII" },
	{ __LINE__, 200, "{\"access_token\":\"a\\r\\nb\",\"token_type\":\"bearer\"}",
	  "gives no token: it answered with a token that is empty, too long or not plain ASCII" },
	{ __LINE__, 200, "{\"access_token\":\"a\",\"token_type\":\"bearer\",\"expires_in\":0}",
	  "gives no token: it answered with a token whose expires_in is not a number of seconds "
	  "to come" },
	{ __LINE__, 200, "{\"access_token\":\"a\",\"token_type\":\"bearer\",\"expires_in\":-5}",
	  "gives no token: it answered with a token whose expires_in is not a number of seconds "
	  "to come" },
	{ __LINE__, 200,
	  "{\"access_token\":\"a\",\"token_type\":\"bearer\",\"expires_in\":\"soon\"}",
	  "gives no token: it answered with a token whose expires_in is not a number of seconds "
	  "to come" },
	{ __LINE__, 200, "{\"access_token\":\"a\",\"token_type\":\"bearer\",\"expires_in\":null}",
	  "gives no token: it answered with a token whose expires_in is not a number of seconds "
	  "to come" },
};

START_TEST(what_is_no_token_is_told_in_a_sentence)
{
	struct token token = { "" };
	char fault[OAUTH_FAULT] = "";

	ck_assert(!oauth_answer_read(&token, bad[_i].status, bad[_i].answer, strlen(bad[_i].answer),
				     fault));
	ck_assert_msg(strcmp(fault, bad[_i].fault) == 0, "line %d: %s", bad[_i].line, fault);
	ck_assert_str_eq(token.text, "");
}
END_TEST

START_TEST(a_token_is_bounded)
{
	const size_t most = TOKEN_MAX;
	char *answer = malloc(most + 200), fault[OAUTH_FAULT] = "";
	struct token token;

	for (size_t length = most; length <= most + 1; length++) {
		size_t n =
			(size_t)sprintf(answer, "{\"token_type\":\"bearer\",\"access_token\":\"");

		memset(answer + n, 'x', length);
		strcpy(answer + n + length, "\"}");
		ck_assert(oauth_answer_read(&token, 200, answer, strlen(answer), fault) ==
			  (length == most));
	}
	free(answer);
}
END_TEST

static const struct {
	int line;
	int64_t life, renew, end; /* ms after it was asked for */
} terms[] = {
	{ __LINE__, 3600000, 3300000, 3590000 },
	{ __LINE__, 1200000, 900000, 1190000 },
	{ __LINE__, 600000, 450000, 590000 },
	{ __LINE__, 60000, 45000, 57000 },
	{ __LINE__, 1000, 750, 950 },
};

START_TEST(it_is_renewed_before_its_end)
{
	const struct mono asked = { 5000 };
	const struct token_term term =
		oauth_term(asked, (struct duration){ terms[_i].life * 1000 });

	ck_assert_msg(term.renew.us == 5000 + terms[_i].renew * 1000, "line %d", terms[_i].line);
	ck_assert_msg(term.end.us == 5000 + terms[_i].end * 1000, "line %d", terms[_i].line);
}
END_TEST

UNIT_TESTS("net/oauth_answer", UNIT_ROWS(a_token_is_read, UNIT_COUNT(good)),
	   UNIT_ROWS(what_is_no_token_is_told_in_a_sentence, UNIT_COUNT(bad)),
	   UNIT(a_token_is_bounded), UNIT_ROWS(it_is_renewed_before_its_end, UNIT_COUNT(terms)))
