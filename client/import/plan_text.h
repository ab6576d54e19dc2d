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

/* A hole of a plan file, for people. */
struct plan_hole {
	long at;	     /* the byte of the text that its line holds */
	unsigned line;	     /* of plan_holes_count */
	struct group *group; /* whose it is; NULL: of what no spreadsheet has */
	const char *why;     /* what is missing */
};

struct plan_holes {
	struct plan_hole *list;
	size_t count, room;
};
/* Number the lines of all that are of the text. */
void plan_holes_count(struct plan_holes *holes, const char *text);
void plan_holes_done(struct plan_holes *holes);

/* The whole plan: what the spreadsheet has, and bodies, meetings, the support function and deadlines to be
 * filled in; and its holes. out: a stream that ftell is of use with. */
void plan_text_write(FILE *out, struct draft *draft, const struct plan_frame *frame,
		     struct plan_holes *holes);
/* One group, with the comment that says where it is from; and its holes. */
void plan_text_group(FILE *out, struct group *group, struct plan_holes *holes);
/* The comment: # row 4: id="HSN-03"; title="…", which known.c reads. */
void plan_text_source(FILE *out, const struct group *group);
/* The member's value as a plan has it; NULL: none. Of keep. */
const char *plan_text_value(struct keep *keep, const struct member *member);
