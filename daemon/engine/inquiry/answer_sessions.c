/* SPDX-License-Identifier: Apache-2.0 */
/* sessions: who is signed in on the pages. */
#include <errno.h>

#include "engine/inquiry/inquirer.h"
#include "engine/inquiry/row_order.h"

static const char *const kinds[SESSION_KINDS] = { [SESSION_LINK] = "link" };

static int add_session(void *userdata, const struct session_row *s)
{
	const struct inquiry *q = userdata;
	const struct person *person = plan_person(q->e.plan, person_id(s->person));
	json_t *row;

	if (!person || instant_compare(s->until, q->now) <= 0)
		return 0;
	row = json_pack("{ss ss so so so ss}", "person", s->person, "name", person->name, "since",
			json_instant(s->begun), "used", json_instant(s->used), "until",
			json_instant(s->until), "by", kinds[s->kind]);
	return json_array_append_new(q->rows, row) < 0 ? -ENOMEM : 0;
}

static int work_sessions(struct inquiry *q)
{
	int r = ledger_sessions(q->e.ledger, add_session, q);

	return r < 0 ? r : rows_sort(q->rows, (const char *const[]){ "person", NULL });
}

const struct inquirer inquirer_sessions = { NULL, work_sessions, NULL, NULL };
