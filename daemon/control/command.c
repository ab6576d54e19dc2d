/* SPDX-License-Identifier: Apache-2.0 */
#include "control/command.h"

#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "control/make_link.h"
#include "control/show_message.h"
#include "control/show_preview.h"
#include "engine/inquiry.h"
#include "engine/outbox/hold.h"
#include "engine/outbox/sign_in.h"
#include "gate/not_stored.h"

static json_t *one_row(json_t *row)
{
	return answer_rows(json_pack("[o]", row), NULL);
}

static json_t *not_stored(int error)
{
	struct rejection why;

	reject_not_stored(&why, error, "try again later");
	return answer_refused(NULL, &why);
}

static json_t *run_reload(const struct command *c)
{
	struct rejection why;
	json_t *row;

	if (c->calls->reload(c->userdata, &row, &why) == REJECT_NONE)
		return one_row(row);
	return answer_refused(NULL, &why);
}

static json_t *run_hold(const struct command *c)
{
	bool on = json_is_true(json_object_get(c->params, "on"));
	int r = turn_join(c->engine->turn);

	if (r == 0)
		r = hold_set(c->engine, on, c->by, clock_now());
	r = turn_finish(c->engine->turn, r);
	if (r < 0)
		return not_stored(r);
	log_notice(on ? "hold: messages are kept back from now on"
		      : "hold: messages may leave again");
	c->calls->wake(c->userdata);
	return one_row(json_pack("{s:b}", "on", on));
}

/* They are signed in nowhere any more, and a link that waits in their mailbox leads nowhere. */
static json_t *run_end_sessions(const struct command *c)
{
	const char *id = json_string_value(json_object_get(c->params, "person"));
	struct rejection why;
	int r, ended = 0;

	if (!plan_person(c->engine->plan, person_id(id))) {
		reject(&why, REJECT_UNKNOWN_SUBJECT,
		       "there is no person %s in the plan: check the id", id);
		return answer_refused(NULL, &why);
	}
	r = turn_join(c->engine->turn);
	if (r == 0)
		r = ended = sign_in_end_all(c->engine, person_id(id));
	r = turn_finish(c->engine->turn, r < 0 ? r : 0);
	if (r < 0)
		return not_stored(r);
	log_notice("sessions: %s is signed out everywhere, of %d", id, ended);
	return one_row(json_pack("{s:s, s:i}", "person", id, "ended", ended));
}

static json_t *run_order(const struct command *c)
{
	struct message m = { .id = message_id(
				     json_integer_value(json_object_get(c->params, "id"))) };
	struct rejection why;
	int r = turn_join(c->engine->turn), judged;

	if (r == 0)
		r = c->calls->order(c->userdata, c->which, &m, clock_now(), &why);
	judged = r;
	r = turn_finish(c->engine->turn, r < 0 ? r : 0);
	if (r < 0)
		return not_stored(r);
	return judged > 0 ? answer_refused(NULL, &why) : one_row(inquiry_message(&m));
}

/* A mail comes in pieces, each answered; the last one with what has become of the whole. */
static json_t *run_receive(const struct command *c)
{
	struct uploaded mail;
	struct rejection why;
	bool whole = false;
	json_t *row = NULL;
	enum reject_code code = uploads_add(c->uploads, c->params, &mail, &whole, &why);

	if (code == REJECT_NONE && !whole)
		return one_row(json_pack("{s:O}", "piece", json_object_get(c->params, "piece")));
	if (code == REJECT_NONE) {
		code = c->calls->receive(c->userdata,
					 &(struct mail_in){ mail.bytes, mail.length, mail.to },
					 &row, &why);
		uploads_end(c->uploads, &mail);
	}
	return code == REJECT_NONE ? one_row(row) : answer_refused(NULL, &why);
}

static json_t *(*const run[REQUESTS])(const struct command *c) = {
	[COMMAND_RELOAD] = run_reload,	  [COMMAND_HOLD] = run_hold,
	[COMMAND_RETRY] = run_order,	  [COMMAND_DROP] = run_order,
	[COMMAND_PREVIEW] = show_preview, [COMMAND_LINK] = make_link,
	[COMMAND_MESSAGE] = show_message, [COMMAND_END_SESSIONS] = run_end_sessions,
	[COMMAND_RECEIVE] = run_receive,
};

json_t *command_run(const struct command *c)
{
	return run[c->which](c);
}
