/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When a deadline is due as things stand: as the plan says, or at the meeting that it was extended or returned
 * to. Whoever reads a deadline's `due` or works out its dates beside its row asks here. See
 * paminn-rules(7), Meetings as dates.
 */
#pragma once
#include "ledger/deadlines.h"
#include "plan/due.h"

/*
 * A copy of the deadline that is due as it stands: its own, or, while the row has `extended_to`, one whose
 * `due` is that meeting and whose papers date is that body's; a chain (chain.h) counts as the row has it. row->bound is what it is bound to. The
 * copy is for dates alone: it belongs to no series, and its `due.text` is the row's.
 */
struct deadline deadline_in_force(const struct plan *plan, const struct deadline *d,
				  const struct deadline_row *row);
/* Its dates, extended to a date or not. */
struct dates deadline_dates(const struct plan *plan, const struct deadline *d,
			    const struct deadline_row *row);
/* What its dates would be, were it extended to a date. */
struct dates deadline_dates_on(const struct plan *plan, const struct deadline *d,
			       const struct deadline_row *row, struct civil_date date);
/* The same of a meeting that nothing is bound to it for yet: until that is known, or when none is. */
struct deadline deadline_at_meeting(const struct deadline *d, const struct body *body, int year,
				    int month);

/* Was it extended as a whole, to a date or a meeting? */
bool deadline_is_extended(const struct deadline_row *row);
/* Is it due on another day for that? Who has got more time for the papers of a meeting is due at that meeting still. */
bool deadline_is_due_later(const struct deadline *d, const struct deadline_row *row);
/* The meeting of the plan's own `due`, whatever it was extended to since: which occurrence it is. */
struct civil_date deadline_bound_in_plan(const struct deadline_row *row);

/* Extend it to a meeting, "meeting RF 2026-10": bound to none until dates_bind has looked, unless it was
 * extended to that one already. A date that it was extended to before ends. */
void deadline_extend_to(struct deadline_row *row, const char *meeting);
/* Extend it to a date, or (CIVIL_NONE) no more at all: it is bound to what the plan says again. */
void deadline_extend_on(struct deadline_row *row, struct civil_date date);
