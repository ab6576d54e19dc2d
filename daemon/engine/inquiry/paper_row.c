/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/zone.h"
#include "engine/inquiry/paper.h"
#include "engine/obligation/closing.h"
#include "engine/obligation/done_by.h"
#include "engine/obligation/state.h"

/* ---- words -------------------------------------------------------------------------------------- */

/* What is said of it when this is its status, and the body had closed it or not. */
static enum word word_of(const struct paper_measure *pm, enum measure_status status, bool closed)
{
	if (closed && status == pm->row.status)
		return pm->row.closed_as == CLOSURE_STRUCK ? WORD_STRUCK : WORD_DONE;
	if (status == STATUS_NONE)
		return WORD_NO_DATA;
	if (event_status_is_over(status) && pm->m->closing == CLOSED_BY_BODY && !closed)
		return status == STATUS_DONE ? WORD_DONE_BY_OWNER : WORD_CANCELLED_BY_OWNER;
	return (enum word)(WORD_NOT_STARTED + status);
}

static json_t *own_word(const struct paper *p, enum word word)
{
	const char *text = body_word(p->body, word);

	return text ? json_string(text) : json_null();
}

void paper_put_this_word(const struct paper *p, json_t *object, enum word word)
{
	json_object_set_new(object, "word", json_string(word_name(word)));
	json_object_set_new(object, "words", own_word(p, word));
}

void paper_put_word(const struct paper *p, json_t *object, const struct paper_measure *pm,
		    enum measure_status status)
{
	paper_put_this_word(p, object, word_of(pm, status, measure_is_closed_by_body(&pm->row)));
}

/* ---- periods ------------------------------------------------------------------------------------ */

static bool was_closed_in(const struct paper_measure *pm, const struct window *window)
{
	return measure_is_closed_by_body(&pm->row) &&
	       instant_compare(pm->row.closed_at, window->until) < 0;
}

/* What a period says of it: the newest status in it. What was over by then stays so, though nobody says it again. */
static enum measure_status status_in(const struct paper_measure *pm, const struct window *window)
{
	const struct measure_row *row = &pm->row;
	const bool over = was_closed_in(pm, window) || (event_status_is_over(row->status) &&
							measure_stood_before(row, window->until));

	return window->said.status == STATUS_NONE && over ? row->status : window->said.status;
}

static json_t *period_cell(const struct paper *p, const struct paper_measure *pm, size_t i)
{
	const struct said *said = &p->past.windows[i].said;
	json_t *cell =
		json_pack("{ss so so so so}", "name", p->periods[i]->name, "status",
			  json_status(said->status), "progress",
			  said->status == STATUS_NONE ? json_null() : json_optional(said->progress),
			  "note", json_text(said->note), "at",
			  said->status == STATUS_NONE ? json_null() : json_instant(said->time));

	paper_put_this_word(p, cell,
			    word_of(pm, status_in(pm, &p->past.windows[i]),
				    was_closed_in(pm, &p->past.windows[i])));
	return cell;
}

static json_t *period_cells(const struct paper *p, const struct paper_measure *pm)
{
	json_t *cells = json_array();

	for (size_t i = 0; i < p->period_count; i++)
		json_array_append_new(cells, period_cell(p, pm, i));
	return cells;
}

/* ---- figures ------------------------------------------------------------------------------------ */

/* Whatever was said in another year was said of that year's effect: nothing compares with this year's plan.
 * A plain number is every year's. */
static void keep_figures_of_year(const struct paper *p, const struct measure *m, struct said *said)
{
	const struct window *year = p->of_year;

	if (!m->effects || !year)
		return;
	said->achieved = said->forecast = (struct optional){ .given = false };
	if (instant_compare(year->achieved.time, year->from) >= 0)
		said->achieved = year->said.achieved;
	if (instant_compare(year->forecast.time, year->from) >= 0)
		said->forecast = year->said.forecast;
}

/* Was its forecast given before what was asked last, or before the period that the paper is of? Of what is over nobody
 * asks another. */
static void put_forecast_at(const struct paper *p, json_t *row, const struct paper_measure *pm,
			    const struct said *said)
{
	const struct instant at = p->ever->forecast.time;
	const struct instant from = p->asked ? p->past.windows[0].from : pm->asked_from;

	if (!said->forecast.given || instant_is_none(at))
		return;
	json_object_set_new(row, "forecast_at", json_instant(at));
	if (!instant_is_none(from) && instant_compare(at, from) < 0 &&
	    !event_status_is_over(pm->row.status) && !measure_is_closed_by_body(&pm->row))
		json_object_set_new(row, "forecast_earlier", json_true());
}

/* What was said in the period that the paper is of; or that it was over by then, which is nobody's answer in it. */
static struct said told_of_period(const struct paper *p, const struct paper_measure *pm)
{
	struct said said = p->past.windows[0].said;

	if (said.status == STATUS_NONE) {
		said.status = status_in(pm, &p->past.windows[0]);
		said.time = said.status == STATUS_NONE ? INSTANT_NONE : pm->row.time;
	}
	return said;
}

/* What the row tells: what stands now, or what was so in the period that the paper is of. */
static struct said told(const struct paper *p, const struct paper_measure *pm)
{
	const struct measure_row *row = &pm->row;

	if (p->asked)
		return told_of_period(p, pm);
	return (struct said){
		.status = pm->has_status ? row->status : STATUS_NONE,
		.time = row->time,
		.progress = row->progress,
		.achieved = row->effect_achieved,
		.forecast = row->effect_forecast,
		.done_forecast = row->done_forecast,
		.note = pm->has_status ? row->note : NULL,
		.needs_support = row->needs_support,
		.link = pm->has_status ? row->link : NULL,
	};
}

static int year_of(struct civil_date d)
{
	int year, month, day;

	civil_to_ymd(d, &year, &month, &day);
	return year;
}

/* A shortfall is late when the measure is to be done in a later year, else it is less. */
static void put_shortfall(const struct paper *p, json_t *row, struct optional deviation,
			  struct civil_date done)
{
	const bool is_short = deviation.given && deviation.value < 0;
	const bool is_late = is_short && !civil_is_none(done) && year_of(done) > p->year;
	const struct optional amount = { is_short, -deviation.value };

	json_object_set_new(row, "more",
			    deviation.given && deviation.value > 0 ? json_optional(deviation)
								   : json_null());
	json_object_set_new(row, "late", is_late ? json_optional(amount) : json_null());
	json_object_set_new(row, "less", is_late ? json_null() : json_optional(amount));
}

/* By year, and by month where the plan says so. */
static json_t *planned_parts(const struct measure *m)
{
	json_t *parts = json_array();

	for (size_t i = 0; i < m->effect_count; i++)
		json_array_append_new(
			parts, json_pack("{si so sI}", "year", m->effects[i].year, "month",
					 m->effects[i].month ? json_integer(m->effects[i].month)
							     : json_null(),
					 "amount", (json_int_t)m->effects[i].amount));
	return parts;
}

/* When it will be done, where that has changed: as its owner expects, else as an extension says. */
static struct civil_date done_on(const struct paper_measure *pm, const struct said *said)
{
	if (!civil_is_none(said->done_forecast))
		return said->done_forecast;
	return pm->row.done_by_extended ? pm->row.done_by : CIVIL_NONE;
}

/* ---- its own dates, and its light --------------------------------------------------------------- */

static void put_own_dates(json_t *row, const struct paper_measure *pm, const struct said *said)
{
	const struct measure_row *m = &pm->row;
	const bool provisional = done_by_is_given(m) && done_by_is_provisional(m);

	json_object_set_new(row, "done_by",
			    provisional ? json_sprintf("meeting %s", m->done_by_meeting)
					: json_date(m->done_by));
	json_object_set_new(row, "done_by_original", json_date(m->done_by_original));
	json_object_set_new(row, "done_forecast", json_date(said->done_forecast));
}

void paper_put_body(const struct inquiry *q, json_t *object, const char *member)
{
	const char *text = json_string_value(json_object_get(object, member));
	const struct body *body = NULL;
	struct event_due due;
	char name[40];

	if (text && event_due_parse(text, &due) && event_due_is_meeting(&due))
		body = plan_body(q->e.plan, body_id(due.body));
	snprintf(name, sizeof(name), "%s_body", member);
	if (body)
		json_object_set_new(object, name, json_string(body->name));
}

struct lit paper_light(const struct inquiry *q, const struct paper_measure *pm,
		       const struct said *said, struct civil_date on)
{
	struct light_facts facts = light_facts_of(q->e.plan, pm->m, &pm->row);

	facts.status = said->status;
	facts.done = said->status == STATUS_DONE;
	facts.gone = said->status == STATUS_CANCELLED;
	facts.progress = said->progress;
	facts.done_forecast = said->done_forecast;
	return light_of(&facts, on);
}

/* Green would read as the answer's, and there is none; yellow and red warn whoever has answered. */
static bool is_of_no_answer(const struct paper_measure *pm, const struct said *said, struct lit lit)
{
	return lit.light == LIGHT_GREEN && said->status == STATUS_NONE &&
	       !measure_is_closed_by_body(&pm->row);
}

void paper_put_light(const struct paper *p, json_t *object, struct lit lit)
{
	json_t *reasons = json_array();

	for (enum light_reason i = 0; i < LIGHT_REASONS; i++)
		if (lit.reasons & 1U << i)
			json_array_append_new(reasons, json_string(light_reason_name(i)));
	json_object_set_new(object, "light", json_text(light_name(lit.light)));
	json_object_set_new(
		object, "light_words",
		lit.light == LIGHT_NONE
			? json_null()
			: own_word(p, (enum word)(WORD_GREEN + lit.light - LIGHT_GREEN)));
	json_object_set_new(object, "light_reasons", reasons);
}

static void put_light(const struct inquiry *q, json_t *row, const struct paper_measure *pm,
		      const struct said *said)
{
	const struct paper *p = q->paper;
	struct lit lit = light_of_measure(q->e.plan, pm->m, &pm->row, p->as_of);

	if (is_of_no_answer(pm, said, lit))
		lit.light = LIGHT_NONE;
	paper_put_light(p, row, lit);
}

/* ---- rows --------------------------------------------------------------------------------------- */

static json_t *closed_as(const struct measure_row *row)
{
	if (!measure_is_closed_by_body(row))
		return json_null();
	return json_pack("{ss so so}", "as", event_closure_name(row->closed_as), "at",
			 json_instant(row->closed_at), "reference",
			 json_text(row->closed_reference));
}

static const char *owner_name(const struct inquiry *q, const char *id)
{
	const struct person *owner = plan_person(q->e.plan, person_id(id));

	return owner ? owner->name : id;
}

/* What was last said, where that is no answer to what is asked now. */
static void put_last(const struct paper *p, json_t *row, const struct paper_measure *pm)
{
	json_t *last = json_pack("{so so}", "status", json_status(pm->row.status), "at",
				 json_instant(pm->row.time));

	paper_put_word(p, last, pm, pm->row.status);
	json_object_set_new(row, "last", last);
}

/* What other reports have too. */
static json_t *plain_row(const struct inquiry *q, const struct paper_measure *pm,
			 const struct said *said)
{
	const struct optional planned = measure_effect(pm->m, q->paper->year);

	return json_pack("{ss ss so so so so so so so so si so so so sb}", "measure",
			 pm->m->id.text, "title", pm->m->title, "owner", json_text(pm->owner),
			 "status", json_status(said->status), "progress",
			 json_optional(said->progress), "effect_planned", json_optional(planned),
			 "effect_achieved", json_optional(said->achieved), "effect_forecast",
			 json_optional(said->forecast), "deviation",
			 json_optional(report_difference(said->forecast, planned)), "answered_at",
			 json_instant(pm->answered_at), "asked", pm->asked, "last_asked",
			 json_instant(pm->last_asked), "note", json_text(said->note), "state",
			 json_text(pm->state), "answered", pm->has_answered);
}

json_t *paper_row(const struct inquiry *q, const struct paper_measure *pm)
{
	const struct paper *p = q->paper;
	struct said said = told(p, pm);
	const struct assignment *a = pm->m->assignment;
	const struct optional planned = measure_effect(pm->m, p->year);
	json_t *row;

	keep_figures_of_year(p, pm->m, &said);
	row = plain_row(q, pm, &said);
	if (!row)
		return NULL;
	json_object_set_new(row, "owner_name", json_text(owner_name(q, pm->owner)));
	json_object_set_new(row, "is_asked", json_boolean(pm->is_asked));
	json_object_set_new(row, "reported_at",
			    said.status == STATUS_NONE ? json_null() : json_instant(said.time));
	json_object_set_new(row, "needs_support", json_text(said.needs_support));
	json_object_set_new(row, "assignment", a ? json_string(a->id.text) : json_null());
	json_object_set_new(row, "assignment_title", a ? json_string(a->title) : json_null());
	json_object_set_new(row, "one_of_several", json_boolean(a && a->measure_count > 1));
	json_object_set_new(row, "closing",
			    json_string(pm->m->closing == CLOSED_BY_BODY ? "body" : "owner"));
	json_object_set_new(row, "closed", closed_as(&pm->row));
	paper_put_word(p, row, pm, said.status);
	if (pm->m->effects)
		json_object_set_new(row, "planned", planned_parts(pm->m));
	put_shortfall(p, row, report_difference(said.forecast, planned), done_on(pm, &said));
	put_forecast_at(p, row, pm, &said);
	put_own_dates(row, pm, &said);
	paper_put_body(q, row, "done_by");
	paper_put_body(q, row, "done_by_original");
	put_light(q, row, pm, &said);
	if (paper_is_given_up(p, &pm->row))
		json_object_set_new(row, "given_up", json_true());
	if (said.link)
		json_object_set_new(row, "link", json_text(said.link));
	if (said.status == STATUS_NONE && !p->asked && pm->row.status != STATUS_NONE)
		put_last(p, row, pm);
	if (p->period_count)
		json_object_set_new(row, "periods", period_cells(p, pm));
	return row;
}
