/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The key stands in the table fact, with a checksum of its own under a key of zeroes. Without a text it means that
 * the rows are to be given their checksums anew, which the next opening does: so a migration says that changes what
 * rows consist of, and a person who has mended something by hand. A key that is missing is damage as well.
 */
#include "ledger/row_check.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/harmless.h"
#include "ledger/db_engine.h"
#include "ledger/working_set.h"

#define KEY_NAME "checksum-key"
#define KEY_TEXT 32 /* in base64, and its NUL */
#define PAGE 100

/* All that have a checksum, but for those of own_walks. */
static const struct row_type *const types[] = {
	&absence_type,	&told_type,	&act_type,	  &assignment_type,  &attempt_type,
	&away_type,	&deadline_type, &forwarded_type,  &frozen_type,	     &incoming_type,
	&item_type,	&link_type,	&login_type,	  &mark_type,	     &measure_type,
	&meeting_type,	&message_type,	&obligation_type, &own_meeting_type, &promise_type,
	&proposal_type, &request_type,	&sequence_type,	  &series_type,	     &session_type,
	&subject_type,	&undone_type,	&fact_type,
};
#define TYPES (sizeof(types) / sizeof(types[0]))

/* Those whose rows are no structs. */
static int (*const own_walks[])(struct ledger *l, int64_t *after, size_t max,
				struct row_visit *visit) = { events_visit, forwards_visit };
#define OWN_WALKS (sizeof(own_walks) / sizeof(own_walks[0]))

/* ---- the rows of a type ------------------------------------------------------------------------ */

/* A row as it was read, or NULL when the facts of moving have it, whose rows have no checksum. */
static bool is_checked(const struct row_type *type, const void *row)
{
	static const char *const others[] = { "moved-to", "moving-from", KEY_NAME };

	for (size_t i = 0; type == &fact_type && i < sizeof(others) / sizeof(others[0]); i++)
		if (strcmp(((const struct fact *)row)->name, others[i]) == 0)
			return false;
	return true;
}

static int visit_row(const struct row_type *type, const void *row, bool is_damaged,
		     struct row_visit *visit)
{
	char name[DAMAGE_NAME];

	if (!is_damaged || !is_checked(type, row))
		return 0;
	row_name(type, row, name);
	return visit->damaged(visit->userdata, name);
}

/* The last row of a page is the key of the next. */
static int visit_typed(struct ledger *l, const struct row_type *type, struct row_cursor *cursor,
		       size_t max, struct row_visit *visit)
{
	void *row = calloc(1, type->size);
	size_t count = 0;
	struct query q;
	int r = 0;

	if (!row)
		return -ENOMEM;
	row_page(&q, l, type, cursor->after, max);
	q.tells = true;
	while (r == 0 && row_next(&q, type, row) > 0) {
		count++;
		r = visit_row(type, row, q.is_damaged, visit);
		row_done(type, row);
	}
	r = row_end(&q, r);
	free(cursor->after);
	cursor->after = row;
	return r != 0 ? r : count == max;
}

/* ---- all of them ------------------------------------------------------------------------------- */

static int visit_own(struct ledger *l, size_t which, struct row_cursor *cursor, size_t max,
		     struct row_visit *visit)
{
	if (!cursor->after)
		cursor->after = calloc(1, sizeof(int64_t));
	return cursor->after ? own_walks[which](l, cursor->after, max, visit) : -ENOMEM;
}

int ledger_check_rows(struct ledger *l, struct row_cursor *cursor, size_t max,
		      int (*damaged)(void *userdata, const char *name), void *userdata)
{
	struct row_visit visit = { damaged, userdata };
	int r = set_flush_all(l);

	if (r < 0)
		return r;
	r = cursor->table < TYPES ? visit_typed(l, types[cursor->table], cursor, max, &visit)
				  : visit_own(l, cursor->table - TYPES, cursor, max, &visit);
	if (r != 0)
		return r;
	row_cursor_done(cursor);
	return ++cursor->table < TYPES + OWN_WALKS;
}

void row_cursor_done(struct row_cursor *cursor)
{
	free(cursor->after);
	cursor->after = NULL;
}

/* ---- accepting ---------------------------------------------------------------------------------- */

static int accept(struct ledger *l, const struct row_type *type, void *row)
{
	return type->disarm ? row_disarm(l->db, type, row)
			    : row_write(l, SQL_UPDATE, type, row, sql_unkeyed(type));
}

/* The first damaged row from the key on, in *row: 1; 0 when there is none. */
static int find_damaged(struct ledger *l, const struct row_type *type, const void *after, void *row)
{
	struct query q;
	int r = 0;

	row_page(&q, l, type, after, INT64_MAX);
	q.tells = true;
	while (r == 0 && row_next(&q, type, row) > 0) {
		r = q.is_damaged && is_checked(type, row);
		if (r == 0)
			row_done(type, row);
	}
	return row_end(&q, r);
}

static int accept_of(struct ledger *l, const struct row_type *type, void *row,
		     struct row_visit *told)
{
	char name[DAMAGE_NAME];
	void *after = NULL;
	int r;

	while ((r = find_damaged(l, type, after, row)) > 0) {
		row_name(type, row, name);
		r = told->damaged(told->userdata, name);
		if (r == 0)
			r = accept(l, type, row);
		row_done(type, row);
		if (r == 0 && !after) {
			after = malloc(type->size);
			r = after ? 0 : -ENOMEM;
		}
		if (r != 0)
			break;
		memcpy(after, row, type->size);
	}
	free(after);
	return r;
}

int ledger_accept_damaged(struct ledger *l, int (*told)(void *userdata, const char *name),
			  void *userdata)
{
	struct row_visit visit = { told, userdata };
	int r = set_flush_all(l);

	for (size_t i = 0; r == 0 && i < TYPES; i++) {
		void *row = malloc(types[i]->size);

		r = row ? accept_of(l, types[i], row, &visit) : -ENOMEM;
		free(row);
	}
	meta_forget(l);
	return r;
}

/* ---- the pages --------------------------------------------------------------------------------- */

struct page_check {
	struct db_check *check; /* or NULL */
};

int page_check_new(struct page_check **ret, struct ledger *l)
{
	struct page_check *c = calloc(1, sizeof(*c));
	int r = c ? db_check_new(&c->check, l->db) : -ENOMEM;

	if (r == 0)
		*ret = c;
	else
		free(c);
	return r;
}

int page_check_work(struct page_check *c, int (*fault)(void *userdata, const char *what),
		    void *userdata)
{
	const char *faults = "";
	int r = c->check ? db_check_poll(c->check, &faults) : 0;

	if (r != 0 || strcmp(faults, "ok\n") == 0)
		return r;
	for (size_t n; r == 0 && *faults; faults += n + (faults[n] == '\n')) {
		char line[200];

		n = strcspn(faults, "\n");
		harmless_line(line, sizeof(line), faults, n);
		r = fault(userdata, line);
	}
	return r;
}

struct page_check *page_check_free(struct page_check *c)
{
	if (c)
		db_check_free(c->check);
	free(c);
	return NULL;
}

/* ---- what was met ------------------------------------------------------------------------------ */

const char *ledger_next_damaged(struct ledger *l)
{
	return damage_next(l->db->damage);
}

size_t ledger_damaged(const struct ledger *l)
{
	return l->db->damage->count;
}

/* ---- the key ----------------------------------------------------------------------------------- */

/* Its own checksum, under a key of zeroes. */
static int sum_of_key(const char *text, int64_t *ret)
{
	struct checksum plain = { .bytes = NULL };

	checksum_begin(&plain, KEY_NAME);
	checksum_text(&plain, text);
	int r = checksum_end(&plain, ret);
	checksum_done(&plain);
	return r;
}

static int write_key(struct ledger *l)
{
	char text[KEY_TEXT];
	struct query q;
	int64_t sum;

	sodium_bin2base64(text, sizeof(text), l->db->checksum.key, CHECKSUM_KEY_BYTES,
			  sodium_base64_VARIANT_ORIGINAL);
	int r = sum_of_key(text, &sum);
	if (r < 0)
		return r;
	query_begin(&q, l->db, "UPDATE fact SET value = $1, checksum = $2 WHERE name = $3");
	query_bind_text(&q, text);
	query_bind_int(&q, sum);
	query_bind_text(&q, KEY_NAME);
	return query_run(&q);
}

static bool decode(struct ledger *l, const char *text, int64_t written)
{
	size_t length;
	int64_t sum;

	return sum_of_key(text, &sum) == 0 && sum == written &&
	       sodium_base642bin(l->db->checksum.key, CHECKSUM_KEY_BYTES, text, strlen(text), NULL,
				 &length, NULL, sodium_base64_VARIANT_ORIGINAL) == 0 &&
	       length == CHECKSUM_KEY_BYTES;
}

/* 0, 1 when there is none yet, or -EIO. */
static int read_key(struct ledger *l)
{
	struct query q;
	bool none = false, good = false;

	query_begin(&q, l->db, "SELECT value, checksum FROM fact WHERE name = $1");
	query_bind_text(&q, KEY_NAME);
	if (query_step(&q) > 0) {
		const char *text = query_text(&q);

		none = text[0] == '\0';
		good = none || decode(l, text, query_int(&q));
	}
	int r = query_end(&q);
	if (r < 0 || good)
		return r < 0 ? r : none;
	l->failure = "the key of its rows' checksums is damaged";
	return -EIO;
}

/* ---- checksums anew ---------------------------------------------------------------------------- */

static int write_all_of(struct ledger *l, const struct row_type *type, void *page)
{
	char *after = NULL, *last = calloc(1, type->size);
	int r = last ? 0 : -ENOMEM, count = PAGE;
	struct query q;

	while (r == 0 && count == PAGE) {
		row_page(&q, l, type, after, PAGE);
		q.tells = true;
		count = row_end_list(&q, type, page);
		r = count < 0 ? count : 0;
		for (int i = 0; i < count; i++) {
			char *row = (char *)page + (size_t)i * type->size;

			if (r == 0 && is_checked(type, row))
				r = row_write(l, SQL_UPDATE, type, row, 0);
			row_done(type, row);
			after = memcpy(last, row, type->size);
		}
	}
	free(last);
	return r;
}

static int write_all(struct ledger *l)
{
	struct row_visit anew = { .userdata = NULL };
	int r = 0;

	for (size_t i = 0; r == 0 && i < TYPES; i++) {
		void *page = calloc(PAGE, types[i]->size);

		r = page ? write_all_of(l, types[i], page) : -ENOMEM;
		free(page);
	}
	for (size_t i = 0; r == 0 && i < OWN_WALKS; i++) {
		int64_t after = 0;

		do
			r = own_walks[i](l, &after, PAGE, &anew);
		while (r > 0);
	}
	return r;
}

int ledger_settle_checksums(struct ledger *l)
{
	int r = read_key(l);

	if (r <= 0)
		return r;
	if (getrandom(l->db->checksum.key, CHECKSUM_KEY_BYTES, 0) != CHECKSUM_KEY_BYTES)
		return -EIO;
	r = write_key(l);
	return r < 0 ? r : write_all(l);
}
