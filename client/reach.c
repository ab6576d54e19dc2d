/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every call that reaches the daemon first sends what earlier calls had to keep, so that events arrive
 * in the order in which they were said. An event leaves the spool when it has got a final answer:
 * accepted, duplicate or rejected; the last kind is put aside and told. Retry is none.
 */
#include "client/reach.h"

#include <errno.h>
#include <string.h>

#include "client/need.h"
#include "client/print.h"
#include "client/spool.h"
#include "client/stamp.h"

static void auto_spool_free(struct spool **s)
{
	spool_free(*s);
}
static void auto_batch_free(struct batch **b)
{
	batch_free(*b);
}

int reach_fault(const struct call *call, int error)
{
	fprintf(stderr, "paminn: the daemon at %s %s\n", call->settings.server,
		connection_fault(error));
	return error == -EINVAL ? EX_USAGE : error == -EACCES ? EX_NOPERM : EX_UNAVAILABLE;
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
	size_t length = 0;
	FILE *memory = need(open_memstream(&lines, &length));
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
	if (fclose(memory) != 0)
		need(NULL);
	spool_new(&spool, call->settings.server);
	if (count > 0)
		r = spool_keep(spool, lines, length);
	if (r < 0)
		fprintf(stderr, "paminn: not kept: the spool %s can't be written: %s\n",
			spool_folder(spool), strerror(-r));
	return r < 0 ? r : count;
}

/* Put a rejected event aside and tell so. */
static int put_aside(struct spool *s, const char *line, const json_t *answer)
{
	auto_json json_t *event = need(json_loads(line, 0, NULL)); /* as it was when kept */
	auto_free char *reason = print_clean(batch_text(answer, "reason"), false);
	auto_free char *subject = print_clean(batch_text(event, "subject"), false);
	int r = spool_reject(s, event, answer);

	fprintf(stderr, "paminn: kept event on %s rejected: %s; it %s %s/rejected\n", subject,
		reason, r < 0 ? "stays, for it can't be put into" : "is now in", spool_folder(s));
	return r;
}

/* Sort the lines of a file by their answers: what has no final one, or can't be put aside, is left. */
static int settle(struct spool *s, const struct batch *b, const json_t *answers,
		  struct flushed *flushed)
{
	auto_free char *left = NULL;
	size_t length = 0;
	FILE *memory = need(open_memstream(&left, &length));

	for (size_t i = 0; i < b->count; i++) {
		const json_t *answer = json_array_get(answers, i);
		enum answer_result result = batch_result(answer);
		auto_free char *line =
			need(strndup(b->frame + b->events[i].at, b->events[i].length));

		flushed->count[result]++;
		if (result == ANSWER_RETRY ||
		    (result == ANSWER_REJECTED && put_aside(s, line, answer) < 0))
			fprintf(memory, "%s\n", line);
	}
	if (fclose(memory) != 0)
		need(NULL);
	return spool_settle(s, length > 0 ? left : NULL);
}

/* Events of one file, from *rest on, as many as a frame holds. */
static void fill(struct batch *b, char **rest)
{
	batch_clear(b);
	while (**rest) {
		size_t length = strcspn(*rest, "\n");

		if (!batch_add(b, *rest, length, 0))
			return;
		*rest += length + ((*rest)[length] == '\n');
	}
}

static int flush_files(struct spool *s, struct connection *c, struct batch *b, struct flushed *ret)
{
	for (;;) {
		auto_free char *lines = NULL;
		auto_json json_t *answers = NULL;
		char *rest;
		int r = spool_next(s, &lines);

		if (r <= 0)
			return r;
		rest = lines;
		fill(b, &rest); /* all: what is kept at once is what one frame holds */
		if (*rest)
			return -EMSGSIZE;
		r = batch_send(b, c);
		if (r == 0)
			r = batch_receive(b, c, &answers);
		if (r == 0)
			r = settle(s, b, answers, ret);
		if (r < 0)
			return r;
	}
}

int reach_flush(const char *server, struct connection *c, bool wait, struct flushed *ret)
{
	__attribute__((cleanup(auto_spool_free))) struct spool *spool = NULL;
	__attribute__((cleanup(auto_batch_free))) struct batch *batch = NULL;
	int r;

	*ret = (struct flushed){ 0 };
	spool_new(&spool, server);
	r = spool_take(spool, wait);
	if (r < 0)
		return r == -ENOENT ? 0 : r;
	batch_new(&batch);
	return flush_files(spool, c, batch, ret);
}

int reach(const struct call *call, struct connection **ret)
{
	struct connection *c = NULL;
	struct flushed flushed;
	size_t sent;
	int r = connection_open(&c, call->settings.server, call->settings.timeout);

	if (r < 0)
		return r;
	r = reach_flush(call->settings.server, c, false, &flushed);
	if (r == -ETIMEDOUT || r == -ECONNRESET || r == -EPROTO) {
		connection_free(c); /* a late answer would be taken for another's */
		return r;
	}
	if (r < 0 && r != -EWOULDBLOCK)
		fprintf(stderr, "paminn: the spool can't be sent: %s\n", strerror(-r));
	sent = flushed.count[ANSWER_ACCEPTED] + flushed.count[ANSWER_DUPLICATE];
	if (sent > 0)
		fprintf(stderr, "paminn: sent %zu kept before\n", sent);
	*ret = c;
	return 0;
}
