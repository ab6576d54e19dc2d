/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The links of chains: the bodies that a matter passes before its deadline's own. A row for each body of a
 * `via`, from the deadline's first day on; one whose body has left the chain stays, with what it decided.
 */
#pragma once
#include "ledger/types.h"

struct link_row {
	char deadline[ITEM_ID]; /* or an occurrence */
	char body[ID_MAX + 1];
	int month; /* in which it is bound, counted from year 0; 0: in none, it is the last before the next */
	struct civil_date bound; /* the meeting; CIVIL_NONE: none is known */
	/* A meeting that was cancelled: it is bound to no earlier one, so that nobody is asked sooner for it;
	 * CIVIL_NONE: none was. */
	struct civil_date not_before;
	struct civil_date due, papers; /* as they stand; CIVIL_NONE: nothing to count from */
	bool provisional;	       /* they may change when a meeting is known */
	enum outcome outcome;	       /* the newest; OUTCOME_NONE before the first */
	struct instant outcome_at;
	int64_t outcome_seq;
	char reference[LINE_MAX_BYTES + 1]; /* of the outcome, or "" */
	char evidence[LINK_MAX * 4 + 1];    /* its `link`, or "" */
	struct civil_date told; /* the `due` of which support was told that nothing was decided */
};
/* One of which nothing is known yet. */
struct link_row link_row_new(struct deadline_id deadline, struct body_id body);
int ledger_put_link(struct ledger *l, const struct link_row *link);
int ledger_find_link(struct ledger *l, struct deadline_id deadline, struct body_id body,
		     struct link_row *ret, bool *ret_found);
/* All of them, in order of deadline and body. */
int ledger_links(struct ledger *l, int (*row)(void *userdata, const struct link_row *link),
		 void *userdata);

extern const struct row_type link_type;
