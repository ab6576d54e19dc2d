/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/working_set.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

#define BUCKETS_FIRST 64

/* ---- the table of rows ----------------------------------------------------------------------- */

static const struct field *key_of(const struct set *s)
{
	return &s->type->fields[0];
}

/* FNV-1a of a text; a number's bits mixed. */
static uint32_t hash_key(const struct set *s, const void *key)
{
	if (key_of(s)->kind == FIELD_LONG)
		return (uint32_t)(*(const uint64_t *)key * UINT64_C(0x9e3779b97f4a7c15) >> 32);
	uint32_t hash = 2166136261U;
	for (const unsigned char *c = key; *c; c++)
		hash = (hash ^ *c) * 16777619U;
	return hash;
}

static bool has_key(const struct set *s, const struct set_row *row, const void *key)
{
	const void *own = field_at(key_of(s), row->row);

	return key_of(s)->kind == FIELD_LONG ? *(const int64_t *)own == *(const int64_t *)key
					     : strcmp(own, key) == 0;
}

static struct set_row *find(const struct set *s, const void *key, uint32_t hash)
{
	struct set_row *row = s->bucket_count ? s->buckets[hash & (s->bucket_count - 1)] : NULL;

	while (row && (row->hash != hash || !has_key(s, row, key)))
		row = row->next;
	return row;
}

struct set_row *set_find(const struct set *s, const void *key)
{
	return s->count ? find(s, key, hash_key(s, key)) : NULL;
}

static void link_row(struct set *s, struct set_row *row)
{
	struct set_row **bucket = &s->buckets[row->hash & (s->bucket_count - 1)];

	row->next = *bucket;
	*bucket = row;
}

/* Twice as many buckets, once there are as many rows. */
static int widen(struct set *s)
{
	size_t count = s->bucket_count ? s->bucket_count * 2 : BUCKETS_FIRST;

	if (s->count < s->bucket_count)
		return 0;
	struct set_row **buckets = calloc(count, sizeof(struct set_row *));
	if (!buckets)
		return -ENOMEM;
	free(s->buckets);
	s->buckets = buckets;
	s->bucket_count = count;
	for (size_t i = 0; i < s->count; i++)
		link_row(s, s->rows[i]);
	return 0;
}

static struct set_row *new_row(const struct set *s)
{
	struct set_row *row = malloc(sizeof(*row) + s->type->size);

	if (row)
		*row = (struct set_row){ .origin = SET_STORED };
	return row;
}

static void free_row(const struct set *s, struct set_row *row)
{
	row_done(s->type, row->row);
	free(row);
}

/* The row is the set's from now on, also when it can't be taken up. */
static int take_up(struct set *s, struct set_row *row)
{
	int r = array_grow(&s->rows, s->count, &s->room);

	if (r == 0)
		r = widen(s);
	if (r < 0) {
		free_row(s, row);
		return r;
	}
	row->hash = hash_key(s, field_at(key_of(s), row->row));
	s->rows[s->count++] = row;
	link_row(s, row);
	return 0;
}

int set_add(struct set *s, const void *row, enum set_origin origin, struct set_row **ret)
{
	struct set_row *added = new_row(s);
	int r = added ? row_copy(s->type, added->row, row) : -ENOMEM;

	if (r < 0) {
		free(added);
		return r;
	}
	added->origin = origin;
	r = take_up(s, added);
	if (r == 0)
		*ret = added;
	return r;
}

void set_clear(struct set *s)
{
	assert(s->walks == 0);
	for (size_t i = 0; i < s->count; i++) {
		struct set_row *row = s->rows[i];
		s->buckets[row->hash & (s->bucket_count - 1)] = NULL;
		free_row(s, row);
	}
	s->count = s->dirty_count = 0;
	if (s->index)
		set_clear(s->index);
}

void set_clear_all(struct ledger *l)
{
	l->last_seq = l->filling = 0;
	for (size_t i = 0; i < SETS; i++) {
		set_clear(&l->sets[i]);
		l->sets[i].last_id = 0;
	}
}

void set_done(struct set *s)
{
	set_clear(s);
	free(s->buckets);
	free(s->rows);
	free(s->dirty);
}

/* ---- from the store -------------------------------------------------------------------------- */

static void select_row(struct query *q, struct ledger *l, const struct row_type *type,
		       const void *key)
{
	row_select(q, l, type, NULL);
	if (type->fields[0].kind == FIELD_LONG)
		query_bind_int(q, *(const int64_t *)key);
	else
		query_bind_text(q, key);
}

int set_make_room(struct ledger *l, enum set_of which)
{
	struct set *s = &l->sets[which];

	if (s->walks > 0 ||
	    (s->count < SET_ROWS_MAX && (!s->index || s->index->count < SET_ROWS_MAX)))
		return 0;
	return set_leave(l, which);
}

/* One that is not in the set. */
static int read_row(struct ledger *l, struct set *s, const void *key, struct set_row **ret)
{
	struct set_row *row = new_row(s);
	struct query q;

	if (!row)
		return -ENOMEM;
	select_row(&q, l, s->type, key);
	int r = row_end_one(&q, s->type, row->row);
	if (r != 0) {
		free(row);
		return r;
	}
	r = take_up(s, row);
	if (r == 0)
		*ret = row;
	return r;
}

int set_prefetch(struct ledger *l, enum set_of which, const void *key)
{
	struct query q;

	if (set_find(&l->sets[which], key))
		return 0;
	select_row(&q, l, l->sets[which].type, key);
	return query_prefetch(&q);
}

int set_load(struct ledger *l, enum set_of which, const void *key, struct set_row **ret)
{
	struct set *s = &l->sets[which];
	struct set_row *row = set_find(s, key);
	int r = db_spoilt(l->db);

	assert(db_in_transaction(l->db));
	if (r == 0 && !row)
		r = set_make_room(l, which);
	if (r == 0 && !row)
		r = read_row(l, s, key, &row);
	if (r == 0)
		*ret = row;
	return r;
}

int set_get(struct ledger *l, enum set_of which, const void *key, void *ret)
{
	const struct row_type *type = l->sets[which].type;
	struct set_row *row;
	struct query q;

	if (!db_in_transaction(l->db)) {
		select_row(&q, l, type, key);
		return row_end_one(&q, type, ret);
	}
	int r = set_load(l, which, key, &row);
	return r != 0 ? r : row_copy(type, ret, row->row);
}

/* ---- changes --------------------------------------------------------------------------------- */

int set_changed(struct set *s, struct set_row *row, uint64_t fields)
{
	if (row->changed == 0) {
		int r = array_grow(&s->dirty, s->dirty_count, &s->dirty_room);
		if (r < 0)
			return r;
		s->dirty[s->dirty_count++] = row;
	}
	row->changed |= fields;
	return 0;
}

/* Take over what differs, so that a text that stays is not copied. */
static int change(struct ledger *l, struct set *s, struct set_row *row, const void *to)
{
	uint64_t difference = row_difference(s->type, row->row, to);

	if (difference == 0)
		return 0;
	assert(!(difference & ~sql_changeable(s->type)));
	int r = journal_note_known(l, s->type, row->row, row->row);
	if (r == 0)
		r = set_changed(s, row, difference);
	return r < 0 ? r : row_assign(s->type, row->row, to, difference);
}

int set_put(struct ledger *l, enum set_of which, const void *row)
{
	struct set *s = &l->sets[which];
	struct set_row *own = set_find(s, field_at(key_of(s), row));
	int r = db_spoilt(l->db);

	assert(db_in_transaction(l->db));
	if (r == 0 && !own && l->journal) { /* what it was is wanted */
		r = set_load(l, which, field_at(key_of(s), row), &own);
		r = r == ROW_NONE ? journal_note_known(l, s->type, row, NULL) : r;
	}
	if (r < 0)
		return r;
	if (own)
		return change(l, s, own, row);
	r = set_make_room(l, which);
	if (r == 0) /* a key that counts up was given by us: the store has it */
		r = set_add(s, row, key_of(s)->kind == FIELD_LONG ? SET_STORED : SET_REPLACED,
			    &own);
	return r < 0 ? r : set_changed(s, own, sql_changeable(s->type));
}

static int find_last_id(struct ledger *l, struct set *s)
{
	static const char *const selects[SETS] = {
		[SET_OBLIGATIONS] = "SELECT coalesce(max(id), 0) FROM obligation",
		[SET_MESSAGES] = "SELECT coalesce(max(id), 0) FROM message",
	};
	struct query q;

	if (s->last_id != 0)
		return 0;
	query_begin(&q, l->db, selects[s - l->sets]);
	return row_end_number(&q, &s->last_id);
}

int set_put_new(struct ledger *l, enum set_of which, void *row, int64_t *id, struct set_row **ret)
{
	struct set *s = &l->sets[which];
	int r = db_spoilt(l->db);

	assert(db_in_transaction(l->db));
	if (r == 0)
		r = find_last_id(l, s);
	if (r == 0)
		r = set_make_room(l, which);
	if (r < 0)
		return r;
	*id = s->last_id + 1;
	r = set_add(s, row, SET_NEW, ret);
	if (r == 0)
		r = journal_note_known(l, s->type, (*ret)->row, NULL);
	if (r == 0)
		r = set_changed(s, *ret, ROW_ALL);
	if (r < 0)
		*id = 0;
	else
		s->last_id++;
	return r;
}

/* ---- to the store ---------------------------------------------------------------------------- */

static int by_key(const void *a, const void *b, void *userdata)
{
	const struct set_row *const *x = a, *const *y = b;
	const struct row_type *const *type = userdata;

	return row_compare(*type, (*x)->row, (*y)->row);
}

static int write_row(struct ledger *l, const struct row_type *type, struct set_row *row)
{
	static const enum sql_verb verbs[] = {
		[SET_STORED] = SQL_UPDATE,
		[SET_NEW] = SQL_INSERT,
		[SET_REPLACED] = SQL_UPSERT,
	};
	int r;

	if (row->changed == 0) /* written before another one failed */
		return 0;
	/* What was prefetched may lack it; of a message, whoever put it has seen to that. */
	if (row->origin != SET_STORED && type != &message_type)
		db_drop_prefetched(l->db);
	r = row_write(l, verbs[row->origin], type, row->row, row->changed);
	if (r == 0) {
		row->origin = SET_STORED;
		row->changed = 0;
	}
	return r;
}

int set_flush(struct ledger *l, enum set_of which)
{
	struct set *s = &l->sets[which];
	int r = 0;

	if (s->dirty_count == 0)
		return 0;
	qsort_r(s->dirty, s->dirty_count, sizeof(*s->dirty), by_key, &s->type);
	for (size_t i = 0; r == 0 && i < s->dirty_count; i++)
		r = write_row(l, s->type, s->dirty[i]);
	if (r == 0)
		s->dirty_count = 0;
	return r;
}

int set_leave(struct ledger *l, enum set_of which)
{
	int r = set_flush(l, which);

	db_drop_prefetched(l->db);
	if (r == 0)
		set_clear(&l->sets[which]);
	return r;
}

int set_flush_all(struct ledger *l)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < SETS; i++)
		r = set_flush(l, (enum set_of)i);
	return r;
}

bool set_has_changed(const struct ledger *l)
{
	for (size_t i = 0; i < SETS; i++)
		if (l->sets[i].dirty_count > 0)
			return true;
	return false;
}
