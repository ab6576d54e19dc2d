/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cells.h"

#include <string.h>

#include "client/batch.h"
#include "client/need.h"
#include "client/print.h"
#include "client/show.h"
#include "protocol/forecast_lines.h"

char *cell_plain(const json_t *row, const char *member)
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
char *cell_due(const json_t *row, const char *member)
{
	auto_free char *now = cell_plain(row, member);
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
char *cell_papers(const json_t *row, const char *member)
{
	auto_free char *formal = cell_plain(row, member),
		       *day = other(row, member, "practical", "");
	auto_free char *before = other(row, member, "papers_original", "was ");
	auto_free char *later = asked_for(row);
	const char *time = batch_text(row, "time");

	return need_text("%s%s%s%s%s%s", formal, *time ? " " : "", time, day, before, later);
}

/* "3, last Tue 12 May 08:00". */
char *cell_asked(const json_t *row, const char *member)
{
	const json_t *last = json_object_get(row, "last_asked");
	auto_free char *count = cell_plain(row, member), *when = print_value(last);

	return json_is_string(last) ? need_text("%s, last %s", count, when) : need(strdup(count));
}

/* "60 %". */
char *cell_share(const json_t *row, const char *member)
{
	const json_t *done = json_object_get(row, member);
	auto_free char *text = print_value(done);

	return need_text(json_is_integer(done) ? "%s %%" : "%s", text);
}

/* "at-risk"; "done according to the owner", where its body has the last word; "struck" once it has said it. */
char *cell_status(const json_t *row, const char *member)
{
	const char *closed = batch_text(json_object_get(row, "closed"), "as");
	auto_free char *said = cell_plain(row, member);

	if (*closed)
		return print_clean(closed, false);
	return need_text("%s%s", said,
			 json_is_true(json_object_get(row, "done_by_owner"))
				 ? " according to the owner"
				 : "");
}

/* "+3wd"; "+3wd, third time". */
char *cell_step(const json_t *row, const char *member)
{
	auto_free char *step = need(forecast_step(row));

	return *batch_text(row, member) ? print_clean(step, false) : cell_plain(row, member);
}

/* May the item be named by its measure alone behind the other, which has said the rest? */
static bool goes_on(const json_t *before, const json_t *item)
{
	static const char *const members[] = { "deadline", "step", "repetition" };

	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
		const json_t *one = json_object_get(before, members[i]);
		const json_t *other = json_object_get(item, members[i]);

		if (one != other && !json_equal(one, other)) /* both may be left out */
			return false;
	}
	return *batch_text(before, "measure") && *batch_text(item, "measure");
}

/* "RS-58 HSN-03, HSN-07 (-5wd), RS-58 (0)": what several have in common is said once. */
char *show_items(const json_t *list)
{
	char *all = need(strdup(""));
	const json_t *item, *before = NULL;
	size_t i;

	json_array_foreach (list, i, item) {
		const json_t *next = json_array_get(list, i + 1);
		const bool on = before && goes_on(before, item), more = next && goes_on(item, next);
		const bool stepped = *batch_text(item, "step") && !more;
		auto_free char *so_far = all, *deadline = cell_plain(item, "deadline");
		auto_free char *measure = print_value(json_object_get(item, "measure"));
		auto_free char *step = cell_step(item, "step");
		const bool one = *batch_text(item, "measure");
		auto_free char *person = print_value(json_object_get(item, "person"));
		const char *whole = *batch_text(item, "person") ? person : deadline;

		all = need_text("%s%s%s%s%s%s%s%s", so_far, before ? ", " : "", on ? "" : whole,
				one && !on ? " " : "", one ? measure : "", stepped ? " (" : "",
				stepped ? step : "", stepped ? ")" : "");
		before = item;
	}
	return all;
}

/* "731 days". */
char *cell_age(const json_t *row, const char *member)
{
	const json_t *days = json_object_get(row, member);
	char number[PRINT_NUMBER];

	return json_is_integer(days)
		       ? need_text("%s days", print_number(json_integer_value(days), number))
		       : need(strdup(PRINT_NONE));
}

/* "16 Jun (prel.)", "20 Oct (was 16 Jun)". */
char *cell_answer_by(const json_t *row, const char *member)
{
	auto_free char *now = cell_plain(row, member);
	auto_free char *before = other(row, member, "answer_by_original", "was ");
	bool provisional = json_is_true(json_object_get(row, "provisional"));

	return need_text("%s%s%s", now, provisional ? " (prel.)" : "", before);
}

/* "RS/1019/2025": what the body knows it by; without a record number, the decision. */
char *cell_number(const json_t *row, const char *member)
{
	return cell_plain(row, *batch_text(row, member) ? member : "decision");
}

/* "open", "closed: struck". */
char *cell_closed(const json_t *row, const char *member)
{
	const char *as = batch_text(row, "closed_as");
	auto_free char *state = cell_plain(row, member);

	return need_text("%s%s%s", state, *as ? ": " : "", as);
}

/* "2 of 3 measures, 1 of 1 deadlines". */
char *cell_below(const json_t *row, const char *member)
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

/* "3", "3, 1 of them late". */
char *cell_owes(const json_t *row, const char *member)
{
	const long long late = json_integer_value(json_object_get(row, "late"));
	auto_free char *owes = cell_plain(row, member);

	return late ? need_text("%s, %lld late", owes, late) : need(strdup(owes));
}

/* "until Fri 15 May; kir stands in". */
char *cell_away(const json_t *row, const char *member)
{
	auto_free char *until = cell_plain(row, member), *who = cell_plain(row, "stands_in");

	if (!*batch_text(row, member))
		return need(strdup(PRINT_NONE));
	return *batch_text(row, "stands_in") ? need_text("until %s; %s stands in", until, who)
					     : need_text("until %s; nobody stands in", until);
}

/* "kir"; "nobody: messages wait until Mon 3 Aug". */
char *cell_stand_in(const json_t *row, const char *member)
{
	auto_free char *back = cell_plain(row, "held_until");

	return *batch_text(row, "held_until") ? need_text("nobody: messages wait until %s", back)
					      : cell_plain(row, member);
}

/* "known"; "replaced: Thu 28 May". */
char *cell_meeting(const json_t *row, const char *member)
{
	auto_free char *state = cell_plain(row, member), *by = cell_plain(row, "replaced_by");

	return *batch_text(row, "replaced_by") ? need_text("%s: %s", state, by)
					       : need(strdup(state));
}

/* "Färre inhyrda (HSN-03)"; the id alone where there is no title. */
static char *titled(const json_t *row, const char *id_member, const char *title_member)
{
	auto_free char *id = cell_plain(row, id_member), *title = cell_plain(row, title_member);

	return *batch_text(row, title_member) ? need_text("%s (%s)", title, id) : need(strdup(id));
}

char *cell_deadline(const json_t *row, const char *member)
{
	return titled(row, member, "deadline_title");
}

/* Of the deliverable "the deliverable". */
char *cell_measure(const json_t *row, const char *member)
{
	return *batch_text(row, member) ? titled(row, member, "title")
					: need(strdup("the deliverable"));
}

/* "open"; of what was withdrawn since its measure is over how that one stands: that it was withdrawn would be read as
 * that the measure was. */
char *cell_phase(const json_t *row, const char *member)
{
	return json_is_true(json_object_get(row, "over")) ? cell_status(row, "status")
							  : cell_plain(row, member);
}

/* "open"; "open, promised by Fri 8 May". */
char *cell_state(const json_t *row, const char *member)
{
	auto_free char *state = cell_phase(row, member), *day = cell_plain(row, "seen_until");

	return *batch_text(row, "seen_until") ? need_text("%s, promised by %s", state, day)
					      : need(strdup(state));
}

static bool is_month(const json_t *row)
{
	return strcmp(batch_text(row, "what"), "messages") == 0;
}

/* "Tue 12 May"; of the messages of a month "2026-05"; of a meeting of several days "Tue 12 May - Wed 13 May". */
char *cell_calendar_date(const json_t *row, const char *member)
{
	auto_free char *from = cell_plain(row, member), *until = cell_plain(row, "until");
	const char *last = batch_text(row, "until");

	if (is_month(row))
		return need_text("%.7s", batch_text(row, member));
	return *last && strcmp(last, batch_text(row, member)) != 0
		       ? need_text("%s - %s", from, until)
		       : need(strdup(from));
}

/* "papers"; "meeting"; "12 messages". */
char *cell_calendar_what(const json_t *row, const char *member)
{
	const json_int_t count = json_integer_value(json_object_get(row, "count"));

	return is_month(row) ? need_text("%lld message%s", (long long)count, count == 1 ? "" : "s")
			     : cell_plain(row, member);
}

/* The deadline's id; of a meeting the body's; of a month nothing. */
char *cell_calendar_of(const json_t *row, const char *member)
{
	return cell_plain(row, *batch_text(row, member) ? member : "body");
}
