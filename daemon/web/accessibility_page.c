/* SPDX-License-Identifier: Apache-2.0 */
#include "web/accessibility_page.h"

#include "base/clock.h"
#include "web/page.h"

void accessibility_handle(struct web *w, struct exchange *x)
{
	const struct page_reader to = page_reader(w, x, NULL, clock_now());

	page_send(x, &to, 200, PAGE_ACCESSIBILITY, page_new(&to));
}
