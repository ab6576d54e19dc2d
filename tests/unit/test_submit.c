/* SPDX-License-Identifier: Apache-2.0 */
/* What leaves when, at intake.submit: a socket of ours and a peer, over inproc. */
#include "intake/submit.h"

#include <sqlite3.h>

#include "tests/unit/engine_fixture.h"

#define PLACE "inproc://submit"
#define SILENCE_MS 50
#define PATIENCE_MS 5000

struct fixture {
	struct world *w;
	sd_event *event;
	struct turn *turn;
	struct submit submit;
	void *context, *peer;
	struct socket socket;
	sqlite3 *other; /* another program in the store */
};

static void on_turn_end(void *userdata, enum turn_end end)
{
	replies_settle(userdata, end);
}

static void on_fatal(void *userdata, int error)
{
	(void)userdata;
	ck_abort_msg("the store is said to be broken: %d", error);
}

static void begin(struct fixture *f)
{
	*f = (struct fixture){ .socket = { .role = ENDPOINT_SUBMIT,
					   .address = (char[]){ PLACE } } };
	f->w = world_in(store_begin(), "2026-04-22 12:00", &usual);
	ck_assert_int_eq(ledger_commit(f->w->e.ledger), 0);
	ck_assert_int_ge(sd_event_new(&f->event), 0);
	ck_assert_int_eq(turn_new(&f->turn, f->w->e.ledger, f->event, on_fatal, NULL), 0);
	f->w->e.turn = f->turn;
	f->submit.engine = &f->w->e;
	ck_assert_int_eq(replies_new(&f->submit.replies), 0);
	ck_assert_int_eq(feed_new(&f->submit.feed), 0);
	ck_assert_int_eq(rejects_new(&f->submit.denied), 0);
	ck_assert_int_eq(names_new(&f->submit.names), 0);
	ck_assert_int_eq(parser_new(&f->submit.parser), 0);
	ck_assert_int_eq(turn_listen(f->turn, on_turn_end, f->submit.replies), 0);
	f->context = zmq_ctx_new();
	f->socket.zmq = zmq_socket(f->context, ZMQ_ROUTER);
	f->peer = zmq_socket(f->context, ZMQ_DEALER);
	ck_assert_int_eq(zmq_bind(f->socket.zmq, PLACE), 0);
	ck_assert_int_eq(zmq_connect(f->peer, PLACE), 0);
	ck_assert_int_eq(sqlite3_open(store_path, &f->other), SQLITE_OK);
}

static void end(struct fixture *f)
{
	struct ledger *l = f->w->e.ledger;

	ck_assert_int_eq(sqlite3_close(f->other), SQLITE_OK);
	zmq_close(f->peer);
	zmq_close(f->socket.zmq);
	zmq_ctx_term(f->context);
	buffer_done(&f->submit.answer);
	parser_free(f->submit.parser);
	names_free(f->submit.names);
	rejects_free(f->submit.denied);
	feed_free(f->submit.feed);
	replies_free(f->submit.replies);
	turn_free(f->turn);
	sd_event_unref(f->event);
	f->w->e.ledger = NULL;
	world_free(f->w);
	store_done(l);
}

/* A status with this id comes in. */
static void say(struct fixture *f, const char *id)
{
	zmq_msg_t frames[2];
	char text[300];

	snprintf(text, sizeof(text),
		 "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/people/akut\","
		 "\"type\":\"paminn.status\",\"subject\":\"HSN-03\","
		 "\"data\":{\"status\":\"on-track\"}}",
		 id);
	ck_assert_int_ge(zmq_send(f->peer, text, strlen(text), 0), 0);
	for (int i = 0; i < 2; i++) {
		zmq_msg_init(&frames[i]);
		ck_assert_int_ge(zmq_msg_recv(&frames[i], f->socket.zmq, 0), 0);
	}
	submit_calls.message(&f->submit, &f->socket, frames, 2);
	for (int i = 0; i < 2; i++)
		zmq_msg_close(&frames[i]);
}

/* The next answer; "" when there is none in time. */
static const char *answer(struct fixture *f, int patience)
{
	static char text[500];
	int n;

	zmq_setsockopt(f->peer, ZMQ_RCVTIMEO, &patience, sizeof(patience));
	n = zmq_recv(f->peer, text, sizeof(text) - 1, 0);
	text[n > 0 ? n : 0] = '\0';
	return text;
}

static void lock(struct fixture *f, const char *sql)
{
	ck_assert_int_eq(sqlite3_exec(f->other, sql, NULL, NULL, NULL), SQLITE_OK);
}

START_TEST(an_answer_leaves_when_its_turn_has_committed)
{
	struct fixture f;

	begin(&f);
	submit_calls.begin(&f.submit);
	say(&f, "1");
	ck_assert_str_eq(answer(&f, SILENCE_MS), "");
	turn_end_now(f.turn);
	ck_assert_ptr_nonnull(strstr(answer(&f, PATIENCE_MS), "\"accepted\""));
	end(&f);
}
END_TEST

START_TEST(what_can_not_be_stored_is_answered_at_once)
{
	struct fixture f;

	begin(&f);
	lock(&f, "BEGIN IMMEDIATE");
	submit_calls.begin(&f.submit);
	say(&f, "1");
	ck_assert_ptr_nonnull(strstr(answer(&f, PATIENCE_MS), "\"busy\""));
	lock(&f, "ROLLBACK");
	end(&f);
}
END_TEST

/* The batch began while another program held the store, and that let go of it between two messages. */
START_TEST(a_store_that_is_free_again_within_a_batch_gives_no_answer_before_the_commit)
{
	struct fixture f;

	begin(&f);
	lock(&f, "BEGIN IMMEDIATE");
	submit_calls.begin(&f.submit);
	say(&f, "1");
	ck_assert_ptr_nonnull(strstr(answer(&f, PATIENCE_MS), "\"busy\""));
	lock(&f, "ROLLBACK");
	usleep(250000); /* the turn tries again */
	say(&f, "2");
	ck_assert_str_eq(answer(&f, SILENCE_MS), "");
	turn_end_now(f.turn);
	ck_assert_ptr_nonnull(strstr(answer(&f, PATIENCE_MS), "\"accepted\""));
	end(&f);
}
END_TEST

UNIT_TESTS("intake/submit", UNIT(an_answer_leaves_when_its_turn_has_committed),
	   UNIT(what_can_not_be_stored_is_answered_at_once),
	   UNIT(a_store_that_is_free_again_within_a_batch_gives_no_answer_before_the_commit))
