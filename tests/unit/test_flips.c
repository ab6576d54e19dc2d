/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Row 6 of the faults: the store's file, a bit of it changed or its end cut off. What can then be read is what was
 * written, or `verify` says that it is not, or the store is not opened. What can be read is all rows of all tables, asked
 * of SQLite itself. Seen to fail without the checksums (row.c, check: bit 2494141), and without the look at the pages
 * (row_check.c, page_check_work: bit 695417, in an index).
 */
#include <sqlite3.h>
#include <sys/wait.h>

#include "ledger/ledger.h"
#include "tests/unit/kept_files.h"

/* Rows of several kinds, some hundreds, so that the tables have more than a page. */
static void fill(void)
{
	struct ledger *l = store_begin();
	char id[32];

	for (int n = 0; n < 120; n++) {
		struct obligation o = { .measure = "TN-1", .owner = "anna", .round = 1 };
		struct mark mark = {
			.round = 1, .step = "-5wd", .recipient = "anna", .decision = 1
		};
		struct message m = { .to = "anna", .channel = "mail", .state = MESSAGE_PENDING };

		snprintf(id, sizeof(id), "%d", n);
		store_event(l, id, n % 2 ? "TN-1" : "TN-2");
		snprintf(o.deadline, sizeof(o.deadline), "KS-%d", n);
		ck_assert_int_eq(ledger_put_obligation(l, &o), 0);
		mark.obligation = o.id;
		ck_assert_int_eq(ledger_put_mark(l, &mark), 0);
		m.next_attempt = m.planned = (struct instant){ n };
		ck_assert_int_eq(ledger_put_message(l, &m), 0);
		ck_assert_int_eq(
			ledger_add_item(l, &(struct item){ .message = m.id, .deadline = "KS-1" }),
			0);
	}
	ck_assert_int_eq(ledger_commit(l), 0);
	ledger_close(l);
}

/* ---- what SQLite itself reads ------------------------------------------------------------------ */

/* FNV-1a of all rows of a table, in order of all columns; 0: they can't be read. */
static uint64_t hash_table(sqlite3 *db, const char *table)
{
	char sql[160];
	sqlite3_stmt *rows;
	uint64_t hash = 14695981039346656037u;
	int code;

	snprintf(sql, sizeof(sql), "SELECT * FROM %s NOT INDEXED", table);
	if (sqlite3_prepare_v2(db, sql, -1, &rows, NULL) != SQLITE_OK)
		return 0;
	while ((code = sqlite3_step(rows)) == SQLITE_ROW)
		for (int i = 0; i < sqlite3_column_count(rows); i++) {
			const unsigned char *text = sqlite3_column_text(rows, i);
			/* The n of an item is in no checksum: it orders a mail's lines. */
			if (strcmp(sqlite3_column_name(rows, i), "n") == 0 &&
			    strcmp(table, "item") == 0)
				continue;
			for (int k = 0; k < sqlite3_column_bytes(rows, i); k++)
				hash = (hash ^ text[k]) * 1099511628211u;
			hash = (hash ^ (unsigned)sqlite3_column_type(rows, i)) * 1099511628211u;
		}
	sqlite3_finalize(rows);
	return code == SQLITE_DONE ? hash : 0;
}

static uint64_t hash_all(void)
{
	static const char *const tables[] = { "fact", "event",	 "subject", "obligation",
					      "mark", "message", "item" };
	uint64_t hash = 0;
	sqlite3 *db;

	ck_assert_int_eq(sqlite3_open_v2(store_path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		hash = hash * 31 + hash_table(db, tables[i]);
	sqlite3_close(db);
	return hash;
}

/* ---- what the ledger says of it ------------------------------------------------------------------ */

static int count(void *userdata, const char *what)
{
	(void)what;
	++*(int *)userdata;
	return 0;
}

/* How many faults are found; one when it is not opened, or can't be read to the end. */
static int faults(void)
{
	struct store_refusal why = { 0 };
	struct row_cursor cursor = { 0 };
	struct page_check *pages = NULL;
	struct ledger *l = NULL, *view = NULL;
	int found = 0, r;

	if (ledger_open(&l, STORE_AT(store_path), false, &why) != 0)
		return 1;
	r = ledger_snapshot(l, &view);
	while (r == 0 && (r = ledger_check_rows(view, &cursor, 1000, count, &found)) > 0)
		r = 0;
	row_cursor_done(&cursor);
	if (r == 0)
		r = page_check_new(&pages, l);
	while (r == 0 && (r = page_check_work(pages, count, &found)) > 0)
		r = usleep(200);
	page_check_free(pages);
	ledger_close(view);
	ledger_close(l);
	return found + (r < 0);
}

/* ---- the tests ----------------------------------------------------------------------------------- */

static uint64_t whole;

static void make_files(void)
{
	store_make();
	fill();
	whole = hash_all();
	keep_file(0);
	put_file(0, kept[0].size);
	ck_assert_int_eq(faults(), 0);
}

/* Put the file there as it is now; whether what it says is known to be other than what was written. */
static void try(size_t size, const char *what, size_t at)
{
	char name[600];

	for (size_t i = 1; i < FILES; i++) {
		name_file(i, name);
		unlink(name);
	}
	put_file(0, size);
	/* What SQLite itself reads matters only where no fault is told; an opening changes the file. */
	if (faults() > 0)
		return;
	put_file(0, size);
	ck_assert_msg(hash_all() == whole, "%s %zu: silently wrong", what, at);
}

START_TEST(no_bit_of_a_store_is_wrong_in_silence)
{
	const int flips = getenv("PAMINN_SWEEP") ? 10000 : 300;

	make_files();
	srandom(6);
	for (int i = 0; i < flips; i++) {
		size_t bit = (size_t)random() % (kept[0].size * 8);

		kept[0].bytes[bit / 8] = (char)(kept[0].bytes[bit / 8] ^ 1 << bit % 8);
		try(kept[0].size, "bit", bit);
		kept[0].bytes[bit / 8] = (char)(kept[0].bytes[bit / 8] ^ 1 << bit % 8);
	}
	printf("figure: flips %d seed=6\n", flips);
	free(kept[0].bytes);
	store_done(NULL);
}
END_TEST

START_TEST(no_cut_of_a_store_is_taken_for_its_end)
{
	make_files();
	srandom(7);
	for (int i = 0; i < 50; i++) {
		size_t size = (size_t)random() % kept[0].size;

		try(i % 2 ? size : size / 4096 * 4096, "cut", size);
	}
	printf("figure: cuts 50 seed=7\n");
	free(kept[0].bytes);
	store_done(NULL);
}
END_TEST

UNIT_TESTS("ledger/flips", UNIT(no_bit_of_a_store_is_wrong_in_silence),
	   UNIT(no_cut_of_a_store_is_taken_for_its_end))
