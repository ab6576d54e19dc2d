/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_ASK_H
#define TESTS_UNIT_ASK_H

/* A world in a file, which queries need for their snapshots, and the asking of them. */
#include "engine/inquiry.h"
#include "tests/unit/engine_fixture.h"

static inline struct world *asked_world(const char *begins, const struct written *written)
{
	return world_in(store_begin(), begins, written);
}

static inline void asked_free(struct world *w)
{
	world_free(w);
	store_done(NULL);
}

/* JSON with ' for ". */
static inline json_t *params_of(const char *text)
{
	char *copy = strdup(text);
	json_t *params;

	for (char *c = copy; *c; c++)
		if (*c == '\'')
			*c = '"';
	params = json_loads(copy, 0, NULL);
	ck_assert_msg(params != NULL, "%s", copy);
	free(copy);
	return params;
}

/* All rows of the first page; a new reference. */
static inline json_t *ask(struct world *w, enum request which, const char *text)
{
	json_t *params = params_of(text), *rows;
	struct rejection why = { .reason = "" };
	struct inquiry *q = NULL;
	size_t next;
	int r;

	ck_assert_int_eq(ledger_commit(w->e.ledger), 0);
	ck_assert_msg(inquiry_new(&q, &w->e, (struct question){ which, params }, w->now, &why) == 0,
		      "%s", why.reason);
	for (int works = 0; (r = inquiry_work(q, (struct duration){ 1000 })) > 0; works++)
		ck_assert_msg(works < 100000, "the query does not end");
	ck_assert_int_eq(r, 0);
	rows = inquiry_rows(q, 0, &next);
	ck_assert_uint_eq(next, 0);
	inquiry_free(q);
	json_decref(params);
	ck_assert_int_eq(ledger_begin(w->e.ledger), 0);
	return rows;
}

/* The log, told anew, makes the store what it is. */
static inline void ask_verify(struct world *w)
{
	char now[24], *text;
	json_t *rows;

	snprintf(now, sizeof(now), "%lld", (long long)w->now.us);
	ck_assert_int_eq(ledger_set_meta(w->e.ledger, META_LAST_NOW, now), 0);
	rows = ask(w, COMMAND_VERIFY, "{}");
	text = json_dumps(rows, JSON_COMPACT);
	ck_assert_str_eq(text, "[]");
	free(text);
	json_decref(rows);
}

#endif
