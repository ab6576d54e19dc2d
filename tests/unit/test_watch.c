/* SPDX-License-Identifier: Apache-2.0 */
#include "client/watch.h"

#include <stdlib.h>
#include <string.h>

#include "client/print.h"
#include "unit.h"

static const struct {
	int line;
	const char *server, *feed, *endpoint;
} endpoints[] = {
	{ __LINE__, "ipc:///run/p/submit.sock", "ipc:///run/p/feed.sock",
	  "ipc:///run/p/feed.sock" },
	{ __LINE__, "tcp://paminn.region.se:7710", "tcp://0.0.0.0:7712",
	  "tcp://paminn.region.se:7712" },
	{ __LINE__, "tcp://paminn.region.se:7710", "tcp://*:7712", "tcp://paminn.region.se:7712" },
	{ __LINE__, "tcp://[2001:db8::1]:7710", "tcp://[::]:7712", "tcp://[2001:db8::1]:7712" },
	{ __LINE__, "tcp://10.0.0.1:7710", "tcp://10.0.0.2:7712", "tcp://10.0.0.2:7712" },
	{ __LINE__, "ipc:///run/p/submit.sock", "tcp://0.0.0.0:7712", "tcp://127.0.0.1:7712" },
};

START_TEST(the_feed_is_the_servers_sibling)
{
	char *found = watch_endpoint(endpoints[_i].server, endpoints[_i].feed);

	ck_assert_msg(strcmp(found, endpoints[_i].endpoint) == 0, "line %d: %s", endpoints[_i].line,
		      found);
	free(found);
}
END_TEST

static const struct {
	int line;
	const char *event, *text; /* JSON with ' for " */
} events[] = {
	{ __LINE__,
	  "{'type':'paminn.status','subject':'TN-1','source':'/people/anna',"
	  "'time':'2020-05-12T08:00:00+02:00','data':{'status':'at-risk','progress':40}}",
	  "Tue 12 May 2020 08:00  status     TN-1  /people/anna: status at-risk, progress 40\n" },
	{ __LINE__,
	  "{'type':'paminn.reminder','source':'/paminn','time':'2020-05-12T08:00:00+02:00',"
	  "'data':{'kind':'reminder','to':'anna','items':[{'deadline':'KS-1','measure':'TN-1',"
	  "'step':'-2wd'}],'text':'Hej!'}}",
	  "Tue 12 May 2020 08:00  reminder   –  /paminn: kind reminder, to anna, items KS-1 TN-1 "
	  "(-2wd)\n" },
	{ __LINE__,
	  "{'type':'x\\u001b[2J','subject':'a\\nb','source':'/s','data':{'note':'a\\nb'}}",
	  "–  x\\x1b[2J   a b  /s: note a b\n" },
	{ __LINE__, "{}", "–             –  : \n" },
};

START_TEST(an_event_is_one_clean_line)
{
	char text[600], *out = NULL;
	size_t length = 0;
	FILE *memory = open_memstream(&out, &length);
	json_t *event;

	snprintf(text, sizeof(text), "%s", events[_i].event);
	for (char *c = text; *c; c++)
		if (*c == '\'')
			*c = '"';
	event = json_loads(text, 0, NULL);
	ck_assert_msg(event != NULL, "%s", text);
	watch_print(event, memory);
	fclose(memory);
	ck_assert_msg(strcmp(out, events[_i].text) == 0, "line %d: %s", events[_i].line, out);
	json_decref(event);
	free(out);
}
END_TEST

START_TEST(json_stays_on_one_line)
{
	json_t *event = json_pack("{s:s}", "note", "a\nb\x7f");
	char *out = NULL;
	size_t length = 0;
	FILE *memory = open_memstream(&out, &length);

	print_json_line(memory, event);
	fclose(memory);
	ck_assert_str_eq(out, "{\"note\":\"a\\nb\\u007f\"}\n");
	json_decref(event);
	free(out);
}
END_TEST

UNIT_TESTS("watch", UNIT_ROWS(the_feed_is_the_servers_sibling, UNIT_COUNT(endpoints)),
	   UNIT_ROWS(an_event_is_one_clean_line, UNIT_COUNT(events)), UNIT(json_stays_on_one_line))
