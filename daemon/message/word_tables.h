/* SPDX-License-Identifier: Apache-2.0 */
/* What is to be mended in a part once sections have left out or repeated what they hold. */
#pragma once
#include <stddef.h>

/*
 * The n bytes at xml, mended: a table of whose cells some are left out or repeated has columns for those that are there,
 * and a row of one cell in it spans them; a table without rows goes; a cell, header or footer without a paragraph has
 * an empty one. Caller frees *ret. 0, -ENOMEM, or -EBADMSG.
 */
int word_tables_mend(const char *xml, size_t n, char **ret, size_t *ret_length);
