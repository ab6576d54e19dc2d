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

UNIT_TESTS("previews", UNIT_ROWS(what_is_seen_is_what_leaves, 3),
	   UNIT(what_has_not_happened_is_told_in_brackets))
