/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as paminnd.conf and a plan file, which a line "----" parts. What makes a plan makes the
 * same one again from its text, and every date and ladder of it can be worked out.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "plan/due.h"
#include "plan/ladder.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static json_t *file(const char *name, const uint8_t *text, size_t length)
{
	return json_pack("{s:s, s:o}", "name", name, "text",
			 json_stringn_nocheck((const char *)text, length));
}

static void work_out(const struct plan *plan)
{
	struct firing firings[LADDER_FIRINGS_MAX];

	for (size_t i = 0; i < plan->deadline_count; i++) {
		const struct deadline *deadline = &plan->deadlines[i];
		struct dates dates = due_dates(plan, deadline, CIVIL_NONE);

		assert(plan_deadline(plan, deadline->id) == deadline);
		assert(calendar_is_workday(plan->calendar, dates.papers));
		assert(calendar_is_workday(plan->calendar, dates.base));
		due_opens(plan, deadline, &dates);
		assert(ladder_firings(plan, deadline->ladder, dates.base, firings) > 0);
		for (size_t j = 0; j < deadline->measure_count; j++)
			assert(deadline_asks(deadline, deadline->measures[j]));
	}
	for (size_t i = 0; i < plan->person_count; i++)
		assert(plan_person(plan, plan->people[i].id) == &plan->people[i] &&
		       plan->people[i].channel_count > 0);
}

#define LEAST                                               \
	"store=\"s\";plan=[\"p\"];mail={server=\"smtp://"   \
	"[::1]:25\";from=\"a@b.se\";reply_to=\"a@b.se\";};" \
	"ladders=({name=\"l\";steps=({at=\"0\";to=[\"owner\"];});});"
#define LEAST_PLAN "people=({id=\"a\";name=\"A\";mail=\"a@b.se\";});"

/*
 * As in a daemon there are plans in use, with the calendar of no settings and that of the corpus; what is read shares
 * them, since to judge a century of days is ten times the work of all the rest.
 */
static void begin(void)
{
	static const char *const settings[] = {
		LEAST,
		LEAST
		"calendar = { country = \"SE\"; closed = [ \"2026-12-28\" ]; half_days = false;\n"
		"send_between = [ \"07:30\", \"17:00\" ]; };\n",
	};
	static struct plan *in_use[sizeof(settings) / sizeof(*settings)];

	for (size_t i = 0; i < sizeof(settings) / sizeof(*settings) && !in_use[i]; i++) {
		json_t *text = json_pack("{s:s, s:[{s:s, s:s}, {s:s, s:s}]}", "main",
					 "paminnd.conf", "files", "name", "paminnd.conf", "text",
					 settings[i], "name", "plan.d/a.conf", "text", LEAST_PLAN);

		assert(plan_from_text(&in_use[i], text, NULL) == 0);
		json_decref(text);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char parting[] = "\n----\n";
	const uint8_t *end = size ? memmem(data, size, parting, sizeof(parting) - 1) : NULL;
	const uint8_t *second = end ? end + sizeof(parting) - 1 : data + size;
	json_t *text = json_pack("{s:s, s:[o, o]}", "main", "paminnd.conf", "files",
				 file("paminnd.conf", data, end ? (size_t)(end - data) : size),
				 file("plan.d/a.conf", second, (size_t)(data + size - second)));
	struct plan *plan = NULL, *again = NULL;
	json_t *other, *same;

	begin();
	if (plan_from_text(&plan, text, NULL) == 0) {
		work_out(plan);
		other = plan_text(plan);
		assert(plan_from_text(&again, other, NULL) == 0);
		same = plan_text(again);
		assert(json_equal(same, other));
		json_decref(same);
		json_decref(other);
	}
	plan_unref(again);
	plan_unref(plan);
	json_decref(text);
	return 0;
}
