/* SPDX-License-Identifier: Apache-2.0 */
/* States and the schedule of retries, on a calendar with the real open hours. */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/zone.h"
#include "engine/outbox/message_state.h"
#include "tests/unit/unit.h"

static struct calendar *calendar(void)
{
	struct calendar_settings settings = { .opens = { 7 * 60 + 30 }, .closes = { 17 * 60 } };
	struct calendar *c = NULL;

	ck_assert_int_eq(zone_set("Europe/Stockholm"), 0);
	ck_assert_int_eq(calendar_new(&c, &settings), 0);
	return c;
}

static struct instant at(const char *text)
{
	struct instant t;

	ck_assert_int_eq(rfc3339_parse(text, &t), 0);
	return t;
}

static struct message pending(const char *planned)
{
	return outbox_message(KIND_REMINDER, at(planned), at(planned));
}

static struct result result_of(enum verdict verdict, const char *answer)
{
	struct result r = { .verdict = verdict };

	snprintf(r.answer, sizeof(r.answer), "%s", answer);
	return r;
}

static const char *local(struct instant t)
{
	static char text[RFC3339_TEXT];

	return instant_is_none(t) ? "never" : zone_format(t, text);
}

/* ---- states ------------------------------------------------------------------------------------- */

#define BIT(state) (1u << MESSAGE_##state)
static const unsigned allowed[MESSAGE_STATES] = {
	[MESSAGE_PENDING] = BIT(STARTED) | BIT(DROPPED),
	[MESSAGE_STARTED] =
		BIT(PENDING) | BIT(DELIVERED) | BIT(RETRY) | BIT(FAILED) | BIT(HELD) | BIT(EXPIRED),
	[MESSAGE_DELIVERED] = BIT(BOUNCED),
	[MESSAGE_RETRY] = BIT(STARTED) | BIT(DROPPED) | BIT(BOUNCED),
	[MESSAGE_HELD] = BIT(RETRY) | BIT(DROPPED) | BIT(BOUNCED),
	[MESSAGE_FAILED] = BIT(RETRY) | BIT(DROPPED),
	[MESSAGE_BOUNCED] = BIT(RETRY) | BIT(DROPPED),
};

START_TEST(no_other_transition_is_possible)
{
	for (int from = 0; from < MESSAGE_STATES; from++)
		for (int to = 0; to < MESSAGE_STATES; to++)
			ck_assert_msg(
				outbox_may((enum message_state)from, (enum message_state)to) ==
					((allowed[from] >> to) & 1),
				"%d to %d", from, to);
}
END_TEST

/* ---- each deed in each state --------------------------------------------------------------------- */

static void start(struct message *m, const struct calendar *c)
{
	(void)c;
	outbox_start(m, m->planned);
}

static void put_back(struct message *m, const struct calendar *c)
{
	(void)c;
	outbox_put_back(m, m->planned);
}

static void settle(struct message *m, const struct calendar *c, enum verdict verdict)
{
	struct result r = result_of(verdict, "250 taken");

	outbox_settle(m, &r, c, m->planned);
}

static void accepted(struct message *m, const struct calendar *c)
{
	settle(m, c, VERDICT_ACCEPTED);
}

static void refused(struct message *m, const struct calendar *c)
{
	settle(m, c, VERDICT_REFUSED);
}

static void later(struct message *m, const struct calendar *c)
{
	settle(m, c, VERDICT_LATER);
}

static void unknown(struct message *m, const struct calendar *c)
{
	settle(m, c, VERDICT_UNKNOWN);
}

static void third_unknown(struct message *m, const struct calendar *c)
{
	m->unknown = 2;
	settle(m, c, VERDICT_UNKNOWN);
}

static void too_late(struct message *m, const struct calendar *c)
{
	m->first_attempt.us = m->planned.us - DAYS(5).us;
	settle(m, c, VERDICT_LATER);
}

static void retried(struct message *m, const struct calendar *c)
{
	outbox_retry(m, c, m->planned);
}

static void dropped(struct message *m, const struct calendar *c)
{
	(void)c;
	outbox_drop(m, "moot", m->planned);
}

static void bounced(struct message *m, const struct calendar *c)
{
	(void)c;
	outbox_bounce(m, "550 5.1.1 no such user", m->planned);
}

static void postponed(struct message *m, const struct calendar *c)
{
	(void)c;
	outbox_postpone(m, m->planned);
}

static void rescheduled(struct message *m, const struct calendar *c)
{
	(void)c;
	outbox_reschedule(m, m->planned);
}

/* The states by a letter, in the order of their enum. */
static const char letters[] = "psdrfhexb";
static const struct {
	const char *name;
	void (*act)(struct message *m, const struct calendar *c);
	const char *after; /* of a message in each state; -: it stops the program, as our mistake */
} deeds[] = {
#define DEED(name_) #name_, name_
	/*			psdrfhexb */
	{ DEED(start), "s--s-----" },	      { DEED(put_back), "-p-------" },
	{ DEED(accepted), "-d-------" },      { DEED(refused), "-f-------" },
	{ DEED(later), "-r-------" },	      { DEED(unknown), "-r-------" },
	{ DEED(third_unknown), "-h-------" }, { DEED(too_late), "-e-------" },
	{ DEED(retried), "---rrr--r" },	      { DEED(dropped), "x--xxx--x" },
	{ DEED(postponed), "p--r-----" },     { DEED(rescheduled), "p--r-----" },
	{ DEED(bounced), "--bb-b---" },
};

/* What becomes of a message in the state, or -1 when the deed stops the program. Its instants are set as
 * the state wants them, before and after. */
static int outcome_of(size_t deed, int state)
{
	struct calendar *c = calendar();
	struct message m = pending("2026-05-11T08:00:00+02:00");
	int status = 0;
	pid_t pid;

	m.state = (enum message_state)state;
	m.attempts = 1;
	m.first_attempt = m.planned;
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		fclose(stderr);
		deeds[deed].act(&m, c);
		if (instant_is_none(m.next_attempt) ==
			    outbox_is_in(m.state, message_states_waiting()) ||
		    instant_is_none(m.finished) == outbox_is_in(m.state, message_states_finished()))
			_exit(99);
		_exit(m.state);
	}
	calendar_free(c);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT)
		return -1;
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

START_TEST(each_deed_in_each_state)
{
	for (int state = 0; state < MESSAGE_STATES; state++) {
		char expected = deeds[_i].after[state];
		int after;

		/* Of what stops the program, and needs a process for it, a third; all before a release. */
		if (expected == '-' && (_i + state) % 3 && !getenv("PAMINN_SWEEP"))
			continue;
		after = outcome_of((size_t)_i, state);
		ck_assert_int_ne(after, 99);
		ck_assert_msg((after < 0 ? '-' : letters[after]) == expected, "%s of %s: %d",
			      deeds[_i].name, message_state_name((enum message_state)state), after);
	}
}
END_TEST

static const struct {
	enum verdict verdict;
	enum message_state state;
	bool unreached;
	int unknown;
} ends[] = {
	{ VERDICT_ACCEPTED, MESSAGE_DELIVERED, false, 0 },
	{ VERDICT_REFUSED, MESSAGE_FAILED, true, 0 },
	{ VERDICT_LATER, MESSAGE_RETRY, false, 0 },
	{ VERDICT_UNKNOWN, MESSAGE_RETRY, false, 1 },
};

START_TEST(each_result_ends_in_its_state)
{
	struct calendar *c = calendar();
	struct message m = pending("2026-05-11T08:00:00+02:00");
	struct instant now = at("2026-05-11T08:00:01+02:00");
	struct result r = result_of(ends[_i].verdict, "250 taken");

	outbox_start(&m, m.planned);
	ck_assert_int_eq(m.state, MESSAGE_STARTED);
	ck_assert_int_eq(m.attempts, 1);
	ck_assert(instant_is_none(m.next_attempt));
	ck_assert_int_eq(m.first_attempt.us, m.planned.us);
	outbox_settle(&m, &r, c, now);
	ck_assert_int_eq(m.state, ends[_i].state);
	ck_assert_int_eq(m.unknown, ends[_i].unknown);
	ck_assert_str_eq(m.last_answer, "250 taken");
	ck_assert(outbox_is_unreached(m.state) == ends[_i].unreached);
	ck_assert_int_eq(instant_is_none(m.finished), m.state == MESSAGE_RETRY);
	ck_assert_int_eq(instant_is_none(m.next_attempt), m.state != MESSAGE_RETRY);
	calendar_free(c);
}
END_TEST

START_TEST(three_unknown_outcomes_are_held)
{
	struct calendar *c = calendar();
	struct message m = pending("2026-05-11T08:00:00+02:00");
	struct result unknown = result_of(VERDICT_UNKNOWN, "lost");
	struct result later = result_of(VERDICT_LATER, "450 busy");

	for (int i = 1; i <= 3; i++) {
		outbox_start(&m, m.next_attempt);
		outbox_settle(&m, &unknown, c, m.planned);
		ck_assert_int_eq(m.unknown, i);
		if (i == 3)
			break;
		outbox_start(&m, m.next_attempt);
		outbox_settle(&m, &later, c, m.planned);
		ck_assert_int_eq(m.unknown, i);
	}
	ck_assert_int_eq(m.state, MESSAGE_HELD);
	ck_assert(instant_is_none(m.next_attempt));
	ck_assert(instant_is_none(m.finished));
	ck_assert_int_eq(m.attempts, 5);
	calendar_free(c);
}
END_TEST

START_TEST(a_test_is_tried_once)
{
	struct calendar *c = calendar();
	struct message m = pending("2026-05-11T08:00:00+02:00");
	struct result r = result_of(ends[_i].verdict, "250 taken");

	m.kind = KIND_TEST;
	outbox_start(&m, m.planned);
	outbox_settle(&m, &r, c, m.planned);
	ck_assert_int_eq(m.state,
			 ends[_i].verdict == VERDICT_ACCEPTED ? MESSAGE_DELIVERED : MESSAGE_FAILED);
	ck_assert_int_eq(m.unknown, ends[_i].unknown);
	ck_assert(!instant_is_none(m.finished) && instant_is_none(m.next_attempt));
	calendar_free(c);
}
END_TEST

START_TEST(a_steward_has_it_tried_again)
{
	struct calendar *c = calendar();
	struct message m = pending("2026-05-11T08:00:00+02:00");
	struct result unknown = result_of(VERDICT_UNKNOWN, "lost");

	for (int i = 0; i < 3; i++) {
		outbox_start(&m, m.next_attempt);
		outbox_settle(&m, &unknown, c, m.planned);
	}
	ck_assert_int_eq(m.state, MESSAGE_HELD);
	outbox_retry(&m, c, at("2026-05-11T20:00:00+02:00"));
	ck_assert_int_eq(m.state, MESSAGE_RETRY);
	ck_assert_str_eq(local(m.next_attempt), "2026-05-12T07:30:00+02:00");
	outbox_retry(&m, c, at("2026-05-12T09:00:00+02:00"));
	ck_assert_str_eq(local(m.next_attempt), "2026-05-12T09:00:00+02:00");
	outbox_start(&m, m.next_attempt);
	outbox_settle(&m, &unknown, c, m.planned);
	ck_assert_int_eq(m.state, MESSAGE_HELD); /* one more copy may be there: no more by itself */
	ck_assert_int_eq(m.unknown, 4);
	calendar_free(c);
}
END_TEST

START_TEST(what_never_began_is_put_back)
{
	struct calendar *c = calendar();
	struct message m = pending("2026-05-11T08:00:00+02:00"), before = m;
	struct result later = result_of(VERDICT_LATER, "450 busy");

	outbox_start(&m, m.planned);
	outbox_put_back(&m, m.planned);
	ck_assert_int_eq(memcmp(&m, &before, sizeof(m)), 0);
	outbox_start(&m, m.planned);
	outbox_settle(&m, &later, c, m.planned);
	outbox_start(&m, m.next_attempt);
	outbox_put_back(&m, at("2026-05-11T08:00:30+02:00"));
	ck_assert_int_eq(m.state, MESSAGE_RETRY);
	ck_assert_int_eq(m.attempts, 1);
	ck_assert_str_eq(local(m.next_attempt), "2026-05-11T08:00:30+02:00");
	ck_assert_int_eq(m.first_attempt.us, m.planned.us);
	calendar_free(c);
}
END_TEST

/* ---- the schedule -------------------------------------------------------------------------------- */

static const struct {
	int line;
	const char *next; /* after each attempt that was refused for now at its instant */
} schedule[] = {
	{ __LINE__, "2026-05-11T08:00:05+02:00" },
	{ __LINE__, "2026-05-11T08:05:05+02:00" },
	{ __LINE__, "2026-05-11T08:35:05+02:00" },
	{ __LINE__, "2026-05-11T10:35:05+02:00" },
	{ __LINE__, "2026-05-11T15:35:05+02:00" },
	{ __LINE__, "2026-05-12T07:30:00+02:00" }, /* 10 h is in the night */
	{ __LINE__, "2026-05-13T07:30:00+02:00" },
	/* 14 May is Ascension Day, 15 May an ordinary Friday, then the weekend: 5 days have passed
	 * on Saturday at 8:00, so the last attempt is on Monday. */
	{ __LINE__, "2026-05-15T07:30:00+02:00" },
	{ __LINE__, "2026-05-18T07:30:00+02:00" },
	{ __LINE__, "never" },
};

START_TEST(the_schedule_of_retries)
{
	struct calendar *c = calendar();
	struct message m = pending("2026-05-11T08:00:00+02:00");
	struct result later = result_of(VERDICT_LATER, "450 busy");
	const size_t rows = UNIT_COUNT(schedule);

	for (size_t i = 0; i < rows; i++) {
		struct instant now = m.next_attempt;

		outbox_start(&m, now);
		outbox_settle(&m, &later, c, now);
		ck_assert_msg(strcmp(local(m.next_attempt), schedule[i].next) == 0, "line %d: %s",
			      schedule[i].line, local(m.next_attempt));
	}
	ck_assert_int_eq(m.state, MESSAGE_EXPIRED);
	ck_assert_int_eq(m.attempts, (int)rows);
	ck_assert(outbox_is_unreached(m.state));
	calendar_free(c);
}
END_TEST

static const struct {
	int line;
	int wait; /* seconds that the server asks for, after the first attempt at 08:00 */
	const char *next;
} waits[] = {
	{ __LINE__, 0, "2026-05-11T08:00:05+02:00" },
	{ __LINE__, 3, "2026-05-11T08:00:05+02:00" },
	{ __LINE__, 60, "2026-05-11T08:01:00+02:00" },
	{ __LINE__, 12 * 3600, "2026-05-12T07:30:00+02:00" },
	{ __LINE__, 30 * 86400, "2026-05-18T07:30:00+02:00" }, /* the end of its life, and open */
};

START_TEST(a_server_may_ask_for_a_pause)
{
	struct calendar *c = calendar();
	struct message m = pending("2026-05-11T08:00:00+02:00");
	struct result later = result_of(VERDICT_LATER, "HTTP/1.1 503");

	later.wait = SECONDS(waits[_i].wait);
	outbox_start(&m, m.planned);
	outbox_settle(&m, &later, c, m.planned);
	ck_assert_msg(strcmp(local(m.next_attempt), waits[_i].next) == 0, "line %d: %s",
		      waits[_i].line, local(m.next_attempt));
	calendar_free(c);
}
END_TEST

/* A link to sign in is of use for a quarter of an hour: it is tried at any hour of it, and not after. */
static const struct {
	int line;
	enum verdict verdict;
	int wait; /* seconds that the server asks for */
	const char *next[5];
} at_once[] = {
	{ __LINE__,
	  VERDICT_LATER,
	  0,
	  { "2026-05-11T22:00:05+02:00", "2026-05-11T22:01:05+02:00", "2026-05-11T22:04:05+02:00",
	    "2026-05-11T22:07:05+02:00", "2026-05-11T22:10:05+02:00" } },
	{ __LINE__,
	  VERDICT_LATER,
	  120,
	  { "2026-05-11T22:02:00+02:00", "2026-05-11T22:04:00+02:00", "2026-05-11T22:07:00+02:00",
	    "2026-05-11T22:10:00+02:00", "2026-05-11T22:13:00+02:00" } },
	{ __LINE__, VERDICT_LATER, 900, { "never" } },
	{ __LINE__,
	  VERDICT_UNKNOWN,
	  0,
	  { "2026-05-11T22:00:05+02:00", "2026-05-11T22:01:05+02:00", "never" } },
};

START_TEST(a_link_to_sign_in_is_tried_while_it_is_good)
{
	struct calendar *c = calendar();
	struct message m = pending("2026-05-11T22:00:00+02:00");
	struct result r = result_of(at_once[_i].verdict, "450 busy");

	m.kind = KIND_SIGN_IN;
	m.created = m.planned;
	r.wait = SECONDS(at_once[_i].wait);
	for (size_t i = 0; i < 5 && m.state != MESSAGE_EXPIRED; i++) {
		struct instant now = m.next_attempt;

		outbox_start(&m, now);
		outbox_settle(&m, &r, c, now);
		ck_assert_msg(strcmp(local(m.next_attempt), at_once[_i].next[i]) == 0,
			      "line %d: %s", at_once[_i].line, local(m.next_attempt));
	}
	calendar_free(c);
}
END_TEST

UNIT_TESTS("engine/outbox/message_state", UNIT(no_other_transition_is_possible),
	   UNIT_ROWS(each_deed_in_each_state, UNIT_COUNT(deeds)),
	   UNIT_ROWS(each_result_ends_in_its_state, UNIT_COUNT(ends)),
	   UNIT(three_unknown_outcomes_are_held), UNIT(a_steward_has_it_tried_again),
	   UNIT_ROWS(a_test_is_tried_once, UNIT_COUNT(ends)), UNIT(what_never_began_is_put_back),
	   UNIT(the_schedule_of_retries),
	   UNIT_ROWS(a_server_may_ask_for_a_pause, UNIT_COUNT(waits)),
	   UNIT_ROWS(a_link_to_sign_in_is_tried_while_it_is_good, UNIT_COUNT(at_once)))
