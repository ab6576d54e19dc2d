/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A preview of what the ladder will send next is what it then sends: to the same person, at the same time,
 * about the same items with the same steps. Asked each morning of a spring, in worlds where somebody is away,
 * promises, or is moved.
 */
#include "engine/preview.h"

#include "tests/unit/engine_fixture.h"

static const char *const people[] = { "akut", "kir", "dir", "ordf", "stod", "reg" };
#define PEOPLE_ASKED (sizeof(people) / sizeof(people[0]))
#define ITEMS_SEEN 12
#define LINE 300

static const struct written plans[] = {
	{ .measures = TWO_MEASURES,
	  .meetings = "{ body='RS'; from='2026-05-26'; }",
	  .deadlines = HANDED_IN("RS-58", "meeting RS 2026-05", "") ", " ASKING("KVARTAL",
										"2026-05-15", "") },
	{ .measures = TWO_MEASURES,
	  .people = PERSON("akut", "manager='dir'; deputy='kir';") ", " PERSON(
		  "kir",
		  "mana"
		  "ger="
		  "'dir"
		  "';") ", " PERSON("dir",
				    "manager='ordf';") ", " PERSON("ordf",
								   "") ", " PERSON("stod",
										   "roles=['"
										   "support']"
										   ";") ", " PERSON("r"
												    "e"
												    "g",
												    ""),
	  .deadlines = HANDED_IN("RS-58", "2026-05-15", "") },
	{ .measures = TWO_MEASURES,
	  .deadlines = "{ id='LAGE'; title='Läget'; due='2026-05-08'; "
		       "every='RRULE:FREQ=WEEKLY;INTERVAL=2'; answers_from=['HSN-*']; "
		       "responsible='ordf'; inform=['reg']; ladder='standard'; }" },
};

/* What happens on the way, at noon. */
static const struct happening {
	size_t plan;
	const char *day, *says, *type, *subject, *data;
} happenings[] = {
	{ 0, "2026-05-04", "kir", "paminn.seen", "HSN-07", "{'answer_by':'2026-05-11'}" },
	{ 0, "2026-05-08", "akut", "paminn.status", "HSN-03", "{'status':'on-track'}" },
	{ 0, "2026-05-11", "stod", "paminn.extend", "RS-58",
	  "{'due':'2026-06-05','reference':'RS § 1'}" },
	{ 1, "2026-05-06", "akut", "paminn.absence", "akut",
	  "{'from':'2026-05-07','until':'2026-05-13'}" },
	{ 1, "2026-05-12", "kir", "paminn.status", "HSN-07", "{'status':'done'}" },
	{ 2, "2026-05-05", "stod", "paminn.assign", "HSN-07", "{'owner':'akut'}" },
};

/* One message: what it is, and its items in the order of their texts. */
struct seen {
	char when[16];
	char kind[16], to[16];
	char items[ITEMS_SEEN][100];
	size_t count;
};

static int by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* As the tale has it: "05-07 08:00 reminder akut: RS-58/HSN-03 -5wd, RS-58 -5wd". */
static void read_line(const char *line, struct seen *ret)
{
	char copy[2000], *rest, *word;

	snprintf(copy, sizeof(copy), "%.*s", (int)strcspn(line, "\n"), line);
	ck_assert_int_eq(sscanf(copy, "%11c %15s %15[^:]", ret->when, ret->kind, ret->to), 3);
	ret->when[11] = '\0';
	ret->count = 0;
	rest = strstr(copy, ": ") + 2;
	while ((word = strtok_r(rest, ",", &rest))) {
		ck_assert_uint_lt(ret->count, ITEMS_SEEN);
		snprintf(ret->items[ret->count++], sizeof(ret->items[0]), "%s",
			 word + (*word == ' '));
	}
	qsort(ret->items, ret->count, sizeof(ret->items[0]), by_text);
}

static void read_content(const struct preview *p, struct seen *ret)
{
	const struct message_content *n = p->content;
	char when[RFC3339_TEXT];

	zone_format(p->when, when);
	snprintf(ret->when, sizeof(ret->when), "%.5s %.5s", when + 5, when + 11);
	snprintf(ret->kind, sizeof(ret->kind), "%s", message_kind_name(n->message.kind));
	snprintf(ret->to, sizeof(ret->to), "%s", n->to.person->id.text);
	ret->count = n->count;
	ck_assert_uint_le(n->count, ITEMS_SEEN);
	for (size_t i = 0; i < n->count; i++) {
		const struct content_item *item = &n->items[i];

		snprintf(ret->items[i], sizeof(ret->items[0]), "%s%s%s %s", item->deadline.text,
			 item->measure.text ? "/" : "",
			 item->measure.text ? item->measure.text : "",
			 item->step ? item->step : "-");
	}
	qsort(ret->items, ret->count, sizeof(ret->items[0]), by_text);
}

/* The preview; false: none is to come. */
static bool look(struct world *w, const char *kind, const char *person, struct seen *ret)
{
	const struct preview_request request = { kind, person_id(person), NULL, LANGUAGES };
	struct preview p = { NULL };
	int r = preview_new(&p, &w->e, &request, w->now, &w->why);

	ck_assert_int_ge(r, 0);
	if (r > 0) {
		ck_assert_msg(strncmp(w->why.reason, "no ", 3) == 0, "%s", w->why.reason);
		return false;
	}
	read_content(&p, ret);
	message_content_free(p.content);
	return true;
}

static bool has_item(const struct seen *s, const char *item)
{
	for (size_t i = 0; i < s->count; i++)
		if (strncmp(s->items[i], item, strlen(item)) == 0)
			return true;
	return false;
}

/* The message that left to the person at that time; false: none did. */
static bool find_left(const struct world *w, const struct seen *looked, struct seen *ret)
{
	for (const char *line = w->tale; *line; line = strchr(line, '\n') + 1) {
		read_line(line, ret);
		if (strcmp(ret->to, looked->to) == 0 && strcmp(ret->when, looked->when) == 0 &&
		    (strcmp(ret->kind, "reminder") == 0 || strcmp(ret->kind, "escalation") == 0))
			return true;
	}
	return false;
}

static void compare(struct world *w, const struct seen *looked, const char *until)
{
	struct seen left;

	if (strcmp(looked->when, until + 5) > 0)
		return;
	ck_assert_msg(find_left(w, looked, &left), "%s %s to %s did not leave:\n%s", looked->when,
		      looked->kind, looked->to, w->tale);
	for (size_t i = 0; i < looked->count; i++)
		ck_assert_msg(has_item(&left, looked->items[i]), "%s %s to %s has no %s:\n%s",
			      looked->when, looked->kind, looked->to, looked->items[i], w->tale);
	if (strcmp(looked->kind, "reminder") == 0)
		ck_assert_msg(looked->count == left.count && strcmp(left.kind, "reminder") == 0,
			      "%s %s to %s:\n%s", looked->when, looked->kind, looked->to, w->tale);
}

/* No reminder leaves in that time that was not seen before, as the next to that person. */
static void is_complete(const struct world *w, const struct seen *looked, size_t count)
{
	for (const char *line = w->tale; *line; line = strchr(line, '\n') + 1) {
		struct seen left;
		bool found = false;

		read_line(line, &left);
		for (size_t i = 0; i < count; i++)
			found |= strcmp(looked[i].to, left.to) == 0 &&
				 strcmp(looked[i].when, left.when) <= 0 &&
				 strcmp(looked[i].kind, left.kind) == 0;
		ck_assert_msg(found || strcmp(left.kind, "reminder") != 0, "not seen before: %.*s",
			      (int)strcspn(line, "\n"), line);
	}
}

static void happen(struct world *w, size_t plan, const char *day)
{
	for (size_t i = 0; i < sizeof(happenings) / sizeof(happenings[0]); i++) {
		const struct happening *h = &happenings[i];

		if (h->plan != plan || strcmp(h->day, day) != 0)
			continue;
		w->says = h->says;
		ck_assert_int_eq(world_hear(w, h->type, h->subject, "", h->data), 0);
	}
}

START_TEST(what_is_seen_is_what_leaves)
{
	struct world *w = world_new("2026-04-22 12:00", &plans[_i]);
	size_t compared = 0;

	for (int n = 0; n < 40; n++) {
		const struct civil_date day = civil_add(day_of("2026-04-23"), n);
		struct seen looked[2 * PEOPLE_ASKED];
		char text[CIVIL_TEXT], noon[32], morning[32];
		size_t count = 0;

		civil_format(day, text);
		snprintf(noon, sizeof(noon), "%s 12:00", text);
		snprintf(morning, sizeof(morning), "%s 07:00", text);
		world_to(w, morning);
		for (size_t i = 0; i < 2 * PEOPLE_ASKED; i++)
			count += look(w, i % 2 ? "reminder" : "escalation", people[i / 2],
				      &looked[count]);
		w->tale[0] = '\0';
		world_to(w, noon);
		for (size_t i = 0; i < count; i++)
			compare(w, &looked[i], noon);
		is_complete(w, looked, count);
		for (const char *line = strstr(w->tale, "reminder"); line;
		     line = strstr(line + 1, "reminder"))
			compared++;
		happen(w, (size_t)_i, text);
	}
	ck_assert_uint_gt(compared, 5);
	world_free(w);
}
END_TEST

/* What is said of a thing that nothing has happened to has words in brackets, and changes nothing. */
START_TEST(what_has_not_happened_is_told_in_brackets)
{
	static const struct {
		const char *kind, *member, *is;
	} rows[] = {
		{ "off-track", "note", "[kommentaren]" },
		{ "needs-support", "needs_support", "[vad ägaren behöver hjälp med]" },
		{ "returned", "reference", "[dnr eller paragraf]" },
		{ "submitted", "reference", "[dnr eller paragraf]" },
		{ "noted", "outcome", "noted" },
		{ "approved", "outcome", "approved" },
		{ "unreached", "person", "ordf" },
		{ "gone", "channel", "hook" },
	};
	struct world *w = world_new("2026-04-22 12:00", &plans[0]);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *item = strcmp(rows[i].kind, "gone") == 0 ? NULL
				   : strcmp(rows[i].member, "note") == 0 ||
						   strcmp(rows[i].member, "needs_support") == 0
					   ? "HSN-03"
					   : "RS-58";
		const struct preview_request request = { rows[i].kind, person_id("stod"), item,
							 LANGUAGES };
		struct preview p = { NULL };
		const char *said;

		ck_assert_msg(preview_new(&p, &w->e, &request, w->now, &w->why) == 0, "%s: %s",
			      rows[i].kind, w->why.reason);
		said = json_string_value(
			json_object_get(p.content->items[0].detail, rows[i].member));
		ck_assert_msg(said && strcmp(said, rows[i].is) == 0, "%s: %s", rows[i].kind, said);
		ck_assert_int_eq(p.when.us, w->now.us);
		message_content_free(p.content);
	}
	ck_assert_str_eq(w->tale, "");
	world_free(w);
}
END_TEST

/* ---- what it is about ------------------------------------------------------------------------------ */

#define WITH_STEWARD PEOPLE ", " PERSON("nils", "roles=['steward'];")
#define RICH                                                                      \
	"{ id='HSN-03'; title='Inhyrda'; owner='akut'; effect_planned=12000000; " \
	"done_by='2026-06-30'; }, { id='HSN-07'; title='Inköp'; owner='kir'; }"
static const struct written rich = {
	.people = WITH_STEWARD,
	.bodies = "{ id='RS'; name='Regionstyrelsen'; papers='-7wd'; }, { id='HSN'; "
		  "name='Nämnden'; }, "
		  "{ id='AU'; name='Utskottet'; }",
	.meetings = "{ body='RS'; from='2026-05-26'; }, { body='HSN'; from='2026-05-12'; }, "
		    "{ body='AU'; from='2026-05-05'; }",
	.measures = RICH,
	.deadlines = HANDED_IN("RS-58", "meeting RS 2026-05", "") ", " ASKING(
		"KVARTAL", "2026-05-08", "") ", " HANDED_IN("RF-1", "meeting RS 2026-05",
							    "via=['meeting AU 2026-05', 'meeting "
							    "HSN 2026-05'];"),
	.alerts = "{ when='off-track'; to=['manager']; }, { when='effect-below'; percent=80; "
		  "to=['manager']; }, { when='light'; to=['owner']; }",
};
/* Nobody has a responsible, a planned effect, or a deadline that has begun. */
static const struct written poor = {
	.people = WITH_STEWARD,
	.measures = "{ id='HSN-03'; title='Inhyrda'; owner='akut'; }",
	.meetings = "{ body='RS'; from='2027-05-26'; }",
	.deadlines = ASKING("K", "meeting RS 2027-05", "every='meeting RS';"),
};

/* "TO: DEADLINE/MEASURE DETAIL" a line, or the sentence by which it is refused. */
static const struct {
	int line;
	const struct written *plan;
	const char *kind, *person, *item, *is;
} looks[] = {
	/* What the reader owes or owns, before what comes first. */
	{ __LINE__, &rich, "moved", NULL, NULL,
	  "ordf: RF-1/ {'due':'2026-05-12','papers':'2026-04-21'}" },
	{ __LINE__, &rich, "moved", "kir", NULL,
	  "kir: RF-1/HSN-07 {'due':'2026-05-12','papers':'2026-04-21'}" },
	{ __LINE__, &rich, "off-track", "kir", NULL,
	  "kir: /HSN-07 {'by':'/people/kir','note':'[kommentaren]','status':'off-track'}" },
	{ __LINE__, &rich, "off-track", NULL, "HSN-07",
	  "dir: /HSN-07 {'by':'/people/kir','note':'[kommentaren]','status':'off-track'}" },
	{ __LINE__, &rich, "assigned", NULL, "HSN-03",
	  "akut: RF-1/HSN-03 {'by':'/people/nils'} KVARTAL/HSN-03 {'by':'/people/nils'} "
	  "RS-58/HSN-03 {'by':'/people/nils'}" },
	{ __LINE__, &rich, "returned", NULL, NULL,
	  "ordf: RF-1/ "
	  "{'by':'/people/nils','due':'2026-05-26','papers':'2026-04-21','reference':'[dnr eller "
	  "paragraf]'}" },
	{ __LINE__, &rich, "unassigned", "kir", NULL, "kir: RF-1/HSN-07 {'by':'/people/nils'}" },
	/* One of several bodies. */
	{ __LINE__, &rich, "passed", NULL, NULL,
	  "reg: RF-1/ "
	  "{'body':'Utskottet','by':'/people/nils','outcome':'approved','reference':'[dnr eller "
	  "paragraf]'}" },
	{ __LINE__, &rich, "undecided", NULL, "RF-1",
	  "stod: RF-1/ {'body':'Utskottet','body_id':'AU','meeting':'2026-05-05'}" },
	{ __LINE__, &rich, "disorder", NULL, "RF-1",
	  "stod: RF-1/ "
	  "{'body':'Utskottet','meeting':'2026-05-13','next':'Nämnden','next_meeting':'2026-05-12'"
	  "}" },
	/* A name that the kind has no use for; and that of a channel. */
	{ __LINE__, &rich, "test", NULL, "HSN-99", "akut: / -" },
	{ __LINE__, &rich, "gone", NULL, "hook", "nils: / {'channel':'hook'}" },
	{ __LINE__, &rich, "gone", NULL, "mail",
	  "there is no channel mail in the configuration: check the name" },
	/* What it is about has to fit. */
	{ __LINE__, &rich, "fixed", NULL, "KVARTAL",
	  "KVARTAL is not due at a meeting that is set" },
	{ __LINE__, &rich, "fixed", NULL, "RS-58",
	  "ordf: RS-58/ {'due':'2026-05-29','papers':'2026-05-29','provisional':true}" },
	{ __LINE__, &rich, "unbound", NULL, "KVARTAL", "KVARTAL is not due at a meeting" },
	{ __LINE__, &rich, "unbound", NULL, "RS-58", "RS-58 is due at a meeting that is set" },
	{ __LINE__, &rich, "effect-below", NULL, "HSN-07",
	  "HSN-07 has no planned effect that a forecast could be below" },
	{ __LINE__, &rich, "effect-below", "kir", NULL,
	  "kir: /HSN-03 "
	  "{'by':'/people/"
	  "akut','effect_forecast':8400000,'effect_planned':12000000,'percent':80,'status':'at-"
	  "risk'}" },
	{ __LINE__, &rich, "done-by", NULL, "HSN-03",
	  "akut: /HSN-03 {'done_by':'2026-05-31','extension':{'reason':'[skälet till "
	  "anståndet]','reference':'[dnr eller paragraf]'},'provisional':false}" },
	{ __LINE__, &rich, "done-by", NULL, "HSN-07",
	  "HSN-07 has no date by which it is to be done" },
	{ __LINE__, &rich, "light", NULL, "HSN-03",
	  "akut: /HSN-03 {'done_by':'2026-06-30','light':'yellow','reasons':['near']}" },
	{ __LINE__, &rich, "light", NULL, "HSN-07",
	  "kir: /HSN-07 {'light':'yellow','reasons':['at-risk']}" },
	{ __LINE__, &rich, "reply", NULL, "HSN-03",
	  "akut: RF-1/HSN-03 {'data':{'effect_forecast':12000000,'status':'done'}}" },
	{ __LINE__, &rich, "reply", NULL, "HSN-07", "kir: RF-1/HSN-07 {'data':{'status':'done'}}" },
	{ __LINE__, &rich, "reply", "ordf", "RS-58", "ordf: RS-58/ {'deliverable':true}" },
	{ __LINE__, &rich, "reply", "ordf", NULL, "ordf: RF-1/ {'deliverable':true}" },
	{ __LINE__, &poor, "effect-below", NULL, NULL,
	  "the plan has no measure with a planned effect" },
	{ __LINE__, &poor, "returned", NULL, NULL,
	  "nobody owes an answer now that could be returned" },
	{ __LINE__, &poor, "submitted", NULL, NULL, "the plan has no deadline that has begun" },
	{ __LINE__, &poor, "submitted", NULL, "K", "K has no occurrence yet" },
	{ __LINE__, &poor, "moved", NULL, NULL, "nobody owes an answer now" },
};

static const char *look_at(struct world *w, const char *kind, const char *person, const char *item)
{
	static char text[2000];
	const struct preview_request request = { kind, person_id(person), item, LANGUAGES };
	struct preview p = { NULL };
	int r = preview_new(&p, &w->e, &request, w->now, &w->why);

	ck_assert_int_ge(r, 0);
	if (r > 0)
		return w->why.reason;
	snprintf(text, sizeof(text), "%s:", p.content->to.person->id.text);
	for (size_t i = 0; i < p.content->count; i++) {
		const struct content_item *one = &p.content->items[i];
		char *detail =
			one->detail ? json_dumps(one->detail, JSON_COMPACT | JSON_SORT_KEYS) : NULL;

		for (char *c = detail; c && *c; c++)
			if (*c == '"')
				*c = '\'';
		tell(text, sizeof(text), " %s/%s %s", one->deadline.text ? one->deadline.text : "",
		     one->measure.text ? one->measure.text : "", detail ? detail : "-");
		free(detail);
	}
	message_content_free(p.content);
	return text;
}

/* What was said, and where dates were before, is told as it was. */
START_TEST(a_preview_says_what_was_said)
{
	static const struct {
		int line;
		const char *kind, *item, *is;
	} said[] = {
		{ __LINE__, "effect-below", "HSN-03",
		  "dir: /HSN-03 "
		  "{'by':'/people/"
		  "akut','effect_forecast':9000000,'effect_planned':12000000,'percent':80,'status':"
		  "'at-risk'}" },
		{ __LINE__, "off-track", "HSN-03",
		  "dir: /HSN-03 {'by':'/people/akut','note':'Sent.','status':'off-track'}" },
		{ __LINE__, "light", "HSN-03",
		  "akut: /HSN-03 "
		  "{'done_by':'2026-09-30','light':'red','note':'Sent.','reasons':['off-track'],'"
		  "status':'off-track'}" },
		{ __LINE__, "done-by", "HSN-03",
		  "akut: /HSN-03 {'done_by':'2026-06-30','extension':{'reason':'[skälet till "
		  "anståndet]','reference':'[dnr eller paragraf]'},'provisional':false}" },
		{ __LINE__, "moved", "RS-58",
		  "ordf: RS-58/ {'due':'2026-05-26','papers':'2026-05-15'}" },
		{ __LINE__, "passed", "RF-1",
		  "reg: RF-1/ "
		  "{'body':'Nämnden','by':'/people/nils','outcome':'approved','reference':'[dnr "
		  "eller paragraf]'}" },
		{ __LINE__, "undecided", "RF-1",
		  "stod: RF-1/ {'body':'Nämnden','body_id':'HSN','meeting':'2026-05-12'}" },
		{ __LINE__, "disorder", "RF-1",
		  "stod: RF-1/ "
		  "{'body':'Nämnden','meeting':'2026-05-27','next':'Regionstyrelsen','next_meeting'"
		  ":'2026-05-26'}" },
		{ __LINE__, "noted", "RS-58",
		  "reg: RS-58/ {'by':'/people/nils','outcome':'noted','reference':'[dnr eller "
		  "paragraf]'}" },
		{ __LINE__, "submitted", "RF-1",
		  "reg: RF-1/ {'by':'/people/ordf','reference':'HSN 2026/7','supplement':false}" },
		{ __LINE__, "off-track", "HSN-07",
		  "dir: /HSN-07 "
		  "{'by':'/people/akut','note':'[kommentaren]','status':'off-track'}" },
		{ __LINE__, "assigned", "HSN-07",
		  "akut: KVARTAL/HSN-07 {'by':'/people/nils'} RS-58/HSN-07 {'by':'/people/nils'}" },
	};
	struct world *w = world_new("2026-04-27 12:00", &rich);

	HEARD(w, "status", "HSN-03",
	      "{'status':'off-track','note':'Sent.','effect_forecast':9000000}");
	w->says = "nils";
	HEARD(w, "extend", "HSN-03", "{'due':'2026-09-30','reference':'RS § 1'}");
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-22','reference':'RS § 2'}");
	HEARD(w, "assign", "HSN-07", "{'owner':'akut'}");
	HEARD(w, "submit", "RF-1", "{'reference':'HSN 2026/7'}");
	HEARD(w, "outcome", "RF-1", "{'body':'AU','outcome':'approved','reference':'AU § 3'}");
	for (size_t i = 0; i < UNIT_COUNT(said); i++) {
		const char *told = look_at(w, said[i].kind, NULL, said[i].item);

		ck_assert_msg(strcmp(told, said[i].is) == 0, "line %d: %s", said[i].line, told);
	}
	world_free(w);
}
END_TEST

START_TEST(a_preview_is_of_what_there_is)
{
	struct world *w = world_new("2026-04-27 12:00", looks[_i].plan);
	const char *told = look_at(w, looks[_i].kind, looks[_i].person, looks[_i].item);

	ck_assert_msg(strcmp(told, looks[_i].is) == 0, "line %d: %s", looks[_i].line, told);
	world_free(w);
}
END_TEST

UNIT_TESTS("previews", UNIT_ROWS(what_is_seen_is_what_leaves, 3),
	   UNIT(what_has_not_happened_is_told_in_brackets), UNIT(a_preview_says_what_was_said),
	   UNIT_ROWS(a_preview_is_of_what_there_is, UNIT_COUNT(looks)))
