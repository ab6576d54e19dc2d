/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What /mine/ has of a request: mine_form.c reads it, mine_page.c lets it be judged, mine_view.c shows it.
 */
#pragma once
#include "web/page.h"
#include "web/say.h"

/* One thing of the list, and what was sent of it. */
struct mine_part {
	const struct asked *asked;
	unsigned number; /* of its fields in the form that was sent; 0: it has none there */
	bool sent;	 /* something is in them */
	bool chosen;	 /* to be judged */
	const struct mine_part
		*with; /* another's answer says this one's too: of the same measure */
	struct form form;
};

/* What became of each that was judged. */
struct outcomes {
	size_t count;
	struct outcome_of {
		struct obligation_id id;
		struct said said;
	} list[];
};

struct mine {
	struct exchange *x;
	struct page_reader to;
	struct asked_list list;
	struct mine_part *parts;	 /* as many as list.count */
	const struct outcomes *outcomes; /* NULL: nothing has been judged, or it was not stored */
};

/* ---- mine_form.c -------------------------------------------------------------------------------------- */

enum form_action mine_action(const struct asked *a);
/* The parts of the list, with what the request has of each. 0 or -ENOMEM. */
int mine_read(struct mine *m);
size_t mine_chosen(const struct mine *m);
/*
 * Check those that are chosen; of one measure there is one answer. How many faults there are, or a negative
 * errno.
 */
int mine_check(struct mine *m);
int mine_check_part(const struct mine *m, const struct asked *a, struct form *form);

const struct said *mine_outcome(const struct outcomes *o, struct obligation_id id);
bool mine_is_stored(const struct said *said);

/* ---- mine_view.c --------------------------------------------------------------------------------------- */

enum mine_reason {
	MINE_AS_IT_IS,	     /* with the faults that its forms have */
	MINE_NOTHING_CHOSEN, /* and so nothing could be sent */
};
void mine_show(struct mine *m, unsigned status, enum mine_reason reason);
/* The page of a link that is good no more. */
void mine_show_ended(struct mine *m);

/*
 * What was typed, is not recorded, and has no field on the page that follows: how many things it is about, or a
 * negative errno. They are added to the view, unless that is NULL.
 */
int mine_unsaved(const struct mine *m, json_t *view);
