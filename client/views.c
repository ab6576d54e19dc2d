/* SPDX-License-Identifier: Apache-2.0 */
/* The queries whose rows are a table for people: each column of a table knows how its cell comes from
 * a row. */
#include <string.h>

#include "client/batch.h"
#include "client/cells.h"
#include "client/show.h"
#include "client/view.h"

static const struct view views[] = {
	{ QUERY_ASSIGNMENTS,
	  "No assignments.",
	  NULL,
	  { { "ASSIGNMENT" },
	    { "NUMBER", .below = true },
	    { "TITLE", .wraps = true },
	    { "GIVEN", .below = true },
	    { "AGE", .right = true, .below = true },
	    { "TO" },
	    { "ANSWER BY" },
	    { "EXPECTED", .below = true },
	    { "STATE" },
	    { "OPEN BELOW IT", .below = true } },
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
	    { "REASON", .wraps = true, .below = true } },
	  { { "when", cell_plain },
	    { "person", cell_plain },
	    { "deadline", cell_plain },
	    { "measure", cell_plain },
	    { "step", cell_step },
	    { "decision", cell_plain },
	    { "reason", cell_plain } } },
	{ QUERY_ACTS,
	  "No steward has said anything lately that could be taken back.",
	  NULL,
	  { { "SEQ", .right = true }, { "AT" }, { "BY" }, { "WHAT" }, { "ABOUT" } },
	  { { "seq", cell_plain },
	    { "at", cell_plain },
	    { "by", cell_plain },
	    { "type", cell_plain },
	    { "subject", cell_plain } } },
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
	    { "REASON", .wraps = true, .below = true } },
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
	    { "AWAY", .below = true } },
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
	{ QUERY_CALENDAR,
	  "Nothing is known of that time.",
	  NULL,
	  { { "DATE" },
	    { "WHAT" },
	    { "OF" },
	    { "DUE" },
	    { "STATE" },
	    { "TITLE", .wraps = true, .below = true } },
	  { { "date", cell_calendar_date },
	    { "what", cell_calendar_what },
	    { "deadline", cell_calendar_of },
	    { "due", cell_due },
	    { "state", cell_plain },
	    { "title", cell_plain } } },
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
	    { "NEXT", .below = true },
	    { "LAST ANSWER", .wraps = true, .below = true } },
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

/* What a reader is to see first. */
static bool stands_out(const struct view *view, const char *state)
{
	return (view->late && strcmp(state, view->late) == 0) ||
	       (view->request == QUERY_OUTBOX && strcmp(state, "bounced") == 0);
}

void view_add(struct table *table, const struct view *view, const json_t *row)
{
	for (size_t i = 0; i < view_columns(view); i++)
		table_add(table, view->cells[i].text(row, view->cells[i].member));
	if (stands_out(view, batch_text(row, "state")))
		table_emphasise(table);
}

size_t view_columns(const struct view *view)
{
	size_t columns = 0;

	while (columns < VIEW_COLUMNS && view->columns[columns].title)
		columns++;
	return columns;
}

void view_end(struct table *table, FILE *out)
{
	table_print(table, out, table_width(out), table_emphasis(out));
	table_free(table);
}

void show_rows(enum request request, const json_t *rows, FILE *out)
{
	const struct view *view = view_of(request);
	struct table *table;
	const json_t *row;
	size_t i;

	if (json_array_size(rows) == 0) {
		fprintf(out, "%s\n", view->nothing);
		return;
	}
	table_new(&table, view->columns, view_columns(view));
	json_array_foreach (rows, i, row)
		view_add(table, view, row);
	view_end(table, out);
}
