/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Row 17: forged sources. Seen to fail when a source need not be the sender's own.
 */
#include "gate/access.h"
#include "intake/socket.h"
#include "unit.h"

#include <stdint.h>
#include <string.h>

static const char conf[] =
	"timezone = \"Europe/Stockholm\"; language = \"sv\"; store = \"store.db\";"
	"plan = [ \"plan.conf\" ]; intake = { submit = [ \"ipc:///tmp/submit.sock\" ]; };"
	"mail = { server = \"smtp://127.0.0.1:25\"; from = \"P <p@region.example>\";"
	"         reply_to = \"s@region.example\"; };"
	"ladders = ( { name = \"l\"; time = \"08:00\";"
	"              steps = ( { at = \"0\"; to = [ \"owner\" ]; } ); } );";
#define ANNAS "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"
#define EKONOMIS "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID"
static const char people[] =
	"bodies = ( { id = \"RS\"; name = \"RS\"; } );"
	"people = ( { id = \"anna\"; name = \"Anna\"; mail = \"anna@region.example\";"
	"             roles = [ \"support\" ]; deputy = \"bo\"; key = \"" ANNAS "\"; },"
	"           { id = \"bo\"; name = \"Bo\"; mail = \"bo@region.example\"; },"
	"           { id = \"chair\"; name = \"C\"; mail = \"c@region.example\"; },"
	"           { id = \"steward\"; name = \"S\"; mail = \"s@region.example\";"
	"             roles = [ \"steward\" ]; },"
	"           { id = \"narrow\"; name = \"N\"; mail = \"n@region.example\";"
	"             roles = [ \"steward\" ]; steward_of = [ \"HSN-*\", \"RS\" ]; } );"
	"systems = ( { id = \"ekonomi\"; may_report = [ \"HSN-*\" ]; key = \"" EKONOMIS "\"; },"
	"            { id = \"anna\"; may_report = [ \"*\" ]; } );"
	"measures = ( { id = \"HSN-03\"; title = \"T\"; owner = \"anna\"; },"
	"             { id = \"RS-01\"; title = \"T\"; owner = \"chair\"; } );"
	"deadlines = ( { id = \"RS-58\"; title = \"T\"; due = \"2026-05-26\";"
	"                answers_from = [ \"HSN-*\" ]; responsible = \"chair\";"
	"                inform = [ \"bo\" ]; ladder = \"l\"; } );";

static struct plan *make_plan(void)
{
	json_t *text = json_pack("{s:s, s:[{s:s, s:s}, {s:s, s:s}]}", "main", "paminnd.conf",
				 "files", "name", "paminnd.conf", "text", conf, "name", "plan.conf",
				 "text", people);
	struct plan *plan = NULL;

	ck_assert_int_eq(plan_from_text(&plan, text, NULL), 0);
	json_decref(text);
	return plan;
}

#define KEYS 5
static const char *const names[KEYS] = { "anna", "bo", "chair", "steward", "ekonomi" };

/* The peer called so; "local" is whoever connects here. */
static struct peer peer_of(const struct plan *plan, const char *name)
{
	const struct person *person = plan_person(plan, person_id(name));

	if (strcmp(name, "local") == 0)
		return (struct peer){ .kind = PEER_LOCAL };
	if (person && strcmp(name, "ekonomi") != 0)
		return (struct peer){ .kind = PEER_PERSON, .person = person };
	return (struct peer){ .kind = PEER_SYSTEM, .system = plan_publisher(plan, name) };
}

static const struct {
	int line;
	enum endpoint_role role;
	bool remote;
	const char *publisher, *key;
	const char *peer; /* whom it is, NULL: nobody */
} connections[] = {
	{ __LINE__, ENDPOINT_SUBMIT, false, NULL, NULL, "local" },
	/* What somebody says of themselves without CURVE is nothing. */
	{ __LINE__, ENDPOINT_SUBMIT, false, NULL, ANNAS, "local" },
	{ __LINE__, ENDPOINT_COLLECT, false, NULL, ANNAS, "local" },
	{ __LINE__, ENDPOINT_SUBSCRIBE, false, "ekonomi", ANNAS, "ekonomi" },
	{ __LINE__, ENDPOINT_SUBSCRIBE, true, "ekonomi", NULL, "ekonomi" },
	{ __LINE__, ENDPOINT_SUBSCRIBE, true, "ekonomi", ANNAS, "ekonomi" },
	{ __LINE__, ENDPOINT_SUBMIT, true, NULL, ANNAS, "anna" },
	{ __LINE__, ENDPOINT_COLLECT, true, NULL, ANNAS, "anna" },
	{ __LINE__, ENDPOINT_SUBMIT, true, NULL, EKONOMIS, "ekonomi" },
	{ __LINE__, ENDPOINT_SUBMIT, true, NULL, NULL, NULL },
	{ __LINE__, ENDPOINT_SUBMIT, true, NULL, "", NULL },
	{ __LINE__, ENDPOINT_SUBMIT, true, NULL, "anna", NULL },
	{ __LINE__, ENDPOINT_SUBMIT, true, NULL, ANNAS "0", NULL },
	{ __LINE__, ENDPOINT_COLLECT, true, NULL, "0" ANNAS, NULL },
};

START_TEST(a_peer_is_whose_key_it_has_shown)
{
	struct plan *plan = make_plan();
	struct socket socket = { .role = connections[_i].role,
				 .remote = connections[_i].remote,
				 .publisher = (char *)(uintptr_t)connections[_i].publisher };
	struct credentials shown = socket_credentials(&socket, connections[_i].key);
	struct peer peer, expected;
	bool known = access_peer(plan, &shown, &peer);

	ck_assert_msg(known == (connections[_i].peer != NULL), "line %d", connections[_i].line);
	if (known) {
		expected = peer_of(plan, connections[_i].peer);
		ck_assert_msg(peer.kind == expected.kind && peer.person == expected.person &&
				      peer.system == expected.system,
			      "line %d", connections[_i].line);
	}
	plan_unref(plan);
}
END_TEST

static const struct {
	int line;
	enum event_type type;
	const char *subject;
	const char *who; /* of names, who may say it */
	bool not_mine;
} events[] = {
	{ __LINE__, EVENT_STATUS, "HSN-03", "anna bo steward ekonomi" }, /* bo: her deputy */
	{ __LINE__, EVENT_STATUS, "RS-01", "chair steward" },
	{ __LINE__, EVENT_NOTE, "HSN-03", "anna bo chair steward ekonomi" },
	{ __LINE__, EVENT_NOTE, "RS-01", "anna bo chair steward ekonomi" },
	/* That it is not theirs: whoever is asked for it; her deputy isn't, while she is there. */
	{ __LINE__, EVENT_NOTE, "HSN-03", "anna steward", true },
	{ __LINE__, EVENT_NOTE, "RS-01", "chair steward", true },
	{ __LINE__, EVENT_NOTE, "RS-58", "chair steward", true },
	{ __LINE__, EVENT_NOTE, "HSN-99", "anna bo chair steward ekonomi", true },
	{ __LINE__, EVENT_SUBMIT, "RS-58", "chair steward" }, /* the responsible */
	{ __LINE__, EVENT_EXTEND, "RS-58", "steward" },
	{ __LINE__, EVENT_EXTEND, "HSN-03", "steward" },
	{ __LINE__, EVENT_MEETING, "RS", "steward" },
	{ __LINE__, EVENT_CLOSE, "HSN-03", "steward" },
	{ __LINE__, EVENT_REQUEST, "HSN-03", "anna bo steward" },
	{ __LINE__, EVENT_REQUEST, "RS-58", "chair steward" },
	{ __LINE__, EVENT_DENY, "HSN-03", "steward" },
	{ __LINE__, EVENT_PROPOSAL, "RS-58", "steward" },
	{ __LINE__, EVENT_UNDO, "RS-58", "steward" },
	/* That it is not there is the better answer, which apply gives. */
	{ __LINE__, EVENT_STATUS, "HSN-99", "anna bo chair steward ekonomi" },
	{ __LINE__, EVENT_SUBMIT, "HSN-03", "anna bo chair steward ekonomi" },
	{ __LINE__, EVENT_EXTEND, "HSN-99", "steward" },
};

START_TEST(each_says_what_is_theirs)
{
	struct plan *plan = make_plan();
	const struct measure *measure = plan_measure(plan, measure_id(events[_i].subject));
	const struct deadline *deadline = plan_deadline(plan, deadline_id(events[_i].subject));
	const struct person_id owner = measure	  ? measure->owner->id
				       : deadline ? deadline->responsible->id
						  : person_id("");
	struct event event = { .type = events[_i].type,
			       .source = "/people/x",
			       .subject = events[_i].subject };

	event.note.not_mine = events[_i].not_mine;
	struct peer local = peer_of(plan, "local");
	struct rejection why;

	ck_assert_int_eq(access_event(plan, &local, &event, owner, &why), REJECT_NONE);
	for (int i = 0; i < KEYS; i++) {
		struct peer peer = peer_of(plan, names[i]);
		bool may = strstr(events[_i].who, names[i]) != NULL;

		why = (struct rejection){ .code = REJECT_NONE };
		ck_assert_msg(access_event(plan, &peer, &event, owner, &why) ==
				      (may ? REJECT_NONE : REJECT_NOT_ALLOWED),
			      "line %d, %s: %s", events[_i].line, names[i], why.reason);
		ck_assert(may || strstr(why.reason, events[_i].subject));
	}
	plan_unref(plan);
}
END_TEST

START_TEST(the_owner_is_who_it_is_now)
{
	struct plan *plan = make_plan();
	struct event event = { .type = EVENT_STATUS, .source = "/people/x", .subject = "HSN-03" };
	struct peer anna = peer_of(plan, "anna"), chair = peer_of(plan, "chair");
	struct rejection why;

	ck_assert_int_eq(access_event(plan, &chair, &event, person_id("chair"), &why), REJECT_NONE);
	ck_assert_int_eq(access_event(plan, &anna, &event, person_id("chair"), &why),
			 REJECT_NOT_ALLOWED);
	ck_assert_int_eq(access_event(plan, &anna, &event, person_id("gone"), &why),
			 REJECT_NOT_ALLOWED);
	plan_unref(plan);
}
END_TEST

START_TEST(commands_are_for_stewards)
{
	struct plan *plan = make_plan();
	const bool command = request_kinds[_i].command || _i == QUERY_SESSIONS;
	struct rejection why;

	for (int i = 0; i < KEYS; i++) {
		struct peer peer = peer_of(plan, names[i]);
		bool may = !command || strcmp(names[i], "steward") == 0;

		ck_assert_int_eq(access_request(&peer, (enum request)_i, &why),
				 may ? REJECT_NONE : REJECT_NOT_ALLOWED);
	}
	plan_unref(plan);
}
END_TEST

static const struct {
	const char *source;
	bool local, system, person, steward; /* may that peer use it? */
} sources[] = {
	{ "/people/anna", true, false, true, true },
	{ "/people/bo", true, false, false, true },
	{ "/systems/ekonomi", true, true, false, true },
	{ "/systems/anna", true, false, false, true },
	{ "/local/root", true, false, false, false },
	{ "/local/", false, false, false, false },
	{ "/local/a b", false, false, false, false },
	{ "/people/nobody", false, false, false, false },
	{ "/people/ekonomi", false, false, false, false },
	{ "/people/", false, false, false, false },
	{ "/people/anna/", false, false, false, false },
	{ "/people/ann", false, false, false, false },
	{ "/systems/", false, false, false, false },
	{ "/systems/ekonomi/", false, false, false, false },
	{ "/systems/ekonom", false, false, false, false },
	{ "/paminn", false, false, false, false },
	{ "/local", false, false, false, false },
	{ "anna", false, false, false, false },
	{ "", false, false, false, false },
};

START_TEST(a_source_names_whom_the_peer_may_speak_for)
{
	struct plan *plan = make_plan();
	const struct {
		const char *name;
		bool may;
	} peers[] = { { "local", sources[_i].local },
		      { "ekonomi", sources[_i].system },
		      { "anna", sources[_i].person },
		      { "steward", sources[_i].steward } };
	struct rejection why;

	for (size_t i = 0; i < UNIT_COUNT(peers); i++) {
		struct peer peer = peer_of(plan, peers[i].name);

		ck_assert_msg((access_source(plan, &peer, sources[_i].source, &why) ==
			       REJECT_NONE) == peers[i].may,
			      "%s, %s", peers[i].name, sources[_i].source);
	}
	plan_unref(plan);
}
END_TEST

/* What a steward of HSN-* and RS may say, in their own name and in that of another. */
static const struct {
	int line;
	enum event_type type;
	const char *subject;
	bool own, others;
} narrow[] = {
	{ __LINE__, EVENT_STATUS, "HSN-03", true, true },
	{ __LINE__, EVENT_STATUS, "RS-01", false, false },
	{ __LINE__, EVENT_ASSIGN, "HSN-03", true, true },
	{ __LINE__, EVENT_ASSIGN, "RS-01", false, false },
	{ __LINE__, EVENT_EXTEND, "HSN-03", true, true },
	{ __LINE__, EVENT_EXTEND, "RS-58", false, false },
	{ __LINE__, EVENT_SUBMIT, "RS-58", false, false },
	{ __LINE__, EVENT_OUTCOME, "RS-58", false, false },
	{ __LINE__, EVENT_MEETING, "RS", true, true },
	{ __LINE__, EVENT_MEETING, "HSN", false, false },
	{ __LINE__, EVENT_ABSENCE, "anna", true, true }, /* who owns one of theirs */
	{ __LINE__, EVENT_ABSENCE, "chair", false, false },
	{ __LINE__, EVENT_ABSENCE, "narrow", true, false }, /* themself */
	{ __LINE__, EVENT_NOTE, "RS-01", false, false },    /* which they don't see */
	{ __LINE__, EVENT_NOTE, "HSN-03", true, true },
	{ __LINE__, EVENT_SEEN, "RS-58", true, false },
};

START_TEST(a_narrower_steward_says_what_is_theirs)
{
	struct plan *plan = make_plan();
	const struct peer peer = peer_of(plan, "narrow");
	struct event event = { .type = narrow[_i].type, .subject = narrow[_i].subject };
	const struct {
		const char *source;
		bool may;
	} said[] = { { "/people/narrow", narrow[_i].own }, { "/people/bo", narrow[_i].others } };
	struct rejection why;

	for (size_t i = 0; i < UNIT_COUNT(said); i++) {
		event.source = said[i].source;
		ck_assert_msg(access_event(plan, &peer, &event, person_id("chair"), &why) ==
				      (said[i].may ? REJECT_NONE : REJECT_NOT_ALLOWED),
			      "line %d, %s", narrow[_i].line, said[i].source);
	}
	plan_unref(plan);
}
END_TEST

START_TEST(what_is_of_the_whole_is_not_a_narrower_stewards)
{
	static const enum request theirs[] = { COMMAND_RETRY, COMMAND_DROP, COMMAND_MESSAGE };
	struct plan *plan = make_plan();
	const struct peer peer = peer_of(plan, "narrow"), full = peer_of(plan, "steward");
	bool may = !request_kinds[_i].command && _i != QUERY_SESSIONS;
	struct rejection why;

	for (size_t i = 0; i < UNIT_COUNT(theirs); i++)
		may |= theirs[i] == (enum request)_i;
	ck_assert_int_eq(access_request(&peer, (enum request)_i, &why),
			 may ? REJECT_NONE : REJECT_NOT_ALLOWED);
	ck_assert(access_is_steward(&peer) && !access_is_full_steward(&peer));
	ck_assert(access_is_full_steward(&full) && !access_viewer(&full));
	plan_unref(plan);
}
END_TEST

START_TEST(a_narrower_steward_sees_what_is_theirs)
{
	static const struct {
		const char *item;
		bool seen;
	} items[] = { { "HSN-03", true }, { "HSN-03@2026-05-26", true },
		      { "RS", true },	  { "anna", true },
		      { "RS-01", false }, { "RS-58", false },
		      { "chair", false }, { "narrow", false },
		      { "", false } };
	struct plan *plan = make_plan();
	const struct peer peer = peer_of(plan, "narrow"), full = peer_of(plan, "steward"),
			  bo = peer_of(plan, "bo");

	for (size_t i = 0; i < UNIT_COUNT(items); i++) {
		ck_assert_msg(access_may_see(plan, &peer, items[i].item) == items[i].seen, "%s",
			      items[i].item);
		ck_assert(access_may_see(plan, &full, items[i].item));
		ck_assert(access_may_see(plan, &bo, items[i].item));
	}
	plan_unref(plan);
}
END_TEST

UNIT_TESTS("gate/access", UNIT_ROWS(a_peer_is_whose_key_it_has_shown, UNIT_COUNT(connections)),
	   UNIT_ROWS(a_source_names_whom_the_peer_may_speak_for, UNIT_COUNT(sources)),
	   UNIT_ROWS(each_says_what_is_theirs, UNIT_COUNT(events)),
	   UNIT(the_owner_is_who_it_is_now), UNIT_ROWS(commands_are_for_stewards, REQUESTS),
	   UNIT_ROWS(a_narrower_steward_says_what_is_theirs, UNIT_COUNT(narrow)),
	   UNIT_ROWS(what_is_of_the_whole_is_not_a_narrower_stewards, REQUESTS),
	   UNIT(a_narrower_steward_sees_what_is_theirs))
