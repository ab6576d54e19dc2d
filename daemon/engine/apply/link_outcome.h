/* SPDX-License-Identifier: Apache-2.0 */
/* What a body of a chain decides: engine/obligation/chain.h. */
#pragma once
#include "engine/apply/application.h"
#include "engine/obligation/chain.h"

/* Which of the chain has decided; NULL: the deadline's own body. 0, or REJECT_BAD_DATA with those it may be. */
int link_outcome_find(struct application *a, const struct deadline *d,
		      const struct deadline_row *row, const struct via **ret);
/* Noted or approved by this link, once it is in the log: recorded, and passed on unless the matter has gone on
 * already. The row is put. */
int link_outcome_apply(struct application *a, const struct deadline *d, struct deadline_row *row,
		       const struct via *via);
/* Returned by this link: recorded. What follows is that of any return. */
int link_outcome_return(struct application *a, const struct deadline *d, const struct via *via);
/* The answer warns of the links before the one at `until` that have not decided. */
int link_outcome_warn_passed_over(struct application *a, const struct deadline *d, size_t until);
/* The answer to a body's meeting warns of the chains that it leaves out of order. */
int link_warn_disorder(struct application *a, const struct body *body);
