/* SPDX-License-Identifier: Apache-2.0 */
/* A report in words: what report.md is rendered from. */
#pragma once
#include "message/template.h"
#include "plan/plan.h"

/* The names that the template may use. */
extern const struct template_var paper_vars[];
/* Those of a measure's row in it. */
extern const struct template_var paper_row_vars[];

/* The day of a decision {"at", "reference"}: that of a reference as "RS 2026-05-26 § 71", which may have been written
 * down later; else the day of `at`; CIVIL_NONE: there is none. */
struct civil_date paper_decided_on(const json_t *decision);

/* The view of a report, the one row that the query gives of one with decisions; NULL: no memory. today: when it
 * is read. */
json_t *paper_view(const json_t *report, enum language language, struct civil_date today);

/*
 * The same with the report's own rows in its long lists. A report of 20,000 measures is 50 MiB, and all that is said of
 * each of them several times that: paper_list_object, for template_lists with a struct paper_outline, says it of one.
 */
struct paper_outline {
	json_t *view;
	enum language language;
};
json_t *paper_outline(const json_t *report, enum language language, struct civil_date today);
json_t *paper_list_object(void *userdata, const char *name, const json_t *list, size_t i);
