/* SPDX-License-Identifier: Apache-2.0 */
/* intake.collect and intake.subscribe: published events, which get no answer. */
#pragma once
#include "engine/engine.h"
#include "intake/feed.h"
#include "intake/inlet.h"
#include "intake/tally.h"

struct subscribe {
	struct engine *engine;
	struct feed *feed;
	struct tally *tally, *denied;
	size_t unsettled; /* accepted in this turn */
};

/* For an inlet whose userdata is a struct subscribe. */
extern const struct inlet_calls subscribe_calls;

/* The turn has ended. */
void subscribe_settle(struct subscribe *s, bool committed);
/* Sources of the plan of which events were lost: [{"source":…,"count":…}], a new reference; NULL when
 * there is no memory or the ledger can not be read. */
json_t *subscribe_lost(const struct subscribe *s);
