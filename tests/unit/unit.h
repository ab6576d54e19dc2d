/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_UNIT_H
#define TESTS_UNIT_UNIT_H

/*
 * What every unit test includes. A test file writes its tests in Check's way and ends with the list of them:
 *
 *	START_TEST(rolls_backward_over_closed_days)
 *	{
 *		ck_assert_int_eq(...);
 *	}
 *	END_TEST
 *
 *	UNIT_TESTS("plan/due", UNIT(rolls_backward_over_closed_days), UNIT_ROWS(dates, 24))
 *
 * UNIT_ROWS runs a test once for each row of a table; the row's index is `_i` in the test.
 *
 * The files of a side, the daemon's or the client's, are one program, since linking each with all layers
 * was a fourth of the work of a build: `build/dev/tests/unit/unit_daemon due` runs the tests of test_due.c.
 * CK_RUN_CASE=TEST runs one of them.
 *
 * All tests of a file run in one process, whose leaks are looked for when it ends: a process for each, with a look of
 * its own, is five times the work. So a test leaves nothing behind that the next one would meet. Those
 * of a file that must, since what they do can't be undone, end it with UNIT_TESTS_APART(...) and have a
 * process each. CK_FORK=yes gives one to every test: the last words of one that crashed or hangs are
 * then followed by its name.
 */
#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Check keeps of each assertion that holds where it stands, in a file, for whoever asks how far a test came that
 * crashed. Most tests have no process that would ask, and it is half the work of those with many assertions. */
#define _mark_point(file_, line_) ((void)0)

struct unit_test {
	const char *name;
	const TTest *test;
	int rows; /* 0: run once, without an index */
};

#define UNIT(test_) ((struct unit_test){ #test_, test_, 0 })
#define UNIT_ROWS(test_, rows_) ((struct unit_test){ #test_, test_, (int)(rows_) })
#define UNIT_COUNT(array_) (sizeof(array_) / sizeof((array_)[0]))

/* The number tells apart files that are compiled together. */
#define UNIT_FILE(number_, apart_, suite_, ...) UNIT_FILE_AS(number_, apart_, suite_, __VA_ARGS__)
#define UNIT_FILE_AS(number_, apart_, suite_, ...)                                            \
	static int unit_run_##number_(void)                                                   \
	{                                                                                     \
		const struct unit_test tests[] = { __VA_ARGS__ };                             \
		return unit_run(suite_, apart_, tests, UNIT_COUNT(tests));                    \
	}                                                                                     \
	__attribute__((constructor)) static void unit_file_##number_(void)                    \
	{                                                                                     \
		static struct unit_file here = { __FILE__, __BASE_FILE__, unit_run_##number_, \
						 NULL };                                      \
		unit_file(&here);                                                             \
	}
#define UNIT_TESTS(suite_, ...) UNIT_FILE(__COUNTER__, false, suite_, __VA_ARGS__)
#define UNIT_TESTS_APART(suite_, ...) UNIT_FILE(__COUNTER__, true, suite_, __VA_ARGS__)

/* UNIT_FIRST(prepare): prepare() is called once, before the tests of the file that has or includes this line. Only
 * files that have the same of these are compiled together. */
#define UNIT_FIRST(call_)                                                        \
	__attribute__((constructor)) static void unit_first_##call_(void)        \
	{                                                                        \
		static struct unit_first first = { __BASE_FILE__, call_, NULL }; \
		unit_first(&first);                                              \
	}

/* A file of tests, as main finds it by its name, and what is called before them. */
struct unit_file {
	const char *path; /* …/test_MODULE.c */
	const char *base; /* what is compiled: that file, or several together */
	int (*run)(void);
	struct unit_file *next;
};
struct unit_first {
	const char *base;
	void (*call)(void);
	struct unit_first *next;
};

/* Called before main; what is given stays the caller's. */
void unit_file(struct unit_file *file);
void unit_first(struct unit_first *first);
/* Run the tests: the exit code, EXIT_SUCCESS if some ran and none failed. */
int unit_run(const char *name, bool apart, const struct unit_test *tests, size_t count);

#endif
