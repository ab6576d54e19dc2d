/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/inquiry/fate.h"

#include <stdio.h>
#include <string.h>

struct fate fate_of(const struct message *m, bool on_hold)
{
	struct fate fate = { .decision = DECISION_SENT };
	char at[MINUTE_TEXT];

	switch (m->state) {
	case MESSAGE_DELIVERED:
		snprintf(fate.words, sizeof(fate.words), "accepted %s",
			 inquiry_minute(m->finished, at));
		break;
	case MESSAGE_FAILED:
	case MESSAGE_EXPIRED:
	case MESSAGE_HELD:
		fate.decision = DECISION_FAILED;
		snprintf(fate.words, sizeof(fate.words), "%s: %s", message_state_name(m->state),
			 m->last_answer);
		break;
	case MESSAGE_BOUNCED:
		fate.decision = DECISION_FAILED;
		snprintf(fate.words, sizeof(fate.words), "the mail came back: %s", m->last_answer);
		break;
	case MESSAGE_DROPPED:
		fate.decision = DECISION_SUPPRESSED;
		snprintf(fate.words, sizeof(fate.words), "dropped: %s", m->last_answer);
		break;
	case MESSAGE_STARTED:
		snprintf(fate.words, sizeof(fate.words), "on its way");
		break;
	default:
		fate.decision = DECISION_PLANNED;
		snprintf(fate.words, sizeof(fate.words), "waits to leave at %s%s%s%s",
			 inquiry_minute(m->next_attempt, at), on_hold ? "; hold is on" : "",
			 m->last_answer[0] ? "; last answer: " : "", m->last_answer);
		break;
	}
	return fate;
}

/* The item of a message that a mark put there, and whether it was struck out. */
struct struck {
	const struct mark *mark;
	bool moot;
};

static int find_struck(void *userdata, const struct item *item)
{
	struct struck *s = userdata;

	if (item->obligation.n == s->mark->obligation.n && item->round == s->mark->round &&
	    item->repetition == s->mark->repetition && strcmp(item->step, s->mark->step) == 0)
		s->moot |= item->moot;
	return 0;
}

int fate_of_mark(struct inquiry *q, const struct mark *mark, struct fate *ret)
{
	struct struck struck = { .mark = mark };
	struct message m;
	int r = ledger_message(q->e.ledger, mark->message, &m);

	if (r >= 0)
		r = ledger_items(q->e.ledger, m.id, find_struck, &struck);
	if (r < 0)
		return r;
	*ret = fate_of(&m, ledger_is_on_hold(q->e.ledger));
	/* What was refused for good, or came back, before it became moot was so all the same. */
	if (struck.moot && !mark->accepted && m.state != MESSAGE_FAILED &&
	    m.state != MESSAGE_BOUNCED) {
		ret->decision = DECISION_SUPPRESSED;
		snprintf(ret->words, sizeof(ret->words), "moot before it left: %s",
			 m.state == MESSAGE_DROPPED ? m.last_answer
						    : "answered or withdrawn; the rest was told");
	}
	return 0;
}
