/* SPDX-License-Identifier: Apache-2.0 */
/* The engine below the ledger: opening, what it refuses, and what it survives. */
#include <errno.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "ledger/schema.h"
#include "tests/unit/store.h"

/* Run SQL on the file behind the ledger's back. */
static void tamper(const char *sql)
{
	sqlite3 *handle = NULL;

	ck_assert_int_eq(sqlite3_open(store_path, &handle), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(handle, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(handle);
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
}

static int open_result(bool rehearsal)
{
	struct ledger *l = NULL;
	struct store_refusal why = { 0 };
	int r = ledger_open(&l, STORE_AT(store_path), rehearsal, &why);

	ck_assert((r == LEDGER_OPENED) == (l != NULL));
	ledger_close(l);
	return r;
}

static off_t size_of_store(void)
{
	struct stat st;

	ck_assert_int_eq(stat(store_path, &st), 0);
	return st.st_size;
}

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- opening --------------------------------------------------------------------------------- */

START_TEST(a_new_store_is_private_and_keeps_its_id)
{
	char id[32], again[32];
	struct stat st;
	struct ledger *l;

	store_make();
	l = store_open();
	ck_assert_int_eq(stat(store_path, &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0600);
	ck_assert_int_eq(ledger_meta(l, META_INSTALLATION, id, sizeof(id)), 0);
	ck_assert_uint_eq(strlen(id), 16);
	ledger_close(l);

	l = store_open();
	ck_assert_int_eq(ledger_meta(l, META_INSTALLATION, again, sizeof(again)), 0);
	ck_assert_str_eq(id, again);
	store_done(l);
}
END_TEST

static int read_number(void *userdata, int columns, char **values, char **names)
{
	(void)columns, (void)names;
	*(long *)userdata = atol(values[0]);
	return 0;
}

START_TEST(a_new_store_has_the_newest_version)
{
	long version = -1;
	sqlite3 *handle = NULL;

	ledger_close(store_open());
	ck_assert_int_eq(sqlite3_open(store_path, &handle), SQLITE_OK);
	sqlite3_exec(handle, "PRAGMA user_version", read_number, &version, NULL);
	sqlite3_close(handle);
	ck_assert_int_ge(version, 1);
	ck_assert_int_eq(version, (long)schema_migrations_count);
	store_done(NULL);
}
END_TEST

/* Other names for the store that a child has open. */
static const struct {
	int line;
	const char *name; /* in the store's folder */
	int (*make)(const char *target, const char *name);
} names[] = {
	{ __LINE__, "paminn.db", NULL },
	{ __LINE__, "link.db", symlink },
	{ __LINE__, "hard.db", link },
};

START_TEST(a_store_has_one_process_whatever_it_is_called)
{
	char name[sizeof(store_path) + 16];
	struct store_refusal why = { 0 };
	int ready[2];
	char byte;
	struct ledger *l = NULL;

	store_make();
	ck_assert_int_eq(pipe(ready), 0);
	pid_t child = fork();
	if (child == 0) {
		l = store_open();
		if (write(ready[1], "x", 1) == 1)
			pause();
		_exit(1);
	}
	ck_assert_int_eq(read(ready[0], &byte, 1), 1);
	snprintf(name, sizeof(name), "%s/%s", store_folder, names[_i].name);
	if (names[_i].make)
		ck_assert_int_eq(names[_i].make(store_path, name), 0);

	double before = seconds();
	ck_assert_msg(ledger_open(&l, STORE_AT(name), false, &why) == LEDGER_IN_USE, "line %d",
		      names[_i].line);
	ck_assert_int_eq(why.pid, child);
	ck_assert(seconds() - before < 1);
	ck_assert_ptr_null(l);

	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	store_done(store_open());
}
END_TEST

START_TEST(a_rehearsal_and_a_real_run_refuse_each_other)
{
	store_make();
	ck_assert_int_eq(open_result(true), LEDGER_OPENED);
	ck_assert_int_eq(open_result(false), LEDGER_WRONG_KIND);
	ck_assert_int_eq(open_result(true), LEDGER_OPENED);
	ck_assert_int_eq(remove(store_path), 0);
	ck_assert_int_eq(open_result(false), LEDGER_OPENED);
	ck_assert_int_eq(open_result(true), LEDGER_WRONG_KIND);
	store_done(NULL);
}
END_TEST

static void make_text(void)
{
	write_file(store_path,
		   "Region, handlingsplan 2026. Not a database, and longer than its head:\n"
		   "the first hundred bytes of a database are its header.\n");
}
static void make_foreign(void)
{
	tamper("CREATE TABLE notes (text); INSERT INTO notes VALUES ('someone''s own')");
}
static void make_other_application(void)
{
	tamper("PRAGMA application_id = 42; PRAGMA user_version = 1");
}
static void make_begun_by_another(void)
{
	tamper("PRAGMA application_id = 42");
}
static void make_newer(void)
{
	ledger_close(store_open());
	tamper("PRAGMA user_version = 1000");
}
static void make_log_without_file(void)
{
	char path[sizeof(store_path) + 8];

	snprintf(path, sizeof(path), "%s-wal", store_path);
	write_file(store_path, "");
	write_file(path, "the write-ahead log of a store that was cut to nothing");
}

static const struct {
	int line;
	void (*make)(void);
} not_ours[] = {
	{ __LINE__, make_text },
	{ __LINE__, make_foreign },
	{ __LINE__, make_other_application },
	{ __LINE__, make_begun_by_another },
	{ __LINE__, make_newer },
	{ __LINE__, make_log_without_file },
};

START_TEST(what_is_not_ours_is_refused_and_left_as_it_is)
{
	store_make();
	not_ours[_i].make();
	off_t before = size_of_store();
	ck_assert_msg(open_result(false) == LEDGER_NOT_OURS, "line %d", not_ours[_i].line);
	ck_assert_msg(open_result(false) == LEDGER_NOT_OURS, "line %d, again", not_ours[_i].line);
	ck_assert_int_eq(size_of_store(), before);
	store_done(NULL);
}
END_TEST

START_TEST(a_file_of_no_bytes_is_not_taken_for_a_new_store)
{
	store_make();
	write_file(store_path, "");
	ck_assert_int_eq(open_result(false), LEDGER_EMPTY);
	ck_assert_int_eq(size_of_store(), 0);
	store_done(NULL);
}
END_TEST

START_TEST(a_store_that_was_hardly_begun_is_finished)
{
	store_make();
	tamper("PRAGMA journal_mode = WAL");
	ck_assert_int_eq(open_result(false), LEDGER_OPENED);
	store_done(NULL);
}
END_TEST

START_TEST(a_store_cut_short_is_never_begun_afresh)
{
	char body[2000];
	char id[16];
	int64_t seq;
	struct ledger *l = store_begin();

	memset(body, 'x', sizeof(body) - 1);
	body[sizeof(body) - 1] = '\0';
	for (int i = 0; i < 200; i++) {
		snprintf(id, sizeof(id), "e%d", i);
		ck_assert_int_eq(ledger_append_event(l,
						     &(struct logged_event){ .source = "/s",
									     .id = id,
									     .type = "t",
									     .subject = "HSN-03",
									     .time = { 1 },
									     .received = { 1 },
									     .body = body },
						     &seq),
				 0);
	}
	ck_assert_int_eq(ledger_commit(l), 0);
	ledger_close(l);

	for (off_t size = size_of_store() / 2; size > 0; size /= 2) {
		ck_assert_int_eq(truncate(store_path, size), 0);
		int r = open_result(false);
		ck_assert_msg(r == -EIO || r == LEDGER_NOT_OURS, "%ld bytes: %d", (long)size, r);
		ck_assert_int_eq(size_of_store(), size);
	}
	store_done(NULL);
}
END_TEST

START_TEST(a_folder_that_is_missing_is_said_so)
{
	struct ledger *l = NULL;
	struct store_refusal why = { 0 };

	ck_assert_int_eq(ledger_open(&l, STORE_AT("/nonexistent/paminn.db"), false, &why), -ENOENT);
	ck_assert_ptr_null(l);
}
END_TEST

/* ---- transactions ---------------------------------------------------------------------------- */

START_TEST(a_rollback_leaves_nothing)
{
	int64_t seq;
	struct ledger *l = store_begin();

	store_event(l, "1", "HSN-03");
	ledger_rollback(l);
	ck_assert(!ledger_in_transaction(l));
	ck_assert(!IS_THERE(ledger_find_event, l, "/people/chef-akut", "1", &seq));
	store_done(l);
}
END_TEST

START_TEST(a_snapshot_sees_one_moment)
{
	int64_t seq;
	struct ledger *snapshot = NULL, *l = store_begin();

	store_event(l, "1", "HSN-03");
	ck_assert_int_eq(ledger_snapshot(l, &snapshot), 0);
	ck_assert_int_eq(ledger_commit(l), 0);
	ck_assert(IS_THERE(ledger_find_event, l, "/people/chef-akut", "1", &seq));
	ck_assert(!IS_THERE(ledger_find_event, snapshot, "/people/chef-akut", "1", &seq));
	ledger_close(snapshot);

	ck_assert_int_eq(ledger_snapshot(l, &snapshot), 0);
	ck_assert(IS_THERE(ledger_find_event, snapshot, "/people/chef-akut", "1", &seq));
	ledger_close(snapshot);
	store_done(l);
}
END_TEST

/* ---- what becomes of it under us -------------------------------------------------------------- */

static void remove_it(void)
{
	ck_assert_int_eq(remove(store_path), 0);
}
static void replace_it(void)
{
	char other[sizeof(store_path) + 8];

	snprintf(other, sizeof(other), "%s.other", store_path);
	write_file(other, "another file");
	ck_assert_int_eq(rename(other, store_path), 0);
}
static void remove_its_log(void)
{
	char log[sizeof(store_path) + 8];

	snprintf(log, sizeof(log), "%s-wal", store_path);
	ck_assert_int_eq(remove(log), 0);
}
static void move_its_folder(void)
{
	char other[sizeof(store_folder) + 8];

	snprintf(other, sizeof(other), "%s.moved", store_folder);
	ck_assert_int_eq(rename(store_folder, other), 0);
	ck_assert_int_eq(nftw(other, store_remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
	ck_assert_int_eq(mkdir(store_folder, 0700), 0);
}

static const struct {
	int line;
	void (*act)(void);
} ends[] = {
	{ __LINE__, remove_it },
	{ __LINE__, replace_it },
	{ __LINE__, remove_its_log },
	{ __LINE__, move_its_folder },
};

/* Before a transaction, and in the middle of one: nothing is said to be stored. */
START_TEST(a_store_that_is_gone_stores_nothing)
{
	bool middle = _i % 2;
	struct ledger *l = store_begin();

	store_event(l, "1", "HSN-03");
	ck_assert_int_eq(ledger_commit(l), 0);
	if (middle) {
		ck_assert_int_eq(ledger_begin(l), 0);
		store_event(l, "2", "HSN-03");
	}
	ends[_i / 2].act();
	int r = middle ? ledger_commit(l) : ledger_begin(l);
	ck_assert_msg(r == -EIO, "line %d: %d", ends[_i / 2].line, r);
	ck_assert_int_eq(ledger_begin(l), -EIO);
	ck_assert_str_eq(ledger_failure(l), "the store's file was removed or replaced");
	ledger_close(l);
	store_done(NULL);
}
END_TEST

START_TEST(another_program_that_writes_keeps_nobody_waiting)
{
	sqlite3 *handle = NULL;
	struct ledger *l = store_open();

	ck_assert_int_eq(sqlite3_open(store_path, &handle), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(handle, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	double before = seconds();
	ck_assert_int_eq(ledger_begin(l), -EBUSY);
	ck_assert(seconds() - before < 0.3);
	ck_assert(!ledger_in_transaction(l));
	sqlite3_close(handle);
	ck_assert_int_eq(ledger_begin(l), 0);
	store_done(l);
}
END_TEST

static const struct {
	int commits, events; /* of 60 KB each */
} floods[] = { { 340, 4 }, { 100, 20 } };

/* 80 and 120 MB of commits, while another thread copies what was committed into the file. */
START_TEST(the_write_ahead_log_stays_bounded)
{
	static char body[60000];
	struct ledger *l = store_open();
	struct logged_event event = { .source = "/people/chef-akut",
				      .type = "paminn.status",
				      .subject = "HSN-03",
				      .body = body };
	char id[32], log[sizeof(store_path) + 4];
	struct stat st;
	int64_t seq;

	memset(body, 'x', sizeof(body) - 1);
	snprintf(log, sizeof(log), "%s-wal", store_path);
	for (int n = 0; n < floods[_i].commits; n++) {
		ck_assert_int_eq(ledger_begin(l), 0);
		for (int i = 0; i < floods[_i].events; i++) {
			snprintf(id, sizeof(id), "%d-%d", n, i);
			event.id = id;
			ck_assert_int_eq(ledger_append_event(l, &event, &seq), 0);
		}
		ck_assert_int_eq(ledger_commit(l), 0);
		ck_assert_int_eq(stat(log, &st), 0);
		ck_assert_int_lt(st.st_size, 72 << 20);
	}
	ck_assert_int_eq(seq, floods[_i].commits * floods[_i].events);
	store_done(l);
}
END_TEST

/* What is refused is found out at the commit, which then leaves nothing. */
START_TEST(a_row_against_the_schema_spoils_its_transaction_only)
{
	struct obligation o = { .round = 0, .deadline = "RS-58", .measure = "HSN-03" };
	struct measure_row got, m = { .id = "HSN-03", .status = (enum measure_status)99 };
	struct ledger *l = store_begin();

	ck_assert_int_eq(ledger_put_obligation(l, &o), 0);
	ck_assert_int_eq(ledger_commit(l), -EINVAL);
	ck_assert(!ledger_in_transaction(l));
	ck_assert_int_eq(ledger_obligations_after(l, obligation_id(0), &o, 1), 0);

	ck_assert_int_eq(ledger_begin(l), 0);
	ck_assert_int_eq(ledger_put_measure(l, &m), 0);
	ck_assert_int_eq(ledger_commit(l), -EINVAL);
	ck_assert(!IS_THERE(ledger_find_measure, l, measure_id("HSN-03"), &got));

	ck_assert_int_eq(ledger_begin(l), 0);
	o.id = obligation_id(0);
	o.round = 1;
	ck_assert_int_eq(ledger_put_obligation(l, &o), 0);
	ck_assert_int_eq(ledger_commit(l), 0);
	ck_assert_int_eq(ledger_begin(l), 0);
	o.id = obligation_id(0);
	ck_assert_int_eq(ledger_put_obligation(l, &o), 0);
	ck_assert_int_eq(ledger_commit(l), -EEXIST);
	store_done(l);
}
END_TEST

UNIT_TESTS("ledger/sqlite", UNIT(a_new_store_is_private_and_keeps_its_id),
	   UNIT(a_new_store_has_the_newest_version),
	   UNIT_ROWS(a_store_has_one_process_whatever_it_is_called, UNIT_COUNT(names)),
	   UNIT(a_rehearsal_and_a_real_run_refuse_each_other),
	   UNIT_ROWS(what_is_not_ours_is_refused_and_left_as_it_is, UNIT_COUNT(not_ours)),
	   UNIT(a_file_of_no_bytes_is_not_taken_for_a_new_store),
	   UNIT(a_store_that_was_hardly_begun_is_finished),
	   UNIT(a_store_cut_short_is_never_begun_afresh), UNIT(a_folder_that_is_missing_is_said_so),
	   UNIT(a_rollback_leaves_nothing), UNIT(a_snapshot_sees_one_moment),
	   UNIT_ROWS(a_store_that_is_gone_stores_nothing, 2 * UNIT_COUNT(ends)),
	   UNIT(another_program_that_writes_keeps_nobody_waiting),
	   UNIT_ROWS(the_write_ahead_log_stays_bounded, UNIT_COUNT(floods)),
	   UNIT(a_row_against_the_schema_spoils_its_transaction_only))
