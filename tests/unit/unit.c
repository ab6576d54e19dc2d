/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The main program of the unit tests of a side: unit_daemon MODULE runs those of test_MODULE.c, as ctest
 * calls it. Each file makes itself known before main begins (UNIT_TESTS in unit.h).
 */
#include "tests/unit/unit.h"

#include <string.h>

/* A test under the sanitizers, on a busy machine, may need this long; a hang needs longer. */
#define UNIT_TIMEOUT_SECONDS 60

static struct unit_file *files;
static struct unit_first *firsts;

void unit_file(struct unit_file *file)
{
	file->next = files;
	files = file;
}

void unit_first(struct unit_first *first)
{
	first->next = firsts;
	firsts = first;
}

static int run(const struct unit_file *file)
{
	for (const struct unit_first *first = firsts; first; first = first->next)
		if (strcmp(first->base, file->base) == 0)
			first->call();
	return file->run();
}

static bool is_of(const struct unit_file *file, const char *module)
{
	const char *name = strrchr(file->path, '/') + 1 + strlen("test_");
	size_t length = strlen(module);

	return strncmp(name, module, length) == 0 && strcmp(name + length, ".c") == 0;
}

/* Check itself ends a test that hangs only when it has a process of its own. */
static void begin(void)
{
	alarm(UNIT_TIMEOUT_SECONDS);
}

static void end(void)
{
	alarm(0);
}

int unit_run(const char *name, bool apart, const struct unit_test *tests, size_t count)
{
	Suite *suite = suite_create(name);

	for (size_t i = 0; i < count; i++) {
		TCase *one = tcase_create(tests[i].name);
		tcase_set_timeout(one, UNIT_TIMEOUT_SECONDS);
		tcase_add_checked_fixture(one, begin, end);
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

int main(int argc, char **argv)
{
	for (const struct unit_file *file = files; argc == 2 && file; file = file->next)
		if (is_of(file, argv[1]))
			return run(file);
	fprintf(stderr, "%s: name the module whose tests are to run; there are:\n", argv[0]);
	for (const struct unit_file *file = files; file; file = file->next)
		fprintf(stderr, "\t%s\n", file->path);
	return 64;
}
