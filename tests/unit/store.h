/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A store for the tests of what stands on the ledger: a file in a directory of its own or, where
 * PAMINN_TEST_POSTGRES is the URL of a database that is this program's alone (tests/system/postgres.py), that
 * one, emptied for each test. A file begins as a copy; after store_make() the program makes it itself.
 */
#ifndef TESTS_UNIT_STORE_H
#define TESTS_UNIT_STORE_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/store_copy.h"

/* Does a look-up find something? Its arguments but for the last. */
#define IS_THERE(find, ...)                                        \
	({                                                         \
		bool is_there = false;                             \
		ck_assert_int_eq(find(__VA_ARGS__, &is_there), 0); \
		is_there;                                          \
	})

static char store_folder[] = "/tmp/paminn-unit-XXXXXX";
static char store_path[512]; /* the file's, or the URL */

/* Is it a PostgreSQL? */
static inline bool store_is_shared(void)
{
	return getenv("PAMINN_TEST_POSTGRES") != NULL;
}

static inline void store_make(void)
{
	memcpy(store_folder + sizeof(store_folder) - 7, "XXXXXX", 6);
	ck_assert_ptr_nonnull(mkdtemp(store_folder));
	if (!store_is_shared()) {
		snprintf(store_path, sizeof(store_path), "%s/paminn.db", store_folder);
		return;
	}
	snprintf(store_path, sizeof(store_path), "%s", getenv("PAMINN_TEST_POSTGRES"));
	ck_assert_int_eq(
		system("exec \"$PAMINN_TEST_PSQL\" -Xqd \"$PAMINN_TEST_POSTGRES\" -c"
		       " 'SET client_min_messages = error; DROP SCHEMA IF EXISTS public CASCADE;"
		       " CREATE SCHEMA public'"),
		0);
}

static inline struct ledger *store_open(void)
{
	struct ledger *l = NULL;
	struct store_refusal why = { 0 };

	if (store_path[0] == '\0') {
		store_make();
		if (!store_is_shared())
			store_write_copy(store_path);
	}
	ck_assert_int_eq(ledger_open(&l, STORE_AT(store_path), false, &why), LEDGER_OPENED);
	return l;
}

/* The same, with a transaction begun. */
static inline struct ledger *store_begin(void)
{
	struct ledger *l = store_open();

	ck_assert_int_eq(ledger_begin(l), 0);
	return l;
}

/* Commit, after a write that came out as r: what the schema refuses is told by it or, of a shared store, by the
 * commit. */
static inline int store_commit(struct ledger *l, int r)
{
	if (r == 0)
		return ledger_commit(l);
	ledger_rollback(l);
	return r;
}

static inline int store_remove_one(const char *path, const struct stat *st, int type,
				   struct FTW *walk)
{
	(void)st, (void)type, (void)walk;
	return remove(path);
}

/* Close, and remove it all; the next store is another. */
static inline void store_done(struct ledger *l)
{
	if (l && ledger_in_transaction(l))
		ledger_rollback(l);
	ledger_close(l);
	ck_assert_int_eq(nftw(store_folder, store_remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
	store_path[0] = '\0';
}

/* Append an event about subject; returns its seq. */
static inline int64_t store_event(struct ledger *l, const char *id, const char *subject)
{
	int64_t seq = 0;

	const struct logged_event event = { .source = "/people/chef-akut",
					    .id = id,
					    .type = "paminn.status",
					    .subject = subject,
					    .time = { 1 },
					    .received = { 2 },
					    .body = "{}" };

	ck_assert_int_eq(ledger_append_event(l, &event, &seq), 0);
	return seq;
}

#endif
