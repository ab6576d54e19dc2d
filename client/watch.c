/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A daemon's feed has what that daemon has taken in and sent. So of several that share a store each one's is followed,
 * by a connection of its own. When one is lost it is made anew, beginning with the question where the feed is, and a
 * person is told that something may have been missed. A signal is noticed between two short waits.
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "client/ask.h"
#include "client/batch.h"
#include "client/need.h"
#include "client/print.h"
#include "client/reach.h"
#include "client/run.h"
#include "client/show.h"
#include "client/watch.h"

#define LOOK_MS 200  /* until the next look, at all of them */
#define AGAIN_MS 500 /* until the next try of one that is gone */
#define TRY_MS 1000  /* that such a try may take, while the others wait */
#define TCP "tcp://"
#define PREFIX "paminn."

static volatile sig_atomic_t interrupted;

static void on_signal(int number)
{
	(void)number;
	interrupted = 1;
}

/* ---- where ------------------------------------------------------------------------------------- */

/* "HOST:PORT" after tcp://, or NULL. */
static const char *after_tcp(const char *endpoint)
{
	return strncmp(endpoint, TCP, strlen(TCP)) == 0 ? endpoint + strlen(TCP) : NULL;
}

static bool listens_everywhere(const char *host_port)
{
	static const char *const everywhere[] = { "*:", "0.0.0.0:", "[::]:" };

	for (size_t i = 0; i < sizeof(everywhere) / sizeof(*everywhere); i++)
		if (strncmp(host_port, everywhere[i], strlen(everywhere[i])) == 0)
			return true;
	return false;
}

char *watch_endpoint(const char *server, const char *feed)
{
	const char *place = after_tcp(feed), *known = after_tcp(server);
	const char *end = known ? strrchr(known, ':') : NULL;

	if (!place || !listens_everywhere(place))
		return need(strdup(feed));
	if (!end)
		return need_text(TCP "127.0.0.1%s", strrchr(place, ':'));
	return need_text(TCP "%.*s%s", (int)(end - known), known, strrchr(place, ':'));
}

/* One of the daemons. */
struct followed {
	const struct settings *settings;
	size_t server;
	char *endpoint;		       /* of its feed */
	struct connection *connection; /* NULL: not there */
	int error;		       /* why not */
	int64_t next_try;	       /* milliseconds */
};

/* Ask for the feed of the followed one's daemon: 0; -ENODATA: it has none; or a negative errno. */
static int find_feed(struct followed *f, const struct settings *s)
{
	int errors[SETTINGS_SERVERS];
	auto_json json_t *request =
		need(json_pack("{s:s,s:{}}", "query", request_kinds[QUERY_WHOAMI].name, "params"));
	auto_json json_t *answer = NULL;
	struct connection *c = NULL;
	const char *feed;
	int r;

	for (size_t i = 0; i < SETTINGS_SERVERS; i++)
		errors[i] = i == f->server ? 0 : -ECANCELED;
	if (connection_open(&c, s, f->server, errors) < 0)
		return errors[f->server];
	r = ask_page(c, request, &answer);
	connection_free(c);
	if (r < 0)
		return r;
	feed = batch_text(json_array_get(json_object_get(answer, "rows"), 0), "feed");
	if (!*feed)
		return -ENODATA;
	free(f->endpoint);
	f->endpoint = watch_endpoint(s->servers.texts[f->server], feed);
	return 0;
}

/* Connect, within a time in milliseconds. */
static void begin_to_follow(struct followed *f, int timeout)
{
	struct settings soon = *f->settings;

	if (timeout < soon.timeout)
		soon.timeout = timeout;
	f->error = find_feed(f, &soon);
	if (f->error == 0)
		f->error = connection_follow(&f->connection, &soon, f->server, f->endpoint);
}

static const char *fault_of(int error)
{
	return error == -ENODATA ? "has no feed; its operator can name one as intake.feed in "
				   "paminnd.conf"
				 : connection_fault(error);
}

/* ---- what -------------------------------------------------------------------------------------- */

/* "status at-risk, progress 40": the data of an event; what a message says in full is left out. */
static char *details(const json_t *event)
{
	char *all = need(strdup(""));
	const char *name;
	json_t *value, *data = json_object_get(event, "data");

	json_object_foreach (data, name, value) {
		auto_free char *before = all, *title = print_clean(name, false);
		auto_free char *text = NULL;

		if (strcmp(name, "text") == 0 || json_is_null(value)) {
			before = NULL;
			continue;
		}
		text = strcmp(name, "items") == 0 ? show_items(value) : print_value(value);
		all = need_text("%s%s%s %s", before, *before ? ", " : "", title, text);
	}
	return all;
}

void watch_print(const json_t *event, FILE *out)
{
	const char *type = batch_text(event, "type");
	bool ours = strncmp(type, PREFIX, strlen(PREFIX)) == 0;
	auto_free char *when = print_value(json_object_get(event, "time"));
	auto_free char *kind = print_clean(ours ? type + strlen(PREFIX) : type, false);
	auto_free char *subject = print_value(json_object_get(event, "subject"));
	auto_free char *source = print_clean(batch_text(event, "source"), false);
	auto_free char *what = details(event);

	fprintf(out, "%s  %-9s  %s  %s: %s\n", when, kind, subject, source, what);
}

/* ---- following --------------------------------------------------------------------------------- */

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static const char *server_of(const struct followed *f)
{
	return f->settings->servers.texts[f->server];
}

static void tell_fault(const struct followed *f)
{
	fprintf(stderr, "paminn: the %s at %s %s\n", f->endpoint ? "feed" : "daemon",
		f->endpoint ? f->endpoint : server_of(f), fault_of(f->error));
}

/* It is gone: try again when it is time. */
static void try_again(struct followed *f)
{
	if (now_ms() < f->next_try)
		return;
	begin_to_follow(f, TRY_MS);
	f->next_try = now_ms() + AGAIN_MS;
	if (f->connection)
		fprintf(stderr,
			"paminn: the daemon at %s is back; what happened meanwhile is not told\n",
			server_of(f));
}

static void tell(const struct call *call, const json_t *event)
{
	if (call->json)
		print_json_line(stdout, event);
	else
		watch_print(event, stdout);
	fflush(stdout);
}

/* Tell all that it has, waiting for the first no longer than so many milliseconds. */
static void look(const struct call *call, struct followed *f, int patience)
{
	int r = 0;

	connection_set_timeout(f->connection, patience);
	while (r == 0 && !interrupted && !ferror(stdout)) {
		auto_json json_t *event = NULL;

		r = connection_receive(f->connection, &event);
		if (r == 0)
			tell(call, event);
		connection_set_timeout(f->connection, 0);
	}
	if (r == 0 || r == -ETIMEDOUT)
		return;
	f->connection = connection_free(f->connection);
	f->error = r;
	fprintf(stderr, "paminn: the daemon at %s has gone; waiting for it to come back\n",
		server_of(f));
}

/* One that is gone for a reason that a person has to see to is not tried again. */
static void go_on(const struct call *call, struct followed *f, int patience)
{
	if (f->connection)
		look(call, f, patience);
	else if (!reach_is_final(f->error))
		try_again(f);
	else
		return;
	if (!f->connection && reach_is_final(f->error))
		tell_fault(f);
}

/* Until it is interrupted or nobody reads, or none is left that may come back. */
static int follow(const struct call *call, struct followed *all, size_t count)
{
	while (!interrupted && !ferror(stdout)) {
		size_t connected = 0, final = 0;

		for (size_t i = 0; i < count && !interrupted; i++) {
			go_on(call, &all[i], LOOK_MS / (int)count);
			connected += all[i].connection != NULL;
			final += !all[i].connection && reach_is_final(all[i].error);
		}
		if (final == count)
			return reach_exit_code(all[0].error);
		if (connected == 0)
			usleep(LOOK_MS * 1000);
	}
	return EX_OK;
}

/* At least one has to be there; the exit code. */
static int begin(struct followed *all, size_t count)
{
	size_t connected = 0;

	for (size_t i = 0; i < count; i++) {
		begin_to_follow(&all[i], all[i].settings->timeout);
		connected += all[i].connection != NULL;
		if (all[i].connection)
			fprintf(stderr, "paminn: following %s\n", all[i].endpoint);
		else
			tell_fault(&all[i]);
	}
	return connected > 0 ? EX_OK : reach_exit_code(all[0].error);
}

int watch_command(const struct call *call)
{
	const struct sigaction action = { .sa_handler = on_signal };
	const size_t count = call->settings.servers.count;
	struct followed all[SETTINGS_SERVERS] = { { NULL } };
	int code;

	for (size_t i = 0; i < count; i++)
		all[i] = (struct followed){ .settings = &call->settings, .server = i };
	code = begin(all, count);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	if (code == EX_OK)
		code = follow(call, all, count);
	for (size_t i = 0; i < count; i++) {
		connection_free(all[i].connection);
		free(all[i].endpoint);
	}
	return code;
}
