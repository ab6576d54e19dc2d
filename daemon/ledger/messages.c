/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A message that may leave by itself has a next_attempt, one that never will again is finished; partial
 * indexes on these are the queue, and stay small however many messages have been delivered.
 */
#include "ledger/messages.h"

#include "ledger/working_set.h"

static const char *const kind_names[KINDS] = {
	[KIND_REMINDER] = "reminder",
	[KIND_ESCALATION] = "escalation",
	[KIND_ALERT] = "alert",
	[KIND_MOVED] = "moved",
	[KIND_CONFIRMATION] = "confirmation",
	[KIND_TEST] = "test",
	[KIND_SIGN_IN] = "signin",
	[KIND_ASSIGNED] = "assigned",
	[KIND_REREPORT] = "rereport",
	[KIND_REPLY] = "reply",
	[KIND_FORWARD] = "forward",
	[KIND_HOLD] = "hold",
	[KIND_ABSENCE] = "absence",
};
/* What a state says of the instants of a message. */
static const struct {
	const char *name;
	bool waits;    /* it may leave by itself: next_attempt is set */
	bool finished; /* it never will again: finished is set */
} state_rows[MESSAGE_STATES] = {
	[MESSAGE_PENDING] = { "pending", .waits = true },
	[MESSAGE_STARTED] = { "started" },
	[MESSAGE_RETRY] = { "retry", .waits = true },
	[MESSAGE_HELD] = { "held" },
	[MESSAGE_DELIVERED] = { "delivered", .finished = true },
	[MESSAGE_FAILED] = { "failed", .finished = true },
	[MESSAGE_EXPIRED] = { "expired", .finished = true },
	[MESSAGE_DROPPED] = { "dropped", .finished = true },
	[MESSAGE_BOUNCED] = { "bounced", .finished = true },
};

const char *message_kind_name(enum message_kind kind)
{
	return kind_names[kind];
}

const char *message_state_name(enum message_state state)
{
	return state_rows[state].name;
}

unsigned message_states_waiting(void)
{
	unsigned set = 0;

	for (unsigned i = 0; i < MESSAGE_STATES; i++)
		set |= (unsigned)state_rows[i].waits << i;
	return set;
}

unsigned message_states_finished(void)
{
	unsigned set = 0;

	for (unsigned i = 0; i < MESSAGE_STATES; i++)
		set |= (unsigned)state_rows[i].finished << i;
	return set;
}

unsigned message_states_open(void)
{
	return ((1u << MESSAGE_STATES) - 1) & ~message_states_finished();
}

/* ---- messages -------------------------------------------------------------------------------- */

#define M(member, roles) FIELD(struct message, member, roles)
static const struct field message_fields[] = {
	M(id, FIELD_KEY),    FIELD_AS(struct message, to, "recipient", 0),
	M(channel, 0),	     M(kind, 0),
	M(state, 0),	     M(created, 0),
	M(planned, 0),	     M(next_attempt, 0),
	M(first_attempt, 0), M(finished, 0),
	M(attempts, 0),	     M(unknown, 0),
	M(last_answer, 0),   M(claim, 0),
};
#define MESSAGE_NEXT 7
#define FORWARD_PAGE 100 /* messages that are written at a time */

static void disarm(void *row)
{
	struct message *m = row;

	m->state = MESSAGE_DROPPED;
	m->kind = m->kind >= 0 && m->kind < KINDS ? m->kind : KIND_TEST;
	m->attempts = m->attempts > 0 ? m->attempts : 0;
	m->unknown = m->unknown > 0 ? m->unknown : 0;
	if (m->unknown > m->attempts)
		m->unknown = m->attempts;
	m->next_attempt = INSTANT_NONE;
	if (instant_is_none(m->finished))
		m->finished = instant_is_none(m->created) ? (struct instant){ 0 } : m->created;
	snprintf(m->last_answer, sizeof(m->last_answer), "%s", DISARMED);
}

const struct row_type message_type =
	ROW_TYPE("message", struct message, message_fields, .disarm = disarm);

#define JOINABLE " AND attempts = 0 AND next_attempt IS NOT NULL ORDER BY id LIMIT 1"
/* The states of the bits of $2, all for 0. */
#define IN_STATES "(CAST($2 AS BIGINT) = 0 OR " IN_SET("$2", "state") ")"

int ledger_message(struct ledger *l, struct message_id id, struct message *ret)
{
	return row_must(l, set_get(l, SET_MESSAGES, &id.n, ret));
}

int ledger_prefetch_message(struct ledger *l, struct message_id message)
{
	return set_prefetch(l, SET_MESSAGES, &message.n);
}

int ledger_find_message(struct ledger *l, struct message_id id, struct message *ret,
			bool *ret_found)
{
	return row_found(set_get(l, SET_MESSAGES, &id.n, ret), ret_found);
}

/* Begin a look at the table itself. */
static int select_all(struct query *q, struct ledger *l, const char *text)
{
	int r = set_flush(l, SET_MESSAGES);

	if (r == 0)
		row_select(q, l, &message_type, text);
	return r;
}

/*
 * By recipient and instant: the index of the channel and instant, which would look as good, has all that leave then,
 * so the channel is no plain column here. Nor is the kind: there are indexes of some kinds alone, and whether one of
 * them would do SQLite asks anew, preparing the statement again, each time that another kind is asked for.
 */
static void select_to_join(struct query *q, struct ledger *l, const struct message_key *key)
{
	const bool any = instant_is_none(key->planned);

	/* By recipient: by channel and instant all of a morning's messages would be gone over for each item. */
	row_select(q, l, &message_type,
		   any ? "FROM message WHERE recipient = $1 AND channel || '' = $2"
			 " AND kind + 0 = $3" JOINABLE
		       : "FROM message WHERE recipient = $1 AND channel || '' = $2"
			 " AND kind + 0 = $3 AND planned = $4" JOINABLE);
	query_bind_text(q, key->to.text);
	query_bind_text(q, key->channel);
	query_bind_int(q, key->kind);
	if (!any)
		row_bind_instant(q, key->planned);
}

int ledger_prefetch_message_to_join(struct ledger *l, const struct message_key *key)
{
	struct query q;
	int r = set_flush(l, SET_MESSAGES);

	if (r < 0)
		return r;
	select_to_join(&q, l, key);
	return query_prefetch(&q);
}

int ledger_find_message_to_join(struct ledger *l, const struct message_key *key,
				struct message *ret, bool *ret_found)
{
	struct query q;
	int r = set_flush(l, SET_MESSAGES);

	if (r < 0)
		return r;
	struct message found;

	select_to_join(&q, l, key);
	r = row_found(row_end_one(&q, &message_type, &found), ret_found);
	*ret_found = r == 0 && *ret_found && state_rows[found.state].waits;
	if (*ret_found)
		*ret = found;
	return r;
}

/* Whoever was told which message to join may be told otherwise now. */
static int forget_to_join(struct ledger *l, const struct message *m)
{
	const struct instant when[] = { m->planned, INSTANT_NONE };
	struct message_key key = { .to = recipient_id(m->to), .channel = m->channel };
	int r = 0;

	for (size_t i = 0; i < sizeof(when) / sizeof(when[0]); i++)
		for (key.kind = 0; r == 0 && key.kind < KINDS; key.kind++) {
			struct query q;
			key.planned = when[i];
			select_to_join(&q, l, &key);
			r = query_forget(&q);
		}
	return r;
}

/* As it was, and as it shall be. */
static int forget_changed(struct ledger *l, const struct message *m)
{
	const struct set_row *was = set_find(&l->sets[SET_MESSAGES], &m->id.n);
	int r = 0;

	if (!db_has_prefetched(l->db))
		return 0;
	if (was)
		r = forget_to_join(l, (const struct message *)was->row);
	else if (m->id.n != 0)
		db_drop_prefetched(l->db);
	return r < 0 ? r : forget_to_join(l, m);
}

int ledger_put_message(struct ledger *l, struct message *m)
{
	struct set_row *row;
	int r = forget_changed(l, m);

	if (r < 0)
		return r;
	return m->id.n == 0 ? set_put_new(l, SET_MESSAGES, m, &m->id.n, &row)
			    : set_put(l, SET_MESSAGES, m);
}

/* Without those that were found damaged: the store has let them go. */
static int end_ready(struct query *q, struct message *out)
{
	int kept = 0, count = row_end_list(q, &message_type, out);

	for (int i = 0; i < count; i++)
		if (state_rows[out[i].state].waits)
			out[kept++] = out[i];
	return count < 0 ? count : kept;
}

int ledger_messages_ready(struct ledger *l, struct instant now, struct message *out, size_t max)
{
	struct query q;
	int r = select_all(&q, l,
			   "FROM message WHERE next_attempt IS NOT NULL AND next_attempt <= $1"
			   " ORDER BY next_attempt, id LIMIT $2");

	if (r < 0)
		return r;
	query_bind_int(&q, now.us);
	query_bind_int(&q, (int64_t)max);
	return end_ready(&q, out);
}

int ledger_messages_ready_on(struct ledger *l, const char *channel, struct instant now,
			     struct message *out, size_t max)
{
	struct query q;
	int r = select_all(
		&q, l,
		"FROM message WHERE channel = $1 AND next_attempt IS NOT NULL"
		" AND planned <= $2 AND next_attempt <= $2 ORDER BY planned, id LIMIT $3");

	if (r < 0)
		return r;
	query_bind_text(&q, channel);
	query_bind_int(&q, now.us);
	query_bind_int(&q, (int64_t)max);
	return end_ready(&q, out);
}

#define SIGN_INS "kind = 7 AND finished <= $1 AND id < (SELECT max(id) FROM message)"

int ledger_forget_sign_ins(struct ledger *l, struct instant until)
{
	static const char *const texts[] = {
		"DELETE FROM item WHERE message IN (SELECT id FROM message WHERE " SIGN_INS ")",
		"DELETE FROM incoming WHERE message IN (SELECT id FROM message WHERE " SIGN_INS ")",
		("DELETE FROM message WHERE " SIGN_INS),
	};
	struct query q;
	int r = set_leave(l, SET_MESSAGES);

	for (size_t i = 0; r == 0 && i < sizeof(texts) / sizeof(texts[0]); i++) {
		query_begin(&q, l->db, texts[i]);
		query_bind_int(&q, until.us);
		r = query_run(&q);
	}
	return r;
}

static int forward(struct ledger *l, struct message *page, int count, struct instant when)
{
	int r = 0;

	for (int i = 0; r == 0 && i < count; i++) {
		page[i].next_attempt = when;
		r = row_write(l, SQL_UPDATE, &message_type, &page[i], UINT64_C(1) << MESSAGE_NEXT);
	}
	return r;
}

int ledger_messages_forward(struct ledger *l, const char *channel, struct instant now,
			    struct instant when)
{
	struct message page[FORWARD_PAGE];
	struct query q;
	int count, r = set_leave(l, SET_MESSAGES);

	if (r < 0)
		return r;
	do {
		row_select(
			&q, l, &message_type,
			"FROM message WHERE channel = $1 AND next_attempt IS NOT NULL"
			" AND planned <= $2 AND next_attempt > $3 ORDER BY planned, id LIMIT $4");
		query_bind_text(&q, channel);
		query_bind_int(&q, now.us);
		query_bind_int(&q, when.us);
		query_bind_int(&q, FORWARD_PAGE);
		count = row_end_list(&q, &message_type, page);
		r = count < 0 ? count : forward(l, page, count, when);
	} while (r == 0 && count == FORWARD_PAGE);
	return r;
}

int ledger_messages(struct ledger *l, unsigned states, struct message_id after, struct message *out,
		    size_t max)
{
	bool unfinished = states != 0 && (states & message_states_finished()) == 0;
	struct query q;
	int r = select_all(&q, l,
			   unfinished ? "FROM message WHERE id > $1 AND " IN_STATES
					" AND finished IS NULL ORDER BY id LIMIT $3"
				      : "FROM message WHERE id > $1 AND " IN_STATES
					" ORDER BY id LIMIT $3");

	if (r < 0)
		return r;
	query_bind_int(&q, after.n);
	query_bind_int(&q, states);
	query_bind_int(&q, (int64_t)max);
	return row_end_list(&q, &message_type, out);
}
