/* SPDX-License-Identifier: Apache-2.0 */
/* /a/TOKEN: one thing that is asked of one person. */
#pragma once
#include "web/exchange.h"

/* GET: the form, the receipt, or why there is neither. POST: an answer, or what is said in place of one. */
void answer_handle(struct web *w, struct exchange *x);
