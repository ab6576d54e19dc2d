/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The feed is followed by a connection of its own. When that is lost it is made anew, so that a person
 * is told that something may have been missed. A signal is noticed between two short waits.
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "client/ask.h"
#include "client/batch.h"
#include "client/need.h"
#include "client/print.h"
#include "client/reach.h"
#include "client/run.h"
#include "client/show.h"
#include "client/watch.h"

#define LOOK_MS 200
#define AGAIN_MS 500
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

/* EX_OK and the endpoint, which the caller frees; or the exit code of what has been told. */
static int find_feed(const struct call *call, char **ret)
{
	auto_json json_t *rows = NULL;
	const char *feed;
	int code = ask_for(call, QUERY_WHOAMI, need(json_object()), &rows);

	if (code != EX_OK)
		return code;
	feed = batch_text(json_array_get(rows, 0), "feed");
	if (!*feed) {
		fprintf(stderr, "paminn: the daemon has no feed; its operator can name one as "
				"intake.feed in paminnd.conf\n");
		return EX_UNAVAILABLE;
	}
	*ret = watch_endpoint(call->settings.server, feed);
	return EX_OK;
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

static void wait_a_while(void)
{
	usleep(AGAIN_MS * 1000);
}

/* Connect anew: 0, or what keeps us out for good. *c is NULL afterwards then, or if that is no longer
 * wanted. */
static int follow_again(const struct call *call, const char *endpoint, struct connection **c)
{
	int r = 0;

	*c = connection_free(*c);
	fprintf(stderr, "paminn: the daemon has gone; waiting for it to come back\n");
	while (!interrupted && !*c) {
		r = connection_follow(c, &call->settings, endpoint);
		if (reach_is_final(r))
			return r;
		if (r < 0)
			wait_a_while();
	}
	if (*c)
		fprintf(stderr,
			"paminn: the daemon is back; what happened meanwhile is not told\n");
	return 0;
}

static void tell(const struct call *call, const json_t *event)
{
	if (call->json)
		print_json_line(stdout, event);
	else
		watch_print(event, stdout);
	fflush(stdout);
}

/* Until it is interrupted or nobody reads: EX_OK; or the exit code of what has been told. */
static int follow(const struct call *call, const char *endpoint, struct connection *c)
{
	int r = 0;

	while (!interrupted && !ferror(stdout)) {
		auto_json json_t *event = NULL;

		connection_set_timeout(c, LOOK_MS);
		r = connection_receive(c, &event);
		if (r == 0)
			tell(call, event);
		else if (r == -ECONNRESET)
			r = follow_again(call, endpoint, &c);
		else if (r == -ETIMEDOUT)
			r = 0;
		if (r < 0 || !c)
			break;
	}
	connection_free(c);
	return r < 0 ? reach_fault(call, r) : EX_OK;
}

int watch_command(const struct call *call)
{
	const struct sigaction action = { .sa_handler = on_signal };
	struct connection *c = NULL;
	auto_free char *endpoint = NULL;
	int r = find_feed(call, &endpoint);

	if (r != EX_OK)
		return r;
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	r = connection_follow(&c, &call->settings, endpoint);
	if (r < 0) {
		fprintf(stderr, "paminn: the feed at %s %s\n", endpoint, connection_fault(r));
		return EX_UNAVAILABLE;
	}
	fprintf(stderr, "paminn: following %s\n", endpoint);
	return follow(call, endpoint, c);
}
