/* SPDX-License-Identifier: Apache-2.0 */
#include "web/desk_page.h"

#include "base/clock.h"
#include "web/page.h"

void desk_handle(struct web *w, struct exchange *x)
{
	const struct page_reader to = page_reader(w, x, exchange_signed_in(x)->person, clock_now());

	page_send(x, &to, 200, PAGE_DESK, page_new_signed_in(&to, x, DESK_TODAY));
}
