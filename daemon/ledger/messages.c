/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows of the outbox: messages, and the items that each speaks of. A message that may leave by
 * itself has a next_attempt, one that never will again is finished; two partial indexes on these are
 * the queue, and stay small however many messages have been delivered.
 */
#include <stdlib.h>

#include "ledger/row.h"

static const char *const kind_names[KINDS] = {
	[KIND_REMINDER] = "reminder", [KIND_ESCALATION] = "escalation",	    [KIND_ALERT] = "alert",
	[KIND_MOVED] = "moved",	      [KIND_CONFIRMATION] = "confirmation", [KIND_TEST] = "test",
	[KIND_ASSIGNED] = "assigned",
};
static const char *const state_names[MESSAGE_STATES] = {
	[MESSAGE_PENDING] = "pending",	   [MESSAGE_STARTED] = "started",
	[MESSAGE_DELIVERED] = "delivered", [MESSAGE_RETRY] = "retry",
	[MESSAGE_FAILED] = "failed",	   [MESSAGE_HELD] = "held",
	[MESSAGE_EXPIRED] = "expired",	   [MESSAGE_DROPPED] = "dropped",
};

const char *message_kind_name(enum message_kind kind)
{
	return kind_names[kind];
}

const char *message_state_name(enum message_state state)
{
	return state_names[state];
}

/* ---- messages -------------------------------------------------------------------------------- */

#define MESSAGE_REST                                                                       \
	"recipient, channel, kind, state, created, planned, next_attempt, first_attempt, " \
	"finished,"                                                                        \
	" attempts, unknown, last_answer"
#define SELECT "SELECT id, " MESSAGE_REST " FROM message "
/* The states of the bits of $2, all for 0. */
#define IN_STATES "($2 = 0 OR ($2 >> state) & 1 = 1)"

static const char insert_message[] = "INSERT INTO message (" MESSAGE_REST ")"
				     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
static const char update_message[] =
	"UPDATE message SET recipient = $1, channel = $2, kind = $3, state = $4, created = $5,"
	" planned = $6, next_attempt = $7, first_attempt = $8, finished = $9, attempts = $10,"
	" unknown = $11, last_answer = $12 WHERE id = $13";
static const char select_message[] = SELECT "WHERE id = $1";
static const char select_to_join[] =
	SELECT "WHERE recipient = $1 AND planned = $2 AND channel = $3 AND kind = $4"
	       " AND attempts = 0 AND next_attempt IS NOT NULL ORDER BY id LIMIT 1";
static const char select_to_join_any[] =
	SELECT "WHERE recipient = $1 AND channel = $2 AND kind = $3"
	       " AND attempts = 0 AND next_attempt IS NOT NULL ORDER BY id LIMIT 1";
static const char select_ready[] = SELECT "WHERE next_attempt IS NOT NULL AND next_attempt <= $1"
					  " ORDER BY next_attempt, id LIMIT $2";
static const char select_ready_on[] =
	SELECT "WHERE channel = $1 AND next_attempt IS NOT NULL AND planned <= $2"
	       " AND next_attempt <= $2 ORDER BY planned, id LIMIT $3";
static const char forward[] =
	"UPDATE message SET next_attempt = $1 WHERE channel = $2 AND next_attempt IS NOT NULL"
	" AND planned <= $3 AND next_attempt > $1";
static const char select_any[] = SELECT "WHERE id > $1 AND " IN_STATES " ORDER BY id LIMIT $3";
static const char select_unfinished[] =
	SELECT "WHERE id > $1 AND " IN_STATES " AND finished IS NULL ORDER BY id LIMIT $3";

#define UNFINISHED \
	(1u << MESSAGE_PENDING | 1u << MESSAGE_STARTED | 1u << MESSAGE_RETRY | 1u << MESSAGE_HELD)

static void read_message(struct query *q, struct message *m)
{
	m->id = query_int(q);
	row_copy(q, m->to, sizeof(m->to));
	row_copy(q, m->channel, sizeof(m->channel));
	m->kind = (enum message_kind)query_int(q);
	m->state = (enum message_state)query_int(q);
	m->created = row_instant(q);
	m->planned = row_instant(q);
	m->next_attempt = row_instant(q);
	m->first_attempt = row_instant(q);
	m->finished = row_instant(q);
	m->attempts = row_number(q);
	m->unknown = row_number(q);
	row_copy(q, m->last_answer, sizeof(m->last_answer));
}

int ledger_put_message(struct ledger *l, struct message *m)
{
	struct query q;

	query_begin(&q, l->db, m->id == 0 ? insert_message : update_message);
	query_bind_text(&q, m->to);
	query_bind_text(&q, m->channel);
	query_bind_int(&q, m->kind);
	query_bind_int(&q, m->state);
	row_bind_instant(&q, m->created);
	row_bind_instant(&q, m->planned);
	row_bind_instant(&q, m->next_attempt);
	row_bind_instant(&q, m->first_attempt);
	row_bind_instant(&q, m->finished);
	query_bind_int(&q, m->attempts);
	query_bind_int(&q, m->unknown);
	query_bind_text(&q, m->last_answer);
	if (m->id != 0)
		query_bind_int(&q, m->id);
	int r = query_run(&q);
	if (r == 0 && m->id == 0)
		m->id = db_last_id(l->db);
	return r;
}

static int end_message(struct query *q, struct message *ret)
{
	struct message m = { 0 };
	int stepped = query_step(q);

	if (stepped > 0)
		read_message(q, &m);
	int r = row_end_one(q, stepped);
	if (r == 0)
		*ret = m;
	return r;
}

static int end_messages(struct query *q, struct message *out)
{
	int count = 0;

	while (query_step(q) > 0)
		read_message(q, &out[count++]);
	int r = query_end(q);
	return r < 0 ? r : count;
}

int ledger_message(struct ledger *l, int64_t id, struct message *ret)
{
	struct query q;

	query_begin(&q, l->db, select_message);
	query_bind_int(&q, id);
	return end_message(&q, ret);
}

int ledger_message_to_join(struct ledger *l, const char *to, const char *channel,
			   enum message_kind kind, struct instant planned, struct message *ret)
{
	struct query q;

	query_begin(&q, l->db, instant_is_none(planned) ? select_to_join_any : select_to_join);
	query_bind_text(&q, to);
	if (!instant_is_none(planned))
		row_bind_instant(&q, planned);
	query_bind_text(&q, channel);
	query_bind_int(&q, kind);
	return end_message(&q, ret);
}

int ledger_messages_ready(struct ledger *l, struct instant now, struct message *out, size_t max)
{
	struct query q;

	query_begin(&q, l->db, select_ready);
	query_bind_int(&q, now.us);
	query_bind_int(&q, (int64_t)max);
	return end_messages(&q, out);
}

int ledger_messages_ready_on(struct ledger *l, const char *channel, struct instant now,
			     struct message *out, size_t max)
{
	struct query q;

	query_begin(&q, l->db, select_ready_on);
	query_bind_text(&q, channel);
	query_bind_int(&q, now.us);
	query_bind_int(&q, (int64_t)max);
	return end_messages(&q, out);
}

int ledger_messages_forward(struct ledger *l, const char *channel, struct instant now,
			    struct instant when)
{
	struct query q;

	query_begin(&q, l->db, forward);
	query_bind_int(&q, when.us);
	query_bind_text(&q, channel);
	query_bind_int(&q, now.us);
	return query_run(&q);
}

int ledger_messages(struct ledger *l, unsigned states, int64_t after, struct message *out,
		    size_t max)
{
	struct query q;
	bool unfinished = states != 0 && (states & ~UNFINISHED) == 0;

	query_begin(&q, l->db, unfinished ? select_unfinished : select_any);
	query_bind_int(&q, after);
	query_bind_int(&q, states);
	query_bind_int(&q, (int64_t)max);
	return end_messages(&q, out);
}

/* ---- items ----------------------------------------------------------------------------------- */

#define ITEM_COLUMNS(t)                                                                   \
	t "message, " t "n, " t "obligation, " t "deadline, " t "measure, " t "round, " t \
	  "step, " t "repetition, " t "what, " t "late, " t "moot, " t "detail"
#define MESSAGE_COLUMNS                                                                        \
	"m.id, m.recipient, m.channel, m.kind, m.state, m.created, m.planned, m.next_attempt," \
	" m.first_attempt, m.finished, m.attempts, m.unknown, m.last_answer"

static const char upsert_item[] = "INSERT INTO item (" ITEM_COLUMNS(
	"") ")"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
	    " ON CONFLICT (message, n) DO UPDATE SET obligation = excluded.obligation,"
	    " deadline = excluded.deadline, measure = excluded.measure, round = excluded.round,"
	    " step = excluded.step, repetition = excluded.repetition, what = excluded.what,"
	    " late = excluded.late, moot = excluded.moot, detail = excluded.detail";
static const char select_items[] =
	"SELECT " ITEM_COLUMNS("") " FROM item WHERE message = $1 ORDER BY n";
static const char select_next_item[] =
	"SELECT coalesce(max(n) + 1, 0) FROM item WHERE message = $1";
static const char strike_item[] = "UPDATE item SET moot = 1 WHERE message = $1 AND n = $2";

#define OPEN_ITEMS                                                                           \
	"SELECT " ITEM_COLUMNS("i.") " FROM item AS i JOIN message AS m ON m.id = i.message" \
				     " WHERE m.finished IS NULL AND "
#define IN_ORDER " ORDER BY i.message, i.n"
static const char select_open_of_obligation[] =
	OPEN_ITEMS "i.obligation = $1 AND i.obligation <> 0" IN_ORDER;
static const char select_open_of_deadline[] =
	OPEN_ITEMS "i.deadline = $1 AND i.obligation = 0" IN_ORDER;

#define ITEMS_ABOUT               \
	"SELECT " MESSAGE_COLUMNS \
	", " ITEM_COLUMNS("i.") " FROM item AS i JOIN message AS m ON m.id = i.message"
static const char select_about_all[] = ITEMS_ABOUT IN_ORDER;
static const char select_about_deadline[] = ITEMS_ABOUT " WHERE i.deadline = $1" IN_ORDER;
static const char select_about_measure[] =
	ITEMS_ABOUT " WHERE i.measure = $1 AND i.measure <> ''" IN_ORDER;
static const char select_about_both[] =
	ITEMS_ABOUT " WHERE i.deadline = $1 AND i.measure = $2" IN_ORDER;

int ledger_put_item(struct ledger *l, const struct item *item)
{
	struct query q;

	query_begin(&q, l->db, upsert_item);
	query_bind_int(&q, item->message);
	query_bind_int(&q, item->n);
	query_bind_int(&q, item->obligation);
	query_bind_text(&q, item->deadline);
	query_bind_text(&q, item->measure);
	query_bind_int(&q, item->round);
	query_bind_text(&q, item->step);
	query_bind_int(&q, item->repetition);
	query_bind_int(&q, item->what);
	query_bind_int(&q, item->late);
	query_bind_int(&q, item->moot);
	query_bind_text(&q, item->detail);
	return query_run(&q);
}

int ledger_next_item(struct ledger *l, int64_t message, unsigned *ret_n)
{
	struct query q;
	unsigned n = 0;

	query_begin(&q, l->db, select_next_item);
	query_bind_int(&q, message);
	if (query_step(&q) > 0)
		n = (unsigned)query_int(&q);
	int r = query_end(&q);
	if (r == 0)
		*ret_n = n;
	return r;
}

int ledger_strike_item(struct ledger *l, int64_t message, unsigned n)
{
	struct query q;

	query_begin(&q, l->db, strike_item);
	query_bind_int(&q, message);
	query_bind_int(&q, n);
	return query_run(&q);
}

/* To be released with item_done. */
static void read_item(struct query *q, struct item *item)
{
	item->message = query_int(q);
	item->n = (unsigned)query_int(q);
	item->obligation = query_int(q);
	row_copy(q, item->deadline, sizeof(item->deadline));
	row_copy(q, item->measure, sizeof(item->measure));
	item->round = row_number(q);
	row_copy(q, item->step, sizeof(item->step));
	item->repetition = (unsigned)query_int(q);
	item->what = row_number(q);
	item->late = row_bool(q);
	item->moot = row_bool(q);
	item->detail = row_duplicate(q);
}

void item_done(struct item *item)
{
	free(item->detail);
	item->detail = NULL;
}

static int end_items(struct query *q, int (*row)(void *userdata, const struct item *item),
		     void *userdata)
{
	struct item item;
	int called = 0;

	while (called == 0 && query_step(q) > 0) {
		read_item(q, &item);
		if (!q->error)
			called = row(userdata, &item);
		item_done(&item);
	}
	int r = query_end(q);
	return r < 0 ? r : called;
}

int ledger_items(struct ledger *l, int64_t message,
		 int (*row)(void *userdata, const struct item *item), void *userdata)
{
	struct query q;

	query_begin(&q, l->db, select_items);
	query_bind_int(&q, message);
	return end_items(&q, row, userdata);
}

int ledger_open_items(struct ledger *l, int64_t obligation, const char *deadline,
		      int (*row)(void *userdata, const struct item *item), void *userdata)
{
	struct query q;

	query_begin(&q, l->db,
		    obligation != 0 ? select_open_of_obligation : select_open_of_deadline);
	if (obligation != 0)
		query_bind_int(&q, obligation);
	else
		query_bind_text(&q, deadline);
	return end_items(&q, row, userdata);
}

int ledger_items_about(struct ledger *l, const char *deadline, const char *measure,
		       int (*row)(void *userdata, const struct message *m, const struct item *item),
		       void *userdata)
{
	static const char *const queries[2][2] = {
		{ select_about_all, select_about_measure },
		{ select_about_deadline, select_about_both },
	};
	bool by_deadline = deadline[0] != '\0', by_measure = measure[0] != '\0';
	struct message m;
	struct item item;
	struct query q;
	int called = 0;

	query_begin(&q, l->db, queries[by_deadline][by_measure]);
	if (by_deadline)
		query_bind_text(&q, deadline);
	if (by_measure)
		query_bind_text(&q, measure);
	while (called == 0 && query_step(&q) > 0) {
		read_message(&q, &m);
		read_item(&q, &item);
		if (!q.error)
			called = row(userdata, &m, &item);
		item_done(&item);
	}
	int r = query_end(&q);
	return r < 0 ? r : called;
}
