/* SPDX-License-Identifier: Apache-2.0 */
/* Rows in an order. */
#pragma once
#include <jansson.h>

/* Of two rows: negative, 0 or positive. */
typedef int row_order(const json_t *a, const json_t *b, const void *userdata);

/* Put an array's rows in order, those that are equal as they came: 0, or -ENOMEM and it is as it was. */
int rows_sort(json_t *rows, row_order *order, const void *userdata);
/* An order by a member's text, an id or a date; no text comes first. */
int row_compare_by(const json_t *a, const json_t *b, const char *member);
