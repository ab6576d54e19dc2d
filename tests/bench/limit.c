/* SPDX-License-Identifier: Apache-2.0 */
/*
 * limit ENDPOINT STORE answer|parse|insert|fsync
 *
 * The least that any daemon of this kind does with an event, as a bound on what Påminn can reach: a ROUTER that
 * takes all that is ready, up to a thousand, and answers each `accepted`. Each word adds to the one before:
 * the parse of the JSON by Påminn's own parser; a row in SQLite, a transaction for all that was taken; that the
 * transaction is on the disk before anything is answered. Ends on SIGTERM.
 */
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

#include "protocol/parsed.h"

#define TAKEN_MAX 1000
#define NAME_MAX_BYTES 255

enum level { ANSWER, PARSE, INSERT, FSYNC, LEVELS };

static const char *const levels[LEVELS] = { "answer", "parse", "insert", "fsync" };
static volatile sig_atomic_t over;

struct limit {
	enum level level;
	void *socket;
	struct parser *parser;
	sqlite3 *store;
	sqlite3_stmt *insert;
	struct {
		char name[NAME_MAX_BYTES];
		size_t length;
	} peers[TAKEN_MAX]; /* who is to be answered, in order */
};

static void end(int signal)
{
	(void)signal;
	over = 1;
}

static void die(const char *what)
{
	fprintf(stderr, "limit: %s\n", what);
	exit(1);
}

static void execute(struct limit *l, const char *sql)
{
	if (sqlite3_exec(l->store, sql, NULL, NULL, NULL) != SQLITE_OK)
		die(sqlite3_errmsg(l->store));
}

static void open_store(struct limit *l, const char *path)
{
	if (sqlite3_open(path, &l->store) != SQLITE_OK)
		die("no store");
	execute(l, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL");
	execute(l, l->level == FSYNC ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = OFF");
	execute(l, "CREATE TABLE event (seq INTEGER PRIMARY KEY, body BLOB NOT NULL)");
	if (sqlite3_prepare_v2(l->store, "INSERT INTO event (body) VALUES (?)", -1, &l->insert,
			       NULL) != SQLITE_OK)
		die(sqlite3_errmsg(l->store));
}

static void work(struct limit *l, zmq_msg_t *body)
{
	struct rejection why;
	const char *bytes = zmq_msg_data(body);
	size_t length = zmq_msg_size(body);

	if (l->level >= PARSE && !parser_parse(l->parser, bytes, length, &why))
		die("an event is no JSON");
	if (l->level < INSERT)
		return;
	sqlite3_bind_blob(l->insert, 1, bytes, (int)length, SQLITE_STATIC);
	if (sqlite3_step(l->insert) != SQLITE_DONE)
		die(sqlite3_errmsg(l->store));
	sqlite3_reset(l->insert);
}

/* What is ready, up to TAKEN_MAX events: how many. */
static size_t take(struct limit *l)
{
	size_t taken = 0;
	zmq_msg_t frame;

	zmq_msg_init(&frame);
	while (taken < TAKEN_MAX && zmq_msg_recv(&frame, l->socket, ZMQ_DONTWAIT) >= 0) {
		l->peers[taken].length = zmq_msg_size(&frame);
		memcpy(l->peers[taken].name, zmq_msg_data(&frame), zmq_msg_size(&frame));
		while (zmq_msg_more(&frame))
			zmq_msg_recv(&frame, l->socket, 0);
		if (!taken++ && l->level >= INSERT)
			execute(l, "BEGIN");
		work(l, &frame);
	}
	zmq_msg_close(&frame);
	return taken;
}

static void answer(struct limit *l, size_t taken)
{
	static const char words[] = "{\"result\":\"accepted\"}";

	for (size_t i = 0; i < taken; i++) {
		zmq_send(l->socket, l->peers[i].name, l->peers[i].length, ZMQ_SNDMORE);
		zmq_send(l->socket, "", 0, ZMQ_SNDMORE);
		zmq_send(l->socket, words, sizeof(words) - 1, 0);
	}
}

static void serve(struct limit *l)
{
	zmq_pollitem_t item = { .socket = l->socket, .events = ZMQ_POLLIN };

	while (!over) {
		size_t taken;

		if (zmq_poll(&item, 1, -1) < 0)
			continue;
		taken = take(l);
		if (taken && l->level >= INSERT)
			execute(l, "COMMIT");
		answer(l, taken);
	}
}

int main(int argc, char **argv)
{
	static struct limit l;
	const int none = 0;
	void *context = zmq_ctx_new();

	if (argc == 4)
		while (l.level < LEVELS && strcmp(levels[l.level], argv[3]) != 0)
			l.level++;
	if (argc != 4 || l.level == LEVELS) {
		fprintf(stderr, "usage: limit ENDPOINT STORE answer|parse|insert|fsync\n");
		return 64;
	}
	signal(SIGTERM, end);
	if (parser_new(&l.parser) < 0)
		die("no memory");
	if (l.level >= INSERT)
		open_store(&l, argv[2]);
	l.socket = zmq_socket(context, ZMQ_ROUTER);
	zmq_setsockopt(l.socket, ZMQ_LINGER, &none, sizeof(none));
	zmq_setsockopt(l.socket, ZMQ_SNDHWM, &none, sizeof(none));
	zmq_setsockopt(l.socket, ZMQ_RCVHWM, &none, sizeof(none));
	if (zmq_bind(l.socket, argv[1]) < 0)
		die(zmq_strerror(zmq_errno()));
	puts("ready");
	fflush(stdout);
	serve(&l);
	zmq_close(l.socket);
	zmq_ctx_term(context);
	sqlite3_finalize(l.insert);
	sqlite3_close(l.store);
	parser_free(l.parser);
	return 0;
}
