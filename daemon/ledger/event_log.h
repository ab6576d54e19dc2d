/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The log: every event that was accepted, and the publishers' sequences.
 */
#pragma once
#include "ledger/types.h"

/* The seq of the event of this source and id. */
int ledger_find_event(struct ledger *l, const char *source, const char *id, int64_t *ret_seq,
		      bool *ret_found);
/* Such an event will be looked for in this transaction, and what it is about. 0 or a negative errno. */
int ledger_prefetch_event(struct ledger *l, const char *source, const char *id,
			  const char *subject);
/* Does that gain anything? */
bool ledger_prefetches(const struct ledger *l);
struct logged_event {
	int64_t seq;				  /* its place in the log; the log gives it */
	const char *source, *id, *type, *subject; /* borrowed for the call, as is the body */
	struct instant time, received;
	const char *body; /* its JSON text */
	int64_t undone;	  /* read: the event that took it back, so that it counts no more; 0 */
};
/* Append; event->seq is not read. -EEXIST when source + id is there already. */
int ledger_append_event(struct ledger *l, const struct logged_event *event, int64_t *ret_seq);
/* Write the body of seq anew, for who removes somebody's words from it. Its place, identity, type and subject stay. */
int ledger_rewrite_event(struct ledger *l, int64_t seq, const char *body);
/* The seq of the newest event, 0 for none. */
int ledger_newest_seq(struct ledger *l, int64_t *ret);
/* The body of seq; caller frees. */
int ledger_event_body(struct ledger *l, int64_t seq, char **ret);
/* Events about a subject, oldest first. */
int ledger_events_of(struct ledger *l, const char *subject,
		     int (*row)(void *userdata, const struct logged_event *event), void *userdata);

/* A walk backwards, from the newest event on, of at most `max` events each time. */
struct events_back {
	int64_t cursor; /* 0: from the newest; it moves on, to -1 at the end */
	size_t max;
};
/* Events about a subject, newest first: 1 when there are more, 0 at the end, or a negative errno. */
int ledger_events_back(struct ledger *l, const char *subject, struct events_back *back,
		       int (*row)(void *userdata, const struct logged_event *event),
		       void *userdata);

/* Those with seq > after, at most max, in their order. */
int ledger_log(struct ledger *l, int64_t after, size_t max,
	       int (*row)(void *userdata, const struct logged_event *event), void *userdata);

/* A publisher's sequence, if it has one: what was last seen and how many were lost in all. */
int ledger_find_sequence(struct ledger *l, const char *source, int64_t *ret_last, int64_t *ret_lost,
			 bool *ret_found);
/* Those of which some were lost, by source. */
int ledger_sequences_lost(struct ledger *l,
			  int (*row)(void *userdata, const char *source, int64_t lost),
			  void *userdata);
int ledger_set_sequence(struct ledger *l, const char *source, int64_t last, int64_t lost);
