/* SPDX-License-Identifier: Apache-2.0 */
/* acts: what stewards have said lately and may take back, newest first; or one event, by its seq, whatever it is. */
#include <errno.h>

#include "engine/inquiry/inquirer.h"

#define ACTS_MAX 100

static int add_act(void *userdata, const struct logged_event *event)
{
	struct inquiry *q = userdata;
	json_t *body = json_loads(event->body, 0, NULL);
	json_t *row = json_pack(
		"{sI ss ss ss so so so}", "seq", (json_int_t)event->seq, "type", event->type,
		"subject", event->subject, "by", event->source, "at", json_instant(event->received),
		"undone", event->undone ? json_integer((json_int_t)event->undone) : json_null(),
		"data", json_incref(json_object_get(body, "data")));

	json_decref(body);
	return json_array_append_new(q->rows, row) < 0 ? -ENOMEM : 0;
}

static int begin_acts(struct inquiry *q, struct rejection *ret_why)
{
	const json_t *asked = json_object_get(q->params, "seq");
	const int64_t seq = json_integer_value(asked);
	int r = asked ? ledger_log(q->e.ledger, seq - 1, 1, add_act, q) : 0;
	const json_t *row = json_array_get(q->rows, 0);

	if (r < 0 || !asked)
		return r;
	if (!row || json_integer_value(json_object_get(row, "seq")) != seq)
		return (int)reject(ret_why, REJECT_BAD_DATA, "there is no event %lld",
				   (long long)seq);
	return 0;
}

static int work_acts(struct inquiry *q)
{
	int64_t seqs[ACTS_MAX];
	const bool one = json_object_get(q->params, "seq") != NULL;
	int r = 0, count = one ? 0 : ledger_acts(q->e.ledger, seqs, ACTS_MAX);

	for (int i = 0; r == 0 && i < count; i++)
		r = ledger_log(q->e.ledger, seqs[i] - 1, 1, add_act, q);
	return count < 0 ? count : r;
}

const struct inquirer inquirer_acts = { .begin = begin_acts, .work = work_acts };
