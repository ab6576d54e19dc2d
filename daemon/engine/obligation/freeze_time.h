/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When a deadline's paper is frozen: at the end of its papers date, or when it is handed in before; once for each
 * papers date, so that one that is returned, extended to later or passed on is frozen anew. engine/freeze.h does it.
 * Of a plan that has papers, and of a deadline that somebody is responsible for.
 */
#pragma once
#include "engine/engine.h"
#include "engine/outbox/sink.h"
#include "plan/due.h"

/* Has it one at all? */
bool freeze_has_paper(const struct plan *plan, const struct deadline *d);
/* The row is to have these dates, in place of those that it has; or of none, when it is born: one that is past already
 * then is nobody's paper any more. */
void freeze_look(const struct plan *plan, const struct deadline *d, struct deadline_row *row,
		 const struct dates *dates, struct instant now);
/* It is handed in: it is frozen now, unless it was for this papers date. 0 or a negative errno. */
int freeze_ask(struct engine *e, const struct deadline *d, struct deadline_row *row,
	       struct instant now);
/* What waits for a proposal is looked at again. 0 or a negative errno. */
int freeze_wake(struct engine *e, struct instant now);

/* The hash of frozen bytes, in hexadecimal. */
void freeze_hash(const char *content, char out[static SHA256_TEXT]);
/* Are they still those of the row's hash? What is not is never handed out. */
bool freeze_is_whole(const struct frozen_row *paper);
/* The paper of the row's that was frozen last; *ret_whole: it is there, and its bytes are those of its hash. Of a row
 * with frozen_n. 0 or a negative errno. */
int freeze_find_newest(struct engine *e, const struct deadline_row *row, struct frozen_row *ret,
		       bool *ret_whole);

/* Who hears of it: the responsible get the paper, the n-th; or support hears that a proposal is missing. */
int freeze_tell(struct sink *sink, const struct deadline *d, int n);
int freeze_tell_hole(struct sink *sink, const struct deadline *d);

/* What becomes of a paper once its freeze_at has come. */
enum freeze_fate {
	FREEZE_NO_PAPER, /* it was withdrawn, or left the plan, or nobody is responsible any more */
	FREEZE_PAPER,
	FREEZE_HOLE,	  /* it waits for a proposal, and support is to hear of it */
	FREEZE_HOLE_TOLD, /* it does, and support has heard of it for this papers date */
};
/* d: the row's; NULL: it is in the plan no more. 0 or a negative errno. */
int freeze_judge(struct engine *e, const struct deadline *d, const struct deadline_row *row,
		 enum freeze_fate *ret);
