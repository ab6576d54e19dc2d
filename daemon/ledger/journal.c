/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A row is looked for by its type and key in a table of places, open addressing, at most half full.
 *
 * A row that the working set holds is noted there (working_set.c), where it is at hand; one that is written
 * straight to the store is read from it first (row_put). Whatever is deleted or changed by SQL of its own
 * says so with journal_note.
 */
#include "ledger/journal.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "ledger/working_set.h"

#define PLACES_FIRST 64

struct journal {
	struct journal_row *rows;
	size_t count, room;
	uint32_t *places;   /* index of the row + 1; 0: free */
	size_t place_count; /* a power of two */
	size_t more;
};

int ledger_journal_open(struct ledger *l)
{
	assert(!l->journal);
	l->journal = calloc(1, sizeof(*l->journal));
	return l->journal ? 0 : -ENOMEM;
}

bool ledger_journal_is_open(const struct ledger *l)
{
	return l->journal != NULL;
}

struct journal *journal_free(struct journal *j)
{
	if (!j)
		return NULL;
	for (size_t i = 0; i < j->count; i++) {
		row_done(j->rows[i].type, j->rows[i].row);
		free(j->rows[i].row);
	}
	free(j->rows);
	free(j->places);
	free(j);
	return NULL;
}

struct journal *ledger_journal_take(struct ledger *l)
{
	struct journal *j = l->journal;

	l->journal = NULL;
	return j;
}

void ledger_journal_close(struct ledger *l)
{
	journal_free(ledger_journal_take(l));
}

size_t ledger_journal_count(const struct ledger *l)
{
	return l->journal->count;
}

const struct journal_row *ledger_journal_row(const struct ledger *l, size_t i)
{
	return &l->journal->rows[i];
}

size_t ledger_journal_more(const struct ledger *l)
{
	return l->journal->more;
}

/* ---- the places ------------------------------------------------------------------------------ */

/* FNV-1a of the key's bytes: of a text those before its NUL. */
static uint32_t hash_of(const struct row_type *type, const void *row)
{
	uint32_t hash = 2166136261U ^ (uint32_t)((uintptr_t)type >> 4);

	for (size_t i = 0; i < type->count && type->fields[i].roles & FIELD_KEY; i++) {
		const struct field *f = &type->fields[i];
		const unsigned char *at = field_at(f, row);
		const size_t size = f->kind == FIELD_TEXT ? strlen((const char *)at) : f->size;

		for (size_t k = 0; k < size; k++)
			hash = (hash ^ at[k]) * 16777619U;
	}
	return hash;
}

/* The place of a row of this key, or the free one where it goes. */
static uint32_t *place_of(const struct journal *j, const struct row_type *type, const void *row)
{
	size_t i = hash_of(type, row);

	for (;; i++) {
		uint32_t *place = &j->places[i & (j->place_count - 1)];
		const struct journal_row *there = *place ? &j->rows[*place - 1] : NULL;

		if (!there || (there->type == type && row_compare(type, there->row, row) == 0))
			return place;
	}
}

static int widen(struct journal *j)
{
	const size_t count = j->place_count ? j->place_count * 2 : PLACES_FIRST;

	if (j->count * 2 < j->place_count)
		return 0;
	uint32_t *places = calloc(count, sizeof(*places));
	if (!places)
		return -ENOMEM;
	free(j->places);
	j->places = places;
	j->place_count = count;
	for (size_t i = 0; i < j->count; i++)
		*place_of(j, j->rows[i].type, j->rows[i].row) = (uint32_t)i + 1;
	return 0;
}

/* ---- noting ---------------------------------------------------------------------------------- */

static bool has(const struct journal *j, const struct row_type *type, const void *row)
{
	return j->place_count && *place_of(j, type, row);
}

/* row: as it was, or its key; becomes the journal's. */
static int add(struct journal *j, const struct journal_row *added)
{
	int r = widen(j);

	if (r == 0)
		r = array_grow(&j->rows, j->count, &j->room);
	if (r < 0)
		return r;
	*place_of(j, added->type, added->row) = (uint32_t)j->count + 1;
	j->rows[j->count++] = *added;
	return 0;
}

static void copy_key(const struct row_type *type, void *to, const void *from)
{
	for (size_t i = 0; i < type->count && type->fields[i].roles & FIELD_KEY; i++) {
		const struct field *f = &type->fields[i];
		memcpy((char *)to + f->offset, field_at(f, from), f->size);
	}
}

static int note(struct journal *j, const struct row_type *type, const void *key, const void *before)
{
	struct journal_row added = { type, before != NULL, calloc(1, type->size) };
	int r = added.row ? 0 : -ENOMEM;

	if (r == 0 && before)
		r = row_copy(type, added.row, before);
	else if (r == 0)
		copy_key(type, added.row, key);
	if (r == 0)
		r = add(j, &added);
	if (r < 0 && added.row)
		row_done(type, added.row);
	if (r < 0)
		free(added.row);
	return r;
}

bool journal_has(const struct ledger *l, const struct row_type *type, const void *key)
{
	return has(l->journal, type, key);
}

static bool is_full(struct journal *j)
{
	if (j->count < JOURNAL_ROWS_MAX)
		return false;
	j->more++;
	return true;
}

int journal_note_known(struct ledger *l, const struct row_type *type, const void *key,
		       const void *before)
{
	struct journal *j = l->journal;

	if (!j || type->table == subject_type.table || type->table == sequence_type.table ||
	    has(j, type, key) || is_full(j))
		return 0;
	return note(j, type, key, before);
}

int journal_note(struct ledger *l, const struct row_type *type, const void *key)
{
	struct journal *j = l->journal;
	struct query q;
	void *before;

	if (!j || has(j, type, key) || is_full(j))
		return 0;
	before = calloc(1, type->size);
	if (!before)
		return -ENOMEM;
	row_select(&q, l, type, NULL);
	row_bind_key(&q, type, key);
	int r = row_end_one(&q, type, before);
	const bool there = r == 0;
	if (r >= 0)
		r = note(j, type, key, there ? before : NULL);
	if (there)
		row_done(type, before);
	free(before);
	return r;
}
