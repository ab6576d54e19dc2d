/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What would follow from an event: it is applied by the code that applies events, what that changed is told, and
 * all of it is taken back. What would leave, and would leave no more, is the difference of two forecasts, one
 * before the event and one after it, of the rows that it touches.
 */
#pragma once
#include "engine/engine.h"
#include "protocol/answer.h"
#include "protocol/event.h"

/* So many of what is owed are told of; `more` counts the others. */
#define CONSEQUENCES_MAX 500

/*
 * An event's consequences, being told: event as for apply_event, within the turn, which goes on as if nothing had been.
 *
 *	{"closes":[{"deadline","measure","owner","as"}],   as: "answered", "withdrawn", "closed"
 *	 "opens":[{"deadline","measure","owner"}],
 *	 "moves":[{"deadline","measure","owner","due","papers","due_before","papers_before"}],
 *	 "owners":[{"deadline","measure","owner","owner_before"}],
 *	 "decides":[{"request","deadline","measure","state"}],
 *	 "leaves":[{"when","to","channel","kind","items":[{"deadline","measure","step"}]}],
 *	 "dropped":[as leaves: what would have left, and does no more],
 *	 "until": the last day of the forecast, "more": n, "remarks":{as the event's answer has them}}
 *
 * What is none is null: the measure of a deliverable; the deadline where it is a measure that closes, or its own
 * date that moves, which has no papers.
 */
struct foretelling;

/*
 * Begin: it is applied, what that changes is told, and it is taken back; all of it in the turn, in which nothing has
 * been written before, and event and e may be gone then. 0 and *ret; a positive enum reject_code with the sentence:
 * the event would be refused; or a negative errno.
 */
int foretelling_new(struct foretelling **ret, struct engine *e, const struct event *event,
		    struct instant now, struct rejection *ret_why);
/* Only what this person of e's plan may see, as consequences_narrow does; before any work. */
void foretelling_narrow(struct foretelling *f, const struct person *viewer);
/* Go on, for some milliseconds, with what stood when it began: 1 there is more, 0 done, or a negative errno. */
int foretelling_work(struct foretelling *f);
/* When done: the row above, a new reference. */
json_t *foretelling_row(const struct foretelling *f);
struct foretelling *foretelling_free(struct foretelling *f);

/*
 * Of such a row, leave to a narrower steward what is theirs (plan/stewardship.h), or owed by themself: the rows of
 * what is owed, and of each message the items. The others are counted, each once, and added to `more`. 0 or -ENOMEM.
 */
int consequences_narrow(const struct plan *plan, const struct person *viewer, json_t *row);
