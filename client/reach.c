/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every call that reaches a daemon first sends what earlier calls had to keep, so that events arrive
 * in the order in which they were said.
 *
 * Servers are daemons of one store, so that what one of them does not answer another is asked: an event has its id, and
 * said to two of them it is one. What is kept is kept for all of them, under the name of the first, and looked
 * for under the names of all, since another one may have been the first, or the only one, before.
 */
#include "client/reach.h"

#include <errno.h>
#include <string.h>

#include "client/flush.h"
#include "client/need.h"
#include "client/spool.h"
#include "client/stamp.h"
#include "protocol/text_stream.h"

static void auto_spool_free(struct spool **s)
{
	spool_free(*s);
}

void reach_begin(struct reach *r, const struct call *call)
{
	*r = (struct reach){ .call = call };
}

void reach_end(struct reach *r)
{
	r->connection = connection_free(r->connection);
}

size_t reach_others(const struct reach *r)
{
	size_t count = 0;

	for (size_t i = 0; i < r->call->settings.servers.count; i++)
		count += !r->errors[i];
	return count - (r->connection != NULL);
}

void reach_share(struct reach *r)
{
	connection_set_timeout(r->connection,
			       r->call->settings.timeout / (int)(reach_others(r) + 1));
}

void reach_works(struct reach *r)
{
	memset(r->errors, 0, sizeof(r->errors));
}

void reach_fail(struct reach *r, int error)
{
	const size_t server = connection_server(r->connection);

	r->errors[server] = error;
	r->first = (server + 1) % r->call->settings.servers.count;
	r->connection =
		connection_free(r->connection); /* a late answer would be taken for another's */
}

bool reach_failed_by(int error)
{
	return error == -ETIMEDOUT || error == -ECONNRESET || error == -EPROTO || error == -EAGAIN;
}

int reach_only(struct reach *r)
{
	return connection_open(&r->connection, &r->call->settings, r->first, r->errors);
}

/* Send what is kept: false when the server has failed at that. */
static bool send_kept(struct reach *r)
{
	struct flushed flushed;
	size_t sent;
	int error;

	reach_share(r);
	error = flush_spool(&r->call->settings.servers, r->connection, false, &flushed);
	if (reach_failed_by(error)) {
		reach_fail(r, error);
		return false;
	}
	if (error < 0 && error != -EWOULDBLOCK)
		fprintf(stderr, "paminn: the spool can't be sent: %s\n", strerror(-error));
	sent = flushed.count[ANSWER_ACCEPTED] + flushed.count[ANSWER_DUPLICATE];
	if (sent > 0)
		fprintf(stderr, "paminn: sent %zu kept before\n", sent);
	connection_set_timeout(r->connection, r->call->settings.timeout);
	return true;
}

int reach(struct reach *r)
{
	int error;

	do
		error = reach_only(r);
	while (error == 0 && !send_kept(r));
	return error;
}

int reach_another(struct reach *r, int error)
{
	reach_fail(r, error);
	return reach(r);
}

bool reach_is_final(int error)
{
	return error == -EINVAL || error == -ENOKEY || error == -EKEYREJECTED;
}

bool reach_is_hopeless(const struct reach *r)
{
	for (size_t i = 0; i < r->call->settings.servers.count; i++)
		if (!reach_is_final(r->errors[i]))
			return false;
	return true;
}

int reach_exit_code(int error)
{
	return error == -EINVAL							? EX_USAGE
	       : error == -EACCES || error == -ENOKEY || error == -EKEYREJECTED ? EX_NOPERM
	       : error == -EAGAIN						? EX_TEMPFAIL
										: EX_UNAVAILABLE;
}

/* Of several, the one that says most of what can be done: wait, or see to the way, rather than who one is. */
int reach_fault(const struct reach *r)
{
	const struct settings_list *servers = &r->call->settings.servers;
	int code = EX_OK;

	for (size_t i = 0; i < servers->count; i++) {
		const int one = reach_exit_code(r->errors[i]);

		if (!r->errors[i])
			continue;
		fprintf(stderr, "paminn: the daemon at %s %s\n", servers->texts[i],
			connection_fault(r->errors[i]));
		if (code == EX_OK || one == EX_TEMPFAIL ||
		    (one == EX_UNAVAILABLE && code != EX_TEMPFAIL))
			code = one;
	}
	return code == EX_OK ? EX_UNAVAILABLE : code;
}

/* An event with the time of now, if it has none, as a line; the caller frees it. */
static char *stamped(const char *json, size_t length)
{
	auto_json json_t *event = json_loadb(json, length, JSON_REJECT_DUPLICATES, NULL);
	auto_free char *text = NULL;
	char time[RFC3339_TEXT];
	const json_t *given = json_object_get(event, "time");

	if (!given || json_is_null(given))
		need_set(event, "time", json_string(stamp_time(time)));
	text = need(json_dumps(event, JSON_COMPACT));
	return need_text("%s\n", text);
}

int reach_keep(const struct call *call, const struct batch *b, const json_t *answers)
{
	__attribute__((cleanup(auto_spool_free))) struct spool *spool = NULL;
	auto_free char *lines = NULL;
	struct text_stream stream;
	size_t length = 0;
	FILE *memory = need(text_stream_open(&stream));
	int count = 0, r = 0;

	for (size_t i = 0; i < b->count; i++) {
		const struct batch_event *event = &b->events[i];
		auto_free char *line = NULL;

		if (answers && batch_result(json_array_get(answers, i)) != ANSWER_RETRY)
			continue;
		line = stamped(b->frame + event->at, event->length);
		fputs(line, memory);
		count++;
	}
	lines = need(text_stream_close(&stream, &length));
	spool_new(&spool, call->settings.servers.texts[0]);
	if (count > 0)
		r = spool_keep(spool, lines, length);
	if (r < 0)
		fprintf(stderr, "paminn: not kept: the spool %s can't be written: %s\n",
			spool_folder(spool), strerror(-r));
	return r < 0 ? r : count;
}
