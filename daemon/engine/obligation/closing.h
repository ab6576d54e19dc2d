/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whose word closes a measure; paminn-rules(7), Closing that counts.
 *
 *	                  its owner has said        nobody is asked    it counts as closed
 *	                  done or cancelled
 *	closing = owner   no                        –                  –
 *	                  yes                       yes                yes
 *	closing = body    yes                       yes                –: done according to the owner
 *	either            the body has closed it    yes                yes, whatever is said later
 *
 * Whether anybody is asked is measure_is_closed() of obligation/state.h.
 */
#pragma once
#include "ledger/measures.h"
#include "plan/plan.h"

/* Has the body closed it? */
bool measure_is_closed_by_body(const struct measure_row *row);
/* Does it count as closed: by the body, or, where that is enough, by its owner? */
bool measure_counts_as_closed(const struct measure *m, const struct measure_row *row);
/* Does it read "done according to the owner": done or cancelled, and the body has yet to close it? */
bool measure_is_done_by_owner(const struct measure *m, const struct measure_row *row);
