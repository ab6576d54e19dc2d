/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of delivery share: the attempts that are being made. */
#pragma once
#include "delivery/delivery.h"
#include "delivery/route.h"
#include "engine/outbox/message_state.h"
#include "message/return_token.h"

enum phase {
	PHASE_STARTING,	 /* started in the open turn: no byte may leave yet */
	PHASE_QUEUED,	 /* the start is committed; waits for a connection */
	PHASE_IN_FLIGHT, /* its bytes are with transfer */
	PHASE_ENDED,	 /* its result waits to be recorded */
	PHASE_RECORDED,	 /* recorded in the open turn */
};

struct attempt {
	TAILQ_ENTRY(attempt) link;
	struct delivery *delivery;
	struct route *route;
	struct plan *plan; /* a reference: what is under way speaks of its channel */
	enum phase phase;
	struct message_id message;
	int64_t claim; /* the token of this daemon when it began (ledger/daemons.h) */
	struct composed composed;
	struct doubt_mark begun;
	struct instant begun_at;
	char *to; /* the mail address; NULL for a hook */
	char from
		[RETURN_ADDRESS]; /* its return address, and the token in it; "" without a return_path */
	char token[RETURN_TOKEN];
	json_t *reminder; /* news of the first attempt, or NULL */
	bool at_once;	  /* hold does not keep it back */
	bool decided;	  /* the result is there without sending */
	bool put_back;	  /* ended without having begun */
	bool back;	  /* its server was down, and is not any more */
	bool last;	  /* its server said that it wants no more, and had not said so before */
	struct result result;
};
TAILQ_HEAD(attempt_list, attempt);

struct delivery {
	struct engine *engine;
	struct templates *templates;
	const struct links *links; /* or NULL */
	sd_event *event;
	sd_event_source *record; /* enabled while results wait to be recorded */
	sd_event_source *again;	 /* a second later */
	const struct delivery_calls *calls;
	void *userdata;
	LIST_HEAD(, route) routes;
	struct attempt_list attempts; /* in the order of their start */
	json_t *news;		      /* paminn.delivery events of the open turn */
	bool recover;		  /* rows that the last run left STARTED have not been seen to */
	bool stopping;		  /* nothing new begins */
	bool beginning;		  /* attempt_begin_queued is at work */
	bool recorded;		  /* the turn that has ended recorded a result */
	struct mono ended_at;	  /* when an attempt last ended, or it all began */
	struct instant forgot_at; /* when old replies that were passed on were last forgotten */
	int64_t roster;		  /* of the daemons, when what is left was last looked for */
};

/* Within the turn: start a message, or drop it when it has become moot. */
int attempt_start(struct delivery *d, struct route *r, struct message *m, struct instant now);
/* Hand over what is queued, as far as there are connections. */
void attempt_begin_queued(struct delivery *d);
/* Put all that is queued for the route (NULL: any) back where it came from. */
void attempt_put_back_queued(struct delivery *d, const struct route *r);
/* Record what has ended, in a turn. */
void attempt_record_ended(struct delivery *d);
/* Call ended, or record what could not be, a second from now. */
void attempt_again(struct delivery *d);
/* The turn has ended. True when an attempt's result has been committed. */
bool attempt_turn_ended(struct delivery *d, enum turn_end end);
void attempt_free(struct attempt *a);
/* Compose what it sends, and the news of it. Within the turn, before the message is started. 0 or CONTENT_NOTHING;
 * words that fail end the attempt before it begins. */
int attempt_compose(struct attempt *a, const struct message *m, struct instant now);
/* Keep the message, which is settled, what became of the attempt, and what left by it. Within the turn. */
int attempt_keep(const struct attempt *a, struct message *m, struct instant now);
/* What the row has become is news, once the turn is committed; support hears of who was not reached. */
int attempt_tell(struct delivery *d, const struct message *m, struct instant now);
