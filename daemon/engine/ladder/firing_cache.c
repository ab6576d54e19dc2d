/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Firings depend only on ladder and base, which thousands of obligations share: they are computed once
 * and kept.
 */
#include "engine/ladder/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void firing_cache_clear(struct walk *w)
{
	for (size_t i = 0; i < w->cache_count; i++)
		free(w->cache[i].list);
	w->cache_count = 0;
}

int firing_cache_find(struct walk *w, const struct ladder *ladder, struct civil_date base)
{
	struct firing list[LADDER_FIRINGS_MAX];
	struct cached_firings *s = w->cache;

	for (; s < w->cache + w->cache_count; s++)
		if (s->ladder == ladder && civil_equal(s->base, base))
			break;
	if (s == w->cache + w->cache_count) {
		if (w->cache_count == CACHED_LADDERS) {
			firing_cache_clear(w);
			s = w->cache;
		}
		*s = (struct cached_firings){ .ladder = ladder, .base = base };
		s->count = ladder_firings(w->plan, ladder, base, list);
		s->list = calloc(s->count ? s->count : 1, sizeof(*list));
		if (!s->list)
			return -ENOMEM;
		memcpy(s->list, list, s->count * sizeof(*list));
		w->cache_count++;
	}
	w->firings = s->list;
	w->firing_count = s->count;
	return 0;
}
