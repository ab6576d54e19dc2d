/* SPDX-License-Identifier: Apache-2.0 */
#include "intake/command.h"

#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "engine/inquiry.h"

struct command {
	enum request which;
	struct engine *engine;
	struct replies *replies;
	const struct caller *from;
	json_t *params;
	const struct command_calls *calls;
	void *userdata;
};

static json_t *one_row(json_t *row)
{
	return answer_rows(json_pack("[o]", row), NULL);
}

static void run_reload(const struct command *c)
{
	struct rejection why;
	json_t *row, *answer;

	if (c->calls->reload(c->userdata, &row, &why) == REJECT_NONE)
		answer = one_row(row);
	else
		answer = answer_refused(NULL, &why);
	replies_put(c->replies, c->from, answer, false);
}

/* The turn is ended at once: what the answer promises has then happened. */
static void run_hold(const struct command *c)
{
	bool on = json_is_true(json_object_get(c->params, "on"));
	int r = turn_join(c->engine->turn);

	if (r == 0) {
		r = ledger_set_fact(c->engine->ledger, FACT_HOLD, on ? "on" : "");
		if (r < 0)
			turn_fail(c->engine->turn, r);
	}
	replies_put(c->replies, c->from, one_row(json_pack("{s:b}", "on", on)), true);
	turn_end_now(c->engine->turn);
	if (ledger_is_on_hold(c->engine->ledger) == on)
		log_notice(on ? "hold: messages are kept back from now on"
			      : "hold: messages may leave again");
	c->calls->wake(c->userdata);
}

static json_t *order(const struct command *c)
{
	int64_t id = json_integer_value(json_object_get(c->params, "id"));
	struct rejection why;
	struct message m;
	int r = turn_join(c->engine->turn);

	if (r == 0) {
		r = c->calls->order(c->userdata, c->which, id, clock_now(), &m, &why);
		if (r < 0)
			turn_fail(c->engine->turn, r);
	}
	if (r == 0)
		return one_row(inquiry_message(&m));
	if (r < 0)
		reject(&why, RETRY_STORAGE_FULL, "the store could not be written (%s); try again",
		       strerror(-r));
	return answer_refused(NULL, &why);
}

static void run_order(const struct command *c)
{
	replies_put(c->replies, c->from, order(c), true);
	turn_end_now(c->engine->turn);
}

static void (*const run[REQUESTS])(const struct command *c) = {
	[COMMAND_RELOAD] = run_reload,
	[COMMAND_HOLD] = run_hold,
	[COMMAND_RETRY] = run_order,
	[COMMAND_DROP] = run_order,
};

void command_run(struct engine *e, struct replies *replies, const struct caller *from,
		 enum request which, json_t *params, const struct command_calls *calls,
		 void *userdata)
{
	struct command c = { which, e, replies, from, params, calls, userdata };

	run[which](&c);
}
