/* SPDX-License-Identifier: Apache-2.0 */
/* The text of a paper: a report's row, as its template has it. */
#pragma once
#include "control/command.h"
#include "engine/inquiry.h"

/* Does the query ask for the text? REJECT_NONE and *ret; or the code, when it asks for a format that is none. */
enum reject_code report_asks_for_text(const json_t *params, bool *ret, struct rejection *ret_why);
/*
 * The answer of a report that has been worked out (borrowed), in the plan's language: one row with `text`. A
 * new reference; NULL when it has none, as in a plan that uses nothing of decisions, where the row itself is
 * the answer.
 */
json_t *show_report(const struct inquiry *inquiry, const struct composing *with,
		    struct civil_date today);
