/* SPDX-License-Identifier: Apache-2.0 */
/* Why a reminder was sent or not, in the reader's language: the sentences of `why` are written in English, and kept so. */
#pragma once
#include "plan/plan.h"

#define REASON_TEXT 1200 /* bytes */

/*
 * The clauses of a reason, "5 working days before the papers date 2026-05-15; accepted 2026-05-08 08:00", in a
 * language, as far as all of them are known; *ret_rest is what follows, in English: "" when nothing does. Returns out.
 */
char *reason_in(enum language language, const char *reason, char out[static REASON_TEXT],
		const char **ret_rest);
