/* SPDX-License-Identifier: Apache-2.0 */
/* What an import's command line says: how to read the spreadsheet, and what a plan needs beside it. */
#pragma once
#include "client/import/plan_text.h"

struct import_options {
	struct column_wishes columns;
	struct draft_wishes draft;
	struct plan_frame frame; /* as far as the options say it */
};

/* 0; or an exit code, and a sentence on standard error. It points into call and keep. */
int import_options_read(struct import_options *ret, const struct call *call, struct keep *keep);
void import_options_done(struct import_options *options);
