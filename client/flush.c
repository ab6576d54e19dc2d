/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An event leaves the spool when it has got a final answer: accepted, duplicate or rejected; the last
 * kind is put aside and told. Retry is none. A file is settled as a whole: if the connection is lost
 * before that, all of it is sent again, and what the daemon has already is a duplicate.
 *
 * Kept events bear the time of this machine's clock. To a rehearsal, whose clock is another, a time that
 * is still to come there says nothing: it is left out, and the instant of receipt counts.
 */
#include "client/flush.h"

#include <errno.h>
#include <string.h>

#include "client/batch.h"
#include "client/need.h"
#include "client/print.h"
#include "client/spool.h"
#include "protocol/rfc3339.h"
#include "protocol/text.h"
#include "protocol/text_stream.h"

struct flush {
	struct spool *spool;
	struct connection *connection;
	struct batch *batch;
	struct instant rehearsal; /* the clock of one; INSTANT_NONE when it is none */
	FILE *left;		  /* lines of the file that stay */
	struct flushed flushed;
};

/* A line as it was when kept; as a text, if it is no JSON at all. */
static json_t *as_kept(const char *line)
{
	json_t *json = json_loads(line, JSON_DECODE_ANY, NULL);
	auto_free char *clean = json ? NULL : print_clean(line, false);

	return need(json ? json : json_string(clean));
}

/* Put a rejected event aside and tell so. */
static int put_aside(struct spool *s, const char *line, const json_t *answer)
{
	auto_json json_t *event = as_kept(line);
	auto_free char *reason = print_clean(batch_text(answer, "reason"), false);
	auto_free char *subject = print_clean(batch_text(event, "subject"), false);
	auto_free char *clean = print_clean(line, false);
	int r = spool_reject(s, event, answer);

	if (*subject)
		fprintf(stderr, "paminn: the kept event on %s", subject);
	else
		fprintf(stderr, "paminn: the kept line \"%s\"", text_excerpt(clean).text);
	fprintf(stderr, " was rejected: %s; it %s %s/rejected\n", reason,
		r < 0 ? "stays, for it can't be put into" : "is now in", spool_folder(s));
	return r;
}

/* What the spool should not have: it goes aside unsent, or stays. */
static void refuse(struct flush *f, const char *line, const struct rejection *why)
{
	auto_json json_t *answer = need(answer_refused(NULL, why));

	f->flushed.count[ANSWER_REJECTED]++;
	if (put_aside(f->spool, line, answer) < 0)
		fprintf(f->left, "%s\n", line);
}

/* What has no final answer, or can't be put aside, is left. */
static void sort_answers(struct flush *f, const json_t *answers)
{
	const struct batch *b = f->batch;

	for (size_t i = 0; i < b->count; i++) {
		const json_t *answer = json_array_get(answers, i);
		enum answer_result result = batch_result(answer);
		auto_free char *line =
			need(strndup(b->frame + b->events[i].at, b->events[i].length));

		f->flushed.count[result]++;
		if (result == ANSWER_RETRY ||
		    (result == ANSWER_REJECTED && put_aside(f->spool, line, answer) < 0))
			fprintf(f->left, "%s\n", line);
	}
}

/* The line as it is to be sent; the caller frees it. */
static char *adapted(const struct flush *f, const char *line, size_t length)
{
	auto_json json_t *event = json_loadb(line, length, 0, NULL);
	struct instant time;

	if (instant_is_none(f->rehearsal) || rfc3339_parse(batch_text(event, "time"), &time) < 0 ||
	    instant_compare(time, f->rehearsal) <= 0)
		return need(strndup(line, length));
	json_object_del(event, "time");
	return need(json_dumps(event, JSON_COMPACT));
}

/* Send as many lines, from *rest on, as a frame holds, and sort them. */
static int flush_frame(struct flush *f, char **rest)
{
	auto_json json_t *answers = NULL;
	struct rejection why;
	int r;

	batch_clear(f->batch);
	while (**rest) {
		size_t length = strcspn(*rest, "\n");
		auto_free char *line = need(strndup(*rest, length)), *sent = NULL;

		if (batch_check(line, length, &why) != REJECT_NONE) {
			refuse(f, line, &why);
		} else {
			sent = adapted(f, line, length);
			if (!batch_add(f->batch, sent, strlen(sent), 0))
				break;
		}
		*rest += length + ((*rest)[length] == '\n');
	}
	if (f->batch->count == 0)
		return 0;
	r = batch_send(f->batch, f->connection);
	if (r == 0)
		r = batch_receive(f->batch, f->connection, &answers);
	if (r == 0)
		sort_answers(f, answers);
	return r;
}

/* The next file: 1, or 0 when there is none, or a negative errno. */
static int flush_file(struct flush *f)
{
	auto_free char *lines = NULL, *left = NULL;
	struct text_stream stream;
	size_t length = 0;
	char *rest;
	int r = spool_next(f->spool, &lines);

	if (r <= 0)
		return r;
	f->left = need(text_stream_open(&stream));
	rest = lines;
	for (r = 0; r == 0 && *rest;)
		r = flush_frame(f, &rest);
	left = need(text_stream_close(&stream, &length));
	if (r == 0)
		r = spool_settle(f->spool, length > 0 ? left : NULL);
	return r < 0 ? r : 1;
}

/* Ask the daemon whether it rehearses, and what its clock says then. */
static int ask_clock(struct flush *f)
{
	static const char question[] = "{\"query\":\"whoami\",\"params\":{}}";
	auto_json json_t *answer = NULL;
	const json_t *row;
	int r = connection_send(f->connection, question, strlen(question));

	if (r == 0)
		r = connection_receive(f->connection, &answer);
	if (r < 0)
		return r;
	row = json_array_get(json_object_get(answer, "rows"), 0);
	f->rehearsal = INSTANT_NONE;
	if (json_is_true(json_object_get(row, "rehearsal")))
		rfc3339_parse(batch_text(row, "time"), &f->rehearsal);
	return 0;
}

/* What is kept under one server's name. */
static int flush_one(struct flush *f, const char *server, bool wait)
{
	int r;

	spool_new(&f->spool, server);
	r = spool_take(f->spool, wait);
	if (r == 0) {
		batch_new(&f->batch);
		r = ask_clock(f);
		if (r == 0) {
			do
				r = flush_file(f);
			while (r > 0);
		}
	}
	f->batch = batch_free(f->batch);
	f->spool = spool_free(f->spool);
	return r < 0 ? r : 0;
}

int flush_spool(const struct settings_list *servers, struct connection *c, bool wait,
		struct flushed *ret)
{
	struct flush f = { .connection = c };
	int r = 0;

	for (size_t i = 0; r == 0 && i < servers->count; i++)
		r = flush_one(&f, servers->texts[i], wait);
	*ret = f.flushed;
	return r;
}
