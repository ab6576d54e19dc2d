/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The layout of plain text. Lines that follow each other are one paragraph, whatever lines their
 * template was written on; a blank line ends it. "- " and an indent of one to three spaces begin
 * a paragraph whose further lines hang under its first; four spaces and more, or a tab, stand as
 * they are. No line is broken at a no-break space, and none is left.
 */
#pragma once
#include <stddef.h>

#define LAYOUT_MAIL 72 /* columns */
#define LAYOUT_WIDE 0  /* each paragraph on one line */

/* Lay text out to width columns; caller frees *ret. 0 or -ENOMEM. */
int layout_text(const char *text, size_t width, char **ret);
