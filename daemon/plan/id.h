/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ids, a type each, so that two of them in the wrong order do not compile:
 *   struct deadline_id   of a deadline, of a series, or of an occurrence ("hsn-report@2026-09")
 *   struct measure_id    of a measure
 *
 * Passed by value, in place of the pointer that each is. The text is borrowed: it stays that of the
 * plan, row or event from which it was taken. The text may be "" or NULL only where a function or a
 * member says so.
 *
 * What is in the plan has its id in this form. A row of the ledger has the text itself, in an array:
 * rows are copied by value, and a pointer into a row would go on pointing into the one copied from.
 * So these constructors are for texts that come from a row or from outside, and for nothing else.
 */
#pragma once

struct deadline_id {
	const char *text;
};
struct measure_id {
	const char *text;
};

static inline struct deadline_id deadline_id(const char *text)
{
	return (struct deadline_id){ text };
}
static inline struct measure_id measure_id(const char *text)
{
	return (struct measure_id){ text };
}
