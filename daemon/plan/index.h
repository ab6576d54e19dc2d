/* SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "plan/plan.h"

/* From id to thing, for arrays of structs that begin with where and id. */
struct named {
	struct where where;
	const char *id;
};
struct index {
	const char *things;
	size_t stride, count, mask;
	uint32_t *slots; /* number of the thing + 1; 0: free */
};
const void *index_find(const struct index *index, const char *id);
/* Put the text of the n-th thing there: NULL, or the thing that has it already. */
const struct named *index_add(struct index *index, size_t n);
const struct named *index_at(const struct index *index, size_t n);
