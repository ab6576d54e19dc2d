/* SPDX-License-Identifier: Apache-2.0 */
/* `why` of lights: who will be told as time turns one, by the same way as they will be. */
#include <stdio.h>
#include <string.h>

#include "engine/inquiry/why_rows.h"
#include "engine/obligation/light_alert.h"

/* Clauses: what is said before and after the date that it is about, if any. */
static const struct {
	const char *lead, *date, *tail;
} clauses[LIGHT_REASONS] = {
	[LIGHT_OFF_TRACK] = { "it is off track", "", "" },
	[LIGHT_PAST] = { "", "done_by", ", by which it is to be done, has passed" },
	[LIGHT_AT_RISK] = { "it is at risk", "", "" },
	[LIGHT_FORECAST] = { "it is expected to be done only by ", "done_forecast", "" },
	[LIGHT_NEAR] = { "", "done_by", ", by which it is to be done, is near" },
};

static void add_clause(const json_t *detail, const char *name, char *out, size_t size)
{
	const size_t used = strlen(out);

	for (int i = 0; i < LIGHT_REASONS; i++) {
		const char *date = json_string_value(json_object_get(detail, clauses[i].date));

		if (strcmp(light_reason_name((enum light_reason)i), name) == 0)
			snprintf(out + used, size - used, "; %s%s%s", clauses[i].lead,
				 date ? date : "", clauses[i].tail);
	}
}

char *why_light(const char *text, char *out, size_t size)
{
	json_t *detail = json_loads(text ? text : "", 0, NULL), *reason;
	const char *light = json_string_value(json_object_get(detail, "light"));
	size_t i;

	snprintf(out, size, "alert: the light turns %s", light ? light : "yellow or red");
	json_array_foreach (json_object_get(detail, "reasons"), i, reason)
		add_clause(detail, json_string_value(reason), out, size);
	json_decref(detail);
	return out;
}

/* The door to the outbox as `why` has it: what would be put there is a row. */
struct telling {
	struct sink sink;
	struct inquiry *q;
};

static int put(struct sink *sink, struct recipient to, const struct posting *p,
	       struct instant planned, struct message_id *ret_message)
{
	struct telling *t = (struct telling *)sink;
	char id[RECIPIENT_ID], reason[400];

	*ret_message = message_id(0);
	return why_add_row(
		t->q, &(struct reminder){ .when = planned,
					  .person = recipient_id_of(to, id),
					  .deadline = deadline_id(""),
					  .measure = p->measure,
					  .step = "",
					  .decision = DECISION_PLANNED,
					  .reason = why_light(p->detail, reason, sizeof(reason)) });
}

/* A manager who is told that something waits is told of that, not of the light. */
static int note_absence(struct sink *sink, int64_t absence, struct obligation_id obligation,
			enum message_kind kind, bool *ret_first)
{
	(void)sink;
	(void)absence;
	(void)obligation;
	(void)kind;
	*ret_first = false;
	return 0;
}

int why_add_lights(struct inquiry *q, const struct measure *m)
{
	struct telling t = { .sink = { .plan = q->e.plan,
				       .absences = walk_absences(q->walk),
				       .put = put,
				       .note_absence = note_absence },
			     .q = q };
	struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };
	int r = ledger_measure(q->e.ledger, m->id, &row);

	while (r >= 0 && !instant_is_none(row.light_at)) {
		t.sink.now = instant_max(row.light_at, q->now);
		r = light_alert(&q->e, &t.sink, m, &row);
	}
	return r;
}
