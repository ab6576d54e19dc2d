/* SPDX-License-Identifier: Apache-2.0 */
/* Signed posts against Python's HTTP server, which checks the signature by itself. */
#include <sys/stat.h>

#include "tests/unit/exchange.h"
#include "tests/unit/unit.h"

#define PEER "peer_http"
#define SECRET "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

struct hook_test {
	struct peer peer;
	sd_event *event;
	void *out;
	char url[128], secret_file[64];
	struct send_request request;
	char rest[8192];
};

static const char body[] = "{\"specversion\":\"1.0\",\"data\":{\"text\":\"Hej \xc3\xa5\"}}";

static void write_secret(struct hook_test *t, const char *text)
{
	FILE *f = fopen(t->secret_file, "w");

	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
}

static void begin_limited(struct hook_test *t, const char *secret, int seconds)
{
	struct limits limits = limits_of(2, seconds);
	int fd;

	memset(t, 0, sizeof(*t));
	strcpy(t->secret_file, "/tmp/paminn-unit-secret-XXXXXX");
	fd = mkstemp(t->secret_file);
	ck_assert_int_ge(fd, 0);
	close(fd);
	write_secret(t, secret);
	peer_start(&t->peer, PEER, secret);
	ck_assert_int_ge(sd_event_new(&t->event), 0);
	ck_assert_int_eq(transport_webhook.new(&t->out, t->event, &limits), 0);
	t->request = (struct send_request){
		.channel = "teams",
		.url = t->url,
		.secret_file = t->secret_file,
		.id = "msg_17",
		.type = "application/cloudevents+json",
		.bytes = body,
		.length = strlen(body),
		.private_allowed = true,
	};
}

static void begin_test(struct hook_test *t, const char *secret)
{
	begin_limited(t, secret, PATIENT);
}

static void end_test(struct hook_test *t)
{
	transport_webhook.free(t->out);
	sd_event_unref(t->event);
	peer_stop(&t->peer, t->rest, sizeof(t->rest));
	unlink(t->secret_file);
}

/* The pattern with the peer's port for PORT. */
static void format_url(struct hook_test *t, const char *pattern)
{
	const char *port = strstr(pattern, "PORT");

	if (port)
		snprintf(t->url, sizeof(t->url), "%.*s%d%s", (int)(port - pattern), pattern,
			 t->peer.port, port + 4);
	else
		snprintf(t->url, sizeof(t->url), "%s", pattern);
}

static struct result post(struct hook_test *t, const char *path)
{
	uint64_t now;

	snprintf(t->url, sizeof(t->url), "http://127.0.0.1:%d%s", t->peer.port, path);
	sd_event_now(t->event, CLOCK_REALTIME, &now);
	t->request.time.us = (int64_t)now;
	return exchange(t->event, &transport_webhook, t->out, &t->request);
}

/* ---- the answer --------------------------------------------------------------------------------- */

static const struct {
	int line;
	const char *path;
	enum verdict verdict;
	bool server, gone;
	const char *answer; /* begins with */
} answers[] = {
	{ __LINE__, "/status/200", VERDICT_ACCEPTED, false, false, "HTTP/1.1 200" },
	{ __LINE__, "/status/202", VERDICT_ACCEPTED, false, false, "HTTP/1.1 202" },
	{ __LINE__, "/status/204", VERDICT_ACCEPTED, false, false, "HTTP/1.1 204" },
	{ __LINE__, "/status/301", VERDICT_REFUSED, false, false, "HTTP/1.1 301" },
	{ __LINE__, "/redirect", VERDICT_REFUSED, false, false, "HTTP/1.1 302" },
	{ __LINE__, "/status/304", VERDICT_REFUSED, false, false, "HTTP/1.1 304" },
	{ __LINE__, "/status/400", VERDICT_REFUSED, false, false, "HTTP/1.1 400" },
	{ __LINE__, "/status/401", VERDICT_REFUSED, false, false, "HTTP/1.1 401" },
	{ __LINE__, "/status/404", VERDICT_REFUSED, false, false, "HTTP/1.1 404" },
	{ __LINE__, "/status/408", VERDICT_LATER, false, false, "HTTP/1.1 408" },
	{ __LINE__, "/status/410", VERDICT_REFUSED, false, true, "HTTP/1.1 410" },
	{ __LINE__, "/status/413", VERDICT_REFUSED, false, false, "HTTP/1.1 413" },
	{ __LINE__, "/status/425", VERDICT_LATER, false, false, "HTTP/1.1 425" },
	{ __LINE__, "/status/429", VERDICT_LATER, true, false, "HTTP/1.1 429" },
	{ __LINE__, "/status/500", VERDICT_LATER, true, false, "HTTP/1.1 500" },
	{ __LINE__, "/status/503", VERDICT_LATER, true, false, "HTTP/1.1 503" },
	{ __LINE__, "/status/599", VERDICT_LATER, true, false, "HTTP/1.1 599" },
	{ __LINE__, "/status/699", VERDICT_REFUSED, false, false, "HTTP/1.1 699" },
	{ __LINE__, "/drop", VERDICT_UNKNOWN, false, false, "" },
	{ __LINE__, "/early", VERDICT_UNKNOWN, false, false, "" },
	{ __LINE__, "/nonsense", VERDICT_UNKNOWN, false, false,
	  "the server's answer was not HTTP" },
	{ __LINE__, "/cut", VERDICT_ACCEPTED, false, false, "HTTP/1.1 200" },
	{ __LINE__, "/endless", VERDICT_ACCEPTED, false, false, "HTTP/1.1 200" },
	{ __LINE__, "/huge", VERDICT_ACCEPTED, false, false, "HTTP/1.1 200" },
};

START_TEST(the_status_decides)
{
	struct hook_test t;
	struct result result;

	begin_test(&t, SECRET);
	result = post(&t, answers[_i].path);
	ck_assert_msg(result.verdict == answers[_i].verdict, "line %d: verdict %d, \"%s\"",
		      answers[_i].line, (int)result.verdict, result.answer);
	ck_assert_msg(result.server == answers[_i].server, "line %d: server", answers[_i].line);
	ck_assert_msg(result.gone == answers[_i].gone, "line %d: gone", answers[_i].line);
	ck_assert_str_ne(result.answer, "");
	ck_assert_msg(strncmp(result.answer, answers[_i].answer, strlen(answers[_i].answer)) == 0,
		      "line %d: \"%s\"", answers[_i].line, result.answer);
	end_test(&t);
	/* One request, whatever the answer: no redirect followed, no second try by curl itself. */
	ck_assert_ptr_nonnull(strchr(t.rest, '\n'));
	ck_assert_ptr_eq(strchr(t.rest, '\n'), strrchr(t.rest, '\n'));
}
END_TEST

static const struct {
	int line;
	const char *path;
	int from, to; /* seconds */
} waits[] = {
	{ __LINE__, "/wait/503/120", 120, 120 },
	{ __LINE__, "/wait/429/7", 7, 7 },
	{ __LINE__, "/wait/408/1", 1, 1 },
	{ __LINE__, "/date/503/600", 600 - PATIENT, 601 },
	{ __LINE__, "/date/503/-600", 0, 0 },
	{ __LINE__, "/wait/503/soon", 0, 0 },
	{ __LINE__, "/wait/503/-5", 0, 0 },
	{ __LINE__, "/wait/400/120", 0, 0 },
	{ __LINE__, "/wait/503/90000", 90000, 90000 }, /* more than six hours */
	{ __LINE__, "/date/503/259200", 259200 - PATIENT, 259201 },
	{ __LINE__, "/wait/503/99999999", 432000, 432000 },
	{ __LINE__, "/wait/503/99999999999999999999", 432000, 432000 },
	{ __LINE__, "/date/503/99999999", 432000, 432000 },
	{ __LINE__, "/after/503/60", 0, 0 }, /* of an answer before the one that counts */
};

START_TEST(retry_after_is_heard)
{
	struct hook_test t;
	int64_t seconds;

	begin_test(&t, SECRET);
	seconds = post(&t, waits[_i].path).wait.us / 1000000;
	ck_assert_msg(seconds >= waits[_i].from && seconds <= waits[_i].to, "line %d: %lld s",
		      waits[_i].line, (long long)seconds);
	end_test(&t);
}
END_TEST

/* ---- what is posted ---------------------------------------------------------------------------- */

static const char *const secrets[] = {
	SECRET,
	"a raw secret of no particular length, longer than 32 bytes as many are",
	"short",
};

START_TEST(the_signature_is_right)
{
	struct hook_test t;
	char line[256], with_end[128];

	begin_test(&t, secrets[_i]);
	post(&t, "/status/200");
	ck_assert_ptr_nonnull(strstr(peer_line(&t.peer, line, sizeof(line)),
				     "/status/200 msg_17 signed application/cloudevents+json "));
	snprintf(with_end, sizeof(with_end), "%s\n", secrets[_i]);
	write_secret(&t, with_end);
	post(&t, "/status/200");
	ck_assert_ptr_nonnull(strstr(peer_line(&t.peer, line, sizeof(line)), " signed "));
	write_secret(&t, "another");
	post(&t, "/status/200");
	ck_assert_ptr_nonnull(strstr(peer_line(&t.peer, line, sizeof(line)), " forged "));
	end_test(&t);
}
END_TEST

static const struct {
	const char *secret, *fault;
} bad_secrets[] = {
	{ "", "empty" },
	{ "\n", "empty" },
	{ "whsec_!!", "not base64" },
	{ "whsec_", "not base64" },
	{ NULL, "No such file" },
};

START_TEST(nothing_leaves_unsigned)
{
	struct hook_test t;
	struct result result;

	begin_test(&t, SECRET);
	if (bad_secrets[_i].secret)
		write_secret(&t, bad_secrets[_i].secret);
	else
		t.request.secret_file = "/nonexistent/secret";
	result = post(&t, "/status/200");
	ck_assert_int_eq(result.verdict, VERDICT_LATER);
	ck_assert(result.server);
	ck_assert_msg(strstr(result.fault, bad_secrets[_i].fault), "%s", result.fault);
	end_test(&t);
	ck_assert_str_eq(t.rest, "");
}
END_TEST

START_TEST(a_connection_is_used_again)
{
	struct hook_test t;
	char line[256];

	begin_test(&t, SECRET);
	for (int i = 0; i < 4; i++) {
		ck_assert_int_eq(post(&t, "/status/200").verdict, VERDICT_ACCEPTED);
		ck_assert_int_eq(atoi(peer_line(&t.peer, line, sizeof(line))), 1);
	}
	end_test(&t);
}
END_TEST

/* Curl would post it again by itself when a reused connection dies: that copy would go uncounted. */
START_TEST(no_copy_leaves_uncounted)
{
	struct hook_test t;
	size_t copies = 0;

	begin_test(&t, SECRET);
	ck_assert_int_eq(post(&t, "/dropsecond").verdict, VERDICT_ACCEPTED);
	ck_assert_int_eq(post(&t, "/dropsecond").verdict, VERDICT_UNKNOWN);
	end_test(&t);
	for (const char *c = t.rest; (c = strchr(c, '\n')); c++)
		copies++;
	ck_assert_uint_eq(copies, 2);
}
END_TEST

/* ---- where it may go ----------------------------------------------------------------------------- */

static const char *const ways_in[] = {
	"https://127.0.0.1:PORT/status/200",  "https://0x7f.1:PORT/status/200",
	"https://2130706433:PORT/status/200", "https://[::ffff:7f00:1]:PORT/status/200",
	"https://[::1]:PORT/status/200",      "https://0.0.0.0:PORT/status/200",
	"https://localhost:PORT/status/200",  "https://[64:ff9b::7f00:1]:PORT/status/200",
};

START_TEST(private_addresses_are_refused)
{
	struct hook_test t;
	struct result result;

	begin_test(&t, SECRET);
	t.request.private_allowed = false;
	format_url(&t, ways_in[_i]);
	result = exchange(t.event, &transport_webhook, t.out, &t.request);
	ck_assert_int_eq(result.verdict, VERDICT_REFUSED);
	ck_assert_msg(strstr(result.answer, "allow_private = true"), "%s", result.answer);
	end_test(&t);
	ck_assert_str_eq(t.rest, "");
}
END_TEST

static const char *const schemes[] = {
	"http://127.0.0.1:PORT/status/200",
	"file:///etc/passwd",
	"ftp://127.0.0.1:PORT/",
	"gopher://127.0.0.1:PORT/",
};

START_TEST(only_https_without_allow_private)
{
	struct hook_test t;
	struct result result;

	begin_test(&t, SECRET);
	t.request.private_allowed = false;
	format_url(&t, schemes[_i]);
	result = exchange(t.event, &transport_webhook, t.out, &t.request);
	ck_assert_int_eq(result.verdict, VERDICT_REFUSED);
	ck_assert_msg(strstr(result.answer, "is not https"), "%s", result.answer);
	end_test(&t);
	ck_assert_str_eq(t.rest, "");
}
END_TEST

START_TEST(a_proxy_of_the_environment_is_not_used)
{
	struct hook_test t;
	char line[256];

	ck_assert_int_eq(setenv("http_proxy", "http://127.0.0.1:9", 1), 0);
	ck_assert_int_eq(setenv("all_proxy", "http://127.0.0.1:9", 1), 0);
	begin_test(&t, SECRET);
	ck_assert_int_eq(post(&t, "/status/200").verdict, VERDICT_ACCEPTED);
	peer_line(&t.peer, line, sizeof(line));
	end_test(&t);
}
END_TEST

/* Plain HTTP where TLS is expected: no fall back, and not a byte of the message. */
START_TEST(no_fall_back_to_plain)
{
	struct hook_test t;
	struct result result;

	begin_test(&t, SECRET);
	format_url(&t, "https://127.0.0.1:PORT/status/200");
	result = exchange(t.event, &transport_webhook, t.out, &t.request);
	ck_assert_int_eq(result.verdict, VERDICT_LATER);
	ck_assert(result.server);
	end_test(&t);
	ck_assert_str_eq(t.rest, "");
}
END_TEST

START_TEST(a_slow_server_is_given_up)
{
	struct hook_test t;
	struct result result;

	begin_limited(&t, SECRET, 2);
	result = post(&t, "/slow");
	ck_assert_int_eq(result.verdict, VERDICT_UNKNOWN);
	ck_assert(!result.server && !result.gone);
	ck_assert_str_ne(result.answer, "");
	end_test(&t);
}
END_TEST

START_TEST(a_slow_server_holds_up_no_other)
{
	struct hook_test t, slow;
	struct ended hung;

	begin_test(&slow, SECRET);
	begin_test(&t, SECRET);
	format_url(&slow, "http://127.0.0.1:PORT/slow");
	begin(&transport_webhook, slow.out, &slow.request, &hung);
	for (int i = 0; i < 20; i++)
		ck_assert_int_eq(post(&t, "/status/200").verdict, VERDICT_ACCEPTED);
	ck_assert(!hung.over);
	end_test(&t);
	end_test(&slow);
}
END_TEST

START_TEST(stopping_by_hand_lets_a_post_end)
{
	struct hook_test t;
	struct ended ended;

	begin_test(&t, SECRET);
	format_url(&t, "http://127.0.0.1:PORT/status/200");
	begin(&transport_webhook, t.out, &t.request, &ended);
	for (int i = 0; i < 300 && !ended.over; i++)
		transport_webhook.run(t.out, (struct duration){ 10000 });
	ck_assert(ended.over);
	ck_assert_int_eq(ended.result.verdict, VERDICT_ACCEPTED);
	end_test(&t);
}
END_TEST

UNIT_TESTS("delivery/webhook", UNIT_ROWS(the_status_decides, UNIT_COUNT(answers)),
	   UNIT_ROWS(retry_after_is_heard, UNIT_COUNT(waits)),
	   UNIT_ROWS(the_signature_is_right, UNIT_COUNT(secrets)),
	   UNIT_ROWS(nothing_leaves_unsigned, UNIT_COUNT(bad_secrets)),
	   UNIT(a_connection_is_used_again), UNIT(no_copy_leaves_uncounted),
	   UNIT_ROWS(private_addresses_are_refused, UNIT_COUNT(ways_in)),
	   UNIT_ROWS(only_https_without_allow_private, UNIT_COUNT(schemes)),
	   UNIT(a_proxy_of_the_environment_is_not_used), UNIT(no_fall_back_to_plain),
	   UNIT(a_slow_server_is_given_up), UNIT(a_slow_server_holds_up_no_other),
	   UNIT(stopping_by_hand_lets_a_post_end))
