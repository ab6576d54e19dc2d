/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ledger's engine on PostgreSQL: statements. One that writes is sent and not waited for; one that reads
 * waits for the results of all that was sent before it, its own the last.
 *
 * Numbers and texts go and come as text. A statement is prepared when it is used the second time on a
 * connection, since most of those of a snapshot are used once.
 */
#include "ledger/postgres.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER_ROOM 21 /* "-9223372036854775808" and its NUL */
#define OID_BOOL 16

struct postgres_statement {
	struct postgres *p;
	char *text;
	bool reading;
	int parameters;
	char name[16];	/* of the prepared one; "" until it is */
	unsigned epoch; /* of the connection that it was used on; 0: none */
	const char *values[ROW_FIELDS_MAX + 4];
	int lengths[ROW_FIELDS_MAX + 4], formats[ROW_FIELDS_MAX + 4];
	char numbers[ROW_FIELDS_MAX + 4][NUMBER_ROOM];
	/* Of its use: */
	bool sent;
	PGresult *rows;
	int row; /* that is read; -1 before the first */
	unsigned char *bytes;
};

/* ---- prepared -------------------------------------------------------------------------------- */

/* The highest N of $N in it. */
static int highest_parameter(const char *text)
{
	long highest = 0;

	for (const char *at = strchr(text, '$'); at; at = strchr(at + 1, '$')) {
		long n = strtol(at + 1, NULL, 10);
		highest = n > highest ? n : highest;
	}
	return (int)highest;
}

static int prepare(struct db *db, const char *text, void **ret)
{
	struct postgres_statement *s = calloc(1, sizeof(*s));

	if (s)
		s->text = strdup(text);
	if (!s || !s->text) {
		free(s);
		return -ENOMEM;
	}
	s->p = postgres_of(db);
	s->reading = strncmp(text, "SELECT", strlen("SELECT")) == 0;
	s->parameters = highest_parameter(text);
	s->row = -1;
	*ret = s;
	return 0;
}

static void finalize(struct db *db, void *handle)
{
	struct postgres_statement *s = handle;

	(void)db;
	free(s->text);
	free(s);
}

static void reset(struct db *db, void *handle)
{
	struct postgres_statement *s = handle;

	(void)db;
	PQclear(s->rows);
	PQfreemem(s->bytes);
	s->rows = NULL;
	s->bytes = NULL;
	s->sent = false;
	s->row = -1;
}

/* ---- parameters ------------------------------------------------------------------------------ */

static void bind(struct postgres_statement *s, int n, const char *value, size_t length, int format)
{
	s->values[n - 1] = value;
	s->lengths[n - 1] = (int)length;
	s->formats[n - 1] = format;
}

static int bind_int(void *handle, int n, int64_t value)
{
	struct postgres_statement *s = handle;

	snprintf(s->numbers[n - 1], NUMBER_ROOM, "%" PRId64, value);
	bind(s, n, s->numbers[n - 1], 0, 0);
	return 0;
}

static int bind_text(void *handle, int n, const char *text)
{
	bind(handle, n, text, 0, 0);
	return 0;
}

static int bind_bytes(void *handle, int n, const void *bytes, size_t length)
{
	if (length > INT32_MAX)
		return -EINVAL;
	bind(handle, n, bytes, length, 1);
	return 0;
}

static int count_parameters(void *handle)
{
	return ((struct postgres_statement *)handle)->parameters;
}

static bool is_reading(void *handle)
{
	return ((struct postgres_statement *)handle)->reading;
}

/* ---- carried out ----------------------------------------------------------------------------- */

static int send_statement(struct postgres *p, struct postgres_statement *s)
{
	int r = 0;

	if (s->epoch != p->epoch) { /* the first time */
		s->epoch = p->epoch;
		s->name[0] = '\0';
		return postgres_sent(p, PQsendQueryParams(p->conn, s->text, s->parameters, NULL,
							  s->values, s->lengths, s->formats, 0));
	}
	if (s->name[0] == '\0') {
		snprintf(s->name, sizeof(s->name), "s%u", p->names++);
		r = postgres_sent(p, PQsendPrepare(p->conn, s->name, s->text, 0, NULL));
	}
	if (r < 0)
		return r;
	return postgres_sent(p, PQsendQueryPrepared(p->conn, s->name, s->parameters, s->values,
						    s->lengths, s->formats, 0));
}

/* All of them texts, as a prefetch knows them. */
static bool has_plain_values(const struct postgres_statement *s)
{
	for (int i = 0; i < s->parameters; i++)
		if (s->formats[i] != 0)
			return false;
	return true;
}

static int prefetch(struct db *db, void *handle)
{
	struct postgres *p = postgres_of(db);
	struct postgres_statement *s = handle;

	if (!p->ready || !has_plain_values(s) ||
	    !postgres_may_prefetch(p, s, s->values, s->parameters))
		return 0;
	int r = postgres_make_room(p);
	if (r == 0)
		r = send_statement(p, s);
	return r < 0 ? r : postgres_note_prefetched(p, s, s->values, s->parameters);
}

static void forget(struct db *db, void *handle)
{
	struct postgres_statement *s = handle;

	postgres_forget(postgres_of(db), s, s->values, s->parameters);
}

static bool has_prefetched(const struct db *db)
{
	return postgres_has_prefetched((const struct postgres *)db);
}

static void drop_prefetched(struct db *db)
{
	postgres_drop_prefetched(postgres_of(db));
}

/* Outside of a transaction it may be the first to see that the connection is gone. */
static int carry_out(struct postgres *p, struct postgres_statement *s)
{
	int r = p->db.in_transaction || p->home ? 0 : postgres_connect(p);

	if (r == 0)
		r = p->ready ? postgres_make_room(p) : -EAGAIN;
	if (r == 0 && s->reading && has_plain_values(s))
		r = postgres_take_prefetched(p, s, s->values, s->parameters, &s->rows);
	if (r == 0 && !s->rows)
		r = send_statement(p, s);
	if (r < 0)
		return r;
	s->sent = true;
	if (s->rows)
		return 0;
	if (!s->reading) {
		p->wrote = true;
		return 0;
	}
	return postgres_settle(p, &s->rows);
}

static int step(struct db *db, void *handle)
{
	struct postgres_statement *s = handle;

	if (!s->sent) {
		int r = carry_out(postgres_of(db), s);
		if (r < 0)
			return r;
	}
	if (!s->rows || s->row + 1 >= PQntuples(s->rows))
		return 0;
	s->row++;
	return 1;
}

/* ---- columns --------------------------------------------------------------------------------- */

static bool is_none(void *handle, int n)
{
	struct postgres_statement *s = handle;

	return PQgetisnull(s->rows, s->row, n);
}

static int64_t get_int(void *handle, int n)
{
	struct postgres_statement *s = handle;
	const char *text = PQgetvalue(s->rows, s->row, n);

	if (PQftype(s->rows, n) == OID_BOOL)
		return text[0] == 't';
	return strtoll(text, NULL, 10);
}

static const char *get_text(void *handle, int n)
{
	struct postgres_statement *s = handle;

	return PQgetisnull(s->rows, s->row, n) ? NULL : PQgetvalue(s->rows, s->row, n);
}

static const void *get_bytes(void *handle, int n, size_t *ret_length)
{
	struct postgres_statement *s = handle;
	const char *text = PQgetvalue(s->rows, s->row, n);

	PQfreemem(s->bytes);
	s->bytes = PQunescapeBytea((const unsigned char *)text, ret_length);
	if (!s->bytes)
		*ret_length = 0;
	return s->bytes;
}

const struct db_engine postgres_engine = {
	.snapshot = postgres_snapshot,
	.keep = postgres_keep,
	.close = postgres_close,
	.migrate = postgres_migrate,
	.begin = postgres_begin,
	.commit = postgres_commit,
	.rollback = postgres_rollback,
	.trial_begin = postgres_trial_begin,
	.trial_end = postgres_trial_end,
	.has_written = postgres_has_written,
	.is_changed = postgres_is_changed,
	.select_clock =
		"SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT) AS now",
	.is_utf8 = true,
	.prepare = prepare,
	.finalize = finalize,
	.reset = reset,
	.bind_int = bind_int,
	.bind_text = bind_text,
	.bind_bytes = bind_bytes,
	.count_parameters = count_parameters,
	.is_reading = is_reading,
	.step = step,
	.prefetch = prefetch,
	.forget = forget,
	.has_prefetched = has_prefetched,
	.drop_prefetched = drop_prefetched,
	.is_none = is_none,
	.get_int = get_int,
	.get_text = get_text,
	.get_bytes = get_bytes,
};
