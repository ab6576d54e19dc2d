/* SPDX-License-Identifier: Apache-2.0 */
/* The paper that a message brings. */
#pragma once
#include "engine/content.h"

/* The frozen paper that the item's detail names, with its hash: *ret is a new reference, NULL when there is none. 0 or a
 * negative errno. */
int content_frozen_paper(struct engine *e, const struct content_item *ni, json_t **ret);
