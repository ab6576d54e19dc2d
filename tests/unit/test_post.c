/* SPDX-License-Identifier: Apache-2.0 */
/* What waits in the outbox: joined, struck out, dropped. */
#include "engine/outbox/post.h"

#include "engine/outbox/covered.h"
#include "tests/unit/engine_fixture.h"

static const struct written plan = {
	.people = PERSON("akut",
			 "channels=['mail','hook'];") ", " PERSON("kir", "") ", " PERSON("reg", ""),
	.steps = "0 owner",
	.alerts = "",
};

static const char *const kind_of[ITEM_WHATS] = {
	[ITEM_OWED] = "reminder",
	[ITEM_ESCALATED] = "escalation",
	[ITEM_OFF_TRACK] = "alert",
	[ITEM_NEEDS_SUPPORT] = "alert",
	[ITEM_EFFECT_BELOW] = "alert",
	[ITEM_UNREACHED] = "alert",
	[ITEM_UNBOUND] = "alert",
	[ITEM_MOVED] = "moved",
	[ITEM_SUBMITTED] = "confirmation",
	[ITEM_TEST] = "test",
	[ITEM_SIGN_IN] = "signin",
	[ITEM_GONE] = "alert",
	[ITEM_ASSIGNED] = "assigned",
	[ITEM_UNASSIGNED] = "assigned",
	[ITEM_ABSENT] = "alert",
	[ITEM_OUTCOME] = "confirmation",
	[ITEM_RETURNED] = "moved",
	[ITEM_NOT_MINE] = "alert",
	[ITEM_REQUESTED] = "alert",
	[ITEM_GRANTED] = "confirmation",
	[ITEM_DENIED] = "confirmation",
	[ITEM_PASSED] = "confirmation",
	[ITEM_UNDECIDED] = "alert",
	[ITEM_DISORDER] = "alert",
	[ITEM_LIGHT] = "alert",
	[ITEM_DONE_BY] = "moved",
	[ITEM_FROZEN] = "rereport",
	[ITEM_UNPROPOSED] = "alert",
	[ITEM_REPLIED] = "reply",
	[ITEM_UNFORWARDED] = "alert",
	[ITEM_HOLD] = "hold",
	[ITEM_AWAY] = "absence",
};

START_TEST(each_item_has_its_kind_of_message)
{
	ck_assert_str_eq(message_kind_name(item_kind((enum item_what)_i)), kind_of[_i]);
}
END_TEST

/* Post an item to somebody: what it says, of which obligation, planned for. */
static struct message_id post(struct world *w, const char *to, enum item_what what,
			      int64_t obligation, const char *planned)
{
	const struct posting posting = { .what = what,
					 .deadline = plan_deadline(w->e.plan, deadline_id("RS-58")),
					 .obligation = obligation_id(obligation),
					 .round = 1 };
	struct ledger_sink out = ledger_sink_with(&w->e, NULL, w->now);
	struct recipient recipient;
	struct message_id id = { 0 };

	ck_assert(recipient_find(w->e.plan, recipient_id(to), &recipient));
	ck_assert_int_eq(out.sink.put(&out.sink, recipient, &posting, instant_of(planned), &id), 0);
	return id;
}

static struct message message_of(struct world *w, struct message_id id)
{
	struct message m;

	ck_assert_int_eq(ledger_message(w->e.ledger, id, &m), 0);
	return m;
}

#define AT "2026-05-11 08:00"
#define LATER "2026-05-11 09:00"

/* Two items to one person: do they become one message, and of which kind? */
static const struct {
	int line;
	enum item_what first, second;
	const char *second_at;
	bool joined;
	enum message_kind kind; /* of the message the second is in */
} pairs[] = {
	{ __LINE__, ITEM_OWED, ITEM_OWED, AT, true, KIND_REMINDER },
	{ __LINE__, ITEM_OWED, ITEM_ESCALATED, AT, true, KIND_REMINDER },
	{ __LINE__, ITEM_ESCALATED, ITEM_OWED, AT, true, KIND_REMINDER },
	{ __LINE__, ITEM_ESCALATED, ITEM_ESCALATED, AT, true, KIND_ESCALATION },
	{ __LINE__, ITEM_OWED, ITEM_OWED, LATER, false, KIND_REMINDER },
	{ __LINE__, ITEM_OWED, ITEM_OFF_TRACK, AT, false, KIND_ALERT },
	{ __LINE__, ITEM_OFF_TRACK, ITEM_UNREACHED, AT, true, KIND_ALERT },
	{ __LINE__, ITEM_MOVED, ITEM_MOVED, LATER, true, KIND_MOVED }, /* whenever it leaves */
	{ __LINE__, ITEM_MOVED, ITEM_SUBMITTED, AT, false, KIND_CONFIRMATION },
};

START_TEST(items_join_what_is_of_their_kind)
{
	struct world *w = world_new("2026-05-08 18:00", &plan);
	struct message_id first = post(w, "kir", pairs[_i].first, 1, AT);
	struct message_id second = post(w, "kir", pairs[_i].second, 2, pairs[_i].second_at);

	ck_assert_msg((first.n == second.n) == pairs[_i].joined, "line %d", pairs[_i].line);
	ck_assert_int_eq(message_of(w, second).kind, pairs[_i].kind);
	world_free(w);
}
END_TEST

START_TEST(what_has_been_tried_is_joined_no_more)
{
	struct world *w = world_new("2026-05-08 18:00", &plan);
	struct message m = message_of(w, post(w, "kir", ITEM_MOVED, 1, AT));

	outbox_start(&m, w->now);
	ck_assert_int_eq(ledger_put_message(w->e.ledger, &m), 0);
	ck_assert_int_ne(post(w, "kir", ITEM_MOVED, 2, AT).n, m.id.n);
	world_free(w);
}
END_TEST

START_TEST(each_channel_has_its_own_message)
{
	struct world *w = world_new("2026-05-08 18:00", &plan);
	struct message_id id = post(w, "akut", ITEM_OWED, 1, AT);

	ck_assert_str_eq(message_of(w, id).channel, "mail");
	ck_assert_str_eq(message_of(w, message_id(id.n + 1)).channel, "hook");
	ck_assert_int_eq(message_of(w, id).next_attempt.us, instant_of(AT).us);
	ck_assert_str_eq(message_of(w, post(w, "channel:hook", ITEM_OWED, 1, AT)).to,
			 "channel:hook");
	world_free(w);
}
END_TEST

/* Strike out what RS-58 owes, in messages to somebody or (NULL) all. */
static int strike(struct world *w, int64_t obligation, unsigned whats, const char *to)
{
	return outbox_strike(&w->e,
			     &(struct strike){ obligation_id(obligation), deadline_id("RS-58"),
					       whats, recipient_id(to), "answered" },
			     w->now);
}

START_TEST(a_message_is_dropped_when_nothing_of_it_is_left)
{
	struct world *w = world_new("2026-05-08 18:00", &plan);
	struct message_id id = post(w, "kir", ITEM_OWED, 1, AT);

	ck_assert_int_eq(post(w, "kir", ITEM_ESCALATED, 2, AT).n, id.n);
	ck_assert_int_eq(strike(w, 1, 1U << ITEM_ESCALATED, NULL), 0);
	ck_assert_int_eq(strike(w, 1, 1U << ITEM_OWED, NULL), 0);
	ck_assert_int_eq(message_of(w, id).state, MESSAGE_PENDING);
	ck_assert_int_eq(strike(w, 2, ~0U, "akut"), 0);
	ck_assert_int_eq(message_of(w, id).state, MESSAGE_PENDING);
	ck_assert_int_eq(strike(w, 2, ~0U, "kir"), 0);
	ck_assert_int_eq(message_of(w, id).state, MESSAGE_DROPPED);
	ck_assert_str_eq(message_of(w, id).last_answer, "answered");
	ck_assert(instant_is_none(message_of(w, id).next_attempt));
	world_free(w);
}
END_TEST

START_TEST(what_is_under_way_is_not_dropped)
{
	struct world *w = world_new("2026-05-08 18:00", &plan);
	struct message m = message_of(w, post(w, "kir", ITEM_OWED, 1, AT));

	outbox_start(&m, w->now);
	ck_assert_int_eq(ledger_put_message(w->e.ledger, &m), 0);
	ck_assert_int_eq(strike(w, 1, ~0U, NULL), 0);
	ck_assert_int_eq(message_of(w, m.id).state, MESSAGE_STARTED);
	world_free(w);
}
END_TEST

START_TEST(all_that_waits_for_one_who_left_is_dropped)
{
	struct world *w = world_new("2026-05-08 18:00", &plan);
	struct message_id ids[100];

	for (int i = 0; i < 100; i++) { /* more than a batch */
		struct message m = message_of(w, post(w, i % 2 ? "kir" : "reg", ITEM_OWED, 1, AT));

		outbox_start(&m, w->now);
		outbox_settle(&m, &(struct result){ .verdict = VERDICT_LATER }, w->e.plan->calendar,
			      w->now);
		ck_assert_int_eq(ledger_put_message(w->e.ledger, &m), 0);
		ids[i] = m.id;
	}
	ck_assert_int_eq(post_drop_recipient(&w->e, recipient_id("kir"),
					     "the recipient left the plan", w->now),
			 0);
	for (int i = 0; i < 100; i++)
		ck_assert_int_eq(message_of(w, ids[i]).state,
				 i % 2 ? MESSAGE_DROPPED : MESSAGE_RETRY);
	world_free(w);
}
END_TEST

/* Whom an address that refuses is told to. */
static void refuse(struct world *w, struct message_id id)
{
	struct message m = message_of(w, id);

	outbox_start(&m, w->now);
	outbox_settle(&m, &(struct result){ .verdict = VERDICT_REFUSED, .answer = "550 no" },
		      w->e.plan->calendar, w->now);
	ck_assert_int_eq(ledger_put_message(w->e.ledger, &m), 0);
	ck_assert_int_eq(result_unreached(&w->e, &m, w->now), 0);
}

/* Two things that it said of the same are one. */
START_TEST(support_is_told_once_of_what_a_message_said_twice)
{
	struct written helped = plan;
	struct world *w;

	helped.people = PERSON("kir", "") ", " PERSON("akut", "") ", " PERSON(
		"reg", "") ", " PERSON("stod", "roles=['support'];");
	w = world_new("2026-05-08 10:00", &helped);
	post(w, "kir", ITEM_SUBMITTED, 0, AT);
	refuse(w, post(w, "kir", ITEM_SUBMITTED, 0, AT));
	world_to(w, "2026-05-08 11:00");
	TELLS(w, "05-08 10:00 alert stod: RS-58 unreached\n");
	world_free(w);
}
END_TEST

/* Who helps: support, else the stewards, else nobody. */
static const struct {
	const char *role, *tale;
} helpers[] = {
	{ "roles=['support'];", "05-08 10:00 alert stod: RS-58 unreached\n" },
	{ "roles=['steward'];", "05-08 10:00 alert stod: RS-58 unreached\n" },
	{ "", "" },
};

START_TEST(without_support_the_stewards_hear_of_it)
{
	struct written helped = plan;
	struct world *w;
	char people[1000];

	snprintf(people, sizeof(people), "%s, { id='stod'; name='S'; mail='s@region.se'; %s }",
		 plan.people, helpers[_i].role);
	helped.people = people;
	w = world_new("2026-05-08 10:00", &helped);
	refuse(w, post(w, "kir", ITEM_SUBMITTED, 0, AT));
	world_to(w, "2026-05-08 11:00");
	TELLS(w, helpers[_i].tale);
	world_free(w);
}
END_TEST

/* A reply that could not be passed on: the stewards are told once, of what it was about. */
static const struct {
	const char *measure, *tale;
} replies[] = {
	{ "", "05-08 10:00 alert reg: RS-58 unforwarded\n" },
	{ "HSN-03", "05-08 10:00 alert reg: RS-58/HSN-03 unforwarded\n" },
};

START_TEST(a_reply_that_cannot_be_passed_on_is_told_to_stewards)
{
	struct written kept = plan;
	struct world *w;
	struct message m;
	struct item item = { .what = ITEM_REPLIED };

	kept.people =
		PERSON("kir", "") ", " PERSON("akut", "") ", " PERSON("reg", "roles=['steward'];");
	w = world_new("2026-05-08 10:00", &kept);
	m = outbox_message(KIND_FORWARD, w->now, w->now);
	strcpy(m.channel, "mail");
	ck_assert_int_eq(ledger_put_message(w->e.ledger, &m), 0);
	item.message = m.id;
	strcpy(item.deadline, "RS-58");
	strcpy(item.measure, replies[_i].measure);
	item.detail = strdup("{\"incoming\":1,\"person\":\"kir\"}");
	ck_assert_int_eq(ledger_put_item(w->e.ledger, &item), 0);
	item_done(&item);
	refuse(w, m.id);
	world_to(w, "2026-05-08 11:00");
	TELLS(w, replies[_i].tale);
	world_free(w);
}
END_TEST

/* A role that more hold than one message tells: the first 512 hear of it. */
START_TEST(no_more_than_512_are_told_of_one_thing)
{
	struct written many = plan;
	struct recipient_list list = { .count = 0 };
	struct world *w;
	char *people = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&people, &size);

	fprintf(out, "%s", plan.people);
	for (int i = 0; i < 600; i++)
		fprintf(out, ", { id='p%d'; name='N'; mail='p%d@region.se'; roles=['presidium']; }",
			i, i);
	fclose(out);
	many.people = people;
	w = world_new("2026-05-08 10:00", &many);
	recipient_add_role(&list, w->e.plan, "presidium");
	ck_assert_uint_eq(list.count, 512);
	recipient_add_role(&list, w->e.plan, "presidium"); /* they are there already */
	ck_assert_uint_eq(list.count, 512);
	recipient_add_role(&list, w->e.plan, "nobodys");
	ck_assert_uint_eq(list.count, 512);
	world_free(w);
	free(people);
}
END_TEST

/* Whose manager, whose deputy, of what nobody owes: of nobody's. */
START_TEST(of_what_nobody_owes_no_manager_is_told)
{
	struct world *w = world_new("2026-05-08 10:00", &plan);
	const struct target targets[] = {
		{ .kind = TARGET_OWNER },
		{ .kind = TARGET_DEPUTY },
		{ .kind = TARGET_MANAGER },
		{ .kind = TARGET_RESPONSIBLE },
		{ .kind = TARGET_PERSON, .person = plan_person(w->e.plan, person_id("reg")) },
	};
	const struct recipient_context nobody = { NULL, NULL };
	struct recipient_list list = { .count = 0 };

	recipient_add(&list, w->e.plan, targets, UNIT_COUNT(targets), &nobody);
	ck_assert_uint_eq(list.count, 1);
	ck_assert_str_eq(list.list[0].person->id.text, "reg");
	world_free(w);
}
END_TEST

/* What a steward of some things may look at: a message that speaks of nothing else. */
static const struct {
	const char *deadline, *measure;
	bool theirs;
} spoken[] = {
	{ "RS-58", "", false },	      { "RS-58", "HSN-03", true }, { "", "HSN-03", true },
	{ "RS-58", "HSN-07", false }, { "RS-59", "HSN-07", true }, { "", "", false },
};

START_TEST(a_message_is_a_narrower_stewards_when_all_of_it_is)
{
	struct written narrow = plan;
	const struct person *sten;
	struct message m;
	struct world *w;
	bool covered;

	narrow.measures = TWO_MEASURES;
	narrow.deadlines = ASKING("RS-58", "2026-05-15", "") ", " ASKING("RS-59", "2026-05-15", "");
	narrow.people = PERSON("akut", "") ", " PERSON("kir", "") ", " PERSON(
		"reg", "") ", " PERSON("sten", "roles=['steward']; steward_of=['HSN-03','RS-59'];");
	w = world_new("2026-05-08 10:00", &narrow);
	sten = plan_person(w->e.plan, person_id("sten"));
	m = outbox_message(KIND_ALERT, w->now, w->now);
	strcpy(m.channel, "mail");
	ck_assert_int_eq(ledger_put_message(w->e.ledger, &m), 0);
	ck_assert_int_eq(message_is_covered(&w->e, sten, m.id, &covered), 0);
	ck_assert(!covered); /* of nothing */
	for (int with = 0; with < 2; with++) {
		struct item item = { .what = ITEM_OFF_TRACK, .message = m.id, .n = (unsigned)with };

		strcpy(item.deadline, with ? "RS-58" : spoken[_i].deadline);
		strcpy(item.measure, with ? "" : spoken[_i].measure);
		ck_assert_int_eq(ledger_put_item(w->e.ledger, &item), 0);
		ck_assert_int_eq(message_is_covered(&w->e, sten, m.id, &covered), 0);
		ck_assert(covered == (!with && spoken[_i].theirs));
	}
	world_free(w);
}
END_TEST

UNIT_TESTS("engine/post", UNIT_ROWS(each_item_has_its_kind_of_message, ITEM_WHATS),
	   UNIT_ROWS(items_join_what_is_of_their_kind, UNIT_COUNT(pairs)),
	   UNIT(support_is_told_once_of_what_a_message_said_twice),
	   UNIT_ROWS(without_support_the_stewards_hear_of_it, UNIT_COUNT(helpers)),
	   UNIT_ROWS(a_reply_that_cannot_be_passed_on_is_told_to_stewards, UNIT_COUNT(replies)),
	   UNIT(no_more_than_512_are_told_of_one_thing),
	   UNIT_ROWS(a_message_is_a_narrower_stewards_when_all_of_it_is, UNIT_COUNT(spoken)),
	   UNIT(of_what_nobody_owes_no_manager_is_told),
	   UNIT(what_has_been_tried_is_joined_no_more), UNIT(each_channel_has_its_own_message),
	   UNIT(a_message_is_dropped_when_nothing_of_it_is_left),
	   UNIT(what_is_under_way_is_not_dropped), UNIT(all_that_waits_for_one_who_left_is_dropped))
