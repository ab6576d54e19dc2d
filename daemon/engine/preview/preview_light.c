/* SPDX-License-Identifier: Apache-2.0 */
/* A light that turns yellow or red, and a measure that is to be done by another day, as if it were so now. */
#include <string.h>

#include "base/zone.h"
#include "engine/obligation/done_by.h"
#include "engine/obligation/light_alert.h"
#include "engine/preview/internal.h"

#define DAYS_EARLIER 30 /* that a measure was to be done before it was extended */

/* As it is, where it is yellow or red; else as time will turn it, or a status could. */
static struct lit lit_of(const struct light_facts *facts, struct civil_date today)
{
	const struct lit now = light_of(facts, today);

	if (now.light >= LIGHT_YELLOW)
		return now;
	return (struct lit){ LIGHT_YELLOW,
			     1U << (civil_is_none(facts->done_by) ? LIGHT_AT_RISK : LIGHT_NEAR) };
}

json_t *preview_light_detail(const struct previewing *p)
{
	struct measure_row row __attribute__((cleanup(measure_row_done))) =
		measure_row_new(p->measure->id);
	struct light_facts facts;
	bool found;

	if (ledger_find_measure(p->e->ledger, p->measure->id, &row, &found) < 0)
		return NULL;
	facts = light_facts_of(p->e->plan, p->measure, &row);
	return light_alert_detail(&(struct light_told){
		.facts = &facts, .lit = lit_of(&facts, zone_date(p->now)), .note = row.note });
}

json_t *preview_done_by_detail(const struct previewing *p)
{
	struct measure_row row __attribute__((cleanup(measure_row_done))) =
		measure_row_new(p->measure->id);
	char before[CIVIL_TEXT];
	bool found;

	if (ledger_find_measure(p->e->ledger, p->measure->id, &row, &found) < 0)
		return NULL;
	civil_format(civil_is_none(row.done_by_original) ? civil_add(row.done_by, -DAYS_EARLIER)
							 : row.done_by_original,
		     before);
	return json_pack("{ss sb s{ss ss}}", "done_by", before, "provisional", 0, "extension",
			 "reference", preview_reference(p), "reason", preview_reason(p));
}

int preview_has_done_by(struct previewing *p)
{
	struct measure_row row __attribute__((cleanup(measure_row_done))) =
		measure_row_new(p->measure->id);
	bool found;
	int r = ledger_find_measure(p->e->ledger, p->measure->id, &row, &found);

	if (r < 0 || done_by_is_given(&row))
		return r;
	return (int)reject(p->why, REJECT_BAD_DATA, "%s has no date by which it is to be done",
			   p->measure->id.text);
}
