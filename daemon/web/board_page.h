/* SPDX-License-Identifier: Apache-2.0 */
/* What the board sees: of whoever is signed in, /board, and of a link for readers, /board/TOKEN. GET alone. */
#pragma once
#include "web/exchange.h"

/* What may stand behind the "?". */
extern const struct field_rule board_rules[];

void board_handle(struct web *w, struct exchange *x);
void board_handle_link(struct web *w, struct exchange *x);
