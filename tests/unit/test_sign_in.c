/* SPDX-License-Identifier: Apache-2.0 */
/* Links to sign in with and sessions, as the ledger has them: for whom, how many, how long. */
#include "engine/outbox/sign_in.h"
#include "tests/unit/engine_fixture.h"

static struct world *w;

static void begin(void)
{
	w = world_new("2026-05-06 09:00", &(struct written){ 0 });
}

static struct instant after(int minutes)
{
	return instant_add(w->now, MINUTES(minutes));
}

/* How many mails leave to whoever has the address. */
static size_t asks(const char *address, int minutes)
{
	struct sign_in_sent sent;

	ck_assert_int_eq(sign_in_ask(&w->e, address, "/desk", after(minutes), &sent), 0);
	ck_assert((sent.refused != NULL) <= (sent.sent == 0));
	return sent.sent;
}

static int keep_id(void *userdata, const struct item *item)
{
	json_t *detail = json_loads(item->detail, 0, NULL);

	snprintf(userdata, LOGIN_ID, "%s", json_string_value(json_object_get(detail, "login")));
	json_decref(detail);
	return 0;
}

/* The link that the newest mail has in it. */
static const char *newest(char out[static LOGIN_ID])
{
	struct message m;
	bool found = true;
	int64_t id = 0;

	while (found) {
		id++;
		ck_assert_int_ge(ledger_find_message(w->e.ledger, message_id(id), &m, &found), 0);
	}
	out[0] = '\0';
	ck_assert_int_ge(ledger_items(w->e.ledger, message_id(id - 1), keep_id, out), 0);
	ck_assert_uint_eq(strlen(out), LOGIN_ID - 1);
	return out;
}

static int state_of(const char *login, int minutes, struct login_row *row)
{
	const struct person *person = NULL;
	int r = sign_in_find(&w->e, login, after(minutes), row, &person);

	if (r != SIGN_IN_OVER)
		ck_assert_str_eq(person->id.text, "akut");
	return r;
}

static void sign_in_with(const char *login, const char *token, int minutes)
{
	struct login_row row;

	ck_assert_int_eq(state_of(login, minutes, &row), SIGN_IN_GOOD);
	ck_assert_int_eq(sign_in_begin(&w->e,
				       &(struct sign_in_begin){
					       .person = plan_person(w->e.plan, person_id("akut")),
					       .token = token,
					       .before = "",
					       .by = &row,
					       .form = "f" },
				       after(minutes)),
			 0);
}

/* Whose session it is; "-": nobody's. */
static const char *whose(const char *token, int minutes)
{
	struct session_row row;
	const struct person *person = NULL;

	ck_assert_int_eq(sign_in_whose(&w->e, token, after(minutes), &row, &person), 0);
	return person ? person->id.text : "-";
}

START_TEST(ten_links_an_hour_leave_to_a_person)
{
	begin();
	for (int i = 0; i < 10; i++)
		ck_assert_uint_eq(asks(i % 2 ? "akut@region.se" : "Akut@REGION.se", i), 1);
	ck_assert_uint_eq(asks("AKUT@region.se", 30), 0);
	ck_assert_uint_eq(asks("kir@region.se", 30), 1);
	ck_assert_uint_eq(asks("ingen@region.se", 30), 0);
	ck_assert_uint_eq(asks("akut@region.se", 59), 0);
	/* The first of them is an hour old. */
	ck_assert_uint_eq(asks("akut@region.se", 61), 1);
	world_free(w);
}
END_TEST

/* Two share it: each has ten links an hour. Who has no mail has no address to type. */
#define SHARED(id) "{ id='" id "'; name='N'; mail='delad@region.se'; }"
#define HOOK_ONLY ", { id='x'; name='X'; channels=['hook']; }"

START_TEST(who_shares_an_address_has_ten_links_of_their_own)
{
	struct sign_in_sent sent;

	w = world_new("2026-05-06 09:00", &(struct written){ .people = PEOPLE HOOK_ONLY
							     ", " SHARED("p1") ", " SHARED("p2") });
	for (int i = 0; i < 10; i++)
		ck_assert_uint_eq(asks("delad@region.se", i), 2);
	ck_assert_int_eq(sign_in_ask(&w->e, "delad@region.se", "", after(30), &sent), 0);
	ck_assert_uint_eq(sent.sent, 0);
	ck_assert_ptr_nonnull(sent.refused); /* the first of them is named */
	ck_assert_str_eq(sent.refused->id.text, "p1");
	ck_assert_ptr_null(sign_in_named(w->e.plan, "delad@region.se"));
	ck_assert_str_eq(sign_in_named(w->e.plan, "akut@region.se")->id.text, "akut");
	world_free(w);
}
END_TEST

START_TEST(of_more_than_five_who_share_an_address_five_get_a_link)
{
	w = world_new(
		"2026-05-06 09:00",
		&(struct written){
			.people = PEOPLE ", " SHARED("p1") ", " SHARED("p2") ", " SHARED(
				"p3") ", " SHARED("p4") ", " SHARED("p5") ", " SHARED("p6") });
	ck_assert_uint_eq(asks("delad@region.se", 0), 5);
	world_free(w);
}
END_TEST

START_TEST(a_link_is_good_once_and_for_a_quarter_of_an_hour)
{
	char login[LOGIN_ID], other[LOGIN_ID];
	struct login_row row;

	begin();
	asks("akut@region.se", 0);
	newest(login);
	asks("akut@region.se", 0);
	newest(other);
	ck_assert_str_ne(login, other);
	ck_assert_int_eq(state_of(login, 14, &row), SIGN_IN_GOOD);
	ck_assert_int_eq(state_of(login, 15, &row), SIGN_IN_OVER);
	sign_in_with(login, "first", 14);
	ck_assert_int_eq(state_of(login, 14, &row), SIGN_IN_USED);
	ck_assert_int_eq(state_of(other, 14, &row), SIGN_IN_GOOD);
	ck_assert_int_eq(state_of("", 14, &row), SIGN_IN_OVER);
	ck_assert_int_eq(state_of("0", 14, &row), SIGN_IN_OVER);
	world_free(w);
}
END_TEST

/* akut has another address. */
static const struct written moved = {
	.people = "{ id='akut'; name='N'; mail='efter@region.se'; manager='dir'; }, "
		  "{ id='dir'; name='D'; mail='dir@region.se'; }, "
		  "{ id='reg'; name='R'; mail='reg@region.se'; roles=['support']; }",
	.alerts = "",
};

START_TEST(a_session_lasts_eight_hours_and_as_long_as_its_person)
{
	char login[LOGIN_ID];

	begin();
	asks("akut@region.se", 0);
	sign_in_with(newest(login), "token", 0);
	ck_assert_str_eq(whose("token", 8 * 60 - 1), "akut");
	ck_assert_str_eq(whose("token", 8 * 60), "-");
	ck_assert_str_eq(whose("other", 0), "-");
	/* With another address they are somebody else. */
	world_adopt(w, &moved);
	ck_assert_str_eq(whose("token", 1), "-");
	world_free(w);
}
END_TEST

/* Who has left the plan is nobody. */
START_TEST(a_session_and_a_link_end_with_who_left_the_plan)
{
	char login[LOGIN_ID];
	struct login_row row;

	w = world_new("2026-05-06 09:00",
		      &(struct written){ .people = PEOPLE ", " PERSON("ny", "") });
	asks("akut@region.se", 0);
	sign_in_with(newest(login), "token", 0);
	asks("ny@region.se", 0);
	newest(login);
	world_adopt(w, &(struct written){ 0 });
	ck_assert_int_eq(state_of(login, 1, &row), SIGN_IN_OVER);
	ck_assert_str_eq(whose("token", 1), "akut");
	world_free(w);
}
END_TEST

START_TEST(all_of_a_persons_sessions_end_and_links_that_wait_lead_nowhere)
{
	char login[LOGIN_ID];
	struct login_row row;

	begin();
	for (int i = 0; i < 3; i++) {
		const char *const tokens[] = { "a", "b", "c" };

		asks("akut@region.se", 0);
		sign_in_with(newest(login), tokens[i], 0);
	}
	asks("akut@region.se", 0);
	newest(login);
	ck_assert_int_eq(sign_in_end_all(&w->e, person_id("akut")), 3);
	ck_assert_str_eq(whose("a", 0), "-");
	ck_assert_str_eq(whose("c", 0), "-");
	ck_assert_int_eq(state_of(login, 0, &row), SIGN_IN_OVER);
	ck_assert_int_eq(sign_in_end_all(&w->e, person_id("akut")), 0);
	world_free(w);
}
END_TEST

START_TEST(a_proxy_names_somebody_by_id_or_by_an_address_that_is_theirs_alone)
{
	struct world *shared =
		world_new("2026-05-06 09:00",
			  &(struct written){ .people = PEOPLE
					     ", { id='x'; name='X'; mail='reg@region.se'; }" });
	static const struct {
		const char *name, *is;
	} rows[] = {
		{ "akut", "akut" },	    { "Akut@Region.se", "akut" },
		{ "reg", "reg" },	    { "reg@region.se", "-" },
		{ "ingen", "-" },	    { "", "-" },
		{ "ingen@region.se", "-" }, { "Akut", "-" },
	};

	for (size_t i = 0; i < UNIT_COUNT(rows); i++) {
		const struct person *p = sign_in_named(shared->e.plan, rows[i].name);

		ck_assert_msg(strcmp(p ? p->id.text : "-", rows[i].is) == 0, "%s", rows[i].name);
	}
	world_free(shared);
}
END_TEST

UNIT_TESTS("engine/outbox/sign_in", UNIT(ten_links_an_hour_leave_to_a_person),
	   UNIT(who_shares_an_address_has_ten_links_of_their_own),
	   UNIT(of_more_than_five_who_share_an_address_five_get_a_link),
	   UNIT(a_session_and_a_link_end_with_who_left_the_plan),
	   UNIT(a_link_is_good_once_and_for_a_quarter_of_an_hour),
	   UNIT(a_session_lasts_eight_hours_and_as_long_as_its_person),
	   UNIT(all_of_a_persons_sessions_end_and_links_that_wait_lead_nowhere),
	   UNIT(a_proxy_names_somebody_by_id_or_by_an_address_that_is_theirs_alone))
