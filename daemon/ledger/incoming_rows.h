/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mails that came in and were recognised: reports and replies, each about one message of the outbox; and, until it has
 * left, the whole of what is to be forwarded.
 */
#pragma once
#include "ledger/types.h"

/* What a mail that came in is. The numbers are stored. */
enum incoming_what {
	INCOMING_FAILURE,   /* a report that the message will not arrive */
	INCOMING_DELAY,	    /* a report that it has not arrived yet, and is tried further */
	INCOMING_AUTOMATIC, /* what a program answered for its reader */
	INCOMING_PERSON,    /* what its reader wrote */
	INCOMING_WHATS,
};
/* "failure", "delay", "automatic", "reply". */
const char *incoming_what_name(enum incoming_what what);

#define INCOMING_KEY_MAX 64	      /* bytes: a SHA-256 in hex */
#define INCOMING_TEXT_CHARACTERS 4000 /* of a reply, at most */

struct incoming_row {
	int64_t id;
	char key[INCOMING_KEY_MAX + 1]; /* unique: the same for the same mail read again */
	struct message_id message;	/* which it is about */
	int attempt;			/* of the message's, from 1; 0: not known */
	enum incoming_what what;
	struct instant at; /* when it came in */
	char status[16];   /* of a report: "5.1.1"; "" */
	char answer[300];  /* of a report: what the server said, one line; "" */
	char subject[LINE_MAX_BYTES + 1];
	char *text; /* of a reply, without what it quotes; NULL; incoming_row_done frees */
	char person[ID_MAX + 1]; /* whom the message was to: who replied, or was not reached */
};
/* id 0: insert, and set it. Else replace. The key of a further row must not be there yet. */
int ledger_put_incoming(struct ledger *l, struct incoming_row *row);
int ledger_find_incoming(struct ledger *l, const char *key, struct incoming_row *ret,
			 bool *ret_found);
int ledger_find_incoming_by_id(struct ledger *l, int64_t id, struct incoming_row *ret,
			       bool *ret_found);
/* How many there are of a message. */
int ledger_count_incoming(struct ledger *l, struct message_id message, int64_t *ret);
/* Of a message, oldest first. */
int ledger_incoming(struct ledger *l, struct message_id message,
		    int (*row)(void *userdata, const struct incoming_row *row), void *userdata);
/* Of a kind, that came in at `since` or later, oldest first. */
int ledger_incoming_since(struct ledger *l, enum incoming_what what, struct instant since,
			  int (*row)(void *userdata, const struct incoming_row *row),
			  void *userdata);
void incoming_row_done(struct incoming_row *row);

/* Keep the whole mail of a row, byte for byte. */
int ledger_put_forward(struct ledger *l, int64_t incoming, const char *bytes, size_t length);
/* *ret: on the heap, with a NUL behind its length, for the caller to free; untouched unless found. */
int ledger_find_forward(struct ledger *l, int64_t incoming, char **ret, size_t *ret_length,
			bool *ret_found);
/* It has left; once more, after it had come back, too. */
int ledger_put_forwarded(struct ledger *l, int64_t incoming, struct instant at);
/* It never will leave. */
int ledger_forget_forward(struct ledger *l, int64_t incoming);
/* Forget all that left before this. */
int ledger_forget_forwarded(struct ledger *l, struct instant before);

extern const struct row_type incoming_type, forwarded_type;
