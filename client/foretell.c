/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What would follow, as sentences, and the messages as tables. Of whatever is true of several measures the sentence
 * is said once, with their names behind it.
 */
#include "client/foretell.h"

#include <string.h>

#include "client/ask.h"
#include "client/batch.h"
#include "client/forecast.h"
#include "client/need.h"
#include "client/print.h"
#include "client/show.h"
#include "client/table.h"

#define NAMED 8 /* measures in a sentence: of the rest their number */
#define WIDTH 80

bool foretell_is_asked(const struct call *call)
{
	return call_value(call, "dry-run") != NULL;
}

/* ---- sentences ------------------------------------------------------------------------------- */

/* On lines of at most the terminal's width, those after the first indented. */
static void print_sentence(const char *text)
{
	const int terminal = table_width(stdout), width = terminal > 0 ? terminal : WIDTH;
	auto_free char *copy = need(strdup(text));
	int used = 0;
	char *rest;

	for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
		const int wide = print_width(word);

		if (used > 0 && used + 1 + wide > width) {
			fputs("\n   ", stdout);
			used = 3;
		}
		printf("%s%s", used > 0 ? " " : "", word);
		used += (used > 0) + wide;
	}
	puts("");
}

/* A sentence, and of how many it is true: "RS-58 is answered" "for HSN-03 (akut)". */
struct saying_of {
	char *sentence, *names;
	size_t count;
};
struct sayings {
	struct saying_of *list;
	size_t count;
};

static void sayings_done(struct sayings *s)
{
	for (size_t i = 0; i < s->count; i++) {
		free(s->list[i].sentence);
		free(s->list[i].names);
	}
	free(s->list);
}

/* The one with this sentence, which is taken over. */
static struct saying_of *saying_with(struct sayings *s, char *sentence)
{
	struct saying_of *one;

	for (size_t i = 0; i < s->count; i++)
		if (strcmp(s->list[i].sentence, sentence) == 0) {
			free(sentence);
			return &s->list[i];
		}
	s->list = need(realloc(s->list, (s->count + 1) * sizeof(*s->list)));
	one = &s->list[s->count++];
	*one = (struct saying_of){ .sentence = sentence, .names = need(strdup("")) };
	return one;
}

/* "HSN-03 (akut)", "akut", "" */
static char *name_of(const json_t *row)
{
	const char *deadline = batch_text(row, "deadline"), *measure = batch_text(row, "measure");
	const char *owner = batch_text(row, "owner");

	if (!*deadline || !*measure)
		return need(strdup(owner));
	return *owner ? need_text("%s (%s)", measure, owner) : need(strdup(measure));
}

static void say_of(struct sayings *s, char *sentence, const json_t *row)
{
	struct saying_of *one = saying_with(s, sentence);
	auto_free char *name = name_of(row), *names = one->names;

	if (*name)
		one->count++;
	one->names = !*name || one->count > NAMED
			     ? need(strdup(names))
			     : need_text("%s%s%s", names, *names ? ", " : "", name);
}

static void print_sayings(const struct sayings *s)
{
	for (size_t i = 0; i < s->count; i++) {
		const struct saying_of *one = &s->list[i];
		auto_free char *more = one->count > NAMED
					       ? need_text(" and %zu more", one->count - NAMED)
					       : need(strdup(""));
		auto_free char *raw = need_text("%s%s%s%s", one->sentence, one->count ? ": " : "",
						one->names, more);
		auto_free char *clean = print_clean(raw, false);

		print_sentence(clean);
	}
}

/* What it is about: the deadline, else the assignment or measure by itself. */
static const char *thing(const json_t *row)
{
	const char *deadline = batch_text(row, "deadline"), *of = batch_text(row, "assignment");

	return *deadline ? deadline : *of ? of : batch_text(row, "measure");
}

static char *close_sentence(const json_t *row)
{
	const char *as = batch_text(row, "as");

	if (strcmp(as, "withdrawn") == 0)
		return need_text("%s is asked for no more, unanswered", thing(row));
	return need_text("%s is %s", thing(row), as);
}

static char *open_sentence(const json_t *row)
{
	return need_text("%s is asked for", thing(row));
}

static char *move_sentence(const json_t *row)
{
	auto_free char *due = print_value(json_object_get(row, "due"));
	auto_free char *before = print_value(json_object_get(row, "due_before"));
	auto_free char *papers = print_value(json_object_get(row, "papers"));
	auto_free char *papers_before = print_value(json_object_get(row, "papers_before"));
	const bool same = strcmp(due, papers) == 0 && strcmp(before, papers_before) == 0;

	if (same || !*batch_text(row, "papers"))
		return need_text("%s moves from %s to %s", thing(row), before, due);
	return need_text("%s moves from %s (papers %s) to %s (papers %s)", thing(row), before,
			 papers_before, due, papers);
}

/* Of the measure itself: what is owed for it goes with it. */
static char *owner_sentence(const json_t *row)
{
	if (*batch_text(row, "deadline"))
		return need_text("%s is owed by another", thing(row));
	return need_text("%s goes over from %s to", thing(row), batch_text(row, "owner_before"));
}

static char *decide_sentence(const json_t *row)
{
	return need_text("the request %s is %s", batch_text(row, "request"),
			 batch_text(row, "state"));
}

static const struct {
	const char *list;
	char *(*sentence)(const json_t *row);
} changes[] = {
	{ "closes", close_sentence }, { "opens", open_sentence },     { "moves", move_sentence },
	{ "owners", owner_sentence }, { "decides", decide_sentence },
};

/* How many sentences there were. */
static size_t print_changes(const json_t *row)
{
	struct sayings sayings __attribute__((cleanup(sayings_done))) = { NULL };
	const json_t *one;
	size_t k;

	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++)
		json_array_foreach (json_object_get(row, changes[i].list), k, one)
			say_of(&sayings, changes[i].sentence(one), one);
	print_sayings(&sayings);
	return sayings.count;
}

/* ---- the whole ------------------------------------------------------------------------------- */

static size_t print_messages(const json_t *row, const char *list, const char *title)
{
	const json_t *rows = json_object_get(row, list);

	if (json_array_size(rows) == 0)
		return 0;
	printf("%s\n", title);
	show_forecast(rows, stdout);
	return json_array_size(rows);
}

static void print_remarks(const json_t *remarks)
{
	auto_free char *reason = print_clean(batch_text(remarks, "reason"), false);
	const json_t *warning;
	size_t i;
	auto_free char *would_say = need_text("its answer would say: %s", reason);

	if (*reason)
		print_sentence(would_say);
	json_array_foreach (json_object_get(remarks, "warnings"), i, warning) {
		auto_free char *clean = print_value(warning);

		fprintf(stderr, "paminn: warning: %s\n", clean);
	}
}

static void print_row(const json_t *row)
{
	const json_int_t more = json_integer_value(json_object_get(row, "more"));
	size_t told;

	puts("Nothing was sent. If it were, this would follow:");
	told = print_changes(row);
	print_remarks(json_object_get(row, "remarks"));
	told += print_messages(row, "leaves", "These messages would leave:");
	told += print_messages(row, "dropped", "These would leave no more:");
	if (told == 0)
		puts("No date or answer changes by it, and nobody hears of it.");
	if (more > 0)
		printf("Of %lld more answers that it touches nothing is told here.\n",
		       (long long)more);
}

static int ask_of(const struct call *call, const json_t *event, json_t **ret_rows)
{
	json_t *params = need(json_pack("{s:O}", "event", event));

	return ask_for(call, QUERY_CONSEQUENCES, params, ret_rows);
}

int foretell(const struct call *call, const json_t *event)
{
	auto_json json_t *rows = NULL;
	const int code = ask_of(call, event, &rows);

	if (code != EX_OK)
		return code;
	if (call->json)
		print_json(stdout, json_array_get(rows, 0));
	else
		print_row(json_array_get(rows, 0));
	return EX_OK;
}

/* ---- a file ---------------------------------------------------------------------------------- */

static int foretell_line(const struct call *call, const char *text, size_t line)
{
	auto_json json_t *event = json_loads(text, JSON_REJECT_DUPLICATES, NULL);

	if (!json_is_object(event)) {
		fprintf(stderr, "paminn: line %zu is no JSON object\n", line);
		return EX_DATAERR;
	}
	if (!call->json) {
		auto_free char *type = print_clean(batch_text(event, "type"), false);
		auto_free char *subject = print_clean(batch_text(event, "subject"), false);

		printf("%sLine %zu, %s %s:\n", line > 1 ? "\n" : "", line, type, subject);
	}
	return foretell(call, event);
}

int foretell_file(const struct call *call, FILE *file)
{
	auto_free char *text = NULL;
	size_t room = 0, line = 0;
	int code = EX_OK, worst = EX_OK;

	while (code != EX_UNAVAILABLE && getline(&text, &room, file) >= 0) {
		line++;
		if (strspn(text, " \t\r\n") == strlen(text))
			continue;
		code = foretell_line(call, text, line);
		worst = code == EX_OK ? worst : code;
	}
	return worst;
}
