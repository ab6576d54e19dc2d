/* SPDX-License-Identifier: Apache-2.0 */
/* Rows are read once a transaction and written once; whoever asks sees what is pending. */
#include <errno.h>

#include "ledger/acts.h"
#include "ledger/lists.h"
#include "ledger/obligation_fill.h"
#include "ledger/working_set.h"
#include "tests/unit/store.h"

static struct instant at(int64_t us)
{
	return (struct instant){ us };
}

static int64_t put_obligation(struct ledger *l, const char *deadline, const char *measure,
			      struct instant next_at)
{
	struct obligation o = { .round = 1, .next_at = next_at };

	snprintf(o.deadline, sizeof(o.deadline), "%s", deadline);
	snprintf(o.measure, sizeof(o.measure), "%s", measure);
	ck_assert_int_eq(ledger_put_obligation(l, &o), 0);
	return o.id.n;
}

static void change_obligation(struct ledger *l, int64_t id, int asked, struct instant next_at)
{
	struct obligation o;

	ck_assert_int_eq(ledger_obligation(l, obligation_id(id), &o), 0);
	o.asked = asked;
	o.next_at = next_at;
	ck_assert_int_eq(ledger_put_obligation(l, &o), 0);
}

static void put_deadline(struct ledger *l, const char *id, struct instant next_at)
{
	struct deadline_row d = deadline_row_new(deadline_id(id));

	d.next_at = next_at;
	ck_assert_int_eq(ledger_put_deadline(l, &d), 0);
}

static int64_t put_message(struct ledger *l, const char *to, struct instant planned)
{
	struct message m = { .channel = "mail",
			     .planned = planned,
			     .next_attempt = planned,
			     .first_attempt = INSTANT_NONE,
			     .finished = INSTANT_NONE };

	snprintf(m.to, sizeof(m.to), "%s", to);
	ck_assert_int_eq(ledger_put_message(l, &m), 0);
	return m.id.n;
}

static int note_id(void *userdata, const struct obligation *o)
{
	char *seen = userdata;
	size_t n = strlen(seen);

	snprintf(seen + n, 200 - n, "%d:%d ", (int)o->id.n, o->asked);
	return 0;
}

/* ---- once ------------------------------------------------------------------------------------ */

START_TEST(a_thousand_changes_of_ten_rows_are_ten_statements)
{
	struct measure_row m = { .time = INSTANT_NONE };
	struct ledger *l = store_begin();

	for (int i = 0; i < 10; i++) {
		snprintf(m.id, sizeof(m.id), "M-%d", i);
		ck_assert_int_eq(ledger_put_measure(l, &m), 0);
	}
	ck_assert_int_eq(ledger_commit(l), 0);

	ck_assert_int_eq(ledger_begin(l), 0);
	uint64_t before = ledger_statements(l);
	for (int i = 0; i < 1000; i++) {
		char id[16];
		snprintf(id, sizeof(id), "M-%d", i % 10);
		ck_assert_int_eq(ledger_measure(l, measure_id(id), &m), 0);
		m.seq = i;
		m.progress = (struct optional){ true, i };
		ck_assert_int_eq(ledger_put_measure(l, &m), 0);
		measure_row_done(&m);
	}
	ck_assert_uint_eq(ledger_statements(l) - before, 10);
	ck_assert_int_eq(ledger_commit(l), 0);
	ck_assert_uint_eq(ledger_statements(l) - before, 10 + 10 + 1);

	ck_assert_int_eq(ledger_measure(l, measure_id("M-3"), &m), 0);
	ck_assert_int_eq(m.seq, 993);
	ck_assert_int_eq(m.progress.value, 993);
	measure_row_done(&m);
	store_done(l);
}
END_TEST

START_TEST(what_is_put_as_it_was_costs_nothing)
{
	static char text[] = "behöver hjälp";
	struct measure_row m = { .id = "M", .time = { 7 }, .needs_support = text };
	struct ledger *l = store_begin();
	int64_t id = put_obligation(l, "D", "M", at(5));

	put_deadline(l, "D", at(5));
	ck_assert_int_eq(ledger_put_measure(l, &m), 0);
	ck_assert_int_eq(ledger_commit(l), 0);

	ck_assert_int_eq(ledger_begin(l), 0);
	struct deadline_row d;
	ck_assert_int_eq(ledger_measure(l, measure_id("M"), &m), 0);
	ck_assert_int_eq(ledger_deadline(l, deadline_id("D"), &d), 0);
	change_obligation(l, id, 0, at(5));
	ck_assert_int_eq(ledger_put_measure(l, &m), 0);
	ck_assert_int_eq(ledger_put_deadline(l, &d), 0);
	measure_row_done(&m);
	uint64_t before = ledger_statements(l);
	ck_assert_int_eq(ledger_commit(l), 0);
	ck_assert_uint_eq(ledger_statements(l) - before, 1);
	store_done(l);
}
END_TEST

START_TEST(a_pending_change_has_been_written)
{
	struct measure_row m = { .id = "M", .time = INSTANT_NONE };
	struct ledger *l = store_begin();

	ck_assert(!ledger_has_written(l));
	ck_assert_int_eq(ledger_put_measure(l, &m), 0);
	ck_assert(ledger_has_written(l));
	ck_assert_int_eq(ledger_commit(l), 0);
	ck_assert_int_eq(ledger_begin(l), 0);
	ck_assert(!ledger_has_written(l));
	ck_assert_int_eq(ledger_put_measure(l, &m), 0);
	ck_assert_int_eq(ledger_measure(l, measure_id("M"), &m), 0);
	ledger_rollback(l);
	measure_row_done(&m);
	store_done(l);
}
END_TEST

START_TEST(a_text_changes_in_a_transaction_and_after_it)
{
	static char first[] = "ett", second[] = "två";
	struct measure_row got, m = { .id = "M", .time = INSTANT_NONE, .note = first };
	struct ledger *l = store_begin();

	ck_assert_int_eq(ledger_put_measure(l, &m), 0);
	m.note = second;
	m.needs_support = first;
	ck_assert_int_eq(ledger_put_measure(l, &m), 0);
	ck_assert_int_eq(ledger_measure(l, measure_id("M"), &got), 0);
	ck_assert_str_eq(got.note, "två");
	ck_assert_str_eq(got.needs_support, "ett");
	measure_row_done(&got);
	m.needs_support = NULL;
	ck_assert_int_eq(ledger_put_measure(l, &m), 0);
	ck_assert_int_eq(ledger_commit(l), 0);
	ck_assert_int_eq(ledger_measure(l, measure_id("M"), &got), 0);
	ck_assert_str_eq(got.note, "två");
	ck_assert_ptr_null(got.needs_support);
	measure_row_done(&got);
	store_done(l);
}
END_TEST

/* ---- pending --------------------------------------------------------------------------------- */

START_TEST(every_list_of_obligations_sees_what_is_pending)
{
	char measure[200] = "", deadline[200] = "";
	struct obligation out[4];
	struct due_instants due;
	struct ledger *l = store_begin();
	int64_t first = put_obligation(l, "A", "m", at(30));

	ck_assert_int_eq(ledger_commit(l), 0);
	ck_assert_int_eq(ledger_begin(l), 0);
	change_obligation(l, first, 1, at(20));
	int64_t second = put_obligation(l, "B", "m", at(10));
	change_obligation(l, second, 2, at(10));

	ck_assert_int_eq(ledger_obligations_of_measure(l, measure_id("m"), note_id, measure), 0);
	ck_assert_str_eq(measure, "1:1 2:2 ");
	ck_assert_int_eq(ledger_obligations_of_deadline(l, deadline_id("B"), note_id, deadline), 0);
	ck_assert_str_eq(deadline, "2:2 ");
	ck_assert_int_eq(ledger_obligation_of(l, deadline_id("B"), measure_id("m"), &out[0]), 0);
	ck_assert_int_eq(out[0].asked, 2);
	ck_assert(!IS_THERE(ledger_find_obligation_of, l, deadline_id("C"), measure_id("m"),
			    &out[0]));

	change_obligation(l, first, 3, at(5));
	ck_assert_int_eq(ledger_obligations_due(l, at(15), out, 4), 2);
	ck_assert_int_eq(out[0].id.n, first);
	change_obligation(l, first, 4, at(5));
	ck_assert_int_eq(ledger_obligations_after(l, obligation_id(0), out, 4), 2);
	ck_assert_int_eq(out[0].asked, 4);
	change_obligation(l, first, 4, at(2));
	ck_assert_int_eq(ledger_next_due(l, &due), 0);
	ck_assert_int_eq(due.decisions.us, 2);
	store_done(l);
}
END_TEST

static int note_deadline(void *userdata, const struct deadline_row *d)
{
	strcat(strcat(userdata, d->id), " ");
	return 0;
}

START_TEST(every_list_of_deadlines_sees_what_is_pending)
{
	char all[100] = "", series[100] = "";
	struct deadline_row out[4];
	struct ledger *l = store_begin();

	put_deadline(l, "B", at(9));
	put_deadline(l, "A@2026-01-01", at(8));
	ck_assert_int_eq(ledger_deadlines(l, note_deadline, all), 0);
	ck_assert_str_eq(all, "A@2026-01-01 B ");
	put_deadline(l, "A@2026-02-01", at(7));
	ck_assert_int_eq(ledger_occurrences(l, deadline_id("A"), note_deadline, series), 0);
	ck_assert_str_eq(series, "A@2026-01-01 A@2026-02-01 ");
	put_deadline(l, "B", at(1));
	ck_assert_int_eq(ledger_deadlines_due(l, at(7), out, 4), 2);
	ck_assert_str_eq(out[0].id, "B");
	store_done(l);
}
END_TEST

static int count_item(void *userdata, const struct item *item)
{
	(void)item;
	++*(int *)userdata;
	return 0;
}

START_TEST(every_look_at_the_outbox_sees_what_is_pending)
{
	struct message m, out[4];
	struct item item = { .obligation = { 7 }, .deadline = "D" };
	const struct item_subject of_seven = { .obligation = { 7 } };
	const struct message_key to_anna = { recipient_id("anna"), "mail", KIND_REMINDER, at(9) };
	struct due_instants due;
	int items = 0;
	struct ledger *l = store_begin();
	int64_t id = put_message(l, "anna", at(9));

	ck_assert(IS_THERE(ledger_find_message_to_join, l, &to_anna, &m));
	ck_assert_int_eq(m.id.n, id);
	item.message = message_id(id);
	ck_assert_int_eq(ledger_put_item(l, &item), 0);
	ck_assert_int_eq(ledger_items_in(l, message_states_open(), of_seven, count_item, &items),
			 0);
	ck_assert_int_eq(items, 1);
	m.finished = at(3);
	m.next_attempt = INSTANT_NONE;
	m.state = MESSAGE_DROPPED;
	ck_assert_int_eq(ledger_put_message(l, &m), 0);
	ck_assert_int_eq(ledger_items_in(l, message_states_open(), of_seven, count_item, &items),
			 0);
	ck_assert_int_eq(items, 1);
	ck_assert_int_eq(ledger_messages(l, 1U << MESSAGE_DROPPED, message_id(0), out, 4), 1);

	id = put_message(l, "bo", at(5));
	ck_assert_int_eq(ledger_messages_ready(l, at(5), out, 4), 1);
	ck_assert_int_eq(ledger_next_due(l, &due), 0);
	ck_assert_int_eq(due.messages.us, 5);
	ck_assert_int_eq(ledger_messages_forward(l, "mail", at(6), at(4)), 0);
	ck_assert_int_eq(ledger_message(l, message_id(id), &m), 0);
	ck_assert_int_eq(m.next_attempt.us, 4);
	store_done(l);
}
END_TEST

START_TEST(a_rollback_forgets_what_was_pending)
{
	struct measure_row m = { .id = "M", .time = INSTANT_NONE };
	char hold[8];
	struct ledger *l = store_begin();
	int64_t id = put_obligation(l, "A", "m", at(30));

	ck_assert_int_eq(ledger_commit(l), 0);
	ck_assert_int_eq(ledger_begin(l), 0);
	change_obligation(l, id, 5, at(1));
	ck_assert_int_eq(ledger_put_measure(l, &m), 0);
	ck_assert_int_eq(ledger_set_meta(l, META_HOLD, "on"), 0);
	ck_assert_int_eq(ledger_meta(l, META_HOLD, hold, sizeof(hold)), 0);
	int64_t lost = put_obligation(l, "B", "m", at(30));
	ledger_rollback(l);

	ck_assert_int_eq(ledger_begin(l), 0);
	struct obligation o;
	ck_assert_int_eq(ledger_obligation(l, obligation_id(id), &o), 0);
	ck_assert_int_eq(o.asked, 0);
	ck_assert_int_eq(ledger_obligations_after(l, obligation_id(lost - 1), &o, 1), 0);
	ck_assert(!IS_THERE(ledger_find_measure, l, measure_id("M"), &m));
	ck_assert(!ledger_is_on_hold(l));
	store_done(l);
}
END_TEST

static int note_absence(void *userdata, const struct absence *a)
{
	char *seen = userdata;
	size_t n = strlen(seen);

	snprintf(seen + n, 200 - n, "%s:%d ", a->person, (int)a->seq);
	return 0;
}

static const char *absences(struct ledger *l, const char *person, int day)
{
	static char seen[200];

	seen[0] = '\0';
	ck_assert_int_eq(ledger_absences(l, person_id(person), (struct civil_date){ day },
					 note_absence, seen),
			 0);
	return seen;
}

START_TEST(absences_are_read_once_and_are_those_that_stand)
{
	struct absence a = { .person = "bo", .from = { 10 }, .until = { 20 }, .seq = 1 };
	struct ledger *l = store_begin();

	ck_assert_int_eq(ledger_put_absence(l, &a), 0);
	strcpy(a.person, "anna");
	a.seq = 2;
	ck_assert_int_eq(ledger_put_absence(l, &a), 0);
	ck_assert_str_eq(absences(l, NULL, 15), "anna:2 bo:1 ");
	uint64_t before = ledger_statements(l);
	ck_assert_str_eq(absences(l, "bo", 20), "bo:1 ");
	ck_assert_str_eq(absences(l, NULL, 21), "");
	ck_assert_uint_eq(ledger_statements(l), before);
	ck_assert_int_eq(ledger_commit(l), 0);
	ck_assert_int_eq(ledger_begin(l), 0);
	before = ledger_statements(l);
	ck_assert_str_eq(absences(l, "anna", 15), "anna:2 ");
	ck_assert_uint_eq(ledger_statements(l), before);

	a.until = (struct civil_date){ 14 };
	a.seq = 3;
	ck_assert_int_eq(ledger_put_absence(l, &a), 0);
	ck_assert_str_eq(absences(l, NULL, 15), "bo:1 ");
	ck_assert_str_eq(absences(l, NULL, 5), "anna:3 bo:1 ");
	ledger_rollback(l);
	ck_assert_str_eq(absences(l, NULL, 15), "anna:2 bo:1 ");
	store_done(l);
}
END_TEST

/* ---- bounds, and all together ---------------------------------------------------------------- */

START_TEST(more_rows_than_a_set_holds_are_no_less_right)
{
	enum { MANY = 10000 };
	struct obligation o;
	struct ledger *l = store_begin();

	for (int i = 1; i <= MANY; i++) {
		char deadline[16];
		snprintf(deadline, sizeof(deadline), "D-%d", i);
		ck_assert_int_eq(put_obligation(l, deadline, i % 2 ? "m" : "n", at(i)), i);
	}
	for (int i = 1; i <= MANY; i++)
		change_obligation(l, i, i, INSTANT_NONE);
	ck_assert_int_eq(ledger_commit(l), 0);
	for (int i = 1; i <= MANY; i += 999) {
		ck_assert_int_eq(ledger_obligation(l, obligation_id(i), &o), 0);
		ck_assert_int_eq(o.asked, i);
	}
	store_done(l);
}
END_TEST

/* The same changes in one long transaction and in one each: every answer is the same. */
enum { KEYS = 6, STEPS = 4000 };

static unsigned random_below(uint32_t *state, unsigned n)
{
	*state = *state * 1664525U + 1013904223U;
	return (*state >> 8) % n;
}

static void one_step(struct ledger *l, uint32_t seed, char *out, size_t size)
{
	char deadline[16], measure[16], seen[200] = "";
	struct obligation o = { .round = 1 }, list[3];
	struct measure_row m = { .time = INSTANT_NONE };
	struct deadline_row d;
	int r = 0, count = 0;
	unsigned what = random_below(&seed, 8), value = random_below(&seed, 100);

	snprintf(deadline, sizeof(deadline), "D-%u", random_below(&seed, KEYS));
	snprintf(measure, sizeof(measure), "M-%u", random_below(&seed, KEYS));
	switch (what) {
	case 0: /* what is owed, or asked once more */
		r = ledger_obligation_of(l, deadline_id(deadline), measure_id(measure), &o);
		o.asked = (int)value;
		o.next_at = at(value);
		snprintf(o.deadline, sizeof(o.deadline), "%s", deadline);
		snprintf(o.measure, sizeof(o.measure), "%s", measure);
		ck_assert_int_eq(ledger_put_obligation(l, &o), 0);
		break;
	case 1:
		r = ledger_measure(l, measure_id(measure), &m);
		snprintf(m.id, sizeof(m.id), "%s", measure);
		measure_row_done(&m);
		m.note = value % 3 ? deadline : NULL;
		m.seq += value;
		ck_assert_int_eq(ledger_put_measure(l, &m), 0);
		m.note = NULL;
		break;
	case 2:
		put_deadline(l, deadline, at(value));
		break;
	case 3:
		r = ledger_obligations_of_measure(l, measure_id(measure), note_id, seen);
		break;
	case 4:
		r = ledger_obligations_of_deadline(l, deadline_id(deadline), note_id, seen);
		break;
	case 5:
		count = ledger_obligations_due(l, at(value), list, 3);
		for (int i = 0; i < count; i++)
			note_id(seen, &list[i]);
		break;
	case 6: /* put as read from a list */
		count = ledger_obligations_after(l, obligation_id(value % 7), list, 1);
		if (count > 0) {
			list[0].asked++;
			ck_assert_int_eq(ledger_put_obligation(l, &list[0]), 0);
		}
		break;
	case 7:
		r = ledger_deadline(l, deadline_id(deadline), &d);
		snprintf(seen, sizeof(seen), "%d", r == 0 ? (int)d.next_at.us : -1);
		break;
	}
	snprintf(out, size, "%u %s %s %d %d %s", what, deadline, measure, r, count, seen);
}

/* Now and then something is asked ahead, needed or not. */
static void prefetch_some(struct ledger *l, uint32_t seed)
{
	char measure[16], id[16];

	snprintf(measure, sizeof(measure), "M-%u", random_below(&seed, KEYS));
	snprintf(id, sizeof(id), "%u", random_below(&seed, KEYS));
	if (random_below(&seed, 3) == 0)
		ck_assert_int_eq(ledger_prefetch_event(l, "/people/bo", id, measure), 0);
}

START_TEST(one_long_transaction_answers_as_many_short_ones)
{
	struct ledger *longer = store_begin(), *shorter = NULL;
	const uint32_t steps = store_is_shared() ? STEPS / 4 : STEPS;
	char a[300], b[300];

	shorter = store_in_memory();
	for (uint32_t i = 0; i < steps; i++) {
		uint32_t seed = (uint32_t)_i * 7919 + i * 2654435761U;
		prefetch_some(longer, seed ^ 0x55555555U);
		one_step(longer, seed, a, sizeof(a));
		ck_assert_int_eq(ledger_begin(shorter), 0);
		one_step(shorter, seed, b, sizeof(b));
		ck_assert_int_eq(ledger_commit(shorter), 0);
		ck_assert_msg(strcmp(a, b) == 0, "step %u: %s | %s", i, a, b);
		if (i % (steps / 4) == steps / 4 - 1) {
			ck_assert_int_eq(ledger_commit(longer), 0);
			ck_assert_int_eq(ledger_begin(longer), 0);
		}
	}
	ledger_close(shorter);
	store_done(longer);
}
END_TEST

/* ---- asked ahead ----------------------------------------------------------------------------- */

static bool is_logged(struct ledger *l, const char *id)
{
	int64_t seq;

	return IS_THERE(ledger_find_event, l, "/people/chef-akut", id, &seq);
}

START_TEST(the_same_event_twice_in_a_turn_is_found_though_it_was_asked_for_ahead)
{
	struct ledger *l = store_begin();

	ck_assert(ledger_prefetches(l) == store_is_shared());
	for (int i = 0; i < 3; i++)
		ck_assert_int_eq(ledger_prefetch_event(l, "/people/chef-akut", "7", "M"), 0);
	ck_assert(!is_logged(l, "7"));
	int64_t seq = store_event(l, "7", "M");
	ck_assert(is_logged(l, "7"));
	ck_assert_int_eq(ledger_prefetch_event(l, "/people/chef-akut", "7", "M"), 0);
	ck_assert(is_logged(l, "7"));
	ck_assert_int_eq(store_event(l, "8", "M"), seq + 1);
	ck_assert_int_eq(ledger_commit(l), 0);
	store_done(l);
}
END_TEST

START_TEST(what_is_asked_ahead_ends_with_the_transaction)
{
	struct ledger *l = store_begin();

	store_event(l, "7", "M");
	ck_assert_int_eq(ledger_prefetch_event(l, "/people/chef-akut", "8", "M"), 0);
	ledger_rollback(l);
	ck_assert_int_eq(ledger_begin(l), 0);
	store_event(l, "8", "M");
	ck_assert(is_logged(l, "8"));
	ck_assert(!is_logged(l, "7"));
	ck_assert_int_eq(ledger_prefetch_event(l, "/people/chef-akut", "9", "M"), 0);
	ck_assert_int_eq(ledger_commit(l), 0);
	ck_assert_int_eq(ledger_begin(l), 0);
	store_event(l, "9", "M");
	ck_assert(is_logged(l, "9"));
	store_done(l);
}
END_TEST

static int count_mark(void *userdata, const struct mark *m)
{
	(void)m;
	++*(int *)userdata;
	return 0;
}

static int marks(struct ledger *l, struct obligation_id id, int round)
{
	int count = 0;

	ck_assert_int_eq(ledger_marks(l, id, round, count_mark, &count), 0);
	return count;
}

static int live_items(struct ledger *l, struct message_id id)
{
	struct items items = { 0 };
	int r = list_items(l, id, &items), count = (int)items.count;

	ck_assert_int_eq(r, 0);
	items_done(&items);
	return count;
}

START_TEST(what_is_written_after_it_was_asked_for_ahead_is_in_the_answer)
{
	struct ledger *l = store_begin();
	struct obligation_id id = { put_obligation(l, "A", "m", at(30)) };
	struct message_id message = { put_message(l, "anna", at(9)) };
	struct mark mark = { .obligation = id,
			     .round = 1,
			     .step = "s",
			     .recipient = "anna",
			     .decision = DECISION_SENT,
			     .at = at(1),
			     .decided = at(1),
			     .retry_at = INSTANT_NONE };
	struct item item = { .message = message, .obligation = id, .deadline = "A" };
	struct request_row got, request = { .seq = 1,
					    .event = "e",
					    .source = "/people/bo",
					    .deadline = "A",
					    .measure = "m",
					    .due = "2026-10-20",
					    .at = at(1),
					    .decided_at = INSTANT_NONE };

	ck_assert_int_eq(ledger_put_mark(l, &mark), 0);
	ck_assert_int_eq(ledger_put_item(l, &item), 0);
	for (int i = 2; i < 4; i++) {
		/* One round is not another, and some are answered already when it is written. */
		ck_assert_int_eq(ledger_prefetch_marks(l, id, 1), 0);
		ck_assert_int_eq(ledger_prefetch_marks(l, id, 2), 0);
		ck_assert_int_eq(ledger_prefetch_items(l, message), 0);
		if (i == 3)
			ck_assert_int_eq(marks(l, id, 2), 0);
		snprintf(mark.step, sizeof(mark.step), "s%d", i);
		item.n = (unsigned)i;
		ck_assert_int_eq(ledger_put_mark(l, &mark), 0);
		ck_assert_int_eq(ledger_put_item(l, &item), 0);
		ck_assert_int_eq(marks(l, id, 1), i);
		ck_assert_int_eq(marks(l, id, 2), 0);
		ck_assert_int_eq(live_items(l, message), i);
	}
	ck_assert_int_eq(ledger_prefetch_items(l, message), 0);
	ck_assert_int_eq(ledger_strike_item(l, message, 2), 0);
	ck_assert_int_eq(live_items(l, message), 2);
	ck_assert_int_eq(ledger_prefetch_open_request(l, deadline_id("A"), measure_id("m")), 0);
	ck_assert_int_eq(ledger_prefetch_marks(l, id, 1), 0);
	ck_assert_int_eq(ledger_put_request(l, &request), 0);
	ck_assert(IS_THERE(ledger_find_open_request, l, deadline_id("A"), measure_id("m"), &got));
	ck_assert_int_eq(ledger_prefetch_marks(l, id, 1), 0);
	ck_assert_int_eq(ledger_drop_row(l, &mark_type, &mark), 0);
	ck_assert_int_eq(marks(l, id, 1), 2);
	store_done(l);
}
END_TEST

static int64_t joined(struct ledger *l, int64_t planned)
{
	const struct message_key key = { recipient_id("anna"), "mail", KIND_REMINDER, at(planned) };
	struct message m;

	return IS_THERE(ledger_find_message_to_join, l, &key, &m) ? m.id.n : 0;
}

START_TEST(a_message_put_after_it_was_asked_for_ahead_is_joined_as_it_stands)
{
	const struct message_key nine = { recipient_id("anna"), "mail", KIND_REMINDER, at(9) };
	const struct message_key any = { recipient_id("anna"), "mail", KIND_REMINDER,
					 INSTANT_NONE };
	struct ledger *l = store_begin();
	struct item item = { .deadline = "A" };
	struct message m;

	ck_assert_int_eq(ledger_prefetch_message_to_join(l, &nine), 0);
	ck_assert_int_eq(ledger_prefetch_message_to_join(l, &any), 0);
	int64_t id = put_message(l, "anna", at(9));
	ck_assert_int_eq(joined(l, 9), id);
	ck_assert(IS_THERE(ledger_find_message_to_join, l, &any, &m));
	item.message = message_id(id);
	for (int i = 1; i < 4; i++) {
		ck_assert_int_eq(ledger_prefetch_items(l, item.message), 0);
		ck_assert_int_eq(ledger_add_item(l, &item), 0);
		ck_assert_int_eq(live_items(l, item.message), i);
	}
	ck_assert_int_eq(ledger_prefetch_message_to_join(l, &nine), 0);
	m.planned = m.next_attempt = at(12);
	ck_assert_int_eq(ledger_put_message(l, &m), 0);
	ck_assert_int_eq(joined(l, 9), 0);
	ck_assert_int_eq(joined(l, 12), id);
	ck_assert_int_eq(ledger_commit(l), 0);

	/* One that is in no set of this transaction. */
	ck_assert_int_eq(ledger_begin(l), 0);
	ck_assert_int_eq(ledger_prefetch_message_to_join(l, &nine), 0);
	m.planned = m.next_attempt = at(9);
	ck_assert_int_eq(ledger_put_message(l, &m), 0);
	ck_assert_int_eq(joined(l, 9), id);
	store_done(l);
}
END_TEST

START_TEST(an_obligation_made_after_its_measure_was_asked_for_is_among_its_own)
{
	char seen[200] = "";
	struct obligation due[4];
	struct ledger *l = store_begin();
	int64_t first = put_obligation(l, "A", "M", at(5));

	ck_assert_int_eq(ledger_commit(l), 0);
	ck_assert_int_eq(ledger_begin(l), 0);
	ck_assert_int_eq(ledger_prefetch_event(l, "/people/bo", "1", "M"), 0);
	int64_t second = put_obligation(l, "B", "M", at(6));
	ck_assert_int_eq(ledger_obligations_due(l, at(9), due, 4),
			 2); /* what is pending is written */
	ck_assert_int_eq(ledger_obligations_of_measure(l, measure_id("M"), note_id, seen), 0);
	ck_assert_int_eq(second, first + 1);
	ck_assert_str_eq(seen, "1:0 2:0 ");
	store_done(l);
}
END_TEST

/* The indexes of obligations as the engine has them written, a line each; the caller frees them. */
static char *indexes(struct ledger *l)
{
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);
	struct query q;

	query_begin(&q, l->db,
		    store_is_shared()
			    ? "SELECT indexdef FROM pg_indexes WHERE tablename = 'obligation'"
			      " ORDER BY indexname"
			    : "SELECT sql FROM sqlite_schema WHERE tbl_name = 'obligation'"
			      " AND sql LIKE 'CREATE%INDEX%' ORDER BY name");
	while (query_step(&q) > 0)
		fprintf(out, "%s\n", query_text(&q));
	ck_assert_int_eq(query_end(&q), 0);
	fclose(out);
	return text;
}

static void check_indexes(struct ledger *l, const char *before, bool the_same)
{
	char *now = indexes(l);

	ck_assert_msg((strcmp(now, before) == 0) == the_same, "%s\n%s", before, now);
	free(now);
}

START_TEST(a_fill_is_of_many_into_none_and_leaves_the_indexes_as_they_were)
{
	struct ledger *l = store_begin();
	char *before = indexes(l);
	bool begun = true;

	ck_assert_int_eq(ledger_fill_begin(l, 100, &begun), 0);
	ck_assert(!begun);
	ck_assert_int_eq(ledger_fill_begin(l, 100000, &begun), 0);
	ck_assert(begun);
	check_indexes(l, before, false);
	ledger_rollback(l);
	ck_assert_int_eq(ledger_begin(l), 0);
	check_indexes(l, before, true);

	ck_assert_int_eq(ledger_fill_begin(l, 100000, &begun), 0);
	ck_assert(begun);
	put_obligation(l, "A", "m1", at(10));
	put_obligation(l, "A", "m2", at(10));
	ck_assert_int_eq(ledger_fill_end(l), 0);
	check_indexes(l, before, true);
	ck_assert_int_eq(ledger_fill_begin(l, 100000, &begun), 0);
	ck_assert(!begun);
	check_indexes(l, before, true);
	ck_assert_int_eq(ledger_commit(l), 0);
	free(before);
	store_done(l);
}
END_TEST

UNIT_TESTS("ledger/working_set", UNIT(a_thousand_changes_of_ten_rows_are_ten_statements),
	   UNIT(what_is_put_as_it_was_costs_nothing), UNIT(a_pending_change_has_been_written),
	   UNIT(a_text_changes_in_a_transaction_and_after_it),
	   UNIT(every_list_of_obligations_sees_what_is_pending),
	   UNIT(every_list_of_deadlines_sees_what_is_pending),
	   UNIT(every_look_at_the_outbox_sees_what_is_pending),
	   UNIT(a_rollback_forgets_what_was_pending),
	   UNIT(absences_are_read_once_and_are_those_that_stand),
	   UNIT(more_rows_than_a_set_holds_are_no_less_right),
	   UNIT(a_fill_is_of_many_into_none_and_leaves_the_indexes_as_they_were),
	   UNIT_ROWS(one_long_transaction_answers_as_many_short_ones, 5),
	   UNIT(the_same_event_twice_in_a_turn_is_found_though_it_was_asked_for_ahead),
	   UNIT(what_is_asked_ahead_ends_with_the_transaction),
	   UNIT(what_is_written_after_it_was_asked_for_ahead_is_in_the_answer),
	   UNIT(a_message_put_after_it_was_asked_for_ahead_is_joined_as_it_stands),
	   UNIT(an_obligation_made_after_its_measure_was_asked_for_is_among_its_own))
