/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Firings depend only on ladder and base, which thousands of obligations share: they are computed once
 * and kept.
 */
#include "engine/walk/round.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void walk_clear_shelves(struct walk *w)
{
	for (size_t i = 0; i < w->shelf_count; i++)
		free(w->shelves[i].list);
	w->shelf_count = 0;
}

int walk_find_firings(struct walk *w, const struct ladder *ladder, struct civil_date base)
{
	struct firing list[LADDER_FIRINGS_MAX];
	struct shelf *s = w->shelves;

	for (; s < w->shelves + w->shelf_count; s++)
		if (s->ladder == ladder && civil_equal(s->base, base))
			break;
	if (s == w->shelves + w->shelf_count) {
		if (w->shelf_count == SHELVES) {
			walk_clear_shelves(w);
			s = w->shelves;
		}
		*s = (struct shelf){ .ladder = ladder, .base = base };
		s->count = ladder_firings(w->plan, ladder, base, list);
		s->list = calloc(s->count ? s->count : 1, sizeof(*list));
		if (!s->list)
			return -ENOMEM;
		memcpy(s->list, list, s->count * sizeof(*list));
		w->shelf_count++;
	}
	w->firings = s->list;
	w->firing_count = s->count;
	return 0;
}
