/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of the ledger as lists: copies, so that the ledger may be written while they are gone through.
 * A list is empty before it is gathered into, and done with afterwards even when that failed.
 */
#pragma once
#include "engine/engine.h"

struct obligations {
	struct obligation *list;
	size_t count, room;
};
int gather_of_measure(struct engine *e, const char *measure, struct obligations *ret);
int gather_of_deadline(struct engine *e, const char *deadline, struct obligations *ret);
void obligations_done(struct obligations *o);

/* What is held: of an obligation's round, or by a person's absences. */
struct marks {
	struct mark *list;
	size_t count, room;
};
int gather_held(struct engine *e, const struct obligation *o, struct marks *ret);
int gather_held_absent(struct engine *e, const char *person, struct marks *ret);
void marks_done(struct marks *marks);

/* What a message still says: items that have become moot are left out. */
struct items {
	struct item *list;
	size_t count, room;
};
int gather_items(struct engine *e, int64_t message, struct items *ret);
void items_done(struct items *items);
