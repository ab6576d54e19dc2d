/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plan is adopted in a store in memory, and what a real run would send is asked of the same
 * forecast that answers the query. The first day of it is the first morning.
 */
#include "engine/check.h"

#include <errno.h>
#include <string.h>

#include "base/zone.h"
#include "engine/forecast.h"
#include "engine/plan_change.h"

#define LOOK_AHEAD 400 /* days */

static void print_items(json_t *items, FILE *out)
{
	json_t *item;
	size_t i;

	json_array_foreach (items, i, item) {
		const char *deadline = json_string_value(json_object_get(item, "deadline"));
		const char *measure = json_string_value(json_object_get(item, "measure"));
		const char *step = json_string_value(json_object_get(item, "step"));

		fprintf(out, "%s%s%s%s%s%s%s", i ? ", " : "", deadline ? deadline : "",
			deadline && measure ? " " : "", measure ? measure : "", step ? " (" : "",
			step ? step : "", step ? ")" : "");
	}
}

/* The rows of the first day; returns how many there were. */
static size_t print_first_day(const struct forecast *f, FILE *out)
{
	char day[CIVIL_TEXT] = "";
	size_t count = 0;

	for (; count < forecast_count(f); count++) {
		json_t *row = forecast_row(f, count);
		const char *when = json_string_value(json_object_get(row, "when"));
		bool other = day[0] && strncmp(day, when, CIVIL_TEXT - 1) != 0;

		if (!other) {
			if (!day[0])
				fprintf(out, "The first messages would leave on %.10s:\n", when);
			snprintf(day, sizeof(day), "%.10s", when);
			fprintf(out, "  %.5s  %s to %s by %s: ", when + 11,
				json_string_value(json_object_get(row, "kind")),
				json_string_value(json_object_get(row, "to")),
				json_string_value(json_object_get(row, "channel")));
			print_items(json_object_get(row, "items"), out);
			fputc('\n', out);
		}
		json_decref(row);
		if (other)
			break;
	}
	return count;
}

int check_end(struct plan *plan, size_t warnings, struct instant now, FILE *out)
{
	struct engine e = { 0 };
	struct plan_change adoption;
	struct forecast *f = NULL;
	struct civil_date today = zone_date(now);
	int r = ledger_open(&e.ledger, ":memory:", false, &(int){ 0 });

	if (r == 0)
		r = ledger_begin(e.ledger);
	if (r == 0)
		r = plan_change_apply(&e, plan, now, &adoption);
	if (r > 0)
		fprintf(out, "%s\n", adoption.refused);
	if (r == 0) {
		fprintf(out, "%zu warning%s\n", warnings, warnings == 1 ? "" : "s");
		r = forecast_new(&f, &e, now, today, civil_add(today, LOOK_AHEAD));
	}
	if (r == 0)
		while ((r = forecast_work(f)) > 0)
			;
	if (r == 0 && print_first_day(f, out) == 0)
		fprintf(out, "Nothing would be sent within %d days.\n", LOOK_AHEAD);
	forecast_free(f);
	plan_unref(e.plan);
	ledger_close(e.ledger);
	return r;
}
