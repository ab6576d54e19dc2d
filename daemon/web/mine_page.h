/* SPDX-License-Identifier: Apache-2.0 */
/* /mine/TOKEN: all that is asked of one person, answered one by one or together. And /mine, which leads whoever is
 * signed in to their own. */
#pragma once
#include "web/exchange.h"

/* GET: each thing with its form, and what was answered in the last day. POST: one of the answers, or several. */
void mine_handle(struct web *w, struct exchange *x);
/* GET: to a link that is made for them now, and works as long as one of today's in a mail. */
void mine_lead(struct web *w, struct exchange *x);
