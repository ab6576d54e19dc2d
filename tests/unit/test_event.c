/* SPDX-License-Identifier: Apache-2.0 */
#include "protocol/event.h"

#include <string.h>

#include "tests/unit/unit.h"

/* 2026-05-11T10:00:00+02:00, the daemon's clock in these tests. */
#define NOW ((struct instant){ INT64_C(1778486400000000) })

/* What json holds is quoted with ' in these tests, for the reader's sake. */
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

/* A right event, with the members of changes (a JSON object) put in or, where null, taken out. */
static json_t *event_with(const char *changes)
{
	json_t *json = parse("{'specversion':'1.0','id':'01J','source':'/people/chef-akut',"
			     "'type':'paminn.status','subject':'HSN-03','data':{}}");
	json_t *change = parse(changes), *value;
	const char *name;

	json_object_foreach (change, name, value) {
		if (json_is_null(value))
			json_object_del(json, name);
		else
			json_object_set(json, name, value);
	}
	json_decref(change);
	return json;
}

static json_t *event_of(const char *type, const char *data)
{
	json_t *json = event_with("{}");

	json_object_set_new(json, "type", json_string(type));
	json_object_set_new(json, "data", parse(data));
	return json;
}

/* As a peer's text is parsed; it lasts until the next. */
static const struct parsed *parse_text(const char *text)
{
	static struct parser *parser;
	static char *kept;
	const struct parsed *parsed;
	struct rejection why;

	free(kept);
	kept = strdup(text);
	if (!parser)
		ck_assert_int_eq(parser_new(&parser), 0);
	parsed = parser_parse(parser, kept, strlen(kept), &why);
	ck_assert_msg(parsed, "%s: %s", text, why.reason);
	return parsed;
}

/* json is stolen. */
static const struct parsed *parsed_of(json_t *json)
{
	char *text = json_dumps(json, JSON_COMPACT);
	const struct parsed *parsed = parse_text(text);

	free(text);
	json_decref(json);
	return parsed;
}

static enum reject_code decode_parsed(const struct parsed *json, struct event *event,
				      struct rejection *why)
{
	enum reject_code code = event_envelope(json, NOW, event, why);

	return code == REJECT_NONE ? event_data(event, why) : code;
}

/* Decode json (stolen) as far as it goes. */
static enum reject_code decode(json_t *json, struct event *event, struct rejection *why)
{
	return decode_parsed(parsed_of(json), event, why);
}

/* The same of data as it is written here, numbers in their forms. */
static enum reject_code decode_data(const char *type, const char *data, struct event *event,
				    struct rejection *why)
{
	char text[4000];

	snprintf(text, sizeof(text),
		 "{'specversion':'1.0','id':'01J','source':'/people/chef-akut','type':'%s',"
		 "'subject':'HSN-03','data':%s}",
		 type, data);
	for (char *p = text; (p = strchr(p, '\'')); p++)
		*p = '"';
	return decode_parsed(parse_text(text), event, why);
}

/* ---- JSON ---- */

static const struct {
	int line;
	const char *text;
	size_t n; /* 0: strlen */
} no_json[] = {
	{ __LINE__, "" },
	{ __LINE__, " " },
	{ __LINE__, "{" },
	{ __LINE__, "{}}" },
	{ __LINE__, "{} x" },
	{ __LINE__, "{}{}" },
	{ __LINE__, "[1,]" },
	{ __LINE__, "{\"a\":1,}" },
	{ __LINE__, "{'a':1}" },
	{ __LINE__, "{a:1}" },
	{ __LINE__, "{\"a\" 1}" },
	{ __LINE__, "{\"a\":01}" },
	{ __LINE__, "{\"a\":+1}" },
	{ __LINE__, "{\"a\":.5}" },
	{ __LINE__, "{\"a\":1.}" },
	{ __LINE__, "{\"a\":0x1}" },
	{ __LINE__, "{\"a\":NaN}" },
	{ __LINE__, "{\"a\":Infinity}" },
	{ __LINE__, "{\"a\":True}" },
	{ __LINE__, "{\"a\":1,\"a\":1}" },
	{ __LINE__, "{\"a\":{\"b\":1,\"b\":2}}" },
	{ __LINE__, "{\"a\":1,\"\\u0061\":2}" },
	{ __LINE__, "{\"a\":\"\\u0000\"}" },
	{ __LINE__, "{\"a\\u0000\":1}" },
	{ __LINE__, "{\"a\":\"\0\"}", 9 },
	{ __LINE__, "{}\0", 3 },
	{ __LINE__, "{\"a\":\"\n\"}" },
	{ __LINE__, "{\"a\":\"\t\"}" },
	{ __LINE__, "{\"a\":\"\\x\"}" },
	{ __LINE__, "{\"a\":\"\\ud800\"}" },
	{ __LINE__, "{\"a\":\"\\udc00\\ud800\"}" },
	{ __LINE__, "{\"a\":\"\xff\"}" },
	{ __LINE__, "{\"a\":\"\xc0\x80\"}" },
	{ __LINE__, "{\"a\":\"\xed\xa0\x80\"}" },
	{ __LINE__, "{\"a\":\"\xe2\x82\"}" },
	{ __LINE__, "\xef\xbb\xbf{}" },
	{ __LINE__, "\xff\xfe{\0}\0", 6 },
	{ __LINE__, "{\"a\":\"unclosed}" },
	{ __LINE__, "// note\n{}" },
	{ __LINE__, "{/* note */}" },
	{ __LINE__, "]" },
	{ __LINE__, "{\"a\":\"\\u00" },
	{ __LINE__, "{\"a\":\"\\u00.1\"}" },
	{ __LINE__, "{\"a\":\"\\u00g1\"}" },
	{ __LINE__, "{\"a\":\"\\ud83d" },
	{ __LINE__, "{\"a\":\"\\ud83dx1\"}" },
	{ __LINE__, "{\"a\":\"\\ud83d\\n1\"}" },
	{ __LINE__, "{\"a\":\"\\ud83d\\u0041\"}" },
	{ __LINE__, "{\"a\":\"\\ud83d\\ue000\"}" },
	{ __LINE__, "{\"a\":nulL}" },
};

START_TEST(what_is_not_json_is_refused)
{
	size_t n = no_json[_i].n ? no_json[_i].n : strlen(no_json[_i].text);
	char *exact = malloc(n ? n : 1); /* so that reading further is seen */
	struct rejection why = { .code = REJECT_NONE };
	struct parser *parser;

	ck_assert_int_eq(parser_new(&parser), 0);
	memcpy(exact, no_json[_i].text, n);
	ck_assert_msg(!parser_parse(parser, exact, n, &why), "line %d", no_json[_i].line);
	ck_assert_int_eq(why.code, REJECT_BAD_JSON);
	ck_assert(text_is_clean(why.reason, strlen(why.reason), false));
	ck_assert_msg(strstr(why.reason, "line ") && strstr(why.reason, "column "), "%s",
		      why.reason);
	ck_assert_ptr_null(event_json(exact, n, &why));
	parser_free(parser);
	free(exact);
}
END_TEST

START_TEST(depth_is_bounded)
{
	char text[100];
	struct rejection why;
	json_t *json;

	for (int depth = 15; depth <= 17; depth++) {
		snprintf(text, sizeof(text), "%.*s\"]]]]\\\"[[[[\"%.*s", depth,
			 "[[[[[[[[[[[[[[[[[[[[", depth, "]]]]]]]]]]]]]]]]]]]]");
		json = event_json(text, strlen(text), &why);
		ck_assert_msg(!!json == (depth <= 16), "depth %d", depth);
		json_decref(json);
	}
	ck_assert_int_eq(why.code, REJECT_BAD_JSON);
	ck_assert_ptr_nonnull(strstr(why.reason, "16 levels"));

	/* Many side by side are not deep. */
	json = parse("[[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],{},{},{},{}]");
	json_decref(json);
}
END_TEST

/* ---- envelope ---- */

static const struct {
	int line;
	const char *changes;
	enum reject_code code;
	const char *reason; /* a part of it */
} envelopes[] = {
	{ __LINE__, "{}" },
	{ __LINE__, "{'id':'å – €'}" },
	{ __LINE__, "{'time':'2026-05-11T09:30:00+02:00'}" },
	{ __LINE__, "{'time':'2026-05-11T10:05:00+02:00'}" },
	{ __LINE__, "{'time':'1999-12-31T23:59:59Z'}" },
	{ __LINE__, "{'sequence':'0'}" },
	{ __LINE__, "{'sequence':'0017'}" },
	{ __LINE__, "{'sequence':'9223372036854775807'}" },
	{ __LINE__, "{'datacontenttype':'application/json'}" },
	{ __LINE__, "{'datacontenttype':'Application/JSON'}" },
	{ __LINE__, "{'datacontenttype':'application/json; charset=utf-8'}" },
	{ __LINE__, "{'traceparent':'00-1','partitionkey':5,'sampled':true}" },
	{ __LINE__, "{'sampled':false,'b3':'1','zone09':'a'}" },
	{ __LINE__, "{'subject':'RS-58@2026-05-26'}" },
	{ __LINE__, "{'source':'/local/anna'}" },

	{ __LINE__, "{'specversion':null}", REJECT_BAD_EVENT, "the event has no specversion" },
	{ __LINE__, "{'id':null}", REJECT_BAD_EVENT, "the event has no id" },
	{ __LINE__, "{'source':null}", REJECT_BAD_EVENT, "the event has no source" },
	{ __LINE__, "{'type':null}", REJECT_BAD_EVENT, "the event has no type" },
	{ __LINE__, "{'subject':null}", REJECT_BAD_EVENT, "the event has no subject" },
	{ __LINE__, "{'data':null}", REJECT_BAD_EVENT, "the event has no data" },
	{ __LINE__, "{'specversion':'0.3'}", REJECT_BAD_EVENT,
	  "specversion \"0.3\" is not \"1.0\"" },
	{ __LINE__, "{'specversion':1.0}", REJECT_BAD_EVENT, "specversion 1.0" },
	{ __LINE__, "{'id':''}", REJECT_BAD_EVENT, "id \"\"" },
	{ __LINE__, "{'id':7}", REJECT_BAD_EVENT, "id 7" },
	{ __LINE__, "{'id':'a\\nb'}", REJECT_BAD_EVENT, "id \"a?b\"" },
	{ __LINE__, "{'id':'a\\u0085b'}", REJECT_BAD_EVENT, "id \"a?b\"" },
	{ __LINE__, "{'id':{}}", REJECT_BAD_EVENT, "id an object" },
	{ __LINE__, "{'source':''}", REJECT_BAD_EVENT, "source \"\"" },
	{ __LINE__, "{'source':[]}", REJECT_BAD_EVENT, "source an array" },
	{ __LINE__, "{'source':'/people/a\\u001b'}", REJECT_BAD_EVENT, "source \"/people/a?\"" },
	{ __LINE__, "{'type':''}", REJECT_BAD_EVENT, "type \"\"" },
	{ __LINE__, "{'type':true}", REJECT_BAD_EVENT, "type true" },
	{ __LINE__, "{'type':'paminn.erase'}", REJECT_UNKNOWN_TYPE,
	  "type \"paminn.erase\" is not one of paminn.status, paminn.submit, paminn.outcome, "
	  "paminn.seen, paminn.extend, paminn.assign, paminn.absence, paminn.meeting, "
	  "paminn.note" },
	{ __LINE__, "{'type':'paminn.Status'}", REJECT_UNKNOWN_TYPE, "paminn.Status" },
	{ __LINE__, "{'subject':''}", REJECT_BAD_EVENT, "subject \"\" is not an id" },
	{ __LINE__, "{'subject':'a b'}", REJECT_BAD_EVENT, "subject \"a b\" is not an id" },
	{ __LINE__, "{'subject':'RS-58@2026-02-30'}", REJECT_BAD_EVENT, "subject \"RS-58@2026" },
	{ __LINE__, "{'subject':3}", REJECT_BAD_EVENT, "subject 3" },
	{ __LINE__, "{'time':'2026-05-11'}", REJECT_BAD_EVENT, "RFC 3339 time with an offset" },
	{ __LINE__, "{'time':'2026-05-11T09:30:00'}", REJECT_BAD_EVENT, "RFC 3339" },
	{ __LINE__, "{'time':1778484600}", REJECT_BAD_EVENT, "time 1778484600" },
	{ __LINE__, "{'time':'2026-05-11T10:05:00.000001+02:00'}", REJECT_BAD_EVENT,
	  "more than 5 minutes ahead of the daemon's clock, 2026-05-11T08:00:00Z" },
	{ __LINE__, "{'time':'2199-12-31T23:59:59Z'}", REJECT_BAD_EVENT, "ahead" },
	{ __LINE__, "{'sequence':17}", REJECT_BAD_EVENT, "sequence 17" },
	{ __LINE__, "{'sequence':''}", REJECT_BAD_EVENT, "sequence \"\"" },
	{ __LINE__, "{'sequence':'-1'}", REJECT_BAD_EVENT, "sequence \"-1\"" },
	{ __LINE__, "{'sequence':'1a'}", REJECT_BAD_EVENT, "sequence \"1a\"" },
	{ __LINE__, "{'sequence':'9223372036854775808'}", REJECT_BAD_EVENT, "at most 92233720" },
	{ __LINE__, "{'sequence':'00000000000000000001'}", REJECT_BAD_EVENT, "sequence" },
	{ __LINE__, "{'datacontenttype':'text/plain'}", REJECT_BAD_EVENT, "datacontenttype" },
	{ __LINE__, "{'datacontenttype':5}", REJECT_BAD_EVENT, "datacontenttype 5 is not" },
	{ __LINE__, "{'datacontenttype':'application/jsonl'}", REJECT_BAD_EVENT, "datacontent" },
	{ __LINE__, "{'data_base64':'e30='}", REJECT_BAD_EVENT, "data_base64 is not taken" },
	{ __LINE__, "{'traceParent':'1'}", REJECT_BAD_EVENT, "\"traceParent\"" },
	{ __LINE__, "{'':'1'}", REJECT_BAD_EVENT, "\"\" can not" },
	{ __LINE__, "{'my_ext':'1'}", REJECT_BAD_EVENT, "a-z and 0-9" },
	{ __LINE__, "{'my-ext':'1'}", REJECT_BAD_EVENT, "a-z and 0-9" },
	{ __LINE__, "{'my|ext':'1'}", REJECT_BAD_EVENT, "a-z and 0-9" },
	{ __LINE__, "{'my:ext':'1'}", REJECT_BAD_EVENT, "a-z and 0-9" },
	{ __LINE__, "{'ext':{}}", REJECT_BAD_EVENT, "attribute ext is an object" },
	{ __LINE__, "{'ext':[]}", REJECT_BAD_EVENT, "attribute ext is an array" },
	{ __LINE__, "{'ext':1.5}", REJECT_BAD_EVENT, "attribute ext is 1.5" },
	{ __LINE__, "{'ext':'a\\n'}", REJECT_BAD_EVENT, "attribute ext" },
};

START_TEST(an_envelope_is_right_or_refused_with_a_sentence)
{
	json_t *json = event_with(envelopes[_i].changes);
	struct rejection why = { .code = REJECT_NONE };
	struct event event;
	enum reject_code code = event_envelope(parsed_of(json), NOW, &event, &why);
	int line = envelopes[_i].line;

	ck_assert_msg(code == envelopes[_i].code, "line %d: %s", line, why.reason);
	ck_assert_msg(why.code == code, "line %d", line);
	if (code != REJECT_NONE)
		ck_assert_msg(strstr(why.reason, envelopes[_i].reason), "line %d: %s", line,
			      why.reason);
}
END_TEST

START_TEST(the_id_is_known_even_of_a_wrong_event)
{
	static const struct {
		const char *text, *id;
	} rows[] = {
		{ "{'id':'01J'}", "01J" },
		{ "{'type':'nothing','id':'01J','specversion':'0.3'}", "01J" },
		{ "{'id':7}", NULL },
		{ "{}", NULL },
		{ "[{'id':'01J'}]", NULL },
	};

	for (size_t i = 0; i < UNIT_COUNT(rows); i++) {
		json_t *json = parse(rows[i].text);
		struct rejection why;
		struct event event;

		ck_assert_int_eq(event_envelope(parsed_of(json), NOW, &event, &why),
				 REJECT_BAD_EVENT);
		if (rows[i].id)
			ck_assert_str_eq(event.id, rows[i].id);
		else
			ck_assert_ptr_null(event.id);
	}
}
END_TEST

START_TEST(an_envelope_is_decoded_whole)
{
	struct rejection why;
	struct event event;
	json_t *json = event_with("{'time':'2026-05-11T09:30:00+02:00','sequence':'17',"
				  "'traceparent':'00-1'}");

	ck_assert_int_eq(event_envelope(parsed_of(json), NOW, &event, &why), REJECT_NONE);
	ck_assert_int_eq(event.type, EVENT_STATUS);
	ck_assert_str_eq(event.id, "01J");
	ck_assert_str_eq(event.source, "/people/chef-akut");
	ck_assert_str_eq(event.subject, "HSN-03");
	ck_assert_int_eq(event.time.us, INT64_C(1778484600000000));
	ck_assert(event.sequence.given);
	ck_assert_int_eq(event.sequence.value, 17);
	ck_assert_str_eq(parsed_string(parsed_get(event.json, "traceparent")), "00-1");

	json = event_with("{}");
	json_object_set_new(json, "time", json_null()); /* the same as left out */
	ck_assert_int_eq(event_envelope(parsed_of(json), NOW, &event, &why), REJECT_NONE);
	ck_assert(instant_is_none(event.time));
	ck_assert(!event.sequence.given);
}
END_TEST

/* n characters, each the UTF-8 of one, as a JSON object {name: …} with the members of more. */
static json_t *with_text(const char *name, size_t n, const char *character, json_t *more)
{
	size_t width = strlen(character);
	char *text = malloc(n * width + 1);

	for (size_t i = 0; i < n; i++)
		memcpy(text + i * width, character, width);
	text[n * width] = '\0';
	json_object_set_new(more, name, json_string(text));
	free(text);
	return more;
}

START_TEST(envelope_texts_are_bounded)
{
	static const struct {
		int line;
		const char *name;
		size_t most;
		const char *character;
	} rows[] = {
		{ __LINE__, "id", EVENT_ID_MAX, "a" },
		{ __LINE__, "id", EVENT_ID_MAX, "å" },
		{ __LINE__, "source", SOURCE_MAX, "a" },
		{ __LINE__, "source", SOURCE_MAX / 2, "å" },
		{ __LINE__, "subject", ID_MAX, "a" },
	};
	struct rejection why;
	struct event event;

	for (size_t i = 0; i < UNIT_COUNT(rows); i++) {
		for (size_t over = 0; over < 2; over++) {
			json_t *json = with_text(rows[i].name, rows[i].most + over,
						 rows[i].character, event_with("{}"));

			ck_assert_msg(event_envelope(parsed_of(json), NOW, &event, &why) ==
					      (over ? REJECT_BAD_EVENT : REJECT_NONE),
				      "line %d", rows[i].line);
		}
	}
}
END_TEST

/* ---- data ---- */

static const struct {
	int line;
	const char *type, *data, *reason; /* a part of it; NULL: it is right */
} datas[] = {
	{ __LINE__, "paminn.status", "{'status':'on-track','progress':0}", NULL },
	{ __LINE__, "paminn.status", "{'status':'done','progress':100}", NULL },
	{ __LINE__, "paminn.status", "{'status':'cancelled','effect_achieved':-5}", NULL },
	{ __LINE__, "paminn.status", "{'status':'at-risk','effect_forecast':1000000000000000}",
	  NULL },
	{ __LINE__, "paminn.status", "{'status':'at-risk','effect_achieved':-1000000000000000}",
	  NULL },
	{ __LINE__, "paminn.status", "{'status':'off-track','note':'a\\n\\tb','needs_support':'c'}",
	  NULL },
	{ __LINE__, "paminn.status", "[]", "data is an array" },
	{ __LINE__, "paminn.status", "{}", "data has no status, which paminn.status requires" },
	{ __LINE__, "paminn.status", "{'progress':5}", "data has no status" },
	{ __LINE__, "paminn.status", "{'status':'on-trak'}",
	  "status \"on-trak\" is not one of not-started, on-track, at-risk, off-track, done, "
	  "cancelled" },
	{ __LINE__, "paminn.status", "{'status':'ON-TRACK'}", "status \"ON-TRACK\"" },
	{ __LINE__, "paminn.status", "{'status':''}", "status \"\"" },
	{ __LINE__, "paminn.status", "{'status':1}", "status 1 is not one of" },
	{ __LINE__, "paminn.status", "{'status':null}",
	  "data has no status, which paminn.status requires" },
	{ __LINE__, "paminn.status", "{'status':'done','progres':null}",
	  "unknown field \"progres\"" },
	{ __LINE__, "paminn.status", "{'status':'done','progres':1}",
	  "unknown field \"progres\"; paminn.status takes status, progress, effect_achieved, "
	  "effect_forecast, needs_support, note, done_forecast, link" },
	{ __LINE__, "paminn.status", "{'status':'done','':1}", "unknown field \"\"" },
	{ __LINE__, "paminn.status", "{'status':'done','progress':-1}", "progress -1" },
	{ __LINE__, "paminn.status", "{'status':'done','progress':101}",
	  "progress 101 is not a whole number from 0 to 100" },
	/* As a spreadsheet's export has whole numbers, and what it has where there is none. */
	{ __LINE__, "paminn.status", "{'status':'done','progress':40.0}", NULL },
	{ __LINE__, "paminn.status", "{'status':'done','progress':-0.0}", NULL },
	{ __LINE__, "paminn.status", "{'status':'done','progress':1e2}", NULL },
	{ __LINE__, "paminn.status", "{'status':'done','effect_achieved':1250000.0}", NULL },
	{ __LINE__, "paminn.status", "{'status':'done','effect_achieved':-1.25e6}", NULL },
	{ __LINE__, "paminn.status", "{'status':'done','effect_achieved':1E15}", NULL },
	{ __LINE__, "paminn.status", "{'status':'done','effect_forecast':null}", NULL },
	{ __LINE__, "paminn.status",
	  "{'status':'done','progress':null,'note':null,'needs_support':null}", NULL },
	{ __LINE__, "paminn.status", "{'status':'done','progress':12.5}",
	  "progress 12.5 is not a whole number from 0 to 100" },
	{ __LINE__, "paminn.status", "{'status':'done','progress':0.1}", "progress 0.1 is not" },
	{ __LINE__, "paminn.status", "{'status':'done','progress':1.001e2}", "progress 1.001e2" },
	{ __LINE__, "paminn.status", "{'status':'done','progress':1.01e2}", "progress 1.01e2" },
	{ __LINE__, "paminn.status", "{'status':'done','effect_achieved':1000000000000000.5}",
	  "effect_achieved" },
	{ __LINE__, "paminn.status", "{'status':'done','effect_achieved':1e16}",
	  "effect_achieved" },
	{ __LINE__, "paminn.status", "{'status':'done','effect_achieved':-1e300}",
	  "effect_achieved" },
	{ __LINE__, "paminn.status", "{'status':'done','progress':'12'}", "progress \"12\"" },
	{ __LINE__, "paminn.status", "{'status':'done','progress':true}", "progress true" },
	{ __LINE__, "paminn.status", "{'status':'done','effect_achieved':1000000000000001}",
	  "effect_achieved 1000000000000001 is not a whole number from -1000000000000000" },
	{ __LINE__, "paminn.status", "{'status':'done','effect_achieved':-1000000000000001}",
	  "effect_achieved" },
	{ __LINE__, "paminn.status", "{'status':'done','effect_forecast':1000000000000001}",
	  "effect_forecast" },
	{ __LINE__, "paminn.status", "{'status':'done','effect_forecast':-1000000000000001}",
	  "effect_forecast" },
	{ __LINE__, "paminn.status", "{'status':'done','effect_forecast':1.5}",
	  "effect_forecast 1.5" },
	{ __LINE__, "paminn.status", "{'status':'done','note':''}", "note is empty" },
	{ __LINE__, "paminn.status", "{'status':'done','note':' \\n'}", "note is empty" },
	{ __LINE__, "paminn.status", "{'status':'done','note':5}", "note 5 is not a string" },
	{ __LINE__, "paminn.status", "{'status':'done','note':'a\\r\\nb'}",
	  "note holds a control character" },
	{ __LINE__, "paminn.status", "{'status':'done','note':'\\u001b[1m'}",
	  "note holds a control character" },
	{ __LINE__, "paminn.status", "{'status':'done','note':'a\\u0085'}", "control" },
	{ __LINE__, "paminn.status", "{'status':'done','needs_support':''}",
	  "needs_support is empty" },

	{ __LINE__, "paminn.submit", "{'reference':'HSN 2026-05-21 § 70'}", NULL },
	{ __LINE__, "paminn.submit", "{'reference':'§ 70','note':'n'}", NULL },
	{ __LINE__, "paminn.submit", "{}", "data has no reference" },
	{ __LINE__, "paminn.submit", "{'reference':''}", "reference is empty; it is required" },
	{ __LINE__, "paminn.submit", "{'reference':'  '}", "reference is empty" },
	{ __LINE__, "paminn.submit", "{'reference':70}", "reference 70 is not a string" },
	{ __LINE__, "paminn.submit", "{'reference':'a\\nb'}", "it has to be one line of text" },
	{ __LINE__, "paminn.submit", "{'reference':'a\u202eb'}",
	  "reference holds U+202E, which turns the direction of text; leave it out" },
	{ __LINE__, "paminn.submit", "{'reference':'a\u2066b','note':'\u202e'}",
	  "reference holds U+2066" },
	{ __LINE__, "paminn.submit", "{'reference':'a','note':'\u202e'}", NULL },
	{ __LINE__, "paminn.submit", "{'reference':'a','status':'done'}",
	  "unknown field \"status\"; paminn.submit takes reference, note, link" },
	{ __LINE__, "paminn.submit", "{'reference':'a','link':'https://akt.internal/1?a=b'}",
	  NULL },
	{ __LINE__, "paminn.submit", "{'reference':'a','link':'HSN 2026/0170-4'}", NULL },
	{ __LINE__, "paminn.submit", "{'reference':'a','link':'http://akt.internal/1'}",
	  "link \"http://akt.internal/1\" is neither an https address nor a diary number" },
	{ __LINE__, "paminn.submit", "{'reference':'a','link':'https://a b.internal/'}",
	  "link \"https://a b.internal/\" has ' ' in it, which an address writes as %20: copy the "
	  "address" },
	{ __LINE__, "paminn.submit", "{'reference':'a','link':'https://a.internal/\u00e5r'}",
	  "has 'å' in it, which an address writes as %C3%A5: copy the address" },
	{ __LINE__, "paminn.submit", "{'reference':'a','link':'https://a.internal/\u20ac'}",
	  "has '€' in it, which an address writes as %E2%82%AC" },
	{ __LINE__, "paminn.submit", "{'reference':'a','link':'https://\u00e5.internal/'}",
	  "has 'å' in the name of its server, which an address writes in letters a to z" },
	{ __LINE__, "paminn.submit", "{'reference':'a','link':'https: //a.internal/1'}",
	  "link \"https: //a.internal/1\" has ' ' in it, which an address writes as %20: copy" },
	{ __LINE__, "paminn.submit", "{'reference':'a','link':'https:///a'}",
	  "link \"https:///a\" is no address that a browser could open: copy the address" },
	{ __LINE__, "paminn.submit", "{'reference':'a','link':'HTTPS://akt.internal/1'}", NULL },
	{ __LINE__, "paminn.submit", "{'reference':'a','link':'https:a.internal'}",
	  "link \"https:a.internal\" is no address that a browser could open" },
	{ __LINE__, "paminn.submit", "{'reference':'a','link':'https://a.internal/%'}",
	  "has a % that two hexadecimal digits don't follow" },
	{ __LINE__, "paminn.submit", "{'reference':'a','link':'https://a.internal/%4'}",
	  "has a % that two hexadecimal digits don't follow" },
	{ __LINE__, "paminn.submit", "{'reference':'a','link':'https://a.internal/\U0001f600'}",
	  "has '\U0001f600' in it, which an address writes as %F0%9F%98%80" },
	{ __LINE__, "paminn.submit", "{'reference':'a','link':'å://akt.internal'}",
	  "is neither an https address" },
	{ __LINE__, "paminn.submit", "{'reference':'a','link':'https://a.internal/%C3%A5'}", NULL },
	{ __LINE__, "paminn.submit", "{'reference':'a','link':'www.akt.internal/1'}",
	  "link \"www.akt.internal/1\" is an address without its beginning: begin it with "
	  "https://" },
	{ __LINE__, "paminn.submit", "{'reference':'a','link':'WWW.akt.internal'}",
	  "begin it with https://" },
	{ __LINE__, "paminn.submit", "{'reference':'a','link':'//akt.internal/1'}",
	  "begin it with https://" },
	{ __LINE__, "paminn.submit", "{'reference':'a','link':'javascript://x'}",
	  "is neither an https address" },
	{ __LINE__, "paminn.close", "{'as':'done','reference':'a','link':'javascript:alert(1)'}",
	  "is neither an https address" },
	{ __LINE__, "paminn.close", "{'as':'done','reference':'a','link':'data:text/html,x'}",
	  "is neither an https address" },
	{ __LINE__, "paminn.close", "{'as':'done','reference':'a','link':'<a href=x>'}",
	  "is neither an https address" },
	{ __LINE__, "paminn.close", "{'as':'done','reference':'a','link':'dnr: HSN 2026/0170'}",
	  NULL },
	{ __LINE__, "paminn.submit", "{'reference':'a','link':''}", "link is empty" },
	{ __LINE__, "paminn.submit", "{'reference':'a','link':'a\\nb'}", "one line of text" },
	{ __LINE__, "paminn.status", "{'status':'done','done_forecast':'2026-12-01','link':'D 1'}",
	  NULL },
	{ __LINE__, "paminn.status", "{'status':'done','done_forecast':'december'}",
	  "done_forecast \"december\" is not a date that exists" },
	{ __LINE__, "paminn.status", "{'status':'done','done_forecast':20261201}",
	  "done_forecast 20261201 is not a date that exists" },

	{ __LINE__, "paminn.outcome", "{'outcome':'noted','reference':'§ 1'}", NULL },
	{ __LINE__, "paminn.outcome", "{'outcome':'returned','reference':'§ 1','due':'2026-06-01'}",
	  NULL },
	{ __LINE__, "paminn.outcome", "{'outcome':'returned','reference':'§ 1'}",
	  "returned needs due" },
	{ __LINE__, "paminn.outcome", "{'outcome':'approved','reference':'§ 1','due':'2026-06-01'}",
	  "due belongs to returned only" },
	{ __LINE__, "paminn.outcome", "{'outcome':'adopted','reference':'§ 1'}",
	  "outcome \"adopted\" is not one of noted, approved, returned" },
	{ __LINE__, "paminn.outcome", "{'outcome':true,'reference':'§ 1'}",
	  "outcome true is not one of noted" },
	{ __LINE__, "paminn.outcome", "{'outcome':'noted'}", "data has no reference" },
	{ __LINE__, "paminn.outcome", "{'outcome':'noted','reference':'§ 1','body':'HSN'}", NULL },
	{ __LINE__, "paminn.outcome", "{'outcome':'noted','reference':'§ 1','body':'H S'}",
	  "body \"H S\" is not an id" },
	{ __LINE__, "paminn.outcome",
	  "{'outcome':'returned','reference':'§ 1','due':'meeting RF 2026-10'}", NULL },
	{ __LINE__, "paminn.close", "{'as':'done','reference':'§ 1','link':'D 1'}", NULL },
	{ __LINE__, "paminn.close", "{'as':'struck','reference':'§ 1'}", NULL },
	{ __LINE__, "paminn.close", "{'as':'closed','reference':'§ 1'}",
	  "as \"closed\" is not one of done, struck" },
	{ __LINE__, "paminn.close", "{'as':5,'reference':'§ 1'}", "as 5 is not one of done" },
	{ __LINE__, "paminn.close", "{'reference':'§ 1'}", "data has no as" },
	{ __LINE__, "paminn.close", "{'as':'done'}", "data has no reference" },
	{ __LINE__, "paminn.request",
	  "{'deadline':'RS-58','due':'meeting RF 2026-10','reason':'r','progress':60}", NULL },
	{ __LINE__, "paminn.request", "{'due':'2026-10-01','reason':'r'}", NULL },
	{ __LINE__, "paminn.request", "{'due':'2026-10-01'}", "data has no reason" },
	{ __LINE__, "paminn.request", "{'reason':'r'}", "data has no due" },
	{ __LINE__, "paminn.request", "{'due':'2026-10-01','reason':'r','progress':101}",
	  "progress 101" },
	{ __LINE__, "paminn.proposal", "{'text':'RS beslutar\\n\\natt notera.'}", NULL },
	{ __LINE__, "paminn.proposal", "{}", "data has no text" },
	{ __LINE__, "paminn.proposal", "{'text':' \\n'}", "text is empty" },
	{ __LINE__, "paminn.proposal", "{'text':'a\\u0007b'}", "text holds a control character" },
	{ __LINE__, "paminn.proposal", "{'text':'Nämnden beslutar att [fyll i].'}",
	  "text has the hole \"fyll i\" in it: fill it in" },
	{ __LINE__, "paminn.proposal",
	  "{'text':'<skriv här om vad nämnden ska besluta om åtgärden, med årets effekt för "
	  "vården>'}",
	  "has the hole \"<skriv här om vad nämnden ska besluta om åtgärden, med …\" in it" },
	{ __LINE__, "paminn.undo", "{'seq':42}", NULL },
	{ __LINE__, "paminn.undo", "{}", "data has no seq" },
	{ __LINE__, "paminn.undo", "{'seq':0}", "seq 0 is not a whole number from 1" },
	{ __LINE__, "paminn.undo", "{'seq':'42'}", "seq \"42\" is not a whole number" },
	{ __LINE__, "paminn.deny", "{'requests':['01J','01K'],'reason':'r'}", NULL },
	{ __LINE__, "paminn.deny", "{'requests':[],'reason':'r'}", "is not a list of 1 to 500" },
	{ __LINE__, "paminn.deny", "{'requests':'01J','reason':'r'}", "is not a list" },
	{ __LINE__, "paminn.deny", "{'requests':['01J',7],'reason':'r'}",
	  "requests holds 7, which is no event's id" },
	{ __LINE__, "paminn.deny", "{'requests':[''],'reason':'r'}",
	  "requests holds \"\", which is no event's id" },
	{ __LINE__, "paminn.deny", "{'requests':['a\\nb'],'reason':'r'}",
	  "requests holds \"a?b\", which is no event's id" },
	{ __LINE__, "paminn.deny", "{'requests':['01J','a','01J'],'reason':'r'}",
	  "requests names \"01J\" twice; name it once" },
	{ __LINE__, "paminn.deny", "{'requests':['01J']}", "data has no reason" },
	{ __LINE__, "paminn.extend", "{'grants':['01J'],'reference':'§ 1'}", NULL },
	{ __LINE__, "paminn.extend", "{'grants':['01J'],'due':'2026-10-01','reference':'§ 1'}",
	  NULL },
	{ __LINE__, "paminn.extend", "{'grants':['01J'],'deadline':'D','reference':'§ 1'}",
	  "deadline does not go with grants" },
	{ __LINE__, "paminn.extend", "{'due':'meeting RF','reference':'§ 1'}",
	  "nor a meeting, written \"meeting BODY YYYY-MM\"" },
	{ __LINE__, "paminn.extend", "{'due':'meeting RF next','reference':'§ 1'}",
	  "nor a meeting" },
	{ __LINE__, "paminn.seen", "{'answer_by':'2026-06-01'}", NULL },
	{ __LINE__, "paminn.seen", "{}", "data has no answer_by" },
	{ __LINE__, "paminn.assign", "{'owner':'chef-akut'}", NULL },
	{ __LINE__, "paminn.assign", "{'owner':'a b'}", "owner \"a b\" is not an id" },
	{ __LINE__, "paminn.assign", "{'owner':['anna']}", "owner an array is not an id" },
	{ __LINE__, "paminn.assign", "{}", "data has no owner" },
	{ __LINE__, "paminn.absence", "{'from':'2026-07-06','until':'2026-07-06'}", NULL },
	{ __LINE__, "paminn.absence", "{'from':'2026-07-06','until':'2026-07-31','deputy':'x'}",
	  NULL },
	{ __LINE__, "paminn.absence", "{'from':'2026-07-06','until':'2026-07-05'}",
	  "until 2026-07-05 is before from 2026-07-06" },
	{ __LINE__, "paminn.absence", "{'from':'2026-07-06'}", "data has no until" },
	{ __LINE__, "paminn.absence", "{'from':'2026-07-06','until':'2026-07-31','cancelled':true}",
	  NULL },
	{ __LINE__, "paminn.absence",
	  "{'from':'2026-07-06','until':'2026-07-31','cancelled':true,'deputy':'x'}",
	  "deputy does not go with cancelled" },
	{ __LINE__, "paminn.extend", "{'due':'2026-06-01','reference':'§ 1'}", NULL },
	{ __LINE__, "paminn.extend",
	  "{'deadline':'RS-58@2026-05-26','due':'2026-06-01','reference':'§ 1','reason':'r'}",
	  NULL },
	{ __LINE__, "paminn.extend", "{'reference':'§ 1'}", "data has no due" },
	{ __LINE__, "paminn.extend", "{'due':'2026-06-01'}", "data has no reference" },
	{ __LINE__, "paminn.extend", "{'due':'2026-06-31','reference':'§ 1'}",
	  "due \"2026-06-31\" is not a date that exists" },
	{ __LINE__, "paminn.extend", "{'due':'2026-06-01T08:00','reference':'§ 1'}", "due" },
	{ __LINE__, "paminn.extend", "{'due':20260601,'reference':'§ 1'}", "due 20260601" },
	{ __LINE__, "paminn.extend", "{'due':'2026-06-01','reference':'1','deadline':'a b'}",
	  "deadline \"a b\" is not an id" },
	{ __LINE__, "paminn.extend", "{'due':'2026-06-01','reference':'1','deadline':58}",
	  "deadline 58 is not an id" },
	{ __LINE__, "paminn.extend", "{'due':'2026-06-01','reference':'1','deadline':null}", NULL },
	{ __LINE__, "paminn.extend", "{'due':null,'reference':'1'}", "data has no due" },
	{ __LINE__, "paminn.extend", "{'due':'2026-06-01','reference':'1','reason':''}",
	  "reason is empty; fill it in or leave it out" },

	{ __LINE__, "paminn.meeting", "{'from':'2026-05-26'}", NULL },
	{ __LINE__, "paminn.meeting", "{'from':'2026-05-26','until':'2026-05-26'}", NULL },
	{ __LINE__, "paminn.meeting",
	  "{'from':'2026-06-02','until':'2026-06-03','replaces':'2026-05-26','place':'Sal A'}",
	  NULL },
	{ __LINE__, "paminn.meeting",
	  "{'from':'2026-05-26','replaces':'2026-05-26','cancelled':true}", NULL },
	{ __LINE__, "paminn.meeting", "{'from':'2026-05-26','cancelled':false}", NULL },
	{ __LINE__, "paminn.meeting", "{'until':'2026-05-26'}", "data has no from" },
	{ __LINE__, "paminn.meeting", "{'from':'2026-05-26','until':'2026-05-25'}",
	  "until 2026-05-25 is before from 2026-05-26" },
	{ __LINE__, "paminn.meeting", "{'from':'2026-05-26','cancelled':true}",
	  "cancelled needs replaces" },
	{ __LINE__, "paminn.meeting", "{'from':'2026-05-26','replaces':'2026-05-26','cancelled':1}",
	  "cancelled 1 is neither true nor false" },
	{ __LINE__, "paminn.meeting", "{'from':'2026-05-26','cancelled':'true'}", "cancelled" },
	{ __LINE__, "paminn.meeting", "{'from':'26 maj'}", "from \"26 maj\"" },
	{ __LINE__, "paminn.meeting", "{'from':'2026-05-26','replaces':''}", "replaces \"\"" },
	{ __LINE__, "paminn.meeting", "{'from':'2026-05-26','place':'a\\tb'}", "place holds" },

	{ __LINE__, "paminn.note", "{'note':'En rad.\\nEn till.'}", NULL },
	{ __LINE__, "paminn.note", "{'note':'a','not_mine':true}", NULL },
	{ __LINE__, "paminn.note", "{'note':'a','not_mine':'ja'}",
	  "not_mine \"ja\" is neither true nor false" },
	{ __LINE__, "paminn.note", "{'not_mine':true}", "data has no note" },
	{ __LINE__, "paminn.note", "{}", "data has no note" },
	{ __LINE__, "paminn.note", "{'note':''}", "note is empty; it is required" },
	{ __LINE__, "paminn.note", "{'note':'a','status':'done'}", "paminn.note takes note" },
};

START_TEST(data_is_right_or_refused_with_a_sentence)
{
	struct rejection why = { .code = REJECT_NONE };
	struct event event;
	enum reject_code code = decode_data(datas[_i].type, datas[_i].data, &event, &why);
	int line = datas[_i].line;

	ck_assert_msg(code == (datas[_i].reason ? REJECT_BAD_DATA : REJECT_NONE), "line %d: %s",
		      line, why.reason);
	if (datas[_i].reason)
		ck_assert_msg(strstr(why.reason, datas[_i].reason), "line %d: %s", line,
			      why.reason);
}
END_TEST

START_TEST(data_texts_are_bounded)
{
	static const struct {
		int line;
		const char *type, *data, *name;
		size_t most;
		const char *character;
	} rows[] = {
		{ __LINE__, "paminn.status", "{'status':'done'}", "note", 4000, "a" },
		{ __LINE__, "paminn.status", "{'status':'done'}", "note", 4000, "å" },
		{ __LINE__, "paminn.status", "{'status':'done'}", "note", 4000, "\U0001f600" },
		{ __LINE__, "paminn.status", "{'status':'done'}", "needs_support", 1000, "a" },
		{ __LINE__, "paminn.status", "{'status':'done'}", "needs_support", 1000, "å" },
		{ __LINE__, "paminn.submit", "{'reference':'r'}", "note", 4000, "å" },
		{ __LINE__, "paminn.submit", "{}", "reference", 200, "a" },
		{ __LINE__, "paminn.submit", "{}", "reference", 100, "å" },
		{ __LINE__, "paminn.submit", "{'reference':'r'}", "link", 500, "a" },
		{ __LINE__, "paminn.submit", "{'reference':'r'}", "link", 500, "å" },
		{ __LINE__, "paminn.extend", "{'due':'2026-06-01','reference':'r'}", "reason", 200,
		  "a" },
		{ __LINE__, "paminn.extend", "{'due':'2026-06-01'}", "reference", 200, "a" },
		{ __LINE__, "paminn.extend", "{'due':'2026-06-01','reference':'r'}", "deadline", 64,
		  "a" },
		{ __LINE__, "paminn.meeting", "{'from':'2026-06-01'}", "place", 200, "a" },
		{ __LINE__, "paminn.note", "{}", "note", 4000, "å" },
	};
	struct rejection why;
	struct event event;

	for (size_t i = 0; i < UNIT_COUNT(rows); i++) {
		for (size_t over = 0; over < 2; over++) {
			json_t *json = event_of(rows[i].type, rows[i].data);

			with_text(rows[i].name, rows[i].most + over, rows[i].character,
				  json_object_get(json, "data"));
			ck_assert_msg(decode(json, &event, &why) ==
					      (over ? REJECT_BAD_DATA : REJECT_NONE),
				      "line %d: %s", rows[i].line, why.reason);
		}
	}
	ck_assert_str_eq(why.reason, "note has 4001 characters; at most 4000 are allowed");
}
END_TEST

START_TEST(a_list_of_events_is_bounded_and_so_is_each_id)
{
	struct rejection why;
	struct event event;

	for (size_t over = 0; over < 2; over++) {
		json_t *json = event_of("paminn.deny", "{'reason':'r'}"), *ids = json_array();

		for (size_t i = 0; i < EVENT_IDS_MAX + over; i++)
			json_array_append_new(ids, json_sprintf("e%zu", i));
		json_object_set_new(json_object_get(json, "data"), "requests", ids);
		ck_assert_int_eq(decode(json, &event, &why), over ? REJECT_BAD_DATA : REJECT_NONE);
	}
	ck_assert_str_eq(why.reason, "requests an array is not a list of 1 to 500 ids of events, "
				     "such as [\"01J\"]");

	for (size_t over = 0; over < 2; over++) {
		json_t *json = event_of("paminn.deny", "{'reason':'r'}"), *id = json_object();

		with_text("id", EVENT_ID_MAX + over, "å", id);
		json_object_set_new(json_object_get(json, "data"), "requests",
				    json_pack("[O]", json_object_get(id, "id")));
		json_decref(id);
		ck_assert_int_eq(decode(json, &event, &why), over ? REJECT_BAD_DATA : REJECT_NONE);
	}
	ck_assert_ptr_nonnull(strstr(why.reason, "å…\", which is no event's id: a string of 1 to "
						 "128 printable characters"));
}
END_TEST

START_TEST(a_status_is_decoded_whole)
{
	struct rejection why;
	struct event event;

	ck_assert_int_eq(
		decode(event_of("paminn.status", "{'note':'n','status':'at-risk','progress':40,"
						 "'effect_achieved':-1250000,'effect_forecast':0,"
						 "'needs_support':'s'}"),
		       &event, &why),
		REJECT_NONE);
	ck_assert_int_eq(event.status.status, STATUS_AT_RISK);
	ck_assert(event.status.progress.given && event.status.progress.value == 40);
	ck_assert(event.status.effect_achieved.given);
	ck_assert_int_eq(event.status.effect_achieved.value, -1250000);
	ck_assert(event.status.effect_forecast.given && event.status.effect_forecast.value == 0);
	ck_assert_str_eq(event.status.note, "n");
	ck_assert_str_eq(event.status.needs_support, "s");

	ck_assert_int_eq(
		decode(event_of("paminn.status", "{'status':'not-started'}"), &event, &why),
		REJECT_NONE);
	ck_assert_int_eq(event.status.status, STATUS_NOT_STARTED);
	ck_assert(!event.status.progress.given && !event.status.effect_achieved.given &&
		  !event.status.effect_forecast.given);
	ck_assert(!event.status.note && !event.status.needs_support);
}
END_TEST

START_TEST(whole_numbers_may_be_written_with_a_fraction_or_exponent_and_null_is_left_out)
{
	struct rejection why;
	struct event event;

	ck_assert_int_eq(decode_data("paminn.status",
				     "{'status':'done','progress':40.0,'effect_achieved':"
				     "-1.25e6,'effect_forecast':null,'note':null}",
				     &event, &why),
			 REJECT_NONE);
	ck_assert(event.status.progress.given && event.status.progress.value == 40);
	ck_assert_int_eq(event.status.effect_achieved.value, -1250000);
	ck_assert(!event.status.effect_forecast.given && !event.status.note);

	ck_assert_int_eq(decode(event_of("paminn.meeting",
					 "{'from':'2026-05-26','until':null,'replaces':null,"
					 "'cancelled':null,'place':null}"),
				&event, &why),
			 REJECT_NONE);
	ck_assert(civil_is_none(event.meeting.until) && civil_is_none(event.meeting.replaces));
	ck_assert(!event.meeting.cancelled && !event.meeting.place);
}
END_TEST

/* In words of our own: whoever reads them knows JSON, and not the library that reads it here. */
START_TEST(what_is_wrong_with_json_is_said_in_plain_words)
{
	static const struct {
		int line;
		const char *text, *reason;
	} rows[] = {
		{ __LINE__, "{\"a\":\"\\u0000\"}", "a NUL character (\\u0000) stands in a text" },
		{ __LINE__, "{\"a\\u0000\":1}", "a NUL character (\\u0000) stands in a text" },
		{ __LINE__, "{\"a\":1", "it ends too soon" },
		{ __LINE__, "{} x", "more stands after its end" },
		{ __LINE__, "{\"a\":1,\"a\":2}", "an object has the same name twice" },
		{ __LINE__, "{\"a\":1e400}", "a number is too large" },
		{ __LINE__, "{\"a\":9223372036854775808}", "a number is too large" },
		{ __LINE__, "{\"a\":\"\xff\"}", "it is not UTF-8" },
		{ __LINE__, "{'a':1}", "what stands there is no JSON" },
		{ __LINE__, "1", "an event is a JSON object, not 1" },
		{ __LINE__, " null\n", "an event is a JSON object, not null" },
		{ __LINE__, "\"a\"", "an event is a JSON object, not \"a\"" },
		{ __LINE__, "nil", "what stands there is no JSON" },
		{ __LINE__, "1 2", "more stands after its end" },
		{ __LINE__, "{\n \"å€\": x}", "at line 2, column 8: what stands there is no JSON" },
		{ __LINE__, "1234567890123456789012345678901234567890123456789012345678901234",
		  "not 123456789012345678901234567890123456789012345678901234567890…" },
	};
	struct rejection why;

	for (size_t i = 0; i < UNIT_COUNT(rows); i++) {
		ck_assert_ptr_null(event_json(rows[i].text, strlen(rows[i].text), &why));
		ck_assert_msg(strstr(why.reason, rows[i].reason), "line %d: %s", rows[i].line,
			      why.reason);
		ck_assert_int_eq(why.code, strstr(why.reason, "an event is") ? REJECT_BAD_EVENT
									     : REJECT_BAD_JSON);
		ck_assert_msg(!strstr(why.reason, "JSON_") && !strstr(why.reason, "token"), "%s",
			      why.reason);
	}
}
END_TEST

START_TEST(the_other_types_are_decoded_whole)
{
	char date[CIVIL_TEXT];
	struct rejection why;
	struct event event;

	ck_assert_int_eq(
		decode(event_of("paminn.submit", "{'reference':'r','note':'n'}"), &event, &why),
		REJECT_NONE);
	ck_assert_str_eq(event.submit.reference, "r");
	ck_assert_str_eq(event.submit.note, "n");

	ck_assert_int_eq(decode(event_of("paminn.extend",
					 "{'deadline':'D','due':'2026-06-01','reference':'r',"
					 "'reason':'q'}"),
				&event, &why),
			 REJECT_NONE);
	ck_assert_str_eq(event.extend.deadline, "D");
	ck_assert_str_eq(civil_format(event.extend.due.date, date), "2026-06-01");
	ck_assert_str_eq(event.extend.reference, "r");
	ck_assert_str_eq(event.extend.reason, "q");

	ck_assert_int_eq(decode(event_of("paminn.meeting",
					 "{'from':'2026-06-02','until':'2026-06-03',"
					 "'replaces':'2026-05-26','cancelled':true,'place':'p'}"),
				&event, &why),
			 REJECT_NONE);
	ck_assert_str_eq(civil_format(event.meeting.from, date), "2026-06-02");
	ck_assert_str_eq(civil_format(event.meeting.until, date), "2026-06-03");
	ck_assert_str_eq(civil_format(event.meeting.replaces, date), "2026-05-26");
	ck_assert(event.meeting.cancelled);
	ck_assert_str_eq(event.meeting.place, "p");

	ck_assert_int_eq(decode(event_of("paminn.meeting", "{'from':'1970-01-01'}"), &event, &why),
			 REJECT_NONE);
	ck_assert(civil_is_none(event.meeting.until) && civil_is_none(event.meeting.replaces));
	ck_assert(!event.meeting.cancelled && !event.meeting.place);

	ck_assert_int_eq(decode(event_of("paminn.note", "{'note':'n'}"), &event, &why),
			 REJECT_NONE);
	ck_assert_str_eq(event.note.note, "n");

	ck_assert_int_eq(
		decode(event_of("paminn.request", "{'deadline':'D','due':'meeting RF 2026-10',"
						  "'reason':'q','progress':7}"),
		       &event, &why),
		REJECT_NONE);
	ck_assert_str_eq(event.request.deadline, "D");
	ck_assert_str_eq(event.request.due.body, "RF");
	ck_assert_int_eq(event.request.due.year, 2026);
	ck_assert_int_eq(event.request.due.month, 10);
	ck_assert(civil_is_none(event.request.due.date));
	ck_assert_str_eq(event.request.reason, "q");
	ck_assert_int_eq(event.request.progress.value, 7);

	ck_assert_int_eq(
		decode(event_of("paminn.close", "{'as':'struck','reference':'r'}"), &event, &why),
		REJECT_NONE);
	ck_assert_int_eq(event.close.as, CLOSURE_STRUCK);
	ck_assert_ptr_null(event.close.link);

	ck_assert_int_eq(decode(event_of("paminn.deny", "{'requests':['a','b'],'reason':'q'}"),
				&event, &why),
			 REJECT_NONE);
	ck_assert_uint_eq(event.deny.requests.list->count, 2);
	ck_assert_str_eq(parsed_string(event.deny.requests.list + 2), "b");

	ck_assert_int_eq(decode(event_of("paminn.proposal", "{'text':'Att.'}"), &event, &why),
			 REJECT_NONE);
	ck_assert_str_eq(event.proposal.text, "Att.");

	ck_assert_int_eq(decode(event_of("paminn.status", "{'status':'done'}"), &event, &why),
			 REJECT_NONE);
	ck_assert(civil_is_none(event.status.done_forecast) && !event.status.link);
}
END_TEST

START_TEST(a_date_or_a_meeting_goes_both_ways)
{
	static const char *const texts[] = { "2026-10-20", "meeting RF 2026-10",
					     "meeting a.b-c 2026-01" };
	static const char *const wrong[] = { "",
					     "2026-10",
					     "meeting",
					     "meeting  2026-10",
					     "meeting RF 2026-13",
					     "meeting RF 2026-10 ",
					     "Meeting RF 2026-10",
					     "meeting R F 2026-10" };
	char text[EVENT_DUE_TEXT], longest[ID_MAX + 20] = "meeting ";
	struct event_due due;

	for (size_t i = 0; i < UNIT_COUNT(texts); i++) {
		ck_assert(event_due_parse(texts[i], &due) && event_due_is_given(&due));
		ck_assert_str_eq(event_due_format(&due, text), texts[i]);
		ck_assert_int_eq(event_due_is_meeting(&due), i > 0);
	}
	for (size_t i = 0; i < UNIT_COUNT(wrong); i++)
		ck_assert_msg(!event_due_parse(wrong[i], &due), "%s", wrong[i]);
	memset(longest + 8, 'x', ID_MAX);
	strcpy(longest + 8 + ID_MAX, " 2026-10");
	ck_assert(event_due_parse(longest, &due));
	ck_assert_str_eq(event_due_format(&due, text), longest);
	strcpy(longest + 8 + ID_MAX, "x 2026-10");
	ck_assert(!event_due_parse(longest, &due));
	due = (struct event_due){ .date = CIVIL_NONE };
	ck_assert(!event_due_is_given(&due));
	ck_assert_str_eq(event_due_format(&due, text), "");
}
END_TEST

START_TEST(names_go_both_ways)
{
	for (int i = 0; i < CLOSURES; i++)
		ck_assert_int_eq(event_closure_parse(event_closure_name((enum closure)i)), i);
	ck_assert_int_eq(event_closure_parse("closed"), CLOSURE_NONE);
	ck_assert_str_eq(event_type_name(EVENT_MEETING), "paminn.meeting");
	for (int i = 0; i < STATUSES; i++)
		ck_assert_int_eq(event_status_parse(event_status_name((enum measure_status)i)), i);
	ck_assert_int_eq(event_status_parse("done "), STATUS_NONE);
	ck_assert_int_eq(event_status_parse(""), STATUS_NONE);
}
END_TEST

START_TEST(a_long_value_is_quoted_in_part)
{
	json_t *json = event_of("paminn.status", "{}");
	struct rejection why;
	struct event event;

	with_text("status", 5000, "å", json_object_get(json, "data"));
	ck_assert_int_eq(decode(json, &event, &why), REJECT_BAD_DATA);
	ck_assert_ptr_nonnull(strstr(why.reason, "ååå…\" is not one of not-started"));
}
END_TEST

UNIT_TESTS("protocol/event", UNIT_ROWS(what_is_not_json_is_refused, UNIT_COUNT(no_json)),
	   UNIT(depth_is_bounded),
	   UNIT_ROWS(an_envelope_is_right_or_refused_with_a_sentence, UNIT_COUNT(envelopes)),
	   UNIT(the_id_is_known_even_of_a_wrong_event), UNIT(an_envelope_is_decoded_whole),
	   UNIT(envelope_texts_are_bounded),
	   UNIT_ROWS(data_is_right_or_refused_with_a_sentence, UNIT_COUNT(datas)),
	   UNIT(data_texts_are_bounded), UNIT(a_list_of_events_is_bounded_and_so_is_each_id),
	   UNIT(a_status_is_decoded_whole),
	   UNIT(whole_numbers_may_be_written_with_a_fraction_or_exponent_and_null_is_left_out),
	   UNIT(what_is_wrong_with_json_is_said_in_plain_words),
	   UNIT(the_other_types_are_decoded_whole), UNIT(a_date_or_a_meeting_goes_both_ways),
	   UNIT(names_go_both_ways), UNIT(a_long_value_is_quoted_in_part))
