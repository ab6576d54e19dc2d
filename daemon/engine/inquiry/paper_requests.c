/* SPDX-License-Identifier: Apache-2.0 */
/* The extensions that were asked for and that nothing has been decided on: of what the paper tells of. */
#include <errno.h>
#include <string.h>

#include "engine/inquiry/paper.h"
#include "engine/obligation/requests.h"
#include "engine/obligation/series.h"
#include "ledger/request_rows.h"

#define REQUESTS_SLICE 50

/* They are in the plan's order, so their addresses ascend. */
bool paper_tells_of(const struct paper *p, const struct measure *m)
{
	size_t low = 0, high = p->measure_count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (p->measures[middle] == m)
			return true;
		if (p->measures[middle] < m)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

/* Is it asked for the paper itself, whose date has passed, or which has been handed in? Then nobody reads of it there. */
static bool is_moot(const struct paper *p, const struct request_row *r)
{
	return !r->measure[0] && (p->deadline.state != DEADLINE_OPEN ||
				  (!civil_is_none(p->deadline.papers) &&
				   civil_compare(p->deadline.papers, p->as_of) < 0));
}

static bool is_of_paper(const struct paper *p, const struct request_row *r,
			const struct request_about *about)
{
	const bool own_date = !r->deadline[0] && paper_tells_of(p, about->m);

	switch (p->of) {
	case PAPER_OF_DEADLINE:
		return own_date || (strcmp(r->deadline, p->deadline.id) == 0 && !is_moot(p, r));
	case PAPER_OF_ASSIGNMENT:
		return own_date || paper_tells_of(p, about->m) ||
		       (about->d && about->d->assignment == p->a);
	case PAPER_OF_BODY:
		return own_date || request_concerns(about, p->body);
	}
	return false;
}

static int add_request(struct inquiry *q, const struct request_row *r,
		       const struct request_about *about)
{
	const struct person *owner = about->m	? about->m->owner
				     : about->d ? about->d->responsible
						: NULL;
	json_t *entry = inquiry_request(q, r, about);

	if (!entry)
		return -ENOMEM;
	paper_put_body(q, entry, "due");
	json_object_set_new(entry, "owner_name", owner ? json_string(owner->name) : json_null());
	return json_array_append_new(q->paper->lists[PAPER_REQUESTS], entry);
}

/* After the period that the paper is of? */
static bool is_later(const struct paper *p, const struct request_row *r)
{
	return !instant_is_none(p->end) && instant_compare(r->at, p->end) >= 0;
}

int paper_requests(struct inquiry *q)
{
	struct request_row batch[REQUESTS_SLICE];
	int r = 0, count = ledger_requests(q->e.ledger, q->after, batch, REQUESTS_SLICE);

	for (int i = 0; r == 0 && i < count; i++) {
		struct request_about about;

		q->after = batch[i].seq;
		if (batch[i].state != REQUEST_OPEN || is_later(q->paper, &batch[i]))
			continue;
		r = request_look(&q->e, &batch[i], &about);
		if (r == 0 && about.state == REQUEST_OPEN &&
		    is_of_paper(q->paper, &batch[i], &about))
			r = add_request(q, &batch[i], &about);
	}
	return r < 0 ? r : count > 0;
}

bool paper_is_requested(const struct paper *p, const char *measure)
{
	const json_t *entry;
	size_t i;

	json_array_foreach (p->lists[PAPER_REQUESTS], i, entry) {
		const char *of = json_string_value(json_object_get(entry, "measure"));

		if (of && strcmp(of, measure) == 0)
			return true;
	}
	return false;
}
