/* SPDX-License-Identifier: Apache-2.0 */
/* Differences between the store and what its log says, each a row of the answer. */
#pragma once
#include "engine/inquiry/inquirer.h"

/* The kinds of rows that follow from the log. */
enum compared {
	COMPARED_OBLIGATION,
	COMPARED_DEADLINE,
	COMPARED_MEASURE,
	COMPARED_MEETING,
	COMPARED_REQUEST,
	COMPARED_ASSIGNMENT,
	COMPARED_LINK,
	COMPARED_OWN_MEETING,
	COMPARED_PROPOSAL,
};

/* Is as much told as will be? What comes after that is left out. */
bool difference_full(const struct inquiry *q);
/* One row: what of which thing, and what each of the two says of it. */
struct difference {
	const char *what, *item, *field;
	json_t *store, *log;
};
/* Tell it; store and log are stolen. */
int difference_tell(struct inquiry *q, const struct difference *d);
/* A row for each member that two rows of a kind differ in. */
int difference_compare(struct inquiry *q, enum compared which, const char *item, const void *store,
		       const void *log);
/* It is in one of the two only. */
int difference_one_sided(struct inquiry *q, const char *what, const char *item, bool in_store);
