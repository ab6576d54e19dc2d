/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of the ledger: what is put is what is found, in the order that is promised. */
#include <errno.h>

#include "tests/unit/store.h"

static struct instant at(int64_t us)
{
	return (struct instant){ us };
}

#define SAME(a, b, member) ck_assert_int_eq((a).member, (b).member)
#define SAME_TEXT(a, b, member) ck_assert_str_eq((a).member, (b).member)

/* ---- facts, the log -------------------------------------------------------------------------- */

START_TEST(a_fact_is_empty_until_set)
{
	char value[8];
	struct ledger *l = store_begin();

	ck_assert_int_eq(ledger_meta(l, META_HOLD, value, sizeof(value)), 0);
	ck_assert_str_eq(value, "");
	ck_assert_int_eq(ledger_set_meta(l, META_HOLD, "off"), 0);
	ck_assert_int_eq(ledger_set_meta(l, META_HOLD, "on"), 0);
	ck_assert_int_eq(ledger_meta(l, META_HOLD, value, sizeof(value)), 0);
	ck_assert_str_eq(value, "on");
	store_done(l);
}
END_TEST

START_TEST(an_event_is_known_by_source_and_id)
{
	int64_t seq = -1;
	char *body = NULL;
	struct ledger *l = store_begin();
	int64_t first = store_event(l, "1", "HSN-03");
	struct logged_event note = { .source = "/people/chef-akut",
				     .id = "1",
				     .type = "paminn.note",
				     .subject = "HSN-04",
				     .time = at(1),
				     .received = at(2),
				     .body = "{\"note\":\"åäö\"}" };

	ck_assert_int_eq(first, 1);
	ck_assert_int_eq(store_event(l, "2", "HSN-03"), 2);
	ck_assert(IS_THERE(ledger_find_event, l, "/people/chef-akut", "1", &seq));
	ck_assert_int_eq(seq, first);
	ck_assert(!IS_THERE(ledger_find_event, l, "/people/annan", "1", &seq));
	ck_assert_int_eq(seq, first);
	note.source = "/people/annan";
	ck_assert_int_eq(ledger_append_event(l, &note, &seq), 0);
	ck_assert_int_eq(ledger_event_body(l, seq, &body), 0);
	ck_assert_str_eq(body, "{\"note\":\"åäö\"}");
	free(body);
	ck_assert_int_eq(ledger_event_body(l, 99, &body), -EIO);
	ck_assert_str_eq(ledger_failure(l), "a row that another one names is missing");
	ck_assert_int_eq(store_commit(l, ledger_append_event(l, &note, &seq)), -EEXIST);
	store_done(l);
}
END_TEST

struct walk {
	struct ledger *ledger;
	char seen[200];
	int stop_at; /* rows; 0: never */
	int rows;
};

/* Note a row; end the walk when it is time. */
static int note(struct walk *w, const char *text)
{
	size_t n = strlen(w->seen);

	snprintf(w->seen + n, sizeof(w->seen) - n, "%s ", text);
	return ++w->rows == w->stop_at ? 7 : 0;
}

static int note_event(void *userdata, const struct logged_event *event)
{
	ck_assert_str_eq(event->source, "/people/chef-akut");
	ck_assert_str_eq(event->type, "paminn.status");
	ck_assert_str_eq(event->body, "{}");
	ck_assert_int_eq(event->time.us, 1);
	ck_assert_int_eq(event->received.us, 2);
	return note(userdata, event->id);
}

/* The same look-up inside its own walk. */
static int note_nested(void *userdata, const struct logged_event *event)
{
	struct walk *outer = userdata, inner = { .stop_at = 1 };

	ck_assert_int_eq(ledger_events_of(outer->ledger, event->subject, note_event, &inner), 7);
	return note_event(userdata, event);
}

START_TEST(events_of_a_subject_come_oldest_first)
{
	struct walk all = { 0 }, some = { .stop_at = 2 }, none = { 0 }, nested = { 0 };
	struct ledger *l = store_begin();

	store_event(l, "a", "HSN-03");
	store_event(l, "b", "HSN-04");
	store_event(l, "c", "HSN-03");
	store_event(l, "d", "HSN-03");
	ck_assert_int_eq(ledger_events_of(l, "HSN-03", note_event, &all), 0);
	ck_assert_str_eq(all.seen, "a c d ");
	ck_assert_int_eq(ledger_events_of(l, "HSN-03", note_event, &some), 7);
	ck_assert_str_eq(some.seen, "a c ");
	ck_assert_int_eq(ledger_events_of(l, "HSN-05", note_event, &none), 0);
	ck_assert_str_eq(none.seen, "");
	nested.ledger = l;
	ck_assert_int_eq(ledger_events_of(l, "HSN-03", note_nested, &nested), 0);
	ck_assert_str_eq(nested.seen, "a c d ");
	store_done(l);
}
END_TEST

START_TEST(a_sequence_is_remembered_for_each_source)
{
	int64_t last = 0, lost = 0;
	struct ledger *l = store_begin();

	ck_assert(!IS_THERE(ledger_find_sequence, l, "/systems/ekonomi", &last, &lost));
	ck_assert_int_eq(ledger_set_sequence(l, "/systems/ekonomi", 17, 0), 0);
	ck_assert_int_eq(ledger_set_sequence(l, "/systems/ekonomi", 20, 2), 0);
	ck_assert(IS_THERE(ledger_find_sequence, l, "/systems/ekonomi", &last, &lost));
	ck_assert_int_eq(last, 20);
	ck_assert_int_eq(lost, 2);
	store_done(l);
}
END_TEST

/* ---- obligations ----------------------------------------------------------------------------- */

static void same_obligation(const struct obligation *a, const struct obligation *b)
{
	SAME(*a, *b, id.n);
	SAME_TEXT(*a, *b, deadline);
	SAME_TEXT(*a, *b, measure);
	SAME_TEXT(*a, *b, owner);
	SAME(*a, *b, phase);
	SAME(*a, *b, withdrawal);
	SAME(*a, *b, round);
	SAME(*a, *b, due.day);
	SAME(*a, *b, papers.day);
	SAME(*a, *b, practical.day);
	SAME(*a, *b, base.day);
	SAME(*a, *b, due_original.day);
	SAME(*a, *b, papers_original.day);
	SAME(*a, *b, provisional);
	SAME(*a, *b, extended);
	SAME(*a, *b, opens_at.us);
	SAME(*a, *b, late_at.us);
	SAME(*a, *b, next_at.us);
	SAME(*a, *b, known_at.us);
	SAME(*a, *b, reached_round);
	SAME(*a, *b, reached_at.us);
	SAME(*a, *b, told_round);
	SAME(*a, *b, asked);
	SAME(*a, *b, last_asked.us);
	SAME(*a, *b, answered_at.us);
	SAME(*a, *b, answered_seq);
}

START_TEST(an_obligation_is_found_as_it_was_put)
{
	struct obligation got, o = { .deadline = "RS-58",
				     .measure = "HSN-03",
				     .owner = "chef-akut",
				     .phase = PHASE_WITHDRAWN,
				     .withdrawal = WITHDRAWN_REMOVED,
				     .round = 2,
				     .due = { 1 },
				     .papers = { 2 },
				     .practical = { 3 },
				     .base = { 4 },
				     .due_original = { 5 },
				     .papers_original = { 6 },
				     .provisional = true,
				     .extended = false,
				     .opens_at = { 7 },
				     .late_at = { 8 },
				     .next_at = { 9 },
				     .known_at = { 10 },
				     .reached_round = 11,
				     .reached_at = { 12 },
				     .told_round = 13,
				     .asked = 14,
				     .last_asked = { 15 },
				     .answered_at = { 16 },
				     .answered_seq = 17 };
	struct ledger *l = store_begin();

	ck_assert_int_eq(ledger_put_obligation(l, &o), 0);
	ck_assert_int_gt(o.id.n, 0);
	ck_assert_int_eq(ledger_obligation(l, o.id, &got), 0);
	same_obligation(&got, &o);

	o.phase = PHASE_LIVE;
	o.extended = true;
	o.due_original = CIVIL_NONE;
	o.next_at = INSTANT_NONE;
	o.answered_seq = 18;
	ck_assert_int_eq(ledger_put_obligation(l, &o), 0);
	ck_assert_int_eq(ledger_obligation_of(l, deadline_id("RS-58"), measure_id("HSN-03"), &got),
			 0);
	same_obligation(&got, &o);
	ck_assert(!IS_THERE(ledger_find_obligation_of, l, deadline_id("RS-58"), measure_id(""),
			    &got));
	ck_assert_int_eq(ledger_obligation(l, obligation_id(o.id.n + 1), &got), -EIO);
	store_done(l);
}
END_TEST

static int64_t put_obligation(struct ledger *l, const char *deadline, const char *measure,
			      struct instant next_at)
{
	struct obligation o = { .round = 1, .next_at = next_at };

	snprintf(o.deadline, sizeof(o.deadline), "%s", deadline);
	snprintf(o.measure, sizeof(o.measure), "%s", measure);
	ck_assert_int_eq(ledger_put_obligation(l, &o), 0);
	return o.id.n;
}

static int note_obligation(void *userdata, const struct obligation *o)
{
	char text[200];

	snprintf(text, sizeof(text), "%s/%s", o->deadline, o->measure);
	return note(userdata, text);
}

START_TEST(obligations_are_found_by_deadline_measure_and_instant)
{
	struct walk deadline = { 0 }, measure = { 0 };
	struct obligation out[8];
	struct ledger *l = store_begin();

	put_obligation(l, "B", "m2", at(30));
	put_obligation(l, "B", "m1", at(10));
	int64_t own = put_obligation(l, "B", "", INSTANT_NONE);
	put_obligation(l, "A", "m1", at(20));
	ck_assert_int_eq(
		ledger_obligations_of_deadline(l, deadline_id("B"), note_obligation, &deadline), 0);
	ck_assert_str_eq(deadline.seen, "B/ B/m1 B/m2 ");
	ck_assert_int_eq(
		ledger_obligations_of_measure(l, measure_id("m1"), note_obligation, &measure), 0);
	ck_assert_str_eq(measure.seen, "B/m1 A/m1 ");

	ck_assert_int_eq(ledger_obligations_due(l, at(20), out, 8), 2);
	ck_assert_str_eq(out[0].deadline, "B");
	ck_assert_str_eq(out[1].deadline, "A");
	ck_assert_int_eq(ledger_obligations_due(l, at(99), out, 2), 2);
	ck_assert_int_eq(ledger_obligations_after(l, obligation_id(own), out, 8), 1);
	ck_assert_str_eq(out[0].deadline, "A");
	ck_assert_int_eq(ledger_obligations_after(l, obligation_id(0), out, 3), 3);
	ck_assert_int_eq(out[2].id.n, own);
	store_done(l);
}
END_TEST

static int note_id(void *userdata, struct obligation_id id)
{
	char text[40];

	snprintf(text, sizeof(text), "%d", (int)id.n);
	return note(userdata, text);
}

START_TEST(obligations_are_found_by_index_or_passed_over_in_the_store)
{
	struct walk of_deadline = { 0 }, of_owner = { 0 };
	struct owed_scan scan = { .opened = at(20), .papers = CIVIL_NONE };
	struct obligation out[2], o;
	char next[ITEM_ID];
	bool found;
	struct ledger *l = store_begin();

	for (int i = 0; i < 4; i++) {
		const int64_t id = put_obligation(l, i < 2 ? "S@2026-05-01" : "S@2026-06-01",
						  i % 2 ? "m1" : "m2", INSTANT_NONE);

		ck_assert_int_eq(ledger_obligation(l, obligation_id(id), &o), 0);
		o.opens_at = at(i == 2 ? 30 : 10);
		ck_assert_int_eq(ledger_put_obligation(l, &o), 0);
	}
	ck_assert_int_eq(ledger_obligation_ids_of_deadline(l, deadline_id("S@2026-06-01"), note_id,
							   &of_deadline),
			 0);
	ck_assert_str_eq(of_deadline.seen, "3 4 ");
	ck_assert_int_eq(ledger_obligation_ids_of_owner(l, person_id(o.owner), note_id, &of_owner),
			 0);
	ck_assert_str_eq(of_owner.seen, "1 2 3 4 ");
	ck_assert_int_eq(ledger_next_deadline_owed(l, "S@2026-05-01", "SA", next, &found), 0);
	ck_assert(found);
	ck_assert_str_eq(next, "S@2026-06-01");
	ck_assert_int_eq(ledger_next_deadline_owed(l, next, "SA", next, &found), 0);
	ck_assert(!found);

	ck_assert_int_eq(ledger_obligations_owed(l, &scan, out, 2), 2);
	ck_assert(!scan.over && out[1].id.n == 2);
	ck_assert_int_eq(ledger_obligations_owed(l, &scan, out, 2), 1);
	ck_assert(scan.over && out[0].id.n == 4);
	store_done(l);
}
END_TEST

/* ---- marks ----------------------------------------------------------------------------------- */

static int note_mark(void *userdata, const struct mark *m)
{
	char text[200];

	snprintf(text, sizeof(text), "%d:%s#%u:%s:%d", m->round, m->step, m->repetition,
		 m->recipient, (int)m->decision);
	return note(userdata, text);
}

START_TEST(a_mark_is_unique_and_deciding_again_replaces_it)
{
	struct mark m = { .obligation = { 1 },
			  .round = 2,
			  .step = "-10wd",
			  .recipient = "chef-akut",
			  .decision = DECISION_HELD,
			  .at = { 5 },
			  .decided = { 6 },
			  .retry_at = { 7 },
			  .reason = "absent" };
	struct walk one = { 0 }, all = { 0 };
	struct ledger *l = store_begin();

	ck_assert_int_eq(ledger_put_mark(l, &m), 0);
	m.decision = DECISION_SENT;
	m.retry_at = INSTANT_NONE;
	ck_assert_int_eq(ledger_put_mark(l, &m), 0);
	m.repetition = 1;
	m.at = at(3);
	ck_assert_int_eq(ledger_put_mark(l, &m), 0);
	m = (struct mark){ .obligation = { 1 },
			   .round = 1,
			   .step = "0",
			   .recipient = "channel:teams",
			   .decision = DECISION_MERGED,
			   .at = { 9 },
			   .decided = { 9 },
			   .retry_at = INSTANT_NONE };
	ck_assert_int_eq(ledger_put_mark(l, &m), 0);
	ck_assert_int_eq(ledger_marks(l, obligation_id(1), 2, note_mark, &one), 0);
	ck_assert_str_eq(one.seen, "2:-10wd#1:chef-akut:1 2:-10wd#0:chef-akut:1 ");
	ck_assert_int_eq(ledger_marks(l, obligation_id(1), 0, note_mark, &all), 0);
	ck_assert_str_eq(all.seen, "1:0#0:channel:teams:2 2:-10wd#1:chef-akut:1 "
				   "2:-10wd#0:chef-akut:1 ");
	m.decision = DECISION_PLANNED;
	ck_assert_int_eq(store_commit(l, ledger_put_mark(l, &m)), -EINVAL);
	store_done(l);
}
END_TEST

static void put_deadline(struct ledger *l, const char *id, struct instant next_at)
{
	struct deadline_row d = { .bound = CIVIL_NONE,
				  .extended = CIVIL_NONE,
				  .due_original = CIVIL_NONE,
				  .papers_original = CIVIL_NONE,
				  .next_at = next_at,
				  .submitted_at = INSTANT_NONE,
				  .freeze_at = INSTANT_NONE };

	snprintf(d.id, sizeof(d.id), "%s", id);
	ck_assert_int_eq(ledger_put_deadline(l, &d), 0);
}

START_TEST(what_is_due_next_is_the_earliest_of_each)
{
	struct due_instants due;
	struct message m = { .to = "chef-akut",
			     .channel = "mail",
			     .next_attempt = { 15 },
			     .first_attempt = INSTANT_NONE,
			     .finished = INSTANT_NONE };
	struct ledger *l = store_begin();

	ck_assert_int_eq(ledger_next_due(l, &due), 0);
	ck_assert(instant_is_none(due.decisions) && instant_is_none(due.messages));
	put_obligation(l, "A", "m1", at(20));
	put_deadline(l, "A", at(30));
	ck_assert_int_eq(ledger_put_message(l, &m), 0);
	ck_assert_int_eq(ledger_next_due(l, &due), 0);
	ck_assert_int_eq(due.decisions.us, 20);
	ck_assert_int_eq(due.messages.us, 15);
	put_deadline(l, "A", at(10));
	ck_assert_int_eq(ledger_next_due(l, &due), 0);
	ck_assert_int_eq(due.decisions.us, 10);
	store_done(l);
}
END_TEST

/* ---- walks ----------------------------------------------------------------------------------- */

#define STOPS(name_, type_)                                   \
	static int stop_at_##name_(void *userdata, type_ row) \
	{                                                     \
		(void)row;                                    \
		++*(int *)userdata;                           \
		return 7;                                     \
	}
STOPS(link, const struct link_row *)
STOPS(series, const struct series_row *)
STOPS(own_meeting, const struct own_meeting *)
STOPS(session, const struct session_row *)
STOPS(proposal, const struct proposal_row *)
STOPS(promise, const struct promise *)
STOPS(incoming, const struct incoming_row *)
STOPS(measure, struct measure_id)

static int stop_at_source(void *userdata, const char *source, int64_t lost)
{
	(void)source, (void)lost;
	++*(int *)userdata;
	return 7;
}

/* The second of each, so that there is one to stop before. */
static void put_two_of_each(struct ledger *l)
{
	for (int i = 0; i < 2; i++) {
		const char *const id = i ? "B" : "A";
		struct link_row link = link_row_new(deadline_id(id), body_id("RS"));
		struct measure_row measure = measure_row_new(measure_id(id));
		struct series_row series = { .first_load = CIVIL_NONE, .next_at = INSTANT_NONE };
		struct own_meeting own = { .measure = "M",
					   .due = "meeting RS 2026-10",
					   .body = "RS" };
		struct session_row session = { .person = "anna" };
		struct proposal_row proposal = { .text = (char[]){ "Att notera." }, .seq = 1 };
		struct promise promise = { .obligation = { 1 }, .seq = i };
		struct incoming_row incoming = { .message = { 1 }, .text = (char[]){ "klar" } };

		ck_assert_int_eq(ledger_put_link(l, &link), 0);
		strcpy(measure.done_by_meeting, "RS 2026-10");
		ck_assert_int_eq(ledger_put_measure(l, &measure), 0);
		strcpy(series.id, id);
		ck_assert_int_eq(ledger_put_series(l, &series), 0);
		strcpy(own.deadline, "D");
		strcpy(own.measure, id);
		ck_assert_int_eq(ledger_put_own_meeting(l, &own), 0);
		strcpy(session.hash, id);
		ck_assert_int_eq(ledger_put_session(l, &session), 0);
		strcpy(proposal.item, id);
		ck_assert_int_eq(ledger_put_proposal(l, &proposal), 0);
		strcpy(promise.person, id);
		ck_assert_int_eq(ledger_put_promise(l, &promise), 0);
		strcpy(incoming.key, id);
		ck_assert_int_eq(ledger_put_incoming(l, &incoming), 0);
		ck_assert_int_eq(ledger_set_sequence(l, id, 2, 1), 0);
	}
}

#define ENDS(walk_, ...)                                           \
	do {                                                       \
		int rows = 0;                                      \
                                                                   \
		ck_assert_int_eq(walk_(l, __VA_ARGS__, &rows), 7); \
		ck_assert_int_eq(rows, 1);                         \
	} while (0)

START_TEST(a_walk_ends_when_its_caller_says_so)
{
	struct ledger *l = store_begin();

	put_two_of_each(l);
	ENDS(ledger_links, stop_at_link);
	ENDS(ledger_each_series, stop_at_series);
	ENDS(ledger_own_meetings, deadline_id("D"), stop_at_own_meeting);
	ENDS(ledger_own_meetings_of_body, body_id("RS"), stop_at_own_meeting);
	ENDS(ledger_own_meetings_all, stop_at_own_meeting);
	ENDS(ledger_sessions, stop_at_session);
	ENDS(ledger_proposals, stop_at_proposal);
	ENDS(ledger_promises, obligation_id(1), stop_at_promise);
	ENDS(ledger_incoming, message_id(1), stop_at_incoming);
	ENDS(ledger_incoming_since, INCOMING_FAILURE, at(0), stop_at_incoming);
	ENDS(ledger_measures_of_meetings, body_id("RS"), stop_at_measure);
	ENDS(ledger_sequences_lost, stop_at_source);
	store_done(l);
}
END_TEST

START_TEST(a_name_that_is_longer_than_any_is_refused)
{
	char name[1000];
	struct logged_event event = { .source = "/people/anna",
				      .id = "1",
				      .type = "paminn.note",
				      .subject = name,
				      .time = at(1),
				      .received = at(2),
				      .body = "{}" };
	int64_t seq = 0;
	struct ledger *l = store_begin();

	memset(name, 'a', sizeof(name));
	name[ITEM_ID] = '\0';
	ck_assert_int_eq(ledger_append_event(l, &event, &seq), -EINVAL);
	name[ITEM_ID - 1] = '\0';
	ck_assert_int_eq(ledger_append_event(l, &event, &seq), 0);
	ck_assert_int_eq(seq, 1);
	memset(name, 'a', sizeof(name));
	name[sizeof(name) - 1] = '\0';
	ck_assert_int_eq(ledger_set_sequence(l, name, 1, 0), -EINVAL);
	store_done(l);
}
END_TEST

UNIT_TESTS("ledger/ledger", UNIT(a_walk_ends_when_its_caller_says_so),
	   UNIT(a_name_that_is_longer_than_any_is_refused), UNIT(a_fact_is_empty_until_set),
	   UNIT(an_event_is_known_by_source_and_id), UNIT(events_of_a_subject_come_oldest_first),
	   UNIT(a_sequence_is_remembered_for_each_source),
	   UNIT(an_obligation_is_found_as_it_was_put),
	   UNIT(obligations_are_found_by_deadline_measure_and_instant),
	   UNIT(obligations_are_found_by_index_or_passed_over_in_the_store),
	   UNIT(a_mark_is_unique_and_deciding_again_replaces_it),
	   UNIT(what_is_due_next_is_the_earliest_of_each))
