/* SPDX-License-Identifier: Apache-2.0 */
#include "base/log.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/unit.h"

static char written[4096];

/* What log_line writes for the text, given as the argument of "%s". */
static const char *logged(enum log_level level, const char *text)
{
	int ends[2], kept = dup(STDERR_FILENO);
	size_t length = 0;

	ck_assert_int_eq(pipe(ends), 0);
	dup2(ends[1], STDERR_FILENO);
	close(ends[1]);
	log_line(level, "%s", text);
	dup2(kept, STDERR_FILENO);
	close(kept);
	for (ssize_t n; (n = read(ends[0], written + length, sizeof(written) - 1 - length)) > 0;)
		length += (size_t)n;
	close(ends[0]);
	written[length] = '\0';
	return written;
}

static void outside_systemd(void)
{
	unsetenv("JOURNAL_STREAM");
	unsetenv("NOTIFY_SOCKET");
}

START_TEST(a_line_says_its_level)
{
	outside_systemd();
	ck_assert_str_eq(logged(LOG_LEVEL_ERROR, "storage: fsync failed"),
			 "error: storage: fsync failed\n");
	ck_assert_str_eq(logged(LOG_LEVEL_NOTICE, "ready"), "notice: ready\n");
}
END_TEST

START_TEST(the_journal_gets_a_priority)
{
	outside_systemd();
	setenv("JOURNAL_STREAM", "8:1", 1);
	ck_assert_str_eq(logged(LOG_LEVEL_ERROR, "x"), "<3>x\n");
	outside_systemd();
	setenv("NOTIFY_SOCKET", "@x", 1);
	ck_assert_str_eq(logged(LOG_LEVEL_INFO, "x"), "<6>x\n");
}
END_TEST

static const struct {
	int line;
	const char *text, *logged;
} shapes[] = {
	{ __LINE__, "åtgärd HSN-03 — “sen”", "åtgärd HSN-03 — “sen”" },
	{ __LINE__, "two\nlines\r\n", "two?lines??" },
	{ __LINE__, "\x1b[2J\ttab\x7f", "?[2J?tab?" },
	{ __LINE__, "<0>emerg\n<0>emerg", "<0>emerg?<0>emerg" },
	{ __LINE__,
	  "C1 \xc2\x9b"
	  "0m, bare \x9b, cut \xc3",
	  "C1 ?0m, bare ?, cut ?" },
	{ __LINE__, "overlong \xc0\x8a, surrogate \xed\xa0\x80", "overlong ??, surrogate ???" },
	{ __LINE__, "%n %s", "%n %s" },
	{ __LINE__, "", "" },
};

START_TEST(no_text_shapes_the_log)
{
	char expected[256];

	outside_systemd();
	snprintf(expected, sizeof(expected), "info: %s\n", shapes[_i].logged);
	const char *got = logged(LOG_LEVEL_INFO, shapes[_i].text);
	ck_assert_msg(strcmp(got, expected) == 0, "line %d: %s", shapes[_i].line, got);
}
END_TEST

/* Whatever byte the cut falls on, whole characters are left. */
START_TEST(a_long_line_is_cut_between_characters)
{
	char text[6000] = "";
	size_t shift = (size_t)_i;

	outside_systemd();
	memset(text, 'x', shift);
	for (size_t i = shift; i + 3 < sizeof(text); i += 3)
		memcpy(text + i, "€", 3);
	const char *got = logged(LOG_LEVEL_INFO, text);
	size_t length = strlen(got);
	ck_assert_uint_le(length, 2048);
	ck_assert_uint_gt(length, 2030);
	ck_assert_str_eq(got + length - 7, "€…\n");
	ck_assert_ptr_null(strchr(got, '?'));
}
END_TEST

START_TEST(errno_is_kept_and_can_be_said)
{
	outside_systemd();
	errno = ENOSPC;
	log_line(LOG_LEVEL_ERROR, "said");
	ck_assert_int_eq(errno, ENOSPC);
	log_line(LOG_LEVEL_INFO, "said: %m");
	ck_assert_int_eq(errno, ENOSPC);
}
END_TEST

UNIT_TESTS("base/log", UNIT(a_line_says_its_level), UNIT(the_journal_gets_a_priority),
	   UNIT_ROWS(no_text_shapes_the_log, UNIT_COUNT(shapes)),
	   UNIT_ROWS(a_long_line_is_cut_between_characters, 3), UNIT(errno_is_kept_and_can_be_said))
