/* SPDX-License-Identifier: Apache-2.0 */
/* A paper as a file over the wire: rows with its parts in order, each with `format` and `text`. */
#pragma once
#include "control/command.h"
#include "engine/inquiry.h"
#include "message/paper_file.h"

/* Which form the query asks for: REJECT_NONE and *ret, PAPER_FORMS for the row itself; or the code, when it asks for
 * one that is none. */
enum reject_code report_form(const json_t *params, enum paper_form *ret, struct rejection *ret_why);
/*
 * Make the rows of a report that has been worked out those of the file, in the plan's language. 0, also where it
 * stays as it is since the plan has no paper; or retry with the sentence.
 */
enum reject_code show_report(struct inquiry *inquiry, enum paper_form form,
			     const struct composing *with, struct civil_date today,
			     struct rejection *ret_why);
