/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The log, and the publishers' sequences. Events are only ever appended. Those about one subject are
 * a chain, newest first: each row names the one before it, the table subject names the newest. So an
 * append touches the end of the log and one small row, however large the log has grown; reading a
 * subject's events in their order walks the chain first.
 */
#include "ledger/event_log.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "ledger/event_row.h"
#include "ledger/working_set.h"

struct subject {
	char id[ITEM_ID];
	int64_t newest; /* seq of the newest event about it */
};
static const struct field subject_fields[] = {
	FIELD(struct subject, id, FIELD_KEY),
	FIELD(struct subject, newest, 0),
};
#define SUBJECT_NEWEST (1U << 1)
const struct row_type subject_type = ROW_TYPE("subject", struct subject, subject_fields);

struct sequence {
	char source[4 * SOURCE_MAX + 1];
	int64_t last, lost;
};
static const struct field sequence_fields[] = {
	FIELD(struct sequence, source, FIELD_KEY),
	FIELD(struct sequence, last, 0),
	FIELD(struct sequence, lost, 0),
};
const struct row_type sequence_type = ROW_TYPE("sequence", struct sequence, sequence_fields);

#define UNDONE "coalesce((SELECT by_seq FROM undone WHERE undone.seq = event.seq), 0)"
static const char select_seq[] = "SELECT seq FROM event WHERE source = $1 AND id = $2";
static const char insert_event[] =
	"INSERT INTO event (" EVENT_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
static const char select_previous[] = "SELECT previous FROM event WHERE seq = $1";
static const char select_event[] = "SELECT " EVENT_COLUMNS ", " UNDONE " FROM event WHERE seq = $1";
static const char select_log[] =
	"SELECT " EVENT_COLUMNS ", " UNDONE " FROM event WHERE seq > $1 ORDER BY seq LIMIT $2";

/* ---- looking for one ------------------------------------------------------------------------- */

int ledger_find_event(struct ledger *l, const char *source, const char *id, int64_t *ret_seq,
		      bool *ret_found)
{
	struct query q;

	query_begin(&q, l->db, select_seq);
	query_bind_text(&q, source);
	query_bind_text(&q, id);
	return row_found(row_end_number(&q, ret_seq), ret_found);
}

bool ledger_prefetches(const struct ledger *l)
{
	return db_prefetches(l->db) && db_in_transaction(l->db);
}

int ledger_prefetch_event(struct ledger *l, const char *source, const char *id, const char *subject)
{
	struct query q;

	query_begin(&q, l->db, select_seq);
	query_bind_text(&q, source);
	query_bind_text(&q, id);
	int r = query_prefetch(&q);
	if (r == 0)
		r = set_prefetch(l, SET_SUBJECTS, subject);
	if (r == 0)
		r = set_prefetch(l, SET_MEASURES, subject);
	return r == 0 ? obligations_prefetch(l, measure_id(subject)) : r;
}

/* The newest event about the subject, 0 when there is none. */
static int newest_of(struct ledger *l, const char *id, int64_t *ret)
{
	struct subject subject = { .newest = 0 };
	int r = set_get(l, SET_SUBJECTS, id, &subject);

	if (r < 0)
		return r;
	*ret = subject.newest;
	return 0;
}

/* row: the subject's in the set, or NULL when this is the first event about it. */
static int set_newest(struct ledger *l, struct set_row *row, const char *id, int64_t seq)
{
	struct subject subject = { .newest = seq };

	if (row) {
		((struct subject *)row->row)->newest = seq;
		return set_changed(&l->sets[SET_SUBJECTS], row, SUBJECT_NEWEST);
	}
	snprintf(subject.id, sizeof(subject.id), "%s", id);
	return set_put(l, SET_SUBJECTS, &subject);
}

int ledger_newest_seq(struct ledger *l, int64_t *ret)
{
	struct query q;

	query_begin(&q, l->db, "SELECT coalesce(max(seq), 0) FROM event");
	return row_end_number(&q, ret);
}

/* The seq of the next event: asked of the store once a transaction, since nobody else writes meanwhile. */
static int next_seq(struct ledger *l, int64_t *ret)
{
	int r = l->last_seq == 0 ? ledger_newest_seq(l, &l->last_seq) : 0;

	if (r == 0)
		*ret = l->last_seq + 1;
	return r;
}

int ledger_append_event(struct ledger *l, const struct logged_event *event, int64_t *ret_seq)
{
	struct set_row *newest = NULL;
	struct query q;
	int64_t seq;
	int r = strlen(event->subject) < ITEM_ID
			? set_load(l, SET_SUBJECTS, event->subject, &newest)
			: -EINVAL;

	if (r >= 0)
		r = next_seq(l, &seq);
	if (r < 0)
		return r;
	struct event_row row = { *event, newest ? ((struct subject *)newest->row)->newest : 0 };
	row.event.seq = seq;
	query_begin(&q, l->db, insert_event);
	r = event_row_bind(&q, l, &row);
	r = r < 0 ? row_end(&q, r) : query_run(&q);
	if (r < 0)
		return r;
	l->last_seq = seq;
	r = set_newest(l, newest, event->subject, seq);
	if (r == 0)
		*ret_seq = seq;
	return r;
}

int ledger_event_body(struct ledger *l, int64_t seq, char **ret)
{
	char *body = NULL;
	struct event_row row;
	struct query q;
	bool good = true;
	int r = 0;

	query_begin(&q, l->db, select_event);
	query_bind_int(&q, seq);
	int stepped = query_step(&q);
	if (stepped > 0)
		r = event_row_read(&q, l, &row, &good);
	if (stepped > 0 && r == 0 && good)
		body = strdup(row.event.body);
	r = row_end(&q, r);
	if (r == 0 && !good)
		r = event_row_missed(l, seq);
	if (r == 0 && !body)
		r = stepped > 0 ? -ENOMEM : row_must(l, ROW_NONE);
	if (r == 0)
		*ret = body;
	else
		free(body);
	return r;
}

/* The seqs of the subject's events, newest first; the caller frees *ret_seqs. */
static int chain_of(struct ledger *l, const char *subject, int64_t **ret_seqs, size_t *ret_count)
{
	int64_t seq, *seqs = NULL;
	size_t count = 0, room = 0;
	int r = newest_of(l, subject, &seq);

	while (r == 0 && seq != 0) {
		r = array_grow(&seqs, count, &room);
		if (r < 0)
			break;
		seqs[count++] = seq;
		struct query q;
		query_begin(&q, l->db, select_previous);
		query_bind_int(&q, seq);
		int64_t previous = 0;
		r = row_end_number(&q, &previous);
		/* Each is older than the one after it; retention may have removed the oldest. */
		if (r == ROW_NONE) {
			count--;
			r = 0;
		} else if (r == 0 && previous >= seq) {
			r = -EIO;
		}
		seq = previous;
	}
	if (r < 0) {
		free(seqs);
		return r;
	}
	*ret_seqs = seqs;
	*ret_count = count;
	return 0;
}

static int call_with_event(struct ledger *l, int64_t seq,
			   int (*row)(void *userdata, const struct logged_event *event),
			   void *userdata)
{
	struct event_row read;
	struct query q;
	int called = 0;

	query_begin(&q, l->db, select_event);
	query_bind_int(&q, seq);
	int stepped = query_step(&q);
	if (stepped > 0) {
		called = event_row_take(&q, l, &read);
		if (called > 0)
			called = row(userdata, &read.event);
	}
	return row_end(&q, stepped == 0 ? row_must(l, ROW_NONE) : called);
}

int ledger_events_of(struct ledger *l, const char *subject,
		     int (*row)(void *userdata, const struct logged_event *event), void *userdata)
{
	int64_t *seqs;
	size_t count;
	int r = chain_of(l, subject, &seqs, &count);

	if (r < 0)
		return r;
	while (r == 0 && count > 0)
		r = call_with_event(l, seqs[--count], row, userdata);
	free(seqs);
	return r;
}

int ledger_events_back(struct ledger *l, const char *subject, struct events_back *back,
		       int (*row)(void *userdata, const struct logged_event *event), void *userdata)
{
	int64_t seq = back->cursor, previous = 0;
	int r = seq == 0 ? newest_of(l, subject, &seq) : 0;

	for (size_t i = 0; r == 0 && seq > 0 && i < back->max; i++) {
		struct query q;

		query_begin(&q, l->db, select_previous);
		query_bind_int(&q, seq);
		r = row_end_number(&q, &previous);
		if (r == ROW_NONE) { /* retention has removed it, and what came before */
			seq = r = 0;
			break;
		}
		if (r == 0)
			r = previous >= seq ? -EIO : call_with_event(l, seq, row, userdata);
		seq = previous;
	}
	if (r < 0)
		return r;
	back->cursor = seq > 0 ? seq : -1;
	return seq > 0;
}

int ledger_log(struct ledger *l, int64_t after, size_t max,
	       int (*row)(void *userdata, const struct logged_event *event), void *userdata)
{
	struct event_row read;
	struct query q;
	int called = 0;

	query_begin(&q, l->db, select_log);
	query_bind_int(&q, after);
	query_bind_int(&q, (int64_t)max);
	while (called == 0 && query_step(&q) > 0) {
		called = event_row_take(&q, l, &read);
		if (called > 0)
			called = row(userdata, &read.event);
	}
	int r = query_end(&q);
	return r < 0 ? r : called;
}

/* ---- sequences ------------------------------------------------------------------------------- */

int ledger_find_sequence(struct ledger *l, const char *source, int64_t *ret_last, int64_t *ret_lost,
			 bool *ret_found)
{
	struct sequence sequence;
	int r = set_get(l, SET_SEQUENCES, source, &sequence);

	if (r == 0) {
		*ret_last = sequence.last;
		*ret_lost = sequence.lost;
	}
	return row_found(r, ret_found);
}

int ledger_sequences_lost(struct ledger *l,
			  int (*row)(void *userdata, const char *source, int64_t lost),
			  void *userdata)
{
	struct sequence sequence;
	struct query q;
	int r = set_flush(l, SET_SEQUENCES), called = 0;

	if (r < 0)
		return r;
	row_select(&q, l, &sequence_type, "FROM sequence WHERE lost > 0 ORDER BY source");
	while (called == 0 && row_next(&q, &sequence_type, &sequence) > 0)
		called = row(userdata, sequence.source, sequence.lost);
	return row_end(&q, called);
}

int ledger_set_sequence(struct ledger *l, const char *source, int64_t last, int64_t lost)
{
	struct sequence sequence = { .last = last, .lost = lost };

	if (strlen(source) >= sizeof(sequence.source))
		return -EINVAL;
	memcpy(sequence.source, source, strlen(source) + 1);
	return set_put(l, SET_SEQUENCES, &sequence);
}
