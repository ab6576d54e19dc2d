/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The stages of a forecast for some rows alone: what is planned of them, as if nothing else were there. A message
 * that others would have joined has only what is theirs.
 */
#include "engine/forecast/internal.h"

/* A stage is done, with r: on to the next one. */
static int go_on(struct forecast *f, enum stage next, int r)
{
	f->stage = next;
	return r < 0 ? r : 1;
}

int forecast_narrow_series(struct forecast *f)
{
	int r = 0;

	for (size_t i = 0; r >= 0 && i < f->scope->series_count; i++)
		r = forecast_add_series(f, f->scope->series[i]);
	f->at = 0;
	return go_on(f, STAGE_QUEUED, r);
}

int forecast_narrow_queued(struct forecast *f)
{
	const unsigned waiting = message_states_waiting();
	struct message m;
	bool found;
	int r = 0;

	for (size_t i = 0; r >= 0 && i < f->scope->message_count; i++) {
		r = ledger_find_message(f->e->ledger, f->scope->messages[i], &m, &found);
		if (r >= 0 && found && waiting >> m.state & 1)
			r = forecast_add_message(f, &m);
	}
	return go_on(f, STAGE_AWAY, r);
}

int forecast_narrow_away(struct forecast *f)
{
	struct away_row row;
	bool found;
	int r = 0;

	for (size_t i = 0; r >= 0 && i < f->scope->people_count; i++) {
		r = ledger_find_away(f->e->ledger, f->scope->people[i], &row, &found);
		if (r >= 0 && found)
			r = forecast_add_away(f, &row);
	}
	return go_on(f, STAGE_DEADLINES, r);
}

int forecast_narrow_deadlines(struct forecast *f)
{
	struct deadline_row row;
	bool found;
	int r = 0;

	for (size_t i = 0; r >= 0 && i < f->scope->deadline_count; i++) {
		r = ledger_find_deadline(f->e->ledger, f->scope->deadlines[i], &row, &found);
		if (r >= 0 && found)
			r = forecast_add_unbound(f, &row);
		if (r >= 0 && found)
			r = forecast_add_freeze(f, &row);
	}
	return go_on(f, STAGE_LIGHTS, r);
}

int forecast_narrow_lights(struct forecast *f)
{
	bool found;
	int r = 0;

	for (size_t i = 0; r >= 0 && i < f->scope->measure_count; i++) {
		struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };

		r = ledger_find_measure(f->e->ledger, f->scope->measures[i], &row, &found);
		if (r >= 0 && found)
			r = forecast_add_light(f, &row);
	}
	return go_on(f, STAGE_OBLIGATIONS, r);
}

int forecast_narrow_obligations(struct forecast *f)
{
	struct obligation *o = &f->page[0];
	bool found;
	int r = 0;

	for (size_t i = 0; r >= 0 && i < f->scope->obligation_count; i++) {
		r = ledger_find_obligation(f->e->ledger, f->scope->obligations[i], o, &found);
		if (r >= 0 && found)
			r = forecast_add_obligation(f, o);
	}
	return go_on(f, STAGE_COMING, r);
}
