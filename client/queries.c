/* SPDX-License-Identifier: Apache-2.0 */
/* The queries whose rows are a table for people: each column of a table knows how its cell comes from
 * a row. */
#include <string.h>

#include "client/ask.h"
#include "client/batch.h"
#include "client/need.h"
#include "client/print.h"
#include "client/run.h"
#include "client/show.h"
#include "client/table.h"

#define COLUMNS 10

struct cell {
	const char *member;
	char *(*text)(const json_t *row, const char *member); /* the caller frees it */
};

static char *plain(const json_t *row, const char *member)
{
	return print_value(json_object_get(row, member));
}

/* " (was 29 May)", where a date was another before; " (29 May)" for another one beside it. */
static char *other(const json_t *row, const char *member, const char *other, const char *was)
{
	const json_t *value = json_object_get(row, other);
	bool differs = json_is_string(value) &&
		       strcmp(batch_text(row, member), json_string_value(value)) != 0;
	auto_free char *day = print_value(value);

	return differs ? need_text(" (%s%s)", was, day) : need(strdup(""));
}

/* "29 May (prel.)", "5 Jun (was 29 May)". */
static char *due(const json_t *row, const char *member)
{
	auto_free char *now = plain(row, member);
	auto_free char *before = other(row, member, "due_original", "was ");
	bool provisional = json_is_true(json_object_get(row, "provisional"));

	return need_text("%s%s%s", now, provisional ? " (prel.)" : "", before);
}

/* " (20 May asked for)", where a later date is. */
static char *asked_for(const json_t *row)
{
	const json_t *due = json_object_get(json_object_get(row, "requested"), "due");
	auto_free char *day = print_value(due);

	return json_is_string(due) ? need_text(" (%s asked for)", day) : need(strdup(""));
}

/* The time of day that ends it, and the practical date where it differs: "15 May 14:00 (13 May) (was
 * 8 May)"; and the date that is asked for. */
static char *papers(const json_t *row, const char *member)
{
	auto_free char *formal = plain(row, member), *day = other(row, member, "practical", "");
	auto_free char *before = other(row, member, "papers_original", "was ");
	auto_free char *later = asked_for(row);
	const char *time = batch_text(row, "time");

	return need_text("%s%s%s%s%s%s", formal, *time ? " " : "", time, day, before, later);
}

/* "3, last Tue 12 May 08:00". */
static char *asked(const json_t *row, const char *member)
{
	const json_t *last = json_object_get(row, "last_asked");
	auto_free char *count = plain(row, member), *when = print_value(last);

	return json_is_string(last) ? need_text("%s, last %s", count, when) : need(strdup(count));
}

/* "60 %". */
static char *share(const json_t *row, const char *member)
{
	const json_t *done = json_object_get(row, member);
	auto_free char *text = print_value(done);

	return need_text(json_is_integer(done) ? "%s %%" : "%s", text);
}

/* "at-risk"; "done according to the owner", where its body has the last word; "struck" once it has said it. */
static char *status(const json_t *row, const char *member)
{
	const char *closed = batch_text(json_object_get(row, "closed"), "as");
	auto_free char *said = plain(row, member);

	if (*closed)
		return print_clean(closed, false);
	return need_text("%s%s", said,
			 json_is_true(json_object_get(row, "done_by_owner"))
				 ? " according to the owner"
				 : "");
}

char *show_items(const json_t *list)
{
	char *all = need(strdup(""));
	const json_t *item;
	size_t i;

	json_array_foreach (list, i, item) {
		const json_t *measure = json_object_get(item, "measure");
		auto_free char *before = all, *one = plain(item, "deadline");
		auto_free char *what = print_value(measure), *step = plain(item, "step");
		bool stepped = *batch_text(item, "step") != '\0';

		all = need_text("%s%s%s%s%s%s%s%s", before, i > 0 ? ", " : "", one,
				json_is_string(measure) ? " " : "",
				json_is_string(measure) ? what : "", stepped ? " (" : "",
				stepped ? step : "", stepped ? ")" : "");
	}
	return all;
}

/* "731 days". */
static char *age(const json_t *row, const char *member)
{
	const json_t *days = json_object_get(row, member);
	char number[PRINT_NUMBER];

	return json_is_integer(days)
		       ? need_text("%s days", print_number(json_integer_value(days), number))
		       : need(strdup(PRINT_NONE));
}

/* "16 Jun (prel.)", "20 Oct (was 16 Jun)". */
static char *answer_by(const json_t *row, const char *member)
{
	auto_free char *now = plain(row, member);
	auto_free char *before = other(row, member, "answer_by_original", "was ");
	bool provisional = json_is_true(json_object_get(row, "provisional"));

	return need_text("%s%s%s", now, provisional ? " (prel.)" : "", before);
}

/* "RS/1019/2025": what the body knows it by; without a record number, the decision. */
static char *number(const json_t *row, const char *member)
{
	return plain(row, *batch_text(row, member) ? member : "decision");
}

/* "open", "closed: struck". */
static char *closed(const json_t *row, const char *member)
{
	const char *as = batch_text(row, "closed_as");
	auto_free char *state = plain(row, member);

	return need_text("%s%s%s", state, *as ? ": " : "", as);
}

/* "2 of 3 measures, 1 of 1 deadlines". */
static char *below(const json_t *row, const char *member)
{
	long long measures = json_integer_value(json_object_get(row, "measures"));
	long long deadlines = json_integer_value(json_object_get(row, "deadlines"));
	long long open = json_integer_value(json_object_get(row, "open_measures"));
	auto_free char *of_measures =
		need_text("%lld of %lld measure%s", open, measures, measures == 1 ? "" : "s");
	auto_free char *of_deadlines =
		need_text("%lld of %lld deadline%s",
			  (long long)json_integer_value(json_object_get(row, member)), deadlines,
			  deadlines == 1 ? "" : "s");

	if (measures + deadlines == 0)
		return need(strdup(PRINT_NONE));
	return need_text("%s%s%s", measures ? of_measures : "", measures && deadlines ? ", " : "",
			 deadlines ? of_deadlines : "");
}

static char *items(const json_t *row, const char *member)
{
	return show_items(json_object_get(row, member));
}

static const struct view {
	enum request request;
	const char *nothing; /* said when there are no rows */
	const char *late;    /* the value of "state" that is to be noticed, or NULL */
	struct table_column columns[COLUMNS];
	struct cell cells[COLUMNS];
} views[] = {
	{ QUERY_LIST,
	  "Nothing is owed now.",
	  "late",
	  { { "DEADLINE" },
	    { "MEASURE" },
	    { "OWNER" },
	    { "STATE" },
	    { "PAPERS" },
	    { "DUE" },
	    { "ASKED" },
	    { "STATUS" } },
	  { { "deadline", plain },
	    { "measure", plain },
	    { "owner", plain },
	    { "state", plain },
	    { "papers", papers },
	    { "due", due },
	    { "asked", asked },
	    { "status", status } } },
	{ QUERY_ASSIGNMENTS,
	  "No assignments.",
	  NULL,
	  { { "ASSIGNMENT" },
	    { "NUMBER" },
	    { "TITLE", .wraps = true },
	    { "GIVEN" },
	    { "AGE", .right = true },
	    { "TO" },
	    { "ANSWER BY" },
	    { "EXPECTED" },
	    { "STATE" },
	    { "OPEN BELOW IT" } },
	  { { "assignment", plain },
	    { "reference", number },
	    { "title", plain },
	    { "given", plain },
	    { "age_days", age },
	    { "given_to", plain },
	    { "answer_by", answer_by },
	    { "estimate", plain },
	    { "state", closed },
	    { "open_deadlines", below } } },
	{ QUERY_WHY,
	  "No reminder has been sent, nor is one planned.",
	  NULL,
	  { { "WHEN" },
	    { "PERSON" },
	    { "DEADLINE" },
	    { "MEASURE" },
	    { "STEP" },
	    { "DECISION" },
	    { "REASON", .wraps = true } },
	  { { "when", plain },
	    { "person", plain },
	    { "deadline", plain },
	    { "measure", plain },
	    { "step", plain },
	    { "decision", plain },
	    { "reason", plain } } },
	{ QUERY_FORECAST,
	  "No message is to come in that time.",
	  NULL,
	  { { "WHEN" }, { "TO" }, { "CHANNEL" }, { "KIND" }, { "ITEMS", .wraps = true } },
	  { { "when", plain },
	    { "to", plain },
	    { "channel", plain },
	    { "kind", plain },
	    { "items", items } } },
	{ QUERY_REQUESTS,
	  "No later date is asked for.",
	  NULL,
	  { { "ID" },
	    { "BY" },
	    { "DEADLINE" },
	    { "MEASURE" },
	    { "STANDS" },
	    { "ASKED FOR" },
	    { "DONE", .right = true },
	    { "STATE" },
	    { "REASON", .wraps = true } },
	  { { "id", plain },
	    { "by", plain },
	    { "deadline", plain },
	    { "measure", plain },
	    { "stands", plain },
	    { "due", plain },
	    { "progress", share },
	    { "state", plain },
	    { "reason", plain } } },
	{ COMMAND_VERIFY,
	  "All that is in the store follows from its log.",
	  NULL,
	  { { "WHAT" }, { "ITEM" }, { "FIELD" }, { "STORE" }, { "LOG", .wraps = true } },
	  { { "what", plain },
	    { "item", plain },
	    { "field", plain },
	    { "store", plain },
	    { "log", plain } } },
	{ COMMAND_MESSAGE, /* its attempts */
	  "It has not been tried.",
	  NULL,
	  { { "ATTEMPT", .right = true },
	    { "BEGUN" },
	    { "ENDED" },
	    { "STATE" },
	    { "ANSWER", .wraps = true } },
	  { { "n", plain },
	    { "at", plain },
	    { "ended", plain },
	    { "state", plain },
	    { "answer", plain } } },
	{ QUERY_OUTBOX,
	  "The outbox is empty.",
	  "failed",
	  { { "ID", .right = true },
	    { "TO" },
	    { "CHANNEL" },
	    { "KIND" },
	    { "STATE" },
	    { "PLANNED" },
	    { "ATTEMPTS", .right = true },
	    { "NEXT" },
	    { "LAST ANSWER", .wraps = true } },
	  { { "id", plain },
	    { "to", plain },
	    { "channel", plain },
	    { "kind", plain },
	    { "state", plain },
	    { "planned", plain },
	    { "attempts", plain },
	    { "next_attempt", plain },
	    { "last_answer", plain } } },
};

static const struct view *view_of(enum request request)
{
	const struct view *view = views;

	while (view->request != request)
		view++;
	return view;
}

void show_rows(enum request request, const json_t *rows, FILE *out)
{
	const struct view *view = view_of(request);
	struct table *table;
	size_t i, columns = 0;
	const json_t *row;

	if (json_array_size(rows) == 0) {
		fprintf(out, "%s\n", view->nothing);
		return;
	}
	while (columns < COLUMNS && view->columns[columns].title)
		columns++;
	table_new(&table, view->columns, columns);
	json_array_foreach (rows, i, row) {
		for (size_t column = 0; column < columns; column++)
			table_add(table, view->cells[column].text(row, view->cells[column].member));
		if (view->late && strcmp(batch_text(row, "state"), view->late) == 0)
			table_emphasise(table);
	}
	table_print(table, out, table_width(out), table_emphasis(out));
	table_free(table);
}

/* What the table of options can't say. NULL, or a sentence. */
static const char *misuse(const struct call *call)
{
	if (call->command->request == QUERY_FORECAST && call_value(call, "month") &&
	    (call_value(call, "from") || call_value(call, "until")))
		return "--month stands alone: use it, or --from and --until";
	return NULL;
}

int rows_command(const struct call *call)
{
	auto_json json_t *rows = NULL;
	const char *wrong = misuse(call);
	int code;

	if (wrong) {
		fprintf(stderr, "paminn: %s\n", wrong);
		return EX_USAGE;
	}
	code = ask(call, &rows);
	if (code != EX_OK)
		return code;
	if (call->json)
		print_json(stdout, rows);
	else if (json_array_size(rows) == 0 && call->command->request == QUERY_LIST &&
		 call_value(call, "late"))
		puts("Nothing is late.");
	else
		show_rows(call->command->request, rows, stdout);
	if (!call->json && call->command->request == QUERY_FORECAST && !call_value(call, "month") &&
	    !call_value(call, "until"))
		puts("These are 31 days; --until D looks further, --month at a month of its own.");
	return EX_OK;
}
