/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/event_row.h"

#include <inttypes.h>
#include <stdio.h>

#include "ledger/db_engine.h"

static int checksum_event(struct ledger *l, const struct event_row *row, int64_t *ret)
{
	const struct logged_event *e = &row->event;
	struct checksum *c = &l->db->checksum;

	checksum_begin(c, "event");
	checksum_int(c, e->seq);
	checksum_text(c, e->source);
	checksum_text(c, e->id);
	checksum_text(c, e->type);
	checksum_text(c, e->subject);
	checksum_int(c, e->time.us);
	checksum_int(c, e->received.us);
	checksum_text(c, e->body);
	checksum_int(c, row->previous);
	return checksum_end(c, ret);
}

int event_row_bind(struct query *q, struct ledger *l, const struct event_row *row)
{
	const struct logged_event *e = &row->event;
	int64_t sum;
	int r = checksum_event(l, row, &sum);

	if (r < 0)
		return r;
	query_bind_int(q, e->seq);
	query_bind_text(q, e->source);
	query_bind_text(q, e->id);
	query_bind_text(q, e->type);
	query_bind_text(q, e->subject);
	query_bind_int(q, e->time.us);
	query_bind_int(q, e->received.us);
	query_bind_text(q, e->body);
	query_bind_int(q, row->previous);
	query_bind_int(q, sum);
	return 0;
}

int event_row_read(struct query *q, struct ledger *l, struct event_row *row, bool *ret_good)
{
	struct logged_event *event = &row->event;
	int64_t sum;

	event->seq = query_int(q);
	event->source = query_text(q);
	event->id = query_text(q);
	event->type = query_text(q);
	event->subject = query_text(q);
	event->time = row_instant(q);
	event->received = row_instant(q);
	event->body = query_text(q);
	row->previous = query_int(q);
	int r = checksum_event(l, row, &sum);
	*ret_good = query_int(q) == sum;
	return r;
}

static const char *name_event(int64_t seq, char out[static DAMAGE_NAME])
{
	snprintf(out, DAMAGE_NAME, "event %" PRId64, seq);
	return out;
}

int event_row_take(struct query *q, struct ledger *l, struct event_row *row)
{
	char name[DAMAGE_NAME];
	bool good;
	int r = event_row_read(q, l, row, &good);

	row->event.undone = query_int(q);
	if (r < 0 || good)
		return r < 0 ? r : 1;
	return row_damaged(l->db, name_event(row->event.seq, name), true);
}

int event_row_missed(struct ledger *l, int64_t seq)
{
	char name[DAMAGE_NAME];

	return row_damaged(l->db, name_event(seq, name), false);
}

/* The checksum that the event has with another body. */
static int checksum_with(struct ledger *l, int64_t seq, const char *body, int64_t *ret)
{
	struct event_row row;
	struct query q;
	bool good = true;
	int r = ROW_NONE;

	query_begin(&q, l->db, "SELECT " EVENT_COLUMNS " FROM event WHERE seq = $1");
	query_bind_int(&q, seq);
	if (query_step(&q) > 0)
		r = event_row_read(&q, l, &row, &good);
	row.event.body = body;
	if (r == 0)
		r = checksum_event(l, &row, ret);
	r = row_end(&q, r);
	return r == 0 && !good ? event_row_missed(l, seq) : row_must(l, r);
}

int ledger_rewrite_event(struct ledger *l, int64_t seq, const char *body)
{
	struct query q;
	int64_t sum;
	int r = checksum_with(l, seq, body, &sum);

	if (r < 0)
		return r;
	query_begin(&q, l->db, "UPDATE event SET body = $1, checksum = $2 WHERE seq = $3");
	query_bind_text(&q, body);
	query_bind_int(&q, sum);
	query_bind_int(&q, seq);
	return query_run(&q);
}

static int write_event_anew(struct ledger *l, int64_t seq, int64_t sum)
{
	struct query q;

	query_begin(&q, l->db, "UPDATE event SET checksum = $1 WHERE seq = $2");
	query_bind_int(&q, sum);
	query_bind_int(&q, seq);
	return query_run(&q);
}

static int visit_event(struct ledger *l, const struct event_row *row, bool good,
		       struct row_visit *visit)
{
	char name[DAMAGE_NAME];
	int64_t sum;

	if (visit->damaged)
		return good ? 0 : visit->damaged(visit->userdata, name_event(row->event.seq, name));
	int r = checksum_event(l, row, &sum);
	return r < 0 ? r : write_event_anew(l, row->event.seq, sum);
}

int events_visit(struct ledger *l, int64_t *after, size_t max, struct row_visit *visit)
{
	struct event_row row;
	size_t count = 0;
	struct query q;
	int r = 0;
	bool good;

	query_begin(&q, l->db,
		    "SELECT " EVENT_COLUMNS " FROM event WHERE seq > $1 ORDER BY seq LIMIT $2");
	query_bind_int(&q, *after);
	query_bind_int(&q, (int64_t)max);
	while (r == 0 && query_step(&q) > 0) {
		r = event_row_read(&q, l, &row, &good);
		*after = row.event.seq;
		count++;
		if (r == 0)
			r = visit_event(l, &row, good, visit);
	}
	r = row_end(&q, r);
	return r != 0 ? r : count == max;
}
