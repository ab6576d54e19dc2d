/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ledger: what happened (the log), and what is pending (obligations, marks, the outbox). It is
 * also the timer queue: what is due next is an indexed look-up. One writer; readers of a snapshot
 * see one moment.
 *
 * Functions return 0 or a negative errno: -ENOSPC when the disk is full (the turn must be rolled
 * back), -EIO for anything that makes the store unusable, -EINVAL for a row that the schema refuses
 * (from the commit), -EBUSY from begin while another program holds the store.
 *
 * A look-up by name (ledger_measure) is of a row that must be there: when it is not, that is -EIO. One
 * that may find nothing (ledger_find_measure) says so in *ret_found, and leaves the row as it was.
 *
 * Outputs are plain structs that own their bytes. Lists are passed row by row to a callback, which
 * may not write to the ledger; a non-zero return of it ends the walk and is returned.
 *
 * The folder, from above:
 *
 *	ledger.h, turn.h            the door: transactions, and a turn of the loop as one of them
 *	event_log … messages, meta  a file a table, which has its struct, its columns and its questions
 *	lists                       rows as copies, for who writes while going through them
 *	integrity, row_check        what one row says of another; each row against its checksum
 *	move, copy                  the whole store into another one, or into a file; by tables, table_copy
 *	working_set                 the rows that the open transaction has read and changed
 *	field, sql, row             a kind of row described once; its SQL; rows in and out
 *	checksum, damage            of a row; and what becomes of one that is not as it was written
 *	db.h                        the seam; below it db.c, and an engine (db_engine.h): sqlite*.c, store_file.c
 *	schema/                     a migration a version, embedded by the build
 *
 * Writing needs an open transaction (asserted). After -ENOSPC or -EIO every call in it returns that
 * error, its commit too, so that nothing is half done even where an error was overlooked.
 */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "ledger/absences.h"
#include "ledger/acts.h"
#include "ledger/assignments.h"
#include "ledger/attempts.h"
#include "ledger/daemons.h"
#include "ledger/deadlines.h"
#include "ledger/event_log.h"
#include "ledger/frozen_rows.h"
#include "ledger/held_back.h"
#include "ledger/incoming_rows.h"
#include "ledger/integrity.h"
#include "ledger/journal.h"
#include "ledger/links.h"
#include "ledger/logins.h"
#include "ledger/marks.h"
#include "ledger/measures.h"
#include "ledger/meetings.h"
#include "ledger/messages.h"
#include "ledger/meta.h"
#include "ledger/obligation_scans.h"
#include "ledger/obligations.h"
#include "ledger/own_meetings.h"
#include "ledger/proposals.h"
#include "ledger/request_rows.h"
#include "ledger/rewrite.h"
#include "ledger/row_check.h"
#include "ledger/series_rows.h"
#include "ledger/sessions.h"

/* ---- opening --------------------------------------------------------------------------------- */

enum ledger_open_result {
	LEDGER_OPENED = 0,
	LEDGER_IN_USE = 1,     /* by another process */
	LEDGER_WRONG_KIND = 2, /* a rehearsal's store in a real run, or the other way round */
	LEDGER_NOT_OURS = 3,   /* not a Påminn store, or from a newer version */
	LEDGER_EMPTY = 4,      /* a file of no bytes: what is left of something, not a new store */
	LEDGER_NONE = 5,       /* nothing is there, and store_place wants something */
	LEDGER_MOVED = 6,      /* it goes on at ret_why->reason */
	LEDGER_UNFINISHED = 7, /* not all of what is moved here from ret_why->reason may be here */
	LEDGER_DAMAGED = 8,    /* what was acknowledged is missing: ret_why->reason */
	LEDGER_OPEN_RESULTS,
};
/* Open or create the store at place, and migrate it. A file is locked for this process; "postgresql://…" is a
 * store that other daemons may have open as well. *ret_why says more of what is not LEDGER_OPENED. */
int ledger_open(struct ledger **ret, const struct store_place *place, bool rehearsal,
		struct store_refusal *ret_why);
struct ledger *ledger_close(struct ledger *l);

/* A read-only view of this moment, for long queries; sees nothing later. Closed with ledger_close. */
int ledger_snapshot(struct ledger *l, struct ledger **ret);
/* The first error of a call in the snapshot, or in the open transaction, which every later one has returned as well; or
 * 0: what was read is whole, even where somebody overlooks errors. */
int ledger_spoilt(const struct ledger *l);

/* ---- transactions ---------------------------------------------------------------------------- */

/* Shared: renews the daemon's lease when that is due. -EAGAIN: the store is away. -ESTALE: another daemon has put another
 * plan into force than this one goes by, or the store was moved away. */
int ledger_begin(struct ledger *l);
/* From here on this daemon goes by the plan that is in force now. 0 or a negative errno. */
int ledger_go_by_plan(struct ledger *l);
int ledger_commit(struct ledger *l); /* flushed to disk when it returns 0; -EIO: outcome unknown */
void ledger_rollback(struct ledger *l);
bool ledger_has_written(const struct ledger *l); /* in the open transaction, or the last */
bool ledger_in_transaction(const struct ledger *l);
/* How many statements the store has carried out since the opening. */
uint64_t ledger_statements(const struct ledger *l);
/* What failed, as a clause ("fsync failed"), after -EIO or -ENOSPC; NULL when nothing has. */
const char *ledger_failure(const struct ledger *l);

/*
 * A trial: what is written from the beginning on is taken back at the end, whatever it was, and neither the store
 * nor what is kept in memory knows of it. Within an open transaction, which goes on afterwards; one at a time.
 */
int ledger_trial_begin(struct ledger *l);
int ledger_trial_end(struct ledger *l);
/* Between the two: what is written for later readers alone, and many rows long, may be left out. */
bool ledger_is_on_trial(const struct ledger *l);

/* ---- the timer queue ------------------------------------------------------------------------- */

/* The earliest instant at which an obligation, deadline, series or message is to be looked at. */
struct due_instants {
	struct instant
		decisions; /* obligations, deadlines, series, measures' lights, and who is away */
	struct instant messages; /* the outbox */
};
int ledger_next_due(struct ledger *l, struct due_instants *ret);
