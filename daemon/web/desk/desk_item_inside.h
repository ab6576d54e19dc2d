/* SPDX-License-Identifier: Apache-2.0 */
/* The page of one item: its parts. */
#pragma once
#include "web/desk/desk.h"

/* `history`: what was said of it, the newest first. */
void desk_put_history(const struct page_reader *to, json_t *view, const json_t *events);
/* `why`: the rows of the query, person by person; nothing when it was not asked. */
void desk_put_why(const struct page_reader *to, json_t *view, const json_t *rows);
