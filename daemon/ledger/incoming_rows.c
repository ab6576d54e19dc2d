/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/incoming_rows.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/db_engine.h"
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

/* That something came in is all that is left of it. */
static void disarm(void *row)
{
	struct incoming_row *in = row;

	row_done(&incoming_type, in);
	in->what = INCOMING_AUTOMATIC;
	in->attempt = 0;
	in->status[0] = in->subject[0] = in->person[0] = '\0';
	snprintf(in->answer, sizeof(in->answer), "%s", DISARMED);
}

const struct row_type incoming_type =
	ROW_TYPE("incoming", struct incoming_row, fields, .disarm = disarm);

/* When what was forwarded has left. */
struct forwarded {
	int64_t incoming;
	struct instant at;
};
static const struct field forwarded_fields[] = {
	FIELD(struct forwarded, incoming, FIELD_KEY),
	FIELD(struct forwarded, at, 0),
};

/* It has left, at whatever time: its bytes may go. */
static void disarm_forwarded(void *row)
{
	((struct forwarded *)row)->at = (struct instant){ 0 };
}

const struct row_type forwarded_type =
	ROW_TYPE("forwarded", struct forwarded, forwarded_fields, .disarm = disarm_forwarded);

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

static int checksum_forward(struct ledger *l, int64_t incoming, const void *bytes, size_t length,
			    int64_t *ret)
{
	struct checksum *c = &l->db->checksum;

	checksum_begin(c, "forward");
	checksum_int(c, incoming);
	checksum_bytes(c, bytes, length);
	return checksum_end(c, ret);
}

int ledger_put_forward(struct ledger *l, int64_t incoming, const char *bytes, size_t length)
{
	struct query q;

	int64_t sum;
	int r = checksum_forward(l, incoming, bytes, length, &sum);

	if (r < 0)
		return r;
	query_begin(&q, l->db,
		    "INSERT INTO forward (incoming, bytes, checksum) VALUES ($1, $2, $3)");
	query_bind_int(&q, incoming);
	query_bind_bytes(&q, bytes, length);
	query_bind_int(&q, sum);
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

/* The row that is read next: bytes and checksum, into *ret unless it is damaged. */
static int take_forward(struct query *q, struct ledger *l, int64_t incoming, char **ret,
			size_t *ret_length)
{
	char name[DAMAGE_NAME], *bytes = NULL;
	int64_t sum;
	int r = take_bytes(q, &bytes, ret_length);

	if (r == 0)
		r = checksum_forward(l, incoming, bytes, *ret_length, &sum);
	if (r == 0 && sum != query_int(q)) {
		snprintf(name, sizeof(name), "forward %" PRId64, incoming);
		r = row_damaged(l->db, name, true);
	} else if (r == 0) {
		*ret = bytes;
		return 0;
	}
	free(bytes);
	return r;
}

static int write_forward_anew(struct ledger *l, int64_t incoming, int64_t sum)
{
	struct query q;

	query_begin(&q, l->db, "UPDATE forward SET checksum = $1 WHERE incoming = $2");
	query_bind_int(&q, sum);
	query_bind_int(&q, incoming);
	return query_run(&q);
}

/* One at a time: they may be large. */
int forwards_visit(struct ledger *l, int64_t *after, size_t max, struct row_visit *visit)
{
	int64_t incoming = 0, sum = 0, written = 0;
	char name[DAMAGE_NAME];
	struct query q;
	int r = 0;

	(void)max;
	query_begin(&q, l->db,
		    "SELECT incoming, bytes, checksum FROM forward WHERE incoming > $1"
		    " ORDER BY incoming LIMIT 1");
	query_bind_int(&q, *after);
	int stepped = query_step(&q);
	if (stepped > 0) {
		size_t length;

		incoming = query_int(&q);
		const void *bytes = query_bytes(&q, &length);
		written = query_int(&q);
		r = checksum_forward(l, incoming, bytes, length, &sum);
	}
	r = row_end(&q, r);
	if (r < 0 || stepped <= 0)
		return r;
	*after = incoming;
	snprintf(name, sizeof(name), "forward %" PRId64, incoming);
	if (!visit->damaged)
		r = write_forward_anew(l, incoming, sum);
	else if (sum != written)
		r = visit->damaged(visit->userdata, name);
	return r != 0 ? r : 1;
}

int ledger_find_forward(struct ledger *l, int64_t incoming, char **ret, size_t *ret_length,
			bool *ret_found)
{
	char *bytes = NULL;
	size_t length = 0;
	struct query q;
	int r = 0;

	query_begin(&q, l->db, "SELECT bytes, checksum FROM forward WHERE incoming = $1");
	query_bind_int(&q, incoming);
	if (query_step(&q) > 0)
		r = take_forward(&q, l, incoming, &bytes, &length);
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
	return row_write(l, SQL_UPSERT, &forwarded_type, &(struct forwarded){ incoming, at },
			 ROW_ALL);
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
