/* SPDX-License-Identifier: Apache-2.0 */
/* requests: the extensions that were asked for, oldest first; those that are open unless others are wanted. */
#include <string.h>

#include "engine/inquiry/inquirer.h"
#include "engine/obligation/requests.h"
#include "engine/obligation/series.h"
#include "engine/outbox/recipient.h"

#define REQUESTS_SLICE 50

static bool is_all(const char *state)
{
	return state && strcmp(state, "all") == 0;
}

static int begin_requests(struct inquiry *q, struct rejection *ret_why)
{
	const char *state = inquiry_text(q, "state"), *body = inquiry_text(q, "body");
	const char *deadline = inquiry_text(q, "deadline");

	if (state && !is_all(state) && request_state_parse(state) == REQUEST_STATES)
		return (int)reject(ret_why, REJECT_BAD_DATA,
				   "state \"%s\" is none of open, granted, denied, moot, replaced "
				   "and all",
				   text_excerpt(state).text);
	if (body && !plan_body(q->e.plan, body_id(body)))
		return (int)reject(ret_why, REJECT_UNKNOWN_SUBJECT,
				   "there is no body %s in the plan: check the id", body);
	if (deadline && !plan_deadline(q->e.plan, deadline_id(deadline)))
		return (int)reject(ret_why, REJECT_UNKNOWN_SUBJECT,
				   "there is no deadline %s in the plan: check the id", deadline);
	return 0;
}

static bool is_wanted(const struct inquiry *q, const struct request_row *r,
		      const struct request_about *about)
{
	const char *state = inquiry_text(q, "state"), *body = inquiry_text(q, "body");
	const char *deadline = inquiry_text(q, "deadline");
	const enum request_state wanted = state ? request_state_parse(state) : REQUEST_OPEN;

	return (is_all(state) || about->state == wanted) &&
	       (!deadline || series_has(deadline_id(deadline), deadline_id(r->deadline))) &&
	       (!body || request_concerns(about, plan_body(q->e.plan, body_id(body))));
}

/* An event's source as rows name people: by id. */
static json_t *who_asked(const struct inquiry *q, const struct request_row *r)
{
	const struct person *by = person_of_source(q->e.plan, r->source);

	return json_string(by ? by->id.text : r->source);
}

json_t *inquiry_request(const struct inquiry *q, const struct request_row *r,
			const struct request_about *about)
{
	const char *title = about->m ? about->m->title : about->d ? about->d->title : NULL;

	return json_pack("{ss so so so so ss ss so so so ss so so so}", "id", r->event, "by",
			 who_asked(q, r), "deadline", json_text(r->deadline), "measure",
			 json_text(r->measure), "title", json_text(title), "due", r->due, "reason",
			 r->reason, "progress", json_optional(r->progress), "stands",
			 json_date(about->stands), "asked_at", json_instant(r->at), "state",
			 request_state_name(about->state), "decided_at",
			 json_instant(r->decided_at), "reference", json_text(r->reference),
			 "answer", json_text(r->answer));
}

static int stop_at_one(void *userdata, const struct request_row *r)
{
	(void)userdata, (void)r;
	return 1;
}

/* Is anything asked for of a deadline or its measures? Mostly not, and rows of the same deadline mostly follow each
 * other: the last answer is kept. 1 yes, 0 no, or a negative errno. */
static int is_any_asked_for(const struct inquiry *q, struct deadline_id deadline)
{
	struct asked_of *last = &q->last->asked;

	if (!last->deadline[0] || strcmp(last->deadline, deadline.text) != 0) {
		last->any = ledger_open_requests(q->e.ledger, deadline, stop_at_one, NULL);
		snprintf(last->deadline, sizeof(last->deadline), "%s", deadline.text);
	}
	return last->any;
}

static int add_requested(const struct inquiry *q, struct deadline_id deadline,
			 struct measure_id measure, json_t *row)
{
	struct engine e = q->e;
	struct request_row r;
	bool found;
	int error = request_find_open(&e, deadline, measure, &r, &found);

	if (error < 0 || !found)
		return error;
	return json_object_set_new(row, "requested",
				   json_pack("{ss so ss ss so so}", "id", r.event, "by",
					     who_asked(q, &r), "due", r.due, "reason", r.reason,
					     "progress", json_optional(r.progress), "asked_at",
					     json_instant(r.at)));
}

int inquiry_add_requested(const struct inquiry *q, struct deadline_id deadline,
			  struct measure_id measure, json_t *row)
{
	const int any = is_any_asked_for(q, deadline);

	return any > 0 ? add_requested(q, deadline, measure, row) : any;
}

static int work_requests(struct inquiry *q)
{
	struct request_row batch[REQUESTS_SLICE];
	int r = 0, count = ledger_requests(q->e.ledger, q->after, batch, REQUESTS_SLICE);

	for (int i = 0; r == 0 && i < count; i++) {
		struct request_about about;

		q->after = batch[i].seq;
		r = request_look(&q->e, &batch[i], &about);
		if (r == 0 && is_wanted(q, &batch[i], &about))
			r = json_array_append_new(q->rows, inquiry_request(q, &batch[i], &about));
	}
	return r < 0 ? r : count;
}

const struct inquirer inquirer_requests = { begin_requests, work_requests, NULL, NULL };
