/* SPDX-License-Identifier: Apache-2.0 */
/* The lists of a plan's people, bodies, meetings and absences, as they stand. */
#include "tests/unit/ask.h"

static const struct written plan = {
	.measures = TWO_MEASURES,
	.meetings = "{ body='RS'; from='2026-05-26'; until='2026-05-27'; }, "
		    "{ body='RS'; from='2026-06-16'; }, { body='RS'; from='2026-04-01'; }",
	.deadlines = HANDED_IN("RS-58", "meeting RS 2026-05", ""),
	.alerts = "",
};

/* The rows as JSON, one a line, ' for ". */
static char *rows_of(struct world *w, enum request which, const char *params)
{
	json_t *rows = ask(w, which, params), *row;
	char *text = NULL;
	size_t size, i;
	FILE *out = open_memstream(&text, &size);

	json_array_foreach (rows, i, row) {
		char *line = json_dumps(row, JSON_COMPACT);

		fprintf(out, "%s\n", line);
		free(line);
	}
	fclose(out);
	json_decref(rows);
	for (char *c = text; *c; c++)
		if (*c == '"')
			*c = '\'';
	return text;
}

#define ARE(which, params, expected)                     \
	do {                                             \
		char *text_ = rows_of(w, which, params); \
		ck_assert_str_eq(text_, expected);       \
		free(text_);                             \
	} while (0)

START_TEST(people_are_those_of_the_plan_and_what_each_owes)
{
	struct written people = plan;
	json_t *rows, *row;
	struct world *w;

	people.people = PERSON("akut", "manager='dir'; deputy='kir'; roles=['owner'];") ", " PERSON(
		"kir",
		"") ", " PERSON("dir",
				"roles=['steward'];") ", " PERSON("ordf",
								  "") ", " PERSON("reg",
										  "") ", " PERSON("stod",
												  "roles=['"
												  "support'"
												  "];");
	w = asked_world("2026-04-22 12:00", &people);
	world_to(w, "2026-05-11 12:00");
	HEARD(w, "absence", "akut", "{'from':'2026-05-11','until':'2026-05-12'}");
	ARE(QUERY_PEOPLE, "{'role':'owner'}",
	    "{'person':'akut','name':'Namn akut','roles':['owner'],'manager':'dir','deputy':'kir',"
	    "'language':'sv','channels':['mail'],'owes':1,'late':0,'away_until':'2026-05-12',"
	    "'stands_in':'kir'}\n");
	rows = ask(w, QUERY_PEOPLE, "{}");
	ck_assert_uint_eq(json_array_size(rows), 6);
	row = json_array_get(rows, 3); /* who owes the deliverable */
	ck_assert_str_eq(json_string_value(json_object_get(row, "person")), "ordf");
	ck_assert_int_eq(json_integer_value(json_object_get(row, "owes")), 1);
	ck_assert(json_is_null(json_object_get(row, "away_until")));
	json_decref(rows);
	world_to(w, "2026-05-18 12:00");
	rows = ask(w, QUERY_PEOPLE, "{'role':'owner'}");
	row = json_array_get(rows, 0);
	ck_assert_int_eq(json_integer_value(json_object_get(row, "late")), 1);
	json_decref(rows);
	ARE(QUERY_PEOPLE, "{'role':'nobody'}", "");
	asked_free(w);
}
END_TEST

START_TEST(a_body_tells_of_its_next_meeting)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);

	ARE(QUERY_BODIES, "{}",
	    "{'body':'RS','name':'Regionstyrelsen','papers':'-7wd','papers_late':null,"
	    "'next_meeting':'2026-05-26','next_papers':'2026-05-15','meetings':2,'deadlines':1}\n");
	asked_free(w);
}
END_TEST

START_TEST(a_meeting_tells_what_is_due_at_it)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);

	ARE(QUERY_MEETINGS, "{}",
	    "{'body':'RS','from':'2026-05-26','until':'2026-05-27','place':null,'state':'known',"
	    "'replaced_by':null,'papers':'2026-05-15','papers_late':null,'deadlines':['RS-58']}\n"
	    "{'body':'RS','from':'2026-06-16','until':'2026-06-16','place':null,'state':'known',"
	    "'replaced_by':null,'papers':'2026-06-05','papers_late':null,'deadlines':[]}\n");
	HEARD(w, "meeting", "RS", "{'from':'2026-05-28','replaces':'2026-05-26','place':'Salen'}");
	ARE(QUERY_MEETINGS, "{'body':'RS'}",
	    "{'body':'RS','from':'2026-05-28','until':'2026-05-28','place':'Salen','state':'known',"
	    "'replaced_by':null,'papers':'2026-05-19','papers_late':null,'deadlines':['RS-58']}\n"
	    "{'body':'RS','from':'2026-06-16','until':'2026-06-16','place':null,'state':'known',"
	    "'replaced_by':null,'papers':'2026-06-05','papers_late':null,'deadlines':[]}\n");
	json_t *all = ask(w, QUERY_MEETINGS, "{'all':true}");
	ck_assert_uint_eq(json_array_size(all), 4);
	ck_assert_str_eq(json_string_value(json_object_get(json_array_get(all, 1), "state")),
			 "replaced");
	json_decref(all);
	asked_free(w);
}
END_TEST

START_TEST(absences_are_those_that_are_not_over_unless_all_are_wanted)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);

	HEARD(w, "absence", "akut", "{'from':'2026-04-27','until':'2026-04-28'}");
	HEARD(w, "absence", "kir", "{'from':'2026-05-04','until':'2026-05-15','deputy':'akut'}");
	HEARD(w, "absence", "akut", "{'from':'2026-07-06','until':'2026-07-31'}");
	world_to(w, "2026-05-11 12:00");
	ARE(QUERY_ABSENCES, "{}",
	    "{'person':'akut','from':'2026-07-06','until':'2026-07-31','deputy':null,"
	    "'state':'coming','held_until':'2026-08-03'}\n"
	    "{'person':'kir','from':'2026-05-04','until':'2026-05-15','deputy':'akut',"
	    "'state':'now','held_until':null}\n");
	ARE(QUERY_ABSENCES, "{'person':'akut','all':true}",
	    "{'person':'akut','from':'2026-04-27','until':'2026-04-28','deputy':null,"
	    "'state':'over','held_until':null}\n"
	    "{'person':'akut','from':'2026-07-06','until':'2026-07-31','deputy':null,"
	    "'state':'coming','held_until':'2026-08-03'}\n");
	asked_free(w);
}
END_TEST

static const struct {
	int line;
	enum request which;
	const char *params, *reason;
} refusals[] = {
	{ __LINE__, QUERY_MEETINGS, "{'body':'XX'}",
	  "there is no body XX in the plan: check the id" },
	{ __LINE__, QUERY_ABSENCES, "{'person':'nemo'}",
	  "there is no person nemo in the plan: check the id" },
};

START_TEST(what_is_not_in_the_plan_is_refused)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);
	json_t *params = params_of(refusals[_i].params);
	struct rejection why;
	struct inquiry *q;

	ck_assert_int_eq(ledger_commit(w->e.ledger), 0);
	ck_assert_int_gt(inquiry_new(&q, &w->e, (struct question){ refusals[_i].which, params },
				     w->now, &why),
			 0);
	ck_assert_str_eq(why.reason, refusals[_i].reason);
	json_decref(params);
	asked_free(w);
}
END_TEST

UNIT_TESTS("engine/inquiry/lists", UNIT(people_are_those_of_the_plan_and_what_each_owes),
	   UNIT(a_body_tells_of_its_next_meeting), UNIT(a_meeting_tells_what_is_due_at_it),
	   UNIT(absences_are_those_that_are_not_over_unless_all_are_wanted),
	   UNIT_ROWS(what_is_not_in_the_plan_is_refused, UNIT_COUNT(refusals)))
