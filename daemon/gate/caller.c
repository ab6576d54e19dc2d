/* SPDX-License-Identifier: Apache-2.0 */
#include "gate/caller.h"

#include <string.h>

bool caller_is(const struct caller *a, const struct caller *b)
{
	return a->door == b->door && a->length == b->length &&
	       memcmp(a->route, b->route, a->length) == 0;
}

struct credentials caller_credentials(const struct caller *c)
{
	return (struct credentials){ .keyed = c->keyed, .key = c->key };
}
