/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Plans and events drawn by lot: whatever was drawn, the world then does what the forecast announces,
 * and its store follows from its log. A row is its seed, so that what failed fails again.
 */
#include "tests/unit/ask.h"
#include "tests/unit/keeps_its_word.h"

#define CHANNELS "channels=['mail','hook'];"

/* ---- plans and events drawn by lot --------------------------------------------------------------- */

#define DRAWN 30    /* plans */
#define RETURNED 10 /* and those in which two occurrences to come are returned */

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
static const char *const drawn_more[] = { "", "round='forward';", "opens='-30wd';", "opens='-2wd';",
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

/* ---- series -------------------------------------------------------------------------------------- */

static const char *const drawn_series[] = {
	"due='2026-04-30'; every='RRULE:FREQ=MONTHLY;BYMONTHDAY=-1';",
	"due='2026-04-24'; every='RRULE:FREQ=WEEKLY';",
	"due='2026-05-04'; every='RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=5';",
	"due='meeting RS 2026-04'; every='meeting RS';",
	"due='meeting RS 2026-05'; every='meeting RS';",
	"due='meeting RS 2026-06'; every='meeting RS';",
	"due='meeting RS next'; every='meeting RS';",
	"due='meeting RS 2026-05';",
	"due='2026-05-22';",
};
static const char *const drawn_bodies[] = { "", "papers='-1wd';", "papers='-7wd';" };
static const char *const drawn_known[] = {
	"",
	"{ body='RS'; from='2026-05-26'; },",
	"{ body='RS'; from='2026-04-28'; }, { body='RS'; from='2026-05-05'; },"
	"{ body='RS'; from='2026-05-12'; },",
	"{ body='RS'; from='2026-05-12'; }, { body='RS'; from='2026-06-09'; },",
};
static const char *const drawn_first[] = { "-12wd deputy; ", "-9wd owner; ",
					   "-4wd deputy manager; ", "" };

static const char *const drawn_monthly[] = {
	"due='2026-04-30'; every='RRULE:FREQ=MONTHLY;BYMONTHDAY=-1';",
	"due='2026-05-15'; every='RRULE:FREQ=MONTHLY';",
	"due='2026-05-20'; every='RRULE:FREQ=MONTHLY;BYDAY=3WE';",
	"due='meeting RS 2026-05'; every='meeting RS';",
};
static const char *const drawn_last[] = { "; +6wd role:support",
					  "; +13wd role:support every 2wd until +25wd" };

/* monthly: series of that kind only, and support hears of them. texts: the ladder, the deadlines, the bodies,
 * the meetings. */
static void draw_series_plan(unsigned *lot, struct written *plan, bool monthly, char texts[4][2000])
{
	char both[2][2000];

	draw_plan(lot, plan, both);
	snprintf(texts[0], 2000, "%s%s%s", DRAW(drawn_first), both[0],
		 monthly ? DRAW(drawn_last) : "");
	texts[1][0] = '\0';
	for (unsigned i = 0; i < 2; i++)
		tell(texts[1], 2000,
		     "%s{ id='D%u'; title='x'; %s %s answers_from=['HSN-*']; inform=['reg']; "
		     "ladder='standard'; }",
		     i ? ", " : "", i, monthly ? DRAW(drawn_monthly) : DRAW(drawn_series),
		     DRAW(drawn_more));
	snprintf(texts[2], 2000, "{ id='RS'; name='x'; %s }", DRAW(drawn_bodies));
	snprintf(texts[3], 2000, "%s { body='RS'; from='2026-09-29'; }", DRAW(drawn_known));
	plan->steps = texts[0];
	plan->deadlines = texts[1];
	plan->bodies = texts[2];
	plan->meetings = texts[3];
}

struct choice {
	char id[ITEM_ID];
	unsigned left; /* until the one that is drawn */
	struct civil_date today;
};

static int choose(void *userdata, const struct deadline_row *row)
{
	struct choice *c = userdata;

	if (c->left-- > 0)
		return 0;
	snprintf(c->id, sizeof(c->id), "%s", row->id);
	return 1;
}

/* A series by its plain id, or any deadline that the ledger has. */
static const char *draw_deadline(unsigned *lot, struct world *w, struct choice *c)
{
	snprintf(c->id, sizeof(c->id), "D%u", draw(lot, 2));
	c->left = draw(lot, 12);
	ck_assert_int_ge(ledger_deadlines(w->e.ledger, choose, c), 0);
	return c->id;
}

/* A date some days from another. Returns out. */
static char *draw_day(unsigned *lot, struct civil_date from, unsigned most,
		      char out[static CIVIL_TEXT])
{
	return civil_format(civil_add(from, (int)draw(lot, most)), out);
}

static int choose_meeting(void *userdata, const struct meeting_row *m)
{
	struct choice *c = userdata;

	if (m->state != MEETING_KNOWN)
		return 0;
	civil_format(m->from, c->id);
	return c->left-- == 0;
}

/* A meeting is announced, moved or cancelled. */
static void draw_meeting(unsigned *lot, struct world *w, char data[static 300])
{
	struct choice c = { .left = draw(lot, 4) };
	unsigned how;
	char day[CIVIL_TEXT];

	ck_assert_int_ge(ledger_meetings(w->e.ledger, body_id("RS"), choose_meeting, &c), 0);
	how = c.id[0] ? draw(lot, 3) : 0;
	snprintf(data, 300, "{'from':'%s'%s%s%s%s}", draw_day(lot, zone_date(w->now), 60, day),
		 how ? ",'replaces':'" : "", how ? c.id : "", how ? "'" : "",
		 how == 2 ? ",'cancelled':true" : "");
}

struct drawn {
	const char *type, *subject;
	char data[300];
	struct choice choice;
};

static void draw_series_event(unsigned *lot, struct world *w, struct drawn *e)
{
	static const char *const measures[] = { "HSN-03", "HSN-07" };
	static const char *const people[] = { "akut", "kir", "dir", "ordf", "stod", "reg" };
	static const char *const said[] = { "{'status':'on-track'}", "{'status':'done'}",
					    "{'status':'at-risk'}", "{'status':'cancelled'}" };
	static const char *const deputies[] = { "", "", ",'deputy':'ordf'", ",'deputy':'kir'" };
	static const char *const owners[] = { "{'owner':'akut'}", "{'owner':'kir'}",
					      "{'owner':'ordf'}" };
	struct civil_date today = zone_date(w->now);
	char day[CIVIL_TEXT], other[CIVIL_TEXT];

	e->subject = draw_deadline(lot, w, &e->choice);
	w->says = DRAW(people);
	switch (draw(lot, 10)) {
	case 0:
		e->type = "paminn.status";
		e->subject = DRAW(measures);
		snprintf(e->data, sizeof(e->data), "%s", DRAW(said));
		break;
	case 1:
		e->type = "paminn.submit";
		snprintf(e->data, sizeof(e->data), "{'reference':'x'}");
		break;
	case 2:
		e->type = "paminn.extend";
		snprintf(e->data, sizeof(e->data), "{'due':'%s','reference':'x'}",
			 draw_day(lot, today, 60, day));
		break;
	case 3:
		e->type = "paminn.extend";
		snprintf(e->data, sizeof(e->data), "{'due':'%s','reference':'x','deadline':'%s'}",
			 draw_day(lot, today, 60, day), e->choice.id);
		e->subject = DRAW(measures);
		break;
	case 4:
		e->type = "paminn.absence";
		e->subject = DRAW(people);
		draw_day(lot, today, 20, day);
		draw_day(lot, day_of(day), 30, other);
		snprintf(e->data, sizeof(e->data), "{'from':'%s','until':'%s'%s}", day, other,
			 DRAW(deputies));
		break;
	case 5:
		e->type = "paminn.assign";
		e->subject = DRAW(measures);
		snprintf(e->data, sizeof(e->data), "%s", DRAW(owners));
		break;
	case 6:
		e->type = "paminn.seen";
		snprintf(e->data, sizeof(e->data), "{'answer_by':'%s'}",
			 draw_day(lot, today, 20, day));
		break;
	case 7:
	case 8:
		e->type = "paminn.outcome";
		snprintf(e->data, sizeof(e->data),
			 "{'outcome':'returned','reference':'x','due':'%s'}",
			 draw_day(lot, today, 60, day));
		break;
	default:
		e->type = "paminn.meeting";
		e->subject = "RS";
		draw_meeting(lot, w, e->data);
	}
}

/* An occurrence of D0 that is still to come. */
static int choose_ahead(void *userdata, const struct deadline_row *row)
{
	struct choice *c = userdata;

	if (strncmp(row->id, "D0@", 3) != 0 || civil_compare(row->papers, c->today) <= 0)
		return 0;
	snprintf(c->id, sizeof(c->id), "%s", row->id);
	return c->left-- == 0;
}

/* One of the occurrences that are still to come is returned. */
static void draw_return(unsigned *lot, struct world *w, struct drawn *e)
{
	char day[CIVIL_TEXT];

	e->choice = (struct choice){ .left = draw(lot, 3), .today = zone_date(w->now) };
	snprintf(e->choice.id, sizeof(e->choice.id), "D0");
	ck_assert_int_ge(ledger_deadlines(w->e.ledger, choose_ahead, &e->choice), 0);
	w->says = "stod";
	e->subject = e->choice.id;
	e->type = "paminn.outcome";
	snprintf(e->data, sizeof(e->data), "{'outcome':'returned','reference':'x','due':'%s'}",
		 draw_day(lot, e->choice.today, 60, day));
}

/* A world in which six things have happened, as the row's seed has it; returned: among them that two
 * occurrences of a monthly series, still to come, were returned. */
struct lived {
	char texts[4][2000], story[4000];
	struct written plan;
	struct world *w;
};

static void live(struct lived *l, struct ledger *store, int row, bool returned, unsigned *lot)
{
	static const char *const troubles[] = { NULL, NULL, NULL, "akut", "*" };
	const char *from = getenv("DRAWN_FROM"); /* for others than those that are always drawn */
	struct world *w;

	*lot = (unsigned)row + 1 + (from ? (unsigned)atoi(from) : 0);
	draw_series_plan(lot, &l->plan, returned, l->texts);
	l->story[0] = '\0';
	tell(l->story, sizeof(l->story), "%s\n%s\n%s %s\n%s\n", l->plan.time, l->texts[0],
	     l->texts[2], l->texts[3], l->texts[1]);
	w = l->w = world_in(store, "2026-04-15 12:00", &l->plan);
	w->story = l->story;
	for (int i = 0; i < 6; i++) {
		struct drawn e;
		char when[RFC3339_TEXT];

		w->down = DRAW(troubles);
		world_reach(w, instant_add(w->now, HOURS(draw(lot, 300))));
		if (returned && (i == 1 || i == 3))
			draw_return(lot, w, &e);
		else
			draw_series_event(lot, w, &e);
		tell(l->story, sizeof(l->story), "%s down %s %s: %s %s %s",
		     zone_format(w->now, when), w->down ? w->down : "-", w->says, e.type, e.subject,
		     e.data);
		tell(l->story, sizeof(l->story), " %s\n",
		     world_hear(w, e.type, e.subject, "", e.data) ? w->why.reason : "accepted");
	}
	w->down = NULL;
	w->tale[0] = '\0';
}

/* Each that is drawn is asked one of two things, by turns; both before a release. */
static bool is_asked(int row, int other)
{
	return getenv("PAMINN_SWEEP") || row % 2 == other;
}

START_TEST(series_drawn_do_what_they_announce)
{
	struct ledger *store = NULL;
	char until[CIVIL_TEXT];
	struct lived l;
	unsigned lot;

	if (!is_asked(_i, 0))
		return;
	store = store_in_memory();
	ck_assert_int_eq(ledger_begin(store), 0);
	live(&l, store, _i, _i >= DRAWN, &lot);
	keeps_its_word(l.w, civil_format(civil_add(zone_date(l.w->now), 100), until));
	world_free(l.w);
}
END_TEST

/* The store is what its log says, as far as the last event. */
START_TEST(series_drawn_follow_from_their_log)
{
	struct lived l;
	unsigned lot;
	json_t *rows;
	char *text;

	if (!is_asked(_i, 1))
		return;
	live(&l, store_begin(), _i, _i >= DRAWN, &lot);
	world_reach(l.w, instant_add(l.w->now, HOURS(draw(&lot, 900))));
	l.w->says = "akut";
	HEARD(l.w, "note", "HSN-03", "{'note':'x'}");
	rows = ask(l.w, COMMAND_VERIFY, "{}");
	text = json_dumps(rows, JSON_INDENT(1));
	ck_assert_msg(json_array_size(rows) == 0, "%s%.1500s", l.story, text);
	free(text);
	json_decref(rows);
	asked_free(l.w);
}
END_TEST

UNIT_TESTS("engine/forecast drawn", UNIT_ROWS(whatever_is_drawn_does_what_it_announces, DRAWN),
	   UNIT_ROWS(series_drawn_do_what_they_announce, DRAWN + RETURNED),
	   UNIT_ROWS(series_drawn_follow_from_their_log, DRAWN + RETURNED))
