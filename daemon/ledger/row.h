/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows between structs and the store, as field.h describes them. Internal to the ledger.
 *
 *	row_select(&q, l, &promise_type, "FROM promise WHERE obligation = $1 ORDER BY seq");
 *	query_bind_int(&q, obligation);
 *	while (called == 0 && row_next(&q, &promise_type, &p) > 0)
 *		called = row(userdata, &p);
 *	return row_end(&q, called);
 */
#pragma once
#include "ledger/damage.h"
#include "ledger/db.h"
#include "ledger/ledger.h"

/* Is bit `number` of `set` one? A shift is by an INTEGER, in PostgreSQL's sense. */
#define IN_SET(set, number) "(CAST(" set " AS BIGINT) >> CAST(" number " AS INTEGER)) & 1 = 1"

enum { ROW_NONE = 1 }; /* of a look-up: there is no such row */
/* The end of a look-up of a row that must be there, or may be. */
int row_must(struct ledger *l, int r);
int row_found(int r, bool *ret_found);

/* Begin a SELECT of all columns; text is from FROM on, or NULL for the row of the key bound next. */
void row_select(struct query *q, struct ledger *l, const struct row_type *type, const char *text);
/* Begin a SELECT of all columns of up to max rows, in order of the key, after the one of the row `after`; NULL: the first. */
void row_page(struct query *q, struct ledger *l, const struct row_type *type, const void *after,
	      size_t max);
/* Step to the next row, into *row: 1; 0 at the end, or the error. Strings in it are the caller's. */
int row_next(struct query *q, const struct row_type *type, void *row);
/* The same from the column on at which q is: a further row of a joined one. 0 or the error. */
int row_read(struct query *q, const struct row_type *type, void *row);
/* End, with what a callback has returned unless there is an error. */
int row_end(struct query *q, int called);
/* Step once, into *ret, which stays as it is unless there is a row; and end. 0, ROW_NONE or the error. */
int row_end_one(struct query *q, const struct row_type *type, void *ret);
/* Step to the end, into out; and end. The count, or the error. */
int row_end_list(struct query *q, const struct row_type *type, void *out);
/* The same for a single number. */
int row_end_number(struct query *q, int64_t *ret);

/* INSERT, APPEND, UPSERT or UPDATE a row; changed: what an UPDATE sets. */
int row_write(struct ledger *l, enum sql_verb verb, const struct row_type *type, const void *row,
	      uint64_t changed);

/* "mark 4 1 -5wd 0 chef-akut": the table and the key. */
void row_name(const struct row_type *type, const void *row, char out[static DAMAGE_NAME]);
/* Make a damaged row harmless, there and in the store where a transaction is open; of a type that can be. */
int row_disarm(struct db *db, const struct row_type *type, void *row);
/* A row was met whose checksum does not hold: 0, or -EIO when nobody can go on with what it may have said. */
int row_damaged(struct db *db, const char *name, bool harmless);

#define DISARMED \
	"what the store has of it is damaged: it was set aside" /* for people, where a row has a word for them */

/* Insert or replace a row that is in no set. */
int row_put(struct ledger *l, const struct row_type *type, const void *row);
/* Bind a row's key, in its order. */
void row_bind_key(struct query *q, const struct row_type *type, const void *row);

/* Kinds of value that are "none" in one number. */
void row_bind_date(struct query *q, struct civil_date d);
void row_bind_instant(struct query *q, struct instant t);
struct instant row_instant(struct query *q);
