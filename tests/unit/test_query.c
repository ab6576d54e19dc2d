/* SPDX-License-Identifier: Apache-2.0 */
#include "protocol/query.h"

#include <string.h>

#include "protocol/event.h"
#include "tests/unit/unit.h"

static const struct {
	int line;
	const char *text;
	enum request request;
	enum reject_code code;
	const char *reason; /* a part of it */
} requests[] = {
	{ __LINE__, "{'query':'list'}", QUERY_LIST },
	{ __LINE__, "{'query':'list','params':{}}", QUERY_LIST },
	{ __LINE__, "{'query':'list','params':{'owner':'chef-akut','deadline':'RS-58@2026-05-26'}}",
	  QUERY_LIST },
	{ __LINE__, "{'query':'list','params':{'late':true,'all':false}}", QUERY_LIST },
	{ __LINE__, "{'query':'list','params':{'after':'17','limit':1}}", QUERY_LIST },
	{ __LINE__, "{'query':'list','params':{'limit':1000}}", QUERY_LIST },
	{ __LINE__, "{'query':'list','params':{'limit':10.0}}", QUERY_LIST },
	{ __LINE__, "{'command':'drop','params':{'id':1.25e2}}", COMMAND_DROP },
	{ __LINE__, "{'params':{'item':'HSN-03'},'query':'show'}", QUERY_SHOW },
	{ __LINE__, "{'query':'why','params':{'item':'HSN-03','person':'hsd'}}", QUERY_WHY },
	{ __LINE__, "{'query':'forecast','params':{'month':'2026-05'}}", QUERY_FORECAST },
	{ __LINE__, "{'query':'forecast','params':{'from':'2026-05-01','until':'2026-05-31'}}",
	  QUERY_FORECAST },
	{ __LINE__, "{'query':'report','params':{'deadline':'RS-58'}}", QUERY_REPORT },
	{ __LINE__, "{'query':'outbox'}", QUERY_OUTBOX },
	{ __LINE__, "{'query':'requests','params':{'state':'all','body':'RS'}}", QUERY_REQUESTS },
	{ __LINE__, "{'query':'whoami'}", QUERY_WHOAMI },
	{ __LINE__, "{'command':'reload'}", COMMAND_RELOAD },
	{ __LINE__, "{'command':'hold','params':{'on':true}}", COMMAND_HOLD },

	{ __LINE__, "{'command':'retry','params':{'id':1234567}}", COMMAND_RETRY },
	{ __LINE__, "{'command':'drop','params':{'id':1}}", COMMAND_DROP },
	{ __LINE__, "{'command':'verify'}", COMMAND_VERIFY },
	{ __LINE__, "{'command':'test','params':{'person':'chef-akut'}}", COMMAND_TEST },

	{ __LINE__, "{'command':'go','params':{'time':'2026-05-11T09:30'}}", COMMAND_GO },
	{ __LINE__, "{'command':'go','params':{'time':'2026-05-11T09:30:00+02:00'}}", COMMAND_GO },

	{ __LINE__, "{'command':'receive','params':{'upload':'a','piece':1,'bytes':'aGVq'}}",
	  COMMAND_RECEIVE },
	{ __LINE__,
	  "{'command':'receive','params':{'upload':'a','piece':2,'last':true,'to':'a@b.se'}}",
	  COMMAND_RECEIVE },
	{ __LINE__, "{'command':'receive','params':{'upload':'a','piece':1,'bytes':1}}", 0,
	  REJECT_BAD_DATA, "bytes 1 is not base64 of at most 512 KiB" },
	{ __LINE__, "{'command':'receive','params':{'piece':1,'bytes':''}}", 0, REJECT_BAD_DATA,
	  "params has no upload" },

	{ __LINE__, "{'query':'lst'}", 0, REJECT_UNKNOWN_TYPE,
	  "query \"lst\" is not one of list, show, why, forecast, report, outbox, " },
	{ __LINE__, "{'query':'reload'}", 0, REJECT_UNKNOWN_TYPE, "query \"reload\"" },
	{ __LINE__, "{'command':'list'}", 0, REJECT_UNKNOWN_TYPE,
	  "command \"list\" is not one of reload, hold, retry, drop, test, verify, go, backup" },
	{ __LINE__, "{'command':'forget'}", 0, REJECT_UNKNOWN_TYPE, "command \"forget\"" },
	{ __LINE__, "{'query':5}", 0, REJECT_UNKNOWN_TYPE, "query 5 is not" },
	{ __LINE__, "{'query':null}", 0, REJECT_UNKNOWN_TYPE, "query null is not" },
	{ __LINE__, "{'query':'list','command':'reload'}", 0, REJECT_BAD_EVENT, "either" },
	{ __LINE__, "{'query':'list','id':'1'}", 0, REJECT_BAD_EVENT, "params at most" },
	{ __LINE__, "{}", 0, REJECT_BAD_EVENT, "either" },
	{ __LINE__, "[]", 0, REJECT_BAD_EVENT, "either" },
	{ __LINE__, "{'query':'list','params':[]}", 0, REJECT_BAD_DATA,
	  "params is an array; it has to be an object" },
	{ __LINE__, "{'query':'list','params':null}", 0, REJECT_BAD_DATA, "params is null" },
	{ __LINE__, "{'query':'list','params':{'ownr':'a'}}", 0, REJECT_BAD_DATA,
	  "unknown member \"ownr\"; list takes owner, deadline, late, all, search, order, after, "
	  "limit" },
	{ __LINE__, "{'command':'reload','params':{'limit':1}}", 0, REJECT_BAD_DATA,
	  "reload takes none" },
	{ __LINE__, "{'command':'hold','params':{'after':'1','on':true}}", 0, REJECT_BAD_DATA,
	  "hold takes on" },
	{ __LINE__, "{'command':'hold'}", 0, REJECT_BAD_DATA, "params has no on" },
	{ __LINE__, "{'command':'hold','params':{'on':1}}", 0, REJECT_BAD_DATA,
	  "on 1 is not true or false" },
	{ __LINE__, "{'command':'retry'}", 0, REJECT_BAD_DATA, "params has no id" },
	{ __LINE__, "{'command':'drop','params':{'id':0}}", 0, REJECT_BAD_DATA,
	  "id 0 is not the number of a message" },
	{ __LINE__, "{'command':'drop','params':{'id':'7'}}", 0, REJECT_BAD_DATA, "id \"7\"" },
	{ __LINE__, "{'command':'backup'}", 0, REJECT_BAD_DATA, "params has no file" },
	{ __LINE__, "{'command':'go'}", 0, REJECT_BAD_DATA, "params has no time" },
	{ __LINE__, "{'command':'go','params':{'time':'2026-05-11'}}", 0, REJECT_BAD_DATA,
	  "time \"2026-05-11\" is not a time such as \"2026-05-11T09:30\"" },
	{ __LINE__, "{'query':'show'}", 0, REJECT_BAD_DATA, "params has no item" },
	{ __LINE__, "{'query':'show','params':{'item':'a b'}}", 0, REJECT_BAD_DATA,
	  "item \"a b\" is not an id" },
	{ __LINE__, "{'query':'show','params':{'item':null}}", 0, REJECT_BAD_DATA, "item null" },
	{ __LINE__, "{'query':'show','params':{'item':{}}}", 0, REJECT_BAD_DATA,
	  "item an object is not an id" },
	{ __LINE__, "{'query':'show','params':{'item':7}}", 0, REJECT_BAD_DATA, "item 7 is not" },
	{ __LINE__, "{'query':'forecast','params':{'from':20260501}}", 0, REJECT_BAD_DATA,
	  "from 20260501 is not a date" },
	{ __LINE__, "{'query':'forecast','params':{'month':5}}", 0, REJECT_BAD_DATA,
	  "month 5 is not a month" },
	{ __LINE__, "{'command':'go','params':{'time':true}}", 0, REJECT_BAD_DATA,
	  "time true is not a time" },
	{ __LINE__, "{'command':'hold','params':{'on':'true'}}", 0, REJECT_BAD_DATA,
	  "on \"true\" is not true or false" },
	{ __LINE__, "{'query':'list','params':{'after':17}}", 0, REJECT_BAD_DATA,
	  "after 17 is not a line of text" },
	{ __LINE__, "{'query':'forecast','params':{'from':'2026-02-30'}}", 0, REJECT_BAD_DATA,
	  "from \"2026-02-30\" is not a date that exists" },
	{ __LINE__, "{'query':'forecast','params':{'month':'2026-5'}}", 0, REJECT_BAD_DATA,
	  "month \"2026-5\" is not a month" },
	{ __LINE__, "{'query':'list','params':{'limit':0}}", 0, REJECT_BAD_DATA, "from 1 to 1000" },
	{ __LINE__, "{'query':'list','params':{'limit':1.5}}", 0, REJECT_BAD_DATA, "limit 1.5" },
	{ __LINE__, "{'query':'list','params':{'limit':1e30}}", 0, REJECT_BAD_DATA,
	  "from 1 to 1000" },
	{ __LINE__, "{'query':'list','params':{'limit':1001}}", 0, REJECT_BAD_DATA, "limit 1001" },
	{ __LINE__, "{'query':'list','params':{'limit':'1'}}", 0, REJECT_BAD_DATA, "limit \"1\"" },
	{ __LINE__, "{'query':'list','params':{'after':''}}", 0, REJECT_BAD_DATA, "after \"\"" },
	{ __LINE__, "{'query':'list','params':{'after':'a\\n'}}", 0, REJECT_BAD_DATA, "after" },
};

/* JSON with ' for ". */
static json_t *parse(const char *text)
{
	char *copy = strdup(text);
	struct rejection why;
	json_t *json;

	for (char *p = copy; (p = strchr(p, '\'')); p++)
		*p = '"';
	json = event_json(copy, strlen(copy), &why);
	ck_assert_msg(json, "%s: %s", text, why.reason);
	free(copy);
	return json;
}

START_TEST(a_request_is_known_or_refused_with_a_sentence)
{
	json_t *json = parse(requests[_i].text), *params = NULL;
	enum request request = REQUESTS;
	struct rejection why = { .code = REJECT_NONE };
	enum reject_code code = request_parse(json, &request, &params, &why);
	int line = requests[_i].line;
	const char *name;
	json_t *value;

	ck_assert_msg(code == requests[_i].code, "line %d: %s", line, why.reason);
	if (code == REJECT_NONE) {
		ck_assert_msg(request == requests[_i].request, "line %d", line);
		ck_assert_msg(json_is_object(params), "line %d", line);
		json_object_foreach (params, name, value)
			ck_assert_msg(!json_is_real(value), "line %d", line);
	} else {
		ck_assert_msg(request == REQUESTS && !params && why.code == code, "line %d", line);
		ck_assert_msg(strstr(why.reason, requests[_i].reason), "line %d: %s", line,
			      why.reason);
	}
	json_decref(json);
}
END_TEST

START_TEST(a_mark_is_bounded)
{
	char text[600];
	enum request request;
	struct rejection why;
	json_t *params;

	for (int n = 500; n <= 501; n++) {
		json_t *json = json_pack("{s:s,s:{s:s#}}", "query", "list", "params", "after",
					 memset(text, 'a', sizeof(text)), n);

		ck_assert_int_eq(request_parse(json, &request, &params, &why),
				 n == 500 ? REJECT_NONE : REJECT_BAD_DATA);
		json_decref(json);
	}
}
END_TEST

START_TEST(a_piece_is_bounded)
{
	const size_t most = (QUERY_PIECE_MAX + 2) / 3 * 4;
	char *text = memset(malloc(most + 1), 'a', most + 1);
	enum request request;
	struct rejection why;
	json_t *params;

	for (size_t n = most; n <= most + 1; n++) {
		json_t *json = json_pack("{s:s,s:{s:s,s:i,s:s#}}", "command", "receive", "params",
					 "upload", "a", "piece", 1, "bytes", text, (int)n);

		ck_assert_int_eq(request_parse(json, &request, &params, &why),
				 n == most ? REJECT_NONE : REJECT_BAD_DATA);
		json_decref(json);
	}
	free(text);
}
END_TEST

START_TEST(a_request_is_told_from_an_event)
{
	static const struct {
		const char *text;
		bool request;
	} rows[] = {
		{ "{'query':'list'}", true },
		{ "{'command':'reload'}", true },
		{ "{'query':null}", true },
		{ "{'specversion':'1.0','id':'1'}", false },
		{ "{'specversion':'1.0','query':'an extension'}", false },
		{ "{}", false },
		{ "[{'query':'list'}]", false },
	};

	for (size_t i = 0; i < UNIT_COUNT(rows); i++) {
		json_t *json = parse(rows[i].text);
		char *text = json_dumps(json, JSON_COMPACT);
		struct rejection why;
		struct parser *parser;

		ck_assert_int_eq(parser_new(&parser), 0);
		ck_assert_msg(request_is(parser_parse(parser, text, strlen(text), &why)) ==
				      rows[i].request,
			      "%s", rows[i].text);
		parser_free(parser);
		free(text);
		json_decref(json);
	}
}
END_TEST

START_TEST(the_table_is_whole)
{
	for (int i = 0; i < REQUESTS; i++) {
		const struct request_kind *kind = &request_kinds[i];

		ck_assert_ptr_nonnull(kind->name);
		ck_assert_ptr_nonnull(kind->what);
		ck_assert(kind->command == (i >= COMMAND_RELOAD));
		for (const struct request_param *param = kind->params; param->name; param++) {
			ck_assert_ptr_nonnull(param->what);
			ck_assert(param < kind->params + UNIT_COUNT(kind->params) - 1);
		}
	}
}
END_TEST

UNIT_TESTS("protocol/query",
	   UNIT_ROWS(a_request_is_known_or_refused_with_a_sentence, UNIT_COUNT(requests)),
	   UNIT(a_mark_is_bounded), UNIT(a_piece_is_bounded), UNIT(a_request_is_told_from_an_event),
	   UNIT(the_table_is_whole))
