/* SPDX-License-Identifier: Apache-2.0 */
/* What several commands of the table take (commands.c). */
#pragma once

#define REFERENCE(what_)                                                       \
	{                                                                      \
		"reference", "R", "reference", .required = true, .what = what_ \
	}

#define DUE_IS "a date, or \"meeting RF 2026-10\""

#define LINK                                                                                   \
	{                                                                                      \
		"link", "LINK", "link", .what = "evidence: an https address or a diary number" \
	}

#define DRY_RUN                                                                  \
	{                                                                        \
		"dry-run", .what = "print what would follow, and change nothing" \
	}
