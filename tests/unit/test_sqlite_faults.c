/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the store survives, and how it gives up: kill -9, a full disk, a failed write, a failed fsync.
 * The last is injected here: SQLite's calls of fsync and fdatasync come to this program's own.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "tests/unit/store.h"

static int syncs_until_fault = -1; /* -1: none */

static int synced(long call, int fd)
{
	if (syncs_until_fault == 0) {
		errno = EIO;
		return -1;
	}
	if (syncs_until_fault > 0)
		syncs_until_fault--;
	return (int)syscall(call, fd);
}

int fsync(int fd)
{
	return synced(SYS_fsync, fd);
}

int fdatasync(int fd)
{
	return synced(SYS_fdatasync, fd);
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
}

#define A_TURN 7 /* events in one transaction */

/* Commit turns for ever, saying the seq after each. */
static void write_and_say(int to)
{
	char id[32];
	struct ledger *l = store_open();

	for (unsigned n = 0;; n++) {
		int64_t seq = 0;
		if (ledger_begin(l) < 0)
			_exit(1);
		for (unsigned i = 0; i < A_TURN; i++) {
			snprintf(id, sizeof(id), "%d-%u-%u", (int)getpid(), n, i);
			seq = store_event(l, id, "HSN-03");
		}
		if (ledger_commit(l) < 0 || write(to, &seq, sizeof(seq)) != sizeof(seq))
			_exit(1);
	}
}

static int count_event(void *userdata, const struct logged_event *event)
{
	int64_t *last = userdata;

	ck_assert_int_eq(event->seq, *last + 1);
	*last = event->seq;
	return 0;
}

START_TEST(a_kill_at_any_moment_loses_nothing_and_halves_nothing)
{
	store_make();
	for (int round = 0; round < 8; round++) {
		int said[2];
		int64_t seq = 0, one, last = 0;
		ck_assert_int_eq(pipe(said), 0);
		pid_t child = fork();
		if (child == 0)
			write_and_say(said[1]);
		close(said[1]);
		for (int i = 0; i < 3 + round * 5; i++)
			ck_assert_int_eq(read(said[0], &seq, sizeof(seq)), sizeof(seq));
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
		while (read(said[0], &one, sizeof(one)) == sizeof(one))
			seq = one;
		close(said[0]);

		struct ledger *l = store_open();
		ck_assert_int_eq(ledger_events_of(l, "HSN-03", count_event, &last), 0);
		ck_assert_int_ge(last, seq);
		ck_assert_int_eq(last % A_TURN, 0);
		ledger_close(l);
	}
	store_done(NULL);
}
END_TEST

static int append_long(struct ledger *l, int n)
{
	static char body[60000];
	char id[16];
	int64_t seq;

	memset(body, 'x', sizeof(body) - 1);
	snprintf(id, sizeof(id), "%d", n);
	return ledger_append_event(l,
				   &(struct logged_event){ .source = "/systems/ekonomi",
							   .id = id,
							   .type = "paminn.note",
							   .subject = "HSN-03",
							   .time = { 1 },
							   .received = { 1 },
							   .body = body },
				   &seq);
}

/* Turns of ten long events until one fails; the error of the turn's last call, and of its commit. */
static void fill(struct ledger *l, int *ret_error, int *ret_committed)
{
	for (int n = 0; n < 10000; n += 10) {
		int r = 0, again = 0;
		ck_assert_int_eq(ledger_begin(l), 0);
		for (int i = 0; i < 10; i++) {
			again = r;
			r = append_long(l, n + i);
			ck_assert(again == 0 || r == again); /* a spoilt turn stays spoilt */
		}
		int committed = ledger_commit(l);
		if (committed < 0) {
			*ret_error = r;
			*ret_committed = committed;
			return;
		}
	}
	ck_abort_msg("it never filled");
}

START_TEST(a_full_disk_refuses_and_recovers)
{
	char ballast[sizeof(store_path) + 8];
	int error, committed;
	int64_t before, after;

	store_make();
	if (unshare(CLONE_NEWNS) < 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
	    mount("none", store_folder, "tmpfs", 0, "size=1280k") < 0) {
		printf("a_full_disk: skipped, a small tmpfs can't be mounted here (%m)\n");
		store_done(NULL);
		return;
	}
	snprintf(ballast, sizeof(ballast), "%s.fill", store_path);
	struct ledger *l = store_open();
	write_file(ballast, "");
	ck_assert_int_eq(truncate(ballast, 0), 0);
	int fd = open(ballast, O_WRONLY);
	ck_assert_int_eq(posix_fallocate(fd, 0, 128 * 1024), 0);
	close(fd);

	fill(l, &error, &committed);
	ck_assert(error == 0 || error == -ENOSPC);
	ck_assert_int_eq(committed, -ENOSPC);
	ck_assert(!ledger_in_transaction(l));
	ck_assert(IS_THERE(ledger_find_event, l, "/systems/ekonomi", "0", &before));

	ck_assert_int_eq(remove(ballast), 0);
	ck_assert_int_eq(ledger_begin(l), 0);
	ck_assert_int_eq(append_long(l, 99999), 0);
	ck_assert_int_eq(ledger_commit(l), 0);
	ledger_close(l);
	l = store_open();
	ck_assert(IS_THERE(ledger_find_event, l, "/systems/ekonomi", "0", &after));
	ck_assert_int_eq(before, after);
	ck_assert(IS_THERE(ledger_find_event, l, "/systems/ekonomi", "99999", &after));
	ledger_close(l);
	ck_assert_int_eq(umount(store_folder), 0);
	store_done(NULL);
}
END_TEST

/* A file that may not grow fails a write with EFBIG: a fault of the disk, for all the store knows. */
START_TEST(a_failed_write_is_the_end_of_the_handle)
{
	const struct rlimit small = { 256 * 1024, 256 * 1024 };
	int error, committed;
	struct ledger *l = store_open();

	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
	fill(l, &error, &committed);
	ck_assert_int_eq(committed, -EIO);
	ck_assert_str_eq(ledger_failure(l), "write failed");
	ck_assert_int_eq(ledger_begin(l), -EIO);
	store_done(l);
}
END_TEST

/* From the n-th sync on, every sync fails; n sweeps those of opening, of commits and of checkpoints. */
START_TEST(a_failed_fsync_is_the_end_of_the_handle)
{
	struct ledger *l = NULL;
	int64_t seq, committed = 0;
	struct store_refusal why = { 0 };
	int r;

	store_make();
	syncs_until_fault = _i;
	r = ledger_open(&l, STORE_AT(store_path), false, &why);
	for (int n = 1; r == 0 && n <= 1000; n++) {
		ck_assert_int_eq(ledger_begin(l), 0);
		for (int i = 0; i < 100; i++)
			ck_assert_int_eq(append_long(l, n * 100 + i), 0);
		r = ledger_commit(l);
		if (r == 0)
			committed = n * 100;
	}
	ck_assert_int_eq(r, -EIO);
	if (l) {
		ck_assert_str_eq(ledger_failure(l), "fsync failed");
		ck_assert_int_eq(ledger_begin(l), -EIO);
		ledger_close(l);
	}

	syncs_until_fault = -1;
	l = store_open();
	for (char id[16]; committed >= 100; committed -= 100) {
		snprintf(id, sizeof(id), "%d", (int)committed);
		ck_assert(IS_THERE(ledger_find_event, l, "/systems/ekonomi", id, &seq));
	}
	store_done(l);
}
END_TEST

UNIT_TESTS_APART("ledger/sqlite, faults",
		 UNIT(a_kill_at_any_moment_loses_nothing_and_halves_nothing),
		 UNIT(a_full_disk_refuses_and_recovers),
		 UNIT(a_failed_write_is_the_end_of_the_handle),
		 UNIT_ROWS(a_failed_fsync_is_the_end_of_the_handle, 16))
