/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values in Markdown (CommonMark, with the tables of GitHub's). A value is text, never markup: what would be
 * read as markup is escaped, and as little else as can be, since the file is also read as it is.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#define MARKDOWN_PREFIX 16
#define MARKDOWN_ESCAPED (2 * MARKDOWN_PREFIX + 4)

/* What stands on the present line so far. {0}: nothing. */
struct markdown_line {
	/* What a further line begins with: the spaces and ">" of this one, and a space for each mark of a list. */
	char prefix[MARKDOWN_PREFIX];
	size_t length; /* of prefix */
	bool inside; /* there is more than spaces, ">" and the marks of lists: no block begins here any more */
	bool digits; /* only digits so far of what is inside */
	bool table;  /* it is a row of a table */
};
/* A character was written. */
void markdown_see(struct markdown_line *line, char ch);
/*
 * The ASCII character of a value that begins at `begin`, as it is to be written: "" when it is left out.
 * Returns out, or a constant.
 */
const char *markdown_escape(const struct markdown_line *line, const char *begin, const char *at,
			    char out[static MARKDOWN_ESCAPED]);
