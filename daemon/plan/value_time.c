/* SPDX-License-Identifier: Apache-2.0 */
/* Dates, times and offsets, and what is made of them: when something is due, recurs and opens. */
#include "plan/value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AFTER " after "
#define COUNT_DIGITS 5 /* of how many months or days: more than 2005 to 2100 has */

static const char *const too_far = "is outside 2005-2100, the years whose holidays are known";

const char *read_date(struct value *v, const char *text, void *to)
{
	struct civil_date date;

	(void)v;
	if (civil_parse(text, &date) < 0)
		return "is not a date that exists: YYYY-MM-DD";
	if (!calendar_in_range(date))
		return too_far;
	*(struct civil_date *)to = date;
	return NULL;
}

/* Two dates with something else than a slash between them. */
static bool is_two_dates(const char *text)
{
	struct civil_date date;
	const size_t length = strlen(text);
	char from[CIVIL_TEXT] = "";

	if (length <= 20)
		return false;
	memcpy(from, text, 10);
	return civil_parse(from, &date) == 0 && civil_parse(text + length - 10, &date) == 0;
}

static const char *say_range(struct value *v, const char *text)
{
	snprintf(v->sentence, sizeof(v->sentence),
		 "is not a date or a range of dates: write a range as \"%.10s/%s\"", text,
		 text + strlen(text) - 10);
	return v->sentence;
}

const char *read_range(struct value *v, const char *text, void *to)
{
	struct date_range *range = to;
	char from[CIVIL_TEXT] = "";
	const char *slash = strchr(text, '/'), *wrong;

	if (!slash || slash - text >= CIVIL_TEXT) {
		wrong = read_date(v, text, &range->from);
		range->until = range->from;
		return wrong && is_two_dates(text) ? say_range(v, text) : wrong;
	}
	memcpy(from, text, (size_t)(slash - text));
	wrong = read_date(v, from, &range->from);
	if (!wrong)
		wrong = read_date(v, slash + 1, &range->until);
	if (!wrong && civil_compare(range->until, range->from) < 0)
		wrong = "ends before it begins";
	return wrong;
}

const char *read_time(struct value *v, const char *text, void *to)
{
	(void)v;
	return civil_parse_time(text, to) < 0 ? "is not a time of day: HH:MM" : NULL;
}

const char *read_offset(struct value *v, const char *text, void *to)
{
	struct offset offset;

	if (offset_parse(text, &offset) < 0)
		return "is not a number of days: -10wd (working days), +3d (calendar days) or 0, "
		       "at "
		       "most 400";
	if (offset.days < v->field->min)
		return v->field->min > 0 ? "must be at least 1" : "must not be before";
	if (offset.days > v->field->max)
		return "must not be after: write -7wd or 0";
	*(struct offset *)to = offset;
	return NULL;
}

/* "meeting BODY YYYY-MM" or "meeting BODY next", the text after "meeting ". */
static const char *read_due_meeting(struct value *v, const char *text, struct due_spec *due)
{
	const char *space = strchr(text, ' ');
	char id[ID_MAX + 1] = "";

	due->kind = DUE_MEETING;
	due->next = space && strcmp(space + 1, "next") == 0;
	if (space && civil_parse(space + 1, &due->date) == 0) {
		snprintf(v->sentence, sizeof(v->sentence),
			 "is not a meeting: write its month, \"meeting %.*s\", which also stands "
			 "when it is moved",
			 (int)(space - text) + 8, text);
		return v->sentence;
	}
	if (!space || space - text > ID_MAX ||
	    (!due->next && civil_parse_month(space + 1, &due->year, &due->month) < 0))
		return "is not a meeting: \"meeting BODY YYYY-MM\" or \"meeting BODY next\"";
	memcpy(id, text, (size_t)(space - text));
	return value_name_body(v, id, &due->body);
}

/* "KS 2026-10", "KS next" or "KS", of which "meeting KS 2026-10" can be made. */
static bool lacks_meeting(const struct value *v, const char *text, bool month)
{
	const size_t length = strcspn(text, " ");
	const char *rest = text + length + (text[length] == ' ');
	char id[ID_MAX + 1] = "";
	int year, number;

	if (length > ID_MAX || (*rest != '\0') != month)
		return false;
	memcpy(id, text, length);
	return plan_body(v->r->plan, body_id(id)) && (!month || strcmp(rest, "next") == 0 ||
						      civil_parse_month(rest, &year, &number) == 0);
}

const char *read_every(struct value *v, const char *text, void *to)
{
	struct every *every = to;
	const char *wrong;

	value_keep(v, text, &every->text);
	if (strncmp(text, "RRULE:", 6) == 0) {
		every->kind = EVERY_RULE;
		return NULL;
	}
	if (lacks_meeting(v, text, false)) {
		snprintf(v->sentence, sizeof(v->sentence),
			 "is neither \"meeting BODY\" nor \"RRULE:...\": write \"meeting %s\"",
			 text);
		return v->sentence;
	}
	if (strncmp(text, "meeting ", 8) != 0)
		return "is neither \"meeting BODY\" nor \"RRULE:...\"";
	wrong = value_name_body(v, text + 8, &every->body);
	every->kind = wrong ? EVERY_NEVER : EVERY_MEETING;
	return wrong;
}

/* ---- a date that is counted from another --------------------------------------------------------- */

/*
 * The day of the same number so many months later, or, where the month has none, its last: as time
 * limits are counted by law (SFS 1930:173, 1 §). CIVIL_NONE: out of range.
 */
static struct civil_date months_after(struct civil_date date, int months)
{
	int year, month, day, last;

	civil_to_ymd(date, &year, &month, &day);
	month += months - 1;
	year += month / 12;
	month = month % 12 + 1;
	if (year > CALENDAR_LAST_YEAR)
		return CIVIL_NONE;
	last = civil_month_days(year, month);
	return civil_from_ymd(year, month, day < last ? day : last);
}

/* The n-th working day after a date; CIVIL_NONE: out of range. */
static struct civil_date workdays_after(const struct calendar *c, struct civil_date date, int n)
{
	const struct civil_date to = calendar_move(c, date, (struct offset){ n, true });

	return calendar_workdays(c, date, to) == n ? to : CIVIL_NONE;
}

enum count_unit { COUNT_MONTHS, COUNT_DAYS, COUNT_WORKDAYS, COUNT_UNITS };

/* "2m": how many of what; false: it is no such thing. */
static bool read_count(const char *text, size_t length, int *ret_n, enum count_unit *ret_unit)
{
	static const char *const units[COUNT_UNITS] = { "m", "d", "wd" };
	const size_t digits = strspn(text, "0123456789");

	if (digits < 1 || digits > COUNT_DIGITS)
		return false;
	*ret_n = atoi(text);
	for (enum count_unit unit = 0; unit < COUNT_UNITS; unit++)
		if (length == digits + strlen(units[unit]) &&
		    strncmp(text + digits, units[unit], length - digits) == 0) {
			*ret_unit = unit;
			return *ret_n > 0;
		}
	return false;
}

static struct civil_date count_from(const struct calendar *c, struct civil_date date, int n,
				    enum count_unit unit)
{
	switch (unit) {
	case COUNT_MONTHS:
		return months_after(date, n);
	case COUNT_WORKDAYS:
		return workdays_after(c, date, n);
	default:
		return civil_add(date, n);
	}
}

/* "2m after 2026-08-31", into which `after` points. */
static const char *read_due_counted(struct value *v, const char *text, const char *after,
				    struct due_spec *due)
{
	enum count_unit unit;
	struct civil_date from;
	const char *wrong;
	int n;

	if (!read_count(text, (size_t)(after - text), &n, &unit))
		return "counts in no unit: write months as 2m, days as 30d, working days as 10wd, "
		       "and a week as 7d";
	wrong = read_date(v, after + strlen(AFTER), &from);
	if (wrong)
		return wrong;
	v->r->plan->decisions = true;
	due->kind = DUE_DATE;
	due->date = count_from(v->r->plan->calendar, from, n, unit);
	return civil_is_none(due->date) || !calendar_in_range(due->date) ? too_far : NULL;
}

const char *read_due(struct value *v, const char *text, void *to)
{
	struct due_spec *due = to;
	char date[CIVIL_TEXT] = "";
	const char *wrong = NULL, *after = strstr(text, AFTER);
	size_t length = strlen(text);

	*due = (struct due_spec){ .time = TIME_OF_DAY_NONE, .date = CIVIL_NONE };
	value_keep(v, text, &due->text);
	if (strncmp(text, "meeting ", 8) == 0) {
		wrong = read_due_meeting(v, text + 8, due);
	} else if (after) {
		wrong = read_due_counted(v, text, after, due);
	} else if (lacks_meeting(v, text, true)) {
		snprintf(v->sentence, sizeof(v->sentence), "is no date: write \"meeting %s\"",
			 text);
		wrong = v->sentence;
	} else if (civil_parse_month(text, &due->year, &due->month) == 0) {
		due->kind = DUE_MONTH;
	} else if (length == 10 || (length == 16 && strchr(" T", text[10]))) {
		memcpy(date, text, 10);
		due->kind = DUE_DATE;
		wrong = read_date(v, date, &due->date);
		if (!wrong && length == 16)
			wrong = read_time(v, text + 11, &due->time);
	} else {
		wrong = "is none of \"YYYY-MM-DD\", \"YYYY-MM-DD HH:MM\", \"YYYY-MM\", \"2m after "
			"YYYY-MM-DD\", \"meeting BODY YYYY-MM\" and \"meeting BODY next\"";
	}
	if (!wrong && due->kind != DUE_DATE && !due->next &&
	    (due->year < CALENDAR_FIRST_YEAR || due->year > CALENDAR_LAST_YEAR))
		wrong = too_far;
	if (wrong)
		due->text = NULL; /* there are no dates to work out */
	return wrong;
}

const char *read_via(struct value *v, const char *text, void *to)
{
	static const char neither[] =
		"is neither \"meeting BODY YYYY-MM\" nor \"meeting BODY\", its last one before the "
		"next body's";
	struct via *via = to;
	const char *id = text + strlen("meeting "), *space;
	char body[ID_MAX + 1] = "";

	*via = (struct via){ .where = v->where };
	value_keep(v, text, &via->text);
	if (lacks_meeting(v, text, false) || lacks_meeting(v, text, true)) {
		snprintf(v->sentence, sizeof(v->sentence), "is no meeting: write \"meeting %s\"",
			 text);
		return v->sentence;
	}
	if (strncmp(text, "meeting ", strlen("meeting ")) != 0)
		return neither;
	space = strchr(id, ' ');
	if (!space)
		return value_name_body(v, id, &via->body);
	if (space - id > ID_MAX || civil_parse_month(space + 1, &via->year, &via->month) < 0)
		return neither;
	if (via->year < CALENDAR_FIRST_YEAR || via->year > CALENDAR_LAST_YEAR)
		return too_far;
	memcpy(body, id, (size_t)(space - id));
	return value_name_body(v, body, &via->body);
}

const char *read_opens(struct value *v, const char *text, void *to)
{
	struct opens *opens = to;
	const char *wrong = NULL;

	opens->date = CIVIL_NONE;
	if (offset_parse(text, &opens->offset) == 0) {
		if (opens->offset.days > 0)
			wrong = "must not be after the papers date";
	} else {
		wrong = read_date(v, text, &opens->date);
		if (wrong && wrong != too_far)
			wrong = "is neither a date nor days such as -20wd";
	}
	opens->given = !wrong;
	return wrong;
}
