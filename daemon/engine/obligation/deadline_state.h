/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What has become of a deadline, or of one occurrence of a series:
 *
 *	open         it is owed. Every deadline and every occurrence begins so
 *	submitted    its deliverable was handed over, or the receiving body has decided on it. A
 *	             supplement leaves it so
 *	superseded   an occurrence whose place the next one took. Nobody is asked any more
 *	removed      it left the plan, or its meeting was cancelled before anybody was asked
 *
 *	             from open   submitted   superseded   removed
 *	to open        returned   returned       –        put back
 *	               passed on  passed on
 *	submitted      handed in  supplement  late, after all  put back
 *	superseded     the next      –           –        put back
 *	removed        it goes    it goes     it goes        –
 *
 * An example: KS-1@2026-05-26 is open; handed in on the 20th, submitted; returned by the body on the
 * 26th, open, and its earlier hand-over is still told; handed in again, submitted. The next one opens
 * and does not touch it: only what is open is superseded.
 *
 * These functions change the row alone; the caller puts it, and sees to its obligations. They are the
 * only ones that write state, opened_at, unbound_at and next_at of a row.
 */
#pragma once
#include "ledger/ledger.h"

/* May a deadline in the one state go over into the other? */
bool deadline_may(enum deadline_state from, enum deadline_state to);
/* "open", "submitted", "superseded", "removed". */
const char *deadline_state_name(enum deadline_state state);

/* Is nobody asked for it: in any state but open? */
bool deadline_is_closed(const struct deadline_row *row);
/* Why what is unanswered in a closed one is withdrawn; WITHDRAWN_NOT of an open one. */
enum withdrawal deadline_withdrawal(const struct deadline_row *row);

/* Its deliverable was handed over by the event of seq, at a time, under a reference. */
void deadline_submit(struct deadline_row *row, int64_t seq, struct instant time,
		     const char *reference);
/* A body of its chain passed it on by the event of seq: what was handed in is for that body, and the next
 * papers are owed. */
void deadline_pass(struct deadline_row *row, int64_t seq);
/* The body gave it back. The hand-over stays in the row: it is told as the earlier one. */
void deadline_return(struct deadline_row *row);
/* The next occurrence takes its place. */
void deadline_supersede(struct deadline_row *row);
/* It left the plan, or will not take place. */
void deadline_remove(struct deadline_row *row);
/* It is in the plan again, as it was: was_superseded, or what its hand-over and its return say. */
void deadline_restore(struct deadline_row *row, bool was_superseded);

/* An occurrence's window opens, for good. */
void deadline_open_window(struct deadline_row *row, struct instant now);
/* One that comes back for another meeting has a window that is still to open. */
void deadline_close_window(struct deadline_row *row);
/* The month ended without its meeting, and support is told now: it stays on the month's last day. */
void deadline_give_up_meeting(struct deadline_row *row, struct instant now);
/* It waits for a meeting again: another one is meant now. */
void deadline_await_meeting(struct deadline_row *row);
/* When it is to be looked at by itself: the end of the month in which its meeting is to be. INSTANT_NONE:
 * never. A closed one never does. */
void deadline_look_at(struct deadline_row *row, struct instant when);
/* ... or by then, for the sake of a link of its chain: of one that is handed in as well, since a body has still to
 * pass it on. */
void deadline_look_at_link(struct deadline_row *row, struct instant when);
