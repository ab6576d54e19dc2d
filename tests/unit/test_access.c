/* SPDX-License-Identifier: Apache-2.0 */
#include "intake/access.h"
#include "unit.h"

#include <string.h>

static const char conf[] =
	"timezone = \"Europe/Stockholm\"; language = \"sv\"; store = \"store.db\";"
	"plan = [ \"plan.conf\" ]; intake = { submit = [ \"ipc:///tmp/submit.sock\" ]; };"
	"mail = { server = \"smtp://127.0.0.1:25\"; from = \"P <p@region.example>\";"
	"         reply_to = \"s@region.example\"; };"
	"ladders = ( { name = \"l\"; time = \"08:00\";"
	"              steps = ( { at = \"0\"; to = [ \"owner\" ]; } ); } );";
static const char people[] =
	"people = ( { id = \"anna\"; name = \"Anna\"; mail = \"anna@region.example\";"
	"             roles = [ \"support\" ]; } );"
	"systems = ( { id = \"ekonomi\"; may_report = [ \"HSN-*\" ]; },"
	"            { id = \"anna\"; may_report = [ \"*\" ]; } );"
	"measures = ( { id = \"HSN-03\"; title = \"T\"; owner = \"anna\"; } );";

static struct plan *make_plan(void)
{
	json_t *text = json_pack("{s:s, s:[{s:s, s:s}, {s:s, s:s}]}", "main", "paminnd.conf",
				 "files", "name", "paminnd.conf", "text", conf, "name", "plan.conf",
				 "text", people);
	struct plan *plan = NULL;

	ck_assert_int_eq(plan_from_text(&plan, text), 0);
	json_decref(text);
	return plan;
}

static const struct {
	const char *address;
	bool allowed;
} endpoints[] = {
	{ "ipc:///run/paminn/submit.sock", true },
	{ "tcp://127.0.0.1:7711", true },
	{ "tcp://127.1.2.3:7711", true },
	{ "tcp://[::1]:7711", true },
	{ "tcp://localhost:7711", true },
	{ "ipc://", false },
	{ "ipc://@abstract", false },
	{ "ipc://*", false },
	{ "tcp://0.0.0.0:7711", false },
	{ "tcp://*:7711", false },
	{ "tcp://eth0:7711", false },
	{ "tcp://lo:7711", false },
	{ "tcp://[::]:7711", false },
	{ "tcp://[::ffff:10.0.0.1]:7711", false },
	{ "tcp://128.0.0.1:7711", false },
	{ "tcp://127.1:7711", false },
	{ "tcp://127.0.0.1", false },
	{ "tcp://10.0.0.1;127.0.0.1:7711", false },
	{ "tcp://127.0.0.1.example.org:7711", false },
	{ "tcp://localhost.example.org:7711", false },
	{ "udp://127.0.0.1:7711", false },
	{ "inproc://x", false },
	{ "", false },
};

START_TEST(only_local_endpoints_need_no_key)
{
	struct rejection why = { REJECT_NONE, "" };
	enum reject_code code = access_endpoint(endpoints[_i].address, &why);

	ck_assert_msg(code == (endpoints[_i].allowed ? REJECT_NONE : REJECT_NOT_ALLOWED), "%s: %s",
		      endpoints[_i].address, why.reason);
	ck_assert(endpoints[_i].allowed || *why.reason);
}
END_TEST

static const struct {
	const char *source;
	bool local, system; /* may a local peer, the system "ekonomi", use it? */
} sources[] = {
	{ "/people/anna", true, false },
	{ "/systems/ekonomi", true, true },
	{ "/systems/anna", true, false },
	{ "/local/root", true, false },
	{ "/local/", false, false },
	{ "/local/a b", false, false },
	{ "/people/bo", false, false },
	{ "/people/ekonomi", false, false },
	{ "/people/", false, false },
	{ "/systems/", false, false },
	{ "/systems/ekonomi/", false, false },
	{ "/systems/ekonom", false, false },
	{ "/paminn", false, false },
	{ "anna", false, false },
	{ "", false, false },
};

START_TEST(a_source_names_whom_the_peer_may_speak_for)
{
	struct plan *plan = make_plan();
	struct peer local = { PEER_LOCAL, NULL };
	struct peer system = { PEER_SYSTEM, plan_publisher(plan, "ekonomi") };
	struct rejection why;

	ck_assert_msg((access_source(plan, &local, sources[_i].source, &why) == REJECT_NONE) ==
			      sources[_i].local,
		      "local, %s", sources[_i].source);
	ck_assert_msg((access_source(plan, &system, sources[_i].source, &why) == REJECT_NONE) ==
			      sources[_i].system,
		      "system, %s", sources[_i].source);
	plan_unref(plan);
}
END_TEST

static const struct {
	enum event_type type;
	const char *subject;
	bool allowed; /* to the system */
} events[] = {
	{ EVENT_STATUS, "HSN-03", true },   { EVENT_STATUS, "RS-01", false },
	{ EVENT_NOTE, "HSN-03", true },	    { EVENT_NOTE, "RS-01", false },
	{ EVENT_SUBMIT, "HSN-03", false },  { EVENT_EXTEND, "HSN-03", false },
	{ EVENT_MEETING, "HSN-03", false },
};

START_TEST(a_system_reports_what_it_may)
{
	struct plan *plan = make_plan();
	struct peer local = { PEER_LOCAL, NULL };
	struct peer system = { PEER_SYSTEM, plan_publisher(plan, "ekonomi") };
	struct event event = { .type = events[_i].type,
			       .source = "/systems/ekonomi",
			       .subject = events[_i].subject };
	struct rejection why = { REJECT_NONE, "" };

	ck_assert_int_eq(access_event(&local, &event, &why), REJECT_NONE);
	ck_assert_int_eq(access_event(&system, &event, &why),
			 events[_i].allowed ? REJECT_NONE : REJECT_NOT_ALLOWED);
	ck_assert(events[_i].allowed || strstr(why.reason, "/systems/ekonomi"));
	plan_unref(plan);
}
END_TEST

UNIT_TESTS("intake/access", UNIT_ROWS(only_local_endpoints_need_no_key, UNIT_COUNT(endpoints)),
	   UNIT_ROWS(a_source_names_whom_the_peer_may_speak_for, UNIT_COUNT(sources)),
	   UNIT_ROWS(a_system_reports_what_it_may, UNIT_COUNT(events)))
