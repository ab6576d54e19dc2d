/* SPDX-License-Identifier: Apache-2.0 */
/* What messages say: each item is a row of its own, so that one can be struck out and `why` still find it. */
#include "ledger/messages.h"

#include "ledger/working_set.h"

#define I(member, roles) FIELD(struct item, member, roles)
static const struct field item_fields[] = {
	I(message, FIELD_KEY),
	I(n, FIELD_KEY | FIELD_NUMBERED),
	I(obligation, 0),
	I(deadline, 0),
	I(measure, 0),
	I(round, 0),
	I(step, 0),
	I(repetition, 0),
	I(what, 0),
	I(late, 0),
	I(moot, 0),
	I(stands_for, 0),
	I(detail, 0),
};
#define ITEM_MOOT 10

/* Struck out, it is nobody's. */
static void disarm(void *row)
{
	struct item *item = row;

	row_done(&item_type, item);
	item->obligation = obligation_id(0);
	item->what = 0;
	item->moot = true;
}

const struct row_type item_type = ROW_TYPE("item", struct item, item_fields, .disarm = disarm);

#define WITH_MESSAGE "FROM item JOIN message ON message.id = item.message"
#define IN_ORDER " ORDER BY item.message, item.n"

void item_done(struct item *item)
{
	row_done(&item_type, item);
}

static void select_items(struct query *q, struct ledger *l, struct message_id message)
{
	row_select(q, l, &item_type, "FROM item WHERE message = $1 ORDER BY n");
	query_bind_int(q, message.n);
}

int ledger_prefetch_items(struct ledger *l, struct message_id message)
{
	struct query q;

	select_items(&q, l, message);
	return query_prefetch(&q);
}

/* What was asked ahead of its items is about to be untrue. */
static int forget_items(struct ledger *l, struct message_id message)
{
	struct query q;

	if (!db_has_prefetched(l->db))
		return 0;
	select_items(&q, l, message);
	return query_forget(&q);
}

int ledger_put_item(struct ledger *l, const struct item *item)
{
	int r = forget_items(l, item->message);

	return r < 0 ? r : row_put(l, &item_type, item);
}

int ledger_next_item(struct ledger *l, struct message_id message, unsigned *ret_n)
{
	struct query q;
	int64_t n = 0;

	query_begin(&q, l->db, "SELECT coalesce(max(n) + 1, 0) FROM item WHERE message = $1");
	query_bind_int(&q, message.n);
	int r = row_end_number(&q, &n);
	if (r == 0)
		*ret_n = (unsigned)n;
	return r;
}

int ledger_add_item(struct ledger *l, const struct item *item)
{
	struct item last = *item;
	int r = forget_items(l, item->message);

	/* To ask for the n first is a way to the store and back for each; only the journal has to know it. */
	if (r == 0 && !l->journal)
		return row_write(l, SQL_APPEND, &item_type, item, ROW_ALL);
	if (r == 0)
		r = ledger_next_item(l, item->message, &last.n);
	return r < 0 ? r : row_put(l, &item_type, &last);
}

int ledger_strike_item(struct ledger *l, struct message_id message, unsigned n)
{
	struct item item;
	struct query q;
	int r = forget_items(l, message);

	if (r < 0)
		return r;
	row_select(&q, l, &item_type, NULL);
	query_bind_int(&q, message.n);
	query_bind_int(&q, n);
	r = row_end_one(&q, &item_type, &item);
	if (r != 0)
		return r == ROW_NONE ? 0 : r;
	r = journal_note_known(l, &item_type, &item, &item);
	item.moot = true;
	if (r == 0)
		r = row_write(l, SQL_UPDATE, &item_type, &item, UINT64_C(1) << ITEM_MOOT);
	item_done(&item);
	return r;
}

static int end_items(struct query *q, int (*row)(void *userdata, const struct item *item),
		     void *userdata)
{
	struct item item;
	int called = 0;

	while (called == 0 && row_next(q, &item_type, &item) > 0) {
		called = row(userdata, &item);
		item_done(&item);
	}
	return row_end(q, called);
}

int ledger_items(struct ledger *l, struct message_id message,
		 int (*row)(void *userdata, const struct item *item), void *userdata)
{
	struct query q;

	select_items(&q, l, message);
	return end_items(&q, row, userdata);
}

int ledger_items_in(struct ledger *l, unsigned states, struct item_subject subject,
		    int (*row)(void *userdata, const struct item *item), void *userdata)
{
	struct query q;
	int r = set_flush(l, SET_MESSAGES);

	if (r < 0)
		return r;
	row_select(&q, l, &item_type,
		   subject.obligation.n != 0
			   ? WITH_MESSAGE " WHERE " IN_SET(
				     "$1", "message.state") " AND item.obligation = $2"
							    " AND item.obligation <> 0" IN_ORDER
			   : WITH_MESSAGE " WHERE " IN_SET(
				     "$1", "message.state") " AND item.deadline = $2"
							    " AND item.obligation = 0" IN_ORDER);
	query_bind_int(&q, states);
	if (subject.obligation.n != 0)
		query_bind_int(&q, subject.obligation.n);
	else
		query_bind_text(&q, subject.deadline.text);
	return end_items(&q, row, userdata);
}

int ledger_items_about(struct ledger *l, struct deadline_id deadline, struct measure_id measure,
		       int (*row)(void *userdata, const struct message *m, const struct item *item),
		       void *userdata)
{
	static const char *const texts[2][2] = {
		{ WITH_MESSAGE IN_ORDER,
		  WITH_MESSAGE " WHERE item.measure = $1 AND item.measure <> ''" IN_ORDER },
		{ WITH_MESSAGE " WHERE item.deadline = $1" IN_ORDER,
		  WITH_MESSAGE " WHERE item.deadline = $1 AND item.measure = $2" IN_ORDER },
	};
	bool by_deadline = deadline.text[0] != '\0', by_measure = measure.text[0] != '\0';
	struct message m;
	struct item item;
	struct query q;
	int called = set_flush(l, SET_MESSAGES);

	if (called < 0)
		return called;
	query_begin_sql(&q, l->db,
			&(struct sql){ .verb = SQL_SELECT,
				       .row = &message_type,
				       .joined = &item_type,
				       .text = texts[by_deadline][by_measure] });
	if (by_deadline)
		query_bind_text(&q, deadline.text);
	if (by_measure)
		query_bind_text(&q, measure.text);
	while (called == 0 && row_next(&q, &message_type, &m) > 0) {
		if (row_read(&q, &item_type, &item) < 0)
			break;
		called = row(userdata, &m, &item);
		item_done(&item);
	}
	return row_end(&q, called);
}
