/* SPDX-License-Identifier: Apache-2.0 */
/* The routes of the channels: one for each, and those retired while something is under way on them. */
#pragma once
#include "delivery/attempt.h"

/* The route of a channel of the plan, or NULL. */
struct route *routes_find(struct delivery *d, const char *channel);
/* A route for each channel of the plan in force; one that leads elsewhere now is retired. */
int routes_follow(struct delivery *d);
/* Let go of those retired on which nothing is under way any more. */
void routes_sweep(struct delivery *d);
