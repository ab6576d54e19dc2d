/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of the ledger as lists: copies, so that the ledger may be written while they are gone through.
 * A list is empty before it is filled, and done with afterwards even when that failed.
 */
#pragma once
#include "ledger/ledger.h"

struct obligations {
	struct obligation *list;
	size_t count, room;
};
/* As they came into being. */
int list_of_measure(struct ledger *l, struct measure_id measure, struct obligations *ret);
/* As people see them: the deliverable, then by the measures' ids as id_compare has them. */
int list_of_deadline(struct ledger *l, struct deadline_id deadline, struct obligations *ret);
void obligations_done(struct obligations *o);

/* What is held: of an obligation's round, or by a person's absences. */
struct marks {
	struct mark *list;
	size_t count, room;
};
int list_held(struct ledger *l, const struct obligation *o, struct marks *ret);
int list_held_absent(struct ledger *l, struct person_id person, struct marks *ret);
void marks_done(struct marks *marks);

/* What a message still says: items that have become moot are left out. */
struct items {
	struct item *list;
	size_t count, room;
};
int list_items(struct ledger *l, struct message_id message, struct items *ret);
void items_done(struct items *items);
