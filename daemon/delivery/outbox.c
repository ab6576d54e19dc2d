/* SPDX-License-Identifier: Apache-2.0 */
/*
 *	PENDING ──→ STARTED ──→ DELIVERED, FAILED, EXPIRED
 *	   │  ↖────╯  │  ↑ ╰──→ HELD ──→ RETRY, DROPPED
 *	   │          ↓  │
 *	   │         RETRY ──→ DROPPED
 *	   ╰────────────────→ DROPPED
 *
 * next_attempt is set exactly in PENDING and RETRY, finished exactly where no arrow leads on. attempts
 * counts the starts that were not put back; unknown, at most attempts, those whose outcome nobody
 * knows. The last attempt is made when OUTBOX_LIFETIME has passed since the first, or, when that
 * instant is outside open hours, at the next opening.
 *
 * A test is tried once: it fails where another message would be retried.
 */
#include <assert.h>
#include <stdio.h>

#include "delivery/outbox.h"

#define TO(state) (1u << MESSAGE_##state)

static const unsigned transitions[MESSAGE_STATES] = {
	[MESSAGE_PENDING] = TO(STARTED) | TO(DROPPED),
	[MESSAGE_STARTED] =
		TO(PENDING) | TO(RETRY) | TO(DELIVERED) | TO(FAILED) | TO(HELD) | TO(EXPIRED),
	[MESSAGE_RETRY] = TO(STARTED) | TO(DROPPED),
	[MESSAGE_HELD] = TO(RETRY) | TO(DROPPED),
};

/* Until the next attempt, after the first, second, … one; after that, daily. */
static const struct duration pauses[] = {
	SECONDS(5), MINUTES(5), MINUTES(30), HOURS(2), HOURS(5), HOURS(10),
};
static const struct duration last_pause = DAYS(1);

bool outbox_may(enum message_state from, enum message_state to)
{
	return (transitions[from] >> to) & 1;
}

static void move(struct message *m, enum message_state to, struct instant now)
{
	assert(outbox_may(m->state, to));
	m->state = to;
	m->finished = transitions[to] == 0 ? now : INSTANT_NONE;
	m->next_attempt = INSTANT_NONE;
}

void outbox_start(struct message *m, struct instant now)
{
	move(m, MESSAGE_STARTED, now);
	if (m->attempts == 0)
		m->first_attempt = now;
	m->attempts++;
}

void outbox_put_back(struct message *m, struct instant now)
{
	assert(m->attempts > 0);
	move(m, m->attempts == 1 ? MESSAGE_PENDING : MESSAGE_RETRY, now);
	m->next_attempt = now;
	m->attempts--;
	if (m->attempts == 0)
		m->first_attempt = INSTANT_NONE;
}

static void retry(struct message *m, struct duration wait, const struct calendar *calendar,
		  struct instant now)
{
	size_t n = (size_t)m->attempts - 1;
	struct duration pause = n < sizeof(pauses) / sizeof(*pauses) ? pauses[n] : last_pause;
	struct instant last = instant_add(m->first_attempt, OUTBOX_LIFETIME);
	struct instant next = instant_add(now, wait.us > pause.us ? wait : pause);

	if (instant_compare(now, last) >= 0) {
		move(m, MESSAGE_EXPIRED, now);
		return;
	}
	move(m, MESSAGE_RETRY, now);
	m->next_attempt = calendar_next_open(calendar, instant_min(next, last));
}

void outbox_settle(struct message *m, const struct result *result, const struct calendar *calendar,
		   struct instant now)
{
	bool again = m->kind != KIND_TEST;

	snprintf(m->last_answer, sizeof(m->last_answer), "%s", result->answer);
	switch (result->verdict) {
	case VERDICT_ACCEPTED:
		move(m, MESSAGE_DELIVERED, now);
		break;
	case VERDICT_REFUSED:
		move(m, MESSAGE_FAILED, now);
		break;
	case VERDICT_UNKNOWN:
		m->unknown++;
		if (again && m->unknown >= OUTBOX_UNKNOWN_MAX) {
			move(m, MESSAGE_HELD, now);
			break;
		}
		__attribute__((fallthrough));
	case VERDICT_LATER:
	case VERDICT_UNBEGUN: /* is put back instead */
		assert(result->verdict != VERDICT_UNBEGUN);
		if (again)
			retry(m, result->wait, calendar, now);
		else
			move(m, MESSAGE_FAILED, now);
		break;
	}
}

void outbox_retry(struct message *m, const struct calendar *calendar, struct instant now)
{
	if (m->state != MESSAGE_RETRY)
		move(m, MESSAGE_RETRY, now);
	m->next_attempt = calendar_next_open(calendar, now);
}

void outbox_drop(struct message *m, const char *why, struct instant now)
{
	move(m, MESSAGE_DROPPED, now);
	snprintf(m->last_answer, sizeof(m->last_answer), "%s", why);
}

bool outbox_is_unreached(enum message_state state)
{
	return state == MESSAGE_FAILED || state == MESSAGE_EXPIRED || state == MESSAGE_HELD;
}
