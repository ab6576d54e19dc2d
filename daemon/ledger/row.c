/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/row.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/harmless.h"
#include "ledger/db_engine.h"
#include "ledger/working_set.h"

/* ---- a value --------------------------------------------------------------------------------- */

void row_bind_date(struct query *q, struct civil_date d)
{
	if (civil_is_none(d))
		query_bind_none(q);
	else
		query_bind_int(q, d.day);
}

void row_bind_instant(struct query *q, struct instant t)
{
	if (instant_is_none(t))
		query_bind_none(q);
	else
		query_bind_int(q, t.us);
}

static void bind_optional(struct query *q, struct optional o)
{
	if (o.given)
		query_bind_int(q, o.value);
	else
		query_bind_none(q);
}

static bool skip_none(struct query *q)
{
	if (!query_is_none(q))
		return false;
	q->read++;
	return true;
}

static struct civil_date read_date(struct query *q)
{
	return skip_none(q) ? CIVIL_NONE : (struct civil_date){ (int32_t)query_int(q) };
}

struct instant row_instant(struct query *q)
{
	return skip_none(q) ? INSTANT_NONE : (struct instant){ query_int(q) };
}

static struct optional read_optional(struct query *q)
{
	return skip_none(q) ? (struct optional){ false, 0 }
			    : (struct optional){ true, query_int(q) };
}

/* What does not fit was never written by us: cut, it does not have its checksum. */
static void read_text(struct query *q, char *out, size_t size)
{
	const char *text = query_text(q);
	size_t n = strnlen(text, size - 1);

	memcpy(out, text, n);
	out[n] = '\0';
}

static char *read_string(struct query *q)
{
	if (skip_none(q))
		return NULL;
	char *text = strdup(query_text(q));
	if (!text)
		q->error = -ENOMEM;
	return text;
}

static void bind(struct query *q, const struct field *f, const void *at)
{
	switch (f->kind) {
	case FIELD_TEXT:
		query_bind_text(q, at);
		break;
	case FIELD_STRING:
		query_bind_text(q, *(char *const *)at);
		break;
	case FIELD_NUMBER:
		query_bind_int(q, *(const int *)at);
		break;
	case FIELD_LONG:
		query_bind_int(q, *(const int64_t *)at);
		break;
	case FIELD_FLAG:
		query_bind_int(q, *(const bool *)at);
		break;
	case FIELD_DATE:
		row_bind_date(q, *(const struct civil_date *)at);
		break;
	case FIELD_INSTANT:
		row_bind_instant(q, *(const struct instant *)at);
		break;
	case FIELD_OPTIONAL:
		bind_optional(q, *(const struct optional *)at);
		break;
	}
}

static void read_field(struct query *q, const struct field *f, void *at)
{
	switch (f->kind) {
	case FIELD_TEXT:
		read_text(q, at, f->size);
		break;
	case FIELD_STRING:
		*(char **)at = read_string(q);
		break;
	case FIELD_NUMBER:
		*(int *)at = (int)query_int(q);
		break;
	case FIELD_LONG:
		*(int64_t *)at = query_int(q);
		break;
	case FIELD_FLAG:
		*(bool *)at = query_int(q) != 0;
		break;
	case FIELD_DATE:
		*(struct civil_date *)at = read_date(q);
		break;
	case FIELD_INSTANT:
		*(struct instant *)at = row_instant(q);
		break;
	case FIELD_OPTIONAL:
		*(struct optional *)at = read_optional(q);
		break;
	}
}

void row_bind_key(struct query *q, const struct row_type *type, const void *row)
{
	for (size_t i = 0; i < type->count && type->fields[i].roles & FIELD_KEY; i++)
		bind(q, &type->fields[i], field_at(&type->fields[i], row));
}

/* ---- whether it is there --------------------------------------------------------------------- */

int row_must(struct ledger *l, int r)
{
	if (r != ROW_NONE)
		return r;
	l->failure = "a row that another one names is missing";
	return -EIO;
}

int row_found(int r, bool *ret_found)
{
	if (r < 0)
		return r;
	*ret_found = r == 0;
	return 0;
}

/* ---- a row ----------------------------------------------------------------------------------- */

void row_select(struct query *q, struct ledger *l, const struct row_type *type, const char *text)
{
	query_begin_sql(q, l->db, &(struct sql){ .verb = SQL_SELECT, .row = type, .text = text });
}

/* ---- its checksum ---------------------------------------------------------------------------- */

static int write_row(struct db *db, enum sql_verb verb, const struct row_type *type,
		     const void *row, uint64_t changed)
{
	bool update = verb == SQL_UPDATE;
	uint64_t bound = update ? changed : sql_inserted(verb, type);
	int64_t sum = 0;
	struct query q;
	int r = type->is_passing ? 0 : checksum_row(&db->checksum, type, row, &sum);

	if (r < 0)
		return r;
	query_begin_sql(
		&q, db,
		&(struct sql){ .verb = verb, .row = type, .changed = update ? changed : 0 });
	for (size_t i = 0; i < type->count; i++)
		if (bound >> i & 1)
			bind(&q, &type->fields[i], field_at(&type->fields[i], row));
	if (!type->is_passing)
		query_bind_int(&q, sum);
	if (update)
		row_bind_key(&q, type, row);
	return query_run(&q);
}

void row_name(const struct row_type *type, const void *row, char out[static DAMAGE_NAME])
{
	char text[DAMAGE_NAME];
	size_t n = (size_t)snprintf(text, DAMAGE_NAME, "%s", type->table);

	for (size_t i = 0; i < type->count && type->fields[i].roles & FIELD_KEY; i++) {
		const struct field *f = &type->fields[i];
		const void *at = field_at(f, row);

		if (n < DAMAGE_NAME && f->kind == FIELD_TEXT)
			n += (size_t)snprintf(text + n, DAMAGE_NAME - n, " %s", (const char *)at);
		else if (n < DAMAGE_NAME && f->size == sizeof(int64_t))
			n += (size_t)snprintf(text + n, DAMAGE_NAME - n, " %" PRId64,
					      *(const int64_t *)at);
		else if (n < DAMAGE_NAME)
			n += (size_t)snprintf(text + n, DAMAGE_NAME - n, " %d", *(const int *)at);
	}
	harmless_line(out, DAMAGE_NAME, text, strlen(text));
}

int row_damaged(struct db *db, const char *name, bool harmless)
{
	int r = db->damage ? damage_note(db->damage, name) : 0;

	if (r < 0 || harmless)
		return r;
	snprintf(db->damaged, sizeof(db->damaged),
		 "the row %s is damaged (its checksum does not hold)", name);
	db->failure = db->damaged;
	return -EIO;
}

/* Whatever has become of them, nobody has to fear them. */
static void clean_texts(const struct row_type *type, void *row)
{
	for (size_t i = 0; i < type->count; i++) {
		const struct field *f = &type->fields[i];
		char *text = (char *)row + f->offset, *copy;

		if (f->kind != FIELD_TEXT || f->roles & FIELD_KEY)
			continue;
		copy = strdup(text);
		harmless_line(text, f->size, copy ? copy : "", copy ? strlen(copy) : 0);
		free(copy);
	}
}

int row_disarm(struct db *db, const struct row_type *type, void *row)
{
	clean_texts(type, row);
	type->disarm(row);
	return db->in_transaction ? write_row(db, SQL_UPDATE, type, row, sql_unkeyed(type)) : 0;
}

/* What becomes of a row that is not as it was written. */
static int meet_damage(struct query *q, const struct row_type *type, void *row)
{
	char name[DAMAGE_NAME];

	q->is_damaged = true;
	if (q->tells)
		return 0;
	row_name(type, row, name);
	int r = row_damaged(q->db, name, type->disarm != NULL);
	return r < 0 ? r : row_disarm(q->db, type, row);
}

static int check(struct query *q, const struct row_type *type, void *row)
{
	const int64_t written = query_int(q);
	int64_t sum;
	int r = checksum_row(&q->db->checksum, type, row, &sum);

	q->is_damaged = false;
	return r < 0 || sum == written ? r : meet_damage(q, type, row);
}

int row_read(struct query *q, const struct row_type *type, void *row)
{
	for (size_t i = 0; i < type->count; i++) {
		const struct field *f = &type->fields[i];
		read_field(q, f, (char *)row + f->offset);
	}
	if (!type->is_passing && !q->error)
		q->error = check(q, type, row);
	if (q->error)
		row_done(type, row);
	return q->error;
}

void row_page(struct query *q, struct ledger *l, const struct row_type *type, const void *after,
	      size_t max)
{
	query_begin_sql(q, l->db,
			&(struct sql){ .verb = after ? SQL_PAGE : SQL_FIRST, .row = type });
	if (after)
		row_bind_key(q, type, after);
	query_bind_int(q, (int64_t)max);
}

int row_next(struct query *q, const struct row_type *type, void *row)
{
	int r = query_step(q);

	if (r <= 0)
		return r;
	r = row_read(q, type, row);
	return r < 0 ? r : 1;
}

int row_end(struct query *q, int called)
{
	int r = query_end(q);

	return r < 0 ? r : called;
}

int row_end_one(struct query *q, const struct row_type *type, void *ret)
{
	int stepped = row_next(q, type, ret);
	int r = query_end(q);

	return r < 0 ? r : stepped > 0 ? 0 : ROW_NONE;
}

int row_end_list(struct query *q, const struct row_type *type, void *out)
{
	int count = 0;

	while (row_next(q, type, (char *)out + (size_t)count * type->size) > 0)
		count++;
	return row_end(q, count);
}

int row_end_number(struct query *q, int64_t *ret)
{
	int stepped = query_step(q);
	int64_t value = stepped > 0 ? query_int(q) : 0;
	int r = query_end(q);

	if (r == 0 && stepped > 0)
		*ret = value;
	return r < 0 ? r : stepped > 0 ? 0 : ROW_NONE;
}

int row_write(struct ledger *l, enum sql_verb verb, const struct row_type *type, const void *row,
	      uint64_t changed)
{
	return write_row(l->db, verb, type, row, changed);
}

int row_put(struct ledger *l, const struct row_type *type, const void *row)
{
	int r = journal_note(l, type, row);

	return r < 0 ? r : row_write(l, SQL_UPSERT, type, row, ROW_ALL);
}
