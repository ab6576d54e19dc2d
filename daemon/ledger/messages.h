/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The outbox: messages, and the items that each speaks of.
 */
#pragma once
#include "ledger/types.h"

enum message_kind {
	KIND_REMINDER,
	KIND_ESCALATION,
	KIND_ALERT,
	KIND_MOVED,
	KIND_CONFIRMATION,
	KIND_TEST, /* asked for by a steward: nobody is asked by it, and it is tried once */
	KIND_ASSIGNED,
	KIND_SIGN_IN, /* a one-time link: leaves at once, whatever the hour, and is soon of no use */
	KIND_REREPORT, /* a paper that was frozen, with it */
	KIND_REPLY,    /* what somebody's reply was understood as, and the button that records it */
	KIND_FORWARD,  /* a reply as it came, on its way to mail.reply_to: RECIPIENT_REPLY_TO */
	KIND_HOLD,     /* that nothing leaves, or leaves again: leaves while nothing else does */
	KIND_ABSENCE,  /* that somebody is away, or back */
	KINDS,
};
enum message_state {
	MESSAGE_PENDING,
	MESSAGE_STARTED,
	MESSAGE_DELIVERED,
	MESSAGE_RETRY,
	MESSAGE_FAILED,
	MESSAGE_HELD,
	MESSAGE_EXPIRED,
	MESSAGE_DROPPED,
	MESSAGE_BOUNCED, /* accepted, and reported later as not delivered */
	MESSAGE_STATES,
};
const char *message_kind_name(enum message_kind kind);
const char *message_state_name(enum message_state state);
/* The states, as bits: of what may leave by itself; of what never will again by itself; of all others. */
unsigned message_states_waiting(void);
unsigned message_states_finished(void);
unsigned message_states_open(void);

/* Whom a KIND_FORWARD is to: nobody of the plan, but the address that its settings have for replies. */
#define RECIPIENT_REPLY_TO "mail:reply_to"

struct message {
	struct message_id id;
	char to[RECIPIENT_ID];	  /* a person's id, "channel:NAME" or RECIPIENT_REPLY_TO */
	char channel[ID_MAX + 1]; /* "mail" or a channel's name */
	enum message_kind kind;
	enum message_state state;
	struct instant created;
	struct instant planned;	      /* when it is to leave */
	struct instant next_attempt;  /* PENDING, RETRY: not before; else INSTANT_NONE */
	struct instant first_attempt; /* INSTANT_NONE before the first */
	struct instant
		finished;      /* INSTANT_NONE until delivered, failed, expired, dropped, bounced */
	int attempts, unknown; /* unknown: attempts whose outcome is not known */
	char last_answer[300]; /* of the server, or why it was dropped; "" */
	int64_t claim; /* token of the daemon that began the last attempt (daemons.h); 0: none */
};
/* One thing a message speaks of. What `what` means and which parts of detail it has: engine/outbox/post.h. */
struct item {
	struct message_id message;
	unsigned n;				     /* order within the message, from 0 */
	struct obligation_id obligation;	     /* 0: none */
	char deadline[ITEM_ID], measure[MEASURE_ID]; /* "" where there is none */
	int round;
	char step[STEP_TEXT]; /* "" when no step */
	unsigned repetition;
	int what; /* enum item_what of engine/outbox/post.h */
	bool late;
	bool moot;		     /* no longer true: not told */
	char stands_for[ID_MAX + 1]; /* who is away, for whom its recipient gets it; "": nobody */
	char *detail;		     /* JSON text or NULL; item_done frees */
};
void item_done(struct item *item);

int ledger_put_message(struct ledger *l, struct message *m); /* id 0: insert */
int ledger_message(struct ledger *l, struct message_id id, struct message *ret);
int ledger_find_message(struct ledger *l, struct message_id id, struct message *ret,
			bool *ret_found);
/* What a message must be like, to be joined by an item. */
struct message_key {
	struct recipient_id to;
	const char *channel;
	enum message_kind kind;
	struct instant planned; /* INSTANT_NONE: whenever */
};
/* A pending message to join, one never started yet. */
int ledger_find_message_to_join(struct ledger *l, const struct message_key *key,
				struct message *ret, bool *ret_found);
/* It will be asked for in this transaction. */
int ledger_prefetch_message_to_join(struct ledger *l, const struct message_key *key);
int ledger_put_item(struct ledger *l, const struct item *item); /* key: message, n */
/* The n that a further item of the message takes. */
int ledger_next_item(struct ledger *l, struct message_id message, unsigned *ret_n);
/* Put an item as the last of its message, whatever its n. */
int ledger_add_item(struct ledger *l, const struct item *item);
/* Mark an item as moot. */
int ledger_strike_item(struct ledger *l, struct message_id message, unsigned n);
/* The items of a message will be asked for in this transaction; so will the message itself. */
int ledger_prefetch_items(struct ledger *l, struct message_id message);
int ledger_prefetch_message(struct ledger *l, struct message_id message);
/* Items of a message in order; moot ones too. */
int ledger_items(struct ledger *l, struct message_id message,
		 int (*row)(void *userdata, const struct item *item), void *userdata);
/* What an item speaks of: an obligation (by id), or, with obligation 0, a deadline as a whole. */
struct item_subject {
	struct obligation_id obligation;
	struct deadline_id deadline; /* not read when there is an obligation */
};
/* Items which speak of it, in messages in any of the states (bit 1 << state). */
int ledger_items_in(struct ledger *l, unsigned states, struct item_subject subject,
		    int (*row)(void *userdata, const struct item *item), void *userdata);
/* Every item that ever spoke of deadline and/or measure ("" = any), oldest message first. */
int ledger_items_about(struct ledger *l, struct deadline_id deadline, struct measure_id measure,
		       int (*row)(void *userdata, const struct message *m, const struct item *item),
		       void *userdata);
/* The newest KIND_REPLY to a person. */
int ledger_find_last_reply(struct ledger *l, struct person_id to, struct message *ret,
			   bool *ret_found);
/* Messages ready to leave: PENDING or RETRY with next_attempt ≤ now, by next_attempt then id, at most
 * max; returns the count. Not while META_HOLD is on: that is for the caller. */
int ledger_messages_ready(struct ledger *l, struct instant now, struct message *out, size_t max);
/* The same of one channel, in order of `planned`. */
int ledger_messages_ready_on(struct ledger *l, const char *channel, struct instant now,
			     struct message *out, size_t max);
/* Forget those of KIND_SIGN_IN that were finished before `until`, with their items and what came in
 * about them; but not the newest message, whose number is not given again. */
int ledger_forget_sign_ins(struct ledger *l, struct instant until);
/* What was planned for before `now` on the channel, and waits for later, becomes ready at `when`. */
int ledger_messages_forward(struct ledger *l, const char *channel, struct instant now,
			    struct instant when);
/* Messages in any of the states (bit 1 << state; 0: all) with id > after, by id, at most max. */
int ledger_messages(struct ledger *l, unsigned states, struct message_id after, struct message *out,
		    size_t max);

extern const struct row_type message_type, item_type;
