/* SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <stddef.h>

/* Memory that is freed all at once: what is read stays as long as the plan. */
struct arena {
	struct arena_chunk *chunks;
};
/* Zeroed, aligned for any type; NULL when memory runs out. */
void *arena_alloc(struct arena *arena, size_t size);
void arena_done(struct arena *arena);
