/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A page begins after the key of the last row of the one before it. How many rows it has follows from how large those
 * of the last page were, so that a page has about PAGE_BYTES, whatever an engine gathers of it.
 */
#include "ledger/table_copy.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "protocol/text.h"

#define PAGE_BYTES 262144
#define PAGE_ROWS_MAX 400
#define PAGE_ROWS_FIRST 20

/* A column of a row that was read; the text and the bytes are the query's until its next step. */
struct value {
	bool is_none;
	int64_t number;
	const char *bytes; /* of a text too */
	size_t length;
};
/* The same, kept: a column of the key. */
struct kept {
	int64_t number;
	char *text;
};

struct table_copy {
	enum table_work work;
	const struct tables *tables;
	struct db *from, *to;
	size_t at;  /* the table */
	bool begun; /* `last` is the key of the last row of it */
	struct kept last[TABLE_KEY_MAX], bound[TABLE_KEY_MAX]; /* bound: by the page's query */
	int64_t page;					       /* rows of the next one */
	int64_t rows;
	char *mended; /* what a text became */
	size_t mended_room;
	bool has_mended;
	char place[200];
	void (*changed)(void *userdata, const char *where);
	void *userdata;
};

int table_copy_new(struct table_copy **ret, enum table_work work, const struct tables *tables,
		   struct db *from, struct db *to)
{
	struct table_copy *c = calloc(1, sizeof(*c));

	if (!c)
		return -ENOMEM;
	*c = (struct table_copy){ .work = work, .tables = tables, .from = from, .to = to };
	c->page = PAGE_ROWS_FIRST;
	*ret = c;
	return 0;
}

void table_copy_tell(struct table_copy *c, void (*changed)(void *userdata, const char *where),
		     void *userdata)
{
	c->changed = changed;
	c->userdata = userdata;
}

struct table_copy *table_copy_free(struct table_copy *c)
{
	if (!c)
		return NULL;
	for (size_t i = 0; i < TABLE_KEY_MAX; i++) {
		free(c->last[i].text);
		free(c->bound[i].text);
	}
	free(c->mended);
	free(c);
	return NULL;
}

static const struct table *table_of(const struct table_copy *c)
{
	return &c->tables->list[c->at];
}

const char *table_copy_table(const struct table_copy *c)
{
	return c->at < c->tables->count ? table_of(c)->name : NULL;
}

int64_t table_copy_rows(const struct table_copy *c)
{
	return c->rows;
}

const char *table_copy_place(const struct table_copy *c)
{
	return c->place;
}

bool table_copy_has_mended(const struct table_copy *c)
{
	return c->has_mended;
}

/* "event 17", "mark 4 1 -5wd 0 chef-akut": the row that was read last. */
static void name_place(struct table_copy *c, const char *column)
{
	const struct table *t = table_of(c);
	size_t n = (size_t)snprintf(c->place, sizeof(c->place), "%s", t->name);

	for (size_t i = 0; i < t->key_count && n < sizeof(c->place); i++)
		n += (size_t)(t->columns[t->key[i]].kind == COLUMN_NUMBER
				      ? snprintf(c->place + n, sizeof(c->place) - n, " %lld",
						 (long long)c->last[i].number)
				      : snprintf(c->place + n, sizeof(c->place) - n, " %s",
						 c->last[i].text ? c->last[i].text : "?"));
	if (n < sizeof(c->place))
		snprintf(c->place + n, sizeof(c->place) - n, ", %s", column);
}

/* ---- values ---------------------------------------------------------------------------------- */

static struct value read_value(struct query *q, enum column_kind kind)
{
	struct value v = { .is_none = query_is_none(q) };

	if (kind == COLUMN_NUMBER) {
		v.number = query_int(q);
	} else if (kind == COLUMN_BYTES) {
		v.bytes = query_bytes(q, &v.length);
	} else {
		v.bytes = query_text(q);
		v.length = strlen(v.bytes);
	}
	return v;
}

static void bind_value(struct query *q, enum column_kind kind, const struct value *v)
{
	if (v->is_none)
		query_bind_none(q);
	else if (kind == COLUMN_NUMBER)
		query_bind_int(q, v->number);
	else if (kind == COLUMN_BYTES)
		query_bind_bytes(q, v->bytes, v->length);
	else
		query_bind_text(q, v->bytes);
}

static bool is_utf8(const struct value *v)
{
	uint32_t code;
	size_t n;

	for (size_t i = 0; i < v->length; i += n) {
		n = text_utf8(v->bytes + i, v->length - i, &code);
		if (n == 0)
			return false;
	}
	return true;
}

/* The text with U+FFFD for each byte that begins no character. */
static int mend(struct table_copy *c, struct value *v)
{
	size_t room = v->length * 3 + 1, n, length = 0;
	uint32_t code;

	if (c->mended_room < room) {
		char *more = realloc(c->mended, room);
		if (!more)
			return -ENOMEM;
		c->mended = more;
		c->mended_room = room;
	}
	for (size_t i = 0; i < v->length; i += n) {
		n = text_utf8(v->bytes + i, v->length - i, &code);
		const bool good = n > 0;
		memcpy(c->mended + length, good ? v->bytes + i : "\xef\xbf\xbd", good ? n : 3);
		length += good ? n : 3;
		n = good ? n : 1;
	}
	c->mended[length] = '\0';
	v->bytes = c->mended;
	v->length = length;
	return 0;
}

/* As the other store can keep it. Borrowed until the next one. */
static int fit(struct table_copy *c, const struct column *column, struct value *v)
{
	if (column->kind != COLUMN_TEXT || v->is_none || !db_is_utf8(c->to) || is_utf8(v))
		return 0;
	if (c->work == TABLE_COPY && c->changed) {
		name_place(c, column->name);
		c->changed(c->userdata, c->place);
	}
	c->has_mended = true;
	return mend(c, v);
}

static int keep(struct kept *k, enum column_kind kind, const struct value *v)
{
	k->number = v->number;
	if (kind == COLUMN_NUMBER)
		return 0;
	char *text = strdup(v->bytes);
	if (!text)
		return -ENOMEM;
	free(k->text);
	k->text = text;
	return 0;
}

/* The key of the row that was read: its columns come first in every table but where a migration has it otherwise, so
 * it is known as soon as all are. */
static int keep_key(struct table_copy *c, size_t column, const struct value *v)
{
	const struct table *t = table_of(c);

	for (size_t i = 0; i < t->key_count; i++)
		if (t->key[i] == column)
			return keep(&c->last[i], t->columns[column].kind, v);
	return 0;
}

/* ---- a row ----------------------------------------------------------------------------------- */

/* The size of what was read, or a negative errno. */
static int64_t copy_row(struct table_copy *c, struct query *from)
{
	const struct table *t = table_of(c);
	int64_t bytes = 0;
	struct query to;
	int r = 0;

	query_begin(&to, c->to, t->insert);
	for (size_t i = 0; r == 0 && i < t->count; i++) {
		struct value v = read_value(from, t->columns[i].kind);
		r = keep_key(c, i, &v);
		if (r == 0)
			r = fit(c, &t->columns[i], &v);
		if (r == 0)
			bind_value(&to, t->columns[i].kind, &v);
		bytes += (int64_t)v.length + 8;
	}
	if (r < 0) {
		query_end(&to);
		return r;
	}
	r = query_run(&to);
	return r < 0 ? r : bytes;
}

static bool is_same(const struct value *a, const struct value *b)
{
	return a->is_none == b->is_none &&
	       (a->is_none || (a->number == b->number && a->length == b->length &&
			       (a->length == 0 || memcmp(a->bytes, b->bytes, a->length) == 0)));
}

static int64_t compare_row(struct table_copy *c, struct query *from, struct query *to)
{
	const struct table *t = table_of(c);
	const char *differs = query_step(to) > 0 ? NULL : "which is missing";
	int64_t bytes = 0;

	for (size_t i = 0; i < t->count; i++) {
		struct value v = read_value(from, t->columns[i].kind), w;
		int r = keep_key(c, i, &v);
		if (r == 0)
			r = fit(c, &t->columns[i], &v);
		if (r < 0)
			return r;
		bytes += (int64_t)v.length + 8;
		if (differs)
			continue;
		w = read_value(to, t->columns[i].kind);
		if (!is_same(&v, &w))
			differs = t->columns[i].name;
	}
	if (!differs)
		return bytes;
	name_place(c, differs);
	return to->error < 0 ? to->error : -EUCLEAN;
}

/* ---- a page ---------------------------------------------------------------------------------- */

/* After which key. */
static int keep_bound(struct table_copy *c)
{
	const struct table *t = table_of(c);
	int r = 0;

	for (size_t i = 0; r == 0 && c->begun && i < t->key_count; i++)
		r = keep(&c->bound[i], t->columns[t->key[i]].kind,
			 &(struct value){ .number = c->last[i].number, .bytes = c->last[i].text });
	return r;
}

static void begin_page(struct table_copy *c, struct query *q, struct db *db)
{
	const struct table *t = table_of(c);

	query_begin(q, db, c->begun ? t->next : t->first);
	for (size_t i = 0; c->begun && i < t->key_count; i++)
		bind_value(
			q, t->columns[t->key[i]].kind,
			&(struct value){ .number = c->bound[i].number, .bytes = c->bound[i].text });
	query_bind_int(q, c->page);
}

static void size_next_page(struct table_copy *c, int64_t rows, int64_t bytes)
{
	int64_t fitting = PAGE_BYTES * rows / bytes; /* a row has some of either */

	if (fitting > c->page * 2)
		fitting = c->page * 2;
	c->page = fitting < 1 ? 1 : fitting > PAGE_ROWS_MAX ? PAGE_ROWS_MAX : fitting;
}

/* What `to` has behind the last row of `from`. */
static int check_end(struct table_copy *c, struct query *to)
{
	if (query_step(to) <= 0)
		return to->error;
	name_place(c, "behind which there is another row");
	return -EUCLEAN;
}

int table_copy_step(struct table_copy *c)
{
	struct query from, to;
	int64_t rows = 0, bytes = 0, one = 0;
	const bool compares = c->work == TABLE_COMPARE;

	assert(c->at < c->tables->count);
	int r = keep_bound(c);
	if (r < 0)
		return r;
	begin_page(c, &from, c->from);
	if (compares)
		begin_page(c, &to, c->to);
	while (one >= 0 && query_step(&from) > 0) {
		one = compares ? compare_row(c, &from, &to) : copy_row(c, &from);
		bytes += one;
		rows++;
	}
	r = one < 0 ? (int)one : 0;
	const bool ends = rows < c->page;
	if (compares && r == 0 && ends)
		r = check_end(c, &to);
	int ended = query_end(&from);
	r = r == 0 ? ended : r;
	ended = compares ? query_end(&to) : 0;
	r = r == 0 ? ended : r;
	if (r < 0)
		return r;
	c->rows += rows;
	c->begun = !ends;
	c->at += ends;
	if (ends)
		c->page = PAGE_ROWS_FIRST;
	else
		size_next_page(c, rows, bytes);
	return c->at < c->tables->count;
}
