/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each address has a bucket of an hour's asks that fills evenly. It is kept as the instant at which it would have been
 * empty; one that is full again need not be kept.
 */
#include "web/askers.h"

#define HOUR HOURS(1).us
#define EACH (HOUR / ASKS_AN_HOUR)

static struct asker *find(struct askers *a, const struct remote *who)
{
	struct asker *spare = NULL;

	for (size_t i = 0; i < a->count; i++) {
		if (remote_counts_as(&a->list[i].who, who))
			return &a->list[i];
		if (!spare || a->list[i].since.us < spare->since.us)
			spare = &a->list[i];
	}
	if (a->count < ASKERS)
		spare = &a->list[a->count++];
	*spare = (struct asker){ .who = *who };
	return spare;
}

bool askers_let(struct askers *a, const struct remote *who, struct mono now)
{
	struct asker *asker = find(a, who);

	/* since: an ask each EACH from then on would be what was asked so far. */
	if (asker->since.us == 0 || now.us - asker->since.us > HOUR)
		asker->since.us = now.us - HOUR;
	if (now.us - asker->since.us < EACH)
		return false;
	asker->since.us += EACH;
	return true;
}
