/* SPDX-License-Identifier: Apache-2.0 */
#include "protocol/forecast_lines.h"

#include <string.h>

#include "unit.h"

#define MANY 20000 /* deadlines */

/* Rows, a line each: "DD.HH to kind [channel]: items", an item being "DEADLINE [MEASURE] [step[*repetition]]" and "-"
 * what there is not; "/PERSON" is who is away. */
static json_t *item_of(const char *text)
{
	char deadline[40] = "-", measure[40] = "-", step[40] = "-";
	json_t *item = json_object();
	char *times;

	ck_assert_int_ge(sscanf(text, "%39s %39s %39s", deadline, measure, step), 1);
	times = strchr(step, '*');
	if (times) {
		json_object_set_new(item, "repetition", json_integer(atoi(times + 1)));
		*times = '\0';
	}
	if (*deadline == '/')
		json_object_set_new(item, "person", json_string(deadline + 1));
	json_object_set_new(item, "deadline",
			    strchr("-/", *deadline) ? json_null() : json_string(deadline));
	json_object_set_new(item, "measure", *measure == '-' ? json_null() : json_string(measure));
	json_object_set_new(item, "step", strcmp(step, "-") == 0 ? json_null() : json_string(step));
	return item;
}

static json_t *row_of(char *text)
{
	char when[20], to[40], kind[40], channel[40] = "mail", full[40], *rest;
	json_t *items = json_array();
	char *list = strchr(text, ':');

	*list++ = '\0';
	ck_assert_int_ge(sscanf(text, "%19s %39s %39s %39s", when, to, kind, channel), 3);
	snprintf(full, sizeof(full), "2026-05-%.2sT%.2s:00:00+02:00", when, when + 3);
	for (char *one = strtok_r(list, ",", &rest); one; one = strtok_r(NULL, ",", &rest))
		json_array_append_new(items, item_of(one));
	return json_pack("{s:s,s:s,s:s,s:s,s:o}", "when", full, "to", to, "channel", channel,
			 "kind", kind, "items", items);
}

static json_t *rows_of(const char *text)
{
	char *copy = strdup(text), *rest;
	json_t *rows = json_array();

	for (char *one = strtok_r(copy, "\n", &rest); one; one = strtok_r(NULL, "\n", &rest))
		json_array_append_new(rows, row_of(one));
	free(copy);
	return rows;
}

/* "04.08 9 reminders, …", "  stod: …"; what is told in short ends in " ~". */
static char *told(const char *text)
{
	json_t *rows = rows_of(text), *lines = forecast_lines(rows), *line;
	char *all = NULL;
	size_t size, i;
	FILE *out = open_memstream(&all, &size);

	ck_assert_ptr_nonnull(lines);
	json_array_foreach (lines, i, line) {
		const char *when = json_string_value(json_object_get(line, "when"));

		if (when)
			fprintf(out, "%.2s.%.2s %s", when + 8, when + 11,
				json_string_value(json_object_get(line, "text")));
		else
			fprintf(out, "  %s: %s", json_string_value(json_object_get(line, "to")),
				json_string_value(json_object_get(line, "items")));
		fprintf(out, "%s\n", json_object_get(line, "short") ? " ~" : "");
	}
	fclose(out);
	json_decref(rows);
	json_decref(lines);
	return all;
}

/* How a reader is told of the step 0, the first time. */
#define DAY0 "0, the last working day"

/* clang-format off */
#define THREE(when, step) \
	when " stod reminder: R - " step "\n" \
	when " anna reminder: R M-1 " step ",R M-2 " step "\n" \
	when " bo reminder: R M-3 " step "\n"
#define THREE_TOLD \
	"  stod: R itself\n" \
	"  anna: M-1, M-2\n" \
	"  bo: M-3\n"
/* clang-format on */

static const struct {
	int line;
	const char *rows, *told;
} cases[] = {
	{ __LINE__, "", "" },
	/* One message is a line, with its deadline, measures and step. */
	{ __LINE__, "04.08 anna reminder: R M-1 -5wd", "04.08 reminder to anna: R M-1 (-5wd)\n" },
	{ __LINE__, "04.08 stod rereport: R - -", "04.08 frozen paper to stod: R\n" },
	{ __LINE__, "04.08 stod rereport: R - -\n04.08 bo rereport: R - -",
	  "04.08 2 frozen papers to stod and bo: R\n" },
	{ __LINE__, "04.08 stod reminder: R - 0*1",
	  "04.08 reminder to stod: R (0, second time)\n" },
	{ __LINE__, "04.08 stod moved: R - -", "04.08 moved message to stod: R\n" },
	{ __LINE__, "04.08 stod alert: - M-1 -", "04.08 alert to stod: M-1\n" },
	{ __LINE__, "04.08 stod test:", "04.08 test message to stod\n" },
	{ __LINE__, "04.08 stod hold:", "04.08 hold message to stod\n" },
	{ __LINE__, "04.08 stod absence: /anna - -,/bo - -",
	  "04.08 absence message to stod: anna and bo\n" },
	{ __LINE__,
	  "04.08 stod absence: /anna - -\n04.08 mona absence: /anna - -\n"
	  "06.08 stod absence: /bo - -\n06.08 mona absence: /bo - -\n",
	  "04.08 2 absence messages to stod and mona: anna\n"
	  "06.08 2 absence messages to stod and mona: bo\n" },
	{ __LINE__, "04.08 stod reminder: R - +3wd*2",
	  "04.08 reminder to stod: R (+3wd, third time)\n" },
	{ __LINE__, "04.08 stod reminder: R - +1wd,R M-1 +1wd",
	  "04.08 reminder to stod: R itself and M-1 (+1wd)\n" },
	/* What it says of several deadlines alike it says once, the rest of each. */
	{ __LINE__, "04.08 anna reminder: R M-1 -2wd,R M-2 -2wd,L M-1 -2wd,L M-2 -2wd",
	  "04.08 reminder to anna: R and L M-1, M-2 (-2wd)\n" },
	{ __LINE__, "04.08 anna reminder: R - -2wd,R M-1 -2wd,L - -2wd,L M-1 -2wd",
	  "04.08 reminder to anna: R and L themselves and M-1 (-2wd)\n" },
	{ __LINE__, "04.08 anna reminder: R M-1 +1wd,L M-1 +1wd*1",
	  "04.08 reminder to anna: R M-1 (+1wd), L M-1 (+1wd, second time)\n" },
	{ __LINE__, "04.08 anna reminder: R M-1 -2wd,L M-1 0,R M-2 -2wd",
	  "04.08 reminder to anna: R M-1, M-2 (-2wd), L M-1 (" DAY0 ")\n" },
	{ __LINE__, "04.08 stod reminder: R - 0,L - -5wd",
	  "04.08 reminder to stod: R (" DAY0 "), L (-5wd)\n" },
	/* Measures come in the order in which people count, and of many the number of the rest. */
	{ __LINE__, "04.08 anna reminder: R M-10 0,R M-9 0,R M-2 0",
	  "04.08 reminder to anna: R M-2, M-9, M-10 (" DAY0 ")\n" },
	{ __LINE__,
	  "04.08 dir escalation: R M-1 0,R M-2 0,R M-3 0,R M-4 0,R M-5 0,R M-6 0,R M-7 0,R M-8 0,"
	  "R M-9 0",
	  "04.08 escalation to dir: R M-1, M-2, M-3, M-4, M-5, M-6, M-7, M-8, M-9 (" DAY0 ")\n" },
	{ __LINE__,
	  "04.08 dir escalation: R M-1 0,R M-2 0,R M-3 0,R M-4 0,R M-5 0,R M-6 0,R M-7 0,R M-8 0,"
	  "R M-9 0,R M-10 0",
	  "04.08 escalation to dir: R M-1, M-2, M-3, M-4, M-5, M-6 and 4 more (" DAY0 ") ~\n" },
	/* All of them, as the forecast shows by one who has fewer. */
	{ __LINE__,
	  "04.08 anna reminder: R M-1 -5wd\n"
	  "05.08 dir escalation: R M-1 0,R M-2 0,R M-3 0,R M-4 0,R M-5 0\n"
	  "06.08 dir escalation: R - 0,R M-1 0,R M-2 0,R M-3 0,R M-4 0,R M-5 0\n"
	  "07.08 bo escalation: R M-1 0,R M-2 0,R M-3 0,R M-4 0",
	  "04.08 reminder to anna: R M-1 (-5wd)\n"
	  "05.08 escalation to dir: all 5 measures of R (" DAY0 ") ~\n"
	  "06.08 escalation to dir: R itself and all 5 measures (0) ~\n"
	  "07.08 escalation to bo: R M-1, M-2, M-3, M-4 (0)\n" },
	/* Several that differ are counted, with a line for each; several that don't are one line. */
	{ __LINE__, THREE("04.08", "-10wd"), "04.08 3 reminders, R (-10wd)\n" THREE_TOLD },
	{ __LINE__, "04.07 a alert: R - -\n04.07 b alert: R - -\n04.07 c alert: R - -",
	  "04.07 3 alerts to a, b and c: R\n" },
	{ __LINE__, "04.07 a moved: R - -\n04.07 b moved: R - -",
	  "04.07 2 moved messages to a and b: R\n" },
	{ __LINE__, "04.07 a light: - M-1 -\n04.07 b light: - M-2 -",
	  "04.07 2 light messages\n  a: M-1\n  b: M-2\n" },
	/* Another instant, kind, deadline or step is another group. */
	{ __LINE__,
	  "04.08 a reminder: R M-1 0\n04.08 b escalation: R M-1 0\n04.08 c reminder: L M-1 0\n"
	  "04.08 d reminder: R M-1 -5wd\n04.08 e reminder: R M-2 0\n04.09 f reminder: R M-1 0",
	  "04.08 2 reminders, R (" DAY0 ")\n  a: M-1\n  e: M-2\n04.08 escalation to b: R M-1 (0)\n"
	  "04.08 reminder to c: L M-1 (0)\n04.08 reminder to d: R M-1 (-5wd)\n"
	  "04.09 reminder to f: R M-1 (0)\n" },
	/* A channel is named unless it is mail, or the receiver; one more to the same is told. */
	{ __LINE__,
	  "04.08 a reminder: R M-1 0\n04.08 a reminder hook: R M-1 0\n04.08 hook reminder hook: R "
	  "M-2 0\n"
	  "04.08 a reminder: R M-3 0",
	  "04.08 4 reminders, R (" DAY0
	  ")\n  a: M-1\n  a by hook: M-1\n  hook: M-2\n  a, again: M-3\n" },
	/* Of several deadlines in a group: named with what only one of them asks for. */
	{ __LINE__,
	  "04.08 a reminder: R M-1 0,L M-1 -5wd\n04.08 b reminder: R M-2 0,L M-3 -5wd\n"
	  "04.08 c reminder: R - 0,L - -5wd",
	  "04.08 3 reminders, R (" DAY0 ") and L (-5wd)\n  a: M-1\n  b: R M-2; L M-3\n"
	  "  c: R and L themselves\n" },
	{ __LINE__, "04.08 a reminder: R M-1 0,R M-2 -5wd\n04.08 b reminder: R M-3 0,R M-4 -5wd",
	  "04.08 2 reminders, R (" DAY0 ") and R (-5wd)\n  a: R M-1 (0); R M-2 (-5wd)\n"
	  "  b: R M-3 (0); R M-4 (-5wd)\n" },
	/* As the last ones about it, whatever was between; of another deadline they are others. */
	{ __LINE__,
	  THREE("04.08", "-10wd") "04.08 a escalation: R M-1 -10wd\n" THREE("05.08", "-5wd")
		  THREE("06.08", "+3wd*1"),
	  "04.08 3 reminders, R (-10wd)\n" THREE_TOLD "04.08 escalation to a: R M-1 (-10wd)\n"
	  "05.08 the same 3 reminders, R (-5wd) ~\n"
	  "06.08 the same (+3wd, second time) ~\n" },
	/* The step alone is new of what has just been told: not of another occurrence, nor without a step, nor at two. */
	{ __LINE__,
	  THREE("04.08", "-10wd")
		  THREE("05.08", "-5wd") "06.08 a escalation: R M-1 0\n" THREE("07.08", "0"),
	  "04.08 3 reminders, R (-10wd)\n" THREE_TOLD "05.08 the same (-5wd) ~\n"
	  "06.08 escalation to a: R M-1 (" DAY0 ")\n07.08 the same 3 reminders, R (0) ~\n" },
	{ __LINE__,
	  "04.08 a reminder: R M-1 0,L M-2 -5wd\n04.08 b reminder: R M-2 0,L M-3 -5wd\n"
	  "05.08 a reminder: R M-1 +1wd,L M-2 0\n05.08 b reminder: R M-2 +1wd,L M-3 0",
	  "04.08 2 reminders, R (" DAY0 ") and L (-5wd)\n  a: R M-1; L M-2\n  b: R M-2; L M-3\n"
	  "05.08 the same 2 reminders, R (+1wd) and L (0) ~\n" },
	{ __LINE__,
	  "04.08 a reminder: R M-1 0\n04.08 b reminder: R M-2 0\n"
	  "05.08 a reminder: L M-1 0\n05.08 b reminder: L M-2 0",
	  "04.08 2 reminders, R (" DAY0
	  ")\n  a: M-1\n  b: M-2\n05.08 2 reminders, L (0)\n  a: M-1\n"
	  "  b: M-2\n" },
	/* An occurrence asks as the one before. */
	{ __LINE__,
	  "04.08 a reminder: L@2026-04-30 M-1 0\n04.08 b reminder: L@2026-04-30 M-2 0\n"
	  "05.08 a reminder: L@2026-05-29 M-1 0\n05.08 b reminder: L@2026-05-29 M-2 0",
	  "04.08 2 reminders, L@2026-04-30 (" DAY0 ")\n  a: M-1\n  b: M-2\n"
	  "05.08 the same 2 reminders, L@2026-05-29 (0) ~\n" },
	/* But for some: who gets something else, more, or none. Most of them others: all anew. */
	{ __LINE__,
	  THREE("04.08",
		"-5wd") "05.08 stod reminder: R - 0\n05.08 anna reminder: R M-1 0,R M-2 0\n"
			"05.08 bo reminder: R M-4 0",
	  "04.08 3 reminders, R (-5wd)\n" THREE_TOLD "05.08 3 reminders, R (" DAY0
	  "): the same but for ~\n  bo: M-4\n" },
	{ __LINE__, THREE("04.08", "-5wd") "04.08 cia reminder: R M-4 -5wd\n" THREE("05.08", "0"),
	  "04.08 4 reminders, R (-5wd)\n" THREE_TOLD "  cia: M-4\n05.08 3 reminders, R (" DAY0
	  "): the same but for ~\n  cia: none\n" },
	{ __LINE__,
	  THREE("04.08", "-5wd") "05.08 stod reminder: R - 0\n05.08 anna reminder: R M-1 0\n"
				 "05.08 bo reminder: R M-4 0",
	  "04.08 3 reminders, R (-5wd)\n" THREE_TOLD "05.08 3 reminders, R (" DAY0
	  ")\n  stod: R itself\n  anna: M-1\n  bo: M-4\n" },
	/* It is what was told last that they are the same as. */
	{ __LINE__,
	  THREE("04.08", "-5wd") "05.08 anna reminder: R M-7 -2wd\n05.08 bo reminder: R M-8 "
				 "-2wd\n" THREE("06.08", "0"),
	  "04.08 3 reminders, R (-5wd)\n" THREE_TOLD
	  "05.08 2 reminders, R (-2wd)\n  anna: M-7\n  bo: M-8\n"
	  "06.08 3 reminders, R (" DAY0 ")\n" THREE_TOLD },
	/* One message again: in full while that is as short, else by its name; of several alike not even whom. */
	{ __LINE__, "04.08 a reminder: R M-1 -5wd,R M-2 -5wd\n05.08 a reminder: R M-1 0,R M-2 0",
	  "04.08 reminder to a: R M-1, M-2 (-5wd)\n05.08 reminder to a: R M-1, M-2 (" DAY0 ")\n" },
	{ __LINE__,
	  "04.08 a reminder: R M-1 -5wd,R M-2 -5wd,R M-3 -5wd\n04.08 b reminder: R M-1 -5wd\n"
	  "05.08 a reminder: R M-1 0,R M-2 0,R M-3 0\n06.08 a reminder: R M-1 +1wd,R M-2 +1wd,R "
	  "M-3 +1wd",
	  "04.08 2 reminders, R (-5wd)\n  a: M-1, M-2, M-3\n  b: M-1\n"
	  "05.08 reminder to a: R M-1, M-2, M-3 (" DAY0 ")\n06.08 the same (+1wd) ~\n" },
	{ __LINE__,
	  "04.08 a alert: R - -\n04.08 b alert: R - -\n04.08 c alert: R - -\n"
	  "05.08 a alert: R - -\n05.08 b alert: R - -\n05.08 c alert: R - -",
	  "04.08 3 alerts to a, b and c: R\n05.08 the same 3 alerts, R ~\n" },
};

START_TEST(a_forecast_tells_each_thing_once)
{
	char *text = told(cases[_i].rows);

	ck_assert_msg(strcmp(text, cases[_i].told) == 0, "line %d:\n%s", cases[_i].line, text);
	free(text);
}
END_TEST

/* Of many, three may be other than before; with a fourth it is told anew. */
START_TEST(but_for_some_is_but_for_three_at_most)
{
	for (int others = 3; others <= 4; others++) {
		char rows[2000] = "", *text;

		for (int day = 4; day <= 5; day++)
			for (int i = 0; i < 12; i++)
				snprintf(rows + strlen(rows), 60,
					 "%02d.08 p%d reminder: R M-%d 0\n", day, i,
					 day == 5 && i < others ? 20 + i : i);
		text = told(rows);
		ck_assert_msg(!strstr(text, "the same but for ~\n  p0: M-20\n  p1: M-21\n"
					    "  p2: M-22\n") == (others == 4),
			      "%s", text);
		ck_assert_msg(!strstr(text, "  p3: M-23\n  p4: M-4\n") == (others == 3), "%s",
			      text);
		free(text);
	}
}
END_TEST

static const struct {
	int line;
	const char *item, *step;
} steps[] = {
	{ __LINE__, "R - +3wd", "+3wd" },
	{ __LINE__, "R - +3wd*1", "+3wd, second time" },
	{ __LINE__, "R - +3wd*11", "+3wd, twelfth time" },
	{ __LINE__, "R - +3wd*12", "+3wd, 13th time" },
	{ __LINE__, "R - +3wd*20", "+3wd, 21st time" },
	{ __LINE__, "R - +3wd*23", "+3wd, 24th time" },
	{ __LINE__, "R - +3wd*110", "+3wd, 111th time" },
};

START_TEST(a_step_says_for_the_how_manieth_time)
{
	json_t *item = item_of(steps[_i].item);
	char *text = forecast_step(item);

	ck_assert_msg(strcmp(text, steps[_i].step) == 0, "line %d: %s", steps[_i].line, text);
	free(text);
	json_decref(item);
}
END_TEST

/* Of MANY deadlines, each of which comes twice, with all the others between. */
static json_t *row_of_many(const char *to, const char *measure)
{
	json_t *items = json_array();

	for (int i = 0; i < 2 * MANY; i++)
		json_array_append_new(items, json_pack("{s:o,s:s,s:s}", "deadline",
						       json_sprintf("D-%d", i % MANY), "measure",
						       i < MANY ? measure : "M", "step", "0"));
	return json_pack("{s:s,s:s,s:s,s:s,s:o}", "when", "2026-05-04T08:00:00+02:00", "to", to,
			 "channel", "mail", "kind", "reminder", "items", items);
}

/* It is as much work as there are deadlines, not as there are pairs or triples of them: that would take minutes. */
START_TEST(many_deadlines_are_told_as_few_are)
{
	json_t *rows = json_pack("[o,o]", row_of_many("a", "M-1"), row_of_many("b", "M-2"));
	json_t *lines = forecast_lines(rows);
	const char *text = json_string_value(json_object_get(json_array_get(lines, 1), "items"));

	ck_assert_uint_eq(json_array_size(lines), 3);
	ck_assert_msg(strncmp(text, "M, M-1", 6) == 0, "%.60s", text);
	json_decref(lines);
	json_decref(rows);
}
END_TEST

UNIT_TESTS("protocol/forecast_lines",
	   UNIT_ROWS(a_forecast_tells_each_thing_once, UNIT_COUNT(cases)),
	   UNIT(but_for_some_is_but_for_three_at_most), UNIT(many_deadlines_are_told_as_few_are),
	   UNIT_ROWS(a_step_says_for_the_how_manieth_time, UNIT_COUNT(steps)))
