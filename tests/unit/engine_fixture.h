/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_ENGINE_FIXTURE_H
#define TESTS_UNIT_ENGINE_FIXTURE_H

/*
 * A world for the tests of engine/: a plan written in a few lines, a ledger, and time that goes on
 * only when told. What leaves is told as a tale, a line a message:
 *
 *	05-07 08:00 reminder akut: RS-58/HSN-03 -5wd
 *
 * Plans are written with ' for ", and ladders in a shorthand: "-5wd owner; +1wd owner manager;
 * +3wd role:support every 2wd until +10wd". What a test leaves out of its plan is as below.
 */
#include <stdarg.h>

#include "base/zone.h"
#include "engine/apply.h"
#include "engine/content.h"
#include "engine/freeze.h"
#include "engine/obligation/deadline_state.h"
#include "engine/outbox/divert.h"
#include "engine/outbox/hold.h"
#include "engine/outbox/message_state.h"
#include "engine/outbox/post.h"
#include "engine/outbox/result.h"
#include "engine/plan_change.h"
#include "engine/remind.h"
#include "tests/unit/store.h"

struct written {
	const char *calendar; /* members of it */
	const char *steps;    /* of the ladder "standard", which runs at `time` */
	const char *time;
	const char *ladders; /* further ones, as libconfig */
	const char *alerts, *bodies, *meetings, *people, *measures, *deadlines;
};

#define ONE_MEASURE "{ id='HSN-03'; title='Färre inhyrda'; owner='akut'; effect_planned=12000000; }"
#define TWO_MEASURES ONE_MEASURE ", { id='HSN-07'; title='Samordna inköp'; owner='kir'; }"
/* A deadline that the measures answer and nobody hands in; more: further members. */
#define ASKING(id, due, more)                                                                     \
	"{ id='" id "'; title='Uppföljning'; decision='RS 2026-04-22 § 58'; due='" due "'; " more \
	" answers_from=['HSN-*']; inform=['reg']; ladder='standard'; }"
/* One that has a responsible too. */
#define HANDED_IN(id, due, more) ASKING(id, due, "responsible='ordf'; " more)
#define PERSON(id, more) "{ id='" id "'; name='Namn " id "'; mail='" id "@region.se'; " more " }"
#define PEOPLE                                                                                     \
	PERSON("akut", "manager='dir';")                                                           \
	", " PERSON("kir", "manager='dir';") ", " PERSON("dir", "manager='ordf';") ", " PERSON(    \
		"ordf",                                                                            \
		"roles=['presidium'];") ", " PERSON("stod",                                        \
						    "roles=['support'];") ", " PERSON("reg",       \
										      "roles=['"   \
										      "registrato" \
										      "r'];")

/* Each member as it is when a test leaves it out. */
static const struct written usual = {
	.calendar = "country = 'SE'; send_between = [ '07:30', '17:00' ];",
	.steps = "-10wd owner; -5wd owner; -2wd owner; 0 owner; +1wd owner manager; "
		 "+3wd role:support every 2wd until +10wd",
	.time = "08:00",
	.ladders = "",
	.alerts = "{ when = 'off-track'; to = [ 'manager', 'role:support' ]; }",
	.bodies = "{ id='RS'; name='Regionstyrelsen'; papers='-7wd'; }",
	.meetings = "",
	.people = PEOPLE,
	.measures = ONE_MEASURE,
	.deadlines = ASKING("RS-58", "2026-05-15", ""),
};

struct world {
	struct engine e;
	struct instant now;
	const char *refused; /* whose messages the server refuses for good */
	const char *says;    /* whose events these are, an id or "/local/anna"; NULL: akut's */
	const char *down;    /* whose messages no server takes for now; "*": everybody's */
	const char *down_channel;
	void (*left)(struct world *w, const struct message *m); /* also told of each message */
	void *userdata;
	const char *story; /* what was done to it, for the message of a test that fails; or NULL */
	bool tells_papers; /* also of those that are frozen, or can't be */
	int events;
	struct rejection why; /* of the last event refused */
	json_t *remarks;      /* of the last event, as its answer has them; NULL: none */
	char said[500];	      /* its sentence; "": none */
	char tale[1 << 16];
};

/* ---- plans ----------------------------------------------------------------------------------- */

static inline void write_step(FILE *out, char *step)
{
	char *word, *rest = step, *at = strtok_r(step, " ", &rest);

	fprintf(out, "{ at='%s'; to=[", at);
	for (int n = 0; (word = strtok_r(NULL, " ", &rest)) && strcmp(word, "every") != 0; n++)
		fprintf(out, "%s'%s'", n ? "," : "", word);
	fprintf(out, "];");
	if (word) {
		fprintf(out, " repeat='%s';", strtok_r(NULL, " ", &rest));
		strtok_r(NULL, " ", &rest); /* until */
		fprintf(out, " until='%s';", strtok_r(NULL, " ", &rest));
	}
	fprintf(out, " }");
}

static inline void write_steps(FILE *out, const char *steps)
{
	char copy[800], *rest = copy, *step;

	snprintf(copy, sizeof(copy), "%s", steps);
	for (int n = 0; (step = strtok_r(n ? NULL : copy, ";", &rest)); n++) {
		fputs(n ? "," : "", out);
		write_step(out, step);
	}
}

#define WRITTEN(member) (w->member ? w->member : usual.member)

static inline void write_main(FILE *out, const struct written *w)
{
	fprintf(out,
		"timezone='Europe/Stockholm'; language='sv'; store='x.db'; plan=['p.conf'];"
		"intake={ submit=['ipc:///run/x/submit.sock']; };"
		"mail={ server='smtp://127.0.0.1:25'; from='Påminn <paminn@region.se>';"
		" reply_to='stod@region.se'; tls='none'; };"
		"channels=( { name='hook'; type='webhook'; url='https://hook.region.se/x';"
		" secret_file='secret'; format='cloudevents'; } );"
		"calendar={ %s }; ladders=( { name='standard'; time='%s'; steps=(",
		WRITTEN(calendar), WRITTEN(time));
	write_steps(out, WRITTEN(steps));
	fprintf(out, "); } %s ); alerts=( %s );", WRITTEN(ladders), WRITTEN(alerts));
}

static inline void write_plan(FILE *out, const struct written *w)
{
	fprintf(out,
		"bodies=( %s ); meetings=( %s ); people=( %s ); measures=( %s ); "
		"deadlines=( %s );",
		WRITTEN(bodies), WRITTEN(meetings), WRITTEN(people), WRITTEN(measures),
		WRITTEN(deadlines));
}

/* What `write` writes, with " for ', as a JSON string. */
static inline json_t *text_of(void (*write)(FILE *, const struct written *),
			      const struct written *w)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	json_t *json;

	write(out, w);
	fclose(out);
	for (char *c = text; *c; c++)
		if (*c == '\'')
			*c = '"';
	json = json_string(text);
	free(text);
	return json;
}

static inline struct plan *plan_of(const struct written *w)
{
	struct plan *plan = NULL;
	json_t *text = json_pack("{ss s[{ss so} {ss so}]}", "main", "m.conf", "files", "name",
				 "m.conf", "text", text_of(write_main, w), "name", "p.conf", "text",
				 text_of(write_plan, w));

	ck_assert_int_eq(zone_set("Europe/Stockholm"), 0);
	ck_assert_msg(plan_from_text(&plan, text, NULL) == 0, "the plan of this test has faults");
	json_decref(text);
	return plan;
}

/* The zone once, before Check forks: to work it out is half of what a short test does. */
static void zone_once(void)
{
	zone_set("Europe/Stockholm");
}
UNIT_FIRST(zone_once)

/* ---- time ------------------------------------------------------------------------------------ */

static inline struct civil_date day_of(const char *text)
{
	struct civil_date day = CIVIL_NONE;

	ck_assert_msg(civil_parse(text, &day) == 0, "%s", text);
	return day;
}

/* "2026-05-11 08:00", local. */
static inline struct instant instant_of(const char *text)
{
	struct time_of_day time;
	char day[CIVIL_TEXT];

	snprintf(day, sizeof(day), "%.10s", text);
	ck_assert_msg(civil_parse_time(text + 11, &time) == 0, "%s", text);
	return zone_instant(day_of(day), time);
}

/* ---- the tale -------------------------------------------------------------------------------- */

static const char *const item_names[ITEM_WHATS] = {
	[ITEM_OFF_TRACK] = "off-track",
	[ITEM_NEEDS_SUPPORT] = "needs-support",
	[ITEM_EFFECT_BELOW] = "effect-below",
	[ITEM_UNREACHED] = "unreached",
	[ITEM_UNBOUND] = "unbound",
	[ITEM_MOVED] = "moved",
	[ITEM_NOT_MINE] = "not-mine",
	[ITEM_REQUESTED] = "requested",
	[ITEM_GRANTED] = "granted",
	[ITEM_DENIED] = "denied",
	[ITEM_GONE] = "gone",
	[ITEM_SUBMITTED] = "submitted",
	[ITEM_ASSIGNED] = "assigned",
	[ITEM_UNASSIGNED] = "unassigned",
	[ITEM_ABSENT] = "absent",
	[ITEM_OUTCOME] = "outcome",
	[ITEM_RETURNED] = "returned",
	[ITEM_PASSED] = "passed",
	[ITEM_UNDECIDED] = "undecided",
	[ITEM_DISORDER] = "disorder",
	[ITEM_LIGHT] = "light",
	[ITEM_DONE_BY] = "done-by",
	[ITEM_FROZEN] = "frozen",
	[ITEM_UNPROPOSED] = "unproposed",
	[ITEM_REPLIED] = "replied",
	[ITEM_UNFORWARDED] = "unforwarded",
	[ITEM_HOLD] = "hold",
	[ITEM_AWAY] = "absence",
};

static inline void tell(char *tale, size_t size, const char *format, ...)
{
	size_t used = strlen(tale);
	va_list ap;

	va_start(ap, format);
	vsnprintf(tale + used, size - used, format, ap);
	va_end(ap);
}

/* "akut away 05-07 to 05-12, kir", "akut back", "hold on". */
static inline void tell_telling(struct world *w, const struct item *item)
{
	json_t *detail = json_loads(item->detail, 0, NULL);
	const char *person = json_string_value(json_object_get(detail, "person")),
		   *deputy = json_string_value(json_object_get(detail, "deputy"));
	const char *from = json_string_value(json_object_get(detail, "from")),
		   *until = json_string_value(json_object_get(detail, "until"));

	tell(w->tale, sizeof(w->tale), "%s", w->tale[strlen(w->tale) - 1] == ':' ? " " : ", ");
	if (item->what == ITEM_HOLD)
		tell(w->tale, sizeof(w->tale), "hold %s",
		     json_is_true(json_object_get(detail, "on")) ? "on" : "off");
	else
		tell(w->tale, sizeof(w->tale), "%s %s %.5s to %.5s%s%s", person,
		     json_is_true(json_object_get(detail, "away")) ? "away" : "back", from + 5,
		     until + 5, deputy ? ", " : "", deputy ? deputy : "");
	json_decref(detail);
}

static inline int tell_item(void *userdata, const struct item *item)
{
	struct world *w = userdata;

	if (item->moot ||
	    (!w->tells_papers && (item->what == ITEM_FROZEN || item->what == ITEM_UNPROPOSED)))
		return 0;
	if (item->what == ITEM_AWAY || item->what == ITEM_HOLD) {
		tell_telling(w, item);
		return 0;
	}
	tell(w->tale, sizeof(w->tale), "%s%s%s%s %s%s",
	     w->tale[strlen(w->tale) - 1] == ':' ? " " : ", ", item->deadline,
	     item->deadline[0] && item->measure[0] ? "/" : "", item->measure,
	     item->step[0] ? item->step : item_names[item->what], item->late ? " late" : "");
	return 0;
}

static inline void tell_message(struct world *w, const struct message *m)
{
	const size_t before = strlen(w->tale);
	char when[RFC3339_TEXT];

	zone_format(w->now, when);
	tell(w->tale, sizeof(w->tale), "%.5s %.5s %s %s%s%s:", when + 5, when + 11,
	     message_kind_name(m->kind), m->to, strcmp(m->channel, "mail") ? "@" : "",
	     strcmp(m->channel, "mail") ? m->channel : "");
	ck_assert_int_eq(ledger_items(w->e.ledger, m->id, tell_item, w), 0);
	if (w->tale[strlen(w->tale) - 1] == ':')
		w->tale[before] = '\0'; /* of nothing that is told */
	else
		tell(w->tale, sizeof(w->tale), "\n");
}

/* What has left since the last time this was asked. */
#define TELLS(world, expected)                             \
	do {                                               \
		ck_assert_str_eq((world)->tale, expected); \
		(world)->tale[0] = '\0';                   \
	} while (0)

/* ---- the world ------------------------------------------------------------------------------- */

static inline void world_adopt(struct world *w, const struct written *written)
{
	struct plan *plan = plan_of(written);
	struct plan_change done;

	ck_assert_int_eq(plan_change_apply(&w->e, plan, w->now, &done), 0);
	plan_unref(plan);
}

/* A world that begins at an instant with a plan; store: a ledger with a transaction open. */
static inline struct world *world_in(struct ledger *store, const char *begins,
				     const struct written *written)
{
	struct world *w = calloc(1, sizeof(*w));

	ck_assert_ptr_nonnull(w);
	ck_assert_int_eq(zone_set("Europe/Stockholm"), 0);
	w->e.ledger = store;
	w->now = instant_of(begins);
	world_adopt(w, written);
	return w;
}

static inline struct world *world_new(const char *begins, const struct written *written)
{
	struct ledger *store = store_in_memory();

	ck_assert_int_eq(ledger_begin(store), 0);
	return world_in(store, begins, written);
}

static inline void world_free(struct world *w)
{
	ledger_close(w->e.ledger);
	plan_unref(w->e.plan);
	json_decref(w->remarks);
	free(w);
}

static inline void world_decide(struct world *w)
{
	bool more = true;

	while (more)
		ck_assert_int_eq(remind_due(&w->e, w->now, 50, &more), 0);
	for (more = true; more;)
		ck_assert_int_eq(freeze_due(&w->e, w->now, 50, &more), 0);
}

static inline bool is_named(const char *name, const char *to)
{
	return name && (strcmp(name, "*") == 0 || strcmp(name, to) == 0);
}

/* Does it go another way, since its recipient is away by now? */
static inline bool world_diverts(struct world *w, struct message *m)
{
	struct absences *absences = NULL;
	int r;

	ck_assert_int_eq(absences_new(&absences, &w->e, w->now), 0);
	r = divert_message(&w->e, absences, m, w->now);
	absences_free(absences);
	ck_assert_int_ge(r, 0);
	return r > 0;
}

/* One attempt, by the rules of the outbox. */
static inline void world_attempt(struct world *w, struct message *m)
{
	struct result result = { .verdict = VERDICT_ACCEPTED, .answer = "250 ok" };
	struct message_content *n = NULL;

	if (m->kind != KIND_FORWARD) /* which is in somebody else's words */
		ck_assert_int_eq(message_content_load(&w->e, m, w->now, &n), 0);
	message_content_free(n);
	if (is_named(w->refused, m->to))
		result = (struct result){ .verdict = VERDICT_REFUSED, .answer = "550 unknown" };
	else if (is_named(w->down, m->to) || is_named(w->down_channel, m->channel))
		result = (struct result){ .verdict = VERDICT_LATER, .answer = "no connection" };
	else
		tell_message(w, m);
	if (result.verdict == VERDICT_ACCEPTED && w->left)
		w->left(w, m);
	outbox_start(m, w->now);
	ck_assert_int_eq(ledger_put_message(w->e.ledger, m), 0);
	outbox_settle(m, &result, w->e.plan->calendar, w->now);
	ck_assert_int_eq(ledger_put_message(w->e.ledger, m), 0);
	if (m->state == MESSAGE_DELIVERED)
		ck_assert_int_eq(result_accepted(&w->e, m, w->now), 0);
	else if (outbox_is_unreached(m->state))
		ck_assert_int_eq(result_unreached(&w->e, m, w->now), 0);
}

static inline void world_deliver(struct world *w)
{
	struct message ready[16];
	int count = 0;

	while ((count = (ledger_is_on_hold(w->e.ledger)
				 ? ledger_messages_at_once
				 : ledger_messages_ready)(w->e.ledger, w->now, ready, 16)) > 0)
		for (int i = 0; i < count; i++)
			if (!world_diverts(w, &ready[i]))
				world_attempt(w, &ready[i]);
	ck_assert_int_eq(count, 0);
}

/* Time goes on to an instant, that included: what is due is decided and what may leave leaves. */
static inline void world_reach(struct world *w, struct instant until)
{
	struct due_instants due;

	for (int looks = 0;; looks++) {
		struct instant next;

		ck_assert_msg(looks < 100000, "time does not go on");
		ck_assert_int_eq(ledger_next_due(w->e.ledger, &due), 0);
		if (ledger_is_on_hold(w->e.ledger))
			ck_assert_int_eq(ledger_next_at_once(w->e.ledger, &due.messages), 0);
		next = instant_min(due.decisions, due.messages);
		if (instant_compare(next, until) > 0)
			break;
		w->now = instant_max(w->now, next);
		world_decide(w);
		world_deliver(w);
	}
	w->now = until;
}

static inline void world_to(struct world *w, const char *until)
{
	world_reach(w, instant_of(until));
}

/* The command `hold`: nothing leaves while it is on. */
static inline void world_hold(struct world *w, bool on)
{
	ck_assert_int_eq(hold_set(&w->e, on, NULL, w->now), 0);
}

/* The daemon is down until then: nothing is decided, nothing leaves. */
static inline void world_sleep(struct world *w, const char *until)
{
	w->now = instant_of(until);
}

/* ---- events ---------------------------------------------------------------------------------- */

/*
 * Somebody says something: data as JSON with ' for ", time "" for now. Returns 0 or the reject code,
 * with the reason in w->why.
 */
/* What the answer says besides, as JSON without its sentence; NULL: nothing. */
static inline json_t *remarks_json(const struct remarks *remarks, char said[static 500])
{
	char *text = malloc(answer_room(remarks));
	size_t length = answer_write(ANSWER_ACCEPTED, "", 0, remarks, text);
	json_t *json = json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL);

	free(text);
	ck_assert_ptr_nonnull(json);
	json_object_del(json, "result");
	json_object_del(json, "id");
	json_object_del(json, "seq");
	snprintf(said, 500, "%s",
		 json_is_string(json_object_get(json, "reason"))
			 ? json_string_value(json_object_get(json, "reason"))
			 : "");
	json_object_del(json, "reason");
	if (json_object_size(json))
		return json;
	json_decref(json);
	return NULL;
}

static inline int world_hear(struct world *w, const char *type, const char *subject,
			     const char *time, const char *data)
{
	char text[4000], id[24], when[RFC3339_TEXT];
	struct event event;
	char source[80], *body;
	struct parser *parser;
	json_t *json, *parsed;
	struct applied applied = { 0 };
	int r;

	snprintf(text, sizeof(text), "%s", data);
	for (char *c = text; *c; c++)
		if (*c == '\'')
			*c = '"';
	parsed = json_loads(text, 0, NULL);
	ck_assert_msg(parsed != NULL, "%s", text);
	snprintf(id, sizeof(id), "event-%d", ++w->events);
	snprintf(source, sizeof(source), "%s%s", w->says && *w->says == '/' ? "" : "/people/",
		 w->says ? w->says : "akut");
	zone_format(time[0] ? instant_of(time) : w->now, when);
	json = json_pack("{ss ss ss ss ss ss so}", "specversion", "1.0", "id", id, "source", source,
			 "type", type, "subject", subject, "time", when, "data", parsed);
	body = json_dumps(json, JSON_COMPACT);
	ck_assert_int_eq(parser_new(&parser), 0);
	ck_assert_int_eq(event_envelope(parser_parse(parser, body, strlen(body), &w->why), w->now,
					&event, &w->why),
			 REJECT_NONE);
	r = (int)event_data(&event, &w->why);
	ck_assert_msg(r == REJECT_NONE, "%s", w->why.reason);
	r = apply_event(&w->e, &event, w->now, &applied, &w->why);
	json_decref(w->remarks);
	w->remarks = remarks_json(&applied.remarks, w->said);
	remarks_done(&applied.remarks);
	ck_assert_int_ge(r, 0);
	parser_free(parser);
	free(body);
	json_decref(json);
	return r;
}

#define HEARD(world, type, subject, data) \
	ck_assert_int_eq(world_hear(world, "paminn." type, subject, "", data), 0)
/* Refused with this code, and a sentence that has these words. */
#define REFUSED(world, type, subject, data, code, words)                                      \
	do {                                                                                  \
		ck_assert_int_eq(world_hear(world, "paminn." type, subject, "", data), code); \
		ck_assert_msg(strstr((world)->why.reason, words), "%s", (world)->why.reason); \
	} while (0)

static inline struct obligation obligation_of(struct world *w, const char *deadline,
					      const char *measure)
{
	struct obligation o;

	ck_assert_msg(ledger_obligation_of(w->e.ledger, deadline_id(deadline), measure_id(measure),
					   &o) == 0,
		      "%s/%s", deadline, measure);
	return o;
}

static inline struct deadline_row deadline_of(struct world *w, const char *deadline)
{
	struct deadline_row row;

	ck_assert_int_eq(ledger_deadline(w->e.ledger, deadline_id(deadline), &row), 0);
	return row;
}

#define DEADLINE_IS(world, deadline, expected)                                    \
	ck_assert_str_eq(deadline_state_name(deadline_of(world, deadline).state), \
			 deadline_state_name(DEADLINE_##expected))

static inline int tell_mark(void *userdata, const struct mark *m)
{
	static const char *const names[] = {
		[DECISION_SENT] = "sent",
		[DECISION_MERGED] = "merged",
		[DECISION_HELD] = "held",
		[DECISION_SUPPRESSED] = "suppressed",
	};

	tell(userdata, 4000, "%d %s.%u %s %s: %s\n", m->round, m->step, m->repetition, m->recipient,
	     names[m->decision], m->reason);
	return 0;
}

/* The marks of an obligation, a line each: round, step.repetition, recipient, decision: reason. */
#define MARKS_ARE(world, deadline, measure, expected)                                          \
	do {                                                                                   \
		struct obligation marked_ = obligation_of(world, deadline, measure);           \
		char marks_[4000] = "";                                                        \
		ck_assert_int_eq(                                                              \
			ledger_marks((world)->e.ledger, marked_.id, 0, tell_mark, marks_), 0); \
		ck_assert_str_eq(marks_, expected);                                            \
	} while (0)

/* Is a date this one? "" for none. */
#define DAY_IS(date, expected) \
	ck_assert_str_eq(civil_format(date, (char[CIVIL_TEXT]){ 0 }), expected)

#endif
