/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The file of a store: what is one, whether it is still where it was, and what was kept of it beside it. Seen to fail when
 * the inode was not looked at (store_file.c), and when the sum of a mark was not (sqlite_mark.c).
 */
#include "ledger/store_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ledger/damage.h"
#include "ledger/sqlite_mark.h"
#include "tests/unit/unit.h"

static char folder[40];

static void begin(void)
{
	strcpy(folder, "/tmp/paminn-file-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_eq(chdir(folder), 0);
}

static void end(void)
{
	static const char *const names[] = { "a", "b", "a-wal", "a-acknowledged" };

	for (size_t i = 0; i < UNIT_COUNT(names); i++)
		unlink(names[i]);
	rmdir("a");
	ck_assert_int_eq(chdir("/"), 0);
	ck_assert_int_eq(rmdir(folder), 0);
}

static void write_file(const char *name, size_t length)
{
	FILE *file = fopen(name, "w");

	ck_assert_ptr_nonnull(file);
	for (size_t i = 0; i < length; i++)
		fputc('x', file);
	ck_assert_int_eq(fclose(file), 0);
}

START_TEST(what_a_path_names_is_judged)
{
	struct store_file f = { 0 };
	char longest[PATH_MAX];
	int pid = 0;

	begin();
	ck_assert_int_eq(store_file_hold("a", &f, &pid), STORE_FILE_NONE);
	write_file("a-wal", 1);
	ck_assert_int_eq(store_file_hold("a", &f, &pid), STORE_FILE_FOREIGN);
	write_file("a-wal", 0);
	ck_assert_int_eq(store_file_hold("a", &f, &pid), STORE_FILE_NONE);
	write_file("a", 0);
	ck_assert_int_eq(store_file_hold("a", &f, &pid), STORE_FILE_EMPTY);
	write_file("a-wal", 1);
	ck_assert_int_eq(store_file_hold("a", &f, &pid), STORE_FILE_FOREIGN);
	write_file("a", 99);
	ck_assert_int_eq(store_file_hold("a", &f, &pid), STORE_FILE_FOREIGN);
	unlink("a");
	ck_assert_int_eq(mkdir("a", 0700), 0);
	ck_assert_int_eq(store_file_hold("a", &f, &pid), STORE_FILE_FOREIGN);
	ck_assert_int_eq(store_file_hold("b/a", &f, &pid), STORE_FILE_NONE);
	write_file("b", 0);
	ck_assert_int_eq(store_file_hold("b/a", &f, &pid), -ENOTDIR);

	/* Its log would have a name that is none. */
	memset(longest, '/', sizeof(longest) - 1);
	memcpy(longest + sizeof(longest) - 3, "no", 3);
	ck_assert_int_eq(store_file_hold(longest, &f, &pid), STORE_FILE_FOREIGN);
	ck_assert_ptr_null(f.path);
	store_file_release(&f);
	end();
}
END_TEST

/* The same inode under its name, and its log with it once there is one. */
START_TEST(it_is_there_as_long_as_its_names_say_it)
{
	struct store_file f = { 0 };
	int pid;

	begin();
	write_file("a", 200);
	ck_assert_int_eq(store_file_hold("a", &f, &pid), STORE_FILE_HELD);
	ck_assert(store_file_is_there(&f)); /* no log yet */
	write_file("a-wal", 1);
	ck_assert(store_file_is_there(&f) && store_file_is_there(&f));
	ck_assert_int_eq(rename("a-wal", "b"), 0);
	ck_assert(!store_file_is_there(&f));
	write_file("a-wal", 1); /* another */
	ck_assert(!store_file_is_there(&f));
	ck_assert_int_eq(rename("b", "a-wal"), 0);
	ck_assert(store_file_is_there(&f));
	ck_assert_int_eq(rename("a", "b"), 0);
	ck_assert(!store_file_is_there(&f));
	write_file("a", 200);
	ck_assert(!store_file_is_there(&f));
	store_file_release(&f);
	end();
}
END_TEST

START_TEST(a_new_one_takes_the_place_of_none)
{
	begin();
	write_file("b", 1);
	ck_assert_int_eq(store_file_place("b", "a"), 0);
	ck_assert_int_eq(access("b", F_OK), -1);
	write_file("b", 2);
	ck_assert_int_eq(store_file_place("b", "a"), -EEXIST);
	ck_assert_int_eq(access("b", F_OK), 0);
	ck_assert_int_eq(store_file_place("b", "c/a"), -ENOENT);
	end();
}
END_TEST

/* ---- what is kept beside it --------------------------------------------------------------------- */

START_TEST(a_mark_is_read_as_it_was_written_or_not_at_all)
{
	const struct sqlite_mark written = {
		.store = "0123456789abcdef", .seq = 17, .salt = { 1, 0xffffffff }, .frames = 9
	};
	struct sqlite_mark mark = written;
	char byte;
	int fd;

	begin();
	sqlite_mark_read("a", &mark);
	ck_assert_str_eq(mark.store, "");
	fd = sqlite_mark_open("a");
	ck_assert_int_ge(fd, 0);
	sqlite_mark_write(fd, &written);
	sqlite_mark_read("a", &mark);
	ck_assert_str_eq(mark.store, written.store);
	ck_assert_int_eq(mark.seq, 17);
	ck_assert_uint_eq(mark.salt[1], 0xffffffff);
	ck_assert_uint_eq(mark.frames, 9);
	close(fd);

	/* Each byte counts, of the text and of its sum. */
	fd = open("a-acknowledged", O_RDWR);
	ck_assert_int_ge(fd, 0);
	for (off_t at = 0; at < 159; at++) {
		ck_assert_int_eq(pread(fd, &byte, 1, at), 1);
		byte ^= 1;
		if (at == 142) /* the blank between them */
			byte ^= 1;
		ck_assert_int_eq(pwrite(fd, &byte, 1, at), 1);
		sqlite_mark_read("a", &mark);
		ck_assert_msg((mark.store[0] == '\0') == (at != 142), "byte %d", (int)at);
		byte ^= at != 142;
		ck_assert_int_eq(pwrite(fd, &byte, 1, at), 1);
	}
	ck_assert_int_eq(ftruncate(fd, 100), 0);
	sqlite_mark_read("a", &mark);
	ck_assert_str_eq(mark.store, "");
	close(fd);
	end();
}
END_TEST

/* ---- what was met in it ------------------------------------------------------------------------- */

START_TEST(damage_is_named_once_and_not_without_end)
{
	struct damage *d = calloc(1, sizeof(*d));
	char name[DAMAGE_NAME];
	int told = 0;

	ck_assert_ptr_null(damage_next(d));
	ck_assert_int_eq(damage_note(d, "event 1"), 0);
	ck_assert_int_eq(damage_note(d, "event 2"), 0);
	ck_assert_int_eq(damage_note(d, "event 1"), 0);
	ck_assert_str_eq(damage_next(d), "event 1");
	ck_assert_str_eq(damage_next(d), "event 2");
	ck_assert_ptr_null(damage_next(d));
	for (int i = 0; i < 2 * DAMAGE_NAMES; i++) {
		snprintf(name, sizeof(name), "message %d", i);
		ck_assert_int_eq(damage_note(d, name), 0);
	}
	while (damage_next(d))
		told++;
	ck_assert_int_eq(told, DAMAGE_NAMES - 2);
	ck_assert_ptr_null(damage_free(d));
	ck_assert_ptr_null(damage_free(NULL));
}
END_TEST

UNIT_TESTS("ledger/store_file", UNIT(what_a_path_names_is_judged),
	   UNIT(it_is_there_as_long_as_its_names_say_it), UNIT(a_new_one_takes_the_place_of_none),
	   UNIT(a_mark_is_read_as_it_was_written_or_not_at_all),
	   UNIT(damage_is_named_once_and_not_without_end))
