/* SPDX-License-Identifier: Apache-2.0 */
/* intake.submit: events, arrays of events, queries and commands, each with an answer. */
#pragma once
#include "base/buffer.h"
#include "gate/rejects.h"
#include "intake/feed.h"
#include "intake/intake.h"
#include "intake/names.h"
#include "intake/replies.h"
#include "intake/socket_reader.h"

struct submit {
	struct engine *engine;
	struct replies *replies;
	struct feed *feed;
	struct rejects *denied;
	struct names *names;
	const struct intake_calls *calls;
	void *userdata;
	struct parser *parser;
	struct buffer answer; /* to the message at hand, as it is written */
	uint64_t malformed;   /* messages whose envelope can not come back: dropped */
};

/* For a reader whose userdata is a struct submit. */
extern const struct socket_reader_calls submit_calls;
