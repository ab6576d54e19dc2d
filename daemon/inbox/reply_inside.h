/* SPDX-License-Identifier: Apache-2.0 */
/* A reply that is at hand: shared by reply.c and reply_answer.c alone. */
#pragma once
#include "engine/outbox/absence.h"
#include "inbox/person_reply.h"
#include "ledger/lists.h"

#define REPLY_ABOUT_MAX 64 /* things that one message is about, of which a reply takes notice */

/* A measure or a deadline that the message was about. */
struct reply_about {
	char id[ITEM_ID];
	bool measure;
	bool named; /* by the reply */
	bool meant; /* it is about that */
};
struct replied {
	struct engine *e;
	const struct reply *reply;
	struct instant now;
	const struct person *person; /* NULL: what they say counts for nothing now */
	struct absences *absences;
	struct reply_about about[REPLY_ABOUT_MAX];
	size_t count;
	const struct reply_news *news;
};
