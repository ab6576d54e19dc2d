/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ids, a type each, so that two of them in the wrong order do not compile:
 *   struct deadline_id   of a deadline, of a series, or of an occurrence ("hsn-report@2026-09-30")
 *   struct measure_id    of a measure
 *   struct assignment_id of an assignment
 *   struct person_id     of a person
 *   struct body_id       of a body
 *   struct recipient_id  of who gets messages: a person's id, or "channel:NAME"
 *
 * Passed by value, in place of the pointer that each is. The text is borrowed: it stays that of the
 * plan, row or event from which it was taken. It may be "" or NULL only where a function or a member
 * says so. What the ledger numbers has ids in ledger/types.h.
 *
 * What is in the plan has its id in this form. A row of the ledger has the text itself, in an array:
 * rows are copied by value, and a pointer into a row would go on pointing into the one copied from.
 * So these constructors are for texts that come from a row or from outside, and for none at all.
 */
#pragma once
#include <string.h>

struct deadline_id {
	const char *text;
};
struct measure_id {
	const char *text;
};
struct assignment_id {
	const char *text;
};
struct person_id {
	const char *text;
};
struct body_id {
	const char *text;
};
struct recipient_id {
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
static inline struct assignment_id assignment_id(const char *text)
{
	return (struct assignment_id){ text };
}
static inline struct person_id person_id(const char *text)
{
	return (struct person_id){ text };
}
static inline struct body_id body_id(const char *text)
{
	return (struct body_id){ text };
}
static inline struct recipient_id recipient_id(const char *text)
{
	return (struct recipient_id){ text };
}

/*
 * Where two ids stand to each other for people: by the numbers in them, so that VON-2 comes before VON-10, else by
 * their bytes, whatever the locale. Negative, 0 (the same id) or positive. It serves too for texts that are ids, dates
 * and names with tabs between them.
 *
 * Digits that begin with a zero are compared as decimals are, digit by digit, and come before those that don't: which
 * is the order of HSN-02, HSN-10, HSN-100 where all are written so. Only a plan that has HSN-07 and HSN-1 as well
 * finds the first before the second.
 */
static inline int id_compare(const char *a, const char *b)
{
	return strverscmp(a, b);
}
