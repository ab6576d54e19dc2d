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
 * The program fails when a test failed and when none ran. CK_RUN_CASE=TEST runs one of them,
 * CK_FORK=no keeps it in this process for a debugger.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

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

#define UNIT_TESTS(suite_, ...)                                    \
	int main(void)                                             \
	{                                                          \
		const struct unit_test tests[] = { __VA_ARGS__ };  \
		return unit_run(suite_, tests, UNIT_COUNT(tests)); \
	}

static inline int unit_run(const char *name, const struct unit_test *tests, size_t count)
{
	Suite *suite = suite_create(name);
	for (size_t i = 0; i < count; i++) {
		TCase *one = tcase_create(tests[i].name);
		tcase_set_timeout(one, UNIT_TIMEOUT_SECONDS);
		if (tests[i].rows > 0)
			tcase_add_loop_test(one, tests[i].test, 0, tests[i].rows);
		else
			tcase_add_test(one, tests[i].test);
		suite_add_tcase(suite, one);
	}

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int run = srunner_ntests_run(runner);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	if (run == 0)
		fprintf(stderr, "%s: no test ran\n", name);
	return run > 0 && failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
