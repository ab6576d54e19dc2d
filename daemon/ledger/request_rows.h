/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Extensions that were asked for, and what was decided on each.
 */
#pragma once
#include "ledger/types.h"

/* What has been decided of a request; who may change it, and how: engine/obligation/requests.h. */
enum request_state {
	REQUEST_OPEN,
	REQUEST_GRANTED,
	REQUEST_DENIED,
	REQUEST_MOOT,	  /* what it was about was returned meanwhile */
	REQUEST_REPLACED, /* the same was asked for anew */
	REQUEST_STATES,
};
struct request_row {
	int64_t seq;			  /* of the event that asked */
	char event[EVENT_ID_MAX * 4 + 1]; /* its id: of its source only the one */
	char source[SOURCE_MAX + 1];
	char deadline[ITEM_ID];	  /* "": of a measure's own date */
	char measure[MEASURE_ID]; /* "": of the deadline as a whole */
	char due[EVENT_DUE_TEXT]; /* what is asked for: "2026-10-20", "meeting RF 2026-10" */
	char reason[LINE_MAX_BYTES + 1];
	struct optional progress; /* per cent */
	struct instant at;	  /* when it was asked for */
	enum request_state state;
	struct instant decided_at;	    /* INSTANT_NONE while REQUEST_OPEN */
	int64_t decided_seq;		    /* of the event that decided it; 0 */
	char reference[LINE_MAX_BYTES + 1]; /* REQUEST_GRANTED: of the decision; else "" */
	char answer[LINE_MAX_BYTES + 1];    /* REQUEST_DENIED: why; else "" */
};
int ledger_put_request(struct ledger *l, const struct request_row *r); /* key: seq */
int ledger_find_request(struct ledger *l, const char *source, const char *event,
			struct request_row *ret, bool *ret_found);
/* Those with this event's id: of several sources each may have used it. Newest first. */
int ledger_requests_called(struct ledger *l, const char *event,
			   int (*row)(void *userdata, const struct request_row *r), void *userdata);
/* It will be asked for in this transaction. */
int ledger_prefetch_open_request(struct ledger *l, struct deadline_id deadline,
				 struct measure_id measure);
/* The REQUEST_OPEN one of exactly this: deadline or measure "" as in the row. */
int ledger_find_open_request(struct ledger *l, struct deadline_id deadline,
			     struct measure_id measure, struct request_row *ret, bool *ret_found);
/* All REQUEST_OPEN ones of a deadline, of its measures too. */
int ledger_open_requests(struct ledger *l, struct deadline_id deadline,
			 int (*row)(void *userdata, const struct request_row *r), void *userdata);
/* Those with seq > after, at most max, in their order; returns the count. */
int ledger_requests(struct ledger *l, int64_t after, struct request_row *out, size_t max);

extern const struct row_type request_type;
