/* SPDX-License-Identifier: Apache-2.0 */
/* Meetings, measures and deadlines as they stand. */
#include <errno.h>

#include "tests/unit/store.h"

static struct instant at(int64_t us)
{
	return (struct instant){ us };
}
static struct civil_date day(int32_t n)
{
	return (struct civil_date){ n };
}

#define SEEN 200
#define SAME(a, b, member) ck_assert_int_eq((a).member, (b).member)
#define SAME_TEXT(a, b, member) ck_assert_str_eq((a).member, (b).member)

/* Note a row's id. */
static int note(void *userdata, const char *text)
{
	char *seen = userdata;
	size_t n = strlen(seen);

	snprintf(seen + n, SEEN - n, "%s ", text);
	return 0;
}

static int note_meeting(void *userdata, const struct meeting_row *m)
{
	char text[CIVIL_TEXT];

	return note(userdata, civil_format(m->from, text));
}

START_TEST(a_meeting_is_known_by_body_and_day)
{
	struct meeting_row got, m = { .body = "RS",
				      .from = { 20599 },
				      .until = { 20600 },
				      .place = "Umeå",
				      .state = MEETING_KNOWN,
				      .replaced_by = CIVIL_NONE };
	char seen[SEEN] = "";
	struct ledger *l = store_begin();

	ck_assert_int_eq(ledger_put_meeting(l, &m), 0);
	m.state = MEETING_REPLACED;
	m.replaced_by = day(20570);
	ck_assert_int_eq(ledger_put_meeting(l, &m), 0);
	ck_assert_int_eq(ledger_meeting(l, body_id("RS"), day(20599), &got), 0);
	SAME_TEXT(got, m, body);
	SAME_TEXT(got, m, place);
	SAME(got, m, from.day);
	SAME(got, m, until.day);
	SAME(got, m, state);
	SAME(got, m, replaced_by.day);
	ck_assert(!IS_THERE(ledger_find_meeting, l, body_id("HSN"), day(20599), &got));

	m = (struct meeting_row){
		.body = "RS", .from = { 20570 }, .until = { 20570 }, .replaced_by = CIVIL_NONE
	};
	ck_assert_int_eq(ledger_put_meeting(l, &m), 0);
	ck_assert_int_eq(ledger_meetings(l, body_id("RS"), note_meeting, seen), 0);
	ck_assert_str_eq(seen, "2026-04-27 2026-05-26 ");
	store_done(l);
}
END_TEST

START_TEST(a_measure_keeps_what_is_left_out_apart_from_nothing)
{
	static char note_text[] = "två\nrader";
	struct measure_row got, m = { .id = "HSN-03",
				      .owner = "chef-akut",
				      .status = STATUS_AT_RISK,
				      .time = { 5 },
				      .seq = 42,
				      .progress = { true, 0 },
				      .effect_forecast = { true, -3 },
				      .alerts = "off-track",
				      .note = note_text };
	struct ledger *l = store_begin();

	ck_assert(!IS_THERE(ledger_find_measure, l, measure_id("HSN-03"), &got));
	ck_assert_int_eq(ledger_put_measure(l, &m), 0);
	ck_assert_int_eq(ledger_measure(l, measure_id("HSN-03"), &got), 0);
	SAME_TEXT(got, m, id);
	SAME_TEXT(got, m, owner);
	SAME(got, m, status);
	SAME(got, m, time.us);
	SAME(got, m, seq);
	ck_assert(got.progress.given && got.progress.value == 0);
	ck_assert(!got.effect_achieved.given);
	ck_assert(got.effect_forecast.given && got.effect_forecast.value == -3);
	SAME_TEXT(got, m, alerts);
	ck_assert_ptr_null(got.needs_support);
	SAME_TEXT(got, m, note);
	measure_row_done(&got);

	m = (struct measure_row){ .id = "HSN-03", .status = STATUS_NONE, .time = INSTANT_NONE };
	ck_assert_int_eq(ledger_put_measure(l, &m), 0);
	ck_assert_int_eq(ledger_measure(l, measure_id("HSN-03"), &got), 0);
	ck_assert_int_eq(got.status, STATUS_NONE);
	ck_assert(instant_is_none(got.time));
	ck_assert_ptr_null(got.note);
	store_done(l);
}
END_TEST

static int note_deadline(void *userdata, const struct deadline_row *d)
{
	return note(userdata, d->id);
}

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

START_TEST(a_deadline_is_found_as_it_was_put)
{
	struct deadline_row got, d = { .id = "RS-58@2026-05-26",
				       .bound = { 1 },
				       .due = { 2 },
				       .papers = { 3 },
				       .extended = { 4 },
				       .due_original = { 5 },
				       .papers_original = { -6 },
				       .rule_date = { 10 },
				       .meeting_at_birth = { 11 },
				       .state = DEADLINE_SUPERSEDED,
				       .opened_at = { 12 },
				       .unbound_at = { 13 },
				       .next_at = { 7 },
				       .submitted_seq = 8,
				       .submitted_at = { 9 },
				       .reference = "HSN 2026-05-21 § 70" };
	struct ledger *l = store_begin();

	ck_assert_int_eq(ledger_put_deadline(l, &d), 0);
	ck_assert_int_eq(ledger_deadline(l, deadline_id(d.id), &got), 0);
	SAME_TEXT(got, d, id);
	SAME(got, d, bound.day);
	SAME(got, d, due.day);
	SAME(got, d, papers.day);
	SAME(got, d, extended.day);
	SAME(got, d, due_original.day);
	SAME(got, d, papers_original.day);
	SAME(got, d, rule_date.day);
	SAME(got, d, meeting_at_birth.day);
	SAME(got, d, state);
	SAME(got, d, opened_at.us);
	SAME(got, d, unbound_at.us);
	SAME(got, d, next_at.us);
	SAME(got, d, submitted_seq);
	SAME(got, d, submitted_at.us);
	SAME_TEXT(got, d, reference);
	ck_assert(!IS_THERE(ledger_find_deadline, l, deadline_id("RS-58"), &got));
	store_done(l);
}
END_TEST

START_TEST(deadlines_are_due_earliest_first)
{
	struct deadline_row out[8];
	char seen[SEEN] = "";
	struct ledger *l = store_begin();

	put_deadline(l, "D", INSTANT_NONE);
	put_deadline(l, "C", at(10));
	put_deadline(l, "B", at(30));
	put_deadline(l, "A", at(20));
	ck_assert_int_eq(ledger_deadlines(l, note_deadline, seen), 0);
	ck_assert_str_eq(seen, "A B C D ");
	ck_assert_int_eq(ledger_deadlines_due(l, at(9), out, 8), 0);
	ck_assert_int_eq(ledger_deadlines_due(l, at(20), out, 8), 2);
	ck_assert_str_eq(out[0].id, "C");
	ck_assert_str_eq(out[1].id, "A");
	ck_assert_int_eq(ledger_deadlines_due(l, at(99), out, 1), 1);
	ck_assert(civil_is_none(out[0].bound) && instant_is_none(out[0].submitted_at));
	store_done(l);
}
END_TEST

static int note_series(void *userdata, const struct series_row *s)
{
	return note(userdata, s->id);
}

START_TEST(a_series_is_found_as_it_was_put_and_when_it_is_due)
{
	struct series_row got[4], s = { .id = "RS-K", .first_load = { 3 }, .next_at = at(20) };
	char seen[SEEN] = "";
	struct due_instants due;
	struct ledger *l = store_begin();

	ck_assert_int_eq(ledger_put_series(l, &s), 0);
	s = (struct series_row){ .id = "A", .first_load = CIVIL_NONE, .next_at = at(30) };
	ck_assert_int_eq(ledger_put_series(l, &s), 0);
	put_deadline(l, "D", at(25));
	ck_assert_int_eq(ledger_series(l, deadline_id("RS-K"), got), 0);
	ck_assert_int_eq(got[0].first_load.day, 3);
	ck_assert_int_eq(got[0].next_at.us, at(20).us);
	ck_assert(!IS_THERE(ledger_find_series, l, deadline_id("D"), got));
	ck_assert_int_eq(ledger_each_series(l, note_series, seen), 0);
	ck_assert_str_eq(seen, "A RS-K ");
	ck_assert_int_eq(ledger_series_due(l, at(19), got, 4), 0);
	ck_assert_int_eq(ledger_series_due(l, at(30), got, 4), 2);
	ck_assert_str_eq(got[0].id, "RS-K");
	ck_assert(civil_is_none(got[1].first_load));
	ck_assert_int_eq(ledger_next_due(l, &due), 0);
	ck_assert_int_eq(due.decisions.us, at(20).us);
	store_done(l);
}
END_TEST

UNIT_TESTS("ledger/standing", UNIT(a_meeting_is_known_by_body_and_day),
	   UNIT(a_measure_keeps_what_is_left_out_apart_from_nothing),
	   UNIT(a_deadline_is_found_as_it_was_put), UNIT(deadlines_are_due_earliest_first),
	   UNIT(a_series_is_found_as_it_was_put_and_when_it_is_due))
