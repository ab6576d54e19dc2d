/* SPDX-License-Identifier: Apache-2.0 */
/* The headers that every answer has, whatever it answers. */
#pragma once
#include "web/site.h"

struct header_line {
	const char *name, *value;
};
#define HEADER_LINES 8

/*
 * The policy for what pages look like: their style sheet alone, by the hash of each language's. Of pages that
 * can't be rendered: no style at all. 0 or -ENOMEM.
 */
int headers_adopt(struct web *w, const struct templates *templates);
/* How many there are, in out; they live as long as the settings and the words in force do. */
size_t headers_common(const struct web *w, struct header_line out[static HEADER_LINES]);
