/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Papers that were frozen because of an act that is taken back: by handing in, by a proposal that was waited for, or
 * at a papers date that the act gave.
 */
#pragma once
#include "engine/apply/application.h"

/* The change is one of a deadline's row. Each message that such a paper has brought about, or its want of a proposal,
 * and whose item still stands. row may write. A non-zero return ends it and is returned. */
int undoing_each_paper_item(struct application *a, const struct kept_change *c,
			    int (*row)(void *userdata, const struct message *m,
				       const struct item *item),
			    void *userdata);
/* They are papers no more, their messages do not leave, and the row (to be put by the caller) is frozen as it was
 * before the act. 0 or a negative errno. */
int undoing_restore_paper(struct application *a, const struct kept_change *c,
			  struct deadline_row *row);
