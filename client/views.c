/* SPDX-License-Identifier: Apache-2.0 */
/* The queries whose rows are a table for people: each column of a table knows how its cell comes from
 * a row. */
#include <string.h>

#include "client/batch.h"
#include "client/cells.h"
#include "client/show.h"
#include "client/table.h"

#define COLUMNS 10

struct cell {
	const char *member;
	cell_fn *text;
};

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
	  { { "deadline", cell_plain },
	    { "measure", cell_plain },
	    { "owner", cell_plain },
	    { "state", cell_plain },
	    { "papers", cell_papers },
	    { "due", cell_due },
	    { "asked", cell_asked },
	    { "status", cell_status } } },
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
	  { { "assignment", cell_plain },
	    { "reference", cell_number },
	    { "title", cell_plain },
	    { "given", cell_plain },
	    { "age_days", cell_age },
	    { "given_to", cell_plain },
	    { "answer_by", cell_answer_by },
	    { "estimate", cell_plain },
	    { "state", cell_closed },
	    { "open_deadlines", cell_below } } },
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
	  { { "when", cell_plain },
	    { "person", cell_plain },
	    { "deadline", cell_plain },
	    { "measure", cell_plain },
	    { "step", cell_plain },
	    { "decision", cell_plain },
	    { "reason", cell_plain } } },
	{ QUERY_FORECAST,
	  "No message is to come in that time.",
	  NULL,
	  { { "WHEN" }, { "TO" }, { "CHANNEL" }, { "KIND" }, { "ITEMS", .wraps = true } },
	  { { "when", cell_plain },
	    { "to", cell_plain },
	    { "channel", cell_plain },
	    { "kind", cell_plain },
	    { "items", cell_items } } },
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
	  { { "id", cell_plain },
	    { "by", cell_plain },
	    { "deadline", cell_plain },
	    { "measure", cell_plain },
	    { "stands", cell_plain },
	    { "due", cell_plain },
	    { "progress", cell_share },
	    { "state", cell_plain },
	    { "reason", cell_plain } } },
	{ QUERY_PEOPLE,
	  "Nobody has that role.",
	  NULL,
	  { { "PERSON" },
	    { "NAME", .wraps = true },
	    { "ROLES" },
	    { "MANAGER" },
	    { "DEPUTY" },
	    { "OWES" },
	    { "AWAY" } },
	  { { "person", cell_plain },
	    { "name", cell_plain },
	    { "roles", cell_plain },
	    { "manager", cell_plain },
	    { "deputy", cell_plain },
	    { "owes", cell_owes },
	    { "away_until", cell_away } } },
	{ QUERY_BODIES,
	  "No body is in the plan.",
	  NULL,
	  { { "BODY" },
	    { "NAME", .wraps = true },
	    { "PAPERS" },
	    { "NEXT MEETING" },
	    { "ITS PAPERS" },
	    { "MEETINGS", .right = true },
	    { "DEADLINES", .right = true } },
	  { { "body", cell_plain },
	    { "name", cell_plain },
	    { "papers", cell_plain },
	    { "next_meeting", cell_plain },
	    { "next_papers", cell_plain },
	    { "meetings", cell_plain },
	    { "deadlines", cell_plain } } },
	{ QUERY_MEETINGS,
	  "No meeting is known.",
	  NULL,
	  { { "BODY" },
	    { "FROM" },
	    { "UNTIL" },
	    { "PLACE" },
	    { "STATE" },
	    { "PAPERS" },
	    { "DUE AT IT", .wraps = true } },
	  { { "body", cell_plain },
	    { "from", cell_plain },
	    { "until", cell_plain },
	    { "place", cell_plain },
	    { "state", cell_meeting },
	    { "papers", cell_plain },
	    { "deadlines", cell_plain } } },
	{ QUERY_ABSENCES,
	  "Nobody is away, or will be.",
	  NULL,
	  { { "PERSON" }, { "FROM" }, { "UNTIL" }, { "STATE" }, { "STANDS IN", .wraps = true } },
	  { { "person", cell_plain },
	    { "from", cell_plain },
	    { "until", cell_plain },
	    { "state", cell_plain },
	    { "deputy", cell_stand_in } } },
	{ QUERY_SESSIONS,
	  "Nobody is signed in.",
	  NULL,
	  { { "PERSON" },
	    { "SINCE" },
	    { "LAST USED" },
	    { "UNTIL" },
	    { "BY" },
	    { "NAME", .wraps = true } },
	  { { "person", cell_plain },
	    { "since", cell_plain },
	    { "used", cell_plain },
	    { "until", cell_plain },
	    { "by", cell_plain },
	    { "name", cell_plain } } },
	{ COMMAND_VERIFY,
	  "All that is in the store follows from its log.",
	  NULL,
	  { { "WHAT" }, { "ITEM" }, { "FIELD" }, { "STORE" }, { "LOG", .wraps = true } },
	  { { "what", cell_plain },
	    { "item", cell_plain },
	    { "field", cell_plain },
	    { "store", cell_plain },
	    { "log", cell_plain } } },
	{ COMMAND_MESSAGE, /* its attempts */
	  "It has not been tried.",
	  NULL,
	  { { "ATTEMPT", .right = true },
	    { "BEGUN" },
	    { "ENDED" },
	    { "STATE" },
	    { "ANSWER", .wraps = true } },
	  { { "n", cell_plain },
	    { "at", cell_plain },
	    { "ended", cell_plain },
	    { "state", cell_plain },
	    { "answer", cell_plain } } },
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
	  { { "id", cell_plain },
	    { "to", cell_plain },
	    { "channel", cell_plain },
	    { "kind", cell_plain },
	    { "state", cell_plain },
	    { "planned", cell_plain },
	    { "attempts", cell_plain },
	    { "next_attempt", cell_plain },
	    { "last_answer", cell_plain } } },
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
