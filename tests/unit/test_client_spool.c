/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "client/spool.h"
#include "unit.h"

#define SERVER "ipc:///run/paminn/submit.sock"

static char folder[] = "/tmp/paminn-spool-XXXXXX";
static bool made; /* the name does not tell: it may end with an X of its own */

/* A spool in the test's folder, which sweep() removes. */
static struct spool *fresh(void)
{
	struct spool *spool;

	if (!made) {
		memcpy(folder + sizeof(folder) - 7, "XXXXXX", 6);
		ck_assert_ptr_nonnull(mkdtemp(folder));
	}
	made = true;
	setenv("XDG_STATE_HOME", folder, 1);
	spool_new(&spool, SERVER);
	return spool;
}

static void sweep(void)
{
	char command[200];

	snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	ck_assert_int_eq(system(command), 0);
	made = false;
}

static void keep(struct spool *spool, const char *line)
{
	ck_assert_int_eq(spool_keep(spool, line, strlen(line)), 0);
}

START_TEST(order_is_kept)
{
	struct spool *spool = fresh();
	char *lines = NULL;

	ck_assert_int_eq(spool_take(spool, false), SPOOL_EMPTY);
	for (int i = 0; i < 12; i++) {
		char line[20];

		snprintf(line, sizeof(line), "{\"n\":%d}\n", i);
		keep(spool, line);
	}
	ck_assert_int_eq(spool_take(spool, false), 0);
	for (int i = 0; i < 12; i++) {
		char line[20];

		snprintf(line, sizeof(line), "{\"n\":%d}\n", i);
		ck_assert_int_eq(spool_next(spool, &lines), 1);
		ck_assert_str_eq(lines, line);
		free(lines);
		ck_assert_int_eq(spool_settle(spool, i == 5 ? "left\n" : NULL), 0);
	}
	ck_assert_int_eq(spool_next(spool, &lines), 0);
	spool_free(spool);

	spool = fresh();
	keep(spool, "later\n"); /* what is left comes first still */
	ck_assert_int_eq(spool_take(spool, false), 0);
	ck_assert_int_eq(spool_next(spool, &lines), 1);
	ck_assert_str_eq(lines, "left\n");
	free(lines);
	spool_free(spool);
	sweep();
}
END_TEST

START_TEST(one_call_has_it_at_a_time)
{
	struct spool *first = fresh(), *second = fresh();

	keep(first, "{}\n");
	ck_assert_int_eq(spool_take(first, false), 0);
	ck_assert_int_eq(spool_take(second, false), -EWOULDBLOCK);
	keep(first, "{}\n"); /* who has it may add */
	ck_assert_int_eq(spool_take(second, false), -EWOULDBLOCK);
	spool_free(first);
	ck_assert_int_eq(spool_take(second, true), 0);
	spool_free(second);
	sweep();
}
END_TEST

START_TEST(half_written_files_are_not_seen)
{
	struct spool *spool = fresh();
	char path[300], *lines = NULL;
	FILE *half;

	keep(spool, "whole\n");
	snprintf(path, sizeof(path), "%s/new", spool_folder(spool));
	half = fopen(path, "w"); /* as a crash leaves it */
	ck_assert_ptr_nonnull(half);
	fputs("hal", half);
	fclose(half);
	ck_assert_int_eq(spool_take(spool, false), 0);
	ck_assert_int_eq(spool_next(spool, &lines), 1);
	ck_assert_str_eq(lines, "whole\n");
	free(lines);
	ck_assert_int_eq(spool_next(spool, &lines), 0);
	spool_free(spool);
	sweep();
}
END_TEST

START_TEST(rejected_ones_are_put_aside)
{
	struct spool *spool = fresh();
	json_t *event = json_pack("{s:s}", "id", "1"), *answer = json_pack("{s:s}", "code", "x"),
	       *both;
	char path[300];

	keep(spool, "{\"id\":\"1\"}\n");
	ck_assert_int_eq(spool_reject(spool, event, answer), 0);
	ck_assert_int_eq(spool_reject(spool, event, answer), 0);
	snprintf(path, sizeof(path), "%s/rejected/00000002.jsonl", spool_folder(spool));
	both = json_load_file(path, 0, NULL);
	ck_assert(json_equal(json_object_get(both, "event"), event));
	ck_assert(json_equal(json_object_get(both, "answer"), answer));
	json_decref(event);
	json_decref(answer);
	json_decref(both);
	spool_free(spool);
	sweep();
}
END_TEST

START_TEST(servers_have_folders_of_their_own)
{
	struct spool *spool = fresh();
	struct stat status;

	ck_assert_ptr_nonnull(strstr(spool_folder(spool),
				     "/paminn/spool/ipc%3A%2F%2F%2Frun%2Fpaminn%2Fsubmit.sock"));
	keep(spool, "{}\n");
	ck_assert_int_eq(stat(spool_folder(spool), &status), 0);
	ck_assert_uint_eq(status.st_mode & 0777, 0700);
	spool_free(spool);
	sweep();
}
END_TEST

UNIT_TESTS("client/spool", UNIT(order_is_kept), UNIT(one_call_has_it_at_a_time),
	   UNIT(half_written_files_are_not_seen), UNIT(rejected_ones_are_put_aside),
	   UNIT(servers_have_folders_of_their_own))
