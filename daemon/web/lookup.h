/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a page asks before it is made: the questions of the client's queries, so that a figure on a page and the
 * same figure in a terminal come from the same rows. They are worked on in slices between the turns of the loop,
 * of one moment of the store each lookup, while the exchange waits:
 *
 *	static void found(struct web *w, struct exchange *x, json_t *const answers[], const struct rejection *why)
 *	{
 *		if (why)
 *			exchange_not_found(x);
 *		else
 *			exchange_page(x, 200, … made of answers[0] …);
 *	}
 *	static void handle(struct web *w, struct exchange *x)
 *	{
 *		json_t *params = json_pack("{ss}", "item", fields_value(&exchange_request(x)->asked, "item"));
 *
 *		lookup(x, &(struct question){ QUERY_SHOW, params }, 1, found);
 *		json_decref(params);
 *	}
 *
 * Few lookups are worked on at a time and the others wait in line, so that many readers cost time and not
 * memory; whoever comes when the line is full is told to come again. The plan may have been replaced when the
 * answers are there.
 */
#pragma once
#include "engine/inquiry.h"
#include "web/exchange.h"

#define LOOKUP_QUESTIONS 12 /* of one page, at most */
#define LOOKUP_ROWS 4000    /* of one answer: a narrower question is to be asked of more */

/*
 * An array of rows for each question, in their order, borrowed; or why: the daemon's sentence when a question was
 * refused (an unknown item, a parameter that is none), and then there are no answers.
 */
typedef void looked_up_fn(struct web *w, struct exchange *x, json_t *const answers[],
			  const struct rejection *why);
/*
 * Ask, and have then called when all is answered, never before this returns. The questions are copied, with
 * references of their params (NULL params: none are given). When they can't be asked or the store can't be read the exchange is
 * refused, and then is not called.
 */
void lookup(struct exchange *x, const struct question *questions, size_t count, looked_up_fn *then);
/* Of this question only the rows from `from` on, and `limit` at most: for a page of many. To be said at once after
 * lookup, which may have refused the exchange: then nothing happens. */
void lookup_range(struct exchange *x, size_t question, size_t from, size_t limit);
/* How many rows this question's answer has in all, also those that `then` was not given. To be asked by then. */
size_t lookup_total(const struct exchange *x, size_t question);

/* ---- for those who keep the exchanges ------------------------------------------------------------- */

struct lookups;
struct lookup;

int lookups_new(struct lookups **ret, struct web *w);
/* All that are asked for are told to come again: no more answers will come. */
void lookups_stop(struct lookups *l);
struct lookups *lookups_free(struct lookups *l);
/* Whoever asked is gone; NULL is passed over. */
struct lookup *lookup_free(struct lookup *l);
