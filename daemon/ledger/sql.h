/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is said to the store: text as it stands, or composed from the description of a row (field.h).
 * Columns are named in full, so that one SELECT may join tables; parameters are $1, $2, … in the order
 * in which they are bound. The checksum is the last column of each row.
 */
#pragma once
#include <stdint.h>

#include "ledger/field.h"

enum sql_verb {
	SQL_TEXT,   /* the text, whole */
	SQL_SELECT, /* all columns of the row, then of the one joined, then the text */
	SQL_FIRST,  /* as SELECT: the first rows in order of the key, as many as bound */
	SQL_PAGE,   /* the same of those after the key that is bound first */
	SQL_INSERT, /* all columns, bound in their order, then the checksum */
	SQL_APPEND, /* the same but for the last of the key, a number: one more than the greatest of the key's others */
	SQL_UPSERT, /* as INSERT; a row of that key is replaced */
	SQL_DELETE, /* the row of the key bound */
	SQL_UPDATE, /* the columns of `changed`, bound in their order, then the checksum, then the key's */
};
struct sql {
	enum sql_verb verb;
	const struct row_type *row;
	const struct row_type *joined; /* SELECT: or NULL */
	const char *text; /* SELECT: all from FROM on; NULL: of the row's own table, by its key */
	uint64_t changed; /* UPDATE: nothing of the key */
};

/* What an UPDATE can set: all but the key. */
uint64_t sql_unkeyed(const struct row_type *row);
/* Of that, what is not fixed. */
uint64_t sql_changeable(const struct row_type *row);
/* What an INSERT binds, or an APPEND. */
uint64_t sql_inserted(enum sql_verb verb, const struct row_type *row);
/* The text; the caller frees it. NULL: no memory. */
char *sql_compose(const struct sql *sql);
