/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ledger is asked what has become of the messages: that costs a few reads, and whatever ends them
 * (a result, a reload, a steward's drop) is seen.
 */
#include "control/test_message.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "engine/inquiry.h"
#include "engine/outbox/post.h"

#define PATIENCE SECONDS(60) /* the client waits a little longer */

struct test_message {
	struct engine *engine;
	struct mono until;
	size_t count;
	struct message_id messages[];
};

static int post(struct test_message *t, struct engine *e, const struct person *to,
		struct instant now)
{
	int r = turn_join(e->turn);

	for (size_t i = 0; r == 0 && i < t->count; i++)
		r = post_test(e, to, to->channels[i], now, &t->messages[i]);
	return turn_finish(e->turn, r);
}

int test_message_new(struct test_message **ret, struct engine *e, const json_t *params,
		     struct rejection *ret_why)
{
	const char *id = json_string_value(json_object_get(params, "person"));
	const struct person *to = plan_person(e->plan, person_id(id));
	struct test_message *t;
	int r;

	if (!to)
		return (int)reject(ret_why, REJECT_UNKNOWN_SUBJECT,
				   "there is no person %s in the plan: check the id", id);
	if (ledger_is_on_hold(e->ledger))
		return (int)reject(ret_why, RETRY_BUSY,
				   "nothing leaves while hold is on: first `paminn hold off`");
	t = calloc(1, sizeof(*t) + to->channel_count * sizeof(t->messages[0]));
	if (!t)
		return -ENOMEM;
	t->engine = e;
	t->count = to->channel_count;
	t->until = (struct mono){ clock_mono().us + PATIENCE.us };
	r = post(t, e, to, clock_now());
	if (r < 0) {
		free(t);
		return r;
	}
	*ret = t;
	return 0;
}

struct test_message *test_message_free(struct test_message *t)
{
	free(t);
	return NULL;
}

bool test_message_is_over(const struct test_message *t)
{
	struct message m;

	if (clock_mono().us >= t->until.us)
		return true;
	for (size_t i = 0; i < t->count; i++)
		if (ledger_message(t->engine->ledger, t->messages[i], &m) == 0 &&
		    instant_is_none(m.finished))
			return false;
	return true;
}

/* In a rehearsal, what is not for this machine is recorded as sent to nobody: no server was logged in to. */
static bool reached_a_server(const struct message *m)
{
	return strcmp(m->channel, "mail") == 0 &&
	       !(clock_is_rehearsal() && strncmp(m->last_answer, "rehearsal:", 10) == 0);
}

/* "XOAUTH2 as USER", "password as USER" or "none"; a steward may know whose mailbox it is. */
static json_t *login(const struct mail_settings *mail)
{
	if (!mail->user)
		return json_string("none");
	return json_sprintf("%s as %s", mail->oauth ? "XOAUTH2" : "password", mail->user);
}

json_t *test_message_rows(const struct test_message *t)
{
	json_t *rows = json_array(), *row;
	struct message m;

	for (size_t i = 0; i < t->count; i++) {
		if (ledger_message(t->engine->ledger, t->messages[i], &m) != 0)
			continue;
		row = inquiry_message(&m);
		if (reached_a_server(&m))
			json_object_set_new(row, "login", login(&t->engine->plan->settings.mail));
		json_array_append_new(rows, row);
	}
	return rows;
}
