/* SPDX-License-Identifier: Apache-2.0 */
/* A row as text, whatever its kind: an object of its columns, by the description of the row (field.h). What is none,
 * 0 or "" is left out. */
#pragma once
#include <jansson.h>

#include "ledger/field.h"

/* A new reference; NULL when there is no memory. */
json_t *row_text(const struct row_type *type, const void *row);
/* Back, into *row, of whose bytes nothing counts: 0, -ENOMEM, or -EIO when the text is none of ours. To be ended
 * by row_done. A column that it does not have is none, 0 or "". */
int row_of_text(const struct row_type *type, const json_t *text, void *row);
