/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_UNIT_H
#define TESTS_UNIT_UNIT_H

/*
 * The main program of every unit test. A test file writes its tests in Check's way and ends
 * with the list of them:
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
 * The program fails when a test failed and when none ran. CK_RUN_CASE=TEST runs one of them.
 *
 * All run in one process, whose leaks are looked for when it ends: a process for each, with a look of
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

/* A test under the sanitizers, on a busy machine, may need this long; a hang needs longer. */
#define UNIT_TIMEOUT_SECONDS 60

struct unit_test {
	const char *name;
	const TTest *test;
	int rows; /* 0: run once, without an index */
};

#define UNIT(test_) ((struct unit_test){ #test_, test_, 0 })
#define UNIT_ROWS(test_, rows_) ((struct unit_test){ #test_, test_, (int)(rows_) })
#define UNIT_COUNT(array_) (sizeof(array_) / sizeof((array_)[0]))

#define UNIT_MAIN(apart_, suite_, ...)                                     \
	int main(void)                                                     \
	{                                                                  \
		const struct unit_test tests[] = { __VA_ARGS__ };          \
		return unit_run(suite_, apart_, tests, UNIT_COUNT(tests)); \
	}
#define UNIT_TESTS(suite_, ...) UNIT_MAIN(false, suite_, __VA_ARGS__)
#define UNIT_TESTS_APART(suite_, ...) UNIT_MAIN(true, suite_, __VA_ARGS__)

/* Check itself ends a test that hangs only when it has a process of its own. */
static inline void unit_begin(void)
{
	alarm(UNIT_TIMEOUT_SECONDS);
}

static inline void unit_end(void)
{
	alarm(0);
}

static inline int unit_run(const char *name, bool apart, const struct unit_test *tests,
			   size_t count)
{
	Suite *suite = suite_create(name);
	for (size_t i = 0; i < count; i++) {
		TCase *one = tcase_create(tests[i].name);
		tcase_set_timeout(one, UNIT_TIMEOUT_SECONDS);
		tcase_add_checked_fixture(one, unit_begin, unit_end);
		if (tests[i].rows > 0)
			tcase_add_loop_test(one, tests[i].test, 0, tests[i].rows);
		else
			tcase_add_test(one, tests[i].test);
		suite_add_tcase(suite, one);
	}

	SRunner *runner = srunner_create(suite);
	if (!apart && !getenv("CK_FORK"))
		srunner_set_fork_status(runner, CK_NOFORK);
	srunner_run_all(runner, CK_NORMAL);
	int run = srunner_ntests_run(runner);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	if (run == 0)
		fprintf(stderr, "%s: no test ran\n", name);
	return run > 0 && failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
