/* SPDX-License-Identifier: Apache-2.0 */
/*
 * /a/TOKEN?reply=N: what the message N, to this person about this, has said that their reply was understood as. The
 * page shows what would be recorded, and one button records it, as any other form: the same button pressed twice, or
 * on two pages, is one answer. The number leads nowhere but for the person and the thing that the token names.
 */
#pragma once
#include "web/page.h"

/* Answer with that page, where the query asks for it and it may be said now. False: it has not been answered. */
bool reply_page_show(struct exchange *x, const struct page_reader *to, const struct asked *asked);
