/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is too old loses its words, and nothing else does. Where they stand in the store, and that it is done at night, is tried by
 * tests/system/test_retention.py.
 *
 * Seen to fail: with either limit taken for the other, with a month that ends earlier taken for one that goes on, without the
 * comparison with REQUEST_DENIED or with decided_seq, and without instant_is_none in quiet_message.
 */
#include "engine/erase.h"

#include "tests/unit/engine_fixture.h"

#define OWNED ONE_MEASURE ", { id='HSN-07'; title='Inköp'; owner='kir'; }"
static const struct written plan = {
	.people = PEOPLE ", " PERSON("nils", "roles=['steward'];"),
	.measures = OWNED,
	.deadlines = ASKING("RS-58", "2026-05-15", "") ", " ASKING("T2", "2026-10-15", ""),
};

static void forget(struct world *w, struct kept_for events, struct kept_for deliveries)
{
	struct retention *kept = &w->e.plan->settings.retention;
	bool more = true;

	kept->events = events;
	kept->deliveries = deliveries;
	ck_assert(erase_is_asked(w->e.plan) == (events.given || deliveries.given));
	while (more)
		ck_assert_int_eq(erase_old(&w->e, w->now, &more), 0);
}

#define EVER ((struct kept_for){ .given = false })
#define MONTHS_KEPT(n) ((struct kept_for){ true, n, 0 })
#define DAYS_KEPT(n) ((struct kept_for){ true, 0, n })

static int take_note(void *userdata, const struct logged_event *event)
{
	json_t *body = json_loads(event->body, 0, NULL);
	const json_t *data = json_object_get(body, "data");
	const char *note = json_string_value(json_object_get(data, "note"));

	if (note)
		tell(userdata, 500, "%s.", note);
	json_decref(body);
	return 0;
}

/* All notes of the log, oldest first. */
#define NOTES_ARE(world, expected)                                                              \
	do {                                                                                    \
		char notes_[500] = "";                                                          \
		ck_assert_int_eq(ledger_log((world)->e.ledger, 0, 1000, take_note, notes_), 0); \
		ck_assert_str_eq(notes_, expected);                                             \
	} while (0)

/* ---- how old ----------------------------------------------------------------------------------------- */

static const struct {
	int line;
	struct kept_for events;
	const char *now, *notes;
} ages[] = {
	{ __LINE__, { true, 3, 0 }, "2026-05-27 03:00", "a.b.c." },
	{ __LINE__, { true, 3, 0 }, "2026-05-28 03:00", "–.b.c." },
	/* Three months before the 31st of May are at the end of February. */
	{ __LINE__, { true, 3, 0 }, "2026-05-31 03:00", "–.b.c." },
	{ __LINE__, { true, 3, 0 }, "2026-06-01 03:00", "–.–.c." },
	{ __LINE__, { true, 15, 0 }, "2027-05-31 03:00", "–.b.c." },
	{ __LINE__, { true, 0, 90 }, "2026-05-28 03:00", "a.b.c." },
	{ __LINE__, { true, 0, 90 }, "2026-05-29 03:00", "–.b.c." },
	{ __LINE__, { true, 0, 90 }, "2026-05-30 03:00", "–.–.c." },
	{ __LINE__, { false, 0, 0 }, "2036-01-01 03:00", "a.b.c." },
};

START_TEST(an_event_is_kept_for_so_long)
{
	struct world *w = world_new("2026-01-02 12:00", &plan);

	w->now = instant_of("2026-02-27 23:59");
	HEARD(w, "note", "HSN-03", "{'note':'a'}");
	w->now = instant_of("2026-02-28 00:00");
	HEARD(w, "note", "HSN-03", "{'note':'b'}");
	w->now = instant_of(ages[_i].now);
	HEARD(w, "note", "HSN-03", "{'note':'c'}");
	forget(w, ages[_i].events, EVER);
	NOTES_ARE(w, ages[_i].notes);
	world_free(w);
}
END_TEST

/* Of more than are looked at at once, all. */
START_TEST(as_many_as_there_are)
{
	struct world *w = world_new("2026-01-02 12:00", &plan);

	for (int i = 0; i < 60; i++)
		HEARD(w, "note", "HSN-03", "{'note':'a'}");
	w->now = instant_of("2026-06-01 03:00");
	HEARD(w, "note", "HSN-03", "{'note':'b'}");
	forget(w, MONTHS_KEPT(3), EVER);
	char notes[500] = "";
	ck_assert_int_eq(ledger_log(w->e.ledger, 0, 1000, take_note, notes), 0);
	ck_assert_ptr_null(strchr(notes, 'a'));
	ck_assert_ptr_nonnull(strchr(notes, 'b'));
	world_free(w);
}
END_TEST

/* ---- rows -------------------------------------------------------------------------------------------- */

static struct request_row request_of(struct world *w, const char *source)
{
	struct request_row row;
	bool found = false;

	ck_assert_int_eq(ledger_find_request(w->e.ledger, source, "event-1", &row, &found), 0);
	ck_assert(found);
	return row;
}

static void asks(struct world *w, const char *who, const char *measure, const char *deadline)
{
	char data[200];

	w->says = who;
	w->events = 0; /* under the same id, which is another's with each source */
	snprintf(data, sizeof(data), "{'deadline':'%s','due':'2026-12-10','reason':'Skäl.'}",
		 deadline);
	HEARD(w, "request", measure, data);
}

static void denies(struct world *w, int id)
{
	w->says = "nils";
	w->events = id;
	HEARD(w, "deny", "HSN-03", "{'requests':['event-1'],'reason':'Nej.'}");
}

/* A refusal names requests by ids that others have used too. */
START_TEST(only_what_was_refused_then_loses_the_reason)
{
	struct world *w = world_new("2026-05-04 12:00", &plan);

	asks(w, "akut", "HSN-03", "RS-58");
	denies(w, 10);
	w->now = instant_of("2026-08-30 12:00");
	asks(w, "kir", "HSN-07", "T2");
	denies(w, 20);
	asks(w, "stod", "HSN-03", "T2");
	w->now = instant_of("2026-09-01 03:00");
	forget(w, MONTHS_KEPT(3), EVER);
	ck_assert_str_eq(request_of(w, "/people/akut").reason, "–");
	ck_assert_str_eq(request_of(w, "/people/akut").answer, "–");
	ck_assert_str_eq(request_of(w, "/people/kir").reason, "Skäl.");
	ck_assert_str_eq(request_of(w, "/people/kir").answer, "Nej.");
	ck_assert_str_eq(request_of(w, "/people/stod").reason, "Skäl.");
	ck_assert_str_eq(request_of(w, "/people/stod").answer, "");
	world_free(w);
}
END_TEST

static int take_detail(void *userdata, const struct item *item)
{
	if (item->what == ITEM_OFF_TRACK)
		tell(userdata, 1000, "%s", item->detail);
	return 0;
}

static const char *details_of(struct world *w)
{
	static char text[1000];
	struct message page[20];
	int count = ledger_messages(w->e.ledger, 0, message_id(0), page, 20);

	text[0] = '\0';
	for (int i = 0; i < count; i++)
		ck_assert_int_eq(ledger_items(w->e.ledger, page[i].id, take_detail, text), 0);
	return text;
}

/* Messages have a limit of their own, and one that waits is still to say what it has to. */
START_TEST(messages_lose_their_words_once_they_have_left)
{
	struct world *w = world_new("2026-05-04 12:00", &plan);

	w->down = "dir";
	HEARD(w, "status", "HSN-03", "{'status':'off-track','note':'Sent.'}");
	world_deliver(w);
	w->now = instant_of("2026-05-06 12:00");
	forget(w, EVER, DAYS_KEPT(1));
	ck_assert_msg(strstr(details_of(w), "Sent.") && strstr(details_of(w), "–"), "%s",
		      details_of(w));
	NOTES_ARE(w, "Sent..");
	world_free(w);
}
END_TEST

UNIT_TESTS("engine/retention", UNIT_ROWS(an_event_is_kept_for_so_long, UNIT_COUNT(ages)),
	   UNIT(as_many_as_there_are), UNIT(only_what_was_refused_then_loses_the_reason),
	   UNIT(messages_lose_their_words_once_they_have_left))
