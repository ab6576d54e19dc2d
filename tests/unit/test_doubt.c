/* SPDX-License-Identifier: Apache-2.0 */
/* Of whom a refusal of policy speaks, told by how the others fare: scripts of what the server says. */
#include <stdio.h>
#include <string.h>

#include "delivery/doubt.h"
#include "tests/unit/unit.h"

/*
 * Steps with blanks between. A letter is a message and its recipient, a digit after it another message to
 * the same. "(A" begins an attempt, which "A+" (accepted), "A-" (refused for policy) or "A~" (not now) ends;
 * one that was not begun before is begun with that. After a refusal stands what it must come to: "?"
 * tried again, "x" final, "!" tried again and one more fault of the server's; "l" when the log is told.
 */
static const struct {
	int line;
	const char *script;
	bool about_us; /* in the end */
} scripts[] = {
	/* one among others */
	{ __LINE__, "A-? B+ A-x", false },
	{ __LINE__, "A-? B+ C+ A-x A1-? D+ A1-x", false },
	{ __LINE__, "(A (B B+ A-? A-x", false }, /* the last of the lot, on one connection */
	{ __LINE__, "B+ A-? A-?l A-? B+ A-x", false },
	{ __LINE__, "A-? A+ A1-? B+ A1-x", false },
	/* one who is refused again tells nothing new, however many messages wait for it */
	{ __LINE__, "A-? A1-? A2-? A3-? A4-? A-?l A1-?", false },
	/* the log hears once until somebody is accepted */
	{ __LINE__, "A-? B-? A-?l B-? A-? C+ A-x B-x D-? D-?l", false },
	/* the server takes nobody's */
	{ __LINE__, "A-? B-? C-! D-! A-? B-? C-? D-?", true },
	{ __LINE__, "A-? B-? C~ D-!", true },
	{ __LINE__, "A-? B-? D+ C-? E-?", false },
	/* nothing fails for it, and one that is accepted ends it */
	{ __LINE__, "A-? B-? C-! A-? A+ B-x", false },
	{ __LINE__, "X+ (A (B (C (Y Y+ A-? B-? C-! A-? B-? C-?", true }, /* it turned on us */
	{ __LINE__, "(A (B (C (Y A-? B-? C-! Y+ A-? B-?", true }, /* Y was under way by then */
	{ __LINE__, "(A (B (C (Y A-? B-? C-! Y+ A-? D+ A-x B-x C-x", false },
	/* three who don't hear us, one after the other, and the others */
	{ __LINE__, "A-? B-? C-! A-? B-? C-? D+ E+ A-x B-x C-x", false },
};

struct script {
	struct doubt doubt;
	struct doubt_mark begun[256];
	bool is_begun[256];
	int line;
};

/* The message of "A" or "A1". */
static uint8_t message_of(const char *step)
{
	return (uint8_t)((step[0] - 'A') * 8 +
			 (step[1] >= '1' && step[1] <= '7' ? step[1] - '0' : 0));
}

static void check_refusal(const struct script *s, const char *step, const char *rest,
			  const struct result *result, bool told)
{
	ck_assert_msg(result->verdict == (rest[0] == 'x' ? VERDICT_REFUSED : VERDICT_LATER),
		      "line %d, %s: verdict %d", s->line, step, (int)result->verdict);
	ck_assert_msg(result->server == (rest[0] == '!'), "line %d, %s: server", s->line, step);
	ck_assert_msg(told == (rest[1] == 'l'), "line %d, %s: the log", s->line, step);
}

static void take(struct script *s, const char *step)
{
	const uint8_t message = message_of(step + (step[0] == '('));
	const char *how = strpbrk(step, "+-~"), to[] = { step[0], '\0' };
	struct result result = { .verdict = VERDICT_LATER };
	struct tried who = { message_id(message + 1), to, { 0 } };
	bool told;

	if (!s->is_begun[message])
		s->begun[message] = doubt_mark(&s->doubt);
	s->is_begun[message] = !how;
	if (!how)
		return;
	who.begun = s->begun[message];
	if (*how != '~')
		result.verdict = *how == '+' ? VERDICT_ACCEPTED : VERDICT_POLICY;
	told = doubt_settle(&s->doubt, &who, &result);
	if (*how == '-')
		check_refusal(s, step, how + 1, &result, told);
	else
		ck_assert_msg(!told && !result.server, "line %d, %s", s->line, step);
}

START_TEST(the_others_tell)
{
	struct script s = { .line = scripts[_i].line };
	char text[200], *state = NULL;

	snprintf(text, sizeof(text), "%s", scripts[_i].script);
	doubt_init(&s.doubt);
	for (char *step = strtok_r(text, " ", &state); step; step = strtok_r(NULL, " ", &state))
		take(&s, step);
	ck_assert_msg(doubt_is_about_us(&s.doubt) == scripts[_i].about_us, "line %d: about us",
		      s.line);
	doubt_done(&s.doubt);
}
END_TEST

START_TEST(what_is_remembered_is_bounded)
{
	struct doubt doubt;

	doubt_init(&doubt);
	for (int i = 1; i <= DOUBT_REMEMBERED * 2; i++) {
		struct result result = { .verdict = VERDICT_POLICY };

		doubt_settle(&doubt, &(struct tried){ message_id(i), "a@region.se", { 0 } },
			     &result);
		ck_assert_int_eq(result.verdict, VERDICT_LATER);
	}
	ck_assert_int_eq(doubt.count, DOUBT_REMEMBERED);
	ck_assert(!doubt_is_about_us(&doubt));
	doubt_done(&doubt);
}
END_TEST

UNIT_TESTS("delivery/doubt", UNIT_ROWS(the_others_tell, UNIT_COUNT(scripts)),
	   UNIT(what_is_remembered_is_bounded))
