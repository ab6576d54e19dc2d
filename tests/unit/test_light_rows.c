/* SPDX-License-Identifier: Apache-2.0 */
/* What show and list say of a measure's own dates, its light and its evidence: each only where there is some. */
#include "tests/unit/ask.h"

#define MEASURES                                                                   \
	"{ id='HSN-03'; title='Färre inhyrda'; owner='akut'; from='2026-03-01'; " \
	"done_by='meeting RS 2026-06'; }, { id='HSN-07'; title='Utan datum'; owner='kir'; }"

/* Some members of a row, as JSON with ' for ", null for those that it lacks. */
static void members_are(json_t *row, const char *names, const char *expected)
{
	json_t *picked = json_object();
	char copy[200], *rest = copy, *name, *text;

	snprintf(copy, sizeof(copy), "%s", names);
	for (int n = 0; (name = strtok_r(n ? NULL : copy, " ", &rest)); n++)
		if (json_object_get(row, name))
			json_object_set(picked, name, json_object_get(row, name));
	text = json_dumps(picked, JSON_COMPACT);
	for (char *c = text; *c; c++)
		if (*c == '"')
			*c = '\'';
	ck_assert_str_eq(text, expected);
	free(text);
	json_decref(picked);
}

#define OWN                                                                                \
	"from done_by done_by_original done_by_meeting done_by_provisional done_forecast " \
	"link light light_reasons"

static json_t *shown(struct world *w, const char *params)
{
	json_t *rows = ask(w, QUERY_SHOW, params), *row = json_incref(json_array_get(rows, 0));

	json_decref(rows);
	return row;
}

START_TEST(rows_have_a_measures_own_dates_and_its_light)
{
	struct world *w =
		asked_world("2026-05-04 12:00", &(struct written){ .measures = MEASURES });
	json_t *row = shown(w, "{'item':'HSN-03'}"), *rows;

	members_are(row, OWN,
		    "{'from':'2026-03-01','done_by':'2026-06-30','done_by_meeting':'RS 2026-06',"
		    "'done_by_provisional':true,'light':'green'}");
	json_decref(row);
	w->says = "reg";
	HEARD(w, "meeting", "RS", "{'from':'2026-06-16'}");
	HEARD(w, "extend", "HSN-03", "{'due':'2026-09-30','reference':'§ 80'}");
	w->says = "akut";
	HEARD(w, "status", "HSN-03",
	      "{'status':'at-risk','done_forecast':'2026-10-31','link':'D 4711'}");
	row = shown(w, "{'item':'HSN-03'}");
	members_are(row, OWN,
		    "{'from':'2026-03-01','done_by':'2026-09-30','done_by_original':'2026-06-16',"
		    "'done_forecast':'2026-10-31','link':'D 4711','light':'yellow',"
		    "'light_reasons':['at-risk','forecast']}");
	json_decref(row);
	rows = ask(w, QUERY_LIST, "{'all':true}");
	members_are(json_array_get(rows, 0), "done_by light",
		    "{'done_by':'2026-09-30','light':'yellow'}");
	json_decref(rows);
	row = shown(w, "{'item':'HSN-07'}");
	members_are(row, OWN, "{}");
	json_decref(row);
	asked_free(w);
}
END_TEST

START_TEST(a_plan_without_the_new_keys_has_rows_as_before)
{
	struct world *w = asked_world("2026-05-04 12:00", &(struct written){ 0 });
	json_t *row;

	HEARD(w, "status", "HSN-03", "{'status':'at-risk'}");
	row = shown(w, "{'item':'HSN-03'}");
	members_are(row, OWN, "{}");
	json_decref(row);
	asked_free(w);
}
END_TEST

START_TEST(evidence_stands_in_rows_where_it_was_given)
{
	struct world *w =
		asked_world("2026-05-04 12:00",
			    &(struct written){ .deadlines = HANDED_IN("RS-58", "2026-05-15", "") });
	json_t *row, *history;

	HEARD(w, "status", "HSN-03", "{'status':'on-track','link':'https://akt.region.se/7'}");
	row = shown(w, "{'item':'HSN-03'}");
	members_are(row, "link", "{'link':'https://akt.region.se/7'}");
	json_decref(row);
	HEARD(w, "submit", "RS-58", "{'reference':'HSN 1','link':'HSN 2026/0170-4'}");
	HEARD(w, "outcome", "RS-58", "{'outcome':'noted','reference':'§ 70'}");
	HEARD(w, "outcome", "RS-58", "{'outcome':'approved','reference':'§ 71','link':'D 3'}");
	row = shown(w, "{'item':'RS-58'}");
	history = json_object_get(row, "history");
	members_are(json_array_get(history, 0), "link", "{'link':'HSN 2026/0170-4'}");
	members_are(json_array_get(history, 1), "link", "{}");
	members_are(json_array_get(history, 2), "link", "{'link':'D 3'}");
	json_decref(row);
	w->says = "reg";
	HEARD(w, "close", "HSN-03", "{'as':'done','reference':'§ 90','link':'D 4'}");
	row = shown(w, "{'item':'HSN-03'}");
	members_are(json_object_get(row, "closed"), "link", "{'link':'D 4'}");
	json_decref(row);
	asked_free(w);
}
END_TEST

UNIT_TESTS("engine/inquiry/rows_light", UNIT(rows_have_a_measures_own_dates_and_its_light),
	   UNIT(a_plan_without_the_new_keys_has_rows_as_before),
	   UNIT(evidence_stands_in_rows_where_it_was_given))
