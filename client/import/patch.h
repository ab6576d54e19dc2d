/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A difference as a unified diff that patch(1) applies to the plan: changed lines as hunks, what is new as a file of
 * its own. What was set by hand, and what stands on no line of its own, is told before it, in lines that patch(1)
 * passes by.
 */
#pragma once
#include "client/import/difference.h"

struct patch {
	const char *folder;   /* that its names start from, for patch -d */
	const char *new_file; /* the name of what is new in it; NULL: nothing is */
	size_t holes;	      /* in that */
	bool empty;	      /* there is nothing to apply */
};

/* Write it; file is the spreadsheet's name. What ret points to is of the difference's keep. */
void patch_write(FILE *out, struct difference *difference, const struct known_plan *plan,
		 const char *file, struct patch *ret);
