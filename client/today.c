/* SPDX-License-Identifier: Apache-2.0 */
/* today: what needs a steward's hands, in a sentence each; the daemon's rows come in the order of their kinds. */
#include <string.h>

#include "client/ask.h"
#include "client/batch.h"
#include "client/need.h"
#include "client/print.h"
#include "client/run.h"

#define SHOWN 10 /* of a kind: where the rest is, its command says */

/* ", papers Fri 15 May": a member behind what leads to it, "" where there is none. The caller frees it, as all of
 * these. */
static char *with(const json_t *row, const char *before, const char *member)
{
	const json_t *value = json_object_get(row, member);
	auto_free char *text = print_value(value);

	return !value || json_is_null(value) ? need(strdup("")) : need_text("%s%s", before, text);
}

/* "HSN-03 Färre inhyrda, of RS-58" */
static char *thing(const json_t *row)
{
	auto_free char *item = print_value(json_object_get(row, "item"));
	auto_free char *title = with(row, " ", "title");
	auto_free char *of = with(row, ", of ", "deadline");
	const bool measure = *batch_text(row, "measure") != '\0';

	return need_text("%s%s%s", item, title, measure ? of : "");
}

static char *late(const json_t *row)
{
	const json_int_t asked = json_integer_value(json_object_get(row, "asked"));
	auto_free char *what = thing(row), *who = with(row, ": ", "person");
	auto_free char *papers = with(row, ", papers ", "papers");
	auto_free char *last = with(row, ", last ", "last_asked");
	auto_free char *times =
		asked == 0   ? need(strdup(", never asked"))
		: asked == 1 ? need(strdup(", asked once"))
			     : need_text(", asked %" JSON_INTEGER_FORMAT " times", asked);

	return need_text("%s%s%s%s%s", what, who, papers, times, last);
}

static char *unreached(const json_t *row)
{
	auto_free char *who = print_value(json_object_get(row, "person")), *what = thing(row);

	return need_text("%s, for %s", who, what);
}

static char *hold(const json_t *row)
{
	(void)row;
	return need(strdup("paminn hold off lets them go"));
}

static char *message(const json_t *row)
{
	auto_free char *id = print_value(json_object_get(row, "message"));
	auto_free char *kind = print_value(json_object_get(row, "message_kind"));
	auto_free char *to = print_value(json_object_get(row, "person"));
	auto_free char *channel = print_value(json_object_get(row, "channel"));
	auto_free char *answer = with(row, ": ", "last_answer");

	return need_text("%s, %s to %s by %s%s", id, kind, to, channel, answer);
}

static char *proposal(const json_t *row)
{
	auto_free char *what = thing(row), *papers = with(row, ", papers ", "papers");
	auto_free char *item = print_value(json_object_get(row, "item"));

	return need_text("%s%s: paminn proposal %s TEXT", what, papers, item);
}

/* A thing, and of two members what they say of it: pairs of what leads to one and its name. */
static char *about(const json_t *row, const char *const pairs[static 4])
{
	auto_free char *what = thing(row);
	auto_free char *first = with(row, pairs[0], pairs[1]);
	auto_free char *second = with(row, pairs[2], pairs[3]);

	return need_text("%s%s%s", what, first, second);
}
#define ABOUT(...) about(row, (const char *const[]){ __VA_ARGS__ })

static char *meeting(const json_t *row)
{
	return ABOUT(", of ", "body", ": papers ", "papers");
}

static char *squeeze(const json_t *row)
{
	return ABOUT(": ", "papers", ", so in practice ", "practical");
}

static char *support(const json_t *row)
{
	return ABOUT(", ", "person", ": ", "needs_support");
}

static char *request(const json_t *row)
{
	auto_free char *id = print_value(json_object_get(row, "id"));
	auto_free char *what = thing(row), *who = with(row, ", by ", "person");
	auto_free char *due = with(row, ", until ", "due");
	auto_free char *reason = with(row, ": ", "reason");

	return need_text("%s: %s%s%s%s", id, what, due, who, reason);
}

static char *absence(const json_t *row)
{
	auto_free char *who = print_value(json_object_get(row, "person"));
	auto_free char *until = with(row, ", until ", "until");
	auto_free char *gone = with(row, "; away as well: ", "gone");

	return need_text("%s%s%s", who, until, gone);
}

/* Whoever answers by a program is perhaps away: what registers that, with the dates as far as they are told. */
static char *automatic(const json_t *row)
{
	auto_free char *who = print_value(json_object_get(row, "person"));
	auto_free char *at = with(row, ", ", "at"), *subject = with(row, ": ", "subject");
	auto_free char *text = print_clean(batch_text(row, "text"), true);
	const char *until = batch_text(row, "until");

	text[strcspn(text, "\n")] = '\0';
	return need_text("%s%s%s%s%s: paminn absence %s %s %s", who, at, subject, *text ? ": " : "",
			 text, who, *until ? batch_text(row, "from") : "FROM",
			 *until ? until : "UNTIL");
}

static const struct sentence {
	const char *kind;
	const char *one,
		*many; /* many stands behind the count; NULL: there is never more than one */
	char *(*line)(const json_t *row);
	const char *rest; /* what lists the rest */
} sentences[] = {
	{ "late", "One answer is late", "answers are late", late, "paminn list --late" },
	{ "unreached", "One answer is owed by somebody who is not reached",
	  "answers are owed by people who are not reached", unreached, "paminn today --json" },
	{ "hold", "Messages are kept back", NULL, hold, NULL },
	{ "held", "One message is held until you try or drop it",
	  "messages are held until you try or drop them", message, "paminn outbox" },
	{ "failed", "One message was given up or came back in the last seven days",
	  "messages were given up or came back in the last seven days", message, "paminn outbox" },
	{ "proposal", "One paper is not frozen, as what it proposes to decide is missing",
	  "papers are not frozen, as what they propose to decide is missing", proposal,
	  "paminn today --json" },
	{ "meeting", "One deadline waits for its meeting to be set",
	  "deadlines wait for their meetings to be set", meeting, "paminn today --json" },
	{ "squeeze", "One deadline has its papers due on a squeeze day",
	  "deadlines have their papers due on a squeeze day", squeeze, "paminn today --json" },
	{ "support", "Support is asked for with one measure", "measures need support", support,
	  "paminn today --json" },
	{ "request", "One later date is asked for", "later dates are asked for", request,
	  "paminn requests" },
	{ "absence", "One person is away, and nobody stands in",
	  "people are away, and nobody stands in", absence, "paminn today --json" },
	{ "automatic", "One person's mail is answered by a program: perhaps they are away",
	  "people's mail is answered by a program: perhaps they are away", automatic,
	  "paminn today --json" },
};

static size_t count_of(const json_t *rows, const char *kind)
{
	size_t i, count = 0;
	const json_t *row;

	json_array_foreach (rows, i, row)
		count += strcmp(batch_text(row, "kind"), kind) == 0;
	return count;
}

static void tell_kind(const struct sentence *s, const json_t *rows)
{
	const size_t count = count_of(rows, s->kind);
	auto_free char *many = need_text("%zu %s", count, s->many ? s->many : "");
	size_t i, shown = 0;
	const json_t *row;

	if (count == 0)
		return;
	printf("%s:\n", count == 1 || !s->many ? s->one : many);
	json_array_foreach (rows, i, row) {
		auto_free char *line = NULL;

		if (strcmp(batch_text(row, "kind"), s->kind) != 0 || shown++ >= SHOWN)
			continue;
		line = s->line(row);
		printf("  %s\n", line);
	}
	if (shown > SHOWN)
		printf("  and %zu more: %s\n", shown - SHOWN, s->rest);
}

int today_command(const struct call *call)
{
	auto_json json_t *rows = NULL;
	int code = ask(call, &rows);

	if (code != EX_OK)
		return code;
	if (call->json) {
		print_json(stdout, rows);
		return EX_OK;
	}
	for (size_t i = 0; i < sizeof(sentences) / sizeof(sentences[0]); i++)
		tell_kind(&sentences[i], rows);
	if (json_array_size(rows) == 0)
		puts("Nothing needs to be done today.");
	return EX_OK;
}
