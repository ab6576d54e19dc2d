/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The connection is made, watched and made again.
 *
 *	nothing ──connect──▶ being made ──▶ ready ──lost──▶ nothing, for a pause that doubles
 *
 * Everything that waits for the server does so here, and no longer than PATIENCE: then the connection is
 * given up. A server that is gone without a word (a cut cable) must not hold the loop for longer. A tool that
 * copies a store is patient: it waits until the server has answered, or the kernel takes it for gone.
 */
#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/secret.h"
#include "ledger/postgres.h"
#include "plan/store_url.h"

#define PATIENCE_US 8000000
#define PATIENCE_OF_TOOLS_US 86400000000
#define PAUSE_FIRST_US 200000
#define PAUSE_MAX_US 5000000

/*
 * idle_in_transaction: a daemon that stops in the middle of a turn (or whose network is cut) keeps the others
 * waiting for no longer. lock: how long a turn waits for the others' to end. The server itself notices a peer
 * that is gone by its unacknowledged bytes.
 */
static const char session[] = "SET synchronous_commit = on;"
			      "SET idle_in_transaction_session_timeout = '4s';"
			      "SET lock_timeout = '6s'; SET client_min_messages = warning;"
			      "SET standard_conforming_strings = on";

struct postgres *postgres_new(const char *url, const char *password_file)
{
	struct postgres *p = calloc(1, sizeof(*p));

	if (!p)
		return NULL;
	p->db.engine = &postgres_engine;
	p->pause.us = PAUSE_FIRST_US;
	p->url = strdup(url);
	p->password_file = password_file ? strdup(password_file) : NULL;
	if (!p->url || (password_file && !p->password_file)) {
		postgres_free(p);
		return NULL;
	}
	return p;
}

void postgres_free(struct postgres *p)
{
	PQfinish(p->conn);
	postgres_drop_prefetched(p);
	free(p->prefetch);
	free(p->url);
	free(p->password_file);
	free(p);
}

/* ---- waiting --------------------------------------------------------------------------------- */

/* One line of what libpq or the server says. */
void postgres_note_failure(struct postgres *p, const char *text)
{
	size_t n = strcspn(text, "\n");

	snprintf(p->failure, sizeof(p->failure), "%.*s", (int)n, text);
	p->db.failure = p->failure;
}

int postgres_lose(struct postgres *p, const char *why)
{
	postgres_note_failure(p, why);
	PQfinish(p->conn);
	postgres_drop_prefetched(p);
	p->conn = NULL;
	p->ready = false;
	p->pending = 0;
	p->error = 0;
	p->next_try.us = clock_mono().us + p->pause.us;
	p->pause.us = p->pause.us * 2 < PAUSE_MAX_US ? p->pause.us * 2 : PAUSE_MAX_US;
	return -EAGAIN;
}

/* Until the socket is ready for one of the events, or `until`. */
static int wait_for(struct postgres *p, short events, struct mono until)
{
	struct pollfd fd = { .fd = PQsocket(p->conn), .events = events };
	int64_t left = until.us - clock_mono().us;
	int r = left > 0 ? poll(&fd, 1, (int)(left / 1000) + 1) : 0;

	if (r < 0 && errno == EINTR)
		return 0;
	return r > 0 ? 0 : postgres_lose(p, "the database has not answered for 8 seconds");
}

static struct mono patience(const struct postgres *p)
{
	return (struct mono){ clock_mono().us +
			      (p->patient && p->ready ? PATIENCE_OF_TOOLS_US : PATIENCE_US) };
}

/* Send all that libpq holds. The server may wait for us to read before it reads on. */
int postgres_flush(struct postgres *p)
{
	struct mono until = patience(p);
	int more, r;

	while ((more = PQflush(p->conn)) > 0) {
		r = wait_for(p, POLLIN | POLLOUT, until);
		if (r < 0)
			return r;
		if (!PQconsumeInput(p->conn))
			return postgres_lose(p, PQerrorMessage(p->conn));
	}
	return more < 0 ? postgres_lose(p, PQerrorMessage(p->conn)) : 0;
}

/* The next result; *ret NULL between those of two commands. */
int postgres_next_result(struct postgres *p, PGresult **ret)
{
	struct mono until = patience(p);

	while (PQisBusy(p->conn)) {
		int r = wait_for(p, POLLIN, until);
		if (r < 0)
			return r;
		if (!PQconsumeInput(p->conn))
			return postgres_lose(p, PQerrorMessage(p->conn));
	}
	*ret = PQgetResult(p->conn);
	return 0;
}

/* ---- making it ------------------------------------------------------------------------------- */

/* What the server says by the way, such as that it ends, is told by what comes of it. */
static void pass_over(void *userdata, const PGresult *result)
{
	(void)userdata, (void)result;
}

struct parameters {
	const char *names[STORE_URL_PARAMETERS + 16], *values[STORE_URL_PARAMETERS + 16];
	size_t count;
};

static void add(struct parameters *to, const char *name, const char *value)
{
	assert(to->count < sizeof(to->names) / sizeof(to->names[0]) - 1);
	to->names[to->count] = name;
	to->values[to->count++] = value;
}

static int start_connecting(struct postgres *p, const char *password)
{
	struct store_url url;
	const char *wrong = store_url_read(&url, p->url);
	struct parameters all = { .count = 0 };

	if (wrong)
		return postgres_lose(p, wrong);
	/* What the URL says outranks what stands before it. */
	add(&all, "sslmode", url.is_local ? "prefer" : "verify-full");
	add(&all, "fallback_application_name", "paminnd");
	add(&all, "target_session_attrs", "read-write");
	add(&all, "connect_timeout", "5");
	add(&all, "tcp_user_timeout", "8000");
	add(&all, "keepalives_idle", "5");
	add(&all, "keepalives_interval", "2");
	add(&all, "keepalives_count", "3");
	for (size_t i = 0; i < url.count; i++)
		add(&all, url.parameters[i].name, url.parameters[i].value);
	add(&all, "client_encoding", "UTF8");
	add(&all, "gssencmode", "disable"); /* it would stand in for TLS */
	add(&all, "password", password);
	p->conn = PQconnectStartParams(all.names, all.values, 0);
	if (!p->conn)
		return -ENOMEM;
	if (PQstatus(p->conn) == CONNECTION_BAD)
		return postgres_lose(p, PQerrorMessage(p->conn));
	PQsetnonblocking(p->conn, 1);
	PQsetNoticeReceiver(p->conn, pass_over, NULL);
	return 0;
}

static int begin_to_connect(struct postgres *p)
{
	struct secret password;
	char why[200];

	if (!p->password_file)
		return start_connecting(p, NULL);
	int r = secret_read(&password, p->password_file);
	if (r < 0) {
		snprintf(why, sizeof(why), "store_password_file %.120s can't be used: %s",
			 p->password_file, secret_fault(r));
		r = postgres_lose(p, why);
	} else {
		password.bytes[password.length] = '\0';
		r = start_connecting(p, (const char *)password.bytes);
	}
	secret_done(&password);
	return r;
}

static int set_up(struct postgres *p)
{
	if (!PQenterPipelineMode(p->conn))
		return postgres_lose(p, PQerrorMessage(p->conn));
	p->ready = true;
	p->epoch++;
	int r = postgres_script(p, session);
	if (r == 0 && p->patient)
		r = postgres_script(p, "SET idle_in_transaction_session_timeout = 0");
	if (r == 0)
		p->pause.us = PAUSE_FIRST_US;
	else if (p->conn)
		postgres_lose(p, p->db.failure);
	return r;
}

/* Go on with one that is being made: 1 while it waits for the socket, as *ret_events say. */
static int poll_connection(struct postgres *p, short *ret_events)
{
	switch (PQconnectPoll(p->conn)) {
	case PGRES_POLLING_OK:
		return set_up(p);
	case PGRES_POLLING_READING:
		*ret_events = POLLIN;
		return 1;
	case PGRES_POLLING_WRITING:
		*ret_events = POLLOUT;
		return 1;
	default:
		return postgres_lose(p, PQerrorMessage(p->conn));
	}
}

/* wait: until it is made or can't be. */
static int connect_until(struct postgres *p, bool wait)
{
	struct mono until = patience(p);
	short events;
	int r = 0;

	if (p->ready && PQstatus(p->conn) == CONNECTION_OK)
		return 0;
	if (p->ready)
		return postgres_lose(p, PQerrorMessage(p->conn));
	if (!p->conn) {
		if (!wait && clock_mono().us < p->next_try.us)
			return -EAGAIN;
		r = begin_to_connect(p);
		events = POLLOUT;
		if (r == 0 && wait)
			r = wait_for(p, events, until);
		if (r < 0)
			return r;
	}
	while ((r = poll_connection(p, &events)) > 0) {
		struct pollfd fd = { .fd = PQsocket(p->conn), .events = events };
		if (!wait && poll(&fd, 1, 0) == 0)
			return -EAGAIN;
		r = wait_for(p, events, until);
		if (r < 0)
			return r;
	}
	return r;
}

int postgres_connect(struct postgres *p)
{
	return connect_until(p, false);
}

int postgres_connect_now(struct postgres *p)
{
	return connect_until(p, true);
}
