/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Chains of bodies drawn by lot: deadlines and series that pass bodies before their own, and what is heard of
 * meetings, extensions to meetings and decisions. Whatever was drawn, the world then does what the forecast
 * announces. A row is its seed, so that what failed fails again.
 */
#include "tests/unit/ask.h"
#include "tests/unit/keeps_its_word.h"

#define DRAWN 20  /* always */
#define SWEPT 100 /* and before a release */

static unsigned draw(unsigned *lot, size_t count)
{
	*lot = *lot * 1103515245U + 12345U;
	return (*lot >> 16) % (unsigned)count;
}
#define DRAW(array) array[draw(lot, UNIT_COUNT(array))]

#define BODIES                                                                         \
	"{ id='RS'; name='Regionstyrelsen'; papers='-7wd'; papers_late='-2wd'; }, "    \
	"{ id='HSN'; name='Nämnden'; papers='-5wd'; }, { id='SU'; name='Utskottet'; " \
	"papers='-2wd'; }"
static const char *const bodies[] = { "RS", "HSN", "SU" };
static const char *const due[] = {
	"due='meeting RS 2026-05'; every='meeting RS'; via=['meeting HSN'];",
	"due='meeting RS 2026-05'; every='meeting RS'; months=[5, 6, 9]; via=['meeting HSN'];",
	"due='meeting RS 2026-04'; every='meeting RS'; each=2; via=['meeting SU', 'meeting HSN'];",
	"due='meeting RS next'; every='meeting RS'; via=['meeting SU'];",
	"due='meeting RS 2026-06'; via=['meeting HSN'];",
	"due='meeting RS 2026-06'; via=['meeting SU 2026-05', 'meeting HSN 2026-05'];",
	"due='meeting RS 2026-09'; via=['meeting SU 2026-08', 'meeting HSN'];",
	"due='meeting RS 2026-05'; every='meeting RS'; sending='second';",
};
static const char *const more[] = { "", "", "opens='-30wd';", "opens='-2wd';",
				    "proposal='Det godkänns.';" };
static const char *const steps[] = {
	"-5wd owner; 0 owner; +1wd owner manager; +3wd role:support every 2wd until +7wd",
	"-15wd owner; -2wd owner role:support; +2wd manager",
	"-10wd deputy; 0 owner",
};
static const char *const meetings[] = {
	"{ body='RS'; from='2026-05-26'; }, { body='RS'; from='2026-06-16'; }, "
	"{ body='HSN'; from='2026-05-12'; }, { body='HSN'; from='2026-06-02'; }, "
	"{ body='SU'; from='2026-05-06'; }, { body='RS'; from='2026-09-29'; }",
	"{ body='RS'; from='2026-04-28'; }, { body='RS'; from='2026-06-09'; }, "
	"{ body='RS'; from='2026-08-25'; }, { body='RS'; from='2026-10-27'; }, "
	"{ body='HSN'; from='2026-04-14'; }, { body='HSN'; from='2026-08-11'; }",
	"{ body='RS'; from='2026-07-07'; }, { body='HSN'; from='2026-07-02'; }, "
	"{ body='SU'; from='2026-06-25'; }, { body='SU'; from='2026-06-24'; }",
	"{ body='HSN'; from='2026-06-11'; }, { body='RS'; from='2026-06-16'; }, "
	"{ body='RS'; from='2026-06-23'; }, { body='RS'; from='2026-06-30'; }",
};

struct drawn_plan {
	char deadlines[2000];
	struct written plan;
};

static void draw_plan(unsigned *lot, struct drawn_plan *ret)
{
	ret->deadlines[0] = '\0';
	for (unsigned i = 0; i < 2; i++)
		tell(ret->deadlines, sizeof(ret->deadlines),
		     "%s{ id='D%u'; title='x'; %s %s answers_from=['HSN-*']; inform=['reg']; "
		     "responsible='ordf'; ladder='standard'; }",
		     i ? ", " : "", i, DRAW(due), DRAW(more));
	ret->plan = (struct written){
		.steps = DRAW(steps),
		.bodies = BODIES,
		.meetings = DRAW(meetings),
		.measures = TWO_MEASURES,
		.deadlines = ret->deadlines,
	};
}

struct choice {
	char id[ITEM_ID];
	unsigned left; /* until the one that is drawn */
};

static int choose(void *userdata, const struct deadline_row *row)
{
	struct choice *c = userdata;

	snprintf(c->id, sizeof(c->id), "%s", row->id);
	return c->left-- == 0;
}

static int choose_meeting(void *userdata, const struct meeting_row *m)
{
	struct choice *c = userdata;

	if (m->state != MEETING_KNOWN)
		return 0;
	civil_format(m->from, c->id);
	return c->left-- == 0;
}

static char *draw_day(unsigned *lot, struct world *w, unsigned most, char out[static CIVIL_TEXT])
{
	return civil_format(civil_add(zone_date(w->now), 1 + (int)draw(lot, most)), out);
}

/* A date, or a meeting. */
static char *draw_due(unsigned *lot, struct world *w, char out[static 40])
{
	int year, month, day;

	if (draw(lot, 2)) {
		civil_to_ymd(zone_date(w->now), &year, &month, &day);
		snprintf(out, 40, "meeting %s 2026-%02d", DRAW(bodies),
			 month + (int)draw(lot, (size_t)(11 - month)));
	} else {
		draw_day(lot, w, 60, out);
	}
	return out;
}

struct drawn {
	const char *type, *subject;
	char data[300];
	struct choice choice;
};

static void draw_meeting(unsigned *lot, struct world *w, struct drawn *e)
{
	struct choice c = { .left = draw(lot, 4) };
	const char *body = DRAW(bodies);
	char day[CIVIL_TEXT];
	unsigned how;

	ck_assert_int_ge(ledger_meetings(w->e.ledger, body_id(body), choose_meeting, &c), 0);
	how = c.id[0] ? draw(lot, 3) : 0;
	e->type = "paminn.meeting";
	e->subject = body;
	if (how == 2)
		snprintf(e->data, sizeof(e->data), "{'from':'%s','replaces':'%s','cancelled':true}",
			 c.id, c.id);
	else
		snprintf(e->data, sizeof(e->data), "{'from':'%s'%s%s%s}", draw_day(lot, w, 90, day),
			 how ? ",'replaces':'" : "", how ? c.id : "", how ? "'" : "");
}

static void draw_event(unsigned *lot, struct world *w, struct drawn *e)
{
	static const char *const measures[] = { "HSN-03", "HSN-07" };
	static const char *const said[] = { "on-track", "done", "at-risk", "cancelled" };
	static const char *const outcomes[] = { "noted", "approved", "returned" };
	static const char *const people[] = { "akut", "kir", "dir", "ordf", "stod", "reg" };
	static const char *const deputies[] = { "", "", ",'deputy':'ordf'", ",'deputy':'kir'" };
	const char *outcome;
	char at[40], day[CIVIL_TEXT], other[CIVIL_TEXT];

	e->choice = (struct choice){ .left = draw(lot, 10) };
	ck_assert_int_ge(ledger_deadlines(w->e.ledger, choose, &e->choice), 0);
	e->subject = e->choice.id[0] ? e->choice.id : "D0";
	w->says = "stod";
	switch (draw(lot, 11)) {
	case 0:
		e->type = "paminn.status";
		e->subject = DRAW(measures);
		snprintf(e->data, sizeof(e->data), "{'status':'%s'}", DRAW(said));
		break;
	case 1:
		e->type = "paminn.submit";
		snprintf(e->data, sizeof(e->data), "{'reference':'x'}");
		break;
	case 2:
		e->type = "paminn.extend";
		snprintf(e->data, sizeof(e->data), "{'due':'%s','reference':'x'}",
			 draw_due(lot, w, at));
		break;
	case 3:
		e->type = "paminn.extend";
		snprintf(e->data, sizeof(e->data), "{'due':'%s','reference':'x','deadline':'%s'}",
			 draw_due(lot, w, at), e->choice.id);
		e->subject = DRAW(measures);
		break;
	case 4:
	case 5:
		e->type = "paminn.outcome";
		outcome = DRAW(outcomes);
		snprintf(e->data, sizeof(e->data), "{'outcome':'%s','reference':'x'", outcome);
		if (draw(lot, 3))
			tell(e->data, sizeof(e->data), ",'body':'%s'", DRAW(bodies));
		if (strcmp(outcome, "returned") == 0)
			tell(e->data, sizeof(e->data), ",'due':'%s'", draw_due(lot, w, at));
		tell(e->data, sizeof(e->data), "}");
		break;
	case 6:
		e->type = "paminn.absence";
		e->subject = DRAW(people);
		draw_day(lot, w, 20, day);
		civil_format(civil_add(day_of(day), (int)draw(lot, 30)), other);
		snprintf(e->data, sizeof(e->data), "{'from':'%s','until':'%s'%s}", day, other,
			 DRAW(deputies));
		break;
	default:
		draw_meeting(lot, w, e);
	}
}

START_TEST(chains_drawn_do_what_they_announce)
{
	const char *from = getenv("DRAWN_FROM"); /* for others than those that are always drawn */
	unsigned seed = (unsigned)_i + 1 + (from ? (unsigned)atoi(from) : 0), *lot = &seed;
	char story[9000] = "", until[CIVIL_TEXT], when[RFC3339_TEXT];
	struct drawn_plan p;
	struct world *w;

	if (_i >= DRAWN && !from && !getenv("PAMINN_SWEEP"))
		return;
	draw_plan(lot, &p);
	tell(story, sizeof(story), "%s\n%s\n%s\n", p.plan.steps, p.plan.meetings, p.deadlines);
	w = world_new("2026-04-08 12:00", &p.plan);
	w->story = story;
	for (int i = 0; i < 12; i++) {
		struct drawn e;

		world_reach(w, instant_add(w->now, HOURS(1 + draw(lot, 250))));
		draw_event(lot, w, &e);
		tell(story, sizeof(story), "%s %s: %s %s", zone_format(w->now, when), e.type,
		     e.subject, e.data);
		tell(story, sizeof(story), " %s\n",
		     world_hear(w, e.type, e.subject, "", e.data) ? w->why.reason : "accepted");
	}
	w->tale[0] = '\0';
	keeps_its_word(w, civil_format(civil_add(zone_date(w->now), 130), until));
	world_free(w);
}
END_TEST

UNIT_TESTS("engine/forecast chains", UNIT_ROWS(chains_drawn_do_what_they_announce, SWEPT))
