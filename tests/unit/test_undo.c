/* SPDX-License-Identifier: Apache-2.0 */
/* A steward's event is taken back: all is as it was before, in the rows and in what is to come. */
#include "engine/forecast.h"
#include "ledger/row_text.h"
#include "tests/unit/engine_fixture.h"
#include "tests/unit/occurrences.h"
#include "tests/unit/unit.h"

#define STEWARDS \
	PEOPLE ", " PERSON("ann", "roles=['steward'];") ", " PERSON("bea", "roles=['steward'];")

static const struct written office = {
	.people = STEWARDS,
	.measures = TWO_MEASURES,
	.bodies = "{ id='RS'; name='Regionstyrelsen'; papers='-7wd'; }, { id='HSN'; "
		  "name='Nämnden'; }",
	.meetings = "{ body='RS'; from='2026-05-26'; }, { body='RS'; from='2026-06-30'; }",
	.deadlines = HANDED_IN("RS-58", "meeting RS 2026-05", "") ", " ASKING(
		"RS-70", "2026-06-12", "require=['note'];") ", " SERIES("K", "meeting RS next",
									"meeting RS", ""),
};

/* ---- the state --------------------------------------------------------------------------------- */

static void put(json_t *to, const struct row_type *type, const void *row)
{
	json_t *text = row_text(type, row);

	/* A calendar's entry never goes back, and looking again changes nothing. */
	json_object_del(text, "sequence");
	json_object_del(text, "next_at");
	json_array_append_new(to, text);
}

static int put_deadline(void *userdata, const struct deadline_row *row)
{
	if (row->state != DEADLINE_REMOVED)
		put(userdata, &deadline_type, row);
	return 0;
}

static int put_meeting(void *userdata, const struct meeting_row *row)
{
	put(userdata, &meeting_type, row);
	return 0;
}

static int put_absence(void *userdata, const struct absence *row)
{
	put(userdata, &absence_type, row);
	return 0;
}

static int put_mark(void *userdata, const struct mark *row)
{
	put(userdata, &mark_type, row);
	return 0;
}

static void put_obligations(struct world *w, json_t *to)
{
	struct obligation page[100];
	int count = ledger_obligations_after(w->e.ledger, obligation_id(0), page, 100);

	ck_assert_int_lt(count, 100);
	for (int i = 0; i < count; i++) {
		if (page[i].withdrawal == WITHDRAWN_REMOVED)
			continue;
		put(to, &obligation_type, &page[i]);
		ck_assert_int_eq(ledger_marks(w->e.ledger, page[i].id, 0, put_mark, to), 0);
	}
}

static int put_item(void *userdata, const struct item *item)
{
	if (!item->moot)
		put(userdata, &item_type, item);
	return 0;
}

static void put_messages(struct world *w, json_t *to)
{
	struct message page[200];
	int count = ledger_messages(w->e.ledger, 0, message_id(0), page, 200);

	ck_assert_int_lt(count, 200);
	for (int i = 0; i < count; i++) {
		if (page[i].state == MESSAGE_DROPPED)
			continue;
		put(to, &message_type, &page[i]);
		ck_assert_int_eq(ledger_items(w->e.ledger, page[i].id, put_item, to), 0);
	}
}

static void put_measures(struct world *w, json_t *to)
{
	for (size_t i = 0; i < w->e.plan->measure_count; i++) {
		struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };

		ck_assert_int_eq(ledger_measure(w->e.ledger, w->e.plan->measures[i].id, &row), 0);
		put(to, &measure_type, &row);
	}
}

static void put_requests(struct world *w, json_t *to)
{
	struct request_row page[20];
	int count = ledger_requests(w->e.ledger, 0, page, 20);

	for (int i = 0; i < count; i++)
		put(to, &request_type, &page[i]);
}

static void put_forecast(struct world *w, json_t *to)
{
	struct forecast *f;
	int r;

	ck_assert_int_eq(forecast_new(&f, &w->e, w->now, zone_date(w->now), day_of("2026-09-30")),
			 0);
	while ((r = forecast_work(f)) > 0)
		;
	ck_assert_int_eq(r, 0);
	for (size_t i = 0; i < forecast_count(f); i++)
		json_array_append_new(to, forecast_row(f, i));
	forecast_free(f);
}

/* All that the rows say and all that is to come, a row a line. */
static char *state_of(struct world *w)
{
	json_t *rows = json_array(), *row;
	char *text = NULL;
	size_t i, size;
	FILE *out = open_memstream(&text, &size);

	ck_assert_int_eq(ledger_commit(w->e.ledger), 0); /* of one transaction few acts are kept */
	ck_assert_int_eq(ledger_begin(w->e.ledger), 0);
	put_obligations(w, rows);
	ck_assert_int_eq(ledger_deadlines(w->e.ledger, put_deadline, rows), 0);
	put_measures(w, rows);
	put_messages(w, rows);
	put_requests(w, rows);
	ck_assert_int_eq(ledger_meetings(w->e.ledger, body_id("RS"), put_meeting, rows), 0);
	ck_assert_int_eq(ledger_absences(w->e.ledger, person_id(NULL), day_of("2026-01-01"),
					 put_absence, rows),
			 0);
	put_forecast(w, rows);
	json_array_foreach (rows, i, row) {
		char *line = json_dumps(row, JSON_COMPACT | JSON_SORT_KEYS);

		fprintf(out, "%s\n", line);
		free(line);
	}
	fclose(out);
	json_decref(rows);
	return text;
}

/* The first line in which they differ. */
static void same(const char *story, const char *before, const char *after)
{
	const char *a = before, *b = after;

	while (*a && *b) {
		size_t n = strcspn(a, "\n"), k = strcspn(b, "\n");

		ck_assert_msg(n == k && memcmp(a, b, n) == 0, "%s:\nbefore %.*s\nafter  %.*s",
			      story, (int)n, a, (int)k, b);
		a += n + 1;
		b += k + 1;
	}
	ck_assert_msg(!*a && !*b, "%s: more rows: %s%s", story, a, b);
}

/* ---- acts -------------------------------------------------------------------------------------- */

static const struct {
	const char *type, *subject, *data;
	bool nothing; /* changes by it */
} acts[] = {
	{ "status", "HSN-03", "{'status':'on-track'}" },
	{ "status", "HSN-03", "{'status':'off-track','progress':10,'note':'a'}" },
	{ "status", "HSN-07", "{'status':'done','note':'klart'}" },
	{ "submit", "RS-58", "{'reference':'dnr 1'}" },
	{ "extend", "RS-58", "{'due':'2026-06-09','reference':'dnr 1'}" },
	{ "extend", "HSN-03", "{'deadline':'RS-58','due':'2026-06-09','reference':'dnr 1'}" },
	{ "extend", "HSN-03",
	  "{'deadline':'RS-58','due':'meeting RS 2026-06','reference':'dnr 1'}" },
	{ "extend", "RS-70", "{'due':'meeting RS 2026-06','reference':'dnr 1'}" },
	{ "assign", "HSN-03", "{'owner':'kir'}" },
	{ "assign", "HSN-03", "{'owner':'akut'}", .nothing = true },
	{ "absence", "akut", "{'from':'2026-05-07','until':'2026-05-20','deputy':'kir'}" },
	{ "absence", "akut", "{'from':'2026-05-07','until':'2026-05-20'}" },
	{ "absence", "akut", "{'from':'2026-05-07','until':'2026-05-20','cancelled':true}" },
	{ "meeting", "RS", "{'from':'2026-06-02','replaces':'2026-05-26'}" },
	{ "meeting", "RS", "{'from':'2026-05-26','replaces':'2026-05-26','cancelled':true}" },
	{ "meeting", "RS", "{'from':'2026-06-16'}" },
	{ "meeting", "RS", "{'from':'2026-05-20','place':'Salen'}" },
	{ "close", "HSN-03", "{'as':'struck','reference':'§ 1'}" },
	{ "outcome", "RS-58", "{'outcome':'noted','reference':'§ 2'}" },
	{ "outcome", "RS-58", "{'outcome':'returned','reference':'§ 2','due':'2026-06-23'}" },
	{ "request", "HSN-03", "{'deadline':'RS-58','due':'2026-06-09','reason':'sjuk'}" },
	{ "proposal", "RS-58", "{'text':'Att notera.'}", .nothing = true },
	{ "note", "HSN-03", "{'note':'ett ord'}", .nothing = true },
};

static int keep_seq(void *userdata, const struct logged_event *event)
{
	*(int64_t *)userdata = event->seq;
	return 1;
}

static int64_t newest(struct world *w, const char *subject)
{
	struct events_back back = { .max = 1 };
	int64_t seq = 0;

	ck_assert_int_ge(ledger_events_back(w->e.ledger, subject, &back, keep_seq, &seq), 0);
	return seq;
}

static int undo(struct world *w, const char *subject, int64_t seq)
{
	char data[50];

	snprintf(data, sizeof(data), "{'seq':%lld}", (long long)seq);
	return world_hear(w, "paminn.undo", subject, "", data);
}

static int do_act(struct world *w, size_t i)
{
	char type[40];

	snprintf(type, sizeof(type), "paminn.%s", acts[i].type);
	return world_hear(w, type, acts[i].subject, "", acts[i].data);
}

static const char *const moments[] = { "2026-05-06 18:00", "2026-05-29 18:00" };

START_TEST(what_is_taken_back_at_once_was_never_said)
{
	const size_t act = (size_t)_i % UNIT_COUNT(acts);
	struct world *w = world_new("2026-04-22 12:00", &office);
	char *before, *acted, *after, story[200];

	world_to(w, moments[(size_t)_i / UNIT_COUNT(acts)]);
	w->says = "ann";
	snprintf(story, sizeof(story), "%s %s %s at %s", acts[act].type, acts[act].subject,
		 acts[act].data, moments[(size_t)_i / UNIT_COUNT(acts)]);
	before = state_of(w);
	if (do_act(w, act) == 0) {
		acted = state_of(w);
		ck_assert_msg(acts[act].nothing || strcmp(before, acted) != 0,
			      "%s: nothing follows", story);
		ck_assert_msg(undo(w, acts[act].subject, newest(w, acts[act].subject)) == 0,
			      "%s: %s", story, w->why.reason);
		after = state_of(w);
		same(story, before, after);
		free(acted);
		free(after);
	}
	free(before);
	world_free(w);
}
END_TEST

/* The walks have decided meanwhile, as the daemon does; nothing has left, since it is night. */
START_TEST(what_time_has_decided_since_is_decided_anew)
{
	const size_t act = (size_t)_i % UNIT_COUNT(acts);
	struct world *w = world_new("2026-04-22 12:00", &office),
		     *never = world_new("2026-04-22 12:00", &office);
	char story[200];

	world_to(w, "2026-05-06 18:00");
	world_to(never, "2026-05-06 18:00");
	w->says = never->says = "ann";
	snprintf(story, sizeof(story), "%s %s %s", acts[act].type, acts[act].subject,
		 acts[act].data);
	if (do_act(w, act) == 0) {
		world_to(w, "2026-05-06 23:00");
		world_to(never, "2026-05-06 23:00");
		ck_assert_msg(undo(w, acts[act].subject, newest(w, acts[act].subject)) == 0,
			      "%s: %s", story, w->why.reason);
		w->tale[0] = never->tale[0] = '\0';
		world_to(w, "2026-06-02 12:00");
		world_to(never, "2026-06-02 12:00");
		ck_assert_msg(strcmp(w->tale, never->tale) == 0, "%s:\n%s\nelse:\n%s", story,
			      w->tale, never->tale);
	}
	world_free(w);
	world_free(never);
}
END_TEST

/* Several, and taken back the newest first. */
START_TEST(several_are_taken_back_in_the_other_order)
{
	struct world *w = world_new("2026-04-22 12:00", &office);
	char *states[5], *after, story[100];
	size_t done[5], count = 0;
	int64_t seqs[5];

	srand((unsigned)_i + 1);
	world_to(w, "2026-05-06 18:00");
	w->says = "ann";
	for (int tries = 0; count < 5 && tries < 20; tries++) {
		states[count] = state_of(w);
		done[count] = (size_t)rand() % UNIT_COUNT(acts);
		if (do_act(w, done[count]) != 0) {
			free(states[count]);
			continue;
		}
		seqs[count] = newest(w, acts[done[count]].subject);
		count++;
	}
	while (count-- > 0) {
		snprintf(story, sizeof(story), "of drawing %d, %s %s", _i, acts[done[count]].type,
			 acts[done[count]].data);
		ck_assert_msg(undo(w, acts[done[count]].subject, seqs[count]) == 0, "%s: %s", story,
			      w->why.reason);
		after = state_of(w);
		same(story, states[count], after);
		free(after);
		free(states[count]);
	}
	world_free(w);
}
END_TEST

/* ---- what is refused --------------------------------------------------------------------------- */

#define UNDO_REFUSED(world, subject, seq, words)                                              \
	do {                                                                                  \
		ck_assert_int_ne(undo(world, subject, seq), 0);                               \
		ck_assert_msg(strstr((world)->why.reason, words), "%s", (world)->why.reason); \
	} while (0)

START_TEST(only_ones_own_and_only_a_stewards)
{
	struct world *w = world_new("2026-05-06 18:00", &office);
	int64_t seq;

	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	UNDO_REFUSED(w, "HSN-03", newest(w, "HSN-03"), "no steward's");
	w->says = "ann";
	UNDO_REFUSED(w, "HSN-03", newest(w, "HSN-03"), "is /people/akut's");
	HEARD(w, "assign", "HSN-03", "{'owner':'kir'}");
	seq = newest(w, "HSN-03");
	UNDO_REFUSED(w, "HSN-07", seq, "is about HSN-03");
	UNDO_REFUSED(w, "HSN-03", seq + 100, "there is no event");
	w->says = "bea";
	UNDO_REFUSED(w, "HSN-03", seq, "is /people/ann's");
	w->says = "ann";
	ck_assert_int_eq(undo(w, "HSN-03", seq), 0);
	UNDO_REFUSED(w, "HSN-03", seq, "taken back already");
	UNDO_REFUSED(w, "HSN-03", newest(w, "HSN-03"), "took another back");
	world_free(w);
}
END_TEST

START_TEST(not_once_something_of_it_has_left)
{
	struct world *w = world_new("2026-05-06 18:00", &office);

	w->says = "ann";
	HEARD(w, "extend", "RS-70", "{'due':'2026-06-26','reference':'dnr 1'}");
	world_to(w, "2026-05-07 07:29");
	world_to(w, "2026-05-07 07:30");
	UNDO_REFUSED(w, "RS-70", newest(w, "RS-70"), "has left");
	world_free(w);
}
END_TEST

/* A reminder that nobody would have got without it has gone to the deputy. */
START_TEST(not_once_a_step_that_it_turned_has_left)
{
	struct world *w = world_new("2026-05-06 09:00", &office);

	w->says = "ann";
	world_to(w, "2026-05-06 12:00");
	HEARD(w, "absence", "akut", "{'from':'2026-05-07','until':'2026-05-20','deputy':'kir'}");
	world_to(w, "2026-05-07 12:00");
	UNDO_REFUSED(w, "akut", newest(w, "akut"), "has left");
	world_free(w);
}
END_TEST

/* Whoever sits at the daemon's own machine takes back what was said there, whatever the login; a steward doesn't. */
START_TEST(what_was_said_at_the_machine_is_taken_back_there)
{
	struct world *w = world_new("2026-05-06 18:00", &office);
	int64_t seq;

	w->says = "/local/root";
	HEARD(w, "assign", "HSN-03", "{'owner':'kir'}");
	seq = newest(w, "HSN-03");
	w->says = "ann";
	UNDO_REFUSED(w, "HSN-03", seq, "is /local/root's");
	w->says = "/local/anna";
	ck_assert_int_eq(undo(w, "HSN-03", seq), 0);
	world_free(w);
}
END_TEST

/* An absence holds a message; a steward drops it: what was said since stands on that. */
START_TEST(not_once_a_message_that_it_held_was_dropped)
{
	struct world *w = world_new("2026-05-06 18:00", &office);
	struct message page[50];
	int count;

	w->says = "ann";
	HEARD(w, "extend", "RS-70", "{'due':'2026-06-26','reference':'dnr 1'}");
	HEARD(w, "absence", "reg", "{'from':'2026-05-07','until':'2026-05-20'}");
	count = ledger_messages(w->e.ledger, 1U << MESSAGE_PENDING, message_id(0), page, 50);
	for (int i = 0; i < count; i++)
		if (strcmp(page[i].to, "reg") == 0) {
			outbox_drop(&page[i], "dropped by a steward", w->now);
			ck_assert_int_eq(ledger_put_message(w->e.ledger, &page[i]), 0);
		}
	UNDO_REFUSED(w, "reg", newest(w, "reg"), "has left");
	world_free(w);
}
END_TEST

/* What somebody had promised stands again with what it was promised of. */
START_TEST(a_promise_that_went_with_its_giver_stands_again)
{
	struct written plan = office;
	struct world *w;
	char *before, *after;

	plan.deadlines = HANDED_IN("RS-58", "2026-05-15", "");
	plan.steps = "-8wd owner; -2wd owner";
	w = world_new("2026-05-04 12:00", &plan);
	world_to(w, "2026-05-06 18:00");
	HEARD(w, "seen", "HSN-03", "{'answer_by':'2026-05-12'}");
	before = state_of(w);
	w->says = "ann";
	HEARD(w, "assign", "HSN-03", "{'owner':'kir'}");
	ck_assert_int_eq(undo(w, "HSN-03", newest(w, "HSN-03")), 0);
	after = state_of(w);
	same("a promise", before, after);
	w->tale[0] = '\0';
	world_to(w, "2026-05-14 18:00");
	TELLS(w, "05-12 08:00 reminder ordf: RS-58 -2wd\n"
		 "05-12 08:00 reminder kir: RS-58/HSN-07 -2wd\n"
		 "05-13 08:00 reminder akut: RS-58/HSN-03 seen\n");
	free(before);
	free(after);
	world_free(w);
}
END_TEST

/* What an absence has turned while `hold` kept it back is turned back, each repetition of a step by itself. */
static const char *const turned[] = {
	"{'from':'2026-05-12','until':'2026-05-15','deputy':'kir'}",
	"{'from':'2026-05-12','until':'2026-05-15'}",
};

START_TEST(the_repetitions_that_an_absence_turned_are_turned_back)
{
	struct written plan = office;
	struct world *w;

	plan.deadlines = HANDED_IN("RS-58", "2026-05-15", "");
	plan.measures = ONE_MEASURE;
	plan.steps = "-3wd owner manager every 1wd until 0; -1wd role:support";
	w = world_new("2026-05-04 12:00", &plan);
	w->says = "ann";
	world_to(w, "2026-05-11 18:00");
	world_hold(w, true);
	HEARD(w, "absence", "akut", turned[_i]);
	world_to(w, "2026-05-13 12:00");
	ck_assert_int_eq(undo(w, "akut", newest(w, "akut")), 0);
	world_hold(w, false);
	w->tale[0] = '\0';
	world_to(w, "2026-05-13 13:00");
	ck_assert_ptr_null(strstr(w->tale, "kir"));
	ck_assert_ptr_null(strstr(w->tale, "absent")); /* nor hears his manager that he is away */
	ck_assert_ptr_nonnull(strstr(w->tale, "reminder akut: RS-58/HSN-03 -3wd late\n"));
	world_to(w, "2026-05-29 12:00");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 3);
	world_free(w);
}
END_TEST

/* ---- a paper that was frozen since ------------------------------------------------------------- */

#define PAPER_OF(more, given) \
	HANDED_IN("RS-58", "2026-05-08", more) "); assignments=( { id='U-1'; title='U'; " given "}"
#define UNDECIDED PAPER_OF("assignment='U-1';", "given_by='RS';")

static struct world *with_paper(const char *deadline)
{
	struct written plan = office;
	struct world *w;

	plan.deadlines = deadline;
	plan.steps = "+200d owner";
	plan.measures = ONE_MEASURE;
	w = world_new("2026-05-06 12:00", &plan);
	w->tells_papers = true;
	w->says = "ann";
	return w;
}

/* What is frozen at the end of 11 May, or lacks its proposal then, by an extension to that day: of the day that stands
 * again, which is past, it is so at once. Here `hold` keeps back what tells of either. */
static const struct {
	int line;
	const char *deadline, *tells;
} papers[] = {
	{ __LINE__, PAPER_OF("", ""), "05-12 07:30 rereport ordf: RS-58 frozen\n" },
	{ __LINE__, UNDECIDED, "05-12 07:30 alert stod: RS-58 unproposed\n" },
};

START_TEST(a_paper_that_time_froze_by_it_goes_with_it)
{
	struct world *w = with_paper(papers[_i].deadline);
	const char *told;

	world_hold(w, true);
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-11','reference':'§ 1'}");
	world_to(w, "2026-05-12 01:00");
	ck_assert_int_eq(undo(w, "RS-58", newest(w, "RS-58")), 0);
	ck_assert_int_eq(deadline_of(w, "RS-58").frozen_n, 0);
	world_to(w, "2026-05-12 02:00");
	world_hold(w, false);
	world_to(w, "2026-05-12 12:00");
	told = strstr(w->tale, papers[_i].tells);
	ck_assert_msg(told && !strstr(told + 1, papers[_i].tells), "line %d: told\n%s",
		      papers[_i].line, w->tale);
	ck_assert_ptr_null(strstr(w->tale, "moved"));
	world_free(w);
}
END_TEST

/* It had waited for the proposal that is taken back. */
START_TEST(a_paper_that_a_proposal_froze_goes_with_it_until_it_has_left)
{
	struct world *w = with_paper(UNDECIDED);

	world_to(w, "2026-05-12 18:00");
	TELLS(w, "05-11 07:30 alert stod: RS-58 unproposed\n");
	HEARD(w, "proposal", "RS-58", "{'text':'Att notera.'}");
	world_to(w, "2026-05-12 19:00");
	ck_assert_int_eq(deadline_of(w, "RS-58").frozen_n, 1);
	ck_assert_int_eq(undo(w, "RS-58", newest(w, "RS-58")), 0);
	ck_assert_int_eq(deadline_of(w, "RS-58").frozen_n, 0);
	world_to(w, "2026-05-13 12:00");
	TELLS(w, "");
	HEARD(w, "proposal", "RS-58", "{'text':'Att notera.'}");
	world_to(w, "2026-05-13 12:01");
	TELLS(w, "05-13 12:00 rereport ordf: RS-58 frozen\n");
	UNDO_REFUSED(w, "RS-58", newest(w, "RS-58"), "has left");
	world_free(w);
}
END_TEST

START_TEST(not_while_something_later_stands_on_it)
{
	struct world *w = world_new("2026-05-06 18:00", &office);
	char words[60];
	int64_t seq;

	w->says = "ann";
	HEARD(w, "extend", "RS-58", "{'due':'2026-06-26','reference':'dnr 1'}");
	seq = newest(w, "RS-58");
	w->says = "akut";
	HEARD(w, "note", "HSN-03", "{'note':'ett ord'}");
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	w->says = "ann";
	snprintf(words, sizeof(words), "event %lld, about HSN-03, stands on event %lld",
		 (long long)newest(w, "HSN-03"), (long long)seq);
	UNDO_REFUSED(w, "RS-58", seq, words);
	world_free(w);
}
END_TEST

START_TEST(a_step_that_was_decided_meanwhile_goes_to_who_owes_it_again)
{
	struct world *w = world_new("2026-05-06 18:00", &office);

	w->says = "ann";
	world_to(w, "2026-05-06 19:00");
	world_hold(w, true);
	HEARD(w, "assign", "HSN-03", "{'owner':'kir'}");
	world_to(w, "2026-05-07 12:00");
	ck_assert_int_eq(undo(w, "HSN-03", newest(w, "HSN-03")), 0);
	world_to(w, "2026-05-07 13:00");
	w->tale[0] = '\0';
	world_hold(w, false);
	world_to(w, "2026-05-07 14:00");
	ck_assert_msg(strstr(w->tale, "reminder akut: RS-58/HSN-03") != NULL, "%s", w->tale);
	ck_assert_msg(strstr(w->tale, "kir: RS-58/HSN-03") == NULL, "%s", w->tale);
	world_free(w);
}
END_TEST

START_TEST(a_note_stands_on_nothing)
{
	struct world *w = world_new("2026-05-06 18:00", &office);
	int64_t seq;

	w->says = "ann";
	HEARD(w, "extend", "RS-58", "{'due':'2026-06-26','reference':'dnr 1'}");
	seq = newest(w, "RS-58");
	HEARD(w, "note", "HSN-03", "{'note':'ett ord'}");
	HEARD(w, "note", "RS-58", "{'note':'ett ord'}");
	ck_assert_int_eq(undo(w, "RS-58", seq), 0);
	world_free(w);
}
END_TEST

START_TEST(not_once_the_plan_has_changed_it)
{
	struct world *w = world_new("2026-05-06 18:00", &office);
	struct written moved = office;

	w->says = "ann";
	HEARD(w, "assign", "HSN-03", "{'owner':'kir'}");
	moved.measures =
		"{ id='HSN-03'; title='Färre inhyrda'; owner='dir'; effect_planned=12000000; }, "
		"{ id='HSN-07'; title='Samordna inköp'; owner='kir'; }";
	world_adopt(w, &moved);
	UNDO_REFUSED(w, "HSN-03", newest(w, "HSN-03"), "has changed again since");
	world_free(w);
}
END_TEST

START_TEST(not_after_seven_days)
{
	struct world *w = world_new("2026-05-06 18:00", &office);
	int64_t seq;

	w->says = "ann";
	world_hold(w, true);
	HEARD(w, "assign", "HSN-03", "{'owner':'kir'}");
	seq = newest(w, "HSN-03");
	world_to(w, "2026-05-14 18:00");
	HEARD(w, "note", "HSN-07", "{'note':'ett ord'}");
	UNDO_REFUSED(w, "HSN-03", seq, "older than 7 days");
	world_free(w);
}
END_TEST

START_TEST(of_many_at_once_the_first_twenty)
{
	struct world *w = world_new("2026-05-06 18:00", &office);

	w->says = "ann";
	for (int i = 0; i < 20; i++)
		HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	ck_assert_int_eq(undo(w, "HSN-03", newest(w, "HSN-03")), 0);
	HEARD(w, "status", "HSN-03", "{'status':'at-risk'}");
	UNDO_REFUSED(w, "HSN-03", newest(w, "HSN-03"), "very many that came at once");
	world_free(w);
}
END_TEST

START_TEST(a_dropped_reminder_waits_again_and_leaves_late)
{
	struct world *w = world_new("2026-05-06 18:00", &office);
	int64_t seq;

	world_to(w, "2026-05-07 07:29");
	w->says = "ann";
	w->now = instant_of("2026-05-07 08:00");
	world_decide(w);
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	seq = newest(w, "HSN-03");
	world_sleep(w, "2026-05-07 20:00");
	ck_assert_int_eq(undo(w, "HSN-03", seq), 0);
	w->tale[0] = '\0';
	world_to(w, "2026-05-08 09:00");
	ck_assert_msg(strstr(w->tale, "05-08 07:30 reminder akut: RS-58/HSN-03") != NULL, "%s",
		      w->tale);
	world_free(w);
}
END_TEST

UNIT_TESTS("undo",
	   UNIT_ROWS(what_is_taken_back_at_once_was_never_said,
		     UNIT_COUNT(acts) * UNIT_COUNT(moments)),
	   UNIT_ROWS(what_time_has_decided_since_is_decided_anew, UNIT_COUNT(acts)),
	   UNIT_ROWS(several_are_taken_back_in_the_other_order, 8),
	   UNIT(only_ones_own_and_only_a_stewards), UNIT(not_once_something_of_it_has_left),
	   UNIT(not_once_a_step_that_it_turned_has_left),
	   UNIT(what_was_said_at_the_machine_is_taken_back_there),
	   UNIT(not_once_a_message_that_it_held_was_dropped),
	   UNIT(a_promise_that_went_with_its_giver_stands_again),
	   UNIT_ROWS(the_repetitions_that_an_absence_turned_are_turned_back, UNIT_COUNT(turned)),
	   UNIT_ROWS(a_paper_that_time_froze_by_it_goes_with_it, UNIT_COUNT(papers)),
	   UNIT(a_paper_that_a_proposal_froze_goes_with_it_until_it_has_left),
	   UNIT(not_while_something_later_stands_on_it),
	   UNIT(a_step_that_was_decided_meanwhile_goes_to_who_owes_it_again),
	   UNIT(a_note_stands_on_nothing), UNIT(not_once_the_plan_has_changed_it),
	   UNIT(not_after_seven_days), UNIT(of_many_at_once_the_first_twenty),
	   UNIT(a_dropped_reminder_waits_again_and_leaves_late))
