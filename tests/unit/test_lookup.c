/* SPDX-License-Identifier: Apache-2.0 */
/* What a page asks of the store: in slices, of one moment, few at a time, and never for who has left. */
#include "web/lookup.h"

#include <sys/socket.h>

#include "base/clock.h"
#include "ledger/turn.h"
#include "tests/unit/ask.h"
#include "web/exchange_inside.h"
#include "web/visitor.h"

static const struct written plan = {
	.measures = TWO_MEASURES,
	.deadlines = HANDED_IN("RS-58", "2026-05-26", "") ", " ASKING("T2", "2026-09-16", ""),
	.alerts = "",
};

struct site {
	struct world *world;
	struct web web;
	struct visitor visitor;
	int other_end;
	struct exchange pages[40];
};

static struct site site;
static int told[40], in_order[40], told_count;
static char seen[40][2000];

static void on_fatal(void *userdata, int error)
{
	(void)userdata;
	ck_abort_msg("the turn failed: %d", error);
}

static void site_begin(void)
{
	int ends[2];
	struct site *s = &site;

	s->world = asked_world("2026-04-22 12:00", &plan);
	ck_assert_int_eq(ledger_commit(s->world->e.ledger), 0);
	ck_assert_int_ge(sd_event_new(&s->web.event), 0);
	ck_assert_int_eq(turn_new(&s->world->e.turn, s->world->e.ledger, s->web.event, on_fatal, s),
			 0);
	s->web.engine = &s->world->e;
	TAILQ_INIT(&s->web.waiting);
	ck_assert_int_eq(lookups_new(&s->web.lookups, &s->web), 0);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	s->visitor = (struct visitor){ .web = &s->web, .fd = ends[0] };
	s->other_end = ends[1];
	for (size_t i = 0; i < UNIT_COUNT(s->pages); i++)
		s->pages[i] = (struct exchange){ .web = &s->web, .visitor = &s->visitor };
}

static void site_end(void)
{
	lookups_free(site.web.lookups);
	close(site.visitor.fd);
	turn_free(site.world->e.turn);
	site.world->e.turn = NULL;
	sd_event_unref(site.web.event);
	asked_free(site.world);
}

/* Run the loop until nothing is to be done at once; how many rounds that took. */
static int run(void)
{
	int rounds = 0;

	while (sd_event_run(site.web.event, 0) > 0)
		ck_assert_int_lt(rounds++, 100000);
	return rounds;
}

static void then(struct web *w, struct exchange *x, json_t *const answers[],
		 const struct rejection *why)
{
	const ptrdiff_t page = x - site.pages;

	(void)w;
	told[page]++;
	in_order[told_count++] = (int)page;
	for (int i = 0; !why && i < 2 && answers[i]; i++) {
		char *text = json_dumps(answers[i], JSON_COMPACT);

		strncat(seen[page], text, sizeof(seen[page]) - strlen(seen[page]) - 1);
		free(text);
	}
	if (why)
		snprintf(seen[page], sizeof(seen[page]), "%s", why->reason);
	exchange_refuse(x, REFUSAL_NOT_FOUND); /* ends it */
}

static void ask_of(int page, const char *params)
{
	json_t *json = params_of(params);

	lookup(&site.pages[page],
	       (const struct question[]){ { QUERY_LIST, json }, { QUERY_OUTBOX, NULL } }, 2, then);
	json_decref(json);
}

START_TEST(each_question_is_answered_in_its_place)
{
	site_begin();
	ask_of(0, "{'deadline':'T2','all':true}");
	ck_assert_int_eq(told[0], 0);
	run();
	ck_assert_int_eq(told[0], 1);
	ck_assert_ptr_nonnull(strstr(seen[0], "\"T2\""));
	ck_assert_ptr_null(strstr(seen[0], "RS-58"));
	ck_assert_str_eq(seen[0] + strlen(seen[0]) - 2, "[]"); /* the outbox is empty */
	site_end();
}
END_TEST

START_TEST(what_is_refused_is_told_with_its_sentence)
{
	site_begin();
	ask_of(0, "{'deadline':'T9'}");
	ask_of(1, "{'deadline':'åäö'}");
	ask_of(2, "{'deadlines':'T2'}");
	run();
	ck_assert_msg(strstr(seen[0], "T9"), "%s", seen[0]);
	ck_assert_msg(strstr(seen[1], "is not an id"), "%s", seen[1]);
	ck_assert_msg(strstr(seen[2], "unknown member"), "%s", seen[2]);
	site_end();
}
END_TEST

/* What was said just before is seen: the open turn ends first, and no later one is between the questions. */
START_TEST(what_was_just_said_is_seen)
{
	site_begin();
	ck_assert_int_eq(turn_join(site.world->e.turn), 0);
	HEARD(site.world, "status", "HSN-03", "{'status':'on-track'}");
	ask_of(0, "{'owner':'akut','all':true}");
	run();
	ck_assert_msg(strstr(seen[0], "\"on-track\""), "%s", seen[0]);
	site_end();
}
END_TEST

START_TEST(beyond_the_line_they_are_told_to_come_again)
{
	site_begin();
	for (int i = 0; i < 39; i++)
		ask_of(i, "{}");
	for (int i = 0; i < 39; i++)
		ck_assert_int_eq(site.pages[i].refused, i < 32 ? REFUSAL_NONE : REFUSAL_CROWDED);
	run();
	ck_assert_int_eq(told_count, 32);
	ask_of(39, "{}"); /* there is room again */
	run();
	ck_assert_int_eq(told[39], 1);
	site_end();
}
END_TEST

START_TEST(whoever_has_left_is_not_worked_for)
{
	site_begin();
	ask_of(0, "{}");
	close(site.other_end);
	run();
	ck_assert_int_eq(told[0], 0);
	ck_assert(site.pages[0].replied);
	ck_assert_ptr_null(site.pages[0].lookup);
	site_end();
}
END_TEST

START_TEST(an_exchange_that_ends_takes_its_lookup_along)
{
	site_begin();
	ask_of(0, "{}");
	sd_event_run(site.web.event, 0); /* it is begun */
	ask_of(1, "{}");
	lookup_free(site.pages[0].lookup);
	lookup_free(site.pages[1].lookup);
	run();
	ck_assert_int_eq(told_count, 0);
	site_end();
}
END_TEST

START_TEST(a_stop_ends_those_that_wait)
{
	site_begin();
	ask_of(0, "{}");
	sd_event_run(site.web.event, 0);
	ask_of(1, "{}");
	site.web.stopping = true;
	lookups_stop(site.web.lookups);
	for (int i = 0; i < 2; i++)
		ck_assert_int_eq(site.pages[i].refused, REFUSAL_BUSY);
	ask_of(2, "{}");
	ck_assert_int_eq(site.pages[2].refused, REFUSAL_CROWDED);
	ck_assert_int_eq(told_count, 0);
	site_end();
}
END_TEST

UNIT_TESTS_APART("web/lookup", UNIT(each_question_is_answered_in_its_place),
		 UNIT(what_is_refused_is_told_with_its_sentence), UNIT(what_was_just_said_is_seen),
		 UNIT(beyond_the_line_they_are_told_to_come_again),
		 UNIT(whoever_has_left_is_not_worked_for),
		 UNIT(an_exchange_that_ends_takes_its_lookup_along),
		 UNIT(a_stop_ends_those_that_wait))
