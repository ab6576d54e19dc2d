/* SPDX-License-Identifier: Apache-2.0 */
/* The lists of paminnd(8) are those of the tables that the daemon works by. */
#include "protocol/answer.h"
#include "protocol/event.h"
#include "protocol/query.h"
#include "unit.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

static char page[1 << 16];

static void read_page(void)
{
	FILE *file = fopen("daemon/paminnd.8", "r");

	ck_assert_ptr_nonnull(file);
	page[fread(page, 1, sizeof(page) - 1, file)] = '\0';
	fclose(file);
}

/* Does the page have the word, whole, on a line that begins with macro? */
static bool has(const char *macro, const char *word)
{
	size_t n = strlen(word);

	for (const char *line = page; line; line = strchr(line + 1, '\n')) {
		const char *end = strchr(line + 1, '\n');
		const char *at = strstr(line, word);

		if (strncmp(line + 1, macro, strlen(macro)) == 0 && at && end && at < end &&
		    at[-1] == ' ' && !isalnum((unsigned char)at[n]) && at[n] != '-')
			return true;
	}
	return false;
}

START_TEST(names_every_query_and_command)
{
	const struct request_kind *kind = &request_kinds[_i];

	read_page();
	ck_assert_msg(has(".It Cm", kind->name), "the page has no .It Cm %s", kind->name);
	for (const struct request_param *param = kind->params; param->name; param++)
		ck_assert_msg(has(".Cm", param->name), "the page has no parameter %s of %s",
			      param->name, kind->name);
}
END_TEST

START_TEST(names_who_may_say_every_event)
{
	read_page();
	ck_assert_msg(has(".It Cm", event_type_name((enum event_type)_i)),
		      "the page has no .It Cm %s", event_type_name((enum event_type)_i));
}
END_TEST

START_TEST(names_every_code)
{
	read_page();
	for (enum reject_code code = REJECT_BAD_JSON; code < REJECT_CODES; code++)
		ck_assert_msg(has(".Cm", reject_code_name(code)), "the page has no code %s",
			      reject_code_name(code));
	ck_assert(!has(".Cm", "no-such-code"));
}
END_TEST

UNIT_TESTS("paminnd(8)", UNIT_ROWS(names_every_query_and_command, REQUESTS),
	   UNIT_ROWS(names_who_may_say_every_event, EVENT_TYPES), UNIT(names_every_code))
