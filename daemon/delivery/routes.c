/* SPDX-License-Identifier: Apache-2.0 */
#include "delivery/routes.h"

#include <string.h>

struct route *routes_find(struct delivery *d, const char *channel)
{
	struct route *r;

	LIST_FOREACH (r, &d->routes, link) {
		if (!r->retired && strcmp(r->channel->name, channel) == 0)
			return r;
	}
	return NULL;
}

void routes_sweep(struct delivery *d)
{
	struct route *r, *next;
	struct attempt *a;

	for (r = LIST_FIRST(&d->routes); r; r = next) {
		next = LIST_NEXT(r, link);
		TAILQ_FOREACH (a, &d->attempts, link) {
			if (a->route == r)
				break;
		}
		if (r->retired && !a) {
			LIST_REMOVE(r, link);
			route_free(r);
		}
	}
}

int routes_follow(struct delivery *d)
{
	struct plan *plan = d->engine->plan;
	struct route *r;

	for (size_t i = 0; i < plan->channel_count; i++) {
		const struct channel *channel = &plan->channels[i];
		int error;

		r = routes_find(d, channel->name);
		if (r && route_same(r, plan, channel)) {
			route_adopt(r, plan, channel);
			continue;
		}
		if (r)
			r->retired = true;
		error = route_new(&r, d->event, plan, channel);
		if (error < 0)
			return error;
		LIST_INSERT_HEAD(&d->routes, r, link);
	}
	LIST_FOREACH (r, &d->routes, link) {
		if (r->plan != plan)
			r->retired = true;
	}
	routes_sweep(d);
	return 0;
}
