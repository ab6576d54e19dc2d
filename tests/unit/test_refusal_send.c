/* SPDX-License-Identifier: Apache-2.0 */
/* What is refused is counted: the first is told at once, the others with the next after ten seconds. */
#include "web/refusal_send.h"

#include <string.h>
#include <unistd.h>

#include "tests/unit/unit.h"
#include "web/site.h"

#define TOLD "web: 192.0.2.1 was refused: its form is not one of ours, or of another site"

static char written[4096];

/* What the log gets when it is refused once more. */
static const char *told(struct web *w, enum refusal why)
{
	struct remote who;
	int ends[2], kept = dup(STDERR_FILENO);
	ssize_t length;

	ck_assert(remote_parse("192.0.2.1", 9, &who));
	ck_assert_int_eq(pipe(ends), 0);
	dup2(ends[1], STDERR_FILENO);
	close(ends[1]);
	refusal_tell(w, &who, why);
	dup2(kept, STDERR_FILENO);
	close(kept);
	length = read(ends[0], written, sizeof(written) - 1);
	close(ends[0]);
	written[length > 0 ? length : 0] = '\0';
	return written;
}

START_TEST(each_refusal_is_counted)
{
	struct web w = { .engine = NULL };

	ck_assert_ptr_nonnull(strstr(told(&w, REFUSAL_FOREIGN), TOLD "\n"));
	for (int i = 0; i < 7; i++)
		ck_assert_str_eq(told(&w, REFUSAL_FOREIGN), "");
	ck_assert_ptr_nonnull(strstr(told(&w, REFUSAL_SIGNED_OUT), "nobody is\n"));
	w.told[REFUSAL_FOREIGN].at.us -= 10 * 1000000;
	ck_assert_ptr_nonnull(
		strstr(told(&w, REFUSAL_FOREIGN), TOLD " (and 7 more since this was last said)\n"));
	w.told[REFUSAL_FOREIGN].at.us -= 10 * 1000000;
	ck_assert_ptr_nonnull(strstr(told(&w, REFUSAL_FOREIGN), TOLD "\n"));
}
END_TEST

/* A page that is not there is nothing odd, and no line. */
START_TEST(what_is_not_there_is_not_told)
{
	struct web w = { .engine = NULL };

	ck_assert_str_eq(told(&w, REFUSAL_NOT_FOUND), "");
}
END_TEST

UNIT_TESTS("web/refusal_send", UNIT(each_refusal_is_counted), UNIT(what_is_not_there_is_not_told))
