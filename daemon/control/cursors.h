/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Finished inquiries with more rows than a page holds, kept for a while so that the pages go on. A page's
 * `next` is "ID:INDEX": the number of the kept inquiry, and the row that the next page begins with.
 */
#pragma once
#include <systemd/sd-event.h>

#include "engine/inquiry.h"

struct cursors;

int cursors_new(struct cursors **ret, sd_event *event);
struct cursors *cursors_free(struct cursors *c);

/* The answer with the first `limit` rows at most of an inquiry (stolen) that has been worked out. As text, in memory of
 * c's own until the next of these calls; NULL when there is no memory for it. */
const struct buffer *cursors_first(struct cursors *c, enum request which, struct inquiry *inquiry,
				   size_t limit);
/* The answer with the page that `after` names, or with why there is none. */
const struct buffer *cursors_next(struct cursors *c, enum request which, const char *after,
				  size_t limit);
/* The answer has been read, and what it took of memory is given back if it was much. */
void cursors_read(struct cursors *c);
