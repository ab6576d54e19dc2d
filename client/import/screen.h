/* SPDX-License-Identifier: Apache-2.0 */
/* What people are told beside the plan that an import has printed. */
#pragma once
#include "client/import/plan_text.h"

struct screen {
	const struct draft *draft;
	const struct plan_holes *holes; /* with their lines */
	struct notices *notices;
	const char *support_mail; /* the address of --support; NULL: none was given */
};

/*
 * First what has to be filled in, by the lines of the plan; then what may be wanted otherwise; then how what was not
 * plain has been read; last what to type next, the two addresses that paminnd.conf wants among it, for whoever types
 * what the screen says. The plan's file is what standard output leads to.
 */
void screen_plan(FILE *out, const struct screen *screen);
