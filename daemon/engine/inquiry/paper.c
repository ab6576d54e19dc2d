/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/inquiry/paper.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/obligation/closing.h"
#include "engine/obligation/done_by.h"
#include "ledger/assignments.h"

#define MEASURES_SLICE 50
#define EVENTS_SLICE 100

struct paper *paper_free(struct paper *p)
{
	if (!p)
		return NULL;
	for (size_t i = 0; i < PAPER_LISTS; i++)
		json_decref(p->lists[i]);
	past_done(&p->past);
	board_free(p->board);
	free(p->measures);
	free(p->bare);
	free(p);
	return NULL;
}

bool paper_is_asked_for(const struct inquiry *q)
{
	static const char *const written[] = { "html", "docx" };
	const char *format = inquiry_text(q, "format");

	return q->e.plan->decisions || !inquiry_text(q, "deadline") || inquiry_text(q, "period") ||
	       (format && text_find(format, written, 2) < 2);
}

/* ---- one measure after another ------------------------------------------------------------------ */

/* Its own date as it was then: where an extension had moved it, or else where the plan has it. */
static int take_back_date(const struct inquiry *q, struct measure_row *row)
{
	const struct past *past = &q->paper->past;
	struct engine e = q->e;
	struct event_due due;
	struct civil_date date;
	int r = 0;

	if (!past->moved_later)
		return 0;
	if (past->due_before[0] && event_due_parse(past->due_before, &due))
		r = done_by_would_be(&e, row, &due, q->now, &date);
	else if (civil_is_none(row->done_by_original))
		return 0;
	else
		date = row->done_by_original;
	if (r < 0)
		return r;
	row->done_by_extended = past->due_before[0] != '\0';
	if (!row->done_by_extended)
		row->done_by_original = CIVIL_NONE;
	row->done_by_meeting[0] = '\0';
	row->done_by = date;
	return 0;
}

/* A paper of one period tells what was so at its end, whatever was said, moved or closed since. */
static int take_back(const struct inquiry *q, struct measure_row *row)
{
	const struct paper *p = q->paper;
	const struct said *said = &p->by_end->said;

	row->status = said->status;
	row->time = said->time;
	row->progress = said->progress;
	row->done_forecast = said->done_forecast;
	if (measure_is_closed_by_body(row) && instant_compare(row->closed_at, p->end) >= 0)
		row->closed_seq = 0;
	return take_back_date(q, row);
}

static int add_measure(struct inquiry *q, const struct measure *m)
{
	struct paper *p = q->paper;
	struct paper_measure pm = { .m = m,
				    .asked_from = INSTANT_NONE,
				    .last_asked = INSTANT_NONE,
				    .answered_at = INSTANT_NONE };
	json_t *row;
	int r = ledger_measure(q->e.ledger, m->id, &pm.row);

	if (r < 0)
		return r;
	if (pm.row.began != STATUS_NONE)
		r = past_began(&p->past, pm.row.began, pm.row.added_at);
	if (r == 0 && p->asked)
		r = take_back(q, &pm.row);
	snprintf(pm.owner, sizeof(pm.owner), "%s", pm.row.owner);
	if (r == 0)
		r = paper_sum_up_asked(q, &pm);
	row = r == 0 ? paper_row(q, &pm) : NULL;
	if (r == 0)
		r = row ? paper_compare(q, &pm, row) : -ENOMEM;
	if (r == 0 && p->board)
		r = board_add_measure(q, &pm, row);
	if (r == 0)
		r = json_array_append(q->measures, row);
	json_decref(row);
	measure_row_done(&pm.row);
	return r;
}

/* Look at more of a measure's past: 1 there is more, 0 its row was made, or a negative errno. */
static int look_at(struct inquiry *q, const struct measure *m)
{
	struct paper *p = q->paper;
	int r = 0;

	if (!p->looking)
		past_begin(&p->past);
	p->looking = true;
	if (p->past.count || p->past.course.is_kept)
		r = past_look(&p->past, q->e.ledger, m->id.text, EVENTS_SLICE);
	if (r != 0)
		return r;
	p->looking = false;
	return add_measure(q, m);
}

/* The bodies that it passes before its own, by name too. */
static int add_via(struct inquiry *q, json_t *report)
{
	int r = inquiry_add_via(q, q->paper->d, report);
	json_t *link;
	size_t i;

	json_array_foreach (json_object_get(report, "via"), i, link) {
		const char *id = json_string_value(json_object_get(link, "body"));
		const struct body *body = id ? plan_body(q->e.plan, body_id(id)) : NULL;

		json_object_set_new(link, "body_name", json_text(body ? body->name : id));
	}
	return r;
}

static int add_bare(struct inquiry *q, const struct assignment *a)
{
	struct assignment_row row __attribute__((cleanup(assignment_row_done))) =
		assignment_row_new(a->id);
	bool found;
	int r = ledger_find_assignment(q->e.ledger, a->id, &row, &found);
	json_t *json = r == 0 ? paper_bare_row(q, a, &row) : NULL;

	if (r == 0)
		r = json ? paper_track_bare(q->paper, &row, json) : -ENOMEM;
	return json_array_append_new(q->measures, json) < 0 ? -ENOMEM : r;
}

static int finish(struct inquiry *q)
{
	struct paper *p = q->paper;
	json_t *report;
	int r = 0;

	for (size_t i = 0; r == 0 && i < p->bare_count; i++)
		r = add_bare(q, p->bare[i]);
	report = r == 0 ? paper_whole(q) : NULL;
	if (report && p->d)
		r = inquiry_add_history(q, p->deadline.id, report);
	if (report && r == 0 && p->d)
		r = add_via(q, report);
	if (report && r == 0)
		r = paper_tell_frozen(q, &report);
	if (report && r == 0 && p->board)
		r = board_finish(q, report);
	return report ? (json_array_append_new(q->rows, report) < 0 ? -ENOMEM : r) : -ENOMEM;
}

int paper_work(struct inquiry *q)
{
	struct paper *p = q->paper;
	int r = p->requests_known ? 0 : paper_requests(q);

	if (r != 0)
		return r;
	p->requests_known = true;
	for (size_t i = 0; i < MEASURES_SLICE && q->at < p->measure_count; i++) {
		r = look_at(q, p->measures[q->at]);
		if (r != 0)
			return r;
		q->at++;
	}
	return q->at < p->measure_count ? 1 : finish(q);
}
