/* SPDX-License-Identifier: Apache-2.0 */
/* A draft as a plan file, to be filled in by hand. */
#pragma once
#include <stdio.h>

#include "client/import/draft.h"

/* What goes into the file beside the draft. */
struct plan_frame {
	const char *file;    /* the spreadsheet's name */
	const char *options; /* with which it was read, each with a space before it */
	const char
		*body; /* the id of the body that is answered, where the spreadsheet names none */
	const char *pattern; /* of all measures: "*", or "HSN-*" */
	/* What every plan needs and no spreadsheet has; NULL: a hole. */
	const char *name, *meeting;	    /* of that body: what it is called, and when it meets */
	const char *asked;		    /* what it is answered */
	const char *support, *support_mail; /* the support function */
	const char *heading; /* what stands above the headings; NULL: nothing alone in its row */
};

/* Say what of the frame is not used, and what the spreadsheet's own title becomes. */
void plan_text_tell(struct draft *draft, const struct plan_frame *frame, struct notices *notices);

/* The whole plan: what the spreadsheet has, and bodies, meetings, the support function and deadlines to be
 * filled in. Returns how many holes it has. */
size_t plan_text_write(FILE *out, struct draft *draft, const struct plan_frame *frame);
/* One group, with the comment that says where it is from. Returns how many holes it has. */
size_t plan_text_group(FILE *out, struct group *group);
/* The comment: # row 4: id="HSN-03"; title="…", which known.c reads. */
void plan_text_source(FILE *out, const struct group *group);
/* The member's value as a plan has it; NULL: none. Of keep. */
const char *plan_text_value(struct keep *keep, const struct member *member);
