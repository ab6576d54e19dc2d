/* SPDX-License-Identifier: Apache-2.0 */
/* Between the files of /mine/: what was sent (mine_form.c), and what is shown and recorded (mine_page.c). */
#pragma once
#include "web/page.h"

#define GONE_MAX 100

/* One thing of the list, and what was sent of it. */
struct mine_part {
	const struct asked *asked;
	bool known; /* its fields are in the form … */
	bool sent;  /* … and something is in them */
	bool chosen;
	struct form form;
};
struct mine {
	struct exchange *x;
	struct page_reader to;
	struct asked_list list;
	struct mine_part *parts;    /* as many as list.count */
	struct form gone[GONE_MAX]; /* what was filled in of what isn't in the list any more */
	size_t gone_count;
};

static inline enum form_action mine_action(const struct asked *a)
{
	return a->measure ? FORM_REPORT : FORM_HAND_IN;
}

void mine_done(struct mine *m);
/* What was sent, of what is in the list and of what isn't any more; parts are there. */
void mine_read(struct mine *m);
/* How many faults there are in those that are to be sent; or a negative errno. */
int mine_check(struct mine *m);
size_t mine_chosen(const struct mine *m);

/* Is there anything of which the page has no form, so that it is lost unless it is shown? */
bool mine_has_unsaved(const struct mine *m);
void mine_put_unsaved(const struct mine *m, json_t *view);
