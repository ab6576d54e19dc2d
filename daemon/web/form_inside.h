/* SPDX-License-Identifier: Apache-2.0 */
/* A form from inside: form.c goes through the entries, form_kinds.c has their table, form_read.c their values. */
#pragma once
#include "web/form.h"

/* One entry being read: its value is put into data, or the fault is noted. */
struct reading {
	const struct form_question *q;
	const struct form *form;
	const struct entry_kind *kind;
	const char *text; /* as typed, not blank; of boxes that are ticked the first */
	json_t *data;
	struct form_fault *fault;
};
/* 0 or -ENOMEM. */
typedef int form_reader(struct reading *r);

struct entry_kind {
	const char *name; /* of the field */
	const char *data; /* the member of the event's data */
	form_reader *read;
	enum page_fault missing;
	unsigned actions; /* bits 1 << enum form_action: those that it belongs to … */
	unsigned always;  /* … and those of them that can't do without it */
	int required_by;  /* enum status_field, 1 + it; 0: none */
	bool many;	  /* boxes to tick: each of them a field of its own */
};
extern const struct entry_kind form_kinds[FORM_ENTRIES];

form_reader form_read_status, form_read_percent, form_read_amount, form_read_note,
	form_read_support, form_read_reference, form_read_line, form_read_link, form_read_proposal,
	form_read_promise, form_read_until, form_read_day, form_read_last, form_read_meeting,
	form_read_item, form_read_id, form_read_outcome, form_read_closure, form_read_ids,
	form_read_number, form_read_absence;
