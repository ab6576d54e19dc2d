/* SPDX-License-Identifier: Apache-2.0 */
/* The end of a good --check: what the first morning would send. */
#include "engine/check.h"

#include "tests/unit/engine_fixture.h"

/* What it says last, so that nobody has to reckon when to begin. */
#define ETC "/etc/paminn/paminnd.conf"
#define REHEARSE(when) "  To see them leave, and reach nobody: paminn-rehearse " when "\n"

/* clang-format off */
#define AKUTS(id) "{ id='" id "'; title='Bemanning'; owner='akut'; }"
#define TEN \
	AKUTS("HSN-01") "," AKUTS("HSN-02") "," AKUTS("HSN-03") "," AKUTS("HSN-04") "," \
	AKUTS("HSN-05") "," AKUTS("HSN-06") "," AKUTS("HSN-07") "," AKUTS("HSN-08") "," \
	AKUTS("HSN-09") "," AKUTS("HSN-10")
/* clang-format on */

static const struct {
	int line;
	const char *now, *text;
	struct written plan;
} mornings[] = {
	{ __LINE__,
	  "2026-04-22 12:00",
	  "The first messages would leave on 2026-04-29:\n"
	  "  08:00  reminder to akut: RS-58 HSN-03 (-10wd)\n" REHEARSE("2026-04-29T07:00"),
	  { 0 } },
	/* All of the day, and nothing of the next. */
	{ __LINE__,
	  "2026-05-17 12:00",
	  "The first messages would leave on 2026-05-18:\n"
	  "  08:00  3 reminders, RS-58 (+1wd)\n"
	  "           akut: HSN-03\n"
	  "           akut by hook: HSN-03\n"
	  "           kir: HSN-07\n" REHEARSE("2026-05-18T07:00"),
	  { .measures = TWO_MEASURES,
	    .people = PERSON("akut", "manager='dir'; channels=['mail','hook'];") ", " PERSON(
		    "kir", "manager='dir';") ", " PERSON("dir",
							 "") ", " PERSON("stod",
									 "roles=['support']"
									 ";") ", " PERSON("r"
											  "e"
											  "g",
											  "") } },
	/* Of more than three it says who they are; what each gets is the forecast's. */
	{ __LINE__,
	  "2026-04-22 12:00",
	  "The first messages would leave on 2026-04-29:\n"
	  "  08:00  4 reminders, RS-58 (-10wd): akut, akut by hook, kir, reg\n" REHEARSE(
		  "2026-04-29T07:00"),
	  { .measures = TWO_MEASURES ", { id='HSN-08'; title='B'; owner='reg'; }",
	    .people = PERSON("akut", "channels=['mail','hook'];") ", " PERSON(
		    "kir", "") ", " PERSON("stod", "roles=['support'];") ", " PERSON("reg", "") } },
	/* One who is late already hears of it at once. */
	{ __LINE__,
	  "2026-07-13 09:00",
	  "The first messages would leave on 2026-07-13:\n"
	  "  09:00  reminder to akut: RS-58 HSN-03 (+1wd)\n" REHEARSE("2026-07-13T08:00"),
	  { 0 } },
	/* The responsible's own. */
	{ __LINE__,
	  "2026-04-22 12:00",
	  "The first messages would leave on 2026-05-15:\n"
	  "  08:00  2 reminders, RS-58 (0, the last working day)\n"
	  "           ordf: RS-58 itself\n"
	  "           akut: HSN-03\n" REHEARSE("2026-05-15T07:00"),
	  { .steps = "0 owner",
	    .people = PERSON("ordf", "") ", " PERSON("akut", "") ", " PERSON("reg", ""),
	    .alerts = "",
	    .deadlines = HANDED_IN("RS-58", "2026-05-15", "") } },
	/* Of one who has many, the first and how many more. */
	{ __LINE__,
	  "2026-04-22 12:00",
	  "The first messages would leave on 2026-04-29:\n"
	  "  08:00  reminder to akut: RS-58 HSN-01, HSN-02, HSN-03, HSN-04, HSN-05, HSN-06 and 4 "
	  "more (-10wd)\n" REHEARSE("2026-04-29T07:00"),
	  { .measures = TEN } },
	{ __LINE__,
	  "2026-04-22 12:00",
	  "Nothing would be sent within 400 days.\n",
	  { .steps = "0 owner", .deadlines = ASKING("RS-58", "2029-05-15", "") } },
};

/* What the end of a check prints of a plan; free it. */
static char *checked(const struct written *written, const char *now, const char *config)
{
	struct plan *plan = plan_of(written);
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	ck_assert_int_eq(check_end(plan, 1, instant_of(now), config, out), 0);
	fclose(out);
	plan_unref(plan);
	return text;
}

START_TEST(a_check_ends_with_the_first_morning)
{
	char *text = checked(&mornings[_i].plan, mornings[_i].now, ETC);
	const char *end = text + strlen(text) - strlen(mornings[_i].text);

	ck_assert_msg(end > text && strcmp(end, mornings[_i].text) == 0, "line %d: %s",
		      mornings[_i].line, text);
	free(text);
}
END_TEST

#define MEETING "{ body='RS'; from='2026-06-16'; }"
static const struct {
	int line;
	const char *now, *text;
	struct written plan;
} dated[] = {
	{ __LINE__,
	  "2026-04-22 12:00",
	  "  RS-58: due 2026-05-15, practical 2026-05-13; asks for 1 measure\n",
	  { 0 } },
	{ __LINE__, "2026-05-14 12:00", "  RS-58: due 2026-05-15; asks for 1 measure\n", { 0 } },
	{ __LINE__,
	  "2026-04-22 12:00",
	  "  RS-58: due 2026-06-16 (meeting RS 2026-06), papers 2026-06-05; asks for 2 measures"
	  ", and ordf for the whole\n",
	  { .measures = TWO_MEASURES,
	    .meetings = MEETING,
	    .people = PERSON("ordf", "") ", " PERSON("akut", "") ", " PERSON("kir", "") ", " PERSON(
		    "reg", ""),
	    .alerts = "",
	    .steps = "0 owner",
	    .deadlines = HANDED_IN("RS-58", "meeting RS 2026-06", "") } },
	{ __LINE__,
	  "2026-04-22 12:00",
	  "  RS-58: due 2026-05-29 (meeting RS 2026-05), provisional: no such meeting is known "
	  "yet; "
	  "asks for 1 measure\n",
	  { .deadlines = ASKING("RS-58", "meeting RS 2026-05", "") } },
	{ __LINE__,
	  "2026-04-22 12:00",
	  "  RS-58: due 2026-11-02 (2026-10-31); asks for 1 measure\n",
	  { .deadlines = ASKING("RS-58", "2026-10-31", "round='forward'; ") } },
	{ __LINE__,
	  "2026-04-22 12:00",
	  "  RS-58: comes again (RRULE:FREQ=MONTHLY;BYMONTHDAY=-1), first RS-58@2026-04-30, due "
	  "2026-04-30; asks for 1 measure\n",
	  { .deadlines =
		    ASKING("RS-58", "2026-01-31", "every='RRULE:FREQ=MONTHLY;BYMONTHDAY=-1'; ") } },
	{ __LINE__,
	  "2026-04-22 12:00",
	  "  RS-58: comes again (RRULE:FREQ=YEARLY), first after 400 days; asks for 1 measure\n",
	  { .deadlines = ASKING("RS-58", "2029-05-15", "every='RRULE:FREQ=YEARLY'; ") } },
	{ __LINE__,
	  "2026-04-22 12:00",
	  "  RS-58: comes again (meeting RS), first RS-58@2026-06-16, due 2026-06-16, papers "
	  "2026-06-05; asks for 1 measure\n",
	  { .meetings = MEETING,
	    .deadlines = ASKING("RS-58", "meeting RS 2026-06", "every='meeting RS'; ") } },
	{ __LINE__,
	  "2026-04-22 12:00",
	  "  RS-58: comes again (meeting RS), first RS-58@2026-05-29, due 2026-05-29, provisional: "
	  "no such meeting is known yet; asks for 1 measure\n",
	  { .deadlines = ASKING("RS-58", "meeting RS 2026-05", "every='meeting RS'; ") } },
	{ __LINE__,
	  "2026-04-22 12:00",
	  "  RS-58: comes again (meeting RS), first when its next meeting is known; asks for 1 "
	  "measure\n",
	  { .deadlines = ASKING("RS-58", "meeting RS 2026-03", "every='meeting RS'; ") } },
	/* Nobody is asked of what was over before. */
	{ __LINE__,
	  "2026-05-14 12:00",
	  "  RS-58: due 2026-05-15; asks for 1 measure (1 more is over)\n",
	  { .measures = ONE_MEASURE ", { id='HSN-07'; title='B'; owner='kir'; status='done'; }" } },
	{ __LINE__,
	  "2026-05-14 12:00",
	  "  RS-58: due 2026-05-15; asks for 0 measures (2 more are over)\n",
	  { .measures = "{ id='HSN-03'; title='A'; owner='kir'; status='done'; }, "
			"{ id='HSN-07'; title='B'; owner='kir'; status='cancelled'; }" } },
	/* Of some of a body's meetings it says which. */
	{ __LINE__,
	  "2026-04-22 12:00",
	  "  RS-58: comes again (meeting RS, months 6, 11), first RS-58@2026-06-16, due "
	  "2026-06-16, "
	  "papers 2026-06-05; asks for 1 measure\n",
	  { .meetings = MEETING,
	    .deadlines = ASKING("RS-58", "meeting RS 2026-06",
				"every='meeting RS'; months=[11, 6]; ") } },
	{ __LINE__,
	  "2026-04-22 12:00",
	  "  RS-58: comes again (meeting RS, each 2), first RS-58@2026-06-16, due 2026-06-16, "
	  "papers "
	  "2026-06-05; asks for 1 measure\n",
	  { .meetings = MEETING,
	    .deadlines = ASKING("RS-58", "meeting RS 2026-06", "every='meeting RS'; each=2; ") } },
	/* What was counted, and what leaves with the second papers. */
	{ __LINE__,
	  "2026-04-22 12:00",
	  "  RS-58: due 2026-11-02 (2m after 2026-08-31); asks for 1 measure\n",
	  { .deadlines = ASKING("RS-58", "2m after 2026-08-31", "round='forward'; ") } },
	{ __LINE__,
	  "2026-04-22 12:00",
	  "  RS-58: due 2026-06-16 (meeting RS 2026-06), papers 2026-06-12; asks for 1 measure\n",
	  { .bodies = "{ id='RS'; name='Regionstyrelsen'; papers='-7wd'; papers_late='-2wd'; }",
	    .meetings = MEETING,
	    .deadlines = ASKING("RS-58", "meeting RS 2026-06", "sending='second'; ") } },
};

START_TEST(a_check_tells_the_dates_it_worked_out)
{
	char *text = checked(&dated[_i].plan, dated[_i].now, ETC), expected[500];

	snprintf(expected, sizeof(expected), "1 warning\nThe dates worked out:\n%s",
		 dated[_i].text);
	ck_assert_msg(strncmp(text, expected, strlen(expected)) == 0, "line %d: %s", dated[_i].line,
		      text);
	ck_assert_msg(text[strlen(expected)] != ' ', "line %d: %s", dated[_i].line, text);
	free(text);
}
END_TEST

/* The command that rehearses it has the configuration that was checked, ready for a shell. */
static const struct {
	int line;
	const char *config, *where;
} places[] = {
	{ __LINE__, ETC, "" },
	{ __LINE__, "etc/paminnd.conf", " etc" },
	{ __LINE__, "paminnd.conf", " ." },
	{ __LINE__, "/paminnd.conf", " /" },
	{ __LINE__, "etc/prov.conf", " etc/prov.conf" },
	{ __LINE__, "/home/anna/min plan/paminnd.conf", " '/home/anna/min plan'" },
	{ __LINE__, "it's/paminnd.conf", " 'it'\\''s'" },
	{ __LINE__, "åtgärder/paminnd.conf", " 'åtgärder'" },
};

START_TEST(the_rehearsal_is_of_the_configuration_that_was_checked)
{
	char *text = checked(&mornings[0].plan, mornings[0].now, places[_i].config), want[200];

	snprintf(want, sizeof(want), "nobody: paminn-rehearse 2026-04-29T07:00%s\n",
		 places[_i].where);
	ck_assert_msg(strstr(text, want), "line %d: %s", places[_i].line, text);
	free(text);
}
END_TEST

START_TEST(a_fault_that_only_the_meetings_show_stands_alone)
{
	static const struct written written = { .deadlines = ASKING("RS-58", "meeting RS next", ""),
						.meetings = "" };
	struct plan *plan = plan_of(&written);
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	ck_assert_int_gt(check_end(plan, 1, instant_of("2026-04-22 12:00"), ETC, out), 0);
	fclose(out);
	ck_assert_ptr_nonnull(strstr(text, "finds no meeting from today on"));
	ck_assert_ptr_null(strstr(text, "warning"));
	free(text);
	plan_unref(plan);
}
END_TEST

UNIT_TESTS("engine/check", UNIT_ROWS(a_check_ends_with_the_first_morning, UNIT_COUNT(mornings)),
	   UNIT_ROWS(a_check_tells_the_dates_it_worked_out, UNIT_COUNT(dated)),
	   UNIT_ROWS(the_rehearsal_is_of_the_configuration_that_was_checked, UNIT_COUNT(places)),
	   UNIT(a_fault_that_only_the_meetings_show_stands_alone))
