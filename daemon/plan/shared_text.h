/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of daemons that share a store must have in common: all but what each of them has on its own host,
 * which are the keys store, store_password_file, templates, intake, web and mail of paminnd.conf. Of that file it is what
 * it says that counts, of the others their text.
 */
#pragma once
#include "plan/plan.h"

/* 0 or -ENOMEM. */
int shared_text_is_same(const struct plan *a, const struct plan *b, bool *ret_same);
