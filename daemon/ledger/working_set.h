/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows that a transaction has read or changed, as structs in memory: each is read from the store
 * once, changed here as often as its events say, and written once, at the commit.
 *
 *	           load                    put                     flush
 *	(store) ────────▶ SET_STORED ─────────▶ SET_STORED, changed ───────▶ SET_STORED
 *	                                        SET_NEW, SET_REPLACED ─────▶ SET_STORED
 *
 * What asks the store itself (lists, what is due, joins) must see what is pending: it flushes the sets of
 * the tables it reads first. What changes the store behind a set flushes and then clears it.
 *
 * A set is bounded: when it is full it is flushed and begun again, so that a transaction of a million
 * rows needs no more memory than one of a thousand. It ends with the transaction; outside of one there
 * is none, and rows come from the store. Internal to the ledger.
 */
#pragma once
#include <stdalign.h>
#include <stddef.h>

#include "ledger/row.h"

#define SET_ROWS_MAX 4096

enum set_origin {
	SET_STORED,   /* the store has it, but for `changed` */
	SET_NEW,      /* the store has no row of this key */
	SET_REPLACED, /* put without having been read: it overwrites what the store has of this key */
};
struct set_row {
	struct set_row *next;	 /* in its bucket */
	struct set_row *sibling; /* for who keeps rows in an order of their own */
	uint32_t hash;
	enum set_origin origin;
	uint64_t changed; /* fields that the store does not have yet */
	alignas(max_align_t) unsigned char row[];
};
/* Rows of a type that has one field as its key, FIELD_TEXT or FIELD_LONG. */
struct set {
	const struct row_type *type;
	struct set *index; /* cleared together with this one; NULL */
	struct set_row **buckets;
	size_t bucket_count; /* a power of two, or 0 */
	struct set_row **rows, **dirty;
	size_t count, room, dirty_count, dirty_room;
	unsigned walks;	 /* that stand on rows in it: none may go */
	int64_t last_id; /* of a key that counts up: the largest there is; 0: not known yet */
};

enum set_of {
	SET_SUBJECTS,
	SET_SEQUENCES,
	SET_MEASURES,
	SET_DEADLINES,
	SET_OBLIGATIONS,
	SET_OF_MEASURE, /* the obligations of a measure: obligations.c */
	SET_MESSAGES,
	SETS,
};
struct ledger {
	struct db *db;
	struct set sets[SETS];
	bool filling; /* new obligations go to the store at once: obligation_fill.h */
	struct {
		int64_t token, roster;
		struct mono renewed;
		bool decides, company;
	} daemon; /* this one: daemons.h */
	struct absence_cache *absences;
	int64_t plan_seq;	 /* of the plan that this daemon goes by; 0: of any */
	unsigned acts;		 /* kept in the open transaction */
	int64_t last_seq;	 /* of the newest event; 0: not known yet */
	struct journal *journal; /* NULL: nobody asks what is changed */
	bool on_trial;
	bool owns_damage;	/* of the db: views have that of the ledger they are of */
	const char *failure;	/* beside those of the db */
	char *meta[META_COUNT]; /* as the store has them; NULL: not read yet */
};

/* As ledger_open, without what a daemon needs to use it: neither migrated nor anybody's. */
int ledger_open_bare(struct ledger **ret, const struct store_place *place,
		     struct store_refusal *ret_why);

/* What goes over rows that are no structs: damaged is called with the name of each that is; NULL: they get checksums
 * anew. From the key after *after on, up to max: 1 when there may be more, 0, or an error. */
struct row_visit {
	int (*damaged)(void *userdata, const char *name);
	void *userdata;
};
int events_visit(struct ledger *l, int64_t *after, size_t max, struct row_visit *visit);
int forwards_visit(struct ledger *l, int64_t *after, size_t max, struct row_visit *visit);
/* Read the key of the checksums, or make one and give all rows theirs; before any row is read. */
int ledger_settle_checksums(struct ledger *l);

/* A row of meta.h, or of move.h. */
struct fact {
	char name[32];
	char *value;
};

/* Migrate a store that was opened bare, and make sure that it is one of the kind. 0, an enum ledger_open_result with more
 * in why, or a negative errno. */
int ledger_settle(struct ledger *l, const struct store_place *place, bool rehearsal,
		  char why[static 256]);

/* What is in the sets, beside the types of measures.h and the like. */
extern const struct row_type fact_type, subject_type, sequence_type, obligation_chain_type;
/* A row is about to change, or to go: read what it is, unless that is noted already. key: a row with its key. */
int journal_note(struct ledger *l, const struct row_type *type, const void *key);
/* The same where what it was is at hand; NULL: it was not there. */
int journal_note_known(struct ledger *l, const struct row_type *type, const void *key,
		       const void *before);
/* Is such a row in it? */
bool journal_has(const struct ledger *l, const struct row_type *type, const void *key);
/* Drop what is kept in memory from one transaction to the next. */
void absences_forget(struct ledger *l);
void meta_forget(struct ledger *l);

/* The row of this key in the set, or NULL. key: the text, or where the number is. */
struct set_row *set_find(const struct set *s, const void *key);
/* Take up a copy of a row that is not there; the strings too. 0 or -ENOMEM. */
int set_add(struct set *s, const void *row, enum set_origin origin, struct set_row **ret);

/* A copy of the row of this key, from the set or the store. 0, ROW_NONE or the error. */
int set_get(struct ledger *l, enum set_of which, const void *key, void *ret);
/* What set_get copies, in the set; in a transaction only. */
int set_load(struct ledger *l, enum set_of which, const void *key, struct set_row **ret);
/* The row of this key will be asked for in this transaction. */
int set_prefetch(struct ledger *l, enum set_of which, const void *key);
/* The row as it shall be, whether it was there or not. */
int set_put(struct ledger *l, enum set_of which, const void *row);
/* A row in the set was changed in its place: which fields. */
int set_changed(struct set *s, struct set_row *row, uint64_t fields);
/* A row whose key counts up: its key is *id, which is set to the next. */
int set_put_new(struct ledger *l, enum set_of which, void *row, int64_t *id, struct set_row **ret);
/* The obligations of a measure will be asked for in this transaction (obligations.c). */
int obligations_prefetch(struct ledger *l, struct measure_id measure);
/* Make room for one more row: perhaps by flushing and clearing. */
int set_make_room(struct ledger *l, enum set_of which);

/* Write what has changed, in order of the key; nothing outside of a transaction. */
int set_flush(struct ledger *l, enum set_of which);
int set_flush_all(struct ledger *l);
/* Is anything waiting to be written? */
bool set_has_changed(const struct ledger *l);
/* Write what has changed and forget all rows: for who changes them in the store itself. */
int set_leave(struct ledger *l, enum set_of which);
/* Forget all rows, what has changed too. */
void set_clear(struct set *s);
void set_clear_all(struct ledger *l);
void set_done(struct set *s);
