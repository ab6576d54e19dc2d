/* SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <jansson.h>

/*
 * Put an array's rows in the order of their members' texts, which are ids, dates or words: of the first named in which
 * two rows differ, downwards where its name has '-' before it. No text is before any. Those that are equal in all stay
 * as they came. members ends with NULL. 0, or -ENOMEM and the rows are as they were.
 */
int rows_sort(json_t *rows, const char *const members[]);
