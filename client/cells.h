/* SPDX-License-Identifier: Apache-2.0 */
/* What stands in the cells of tables: each is made of a member of a row, and of others beside it. The caller frees
 * it. */
#pragma once
#include <jansson.h>

typedef char *cell_fn(const json_t *row, const char *member);

/* The value as it is. */
cell_fn cell_plain;
/* Of list. */
cell_fn cell_deadline, cell_measure, cell_phase, cell_state, cell_due, cell_papers, cell_asked,
	cell_status;
/* Of assignments. */
cell_fn cell_age, cell_answer_by, cell_number, cell_closed, cell_below;
/* Of requests; of why. */
cell_fn cell_share, cell_step;
/* Of people, meetings and absences. */
cell_fn cell_owes, cell_away, cell_meeting, cell_stand_in;
/* Of calendar. */
cell_fn cell_calendar_date, cell_calendar_what, cell_calendar_of;
