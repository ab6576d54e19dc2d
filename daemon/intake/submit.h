/* SPDX-License-Identifier: Apache-2.0 */
/* intake.submit: events, arrays of events, queries and commands, each with an answer. */
#pragma once
#include "intake/feed.h"
#include "intake/inlet.h"
#include "intake/query.h"
#include "intake/reply.h"
#include "intake/tally.h"

struct submit {
	struct engine *engine;
	struct replies *replies;
	struct feed *feed;
	struct desk *desk;
	struct tally *denied;
	bool joined; /* is the batch being read part of a turn? */
	uint64_t
		malformed; /* messages without our framing: dropped, for there is nobody to answer */
};

/* For an inlet whose userdata is a struct submit. */
extern const struct inlet_calls submit_calls;
