/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ledger: what happened (the log), and what is pending (obligations, marks, the outbox). It is
 * also the timer queue: what is due next is an indexed look-up. One writer; readers of a snapshot
 * see one moment.
 *
 * Functions return 0 or a negative errno: -ENOSPC when the disk is full (the turn must be rolled
 * back), -EIO for anything that makes the store unusable, -ENOENT where a look-up finds nothing,
 * -EINVAL for a row that the schema refuses, -EBUSY from begin while another program holds the store.
 * Outputs are plain structs that own their bytes. Lists are passed row by row to a callback, which
 * may not write to the ledger; a non-zero return of it ends the walk and is returned.
 *
 * Writing needs an open transaction (asserted). After -ENOSPC or -EIO every call in it returns that
 * error, its commit too, so that nothing is half done even where an error was overlooked.
 */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/instant.h"
#include "protocol/event.h"
#include "protocol/text.h"

struct ledger;

#define ITEM_ID (ID_MAX + 12) /* a deadline's or occurrence's id and its NUL */
#define MEASURE_ID (ID_MAX + 1)
#define RECIPIENT_ID (ID_MAX + 9) /* a person's id, or "channel:NAME", and its NUL */
#define STEP_TEXT 24		  /* "-10wd", "+3wd" and its NUL */

/* ---- opening ------------------------------------------------------------------------------- */

enum ledger_open_result {
	LEDGER_OPENED = 0,
	LEDGER_IN_USE = 1,     /* by another process: its pid in *ret_pid */
	LEDGER_WRONG_KIND = 2, /* a rehearsal's store in a real run, or the other way round */
	LEDGER_NOT_OURS = 3,   /* not a Påminn store, or from a newer version */
};
/* Open or create the store at path, migrate it, and lock it for this process. */
int ledger_open(struct ledger **ret, const char *path, bool rehearsal, int *ret_pid);
struct ledger *ledger_close(struct ledger *l);

/* A read-only view of this moment, for long queries; sees nothing later. Closed with ledger_close. */
int ledger_snapshot(struct ledger *l, struct ledger **ret);

/* ---- transactions ---------------------------------------------------------------------------- */

int ledger_begin(struct ledger *l);
int ledger_commit(struct ledger *l); /* flushed to disk when it returns 0; -EIO: outcome unknown */
void ledger_rollback(struct ledger *l);
bool ledger_has_written(const struct ledger *l); /* in the open transaction */
bool ledger_in_transaction(const struct ledger *l);
/* What failed ("fsync", "write"), after -EIO or -ENOSPC; NULL when nothing has. */
const char *ledger_failure(const struct ledger *l);

/* ---- small facts ----------------------------------------------------------------------------- */

enum fact {
	FACT_HOLD,	   /* "on" while nothing may leave */
	FACT_LAST_NOW,	   /* the daemon's clock, when last noted (µs) */
	FACT_PLAN_SEQ,	   /* log seq of the applied plan */
	FACT_INSTALLATION, /* random id of this store, for Message-IDs */
};
/* The value into out (size bytes), "" when never set. */
int ledger_fact(struct ledger *l, enum fact fact, char *out, size_t size);
int ledger_set_fact(struct ledger *l, enum fact fact, const char *value);
/* FACT_HOLD: may nothing leave? */
bool ledger_is_on_hold(struct ledger *l);

/* ---- the log ----------------------------------------------------------------------------------- */

/* Look up source + id: 0 and the seq, or -ENOENT. */
int ledger_find_event(struct ledger *l, const char *source, const char *id, int64_t *ret_seq);
/* Append; body is the event's JSON text. -EEXIST when source + id is there already. */
int ledger_append_event(struct ledger *l, const char *source, const char *id, const char *type,
			const char *subject, struct instant time, struct instant received,
			const char *body, int64_t *ret_seq);
/* The body of seq; caller frees. */
int ledger_event_body(struct ledger *l, int64_t seq, char **ret);

struct logged_event {
	int64_t seq;
	const char *source, *id, *type, *subject; /* borrowed for the call */
	struct instant time, received;
	const char *body;
};
/* Events about a subject, oldest first. */
int ledger_events_of(struct ledger *l, const char *subject,
		     int (*row)(void *userdata, const struct logged_event *event), void *userdata);

/* Those with seq > after, at most max, in their order. */
int ledger_log(struct ledger *l, int64_t after, size_t max,
	       int (*row)(void *userdata, const struct logged_event *event), void *userdata);

/* A publisher's sequence: what was last seen and how many were lost in all; -ENOENT at first. */
int ledger_sequence(struct ledger *l, const char *source, int64_t *ret_last, int64_t *ret_lost);
int ledger_set_sequence(struct ledger *l, const char *source, int64_t last, int64_t lost);

/* ---- meetings, measures, deadlines as they stand ------------------------------------------------ */

enum meeting_state { MEETING_KNOWN, MEETING_REPLACED, MEETING_CANCELLED };
struct meeting_row {
	char body[ID_MAX + 1];
	struct civil_date from, until;
	char place[NAME_MAX_ + 1];
	enum meeting_state state;
	struct civil_date replaced_by; /* MEETING_REPLACED */
};
int ledger_put_meeting(struct ledger *l, const struct meeting_row *m); /* key: body, from */
int ledger_meeting(struct ledger *l, const char *body, struct civil_date from,
		   struct meeting_row *ret);
int ledger_meetings(struct ledger *l, const char *body,
		    int (*row)(void *userdata, const struct meeting_row *m), void *userdata);

struct measure_row {
	char id[MEASURE_ID];
	char owner[ID_MAX + 1];	    /* as it stands, after assignments */
	enum measure_status status; /* the newest; STATUS_NONE before the first */
	struct instant time;	    /* of the newest status */
	int64_t seq;		    /* of the newest status; 0 before the first */
	struct optional progress, effect_achieved, effect_forecast; /* the last reported of each */
	char alerts[200]; /* the conditions it is in: "off-track effect-below:80" */
	char *needs_support,
		*note; /* of the newest status; NULL when left out; measure_row_done frees */
};
int ledger_put_measure(struct ledger *l, const struct measure_row *m);
int ledger_measure(struct ledger *l, const char *id, struct measure_row *ret);
void measure_row_done(struct measure_row *m);

/* A deadline as it stands, apart from what each owner owes. */
struct deadline_row {
	char id[ITEM_ID];
	struct civil_date bound; /* the meeting; CIVIL_NONE: provisional, or no meeting's */
	struct civil_date
		anchor; /* what it is counted from: engine/obligation/series.h; or CIVIL_NONE */
	struct civil_date due, papers; /* as they stand without extensions of a single measure */
	struct civil_date extended;    /* the date of an extension of the whole, or CIVIL_NONE */
	struct civil_date due_original,
		papers_original; /* before the first change; else CIVIL_NONE */
	bool closed;		 /* its deliverable is handed over, or it left the plan */
	bool removed;		 /* it left the plan */
	bool unbound_told;	 /* support knows that its meeting never came */
	bool opened;		 /* an occurrence whose window has opened: the former gave way */
	bool superseded;	 /* an occurrence closed because the next one's window opened */
	struct instant next_at;	 /* when the deadline itself wants a look; INSTANT_NONE */
	int64_t submitted_seq;	 /* of the newest submit; 0 */
	struct instant submitted_at;
	char reference[NAME_MAX_ + 1]; /* of the newest submit, or "" */
	enum outcome outcome;	       /* the newest; OUTCOME_NONE before the first */
	struct instant outcome_at;
	int64_t outcome_seq;
	char outcome_reference[NAME_MAX_ + 1]; /* or "" */
};
/* One of which nothing is known yet. */
struct deadline_row deadline_row_new(const char *id);
int ledger_put_deadline(struct ledger *l, const struct deadline_row *d);
int ledger_deadline(struct ledger *l, const char *id, struct deadline_row *ret);
int ledger_deadlines(struct ledger *l, int (*row)(void *userdata, const struct deadline_row *d),
		     void *userdata);
/* The occurrences of a series, in order of id. */
int ledger_occurrences(struct ledger *l, const char *series,
		       int (*row)(void *userdata, const struct deadline_row *d), void *userdata);
/* Deadlines with next_at ≤ now, at most max; returns the count. */
int ledger_deadlines_due(struct ledger *l, struct instant now, struct deadline_row *out,
			 size_t max);

/* ---- obligations --------------------------------------------------------------------------------- */

/* What is stored; whether a live one is waiting, open or late follows from its instants and now. */
enum obligation_phase { PHASE_LIVE, PHASE_ANSWERED, PHASE_WITHDRAWN };
enum withdrawal {
	WITHDRAWN_NOT,
	WITHDRAWN_MEASURE_CLOSED, /* its measure is done or cancelled */
	WITHDRAWN_SUBMITTED,	  /* the deadline's deliverable was handed over without it */
	WITHDRAWN_REMOVED,	  /* measure, deadline or person left the plan */
	WITHDRAWN_SUPERSEDED,	  /* the window of the next occurrence opened */
};
struct obligation {
	int64_t id;
	char deadline[ITEM_ID];
	char measure[MEASURE_ID]; /* "" for the deliverable */
	char owner[ID_MAX + 1];	  /* who owes it now; "" when nobody is left */
	enum obligation_phase phase;
	enum withdrawal withdrawal;
	int round; /* from 1 */
	struct civil_date due, papers, practical, base;
	struct civil_date due_original, papers_original; /* CIVIL_NONE while unchanged */
	bool provisional, extended;
	struct instant opens_at, late_at;
	struct instant next_at;	 /* when remind must look at it next; INSTANT_NONE: never */
	struct instant known_at; /* when this round began: steps before it are already past */
	int reached_round;	 /* the latest round in which a reminder was accepted; 0: none */
	struct instant reached_at;
	int told_round; /* the latest round in which support heard that the owner can't be reached */
	int asked;
	struct instant last_asked;  /* INSTANT_NONE */
	struct instant answered_at; /* INSTANT_NONE */
	int64_t answered_seq;
	struct instant answers_after; /* only later statuses answer it; INSTANT_NONE */
	bool promised;		      /* somebody has promised an answer: ledger_promises */
	struct instant
		assigned_at; /* when its owner took it over; INSTANT_NONE: theirs from the first */
};
/* Insert when id is 0 (the id is set), else update the whole row save deadline and measure, which are
 * its identity for good. */
int ledger_put_obligation(struct ledger *l, struct obligation *o);
int ledger_obligation(struct ledger *l, int64_t id, struct obligation *ret);
int ledger_obligation_of(struct ledger *l, const char *deadline, const char *measure,
			 struct obligation *ret);

typedef int (*obligation_fn)(void *userdata, const struct obligation *o);
int ledger_obligations_of_deadline(struct ledger *l, const char *deadline, obligation_fn row,
				   void *userdata);
int ledger_obligations_of_measure(struct ledger *l, const char *measure, obligation_fn row,
				  void *userdata);
/* All with id > after, in order of id, at most max, into out; returns the count. For paging. */
int ledger_obligations_after(struct ledger *l, int64_t after, struct obligation *out, size_t max);
/* Those with next_at ≤ now, earliest first, at most max, into out; returns the count. */
int ledger_obligations_due(struct ledger *l, struct instant now, struct obligation *out,
			   size_t max);

/* ---- marks: each reminder decision ------------------------------------------------------------- */

enum decision {
	DECISION_PLANNED, /* only in answers of why: never stored */
	DECISION_SENT,
	DECISION_MERGED,
	DECISION_HELD,
	DECISION_SUPPRESSED,
	DECISION_FAILED, /* only in answers of why: what became of SENT */
};
struct mark {
	int64_t obligation;
	int round;
	char step[STEP_TEXT]; /* the step's text in the ladder */
	unsigned repetition;
	char recipient[RECIPIENT_ID];
	enum decision decision;
	struct instant at;	 /* the step's own instant */
	struct instant decided;	 /* when it was decided */
	struct instant retry_at; /* HELD: when to look again; else INSTANT_NONE */
	int64_t message;	 /* the outbox row of its first channel; 0 */
	bool late;		 /* sent late: the step was already past */
	bool accepted;		 /* counted in asked */
	bool owed;		 /* a reminder to who owes it, or who stands in for them */
	int64_t absence;	 /* seq of the absence that suppressed or holds it; 0 */
	char reason[200];
};
/* Insert or replace; unique in (obligation, round, step, repetition, recipient). */
int ledger_put_mark(struct ledger *l, const struct mark *m);
/* Marks of an obligation, one round or (round = 0) all, in order of round, at. */
int ledger_marks(struct ledger *l, int64_t obligation, int round,
		 int (*row)(void *userdata, const struct mark *m), void *userdata);

/* Marks that an absence suppressed or holds, of this recipient. */
int ledger_marks_absent(struct ledger *l, const char *recipient,
			int (*row)(void *userdata, const struct mark *m), void *userdata);

/* ---- absences and promises ----------------------------------------------------------------------- */

struct absence {
	char person[ID_MAX + 1];
	struct civil_date from, until; /* inclusive */
	char deputy[ID_MAX + 1];       /* "": the plan's */
	int64_t seq;		       /* of the event; of two that overlap the newer counts */
};
int ledger_put_absence(struct ledger *l, const struct absence *a); /* key: person, from */
/* Those not over before `day`, of one person or (NULL) all; by person, oldest event first. */
int ledger_absences(struct ledger *l, const char *person, struct civil_date day,
		    int (*row)(void *userdata, const struct absence *a), void *userdata);
/* Note that the manager was told of what this absence holds. 1: noted now; 0: it was already. */
int ledger_tell_absence(struct ledger *l, int64_t absence, int64_t obligation, int kind);
/* Was it? 1 or 0. */
int ledger_absence_is_told(struct ledger *l, int64_t absence, int64_t obligation, int kind);

/* "Seen, answer by": a person's promise for an obligation. */
struct promise {
	int64_t obligation;
	char person[ID_MAX + 1];
	struct civil_date answer_by;
	int64_t seq;
};
int ledger_put_promise(struct ledger *l, const struct promise *p); /* key: obligation, person */
/* Forget them: somebody else owes it now. */
int ledger_drop_promises(struct ledger *l, int64_t obligation);
int ledger_promises(struct ledger *l, int64_t obligation,
		    int (*row)(void *userdata, const struct promise *p), void *userdata);

/* ---- outbox ---------------------------------------------------------------------------------------- */

enum message_kind {
	KIND_REMINDER,
	KIND_ESCALATION,
	KIND_ALERT,
	KIND_MOVED,
	KIND_CONFIRMATION,
	KIND_TEST, /* asked for by a steward: nobody is asked by it, and it is tried once */
	KIND_ASSIGNED,
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
	MESSAGE_STATES,
};
const char *message_kind_name(enum message_kind kind);
const char *message_state_name(enum message_state state);

struct message {
	int64_t id;
	char to[RECIPIENT_ID];	  /* a person's id or "channel:NAME" */
	char channel[ID_MAX + 1]; /* "mail" or a channel's name */
	enum message_kind kind;
	enum message_state state;
	struct instant created;
	struct instant planned;	      /* when it is to leave */
	struct instant next_attempt;  /* PENDING, RETRY: not before; else INSTANT_NONE */
	struct instant first_attempt; /* INSTANT_NONE before the first */
	struct instant finished;      /* INSTANT_NONE until delivered, failed, expired, dropped */
	int attempts, unknown;	      /* unknown: attempts whose outcome is not known */
	char last_answer[300];	      /* of the server, or why it was dropped; "" */
};
/* One thing a message speaks of. What `what` means and which parts of detail it has: engine/outbox/post.h. */
struct item {
	int64_t message;
	unsigned n;				     /* order within the message, from 0 */
	int64_t obligation;			     /* 0: none */
	char deadline[ITEM_ID], measure[MEASURE_ID]; /* "" where there is none */
	int round;
	char step[STEP_TEXT]; /* "" when no step */
	unsigned repetition;
	int what; /* enum item_what of engine/outbox/post.h */
	bool late;
	bool moot;    /* no longer true: not told */
	char *detail; /* JSON text or NULL; item_done frees */
};
void item_done(struct item *item);

int ledger_put_message(struct ledger *l, struct message *m); /* id 0: insert */
int ledger_message(struct ledger *l, int64_t id, struct message *ret);
/* A pending message (never started yet: attempts 0) to join: same to, channel, kind, and planned
 * (INSTANT_NONE: whenever planned). */
int ledger_message_to_join(struct ledger *l, const char *to, const char *channel,
			   enum message_kind kind, struct instant planned, struct message *ret);
int ledger_put_item(struct ledger *l, const struct item *item); /* key: message, n */
/* The n that a further item of the message takes. */
int ledger_next_item(struct ledger *l, int64_t message, unsigned *ret_n);
/* Mark an item as moot. */
int ledger_strike_item(struct ledger *l, int64_t message, unsigned n);
/* Items of a message in order; moot ones too. */
int ledger_items(struct ledger *l, int64_t message,
		 int (*row)(void *userdata, const struct item *item), void *userdata);
/* Items of messages that have not finished (pending, retry, started, held) which speak of the
 * obligation (by id), or, with obligation 0, of the deadline as a whole. */
int ledger_open_items(struct ledger *l, int64_t obligation, const char *deadline,
		      int (*row)(void *userdata, const struct item *item), void *userdata);
/* Every item that ever spoke of deadline and/or measure ("" = any), oldest message first. */
int ledger_items_about(struct ledger *l, const char *deadline, const char *measure,
		       int (*row)(void *userdata, const struct message *m, const struct item *item),
		       void *userdata);
/* Messages ready to leave: PENDING or RETRY with next_attempt ≤ now, by next_attempt then id, at most
 * max; returns the count. Not while FACT_HOLD is on: that is for the caller. */
int ledger_messages_ready(struct ledger *l, struct instant now, struct message *out, size_t max);
/* The same of one channel, in order of `planned`. */
int ledger_messages_ready_on(struct ledger *l, const char *channel, struct instant now,
			     struct message *out, size_t max);
/* What was planned for before `now` on the channel, and waits for later, becomes ready at `when`. */
int ledger_messages_forward(struct ledger *l, const char *channel, struct instant now,
			    struct instant when);
/* Messages in any of the states (bit 1 << state; 0: all) with id > after, by id, at most max. */
int ledger_messages(struct ledger *l, unsigned states, int64_t after, struct message *out,
		    size_t max);

/* ---- references ------------------------------------------------------------------------------------ */

/* What one row says of others, and what would be wrong with it. */
enum reference {
	REFERENCE_MARK_OBLIGATION, /* a mark, by its obligation, of which there is none */
	REFERENCE_MARK_MESSAGE,	   /* a mark, by its obligation, whose message is not there */
	REFERENCE_ITEM_MESSAGE,	   /* an item of a message that is not there */
	REFERENCE_ITEM_OBLIGATION, /* an item, by its message, of an obligation that is not there */
	REFERENCE_MESSAGE_ITEM,	   /* a message that speaks of nothing */
	REFERENCE_MESSAGE_STATE,   /* a message whose instants do not fit its state */
	REFERENCE_ANSWER,	   /* an obligation whose answer is not in the log */
	REFERENCES,
};
/*
 * Those that are wrong, among the rows whose key is in (after, after + span]: row is called with the key
 * and what it leads to. *ret_more: there are rows with larger keys.
 */
int ledger_dangling(struct ledger *l, enum reference which, int64_t after, int64_t span,
		    int (*row)(void *userdata, int64_t key, int64_t to), void *userdata,
		    bool *ret_more);

/* ---- the timer queue ------------------------------------------------------------------------------- */

/* The earliest instant at which an obligation, deadline or message wants a look. */
struct due_instants {
	struct instant decisions; /* obligations and deadlines */
	struct instant messages;  /* the outbox */
};
int ledger_next_due(struct ledger *l, struct due_instants *ret);
