/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The checksum that each row of the store has in its last column: SipHash-2-4, keyed, of the table's name and
 * of all its values. A row whose bytes have changed on the disk is told by it, and so is one that was written
 * for another table, or in another store. The key is random and stands in the store itself, so it is no secret
 * from who can write there: what a person changes on purpose is not what it is for.
 *
 * The values are those of the struct, not the store's bytes, so both engines have the same.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ledger/field.h"

#define CHECKSUM_KEY_BYTES 16 /* of SipHash */

struct checksum {
	unsigned char key[CHECKSUM_KEY_BYTES];
	unsigned char *bytes; /* of the row that is being gone through */
	size_t length, room;
	bool failed; /* no memory for them */
};

void checksum_begin(struct checksum *c, const char *table);
void checksum_int(struct checksum *c, int64_t value);
void checksum_text(struct checksum *c, const char *text); /* NULL: none */
void checksum_bytes(struct checksum *c, const void *bytes, size_t length);
/* 0 and the sum, or -ENOMEM. */
int checksum_end(struct checksum *c, int64_t *ret);
/* Of a row as it is described, but for what the store has numbered itself. 0 or -ENOMEM. */
int checksum_row(struct checksum *c, const struct row_type *type, const void *row, int64_t *ret);
void checksum_done(struct checksum *c);
