/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/incoming_rows.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/row.h"
#include "ledger/working_set.h"

static const char *const names[INCOMING_WHATS] = {
	[INCOMING_FAILURE] = "failure",
	[INCOMING_DELAY] = "delay",
	[INCOMING_AUTOMATIC] = "automatic",
	[INCOMING_PERSON] = "reply",
};

#define F(member, roles) FIELD(struct incoming_row, member, roles)
static const struct field fields[] = {
	F(id, FIELD_KEY), F(key, FIELD_FIXED), F(message, FIELD_FIXED),
	F(attempt, 0),	  F(what, 0),	       F(at, 0),
	F(status, 0),	  F(answer, 0),	       F(subject, 0),
	F(text, 0),	  F(person, 0),
};
const struct row_type incoming_type = ROW_TYPE("incoming", struct incoming_row, fields);

const char *incoming_what_name(enum incoming_what what)
{
	return names[what];
}

static int next_id(struct ledger *l, int64_t *ret)
{
	struct query q;

	query_begin(&q, l->db, "SELECT coalesce(max(id), 0) + 1 FROM incoming");
	return row_end_number(&q, ret);
}

int ledger_put_incoming(struct ledger *l, struct incoming_row *row)
{
	int r = row->id == 0 ? next_id(l, &row->id) : 0;

	return r < 0 ? r : row_put(l, &incoming_type, row);
}

int ledger_find_incoming(struct ledger *l, const char *key, struct incoming_row *ret,
			 bool *ret_found)
{
	struct query q;

	row_select(&q, l, &incoming_type, "FROM incoming WHERE key = $1");
	query_bind_text(&q, key);
	return row_found(row_end_one(&q, &incoming_type, ret), ret_found);
}

int ledger_find_incoming_by_id(struct ledger *l, int64_t id, struct incoming_row *ret,
			       bool *ret_found)
{
	struct query q;

	row_select(&q, l, &incoming_type, NULL);
	query_bind_int(&q, id);
	return row_found(row_end_one(&q, &incoming_type, ret), ret_found);
}

static int end_walk(struct query *q, int (*row)(void *userdata, const struct incoming_row *row),
		    void *userdata)
{
	struct incoming_row found;
	int called = 0;

	while (called == 0 && row_next(q, &incoming_type, &found) > 0) {
		called = row(userdata, &found);
		incoming_row_done(&found);
	}
	return row_end(q, called);
}

int ledger_count_incoming(struct ledger *l, struct message_id message, int64_t *ret)
{
	struct query q;

	query_begin(&q, l->db, "SELECT count(*) FROM incoming WHERE message = $1");
	query_bind_int(&q, message.n);
	return row_end_number(&q, ret);
}

int ledger_incoming(struct ledger *l, struct message_id message,
		    int (*row)(void *userdata, const struct incoming_row *row), void *userdata)
{
	struct query q;

	row_select(&q, l, &incoming_type, "FROM incoming WHERE message = $1 ORDER BY id");
	query_bind_int(&q, message.n);
	return end_walk(&q, row, userdata);
}

int ledger_incoming_since(struct ledger *l, enum incoming_what what, struct instant since,
			  int (*row)(void *userdata, const struct incoming_row *row),
			  void *userdata)
{
	struct query q;

	row_select(&q, l, &incoming_type,
		   "FROM incoming WHERE what = $1 AND at >= $2 ORDER BY at, id");
	query_bind_int(&q, what);
	row_bind_instant(&q, since);
	return end_walk(&q, row, userdata);
}

void incoming_row_done(struct incoming_row *row)
{
	row_done(&incoming_type, row);
}

/* ---- what is to be forwarded ------------------------------------------------------------------- */

int ledger_put_forward(struct ledger *l, int64_t incoming, const char *bytes, size_t length)
{
	struct query q;

	query_begin(&q, l->db, "INSERT INTO forward (incoming, bytes) VALUES ($1, $2)");
	query_bind_int(&q, incoming);
	query_bind_bytes(&q, bytes, length);
	return query_run(&q);
}

/* A copy of the column that is read next. */
static int take_bytes(struct query *q, char **ret, size_t *ret_length)
{
	const void *bytes = query_bytes(q, ret_length);
	char *copy = malloc(*ret_length + 1);

	if (!copy)
		return -ENOMEM;
	memcpy(copy, bytes, *ret_length);
	copy[*ret_length] = '\0';
	*ret = copy;
	return 0;
}

int ledger_find_forward(struct ledger *l, int64_t incoming, char **ret, size_t *ret_length,
			bool *ret_found)
{
	char *bytes = NULL;
	size_t length = 0;
	struct query q;
	int r = 0;

	query_begin(&q, l->db, "SELECT bytes FROM forward WHERE incoming = $1");
	query_bind_int(&q, incoming);
	if (query_step(&q) > 0)
		r = take_bytes(&q, &bytes, &length);
	r = row_end(&q, r);
	if (r < 0) {
		free(bytes);
		return r;
	}
	*ret_found = bytes != NULL;
	if (bytes) {
		*ret = bytes;
		*ret_length = length;
	}
	return 0;
}

int ledger_put_forwarded(struct ledger *l, int64_t incoming, struct instant at)
{
	struct query q;

	query_begin(&q, l->db,
		    "INSERT INTO forwarded (incoming, at) VALUES ($1, $2)"
		    " ON CONFLICT (incoming) DO UPDATE SET at = excluded.at");
	query_bind_int(&q, incoming);
	query_bind_int(&q, at.us);
	return query_run(&q);
}

/* The bytes first: the rest says which they are. */
static int forget(struct ledger *l, const char *const texts[static 2], int64_t value)
{
	struct query q;
	int r = 0;

	for (size_t i = 0; r >= 0 && i < 2; i++) {
		query_begin(&q, l->db, texts[i]);
		query_bind_int(&q, value);
		r = query_run(&q);
	}
	return r;
}

int ledger_forget_forward(struct ledger *l, int64_t incoming)
{
	static const char *const texts[] = { "DELETE FROM forward WHERE incoming = $1",
					     "DELETE FROM forwarded WHERE incoming = $1" };

	return forget(l, texts, incoming);
}

int ledger_forget_forwarded(struct ledger *l, struct instant before)
{
	static const char *const texts[] = { "DELETE FROM forward WHERE incoming IN (SELECT "
					     "incoming FROM forwarded WHERE at < $1)",
					     "DELETE FROM forwarded WHERE at < $1" };

	return forget(l, texts, before.us);
}
