/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fill STORE EVENTS MEASURES TIME
 *
 * Append EVENTS notes to a rehearsal's store that no daemon has open, in turn about the measures of plan.py,
 * R-0 … R-MEASURES-1, the first as received TIME seconds after 1970 and each a millisecond after the one before.
 * They go through the ledger's own code: a note is appended to the log and changes nothing else, so the store is
 * as if a daemon had taken them, and `paminn verify` finds nothing amiss. May be called again: its ids go on.
 *
 * A tenth of what intake costs, so that 10⁷ events take about a minute.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/ledger.h"

#define COMMIT_EVERY 10000
#define EVENT_BYTES 300
#define SOURCE "/local/fill"
#define TYPE "paminn.note"

static void die(const char *what, int error)
{
	fprintf(stderr, "fill: %s: %s\n", what, error < 0 ? strerror(-error) : "refused");
	exit(1);
}

/* Filled up with its text to EVENT_BYTES. */
static void write_body(char body[static EVENT_BYTES + 1], const char *id, const char *subject)
{
	static const char end[] = "\"}}";
	int length = snprintf(body, EVENT_BYTES + 1,
			      "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"" SOURCE
			      "\",\"type\":\"" TYPE "\",\"subject\":\"%s\",\"data\":{\"note\":\"",
			      id, subject);
	size_t text = EVENT_BYTES - (size_t)length - strlen(end);

	memset(body + length, 'x', text);
	memcpy(body + length + text, end, sizeof(end));
}

static int append(struct ledger *l, int64_t n, int64_t measures, struct instant at)
{
	char id[40], subject[40], body[EVENT_BYTES + 1];
	int64_t seq;

	snprintf(id, sizeof(id), "fill-%012lld-%lld", (long long)at.us, (long long)n);
	snprintf(subject, sizeof(subject), "R-%lld", (long long)(n % measures));
	write_body(body, id, subject);
	return ledger_append_event(l,
				   &(struct logged_event){ .source = SOURCE,
							   .id = id,
							   .type = TYPE,
							   .subject = subject,
							   .time = at,
							   .received = at,
							   .body = body },
				   &seq);
}

int main(int argc, char **argv)
{
	struct ledger *l = NULL;
	struct store_refusal why = { 0 };
	int r;

	if (argc != 5) {
		fprintf(stderr, "usage: fill STORE EVENTS MEASURES TIME\n");
		return 64;
	}
	int64_t events = strtoll(argv[2], NULL, 10), measures = strtoll(argv[3], NULL, 10),
		first = strtoll(argv[4], NULL, 10) * 1000000;
	r = ledger_open(&l, STORE_AT(argv[1]), true, &why);
	if (r != LEDGER_OPENED)
		die(argv[1], r);
	for (int64_t n = 0; r == 0 && n < events; n++) {
		if (n % COMMIT_EVERY == 0)
			r = ledger_begin(l);
		if (r == 0)
			r = append(l, n, measures, (struct instant){ first + 1000 * n });
		if (r == 0 && (n % COMMIT_EVERY == COMMIT_EVERY - 1 || n == events - 1))
			r = ledger_commit(l);
	}
	if (r < 0)
		die("append", r);
	ledger_close(l);
	return 0;
}
