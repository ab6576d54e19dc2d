/* SPDX-License-Identifier: Apache-2.0 */
/*
 *	PENDING ──→ STARTED ──→ EXPIRED
 *	   │  ↖────╯  │  ↑ ├──→ HELD, FAILED ──→ RETRY, DROPPED
 *	   │          │  │ ╰──→ DELIVERED ──→ BOUNCED ──→ RETRY, DROPPED
 *	   │          ↓  │
 *	   │         RETRY ──→ DROPPED
 *	   ╰────────────────→ DROPPED
 *
 *	PENDING		waits for its instant, or for its server; nothing of it has left yet
 *	STARTED		an attempt is being made. Committed before a byte leaves, so a crash leaves it here,
 *			and what the attempt came to is then unknown
 *	RETRY		waits for another attempt
 *	HELD		its outcome is unknown, for the OUTBOX_UNKNOWN_MAXth time: a copy may have arrived,
 *			so none leaves any more unless a steward says so
 *	DELIVERED	the mail server or the hook has accepted it
 *	FAILED		refused for good; a steward who has mended what was wrong has it tried again
 *	EXPIRED		not accepted within OUTBOX_LIFETIME
 *	BOUNCED		accepted, and reported as undeliverable later: nobody has got it. Also one that waits or is
 *			held, when a copy of it that had been accepted came back. A steward who has mended what
 *			was wrong has it tried again
 *	DROPPED		it had become moot before it left, or a steward dropped it
 *
 * Which of them wait (next_attempt is set) and which are finished (finished is) is the ledger's to say,
 * whose indexes they are. attempts counts the starts that were not put back; unknown, at most attempts,
 * those whose outcome nobody knows. The last attempt is made when OUTBOX_LIFETIME has passed since the
 * first, or, when that instant is outside open hours, at the next opening.
 *
 * A test is tried once: it fails where another message would be retried. A link to sign in leaves at any hour, and
 * is tried more often, for as long as it is good: OUTBOX_AT_ONCE.
 */
#include "engine/outbox/message_state.h"

#include <assert.h>
#include <stdio.h>

#define TO(state) (1u << MESSAGE_##state)

static const unsigned transitions[MESSAGE_STATES] = {
	[MESSAGE_PENDING] = TO(STARTED) | TO(DROPPED),
	[MESSAGE_STARTED] =
		TO(PENDING) | TO(RETRY) | TO(DELIVERED) | TO(FAILED) | TO(HELD) | TO(EXPIRED),
	[MESSAGE_DELIVERED] = TO(BOUNCED),
	[MESSAGE_RETRY] = TO(STARTED) | TO(DROPPED) | TO(BOUNCED),
	[MESSAGE_HELD] = TO(RETRY) | TO(DROPPED) | TO(BOUNCED),
	[MESSAGE_FAILED] = TO(RETRY) | TO(DROPPED), /* moot by the time that it is retried */
	[MESSAGE_BOUNCED] = TO(RETRY) | TO(DROPPED),
};

/* Until the next attempt, after the first, second, … one; after that, daily. */
static const struct duration pauses[] = {
	SECONDS(5), MINUTES(5), MINUTES(30), HOURS(2), HOURS(5), HOURS(10),
};
static const struct duration last_pause = DAYS(1);
/* The same of what leaves at once: a server that wants to be asked twice has had its time by the third. */
static const struct duration pauses_at_once[] = { SECONDS(5), MINUTES(1), MINUTES(3) };

bool outbox_may(enum message_state from, enum message_state to)
{
	return outbox_is_in(to, transitions[from]);
}

bool outbox_is_in(enum message_state state, unsigned set)
{
	return (set >> state) & 1;
}

unsigned outbox_states_to_retry(void)
{
	return TO(RETRY) | TO(HELD) | TO(FAILED) | TO(BOUNCED);
}

unsigned outbox_states_to_drop(void)
{
	return message_states_waiting() | TO(HELD);
}

bool outbox_is_unreached(enum message_state state)
{
	return outbox_is_in(state, TO(FAILED) | TO(EXPIRED) | TO(HELD) | TO(BOUNCED));
}

/* at: the next attempt of one that waits, the end of one that is finished; else not kept. */
static void move(struct message *m, enum message_state to, struct instant at)
{
	assert(outbox_may(m->state, to));
	m->state = to;
	m->next_attempt = outbox_is_in(to, message_states_waiting()) ? at : INSTANT_NONE;
	m->finished = outbox_is_in(to, message_states_finished()) ? at : INSTANT_NONE;
}

struct message outbox_message(enum message_kind kind, struct instant planned, struct instant now)
{
	return (struct message){
		.kind = kind,
		.state = MESSAGE_PENDING,
		.created = now,
		.planned = planned,
		.next_attempt = planned,
		.first_attempt = INSTANT_NONE,
		.finished = INSTANT_NONE,
	};
}

struct instant outbox_opens(const struct message *m, const struct calendar *calendar,
			    struct instant from)
{
	return m->kind == KIND_SIGN_IN ? from : calendar_next_open(calendar, from);
}

void outbox_reschedule(struct message *m, struct instant planned)
{
	outbox_postpone(m, planned);
	m->planned = planned;
}

void outbox_postpone(struct message *m, struct instant until)
{
	assert(outbox_is_in(m->state, message_states_waiting()));
	m->next_attempt = until;
}

void outbox_start(struct message *m, struct instant now)
{
	move(m, MESSAGE_STARTED, now);
	if (m->attempts == 0)
		m->first_attempt = now;
	m->attempts++;
}

void outbox_put_back(struct message *m, struct instant when)
{
	assert(m->state == MESSAGE_STARTED && m->attempts > 0);
	move(m, m->attempts == 1 ? MESSAGE_PENDING : MESSAGE_RETRY, when);
	m->attempts--;
	if (m->attempts == 0)
		m->first_attempt = INSTANT_NONE;
}

static void retry_at_once(struct message *m, struct duration wait, struct instant now)
{
	const size_t count = sizeof(pauses_at_once) / sizeof(*pauses_at_once);
	const size_t n = (size_t)m->attempts < count ? (size_t)m->attempts : count;
	const struct duration pause = pauses_at_once[n - 1];
	const struct instant next = instant_add(now, wait.us > pause.us ? wait : pause);

	if (m->unknown >= OUTBOX_UNKNOWN_MAX ||
	    instant_compare(next, instant_add(m->created, OUTBOX_AT_ONCE)) >= 0)
		move(m, MESSAGE_EXPIRED, now);
	else
		move(m, MESSAGE_RETRY, next);
}

static void retry(struct message *m, struct duration wait, const struct calendar *calendar,
		  struct instant now)
{
	size_t n = (size_t)m->attempts - 1;
	struct duration pause = n < sizeof(pauses) / sizeof(*pauses) ? pauses[n] : last_pause;
	struct instant last = instant_add(m->first_attempt, OUTBOX_LIFETIME);
	struct instant next = instant_add(now, wait.us > pause.us ? wait : pause);

	if (instant_compare(now, last) >= 0)
		move(m, MESSAGE_EXPIRED, now);
	else
		move(m, MESSAGE_RETRY, calendar_next_open(calendar, instant_min(next, last)));
}

void outbox_settle(struct message *m, const struct result *result, const struct calendar *calendar,
		   struct instant now)
{
	bool again = m->kind != KIND_TEST;

	assert(m->state == MESSAGE_STARTED && result->verdict != VERDICT_UNBEGUN &&
	       result->verdict != VERDICT_POLICY);
	m->unknown += result->verdict == VERDICT_UNKNOWN;
	snprintf(m->last_answer, sizeof(m->last_answer), "%s", result->answer);
	if (result->verdict == VERDICT_ACCEPTED)
		move(m, MESSAGE_DELIVERED, now);
	else if (result->verdict == VERDICT_REFUSED || !again)
		move(m, MESSAGE_FAILED, now);
	else if (m->kind == KIND_SIGN_IN)
		retry_at_once(m, result->wait, now);
	else if (result->verdict == VERDICT_UNKNOWN && m->unknown >= OUTBOX_UNKNOWN_MAX)
		move(m, MESSAGE_HELD, now);
	else
		retry(m, result->wait, calendar, now);
}

void outbox_retry(struct message *m, const struct calendar *calendar, struct instant now)
{
	struct instant opens = outbox_opens(m, calendar, now);

	assert(outbox_is_in(m->state, outbox_states_to_retry()));
	if (m->state == MESSAGE_RETRY)
		outbox_postpone(m, opens);
	else
		move(m, MESSAGE_RETRY, opens);
}

void outbox_bounce(struct message *m, const char *answer, struct instant now)
{
	move(m, MESSAGE_BOUNCED, now);
	snprintf(m->last_answer, sizeof(m->last_answer), "%s", answer);
}

void outbox_drop(struct message *m, const char *why, struct instant now)
{
	move(m, MESSAGE_DROPPED, now);
	snprintf(m->last_answer, sizeof(m->last_answer), "%s", why);
}
