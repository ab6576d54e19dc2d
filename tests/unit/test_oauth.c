/* SPDX-License-Identifier: Apache-2.0 */
/* The token in memory, with a token server in the same loop: it answers when the test says so. */
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "net/oauth.h"
#include "tests/unit/unit.h"

#define SOON UINT64_C(10000000) /* us: longer than anything here takes */
#define LIFE 2			/* s: renewed after 1.5, handed out for 1.9 */

struct waiting {
	struct oauth_waiter waiter;
	int times;
	unsigned number;
	char token[32], fault[OAUTH_FAULT];
};
struct served {
	sd_event *event;
	struct oauth *oauth;
	char url[64], secret_file[64];
	int listening, held; /* held: the connection that waits for its answer, or -1 */
	sd_event_source *accepting, *reading;
	char request[4096];
	size_t heard;
	int requests;
	struct waiting waiting[2];
};

/* ---- the token server ------------------------------------------------------------------------------- */

/* A request ends with the form's last field, which is the secret. */
static int hear(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	struct served *s = userdata;
	ssize_t n = read(fd, s->request + s->heard, sizeof(s->request) - 1 - s->heard);

	(void)source;
	(void)events;
	ck_assert_int_gt(n, 0);
	s->heard += (size_t)n;
	s->request[s->heard] = '\0';
	if (!strstr(s->request, "&client_secret="))
		return 0;
	s->reading = sd_event_source_disable_unref(s->reading);
	s->held = fd;
	s->requests++;
	return 0;
}

static int take_in(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	struct served *s = userdata;
	int connection = accept(fd, NULL, NULL);

	(void)source;
	(void)events;
	ck_assert_int_ge(connection, 0);
	ck_assert_msg(s->held < 0 && !s->reading, "two requests at once");
	s->heard = 0;
	ck_assert_int_ge(sd_event_add_io(s->event, &s->reading, connection, EPOLLIN, hear, s), 0);
	return 0;
}

static void write_secret(struct served *s, const char *secret)
{
	FILE *f = fopen(s->secret_file, "w");

	ck_assert_ptr_nonnull(f);
	fputs(secret, f);
	fclose(f);
}

static void begin(struct served *s)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(address);
	int fd;

	memset(s, 0, sizeof(*s));
	s->held = -1;
	strcpy(s->secret_file, "/tmp/paminn-unit-secret-XXXXXX");
	fd = mkstemp(s->secret_file);
	ck_assert_int_ge(fd, 0);
	close(fd);
	write_secret(s, "a&b\n");
	s->listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	ck_assert_int_eq(bind(s->listening, (struct sockaddr *)&address, sizeof(address)), 0);
	ck_assert_int_eq(listen(s->listening, 8), 0);
	ck_assert_int_eq(getsockname(s->listening, (struct sockaddr *)&address, &size), 0);
	snprintf(s->url, sizeof(s->url), "http://127.0.0.1:%d/token", ntohs(address.sin_port));
	ck_assert_int_ge(sd_event_new(&s->event), 0);
	ck_assert_int_ge(
		sd_event_add_io(s->event, &s->accepting, s->listening, EPOLLIN, take_in, s), 0);
	ck_assert_int_eq(oauth_new(&s->oauth, s->event,
				   &(struct oauth_settings){
					   .token_url = s->url,
					   .client_id = "paminn",
					   .client_secret_file = s->secret_file,
					   .scope = "post",
				   },
				   false),
			 0);
}

static void end(struct served *s)
{
	oauth_free(s->oauth);
	if (s->held >= 0)
		close(s->held);
	sd_event_source_disable_unref(s->accepting);
	sd_event_unref(s->event);
	close(s->listening);
	unlink(s->secret_file);
}

static void run_until(struct served *s, const int *number, int value)
{
	while (*number < value)
		ck_assert_msg(sd_event_run(s->event, SOON) > 0, "nothing happens");
	ck_assert_int_eq(*number, value);
}

/* All that can happen now does. */
static void settle(struct served *s)
{
	while (sd_event_run(s->event, 50000) > 0)
		;
}

static void answer(struct served *s, const char *status, const char *body)
{
	ck_assert_int_ge(s->held, 0);
	dprintf(s->held, "HTTP/1.1 %s\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s",
		status, strlen(body), body);
	close(s->held);
	s->held = -1;
}

static void give(struct served *s, const char *token, int life)
{
	char body[200];

	snprintf(body, sizeof(body),
		 "{\"token_type\":\"Bearer\",\"access_token\":\"%s\",\"expires_in\":%d}", token,
		 life);
	answer(s, "200 OK", body);
}

/* ---- who wants a token ------------------------------------------------------------------------------ */

static void told(struct oauth_waiter *waiter, const struct bearer *bearer, const char *fault)
{
	struct waiting *w = (struct waiting *)((char *)waiter - offsetof(struct waiting, waiter));

	w->times++;
	w->number = bearer ? bearer->number : 0;
	snprintf(w->token, sizeof(w->token), "%s", bearer ? bearer->token : "");
	snprintf(w->fault, sizeof(w->fault), "%s", fault ? fault : "");
}

static struct waiting *begin_to_wait(struct served *s, int i)
{
	struct waiting *w = &s->waiting[i];

	memset(w, 0, sizeof(*w));
	w->waiter.told = told;
	oauth_wait(s->oauth, &w->waiter);
	return w;
}

static void have(struct served *s, const char *token, int life)
{
	const int before = s->requests;
	struct waiting *w = begin_to_wait(s, 0);

	run_until(s, &s->requests, before + 1);
	give(s, token, life);
	run_until(s, &w->times, 1);
	ck_assert_str_eq(w->token, token);
}

START_TEST(all_who_wait_have_one_token_of_one_request)
{
	struct served s;
	struct bearer bearer = { NULL, 0 };
	struct waiting *one, *other;

	begin(&s);
	ck_assert(!oauth_bearer(s.oauth, &bearer));
	one = begin_to_wait(&s, 0);
	run_until(&s, &s.requests, 1);
	other = begin_to_wait(&s, 1);
	settle(&s);
	ck_assert_ptr_nonnull(strstr(s.request, "\r\n\r\ngrant_type=client_credentials&client_id="
						"paminn&scope=post&client_secret=a%26b"));
	give(&s, "first", 3600);
	run_until(&s, &one->times, 1);
	run_until(&s, &other->times, 1);
	ck_assert_str_eq(one->token, "first");
	ck_assert_str_eq(other->token, "first");
	for (int i = 0; i < 3; i++) {
		ck_assert(oauth_bearer(s.oauth, &bearer));
		ck_assert_str_eq(bearer.token, "first");
		ck_assert_uint_eq(bearer.number, 1);
	}
	settle(&s);
	ck_assert_int_eq(s.requests, 1);
	end(&s);
}
END_TEST

/* Is it asked for anew, and handed out meanwhile? False: this machine was elsewhere until it had expired. */
static bool renewed(struct served *s)
{
	const int64_t before = clock_mono().us;
	struct bearer bearer = { NULL, 0 };
	int64_t after;
	bool is;

	have(s, "first", LIFE);
	for (after = clock_mono().us + LIFE * 750000; clock_mono().us < after;)
		usleep(10000);
	is = oauth_bearer(s->oauth, &bearer);
	if (clock_mono().us >= before + LIFE * 950000)
		return false;
	ck_assert(is);
	ck_assert_str_eq(bearer.token, "first");
	run_until(s, &s->requests, 2);
	give(s, "second", 3600);
	while (!oauth_bearer(s->oauth, &bearer) || bearer.number == 1)
		ck_assert_msg(sd_event_run(s->event, SOON) > 0, "nothing happens");
	ck_assert_str_eq(bearer.token, "second");
	settle(s);
	ck_assert_int_eq(s->requests, 2);
	return true;
}

START_TEST(it_is_renewed_while_it_is_good)
{
	struct served s;
	bool is = false;

	for (int i = 0; i < 10 && !is; i++) {
		begin(&s);
		is = renewed(&s);
		end(&s);
	}
	ck_assert(is);
}
END_TEST

START_TEST(one_that_was_refused_is_not_handed_out)
{
	struct served s;
	struct bearer bearer;

	begin(&s);
	have(&s, "first", 3600);
	oauth_forget(s.oauth, 1);
	ck_assert(!oauth_bearer(s.oauth, &bearer));
	have(&s, "second", 3600);
	oauth_forget(s.oauth, 1); /* by a connection that had begun before */
	ck_assert(oauth_bearer(s.oauth, &bearer));
	ck_assert_str_eq(bearer.token, "second");
	end(&s);
}
END_TEST

START_TEST(the_secret_is_read_for_each_request)
{
	struct served s;
	struct waiting *w;

	begin(&s);
	have(&s, "first", 3600);
	oauth_forget(s.oauth, 1);
	write_secret(&s, "other");
	have(&s, "second", 3600);
	ck_assert_ptr_nonnull(strstr(s.request, "&client_secret=other"));
	oauth_forget(s.oauth, 2);
	write_secret(&s, "\n");
	w = begin_to_wait(&s, 0);
	run_until(&s, &w->times, 1);
	ck_assert_msg(strstr(w->fault, "client_secret_file /tmp/paminn-unit-secret-") &&
			      strstr(w->fault, " can't be used: it is empty or blank"),
		      "%s", w->fault);
	ck_assert_int_eq(s.requests, 2);
	end(&s);
}
END_TEST

START_TEST(the_secret_follows_no_redirect)
{
	struct served s;
	struct waiting *w;
	char status[100];

	begin(&s);
	w = begin_to_wait(&s, 0);
	run_until(&s, &s.requests, 1);
	snprintf(status, sizeof(status), "307 Elsewhere\r\nLocation: %s/elsewhere", s.url);
	answer(&s, status, "");
	run_until(&s, &w->times, 1);
	ck_assert_msg(strstr(w->fault, "leads elsewhere (status 307)"), "%s", w->fault);
	settle(&s);
	ck_assert_int_eq(s.requests, 1);
	end(&s);
}
END_TEST

START_TEST(an_answer_is_heard_up_to_a_limit)
{
	const size_t size = 64 * 1024 + 1;
	char *body = malloc(size + 1);
	struct served s;
	struct waiting *w;

	memset(body, ' ', size);
	body[size] = '\0';
	begin(&s);
	w = begin_to_wait(&s, 0);
	run_until(&s, &s.requests, 1);
	answer(&s, "200 OK", body);
	run_until(&s, &w->times, 1);
	ck_assert_msg(strstr(w->fault, "talks without end: check token_url"), "%s", w->fault);
	end(&s);
	free(body);
}
END_TEST

UNIT_TESTS("net/oauth", UNIT(all_who_wait_have_one_token_of_one_request),
	   UNIT(it_is_renewed_while_it_is_good), UNIT(one_that_was_refused_is_not_handed_out),
	   UNIT(the_secret_is_read_for_each_request), UNIT(the_secret_follows_no_redirect),
	   UNIT(an_answer_is_heard_up_to_a_limit))
