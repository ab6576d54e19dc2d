/* SPDX-License-Identifier: Apache-2.0 */
/* What a steward proposes to decide: in the paper, against the plan's own, and in the log. */
#include "tests/unit/ask.h"

#define AND_ASSIGNMENTS(of_u1) \
	"); assignments=( { id='U-1'; title='Uppdrag'; given_by='RS'; " of_u1 "}"
#define SERIES_LOP(more) HANDED_IN("LOP", "2026-04-30", "every='RRULE:FREQ=MONTHLY'; " more)
static const struct written plan = {
	.deadlines = HANDED_IN("RS-58", "2026-05-15", "assignment='U-1';") ", " SERIES_LOP("")
		AND_ASSIGNMENTS(""),
};

/* What the paper of the item, by the parameter's name, proposes. */
#define PROPOSES(world, param, item, expected)                                               \
	do {                                                                                 \
		json_t *rows_ = ask(world, QUERY_REPORT, "{'" param "':'" item "'}");        \
		const json_t *text_ = json_object_get(json_array_get(rows_, 0), "proposal"); \
		ck_assert_pstr_eq(json_string_value(text_), expected);                       \
		json_decref(rows_);                                                          \
	} while (0)
#define FOLLOWS_FROM_THE_LOG(world)                                      \
	do {                                                             \
		json_t *differences_ = ask(world, COMMAND_VERIFY, "{}"); \
		ck_assert_uint_eq(json_array_size(differences_), 0);     \
		json_decref(differences_);                               \
	} while (0)

START_TEST(what_is_proposed_stands_in_the_paper)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);

	PROPOSES(w, "deadline", "RS-58", NULL);
	HEARD(w, "proposal", "U-1", "{'text':'Att avsluta.'}");
	PROPOSES(w, "deadline", "RS-58", "Att avsluta.");
	PROPOSES(w, "assignment", "U-1", "Att avsluta.");
	HEARD(w, "proposal", "RS-58", "{'text':'Att notera.\\n\\nAtt tacka.'}");
	HEARD(w, "proposal", "RS-58", "{'text':'Att notera.\\n\\nAtt avvakta.'}");
	PROPOSES(w, "deadline", "RS-58", "Att notera.\n\nAtt avvakta.");
	PROPOSES(w, "assignment", "U-1", "Att avsluta.");
	PROPOSES(w, "body", "RS", NULL); /* its tracker's own words are the template's */
	FOLLOWS_FROM_THE_LOG(w);
	asked_free(w);
}
END_TEST

START_TEST(that_of_a_series_is_of_the_occurrence_that_is_open)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);

	HEARD(w, "proposal", "LOP", "{'text':'Att notera april.'}");
	PROPOSES(w, "deadline", "LOP", "Att notera april.");
	PROPOSES(w, "deadline", "LOP@2026-04-30", "Att notera april.");
	HEARD(w, "submit", "LOP", "{'reference':'1'}");
	world_to(w, "2026-05-20 12:00");
	PROPOSES(w, "deadline", "LOP", NULL);
	PROPOSES(w, "deadline", "LOP@2026-04-30", "Att notera april.");
	FOLLOWS_FROM_THE_LOG(w);
	asked_free(w);
}
END_TEST

START_TEST(it_outranks_the_plan_until_the_plan_says_another)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);
	struct written changed = plan;

	HEARD(w, "proposal", "RS-58", "{'text':'Sekreterarens.'}");
	HEARD(w, "proposal", "U-1", "{'text':'Uppdragets.'}");
	HEARD(w, "proposal", "LOP", "{'text':'Månadens.'}");
	changed.deadlines = HANDED_IN("RS-58", "2026-05-18", "assignment='U-1';") ", " SERIES_LOP(
		"proposal='Varje månads.';") AND_ASSIGNMENTS("");
	world_adopt(w, &changed);
	PROPOSES(w, "deadline", "RS-58", "Sekreterarens.");
	PROPOSES(w, "deadline", "LOP", "Varje månads.");
	changed.deadlines =
		HANDED_IN("RS-58", "2026-05-18", "assignment='U-1'; proposal='Planens.';")
			AND_ASSIGNMENTS("proposal='Planens om uppdraget.';");
	world_adopt(w, &changed);
	PROPOSES(w, "deadline", "RS-58", "Planens.");
	PROPOSES(w, "assignment", "U-1", "Planens om uppdraget.");
	HEARD(w, "proposal", "RS-58", "{'text':'Sekreterarens igen.'}");
	world_adopt(w, &changed);
	PROPOSES(w, "deadline", "RS-58", "Sekreterarens igen.");
	FOLLOWS_FROM_THE_LOG(w);
	asked_free(w);
}
END_TEST

START_TEST(what_no_body_decides_on_has_none)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);

	REFUSED(w, "proposal", "HSN-03", "{'text':'Att.'}", REJECT_UNKNOWN_SUBJECT,
		"HSN-03 is a measure, on which no body decides: name a deadline that asks for it");
	REFUSED(w, "proposal", "RS-99", "{'text':'Att.'}", REJECT_UNKNOWN_SUBJECT,
		"there is no deadline or assignment RS-99 in the plan");
	asked_free(w);
}
END_TEST

UNIT_TESTS("proposals", UNIT(what_is_proposed_stands_in_the_paper),
	   UNIT(that_of_a_series_is_of_the_occurrence_that_is_open),
	   UNIT(it_outranks_the_plan_until_the_plan_says_another),
	   UNIT(what_no_body_decides_on_has_none))
