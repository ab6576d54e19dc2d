/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every call that reaches the daemon first sends what earlier calls had to keep, so that events arrive
 * in the order in which they were said.
 */
#include "client/reach.h"

#include <errno.h>
#include <string.h>

#include "client/flush.h"
#include "client/need.h"
#include "client/spool.h"
#include "client/stamp.h"

static void auto_spool_free(struct spool **s)
{
	spool_free(*s);
}

bool reach_is_final(int error)
{
	return error == -EINVAL || error == -ENOKEY || error == -EKEYREJECTED;
}

int reach_fault(const struct call *call, int error)
{
	fprintf(stderr, "paminn: the daemon at %s %s\n", call->settings.server,
		connection_fault(error));
	if (error == -EINVAL)
		return EX_USAGE;
	return error == -EACCES || error == -ENOKEY || error == -EKEYREJECTED ? EX_NOPERM
									      : EX_UNAVAILABLE;
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

int reach(const struct call *call, struct connection **ret)
{
	struct connection *c = NULL;
	struct flushed flushed;
	size_t sent;
	int r = connection_open(&c, &call->settings);

	if (r < 0)
		return r;
	r = flush_spool(call->settings.server, c, false, &flushed);
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
