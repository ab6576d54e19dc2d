/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The forecast is what then happens. Each world is asked for a forecast, goes on to the end of it
 * with nobody answering and every delivery accepted, and what left is compared with what was
 * announced, item by item.
 */
#include "tests/unit/keeps_its_word.h"

#define CHANNELS "channels=['mail','hook'];"
#define MANY_DEADLINES                               \
	HANDED_IN("RS-58", "meeting RS 2026-05", "") \
	", " ASKING("T1", "2026-05-20", "ladder='standard';")

#define SERIES(id, due, every, more) HANDED_IN(id, due, "every='" every "'; " more)
#define VIA_TWO "via=['meeting SU 2026-04', 'meeting HSN 2026-05'];"
#define VIA_UNKNOWN "via=['meeting SU 2026-08', 'meeting HSN'];"
#define VIA_LAST "via=['meeting HSN'];"
#define RS_2026                                                                 \
	"{ body='RS'; from='2026-01-27'; }, { body='RS'; from='2026-02-24'; }," \
	"{ body='RS'; from='2026-03-24'; }, { body='RS'; from='2026-04-28'; }," \
	"{ body='RS'; from='2026-05-26'; until='2026-05-27'; },"                \
	"{ body='RS'; from='2026-06-09'; }, { body='RS'; from='2026-06-16'; }," \
	"{ body='RS'; from='2026-08-25'; }, { body='RS'; from='2026-09-29'; }," \
	"{ body='RS'; from='2026-10-27'; }, { body='RS'; from='2026-11-24'; }," \
	"{ body='RS'; from='2026-12-15'; }, { body='RS'; from='2027-01-26'; }"

static const struct plan_case {
	int line;
	const char *begins, *until;
	struct written plan;
} plans[] = {
	{ __LINE__, "2026-04-22 12:00", "2026-06-30", { 0 } },
	/* Two owners, a responsible, support that merges, two deadlines at the same instants. */
	{ __LINE__,
	  "2026-04-22 12:00",
	  "2026-06-30",
	  { .measures = TWO_MEASURES,
	    .meetings = "{ body='RS'; from='2026-05-26'; }",
	    .deadlines = HANDED_IN("RS-58", "meeting RS 2026-05", "") ", " ASKING(
		    "HSN-1", "2026-05-15", "") ", " HANDED_IN("HSN-2", "2026-05-20", "") } },
	/* A provisional meeting that never comes. */
	{ __LINE__,
	  "2026-04-22 12:00",
	  "2026-07-31",
	  { .measures = TWO_MEASURES, .deadlines = HANDED_IN("RS-58", "meeting RS 2026-05", "") } },
	/* The first of a series, not there yet, whose meeting never comes. */
	{ __LINE__,
	  "2026-04-22 12:00",
	  "2026-11-30",
	  { .deadlines = SERIES("RS-K", "meeting RS 2026-10", "meeting RS", "") } },
	/* Known in the middle of it, in the night and on a closed day. */
	{ __LINE__, "2026-05-13 18:00", "2026-06-30", { .measures = TWO_MEASURES } },
	{ __LINE__, "2026-05-16 12:00", "2026-06-30", { .measures = TWO_MEASURES } },
	{ __LINE__, "2026-05-18 08:00", "2026-06-30", { .measures = TWO_MEASURES } },
	{ __LINE__, "2026-06-15 09:00", "2026-07-31", { .measures = TWO_MEASURES } },
	/* The same step asks the owner first and tells the manager. */
	{ __LINE__,
	  "2026-04-22 12:00",
	  "2026-06-30",
	  { .steps = "+1wd owner manager; +2wd manager role:support every 1d until +20d" } },
	{ __LINE__,
	  "2026-04-22 12:00",
	  "2026-06-30",
	  { .steps = "0 manager; +1wd manager owner; +2wd role:support" } },
	/* The ladder runs outside open hours, half days, closed weeks. */
	{ __LINE__,
	  "2026-04-22 12:00",
	  "2026-06-30",
	  { .time = "19:30",
	    .calendar = "closed=['2026-05-18/2026-05-22']; half_days=true;"
			"send_between=['09:00','15:00'];",
	    .measures = TWO_MEASURES } },
	{ __LINE__,
	  "2026-04-22 12:00",
	  "2026-06-30",
	  { .time = "05:00",
	    .steps = "-10wd owner; -14d owner; -13d owner; 0 owner; 0d manager; "
		     "+2d manager; +3d role:support every 1d until +9d" } },
	/* Several channels, a channel that is told by itself, a deputy. */
	{ __LINE__,
	  "2026-04-22 12:00",
	  "2026-06-30",
	  { .people = PERSON("akut", "manager='dir'; deputy='kir';" CHANNELS) ", " PERSON(
		    "kir",
		    "m"
		    "a"
		    "n"
		    "a"
		    "g"
		    "e"
		    "r"
		    "="
		    "'"
		    "d"
		    "i"
		    "r"
		    "'"
		    ";") ", " PERSON("dir",
				     "roles=['support'];" CHANNELS) ", " PERSON("ordf",
										"") ", " PERSON("re"
												"g",
												"") ", " PERSON("sto"
														"d",
														""),
	    .measures = TWO_MEASURES,
	    .deadlines = HANDED_IN("RS-58", "2026-05-15", ""),
	    .steps = "-5wd owner deputy; 0 owner channel:hook; +1wd manager role:support;"
		     "+2wd manager channel:hook responsible every 1wd until +5wd" } },
	/* The year's end, and the change of summer time. */
	{ __LINE__,
	  "2026-10-01 12:00",
	  "2027-01-31",
	  { .deadlines = ASKING("A", "2026-10-31", "round='forward';") ", " ASKING(
		    "B", "2026-12-31", "") ", " ASKING("C", "2026-11", ""),
	    .measures = TWO_MEASURES } },
	/* Windows that open after the first steps: those of September are sent before its opens. */
	{ __LINE__,
	  "2026-04-16 12:00",
	  "2026-09-25",
	  { .measures = TWO_MEASURES,
	    .deadlines = SERIES("M", "2026-04-30", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1",
				"opens='-2wd';") } },
	/* The whole of 2026: every meeting of RS, and the measures month by month. */
	{ __LINE__,
	  "2026-01-01 12:00",
	  "2026-12-31",
	  { .meetings = RS_2026,
	    .measures = TWO_MEASURES,
	    .deadlines = SERIES("RS-K", "meeting RS next", "meeting RS", "") ", " SERIES(
		    "M", "2026-01-31", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1",
		    "round='forward'; opens='-15wd';") ", " HANDED_IN("RS-58", "meeting RS 2026-05",
								      "") } },
	/* Windows that overlap, dates that rounding makes one, an end, a hook. */
	{ __LINE__,
	  "2026-03-03 08:00",
	  "2026-12-31",
	  { .meetings = RS_2026,
	    .people = PEOPLE ", " PERSON("eva", "manager='dir';" CHANNELS),
	    .measures = ONE_MEASURE ", { id='HSN-09'; title='x'; owner='eva'; }",
	    .time = "06:00",
	    .deadlines = SERIES("W", "2026-03-06", "RRULE:FREQ=WEEKLY;UNTIL=20261001",
				"") ", " SERIES("D", "2026-05-12", "RRULE:FREQ=DAILY;COUNT=40",
						"") ", " SERIES("RS-K", "meeting RS 2026-05",
								"meeting RS", "papers='-3wd';") } },
	/* A series whose first meeting is not known: there already, and to come; the next one is. */
	{ __LINE__,
	  "2026-04-22 12:00",
	  "2026-12-31",
	  { .meetings = "{ body='RS'; from='2026-06-16'; }, { body='RS'; from='2026-10-06'; }",
	    .measures = TWO_MEASURES,
	    .deadlines = SERIES("A", "meeting RS 2026-05", "meeting RS", "") ", " SERIES(
		    "B", "meeting RS 2026-09", "meeting RS",
		    "") ", " SERIES("C", "meeting RS 2026-11", "meeting RS", "") } },
	/* Budget days closer together than the ladder is long. */
	{ __LINE__,
	  "2026-03-20 12:00",
	  "2026-09-30",
	  { .meetings = "{ body='RS'; from='2026-04-10'; }, { body='RS'; from='2026-04-17'; },"
			"{ body='RS'; from='2026-04-24'; }, { body='RS'; from='2026-08-13'; },"
			"{ body='RS'; from='2026-08-14'; }, { body='RS'; from='2026-08-24'; },"
			"{ body='RS'; from='2026-08-28'; }",
	    .measures = TWO_MEASURES,
	    .deadlines = SERIES("B", "meeting RS 2026-04", "meeting RS", "") } },
	/* Some of the meetings: those of two months, and every second and third one. */
	{ __LINE__,
	  "2026-01-01 12:00",
	  "2026-12-31",
	  { .meetings = RS_2026,
	    .measures = TWO_MEASURES,
	    .deadlines =
		    SERIES("V", "meeting RS next", "meeting RS", "months=[4, 11];") ", " SERIES(
			    "A", "meeting RS 2026-02", "meeting RS",
			    "each=2;") ", " SERIES("C", "meeting RS next", "meeting RS",
						   "each=3; opens='-30wd';") } },
	/* What leaves with the second papers, and what is counted from a decision. */
	{ __LINE__,
	  "2026-04-22 12:00",
	  "2026-07-31",
	  { .bodies = "{ id='RS'; name='Regionstyrelsen'; papers='-7wd'; papers_late='-2wd'; }",
	    .meetings = "{ body='RS'; from='2026-05-26'; }",
	    .measures = TWO_MEASURES,
	    .deadlines = HANDED_IN("RS-58", "meeting RS 2026-05", "sending='second';") ", " ASKING(
		    "T", "2m after 2026-04-22", "round='forward';") ", " ASKING("W",
										"10wd after "
										"2026-05-04",
										"") } },
	/* Chains: bodies that say nothing, one whose month has no meeting, and a series of them. */
	{ __LINE__,
	  "2026-03-20 12:00",
	  "2026-12-31",
	  { .bodies = "{ id='RS'; name='Regionstyrelsen'; papers='-7wd'; }, "
		      "{ id='HSN'; name='Nämnden'; papers='-10wd'; }, "
		      "{ id='SU'; name='Utskottet'; papers='-2wd'; }",
	    .meetings = "{ body='RS'; from='2026-05-26'; }, { body='RS'; from='2026-09-22'; },"
			"{ body='RS'; from='2026-12-08'; }, { body='HSN'; from='2026-05-21'; },"
			"{ body='HSN'; from='2026-09-10'; until='2026-09-11'; }, "
			"{ body='SU'; from='2026-04-28'; }",
	    .measures = TWO_MEASURES,
	    .deadlines = HANDED_IN("A", "meeting RS 2026-05", VIA_TWO) ", " HANDED_IN(
		    "B", "meeting RS 2026-09", VIA_UNKNOWN) ", " SERIES("C", "meeting RS 2026-05",
									"meeting RS", VIA_LAST) } },
};

START_TEST(a_plan_does_what_it_announces)
{
	struct world *w = world_new(plans[_i].begins, &plans[_i].plan);

	ck_assert_uint_gt(keeps_its_word(w, plans[_i].until), 0);
	world_free(w);
}
END_TEST

/*
 * Of what is gone through from several days, a row takes one and its neighbours the others; before a
 * release each takes all.
 */
static size_t of_each(size_t step)
{
	return getenv("PAMINN_SWEEP") ? 1 : step;
}

static size_t some_of(int row, size_t step)
{
	return (size_t)row % of_each(step);
}

/* Also from any day of the time on: what is decided already, and what waits, is known. */
START_TEST(it_does_so_from_any_day_on)
{
	static const char *const days[] = { "2026-05-07 07:59", "2026-05-07 08:00",
					    "2026-05-13 08:10", "2026-05-17 12:00",
					    "2026-05-18 08:00", "2026-05-20 23:00" };

	for (size_t i = some_of(_i, 6); i < UNIT_COUNT(days); i += of_each(6)) {
		struct world *w = world_new(plans[_i].begins, &plans[_i].plan);

		if (instant_compare(w->now, instant_of(days[i])) < 0)
			world_to(w, days[i]);
		keeps_its_word(w, plans[_i].until);
		world_free(w);
	}
}
END_TEST

/* And after whatever has been heard meanwhile. */
static const struct {
	int line;
	const char *type, *subject, *data;
} events[] = {
	{ __LINE__, "paminn.status", "HSN-03", "{'status':'on-track'}" },
	{ __LINE__, "paminn.status", "HSN-03", "{'status':'off-track'}" },
	{ __LINE__, "paminn.status", "HSN-07", "{'status':'done'}" },
	{ __LINE__, "paminn.submit", "RS-58", "{'reference':'x'}" },
	{ __LINE__, "paminn.extend", "RS-58", "{'due':'2026-06-12','reference':'x'}" },
	{ __LINE__, "paminn.extend", "HSN-03",
	  "{'due':'2026-06-12','reference':'x',"
	  "'deadline':'RS-58'}" },
	{ __LINE__, "paminn.meeting", "RS", "{'from':'2026-05-19'}" },
	{ __LINE__, "paminn.assign", "HSN-03", "{'owner':'kir'}" },
	{ __LINE__, "paminn.assign", "HSN-03", "{'owner':'ordf'}" },
	{ __LINE__, "paminn.absence", "akut",
	  "{'from':'2026-05-07','until':'2026-05-19','deputy':'kir'}" },
	{ __LINE__, "paminn.absence", "akut", "{'from':'2026-05-07','until':'2026-05-19'}" },
	{ __LINE__, "paminn.absence", "dir", "{'from':'2026-05-01','until':'2026-06-19'}" },
	{ __LINE__, "paminn.absence", "stod", "{'from':'2026-05-01','until':'2026-06-19'}" },
	{ __LINE__, "paminn.absence", "ordf",
	  "{'from':'2026-05-07','until':'2026-06-19','deputy':'dir'}" },
	{ __LINE__, "paminn.meeting", "RS", "{'from':'2026-05-29','replaces':'2026-05-26'}" },
	{ __LINE__, "paminn.meeting", "RS", "{'from':'2026-06-16','replaces':'2026-05-26'}" },
	{ __LINE__, "paminn.meeting", "RS",
	  "{'from':'2026-05-26','replaces':'2026-05-26','cancelled':true}" },
};

START_TEST(it_does_so_after_an_event)
{
	static const char *const days[] = { "2026-04-23 23:00", "2026-05-07 10:00",
					    "2026-05-13 18:00", "2026-05-18 12:00" };
	struct written plan = { .measures = TWO_MEASURES,
				.meetings = "{ body='RS'; from='2026-05-26'; }",
				.deadlines = HANDED_IN("RS-58", "meeting RS 2026-05",
						       "") ", " ASKING("HSN-1", "2026-05-20", "") };

	for (size_t i = some_of(_i, 4); i < UNIT_COUNT(days); i += of_each(4)) {
		struct world *w = world_new("2026-04-22 12:00", &plan);

		world_to(w, days[i]);
		ck_assert_int_eq(
			world_hear(w, events[_i].type, events[_i].subject, "", events[_i].data), 0);
		ck_assert_uint_gt(keeps_its_word(w, "2026-07-31"), 0);
		world_free(w);
	}
}
END_TEST

START_TEST(it_does_so_after_a_promise_and_a_return)
{
	struct written plan = { .measures = TWO_MEASURES,
				.deadlines = HANDED_IN("RS-58", "2026-05-20", "") };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	world_to(w, "2026-05-12 10:00");
	HEARD(w, "seen", "HSN-03", "{'answer_by':'2026-05-18'}");
	w->says = "kir";
	HEARD(w, "seen", "HSN-07", "{'answer_by':'2026-05-19'}");
	ck_assert_uint_gt(keeps_its_word(w, "2026-05-19"), 0);
	HEARD(w, "submit", "RS-58", "{'reference':'x'}");
	HEARD(w, "absence", "kir", "{'from':'2026-05-21','until':'2026-06-03'}");
	HEARD(w, "outcome", "RS-58", "{'outcome':'returned','reference':'x','due':'2026-06-05'}");
	ck_assert_uint_gt(keeps_its_word(w, "2026-07-31"), 0);
	world_free(w);
}
END_TEST

/* A reminder has waited until a day on which its recipient is away: for their return, of which their
 * manager hears, or it goes to their deputy. */
START_TEST(it_does_so_of_what_waits_for_somebody_who_is_away_by_then)
{
	static const char *const absences[] = {
		"{'from':'2026-05-13','until':'2026-05-13'}",
		"{'from':'2026-05-13','until':'2026-05-13','deputy':'kir'}",
	};
	struct written plan = { .steps = "-2wd owner; +5wd owner" };
	struct world *w = world_new("2026-05-11 10:00", &plan);

	HEARD(w, "absence", "akut", absences[_i]);
	w->now = instant_of("2026-05-12 08:00");
	world_decide(w); /* and nothing leaves: the daemon goes down */
	world_sleep(w, "2026-05-13 07:30");
	ck_assert_uint_gt(keeps_its_word(w, "2026-06-30"), 1);
	world_free(w);
}
END_TEST

/* ---- series -------------------------------------------------------------------------------------- */

/* What is heard of a series, from a time when occurrences are there and others are to come. */
static const struct {
	int line;
	const char *type, *subject, *data;
} series_events[] = {
	{ __LINE__, "paminn.status", "HSN-03", "{'status':'on-track'}" },
	{ __LINE__, "paminn.status", "HSN-07", "{'status':'done'}" },
	{ __LINE__, "paminn.submit", "RS-K", "{'reference':'x'}" },
	{ __LINE__, "paminn.submit", "RS-K@2026-06-16", "{'reference':'x'}" },
	{ __LINE__, "paminn.extend", "M", "{'due':'2026-06-12','reference':'x'}" },
	{ __LINE__, "paminn.extend", "RS-K@2026-06-16", "{'due':'2026-06-25','reference':'x'}" },
	{ __LINE__, "paminn.extend", "HSN-03",
	  "{'due':'2026-06-12','reference':'x','deadline':'M'}" },
	{ __LINE__, "paminn.meeting", "RS", "{'from':'2026-06-02'}" },
	{ __LINE__, "paminn.meeting", "RS", "{'from':'2026-07-07'}" },
	{ __LINE__, "paminn.meeting", "RS", "{'from':'2026-06-11','replaces':'2026-05-26'}" },
	{ __LINE__, "paminn.meeting", "RS", "{'from':'2026-06-30','replaces':'2026-05-26'}" },
	{ __LINE__, "paminn.meeting", "RS", "{'from':'2026-08-18','replaces':'2026-08-25'}" },
	{ __LINE__, "paminn.meeting", "RS",
	  "{'from':'2026-05-26','replaces':'2026-05-26','cancelled':true}" },
	{ __LINE__, "paminn.meeting", "RS",
	  "{'from':'2026-06-16','replaces':'2026-06-16','cancelled':true}" },
	{ __LINE__, "paminn.meeting", "RS",
	  "{'from':'2026-08-25','replaces':'2026-08-25','cancelled':true}" },
};

/* The same before the first meeting is known; 28 May may be one. */
START_TEST(it_does_so_before_the_first_meeting_of_a_series_is_known)
{
	static const char *const heard[] = {
		"{'from':'2026-05-28'}",
		"{'from':'2026-06-16','replaces':'2026-06-16','cancelled':true}",
		"{'from':'2026-05-19','replaces':'2026-06-16'}",
		"{'from':'2026-04-28'}",
	};
	static const char *const days[] = { "2026-04-30 23:00", "2026-05-19 10:00",
					    "2026-06-02 12:00" };
	struct written plan = { .measures = TWO_MEASURES,
				.meetings = "{ body='RS'; from='2026-06-16'; }",
				.deadlines = SERIES("A", "meeting RS 2026-05", "meeting RS", "") };

	for (size_t i = 0; i < UNIT_COUNT(days); i++) {
		struct world *w = world_new("2026-03-01 12:00", &plan);

		world_to(w, days[i]);
		HEARD(w, "meeting", "RS", heard[_i]);
		keeps_its_word(w, "2026-08-31");
		world_free(w);
	}
}
END_TEST

START_TEST(it_does_so_after_an_event_about_a_series)
{
	static const char *const days[] = { "2026-04-30 23:00", "2026-05-13 10:00",
					    "2026-05-20 18:00", "2026-05-28 12:00" };
	struct written plan = { .measures = TWO_MEASURES,
				.meetings = RS_2026,
				.deadlines = SERIES("RS-K", "meeting RS next", "meeting RS",
						    "") ", " SERIES("M", "2026-01-31",
								    "RRULE:FREQ=MONTHLY;"
								    "BYMONTHDAY=-1",
								    "") };

	for (size_t i = some_of(_i, 4); i < UNIT_COUNT(days); i += of_each(4)) {
		struct world *w = world_new("2026-03-01 12:00", &plan);

		world_to(w, days[i]);
		ck_assert_int_eq(world_hear(w, series_events[_i].type, series_events[_i].subject,
					    "", series_events[_i].data),
				 0);
		ck_assert_uint_gt(keeps_its_word(w, "2026-11-30"), 0);
		world_free(w);
	}
}
END_TEST

/* Nor is there a paper of an occurrence whose meeting was cancelled before anybody was asked. */
START_TEST(it_does_so_after_an_occurrence_with_a_paper_is_cancelled)
{
	struct written plan = {
		.bodies = "{ id='RS'; name='Regionstyrelsen'; papers='-7wd'; papers_late='-2wd'; }",
		.meetings = "{ body='RS'; from='2026-05-26'; }, { body='RS'; from='2026-06-09'; }",
		.deadlines = SERIES("RS-K", "meeting RS 2026-05", "meeting RS", ""),
	};
	struct world *w = world_new("2026-04-22 12:00", &plan);

	ck_assert_int_eq(deadline_of(w, "RS-K@2026-06-09").state, DEADLINE_OPEN);
	HEARD(w, "meeting", "RS", "{'from':'2026-06-09','replaces':'2026-06-09','cancelled':true}");
	ck_assert_int_eq(deadline_of(w, "RS-K@2026-06-09").state, DEADLINE_REMOVED);
	ck_assert_uint_gt(keeps_its_word(w, "2026-06-30"), 0);
	world_free(w);
}
END_TEST

/* A paper is frozen whenever its papers date is past, and its occurrence still gives way to the next. */
START_TEST(it_does_so_of_an_occurrence_whose_paper_alone_is_not_frozen)
{
	struct written plan = {
		.bodies = "{ id='RS'; name='Regionstyrelsen'; papers='-7wd'; papers_late='-2wd'; }",
		.meetings = "{ body='RS'; from='2026-05-26'; }, { body='RS'; from='2026-06-16'; }",
		.deadlines =
			SERIES("RS-K", "meeting RS 2026-05", "meeting RS", "proposal='Bifalles.';"),
	};
	struct world *w = world_new("2026-04-22 12:00", &plan);

	HEARD(w, "submit", "RS-K@2026-06-16", "{'reference':'x'}");
	world_to(w, "2026-04-22 13:00");
	ck_assert(instant_is_none(deadline_of(w, "RS-K@2026-06-16").freeze_at));
	ck_assert_uint_gt(keeps_its_word(w, "2026-06-30"), 0);
	ck_assert_int_eq(deadline_of(w, "RS-K@2026-05-26").state, DEADLINE_SUPERSEDED);
	world_free(w);
}
END_TEST

START_TEST(a_reminder_that_waits_for_a_server_counts_as_accepted_when_it_is_tried_next)
{
	struct written plan = { .steps = "0 owner; +1wd manager" };
	struct world *w = world_new("2026-05-12 10:00", &plan);

	w->down = "akut"; /* over the weekend: the next attempt is on Mon 18 May at 07:30 */
	world_to(w, "2026-05-16 12:00");
	w->down = NULL;
	keeps_its_word(w, "2026-06-30");
	TELLS(w, "05-18 07:30 reminder akut: RS-58/HSN-03 0\n"
		 "05-18 08:00 escalation dir: RS-58/HSN-03 +1wd\n");
	world_free(w);
}
END_TEST

START_TEST(what_was_held_for_it_goes_on_the_next_working_day)
{
	struct written plan = { .steps = "0 owner; +1wd manager" };
	struct world *w = world_new("2026-05-12 10:00", &plan);

	w->down = "akut";
	world_to(w, "2026-05-18 12:00"); /* next attempt: Tue 19 May 07:30 */
	w->down = NULL;
	w->tale[0] = '\0';
	keeps_its_word(w, "2026-06-30");
	TELLS(w, "05-19 07:30 reminder akut: RS-58/HSN-03 0\n"
		 "05-20 08:00 escalation dir: RS-58/HSN-03 +1wd\n");
	world_free(w);
}
END_TEST

START_TEST(messages_that_were_tried_stay_apart_and_on_their_channel)
{
	struct written plan = { .steps = "-2wd owner; 0 owner; +1wd owner",
				.time = "07:30",
				.people = PERSON("akut", CHANNELS) ", " PERSON(
					"stod", "") ", " PERSON("reg", ""),
				.alerts = "" };
	struct world *w = world_new("2026-05-11 12:00", &plan);

	world_to(w, "2026-05-12 07:00");
	w->down_channel = "hook";
	world_to(w, "2026-05-17 12:00"); /* both retries at the opening, when +1wd comes too */
	w->down_channel = NULL;
	w->tale[0] = '\0';
	keeps_its_word(w, "2026-06-30");
	TELLS(w, "05-18 07:30 reminder akut@hook: RS-58/HSN-03 -2wd\n"
		 "05-18 07:30 reminder akut@hook: RS-58/HSN-03 0\n"
		 "05-18 07:30 reminder akut: RS-58/HSN-03 +1wd\n"
		 "05-18 07:30 reminder akut@hook: RS-58/HSN-03 +1wd\n");
	world_free(w);
}
END_TEST

START_TEST(who_was_refused_for_good_holds_the_rest)
{
	struct written plan = { .steps = "0 owner; +1wd manager" };
	struct world *w = world_new("2026-05-12 10:00", &plan);
	char *text;

	w->refused = "akut";
	world_to(w, "2026-05-19 12:00");
	text = announced(w, "2026-05-19", "2027-05-19");
	ck_assert_str_eq(text, "");
	free(text);
	world_free(w);
}
END_TEST

START_TEST(it_begins_and_ends_with_the_days_asked_for)
{
	struct world *w = world_new("2026-04-22 12:00", &(struct written){ 0 });
	char *text = announced(w, "2026-05-07", "2026-05-12");

	ck_assert_str_eq(text, "2026-05-07T08:00:00+02:00 reminder akut mail of 1: RS-58 HSN-03 "
			       "-5wd 0\n"
			       "2026-05-12T08:00:00+02:00 reminder akut mail of 1: RS-58 HSN-03 "
			       "-2wd 0\n");
	free(text);
	world_free(w);
}
END_TEST

UNIT_TESTS("engine/forecast", UNIT_ROWS(a_plan_does_what_it_announces, UNIT_COUNT(plans)),
	   UNIT_ROWS(it_does_so_from_any_day_on, UNIT_COUNT(plans)),
	   UNIT_ROWS(it_does_so_after_an_event, UNIT_COUNT(events)),
	   UNIT_ROWS(it_does_so_after_an_event_about_a_series, UNIT_COUNT(series_events)),
	   UNIT_ROWS(it_does_so_before_the_first_meeting_of_a_series_is_known, 4),
	   UNIT(it_does_so_after_a_promise_and_a_return),
	   UNIT_ROWS(it_does_so_of_what_waits_for_somebody_who_is_away_by_then, 2),
	   UNIT(it_does_so_after_an_occurrence_with_a_paper_is_cancelled),
	   UNIT(it_does_so_of_an_occurrence_whose_paper_alone_is_not_frozen),
	   UNIT(a_reminder_that_waits_for_a_server_counts_as_accepted_when_it_is_tried_next),
	   UNIT(what_was_held_for_it_goes_on_the_next_working_day),
	   UNIT(messages_that_were_tried_stay_apart_and_on_their_channel),
	   UNIT(who_was_refused_for_good_holds_the_rest),
	   UNIT(it_begins_and_ends_with_the_days_asked_for))
