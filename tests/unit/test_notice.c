/* SPDX-License-Identifier: Apache-2.0 */
/* The content of a message is what is true as it leaves. */
#include "engine/content.h"

#include <errno.h>

#include "message/templates.h"
#include "tests/unit/engine_fixture.h"
#include "tests/unit/loaded.h"

static const struct written plan = {
	.measures = ONE_MEASURE ", { id='HSN-07'; title='Samordna inköp'; owner='akut'; "
				"decision='HSN § 15'; }",
	.meetings = "{ body='RS'; from='2026-05-26'; }",
	.deadlines = "{ id='RS-58'; title='Återredovisning'; due='meeting RS 2026-05'; "
		     "answers_from=['HSN-*']; responsible='ordf'; inform=['reg']; "
		     "ladder='standard'; }",
	.alerts = "",
};

/* A world whose messages wait, and the message to a person in it. */
static struct world *waiting(const char *begins, const char *until)
{
	struct world *w = world_new(begins, &plan);

	w->down = "*";
	world_to(w, until);
	return w;
}

static struct message message_to(struct world *w, const char *to)
{
	const unsigned open = 1U << MESSAGE_PENDING | 1U << MESSAGE_RETRY;
	struct message m[64];
	int count = ledger_messages(w->e.ledger, open, message_id(0), m, 64);

	for (int i = 0; i < count; i++)
		if (strcmp(m[i].to, to) == 0)
			return m[i];
	ck_abort_msg("nothing waits for %s", to);
}

static struct message_content *notice_to(struct world *w, const char *to)
{
	struct message m = message_to(w, to);
	struct message_content *n = NULL;

	ck_assert_int_eq(message_content_load(&w->e, &m, w->now, &n), 0);
	return n;
}

/* The text of the mail that waits for somebody; freed by the caller. */
static char *text_to(struct world *w, const char *to)
{
	struct message_content *n = notice_to(w, to);
	const struct composing *with;
	struct composed c = { 0 };

	with = &(struct composing){ loaded, &w->e.plan->settings, "01JTEST", w->now };
	ck_assert_int_eq(hook_compose(with, n, &c), 0);
	message_content_free(n);
	free(c.text);
	return c.bytes;
}

/* The mail that waits for somebody says this, and not that (NULL: nothing). */
#define SAYS_TO(world, to, said, not_said)                                                     \
	do {                                                                                   \
		const char *said_ = (said), *not_ = (not_said);                                \
		char *text_ = text_to(world, to);                                              \
                                                                                               \
		ck_assert_msg(!said_ || strstr(text_, said_), "%s is not said in %s", said_,   \
			      text_);                                                          \
		ck_assert_msg(!not_ || !strstr(text_, not_), "%s is said in %s", not_, text_); \
		free(text_);                                                                   \
	} while (0)

START_TEST(a_reminder_says_what_by_when_and_what_happens_next)
{
	struct world *w = waiting("2026-04-22 12:00", "2026-04-29 08:00");
	struct message_content *n = notice_to(w, "akut");
	const struct content_item *item = &n->items[0];

	ck_assert_str_eq(n->to.person->id.text, "akut");
	ck_assert_str_eq(n->via->name, "mail");
	ck_assert_int_eq(n->language, LANGUAGE_SV);
	ck_assert_uint_eq(n->count, 2);
	ck_assert_int_eq(item->what, ITEM_OWED);
	ck_assert_str_eq(item->deadline.text, "RS-58");
	ck_assert_str_eq(item->deadline_title, "Återredovisning");
	ck_assert_str_eq(item->measure.text, "HSN-03");
	ck_assert_str_eq(item->measure_title, "Färre inhyrda");
	ck_assert_ptr_null(item->decision); /* neither has one */
	ck_assert_str_eq(n->items[1].decision, "HSN § 15");
	ck_assert_str_eq(item->body, "Regionstyrelsen");
	ck_assert_str_eq(item->owner, "Namn akut");
	ck_assert_str_eq(item->step, "-10wd");
	DAY_IS(item->due, "2026-05-26");
	DAY_IS(item->papers, "2026-05-15");
	DAY_IS(item->practical, "2026-05-13");
	DAY_IS(item->due_original, "");
	ck_assert(!item->provisional && !item->is_late && !item->sent_late);
	ck_assert_int_eq(item->asked, 0);
	ck_assert_int_eq(item->next_at.us, instant_of("2026-05-07 08:00").us);
	ck_assert_str_eq(item->next_to[0].person->name, "Namn akut");
	ck_assert_uint_eq(item->next_count, 1);
	ck_assert_int_eq(item->status, STATUS_NONE);
	ck_assert(item->effect_planned.given && !item->effect_forecast.given);
	message_content_free(n);
	world_free(w);
}
END_TEST

START_TEST(a_late_one_says_so_and_who_hears_next)
{
	struct world *w = world_new("2026-04-22 12:00", &plan);
	struct message_content *n;

	world_to(w, "2026-05-17 12:00");
	w->down = "*";
	world_to(w, "2026-05-18 08:00");
	n = notice_to(w, "akut");
	ck_assert(n->items[0].is_late && !n->items[0].sent_late);
	ck_assert_int_eq(n->items[0].asked, 4);
	ck_assert_int_eq(n->items[0].last_asked.us, instant_of("2026-05-15 08:00").us);
	ck_assert_str_eq(n->items[0].next_to[0].person->name, "Namn stod");
	ck_assert_int_eq(n->items[0].next_at.us, instant_of("2026-05-20 08:00").us);
	message_content_free(n);
	n = notice_to(w, "dir");
	ck_assert_int_eq(n->items[0].what, ITEM_ESCALATED);
	ck_assert_str_eq(n->items[0].owner, "Namn akut");
	message_content_free(n);
	world_free(w);
}
END_TEST

START_TEST(the_last_step_has_nothing_after_it)
{
	struct world *w = world_new("2026-04-22 12:00", &plan);
	struct message_content *n;

	world_to(w, "2026-05-27 12:00");
	w->down = "*";
	world_to(w, "2026-05-28 08:00");
	n = notice_to(w, "stod");
	ck_assert(instant_is_none(n->items[0].next_at));
	ck_assert_uint_eq(n->items[0].next_count, 0);
	message_content_free(n);
	world_free(w);
}
END_TEST

START_TEST(who_said_it_has_a_name)
{
	struct world *w = waiting("2026-04-22 12:00", "2026-05-04 08:00");
	struct message_content *n;

	w->says = "ordf";
	HEARD(w, "submit", "RS-58", "{'reference':'x'}");
	n = notice_to(w, "reg");
	ck_assert_str_eq(n->items[0].by, "Namn ordf");
	message_content_free(n);
	world_free(w);
}
END_TEST

/* A page and a preview say of an obligation what its reminder says. */
START_TEST(what_is_told_without_a_message_is_the_same)
{
	struct world *w = waiting("2026-04-22 12:00", "2026-04-29 08:00");
	struct message_content *sent = notice_to(w, "akut"), *n = NULL;
	struct obligation o;
	struct item item;
	const struct content_about about = {
		.to = { .person = plan_person(w->e.plan, person_id("akut")) },
		.kind = KIND_REMINDER,
		.language = LANGUAGES,
		.items = &item,
		.count = 1,
	};

	ck_assert_int_eq(
		ledger_obligation_of(w->e.ledger, deadline_id("RS-58"), measure_id("HSN-03"), &o),
		0);
	item = content_item_about(&o, ITEM_OWED);
	ck_assert_int_eq(message_content_about(&w->e, &about, w->now, &n), 0);
	ck_assert_str_eq(n->to.person->id.text, "akut");
	ck_assert_str_eq(n->via->name, "mail");
	ck_assert_int_eq(n->language, LANGUAGE_SV);
	ck_assert_int_eq(n->message.id.n, 0);
	ck_assert_uint_eq(n->count, 1);
	ck_assert_int_eq(n->items[0].obligation.n, sent->items[0].obligation.n);
	ck_assert_str_eq(n->items[0].deadline_title, sent->items[0].deadline_title);
	ck_assert_str_eq(n->items[0].measure_title, sent->items[0].measure_title);
	ck_assert(civil_equal(n->items[0].papers, sent->items[0].papers));
	ck_assert(civil_equal(n->items[0].practical, sent->items[0].practical));
	ck_assert_int_eq(n->items[0].next_at.us, sent->items[0].next_at.us);
	ck_assert_ptr_null(n->items[0].step);
	message_content_free(n);
	message_content_free(sent);
	world_free(w);
}
END_TEST

/* Of what is no obligation, in another language than the reader's, and to a channel. */
START_TEST(it_may_be_about_anything_and_to_anyone)
{
	struct world *w = waiting("2026-04-22 12:00", "2026-04-29 08:00");
	struct item item = { .what = ITEM_OFF_TRACK,
			     .measure = "HSN-07",
			     .detail =
				     strdup("{\"status\":\"off-track\",\"by\":\"/people/akut\"}") };
	const struct content_about about = {
		.to = { .channel = plan_channel(w->e.plan, "hook") },
		.kind = KIND_ALERT,
		.language = LANGUAGE_EN,
		.items = &item,
		.count = 1,
	};
	struct message_content *n = NULL;

	ck_assert_int_eq(message_content_about(&w->e, &about, w->now, &n), 0);
	ck_assert_ptr_null(n->to.person);
	ck_assert_str_eq(n->via->name, "hook");
	ck_assert_int_eq(n->language, LANGUAGE_EN);
	ck_assert_str_eq(n->items[0].measure_title, "Samordna inköp");
	ck_assert_str_eq(n->items[0].by, "Namn akut");
	ck_assert(civil_is_none(n->items[0].papers));
	message_content_free(n);
	free(item.detail);
	world_free(w);
}
END_TEST

START_TEST(what_was_answered_meanwhile_is_left_out)
{
	struct world *w = waiting("2026-04-22 12:00", "2026-04-29 08:00");
	struct message m = message_to(w, "akut");
	struct message_content *n = NULL;

	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	n = notice_to(w, "akut");
	ck_assert_uint_eq(n->count, 1);
	ck_assert_str_eq(n->items[0].measure.text, "HSN-07");
	message_content_free(n);
	HEARD(w, "status", "HSN-07", "{'status':'on-track'}");
	ck_assert_int_eq(message_content_load(&w->e, &m, w->now, &n), CONTENT_NOTHING);
	ck_assert_int_eq(ledger_message(w->e.ledger, m.id, &m), 0);
	ck_assert_int_eq(m.state, MESSAGE_DROPPED);
	world_free(w);
}
END_TEST

START_TEST(dates_are_those_that_stand_when_it_leaves)
{
	struct world *w = waiting("2026-04-22 12:00", "2026-04-29 08:00");
	struct message_content *n;

	HEARD(w, "meeting", "RS", "{'from':'2026-05-28','replaces':'2026-05-26'}");
	n = notice_to(w, "akut");
	DAY_IS(n->items[0].due, "2026-05-28");
	DAY_IS(n->items[0].papers, "2026-05-19");
	DAY_IS(n->items[0].due_original, "2026-05-26");
	DAY_IS(n->items[0].papers_original, "2026-05-15");
	message_content_free(n);
	n = notice_to(w, "reg");
	ck_assert_int_eq(n->items[0].what, ITEM_MOVED);
	ck_assert_ptr_null(n->items[0].measure.text);
	ck_assert_str_eq(json_string_value(json_object_get(n->items[0].detail, "due")),
			 "2026-05-26");
	message_content_free(n);
	world_free(w);
}
END_TEST

START_TEST(a_meeting_that_is_fixed_for_the_first_time_says_so)
{
	struct written unknown = plan;
	struct world *w;
	struct message_content *n;

	unknown.meetings = "";
	w = world_new("2026-04-22 18:00", &unknown); /* after closing time */
	HEARD(w, "meeting", "RS", "{'from':'2026-05-26'}");
	HEARD(w, "meeting", "RS", "{'from':'2026-05-28','replaces':'2026-05-26'}");
	n = notice_to(w, "reg");
	ck_assert_int_eq(n->items[0].what, ITEM_MOVED);
	ck_assert(!n->items[0].provisional);
	ck_assert(json_is_true(json_object_get(n->items[0].detail, "provisional")));
	message_content_free(n);
	HEARD(w, "meeting", "RS", "{'from':'2026-05-28','replaces':'2026-05-28','cancelled':true}");
	world_to(w, "2026-04-23 07:59"); /* it is as it was: nobody is told */
	TELLS(w, "");
	world_free(w);
}
END_TEST

START_TEST(a_day_that_has_passed_is_no_day_to_hand_in_by)
{
	struct world *w = waiting("2026-04-22 12:00", "2026-05-11 12:00");
	struct message_content *n;

	HEARD(w, "meeting", "RS", "{'from':'2026-05-13','replaces':'2026-05-26'}");
	n = notice_to(w, "reg");
	ck_assert_int_eq(n->items[0].what, ITEM_MOVED);
	DAY_IS(n->items[0].papers, "2026-05-04");
	ck_assert(n->items[0].is_late);
	message_content_free(n);
	world_free(w);
}
END_TEST

START_TEST(a_recipient_or_channel_that_left_the_plan_gets_nothing)
{
	struct world *w = waiting("2026-04-22 12:00", "2026-04-29 08:00");
	struct message m = message_to(w, "akut");
	struct message_content *n;

	snprintf(m.channel, sizeof(m.channel), "gone");
	ck_assert_int_eq(message_content_load(&w->e, &m, w->now, &n), CONTENT_NOTHING);
	snprintf(m.channel, sizeof(m.channel), "mail");
	snprintf(m.to, sizeof(m.to), "gone");
	ck_assert_int_eq(message_content_load(&w->e, &m, w->now, &n), CONTENT_NOTHING);
	world_free(w);
}
END_TEST

START_TEST(the_soonest_papers_date_comes_first)
{
	struct written two = plan;
	struct world *w;
	struct message_content *n;

	two.measures = ONE_MEASURE;
	two.deadlines = ASKING("B", "2026-05-20", "") ", " ASKING("A", "2026-05-15", "");
	two.steps = "-9d owner; -14d owner";
	w = world_new("2026-05-14 12:00", &two); /* -9d of A and -14d of B are past, as all else */
	w->down = "*";
	world_to(w, "2026-05-15 12:00");
	n = notice_to(w, "akut");
	ck_assert_uint_eq(n->count, 2);
	ck_assert_str_eq(n->items[0].deadline.text, "A");
	ck_assert_str_eq(n->items[1].deadline.text, "B");
	ck_assert(n->items[0].sent_late);
	message_content_free(n);
	world_free(w);
}
END_TEST

static const struct {
	int line;
	const char *steps, *round, *leaves, *said, *not_said;
} spoken[] = {
	/* Saturday 31 October: ladders count from Friday 30 October, the last day is Monday 2 November. */
	{ __LINE__, "-2wd owner", "round='forward';", "2026-10-28 08:00",
	  "påminnelsen skickas tre arbetsdagar före sista dagen.", "dagar kvar" },
	{ __LINE__, "-2d owner", "round='forward';", "2026-10-28 08:00",
	  "påminnelsen skickas tre arbetsdagar före sista dagen.", "dagar kvar" },
	{ __LINE__, "0 owner", "round='forward';", "2026-10-30 08:00",
	  "påminnelsen skickas en arbetsdag före sista dagen.", "på sista dagen" },
	{ __LINE__, "+1wd owner", "round='forward';", "2026-11-02 08:00", "Sista dagen är i dag.",
	  "en påminnelse" },
	{ __LINE__, "+2wd owner", "round='forward';", "2026-11-03 08:00",
	  "påminnelsen skickas en arbetsdag efter sista dagen.", "två arbetsdagar" },
	{ __LINE__, "+2wd owner every 3d until +9d", "round='forward';", "2026-11-06 08:00",
	  "påminnelsen skickas fyra arbetsdagar efter sista dagen, för andra gången.", NULL },
	/* Any other counts from the last day itself. */
	{ __LINE__, "-2wd owner", "", "2026-10-28 08:00",
	  "påminnelsen skickas två arbetsdagar före sista dagen.", NULL },
	{ __LINE__, "-2d owner", "", "2026-10-28 08:00",
	  "påminnelsen skickas två dagar före sista dagen.", NULL },
	{ __LINE__, "0 owner", "", "2026-10-30 08:00", "påminnelsen skickas på sista dagen.",
	  NULL },
	{ __LINE__, "+1wd owner", "", "2026-11-02 08:00",
	  "påminnelsen skickas en arbetsdag efter sista dagen.", NULL },
};

START_TEST(a_step_is_spoken_of_by_its_distance_to_the_last_day_that_the_mail_names)
{
	char deadline[400];
	const struct written limit = { .deadlines = deadline, .steps = spoken[_i].steps };
	struct world *w;

	snprintf(deadline, sizeof(deadline), ASKING("A", "2026-10-31", "%s"), spoken[_i].round);
	w = world_new("2026-10-20 12:00", &limit);
	world_reach(w, instant_add(instant_of(spoken[_i].leaves), HOURS(-1)));
	w->down = "*";
	world_to(w, spoken[_i].leaves);
	SAYS_TO(w, "akut", spoken[_i].said, spoken[_i].not_said);
	world_free(w);
}
END_TEST

START_TEST(the_last_day_before_an_extension_keeps_its_time_of_day)
{
	const struct written noon = { .deadlines = ASKING("A", "2026-05-12 14:00", "") };
	struct world *w = world_new("2026-05-08 18:00", &noon);

	world_to(w, "2026-05-11 07:00");
	w->down = "*";
	HEARD(w, "extend", "A", "{'due':'2026-05-19','reference':'x'}");
	SAYS_TO(w, "reg", "Sista dag före ändringen: tisdag 12 maj 2026 kl. 14.00",
		"19 maj 2026 kl. 14.00");
	world_free(w);
}
END_TEST

/* The decision on an extension that an item tells of: "REFERENCE: REASON", "" when there is none. */
static const char *extension_in(const struct content_item *item, char out[static 100])
{
	const json_t *x = json_object_get(item->detail, "extension");
	const char *reason = json_string_value(json_object_get(x, "reason"));

	snprintf(out, 100, "%s%s%s", x ? json_string_value(json_object_get(x, "reference")) : "",
		 reason ? ": " : "", reason ? reason : "");
	return out;
}

/* The change of dates that waits for somebody: from when, and by what decision. */
#define CHANGE_TO(world, to, before, decided)                                              \
	do {                                                                               \
		struct message_content *n_ = notice_to(world, to);                         \
		char text_[100];                                                           \
                                                                                           \
		ck_assert_uint_eq(n_->count, 1);                                           \
		ck_assert_str_eq(                                                          \
			json_string_value(json_object_get(n_->items[0].detail, "papers")), \
			before);                                                           \
		ck_assert_str_eq(extension_in(&n_->items[0], text_), decided);             \
		message_content_free(n_);                                                  \
	} while (0)

#define EXTENDED(due, reference, more) "{'due':'" due "','reference':'" reference "'" more "}"

START_TEST(an_extension_tells_its_reference_and_its_reason)
{
	struct world *w = waiting("2026-04-22 12:00", "2026-05-04 18:00");

	HEARD(w, "extend", "RS-58", EXTENDED("2026-05-22", "RS § 71", ",'reason':'Sjukdom'"));
	CHANGE_TO(w, "reg", "2026-05-15", "RS § 71: Sjukdom");
	world_free(w);
	w = waiting("2026-04-22 12:00", "2026-05-04 18:00");
	HEARD(w, "extend", "HSN-03", EXTENDED("2026-05-22", "RS § 72", ",'deadline':'RS-58'"));
	CHANGE_TO(w, "reg", "2026-05-15", "RS § 72");
	world_free(w);
}
END_TEST

/* Whatever else waits to be told of the dates: it is one thing, from where they were at first. */
START_TEST(an_extension_is_told_with_what_waits_to_tell_of_an_earlier_change)
{
	struct world *w = waiting("2026-04-22 12:00", "2026-05-04 18:00");

	HEARD(w, "meeting", "RS", "{'from':'2026-05-28','replaces':'2026-05-26'}");
	CHANGE_TO(w, "reg", "2026-05-15", "");
	HEARD(w, "extend", "RS-58", EXTENDED("2026-05-22", "RS § 71", ""));
	CHANGE_TO(w, "reg", "2026-05-15", "RS § 71");
	HEARD(w, "extend", "RS-58", EXTENDED("2026-05-25", "RS § 73", ",'reason':'Jäv'"));
	CHANGE_TO(w, "reg", "2026-05-15", "RS § 73: Jäv");
	world_free(w);
}
END_TEST

START_TEST(an_extension_of_a_return_that_waits_to_be_told_is_told_with_it)
{
	struct world *w = waiting("2026-04-22 12:00", "2026-05-04 18:00");

	HEARD(w, "outcome", "RS-58", "{'outcome':'returned','reference':'R1','due':'2026-06-08'}");
	HEARD(w, "extend", "RS-58", EXTENDED("2026-06-10", "RS § 74", ""));
	CHANGE_TO(w, "reg", "2026-05-15", "RS § 74");
	world_free(w);
}
END_TEST

/* Its reason makes no change of what is none. */
START_TEST(an_extension_that_is_taken_back_before_it_was_told_is_not_told)
{
	struct world *w = world_new("2026-05-04 18:00", &plan);

	HEARD(w, "extend", "RS-58", EXTENDED("2026-05-22", "RS § 71", ",'reason':'Sjukdom'"));
	HEARD(w, "extend", "RS-58", EXTENDED("2026-05-15", "RS § 75", ",'reason':'Frisk'"));
	world_to(w, "2026-05-05 07:59");
	TELLS(w, "");
	world_free(w);
}
END_TEST

/* What is the recipient's own in the only thing that waits for them: "HSN-03, deliverable". */
#define OWN_OF(world, to, expected)                                               \
	do {                                                                      \
		struct message_content *n_ = notice_to(world, to);                \
		char own_[100] = "";                                              \
                                                                                  \
		for (size_t i_ = 0; i_ < n_->items[0].own_count; i_++)            \
			tell(own_, sizeof(own_), "%s%s", i_ ? ", " : "",          \
			     n_->items[0].own[i_].measure.text ?: "deliverable"); \
		ck_assert_str_eq(own_, expected);                                 \
		message_content_free(n_);                                         \
	} while (0)

/* What waits to tell somebody of other dates. */
static struct message_content *change_to(struct world *w, const char *to)
{
	const unsigned open = 1U << MESSAGE_PENDING | 1U << MESSAGE_RETRY;
	struct message m[64];
	struct message_content *n = NULL;
	int count = ledger_messages(w->e.ledger, open, message_id(0), m, 64);

	for (int i = 0; !n && i < count; i++)
		if (strcmp(m[i].to, to) == 0 && m[i].kind == KIND_MOVED)
			ck_assert_int_eq(message_content_load(&w->e, &m[i], w->now, &n), 0);
	ck_assert_msg(n != NULL, "nothing tells %s of other dates", to);
	return n;
}

START_TEST(who_owes_what_has_another_date_may_answer_it_once_its_window_is_open)
{
	struct world *w = waiting("2026-04-22 12:00", "2026-05-04 18:00");
	struct message_content *n = NULL;
	struct obligation o;

	HEARD(w, "extend", "RS-58", EXTENDED("2026-05-18", "x", ""));
	for (int ahead = 0; ahead < 2; ahead++) {
		n = change_to(w, "ordf");
		ck_assert_uint_eq(n->items[0].own_count, 1);
		ck_assert_int_eq(n->items[0].own[0].answerable, !ahead);
		ck_assert_int_eq(ledger_obligation(w->e.ledger, n->items[0].own[0].obligation, &o),
				 0);
		message_content_free(n);
		o.opens_at = instant_of("2026-05-05 08:00");
		ck_assert_int_ge(ledger_put_obligation(w->e.ledger, &o), 0);
	}
	world_free(w);
}
END_TEST

START_TEST(a_change_of_one_thing_has_it_as_their_own_only_to_who_owes_it)
{
	struct world *w = waiting("2026-04-22 12:00", "2026-05-04 18:00");
	struct message_content *n;

	HEARD(w, "extend", "HSN-03", EXTENDED("2026-05-18", "x", ",'deadline':'RS-58'"));
	n = change_to(w, "akut");
	ck_assert_uint_eq(n->items[0].own_count, 1);
	ck_assert_str_eq(n->items[0].own[0].measure.text, "HSN-03");
	ck_assert(n->items[0].own[0].answerable);
	message_content_free(n);
	n = change_to(w, "reg");
	ck_assert_uint_eq(n->items[0].own_count, 0);
	message_content_free(n);
	world_free(w);
}
END_TEST

/* Those who are informed owe nothing; what was answered meanwhile, or has a day of its own, is none of it. */
START_TEST(of_a_deadline_that_changes_as_a_whole_each_is_told_what_is_their_own)
{
	struct world *w = waiting("2026-04-22 12:00", "2026-05-04 18:00");

	HEARD(w, "outcome", "RS-58", "{'outcome':'returned','reference':'R1','due':'2026-06-08'}");
	OWN_OF(w, "akut", "HSN-03, HSN-07");
	OWN_OF(w, "ordf", "deliverable");
	OWN_OF(w, "reg", "");
	w->now = instant_of("2026-05-04 18:01");
	HEARD(w, "status", "HSN-07", "{'status':'on-track'}");
	OWN_OF(w, "akut", "HSN-03");
	world_free(w);
	w = waiting("2026-04-22 12:00", "2026-05-04 18:00");
	HEARD(w, "extend", "RS-58", EXTENDED("2026-05-22", "x", ""));
	OWN_OF(w, "ordf", "deliverable");
	world_free(w);
}
END_TEST

/* It is they who are to hand it in, and for whom they do is said. */
START_TEST(who_stands_in_has_as_their_own_what_the_absent_one_owes_in_it)
{
	struct world *w = waiting("2026-04-22 12:00", "2026-05-04 18:00");

	HEARD(w, "absence", "ordf", "{'from':'2026-05-04','until':'2026-05-20','deputy':'kir'}");
	HEARD(w, "outcome", "RS-58", "{'outcome':'returned','reference':'R1','due':'2026-06-08'}");
	OWN_OF(w, "kir", "deliverable");
	SAYS_TO(w, "kir", "Du får det här som ersättare för ", NULL);
	OWN_OF(w, "akut", "HSN-03, HSN-07");
	SAYS_TO(w, "akut", "Det här ska du lämna", "ersättare");
	world_free(w);
	/* Once they are back it is theirs again. */
	w = waiting("2026-04-22 12:00", "2026-05-04 18:00");
	HEARD(w, "absence", "ordf", "{'from':'2026-05-04','until':'2026-05-20','deputy':'kir'}");
	HEARD(w, "outcome", "RS-58", "{'outcome':'returned','reference':'R1','due':'2026-06-08'}");
	w->now = instant_of("2026-05-21 08:00");
	OWN_OF(w, "kir", "");
	world_free(w);
}
END_TEST

START_TEST(what_leaves_after_its_steps_day_says_so)
{
	struct world *w = world_new("2026-04-22 12:00", &plan);

	world_to(w, "2026-05-11 12:00");
	w->down = "*";
	world_to(w, "2026-05-12 16:00");
	SAYS_TO(w, "akut", "två arbetsdagar före sista dagen", "försenad");
	world_to(w, "2026-05-16 12:00"); /* the last day was Friday 15 May */
	SAYS_TO(w, "akut",
		"Påminnelsen skulle ha skickats två arbetsdagar före sista dagen för handlingarna "
		"men har blivit försenad.",
		NULL);
	world_free(w);
}
END_TEST

/* Also where the reminder is a ladder's step, which comes on the same day as the one after the promise. */
START_TEST(a_promise_that_was_not_kept_is_named_in_every_reminder_after_it)
{
	struct world *w = world_new("2026-04-22 12:00", &plan);

	world_to(w, "2026-05-06 12:00");
	HEARD(w, "seen", "HSN-03", "{'answer_by':'2026-05-12'}");
	HEARD(w, "seen", "HSN-07", "{'answer_by':'2026-05-12'}");
	w->down = "*";
	world_to(w, "2026-05-13 08:00");
	SAYS_TO(w, "akut", "Svaret skulle enligt tidigare besked ha lämnats senast tisdag 12 maj.",
		NULL);
	world_free(w);
	w = world_new("2026-04-22 12:00", &plan);
	world_to(w, "2026-05-07 12:00");
	HEARD(w, "seen", "HSN-03", "{'answer_by':'2026-05-14'}");
	HEARD(w, "seen", "HSN-07", "{'answer_by':'2026-05-14'}");
	w->down = "*";
	world_to(w, "2026-05-15 08:00"); /* the last day, on which the ladder has a step */
	SAYS_TO(w, "akut", "Svaret skulle enligt tidigare besked ha lämnats senast torsdag 14 maj.",
		NULL);
	world_free(w);
}
END_TEST

START_TEST(who_stands_in_is_told_for_whom_and_until_when)
{
	struct world *w = world_new("2026-04-22 12:00", &plan);

	world_to(w, "2026-05-06 12:00");
	HEARD(w, "absence", "akut", "{'from':'2026-05-07','until':'2026-05-12','deputy':'kir'}");
	w->down = "*";
	world_to(w, "2026-05-11 08:00");
	SAYS_TO(w, "kir", "som är frånvarande till och med tisdag 12 maj.", NULL);
	world_free(w);
}
END_TEST

START_TEST(a_step_whose_day_is_yet_to_come_is_not_spoken_of)
{
	struct world *w = waiting("2026-04-22 12:00", "2026-04-29 08:00");

	HEARD(w, "meeting", "RS", "{'from':'2026-05-28','replaces':'2026-05-26'}");
	SAYS_TO(w, "akut", "Ursprunglig sista dag: fredag 15 maj 2026", "påminnelsen skickas");
	world_free(w);
}
END_TEST

START_TEST(a_step_after_closing_time_is_spoken_of_by_the_day_on_which_it_goes)
{
	struct written evening = plan;
	struct world *w;

	evening.time = "18:00";
	w = world_new("2026-04-22 12:00", &evening);
	w->down = "*";
	world_to(w, "2026-04-30 07:30");
	SAYS_TO(w, "akut", "påminnelsen skickas nio arbetsdagar före sista dagen", "försenad");
	world_free(w);
}
END_TEST

UNIT_TESTS("engine/notice", UNIT(a_reminder_says_what_by_when_and_what_happens_next),
	   UNIT(a_late_one_says_so_and_who_hears_next), UNIT(the_last_step_has_nothing_after_it),
	   UNIT(who_said_it_has_a_name), UNIT(what_is_told_without_a_message_is_the_same),
	   UNIT(it_may_be_about_anything_and_to_anyone),
	   UNIT(what_was_answered_meanwhile_is_left_out),
	   UNIT(dates_are_those_that_stand_when_it_leaves),
	   UNIT(a_day_that_has_passed_is_no_day_to_hand_in_by),
	   UNIT(a_meeting_that_is_fixed_for_the_first_time_says_so),
	   UNIT(a_recipient_or_channel_that_left_the_plan_gets_nothing),
	   UNIT(the_soonest_papers_date_comes_first),
	   UNIT_ROWS(a_step_is_spoken_of_by_its_distance_to_the_last_day_that_the_mail_names,
		     UNIT_COUNT(spoken)),
	   UNIT(the_last_day_before_an_extension_keeps_its_time_of_day),
	   UNIT(an_extension_tells_its_reference_and_its_reason),
	   UNIT(an_extension_is_told_with_what_waits_to_tell_of_an_earlier_change),
	   UNIT(an_extension_of_a_return_that_waits_to_be_told_is_told_with_it),
	   UNIT(an_extension_that_is_taken_back_before_it_was_told_is_not_told),
	   UNIT(who_owes_what_has_another_date_may_answer_it_once_its_window_is_open),
	   UNIT(a_change_of_one_thing_has_it_as_their_own_only_to_who_owes_it),
	   UNIT(of_a_deadline_that_changes_as_a_whole_each_is_told_what_is_their_own),
	   UNIT(who_stands_in_has_as_their_own_what_the_absent_one_owes_in_it),
	   UNIT(what_leaves_after_its_steps_day_says_so),
	   UNIT(a_promise_that_was_not_kept_is_named_in_every_reminder_after_it),
	   UNIT(who_stands_in_is_told_for_whom_and_until_when),
	   UNIT(a_step_whose_day_is_yet_to_come_is_not_spoken_of),
	   UNIT(a_step_after_closing_time_is_spoken_of_by_the_day_on_which_it_goes))
