/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ledger is asked what has become of the messages: that costs a few reads, and whatever ends them
 * (a result, a reload, a steward's drop) is seen.
 */
#include "intake/trial.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "engine/inquiry.h"
#include "engine/outbox/post.h"

#define PATIENCE SECONDS(60) /* the client waits a little longer */

struct trial {
	struct ledger *ledger;
	struct mono until;
	size_t count;
	int64_t messages[];
};

static int post(struct trial *t, struct engine *e, const struct person *to, struct instant now)
{
	struct message m;
	int r = turn_join(e->turn);

	if (r < 0)
		return r;
	for (size_t i = 0; r == 0 && i < t->count; i++)
		r = post_test(e, to, to->channels[i], now, &t->messages[i]);
	if (r < 0)
		turn_fail(e->turn, r);
	turn_end_now(e->turn);
	/* A full disk takes them back. */
	return r < 0 ? r : ledger_message(e->ledger, t->messages[0], &m) < 0 ? -ENOSPC : 0;
}

int trial_new(struct trial **ret, struct engine *e, const json_t *params, struct rejection *ret_why)
{
	const char *id = json_string_value(json_object_get(params, "person"));
	const struct person *to = plan_person(e->plan, id);
	struct trial *t;
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
	t->ledger = e->ledger;
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

struct trial *trial_free(struct trial *t)
{
	free(t);
	return NULL;
}

bool trial_is_over(const struct trial *t)
{
	struct message m;

	if (clock_mono().us >= t->until.us)
		return true;
	for (size_t i = 0; i < t->count; i++)
		if (ledger_message(t->ledger, t->messages[i], &m) == 0 &&
		    instant_is_none(m.finished))
			return false;
	return true;
}

json_t *trial_rows(const struct trial *t)
{
	json_t *rows = json_array();
	struct message m;

	for (size_t i = 0; i < t->count; i++)
		if (ledger_message(t->ledger, t->messages[i], &m) == 0)
			json_array_append_new(rows, inquiry_message(&m));
	return rows;
}
