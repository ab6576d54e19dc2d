/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The forecast is what then happens. Each world is asked for a forecast, goes on to the end of it
 * with nobody answering and every delivery accepted, and what left is compared with what was
 * announced, item by item.
 */
#include "engine/forecast.h"

#include "tests/unit/engine_fixture.h"

#define LINES 20000

/* A line an item: when, kind, to, channel, how many items the message has, and the item. */
struct lines {
	char *list[LINES];
	size_t count;
};

static void add_line(struct lines *lines, const char *format, ...)
{
	va_list ap;

	ck_assert_uint_lt(lines->count, LINES);
	va_start(ap, format);
	ck_assert_int_ge(vasprintf(&lines->list[lines->count++], format, ap), 0);
	va_end(ap);
}

static int compare_lines(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The lines in order, as one text. */
static char *text_of_lines(struct lines *lines)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	qsort(lines->list, lines->count, sizeof(*lines->list), compare_lines);
	for (size_t i = 0; i < lines->count; i++) {
		fprintf(out, "%s\n", lines->list[i]);
		free(lines->list[i]);
	}
	fclose(out);
	lines->count = 0;
	return text;
}

/* ---- what is announced ------------------------------------------------------------------------- */

static const char *text_in(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "-";
}

static struct forecast *forecast_of(struct world *w, const char *from, const char *until)
{
	struct forecast *f = NULL;
	int r;

	ck_assert_int_eq(forecast_new(&f, &w->e, w->now, day_of(from), day_of(until)), 0);
	while ((r = forecast_work(f)) > 0)
		;
	ck_assert_int_eq(r, 0);
	return f;
}

static char *announced(struct world *w, const char *from, const char *until)
{
	struct forecast *f = forecast_of(w, from, until);
	struct lines lines = { .count = 0 };
	char last[RFC3339_TEXT] = "";

	for (size_t i = 0; i < forecast_count(f); i++) {
		json_t *row = forecast_row(f, i), *items = json_object_get(row, "items"), *item;
		size_t n;

		ck_assert_msg(strcmp(last, text_in(row, "when")) <= 0, "out of order");
		snprintf(last, sizeof(last), "%s", text_in(row, "when"));
		json_array_foreach (items, n, item)
			add_line(&lines, "%s %s %s %s of %zu: %s %s %s", text_in(row, "when"),
				 text_in(row, "kind"), text_in(row, "to"), text_in(row, "channel"),
				 json_array_size(items), text_in(item, "deadline"),
				 text_in(item, "measure"), text_in(item, "step"));
		json_decref(row);
	}
	forecast_free(f);
	return text_of_lines(&lines);
}

/* ---- what leaves --------------------------------------------------------------------------------- */

struct leaving {
	struct lines lines;
	struct item items[200];
	size_t count;
};

static int note_item(void *userdata, const struct item *item)
{
	struct leaving *l = userdata;

	if (!item->moot)
		l->items[l->count++] = *item;
	return 0;
}

static const char *or_dash(const char *text)
{
	return text[0] ? text : "-";
}

static void on_left(struct world *w, const struct message *m)
{
	struct leaving *l = w->userdata;
	char when[RFC3339_TEXT];

	l->count = 0;
	ck_assert_int_eq(ledger_items(w->e.ledger, m->id, note_item, l), 0);
	for (size_t i = 0; i < l->count; i++)
		add_line(&l->lines, "%s %s %s %s of %zu: %s %s %s", zone_format(w->now, when),
			 message_kind_name(m->kind), m->to, m->channel, l->count,
			 or_dash(l->items[i].deadline), or_dash(l->items[i].measure),
			 or_dash(l->items[i].step));
}

/* Two tales are one; else they are shown from the line on in which they differ. */
static void are_the_same(const char *left, const char *announced)
{
	size_t line = 0;

	for (size_t i = 0; left[i] && left[i] == announced[i]; i++)
		if (left[i] == '\n')
			line = i + 1;
	ck_assert_msg(strcmp(left, announced) == 0, "left:\n%.600s\nannounced:\n%.600s",
		      left + line, announced + line);
}

/* From now to the end of `until` the world does what it announces; returns how much that was. */
static size_t keeps_its_word(struct world *w, const char *until)
{
	struct leaving l = { .count = 0 };
	char today[CIVIL_TEXT], *before, *after;
	size_t length;

	before = announced(w, civil_format(zone_date(w->now), today), until);
	w->left = on_left;
	w->userdata = &l;
	world_reach(w, (struct instant){ zone_midnight(civil_add(day_of(until), 1)).us - 1 });
	after = text_of_lines(&l.lines);
	are_the_same(after, before);
	length = strlen(before);
	free(before);
	free(after);
	w->left = NULL;
	return length;
}

#define CHANNELS "channels=['mail','hook'];"
#define MANY_DEADLINES                               \
	HANDED_IN("RS-58", "meeting RS 2026-05", "") \
	", " ASKING("T1", "2026-05-20", "ladder='standard';")

#define SERIES(id, due, every, more) HANDED_IN(id, due, "every='" every "'; " more)
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
};

START_TEST(a_plan_does_what_it_announces)
{
	struct world *w = world_new(plans[_i].begins, &plans[_i].plan);

	ck_assert_uint_gt(keeps_its_word(w, plans[_i].until), 0);
	world_free(w);
}
END_TEST

/* Also from any day of the time on: what is decided already, and what waits, is known. */
START_TEST(it_does_so_from_any_day_on)
{
	static const char *const days[] = { "2026-05-07 07:59", "2026-05-07 08:00",
					    "2026-05-13 08:10", "2026-05-17 12:00",
					    "2026-05-18 08:00", "2026-05-20 23:00" };

	for (size_t i = 0; i < UNIT_COUNT(days); i++) {
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

	for (size_t i = 0; i < UNIT_COUNT(days); i++) {
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

/* ---- plans and events drawn by lot --------------------------------------------------------------- */

#define DRAWN 30 /* plans */

static const char *const drawn_steps[] = {
	"-15wd owner",
	"-10wd owner",
	"-7d owner deputy",
	"-2wd owner role:support",
	"0 owner",
	"+1wd owner manager",
	"+1d manager",
	"+2wd channel:hook",
	"+3d responsible",
	"+4wd role:support every 2wd until +12wd",
	"+5d manager every 1d until +9d",
};
static const char *const drawn_times[] = { "06:00", "07:30", "08:00", "12:00", "19:00" };
static const char *const drawn_due[] = {
	"2026-05-15",	    "2026-05-16",	  "2026-05",
	"2026-05-20T12:00", "meeting RS 2026-05", "meeting RS 2026-06"
};
static const char *const drawn_meetings[] = { "", "{ body='RS'; from='2026-05-26'; }",
					      "{ body='RS'; from='2026-06-09'; }" };
static const char *const drawn_more[] = { "", "round='forward';", "opens='-30wd';",
					  "responsible='ordf';" };

static unsigned draw(unsigned *lot, size_t count)
{
	*lot = *lot * 1103515245U + 12345U;
	return (*lot >> 16) % (unsigned)count;
}
#define DRAW(array) array[draw(lot, UNIT_COUNT(array))]

/* Ladders keep the order of the table; texts live in out. */
static void draw_plan(unsigned *lot, struct written *plan, char out[2][2000])
{
	out[0][0] = out[1][0] = '\0';
	for (size_t i = 0; i < UNIT_COUNT(drawn_steps); i++)
		if (draw(lot, 2) || (i + 1 == UNIT_COUNT(drawn_steps) && !out[0][0]))
			tell(out[0], 2000, "%s%s", out[0][0] ? "; " : "", drawn_steps[i]);
	for (unsigned i = 0; i < 3; i++)
		tell(out[1], 2000,
		     "%s{ id='D%u'; title='x'; due='%s'; %s answers_from=['HSN-*']; "
		     "inform=['reg']; "
		     "ladder='standard'; }",
		     i ? ", " : "", i, DRAW(drawn_due), DRAW(drawn_more));
	*plan = (struct written){
		.steps = out[0],
		.time = DRAW(drawn_times),
		.meetings = DRAW(drawn_meetings),
		.measures = TWO_MEASURES,
		.deadlines = out[1],
		.alerts = "",
		.people = PERSON("akut", "manager='dir'; deputy='kir';" CHANNELS) ", " PERSON("kir", "manager='dir';") ", " PERSON(
			"dir",
			"") ", " PERSON("ordf",
					"manager='dir';") ", " PERSON("stod",
								      "roles=['support'];") ","
											    " " PERSON(
												    "reg",
												    ""),
	};
}

/* Whatever is heard may be refused: then it changes nothing. */
static void draw_event(unsigned *lot, struct world *w)
{
	static const char *const measures[] = { "HSN-03", "HSN-07" };
	static const char *const deadlines[] = { "D0", "D1", "D2" };
	static const char *const said[] = { "{'status':'on-track'}", "{'status':'done'}",
					    "{'status':'at-risk'}" };
	static const char *const meetings[] = {
		"{'from':'2026-05-28','replaces':'2026-05-26'}",
		"{'from':'2026-05-19'}",
		"{'from':'2026-06-16','replaces':'2026-05-26'}",
		"{'from':'2026-06-09','replaces':'2026-06-09','cancelled':true}",
	};

	static const char *const people[] = { "akut", "kir", "dir", "stod", "reg" };
	static const char *const away[] = {
		"{'from':'2026-04-20','until':'2026-05-18','deputy':'ordf'}",
		"{'from':'2026-05-05','until':'2026-06-05'}",
		"{'from':'2026-05-05','until':'2026-05-08'}",
		"{'from':'2026-05-20','until':'2026-06-12','deputy':'kir'}",
	};
	static const char *const owners[] = { "{'owner':'akut'}", "{'owner':'kir'}",
					      "{'owner':'ordf'}" };
	static const char *const promised[] = { "{'answer_by':'2026-05-11'}",
						"{'answer_by':'2026-05-13'}",
						"{'answer_by':'2026-05-29'}" };

	w->says = DRAW(people);
	switch (draw(lot, 8)) {
	case 0:
		world_hear(w, "paminn.status", DRAW(measures), "", DRAW(said));
		break;
	case 1:
		world_hear(w, "paminn.submit", DRAW(deadlines), "", "{'reference':'x'}");
		break;
	case 2:
		world_hear(w, "paminn.extend", DRAW(deadlines), "",
			   "{'due':'2026-06-05','reference':'x'}");
		break;
	case 3:
		world_hear(w, "paminn.absence", DRAW(people), "", DRAW(away));
		break;
	case 4:
		world_hear(w, "paminn.assign", DRAW(measures), "", DRAW(owners));
		break;
	case 5:
		world_hear(w, "paminn.seen", DRAW(measures), "", DRAW(promised));
		break;
	case 6:
		world_hear(w, "paminn.outcome", DRAW(deadlines), "",
			   "{'outcome':'returned','reference':'x','due':'2026-06-12'}");
		break;
	default:
		world_hear(w, "paminn.meeting", "RS", "", DRAW(meetings));
	}
}

START_TEST(whatever_is_drawn_does_what_it_announces)
{
	static const char *const troubles[] = { NULL, NULL, "akut", "*" };
	unsigned seed = (unsigned)_i + 1, *lot = &seed;
	char texts[2][2000];
	struct written plan;
	struct world *w;

	draw_plan(lot, &plan, texts);
	w = world_new("2026-04-15 12:00", &plan);
	for (int i = 0; i < 6; i++) {
		w->down = DRAW(troubles);
		world_reach(w, instant_add(w->now, HOURS(draw(lot, 300))));
		draw_event(lot, w);
	}
	w->down = NULL;
	w->tale[0] = '\0';
	keeps_its_word(w, "2026-08-31");
	world_free(w);
}
END_TEST

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

	for (size_t i = 0; i < UNIT_COUNT(days); i++) {
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
			       "-5wd\n"
			       "2026-05-12T08:00:00+02:00 reminder akut mail of 1: RS-58 HSN-03 "
			       "-2wd\n");
	free(text);
	world_free(w);
}
END_TEST

UNIT_TESTS("engine/forecast", UNIT_ROWS(a_plan_does_what_it_announces, UNIT_COUNT(plans)),
	   UNIT_ROWS(it_does_so_from_any_day_on, UNIT_COUNT(plans)),
	   UNIT_ROWS(it_does_so_after_an_event, UNIT_COUNT(events)),
	   UNIT_ROWS(whatever_is_drawn_does_what_it_announces, DRAWN),
	   UNIT_ROWS(it_does_so_after_an_event_about_a_series, UNIT_COUNT(series_events)),
	   UNIT_ROWS(it_does_so_before_the_first_meeting_of_a_series_is_known, 4),
	   UNIT(it_does_so_after_a_promise_and_a_return),
	   UNIT(a_reminder_that_waits_for_a_server_counts_as_accepted_when_it_is_tried_next),
	   UNIT(what_was_held_for_it_goes_on_the_next_working_day),
	   UNIT(messages_that_were_tried_stay_apart_and_on_their_channel),
	   UNIT(who_was_refused_for_good_holds_the_rest),
	   UNIT(it_begins_and_ends_with_the_days_asked_for))
