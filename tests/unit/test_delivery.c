/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The outbox at work: a real ledger and its turns, real templates, real servers. The clock is a rehearsal's
 * that begins on a Monday morning, so that what is retried is not moved to another day.
 */
#include <errno.h>

#include "base/clock.h"
#include "delivery/delivery.h"
#include "engine/outbox/post.h"
#include "engine/plan_change.h"
#include "tests/unit/peer.h"
#include "tests/unit/store.h"

#define SMTP_PEER "peer_smtp"
#define HTTP_PEER "peer_http"
#define SECRET "a secret"

struct bench {
	struct peer smtp, http;
	struct ledger *ledger;
	sd_event *event;
	struct turn *turn;
	struct engine engine;
	struct templates *templates;
	struct delivery *delivery;
	int reminders, deliveries, ended; /* news and calls heard */
	int status_lines;
	char status[500], last_state[24];
	enum turn_end last_end;
	int turns;
	char rest[65536];
};

/* ---- what delivery calls --------------------------------------------------------------------------- */

static void on_news(void *userdata, const char *type, json_t *event)
{
	struct bench *b = userdata;
	const char *state = NULL;

	ck_assert_str_eq(json_string_value(json_object_get(event, "type")), type);
	ck_assert_str_eq(json_string_value(json_object_get(event, "source")), "/paminn");
	if (strcmp(type, "paminn.reminder") == 0) {
		b->reminders++;
		return;
	}
	ck_assert_str_eq(type, "paminn.delivery");
	b->deliveries++;
	ck_assert_int_eq(json_unpack(event, "{s:{s:s}}", "data", "state", &state), 0);
	snprintf(b->last_state, sizeof(b->last_state), "%s", state);
}

static bool on_heard(void *userdata)
{
	(void)userdata;
	return true;
}

static void on_ended(void *userdata)
{
	struct bench *b = userdata;

	b->ended++;
	delivery_wake(b->delivery);
}

static void on_status(void *userdata, const char *line)
{
	struct bench *b = userdata;

	b->status_lines++;
	snprintf(b->status, sizeof(b->status), "%s", line ? line : "well");
}

static void on_fatal(void *userdata, int error)
{
	(void)userdata;
	ck_abort_msg("the store failed: %d", error);
}

static void on_turn_end(void *userdata, enum turn_end end)
{
	struct bench *b = userdata;

	b->last_end = end;
	b->turns++;
}

static const struct delivery_calls calls = { on_news, on_heard, on_ended, on_status };

/* ---- the bench -------------------------------------------------------------------------------------- */

static void write_file(const char *name, const char *text)
{
	char path[200];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", store_folder, name);
	f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
}

static struct plan *load_plan(int smtp_port, int http_port, const char *hook_path)
{
	struct findings findings = { 0 };
	struct plan *plan = NULL;
	char text[4096], path[200];

	snprintf(text, sizeof(text),
		 "timezone = \"Europe/Stockholm\"; language = \"sv\"; store = \"paminn.db\";\n"
		 "plan = [ \"plan.conf\" ]; intake = { submit = [ \"ipc://x.sock\" ]; };\n"
		 "mail = { server = \"smtp://127.0.0.1:%d\"; from = \"P <p@region.se>\";\n"
		 "  reply_to = \"stod@region.se\"; tls = \"none\"; connections = 2; };\n"
		 "channels = ( { name = \"hook\"; type = \"webhook\"; allow_private = true;\n"
		 "  url = \"http://127.0.0.1:%d%s\"; secret_file = \"secret\"; } );\n"
		 "calendar = { country = \"SE\"; send_between = [ \"07:30\", \"17:00\" ]; };\n"
		 "ladders = ( { name = \"standard\"; time = \"08:00\"; steps = (\n"
		 "  { at = \"0\"; to = [ \"owner\" ]; } ); } );\n",
		 smtp_port, http_port, hook_path);
	write_file("paminnd.conf", text);
	write_file("secret", SECRET);
	write_file("plan.conf",
		   "bodies = ( { id = \"RS\"; name = \"Regionstyrelsen\"; } );\n"
		   "people = ( { id = \"ok\"; name = \"Olle\"; mail = \"ok@region.se\"; },\n"
		   "  { id = \"relay\"; name = \"Rut\"; mail = \"rcptrelay@region.se\"; },\n"
		   "  { id = \"relay2\"; name = \"Rune\"; mail = \"rcptrelay@two.se\"; },\n"
		   "  { id = \"relay3\"; name = \"Ruth\"; mail = \"rcptrelay@three.se\"; },\n"
		   "  { id = \"late\"; name = \"Lage\"; mail = \"rcpt450@region.se\"; },\n"
		   "  { id = \"hang\"; name = \"Hanna\"; mail = \"bodyhang@region.se\"; },\n"
		   "  { id = \"drop\"; name = \"Dora\"; mail = \"bodydrop@region.se\"; },\n"
		   "  { id = \"s\"; name = \"Stina\"; mail = \"s@region.se\"; roles = [ "
		   "\"support\" ]; } );\n"
		   "measures = ( { id = \"HSN-03\"; title = \"Minska inhyrd personal\"; owner = "
		   "\"ok\"; } );\n"
		   "deadlines = ( { id = \"RS-58\"; title = \"Återredovisning\"; decision = \"RS § "
		   "58\";\n"
		   "  due = \"2026-05-29\"; answers_from = [ \"HSN-*\" ]; responsible = \"ok\";\n"
		   "  inform = [ \"s\" ]; ladder = \"standard\"; } );\n");
	snprintf(path, sizeof(path), "%s/paminnd.conf", store_folder);
	if (plan_read(&plan, &(struct plan_request){ .path = path, .rehearsal = true },
		      &findings) != 0)
		ck_abort_msg("line %u: %s", findings.list[0].where.line, findings.list[0].text);
	findings_done(&findings);
	return plan;
}

static void adopt(struct bench *b, int smtp_port, const char *hook_path)
{
	struct plan *plan = load_plan(smtp_port, b->http.port, hook_path);
	struct plan_change adoption;

	ck_assert_int_eq(turn_join(b->turn), 0);
	ck_assert_int_eq(plan_change_apply(&b->engine, plan, clock_now(), &adoption), 0);
	turn_end_now(b->turn);
	plan_unref(plan);
}

static void start(struct bench *b)
{
	const struct delivery_setup with = { &b->engine, b->templates, b->event, &calls, b };

	ck_assert_int_eq(delivery_new(&b->delivery, &with), 0);
}

static void set_up(struct bench *b, const char *smtp_mode, const char *hook_path)
{
	struct instant monday;
	char *error = NULL;

	memset(b, 0, sizeof(*b));
	peer_start(&b->smtp, SMTP_PEER, smtp_mode);
	peer_start(&b->http, HTTP_PEER, SECRET);
	b->ledger = store_open();
	ck_assert_int_eq(rfc3339_parse("2026-05-11T10:00:00+02:00", &monday), 0);
	clock_rehearse(monday, 1);
	clock_barrier(INSTANT_NONE);
	ck_assert_int_ge(sd_event_new(&b->event), 0);
	ck_assert_int_eq(turn_new(&b->turn, b->ledger, b->event, on_fatal, b), 0);
	ck_assert_int_eq(turn_listen(b->turn, on_turn_end, b), 0);
	b->engine = (struct engine){ .ledger = b->ledger, .turn = b->turn };
	adopt(b, b->smtp.port, hook_path);
	ck_assert_msg(templates_new(&b->templates, "conf/templates", &error) == 0, "%s", error);
	start(b);
}

static void tear_down(struct bench *b)
{
	b->delivery = delivery_free(b->delivery, (struct duration){ 0 });
	turn_free(b->turn);
	plan_unref(b->engine.plan);
	templates_free(b->templates);
	sd_event_unref(b->event);
	store_done(b->ledger);
	peer_stop(&b->smtp, b->rest, sizeof(b->rest) / 2);
	peer_stop(&b->http, b->rest + strlen(b->rest), sizeof(b->rest) / 2);
}

/* A message of one item, ready now. */
static int64_t put(struct bench *b, const char *to, const char *channel)
{
	struct instant now = clock_now();
	struct message m = {
		.kind = KIND_ALERT,
		.state = MESSAGE_PENDING,
		.created = now,
		.planned = now,
		.next_attempt = now,
		.first_attempt = INSTANT_NONE,
		.finished = INSTANT_NONE,
	};
	char detail[] = "{\"person\":\"ok\"}";
	struct item item = { .what = ITEM_UNREACHED, .deadline = "RS-58", .detail = detail };

	snprintf(m.to, sizeof(m.to), "%s", to);
	snprintf(m.channel, sizeof(m.channel), "%s", channel);
	ck_assert_int_eq(turn_join(b->turn), 0);
	ck_assert_int_eq(ledger_put_message(b->ledger, &m), 0);
	item.message = m.id;
	ck_assert_int_eq(ledger_put_item(b->ledger, &item), 0);
	turn_end_now(b->turn);
	return m.id.n;
}

static struct message row(struct bench *b, int64_t id)
{
	struct message m;

	ck_assert_int_eq(ledger_message(b->ledger, message_id(id), &m), 0);
	return m;
}

static void run_for(struct bench *b, int ms)
{
	int64_t until = clock_mono().us + ms * 1000;

	while (clock_mono().us < until)
		sd_event_run(b->event, 10000);
}

static void run_until_idle(struct bench *b)
{
	for (int i = 0; i < 2000 && delivery_busy(b->delivery); i++)
		sd_event_run(b->event, 10000);
	ck_assert(!delivery_busy(b->delivery));
}

static size_t lines_with(const char *text, const char *what)
{
	size_t n = 0;

	while ((text = strstr(text, what))) {
		n++;
		text += strlen(what);
	}
	return n;
}

/* ---- the way of a message --------------------------------------------------------------------------- */

START_TEST(a_mail_and_a_hook_are_delivered)
{
	struct bench b;
	int64_t mail, hook;

	set_up(&b, "plain", "/status/200");
	mail = put(&b, "ok", "mail");
	hook = put(&b, "channel:hook", "hook");
	delivery_wake(b.delivery);
	ck_assert(delivery_busy(b.delivery));
	run_until_idle(&b);
	ck_assert_int_eq(row(&b, mail).state, MESSAGE_DELIVERED);
	ck_assert_str_eq(row(&b, mail).last_answer, "250 2.0.0 taken");
	ck_assert_int_eq(row(&b, hook).state, MESSAGE_DELIVERED);
	ck_assert_int_eq(row(&b, hook).attempts, 1);
	ck_assert_int_eq(b.reminders, 2);
	ck_assert_int_eq(b.deliveries, 2);
	ck_assert_int_ge(b.ended, 1);
	ck_assert_int_eq(b.status_lines, 0);
	tear_down(&b);
	ck_assert_uint_eq(lines_with(b.rest, "ok@region.se"), 1);
	ck_assert_uint_eq(lines_with(b.rest, " signed "), 1);
}
END_TEST

START_TEST(no_byte_leaves_before_the_start_is_committed)
{
	struct bench b;
	int64_t id;

	set_up(&b, "plain", "/status/200");
	id = put(&b, "ok", "mail");
	delivery_wake(b.delivery);
	ck_assert_int_eq(row(&b, id).state, MESSAGE_STARTED);
	turn_fail(b.turn, -ENOSPC);
	turn_end_now(b.turn);
	ck_assert_int_eq(b.last_end, TURN_FULL);
	ck_assert(!delivery_busy(b.delivery));
	ck_assert_int_eq(row(&b, id).state, MESSAGE_PENDING);
	ck_assert_int_eq(b.reminders, 0);
	for (int i = 0; i < 20; i++)
		sd_event_run(b.event, 1000);
	b.delivery = delivery_free(b.delivery, (struct duration){ 0 });
	ck_assert_int_eq(row(&b, id).attempts, 0);
	tear_down(&b);
	ck_assert_str_eq(b.rest, "");
}
END_TEST

/* The disk is full when the result is to be recorded: it is recorded when there is room again. */
START_TEST(a_result_is_not_lost)
{
	struct bench b;
	int64_t id;

	set_up(&b, "plain", "/status/200");
	id = put(&b, "ok", "mail");
	delivery_wake(b.delivery);
	while (row(&b, id).state != MESSAGE_DELIVERED)
		sd_event_run(b.event, 10000);
	turn_fail(b.turn, -ENOSPC);
	turn_end_now(b.turn);
	ck_assert_int_eq(b.last_end, TURN_FULL);
	ck_assert_int_eq(row(&b, id).state, MESSAGE_STARTED);
	ck_assert(delivery_busy(b.delivery));
	ck_assert_int_eq(b.deliveries, 0);
	run_until_idle(&b);
	ck_assert_int_eq(row(&b, id).state, MESSAGE_DELIVERED);
	ck_assert_int_eq(b.deliveries, 1);
	tear_down(&b);
	ck_assert_uint_eq(lines_with(b.rest, "ok@region.se"), 1);
}
END_TEST

START_TEST(nothing_leaves_while_held)
{
	struct bench b;
	int64_t id;

	set_up(&b, "plain", "/status/200");
	id = put(&b, "ok", "mail");
	ck_assert_int_eq(ledger_begin(b.ledger), 0);
	ck_assert_int_eq(ledger_set_meta(b.ledger, META_HOLD, "on"), 0);
	ck_assert_int_eq(ledger_commit(b.ledger), 0);
	delivery_wake(b.delivery);
	ck_assert(!delivery_busy(b.delivery));
	ck_assert_int_eq(row(&b, id).state, MESSAGE_PENDING);
	tear_down(&b);
}
END_TEST

/* Because it was on hold, or the daemon down, or there was much to send. */
START_TEST(what_is_ready_after_closing_time_leaves_at_the_next_opening)
{
	struct bench b;
	struct instant evening, morning;
	int64_t id;

	set_up(&b, "plain", "/status/200");
	id = put(&b, "ok", "mail");
	ck_assert_int_eq(rfc3339_parse("2026-05-11T17:00:00+02:00", &evening), 0);
	ck_assert_int_eq(rfc3339_parse("2026-05-12T07:30:00+02:00", &morning), 0);
	clock_rehearse(evening, 1);
	delivery_wake(b.delivery);
	turn_end_now(b.turn);
	ck_assert(!delivery_busy(b.delivery));
	ck_assert_int_eq(row(&b, id).state, MESSAGE_PENDING);
	ck_assert_int_eq(row(&b, id).next_attempt.us, morning.us);
	clock_rehearse(morning, 1);
	delivery_wake(b.delivery);
	run_until_idle(&b);
	ck_assert_int_eq(row(&b, id).state, MESSAGE_DELIVERED);
	tear_down(&b);
}
END_TEST

START_TEST(what_has_become_moot_is_dropped)
{
	struct bench b;
	struct item item = { .what = ITEM_UNREACHED, .deadline = "RS-58", .moot = true };
	int64_t moot, gone;

	set_up(&b, "plain", "/status/200");
	moot = put(&b, "ok", "mail");
	gone = put(&b, "ok", "left-the-plan");
	item.message = message_id(moot);
	ck_assert_int_eq(turn_join(b.turn), 0);
	ck_assert_int_eq(ledger_put_item(b.ledger, &item), 0);
	turn_end_now(b.turn);
	delivery_wake(b.delivery);
	turn_end_now(b.turn);
	ck_assert_int_eq(row(&b, moot).state, MESSAGE_DROPPED);
	ck_assert_ptr_nonnull(strstr(row(&b, moot).last_answer, "moot"));
	ck_assert_int_eq(row(&b, gone).state, MESSAGE_DROPPED);
	ck_assert_int_eq(b.deliveries, 2);
	tear_down(&b);
}
END_TEST

/* ---- what the last run left behind ---------------------------------------------------------------- */

START_TEST(what_was_started_is_recovered_as_unknown)
{
	struct bench b;
	struct message m;
	int64_t ids[2];

	set_up(&b, "plain", "/status/200");
	for (int i = 0; i < 2; i++) {
		ids[i] = put(&b, "ok", "mail");
		m = row(&b, ids[i]);
		m.state = MESSAGE_STARTED;
		m.next_attempt = INSTANT_NONE;
		m.first_attempt = m.planned;
		m.attempts = 3;
		m.unknown = i == 0 ? 0 : 2;
		ck_assert_int_eq(turn_join(b.turn), 0);
		ck_assert_int_eq(ledger_put_message(b.ledger, &m), 0);
		turn_end_now(b.turn);
	}
	ck_assert_int_eq(turn_join(b.turn), 0);
	ck_assert_int_eq(delivery_recover(b.delivery, clock_now()), 0);
	turn_fail(b.turn, -ENOSPC);
	turn_end_now(b.turn);
	ck_assert_int_eq(row(&b, ids[0]).state, MESSAGE_STARTED);
	delivery_wake(b.delivery); /* the disk was full: first of all, once more */
	turn_end_now(b.turn);
	ck_assert_int_eq(row(&b, ids[0]).state, MESSAGE_RETRY);
	ck_assert_int_eq(row(&b, ids[0]).unknown, 1);
	ck_assert_int_eq(row(&b, ids[1]).state, MESSAGE_HELD);
	ck_assert_int_eq(b.deliveries, 2);
	tear_down(&b);
}
END_TEST

START_TEST(a_stop_lets_attempts_end_and_puts_back_the_rest)
{
	struct bench b;
	int64_t ids[6];
	int states[MESSAGE_STATES] = { 0 };

	set_up(&b, "plain", "/status/200");
	for (int i = 0; i < 6; i++)
		ids[i] = put(&b, i < 2 ? "ok" : "late", "mail");
	delivery_wake(b.delivery);
	turn_end_now(b.turn); /* two are under way, four wait for a connection */
	b.delivery = delivery_free(b.delivery, SECONDS(2));
	for (int i = 0; i < 6; i++) {
		states[row(&b, ids[i]).state]++;
		ck_assert_int_eq(row(&b, ids[i]).unknown, 0);
	}
	ck_assert_int_eq(states[MESSAGE_DELIVERED], 2);
	ck_assert_int_eq(states[MESSAGE_PENDING], 4);
	tear_down(&b);
}
END_TEST

START_TEST(a_stop_does_not_wait_for_ever)
{
	struct bench b;
	int64_t id, begun;

	set_up(&b, "plain", "/status/200");
	id = put(&b, "hang", "mail");
	delivery_wake(b.delivery);
	run_for(&b, 300);
	begun = clock_mono().us;
	b.delivery = delivery_free(b.delivery, (struct duration){ 300000 });
	ck_assert_int_lt(clock_mono().us - begun, SECONDS(40).us);
	ck_assert_int_eq(row(&b, id).state, MESSAGE_RETRY);
	ck_assert_int_eq(row(&b, id).unknown, 1);
	ck_assert_ptr_nonnull(strstr(row(&b, id).last_answer, "stopped"));
	tear_down(&b);
}
END_TEST

/* A server that accepts the connection and says nothing, and three stops meanwhile. */
START_TEST(a_stop_before_the_body_is_no_unknown_outcome)
{
	struct bench b;
	int64_t id;

	set_up(&b, "silent", "/status/200");
	id = put(&b, "ok", "mail");
	for (int i = 0; i < 3; i++) {
		if (!b.delivery)
			start(&b);
		delivery_wake(b.delivery);
		run_for(&b, 200);
		ck_assert_int_eq(row(&b, id).state, MESSAGE_STARTED);
		b.delivery = delivery_free(b.delivery, (struct duration){ 100000 });
		ck_assert_int_eq(row(&b, id).state, MESSAGE_PENDING);
		ck_assert_int_eq(row(&b, id).attempts, 0);
		ck_assert_int_eq(row(&b, id).unknown, 0);
	}
	tear_down(&b);
}
END_TEST

/* ---- servers that fail ---------------------------------------------------------------------------- */

START_TEST(a_server_that_is_down_costs_a_few_attempts)
{
	struct bench b;
	int64_t ids[100];
	int attempts = 0;
	struct due_instants due;

	set_up(&b, "greeting554", "/status/200");
	for (int i = 0; i < 100; i++)
		ids[i] = put(&b, "ok", "mail");
	delivery_wake(b.delivery);
	run_until_idle(&b);
	run_for(&b, 300);
	for (int i = 0; i < 100; i++) {
		struct message m = row(&b, ids[i]);

		attempts += m.attempts;
		ck_assert(m.state == (m.attempts ? MESSAGE_RETRY : MESSAGE_PENDING));
		ck_assert_int_eq(m.unknown, 0);
	}
	ck_assert_int_ge(attempts, 1);
	ck_assert_int_le(attempts, 2); /* its connections */
	ck_assert_int_eq(b.status_lines, 1);
	ck_assert_ptr_nonnull(strstr(b.status, "554 go away"));
	/* Nothing is ready until the server is tried again: who sleeps until then does not spin. */
	ck_assert_int_eq(ledger_next_due(b.ledger, &due), 0);
	ck_assert_int_gt(due.messages.us, clock_now().us + 2000000);
	tear_down(&b);
}
END_TEST

/* A greet pause, or a slow look-up of our name. */
START_TEST(a_server_that_greets_late_gets_its_mail)
{
	struct bench b;
	int64_t id;

	set_up(&b, "pause12", "/status/200");
	id = put(&b, "ok", "mail");
	delivery_wake(b.delivery);
	run_until_idle(&b);
	ck_assert_int_eq(row(&b, id).state, MESSAGE_DELIVERED);
	ck_assert_int_eq(row(&b, id).attempts, 1);
	tear_down(&b);
}
END_TEST

/* A relay that won't take mail from us says so of several recipients in a row: it is told once, and nobody's
 * message fails for it. */
START_TEST(a_relay_that_refuses_us_is_down)
{
	struct bench b;
	int64_t ids[20];
	int attempts = 0;

	set_up(&b, "plain", "/status/200");
	for (int i = 0; i < 20; i++)
		ids[i] = put(&b, (const char *[]){ "relay", "relay2", "relay3" }[i % 3], "mail");
	delivery_wake(b.delivery);
	run_until_idle(&b);
	for (int i = 0; i < 20; i++) {
		struct message m = row(&b, ids[i]);

		attempts += m.attempts;
		ck_assert(m.state == MESSAGE_RETRY || m.state == MESSAGE_PENDING);
	}
	ck_assert_int_ge(attempts, 1);
	ck_assert_int_le(attempts, 8);
	ck_assert_int_eq(b.status_lines, 1);
	ck_assert_ptr_nonnull(strstr(b.status, "RCPT was \"554 5.7.1 relay access denied\""));
	tear_down(&b);
}
END_TEST

/* Of one recipient alone it says nothing of the server; when it refuses once more, others having been
 * accepted, it is final. */
START_TEST(a_recipient_who_does_not_hear_us_stops_nobody)
{
	struct bench b;
	struct message m;
	int64_t id, others[20];

	set_up(&b, "plain", "/status/200");
	id = put(&b, "relay", "mail");
	for (int i = 0; i < 20; i++)
		others[i] = put(&b, "ok", "mail");
	delivery_wake(b.delivery);
	run_until_idle(&b);
	m = row(&b, id);
	ck_assert_int_eq(m.state, MESSAGE_RETRY);
	for (int i = 0; i < 20; i++)
		ck_assert_int_eq(row(&b, others[i]).state, MESSAGE_DELIVERED);
	ck_assert_int_eq(b.status_lines, 0);
	clock_rehearse(m.next_attempt, 1);
	delivery_wake(b.delivery);
	run_until_idle(&b);
	ck_assert_int_eq(row(&b, id).state, MESSAGE_FAILED);
	ck_assert_int_eq(row(&b, id).attempts, 2);
	ck_assert_int_eq(b.status_lines, 0);
	tear_down(&b);
}
END_TEST

START_TEST(a_full_route_hides_no_other)
{
	struct bench b;
	int64_t hook;

	set_up(&b, "silent", "/status/200");
	for (int i = 0; i < 200; i++)
		put(&b, "ok", "mail");
	for (int i = 0; i < 2; i++) {
		hook = put(&b, "channel:hook", "hook");
		delivery_wake(b.delivery);
		while (row(&b, hook).state != MESSAGE_DELIVERED)
			sd_event_run(b.event, 10000);
	}
	tear_down(&b);
}
END_TEST

START_TEST(a_hook_that_is_gone_gets_nothing_more)
{
	struct bench b;
	int64_t first, second;

	set_up(&b, "plain", "/status/410");
	first = put(&b, "channel:hook", "hook");
	delivery_wake(b.delivery);
	run_until_idle(&b);
	ck_assert_int_eq(row(&b, first).state, MESSAGE_FAILED);
	second = put(&b, "channel:hook", "hook");
	delivery_wake(b.delivery);
	run_for(&b, 200);
	ck_assert_int_eq(row(&b, second).state, MESSAGE_PENDING);
	ck_assert_int_eq(row(&b, second).attempts, 0);
	delivery_reconfigure(b.delivery, b.templates, NULL); /* a reload opens it again */
	first = put(&b, "channel:hook", "hook");
	delivery_wake(b.delivery);
	run_until_idle(&b);
	ck_assert_int_eq(row(&b, first).state, MESSAGE_FAILED);
	tear_down(&b);
	ck_assert_uint_eq(lines_with(b.rest, "/status/410"), 2);
}
END_TEST

START_TEST(a_reload_leads_to_the_new_server)
{
	struct bench b;
	struct peer other;
	int64_t id;
	char rest[4096];

	set_up(&b, "plain", "/status/200");
	peer_start(&other, SMTP_PEER, "plain");
	id = put(&b, "hang", "mail");
	delivery_wake(b.delivery);
	run_for(&b, 200); /* under way on the old route */
	adopt(&b, other.port, "/status/200");
	delivery_reconfigure(b.delivery, b.templates, NULL);
	ck_assert_int_eq(row(&b, id).state, MESSAGE_STARTED);
	id = put(&b, "ok", "mail");
	delivery_wake(b.delivery);
	while (row(&b, id).state != MESSAGE_DELIVERED)
		sd_event_run(b.event, 10000);
	tear_down(&b);
	peer_stop(&other, rest, sizeof(rest));
	ck_assert_uint_eq(lines_with(rest, "ok@region.se"), 1);
	ck_assert_uint_eq(lines_with(b.rest, "ok@region.se"), 0);
}
END_TEST

START_TEST(many_leave_in_few_turns)
{
	struct bench b;
	struct message left[1];

	set_up(&b, "plain", "/status/200");
	for (int i = 0; i < 300; i++)
		put(&b, "ok", i % 2 ? "mail" : "hook");
	b.turns = 0;
	delivery_wake(b.delivery);
	run_until_idle(&b);
	ck_assert_int_lt(b.turns, 300); /* 300 starts and 300 results */
	ck_assert_int_eq(
		ledger_messages(b.ledger, ~(1u << MESSAGE_DELIVERED), message_id(0), left, 1), 0);
	ck_assert_int_eq(b.deliveries, 300);
	tear_down(&b);
	ck_assert_uint_eq(lines_with(b.rest, "ok@region.se"), 150);
	ck_assert_uint_eq(lines_with(b.rest, " signed "), 150);
}
END_TEST

UNIT_TESTS("delivery/delivery", UNIT(a_mail_and_a_hook_are_delivered),
	   UNIT(no_byte_leaves_before_the_start_is_committed), UNIT(a_result_is_not_lost),
	   UNIT(nothing_leaves_while_held),
	   UNIT(what_is_ready_after_closing_time_leaves_at_the_next_opening),
	   UNIT(what_has_become_moot_is_dropped), UNIT(what_was_started_is_recovered_as_unknown),
	   UNIT(a_stop_lets_attempts_end_and_puts_back_the_rest),
	   UNIT(a_stop_does_not_wait_for_ever), UNIT(a_stop_before_the_body_is_no_unknown_outcome),
	   UNIT(a_server_that_greets_late_gets_its_mail), UNIT(a_relay_that_refuses_us_is_down),
	   UNIT(a_recipient_who_does_not_hear_us_stops_nobody),
	   UNIT(a_server_that_is_down_costs_a_few_attempts), UNIT(a_full_route_hides_no_other),
	   UNIT(a_hook_that_is_gone_gets_nothing_more), UNIT(a_reload_leads_to_the_new_server),
	   UNIT(many_leave_in_few_turns))
