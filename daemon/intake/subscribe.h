/* SPDX-License-Identifier: Apache-2.0 */
/* intake.collect and intake.subscribe: published events, which get no answer. */
#pragma once
#include "engine/engine.h"
#include "gate/rejects.h"
#include "intake/feed.h"
#include "intake/socket_reader.h"

struct subscribe {
	struct engine *engine;
	struct feed *feed;
	struct rejects *rejects, *denied;
	struct parser *parser;
	size_t unsettled; /* accepted in this turn */
};

/* For a reader whose userdata is a struct subscribe. */
extern const struct socket_reader_calls subscribe_calls;

/* The turn has ended. */
void subscribe_settle(struct subscribe *s, bool committed);
/* Sources of the plan of which events were lost: [{"source":…,"count":…}], a new reference; NULL when
 * there is no memory or the ledger can not be read, which for a moment is so when its database is away. */
json_t *subscribe_lost(const struct subscribe *s);
