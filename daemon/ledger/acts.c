/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/acts.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "ledger/ledger.h"
#include "ledger/row_text.h"
#include "ledger/working_set.h"

/* All that an act may change. */
static const struct row_type *const types[] = {
	&obligation_type, &deadline_type,    &measure_type, &message_type, &item_type,
	&mark_type,	  &absence_type,     &promise_type, &told_type,	   &meeting_type,
	&link_type,	  &own_meeting_type, &request_type, &series_type,  &assignment_type,
	&proposal_type,	  &away_type,
};

static const struct row_type *type_called(const char *table)
{
	for (size_t i = 0; table && i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(types[i]->table, table) == 0)
			return types[i];
	return NULL;
}

static void free_row(void **row)
{
	free(*row);
}

static void free_text(char **text)
{
	free(*text);
}

/* ---- any row --------------------------------------------------------------------------------- */

/* SETS: it has none. */
static enum set_of set_of_type(const struct ledger *l, const struct row_type *type)
{
	enum set_of which = 0;

	while (which < SETS && l->sets[which].type != type)
		which++;
	return which;
}

int ledger_row(struct ledger *l, const struct row_type *type, const void *key, void *ret,
	       bool *ret_found)
{
	const enum set_of which = set_of_type(l, type);
	struct query q;

	if (which != SETS)
		return row_found(set_get(l, which, field_at(&type->fields[0], key), ret),
				 ret_found);
	row_select(&q, l, type, NULL);
	row_bind_key(&q, type, key);
	return row_found(row_end_one(&q, type, ret), ret_found);
}

int ledger_put_row(struct ledger *l, const struct row_type *type, const void *row)
{
	if (type == &obligation_type) {
		struct obligation o = *(const struct obligation *)row;

		return ledger_put_obligation(l, &o);
	}
	if (type == &absence_type)
		return ledger_put_absence(l, row);
	return set_of_type(l, type) == SETS ? row_put(l, type, row)
					    : set_put(l, set_of_type(l, type), row);
}

int ledger_drop_row(struct ledger *l, const struct row_type *type, const void *key)
{
	struct query q;
	int r = journal_note(l, type, key);

	assert(set_of_type(l, type) == SETS);
	if (r < 0)
		return r;
	if (type == &absence_type)
		absences_forget(l);
	db_drop_prefetched(l->db);
	query_begin_sql(&q, l->db, &(struct sql){ .verb = SQL_DELETE, .row = type });
	row_bind_key(&q, type, key);
	return query_run(&q);
}

/* ---- its rows -------------------------------------------------------------------------------- */

struct act {
	int64_t seq;
	struct instant at;
	char *rows; /* JSON text; NULL: it changed more than is kept */
};
static const struct field act_fields[] = {
	FIELD(struct act, seq, FIELD_KEY),
	FIELD(struct act, at, 0),
	FIELD(struct act, rows, 0),
};

/* Nobody knows any more what it changed. */
static void disarm(void *row)
{
	row_done(&act_type, row);
}
const struct row_type act_type = ROW_TYPE("act", struct act, act_fields, .disarm = disarm);

struct undone {
	int64_t seq, by_seq;
};
static const struct field undone_fields[] = {
	FIELD(struct undone, seq, FIELD_KEY),
	FIELD(struct undone, by_seq, 0),
};
const struct row_type undone_type = ROW_TYPE("undone", struct undone, undone_fields);

/* ---- keeping an act -------------------------------------------------------------------------- */

static json_t *text_or_null(const struct row_type *type, const void *row)
{
	return row ? row_text(type, row) : json_null();
}

/* ["obligation", before, after], unless it is as it was. */
static int add_change(struct ledger *l, const struct journal_row *row, json_t *rows)
{
	void *now __attribute__((cleanup(free_row))) = calloc(1, row->type->size);
	bool there = false;
	int r = now ? ledger_row(l, row->type, row->row, now, &there) : -ENOMEM;

	if (r < 0 || (!there && !row->there))
		return r;
	if (!there || !row->there || row_difference(row->type, row->row, now) != 0)
		r = json_array_append_new(
			    rows, json_pack("[s o o]", row->type->table,
					    text_or_null(row->type, row->there ? row->row : NULL),
					    text_or_null(row->type, there ? now : NULL))) < 0
			    ? -ENOMEM
			    : 0;
	if (there)
		row_done(row->type, now);
	return r;
}

/* Steps of what the act is about that were decided at its own instant, before it: in its list, so that they are told
 * from those which time decides after it. */
struct before_it {
	struct ledger *l;
	struct instant at;
	json_t *rows;
};

static int add_decided(void *userdata, const struct mark *mark)
{
	struct before_it *b = userdata;

	if (instant_compare(mark->decided, b->at) != 0 || journal_has(b->l, &mark_type, mark))
		return 0;
	return json_array_append_new(b->rows, json_pack("[s o o]", mark_type.table,
							row_text(&mark_type, mark),
							row_text(&mark_type, mark))) < 0
		       ? -ENOMEM
		       : 0;
}

static int add_rows(struct ledger *l, const struct journal_row *row, struct before_it *b)
{
	int r = add_change(l, row, b->rows);

	if (r < 0 || row->type != &obligation_type || !row->there)
		return r;
	return ledger_marks(l, ((const struct obligation *)row->row)->id, 0, add_decided, b);
}

static int compose(struct ledger *l, struct instant at, char **ret)
{
	const size_t count = ledger_journal_count(l);
	json_t *rows = count <= ACT_ROWS_MAX ? json_array() : NULL;
	struct before_it b = { l, at, rows };
	int r = 0;

	*ret = NULL;
	if (count > ACT_ROWS_MAX)
		return 0;
	for (size_t i = 0; r == 0 && i < count; i++)
		r = add_rows(l, ledger_journal_row(l, i), &b);
	if (r == 0)
		*ret = json_dumps(rows, JSON_COMPACT);
	json_decref(rows);
	return r == 0 && !*ret ? -ENOMEM : r;
}

int ledger_forget_acts(struct ledger *l, struct instant before)
{
	struct query q;

	query_begin(&q, l->db, "DELETE FROM act WHERE at < $1");
	query_bind_int(&q, before.us);
	return query_run(&q);
}

bool ledger_may_keep_act(const struct ledger *l)
{
	return l->acts < ACTS_A_TURN;
}

int ledger_keep_act(struct ledger *l, int64_t seq, struct instant at)
{
	char *text __attribute__((cleanup(free_text))) = NULL;
	int r = compose(l, at, &text);

	l->acts++;
	if (r == 0)
		r = ledger_forget_acts(l, instant_add(at, (struct duration){ -ACT_KEPT.us }));
	if (r < 0)
		return r;
	return row_write(l, SQL_INSERT, &act_type, &(struct act){ seq, at, text }, ROW_ALL);
}

/* ---- reading it ------------------------------------------------------------------------------ */

void kept_act_done(struct kept_act *act)
{
	for (size_t i = 0; i < act->count; i++) {
		struct kept_change *c = &act->list[i];

		if (c->before)
			row_done(c->type, c->before);
		if (c->after)
			row_done(c->type, c->after);
		free(c->before);
		free(c->after);
	}
	free(act->list);
}

/* *ret: NULL for null. */
static int read_row(const struct row_type *type, const json_t *text, void **ret)
{
	void *row = json_is_object(text) ? calloc(1, type->size) : NULL;
	int r = 0;

	if (json_is_object(text))
		r = row ? row_of_text(type, text, row) : -ENOMEM;
	if (r < 0)
		free(row);
	else
		*ret = row;
	return r;
}

static int read_change(const json_t *text, struct kept_act *act)
{
	const struct row_type *type = type_called(json_string_value(json_array_get(text, 0)));
	int r = type ? array_grow(&act->list, act->count, &act->room) : -EIO;

	if (r < 0)
		return r;
	struct kept_change *c = &act->list[act->count++];
	*c = (struct kept_change){ .type = type };
	r = read_row(type, json_array_get(text, 1), &c->before);
	return r < 0 ? r : read_row(type, json_array_get(text, 2), &c->after);
}

static int read_changes(const char *text, struct kept_act *act)
{
	json_t *rows = json_loads(text, 0, NULL), *one;
	size_t i;
	int r = rows ? 0 : -EIO;

	json_array_foreach (rows, i, one)
		if (r == 0)
			r = read_change(one, act);
	json_decref(rows);
	return r;
}

int ledger_find_act(struct ledger *l, int64_t seq, struct kept_act *ret, bool *ret_found)
{
	struct act act = { .rows = NULL };
	struct query q;

	row_select(&q, l, &act_type, NULL);
	query_bind_int(&q, seq);
	int r = row_found(row_end_one(&q, &act_type, &act), ret_found);
	if (r == 0 && *ret_found) {
		ret->at = act.at;
		ret->kept = act.rows != NULL;
		r = ret->kept ? read_changes(act.rows, ret) : 0;
	}
	row_done(&act_type, &act);
	return r;
}

int ledger_acts(struct ledger *l, int64_t *out, size_t max)
{
	struct query q;
	int count = 0;

	query_begin(&q, l->db, "SELECT seq FROM act ORDER BY seq DESC LIMIT $1");
	query_bind_int(&q, (int64_t)max);
	while (query_step(&q) > 0)
		out[count++] = query_int(&q);
	return row_end(&q, count);
}

/* ---- what was taken back --------------------------------------------------------------------- */

int ledger_set_undone(struct ledger *l, int64_t seq, int64_t by)
{
	struct query q;
	int r = row_write(l, SQL_INSERT, &undone_type, &(struct undone){ seq, by }, ROW_ALL);

	if (r < 0)
		return r;
	query_begin(&q, l->db, "DELETE FROM act WHERE seq = $1");
	query_bind_int(&q, seq);
	return query_run(&q);
}

int ledger_undone_by(struct ledger *l, int64_t seq, int64_t *ret)
{
	struct undone undone = { .by_seq = 0 };
	struct query q;
	bool found;

	row_select(&q, l, &undone_type, NULL);
	query_bind_int(&q, seq);
	int r = row_found(row_end_one(&q, &undone_type, &undone), &found);
	*ret = undone.by_seq;
	return r;
}
