/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was recorded of what somebody said on a page, read back from the log: a receipt is no state of its own,
 * so that it shows what counts however often and whenever it is asked for.
 */
#pragma once
#include "web/asked.h"
#include "web/form.h"

#define RECEIPT_CORRECTED_FOR HOURS(24) /* from the first answer on */

struct receipt {
	enum event_type type;
	char source[SOURCE_MAX + 1];
	json_t *data;		 /* of the event */
	struct instant received; /* when it was said */
	struct instant first;	 /* of an answer: when the first one was, which this may correct */
	bool answer, corrected;
	int64_t seq; /* of the event */
	bool history; /* a report that another counts instead of: one said later, or of a later time */
	enum measure_status newer;
	struct instant newer_at;
};

/*
 * Of what answered an item: the newest of the answer and its corrections. *ret_found: false when there is none.
 * 0 or a negative errno; receipt_done in any case.
 */
int receipt_of_answer(struct engine *e, const struct asked *a, struct receipt *ret,
		      bool *ret_found);
/* Of the event of this id, if their person has said it about the item or about themself. */
int receipt_of_event(struct engine *e, const struct asked *a, const char *id, struct receipt *ret,
		     bool *ret_found);
void receipt_done(struct receipt *r);

/* Until when it may be corrected; INSTANT_NONE: it may not, or not any more. */
struct instant receipt_correctable(const struct receipt *r, const struct asked *a,
				   struct instant now);

/* What the form of a correction begins with. */
struct receipt_form {
	struct form form;
	char texts[FORM_ENTRIES][48]; /* of numbers */
};
void receipt_fill(const struct receipt *r, enum language language, struct receipt_form *ret);
