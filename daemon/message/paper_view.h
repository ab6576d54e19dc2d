/* SPDX-License-Identifier: Apache-2.0 */
/* A report in words: what report.md is rendered from. */
#pragma once
#include "message/template.h"
#include "plan/plan.h"

/* The names that the template may use. */
extern const struct template_var paper_vars[];
/* Those of a measure's row in it. */
extern const struct template_var paper_row_vars[];

/* The view of a report, the one row that the query gives of one with decisions; NULL: no memory. today: when it
 * is read. */
json_t *paper_view(const json_t *report, enum language language, struct civil_date today);
