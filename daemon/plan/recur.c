/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A rule is iterated over dates alone, without a clock or a zone: a series has one time of day, that
 * of `due`, and is converted to instants afterwards, so that summer time can't make it drift. UNTIL
 * counts as a date by that, and rules that name hours are refused.
 */
#include <libical/ical.h>
#include <string.h>

#include "plan/calendar.h"
#include "plan/recur.h"

static bool names_a_time(const struct icalrecurrencetype *rule)
{
	return rule->freq < ICAL_DAILY_RECURRENCE ||
	       rule->by_second[0] != ICAL_RECURRENCE_ARRAY_MAX ||
	       rule->by_minute[0] != ICAL_RECURRENCE_ARRAY_MAX ||
	       rule->by_hour[0] != ICAL_RECURRENCE_ARRAY_MAX;
}

static const char *judge(const struct icalrecurrencetype *rule)
{
	if (rule->freq == ICAL_NO_RECURRENCE)
		return "is not a rule of RFC 5545: such as \"RRULE:FREQ=MONTHLY;BYMONTHDAY=-1\"";
	if (names_a_time(rule))
		return "goes by hours: the shortest step is a day, and the time of day is that of "
		       "due";
	if (rule->rscale)
		return "names another calendar: leave out RSCALE";
	return NULL;
}

/* Not from icaltime_null_date(), whose hours are -1: the iterator would lose a day each step. */
static struct icaltimetype to_ical(struct civil_date date)
{
	struct icaltimetype t = { .is_date = 1 };

	civil_to_ymd(date, &t.year, &t.month, &t.day);
	return t;
}

static bool names_any_day(const struct icalrecurrencetype *rule)
{
	return rule->by_day[0] != ICAL_RECURRENCE_ARRAY_MAX;
}

static bool names_day(const struct icalrecurrencetype *rule, enum weekday day)
{
	static const enum icalrecurrencetype_weekday days[] = {
		[MONDAY] = ICAL_MONDAY_WEEKDAY,	      [TUESDAY] = ICAL_TUESDAY_WEEKDAY,
		[WEDNESDAY] = ICAL_WEDNESDAY_WEEKDAY, [THURSDAY] = ICAL_THURSDAY_WEEKDAY,
		[FRIDAY] = ICAL_FRIDAY_WEEKDAY,	      [SATURDAY] = ICAL_SATURDAY_WEEKDAY,
		[SUNDAY] = ICAL_SUNDAY_WEEKDAY,
	};

	for (size_t i = 0; rule->by_day[i] != ICAL_RECURRENCE_ARRAY_MAX; i++)
		if (icalrecurrencetype_day_day_of_week(rule->by_day[i]) == days[day])
			return true;
	return false;
}

/*
 * The first date of a weekly rule, from start on: in start's own week, or in the next that counts. To
 * begin there changes nothing but that libical 3.0.16 goes wrong otherwise: with BYDAY=SU it skips
 * the Sunday at the end of the first week.
 */
static struct civil_date first_of_weekly(const struct icalrecurrencetype *rule,
					 struct civil_date start)
{
	int week_starts = ((int)rule->week_start + 5) % 7; /* Sunday is 1 there, Monday 0 here */
	struct civil_date d = start;

	if (rule->freq != ICAL_WEEKLY_RECURRENCE || !names_any_day(rule))
		return start;
	while (!names_day(rule, civil_weekday(d))) {
		d = civil_add(d, 1);
		if ((int)civil_weekday(d) == week_starts)
			d = civil_add(d, 7 * (rule->interval - 1));
	}
	return d;
}

size_t recur_dates(const char *rule, struct civil_date start, struct civil_date *out,
		   const char **ret_wrong)
{
	struct icalrecurrencetype parsed;
	struct icalrecur_iterator_impl *iterator;
	struct icaltimetype t;
	const char *wrong;
	size_t count = 0;

	icalerror_set_errors_are_fatal(false);
	parsed = icalrecurrencetype_from_string(rule);
	wrong = judge(&parsed);
	if (wrong) {
		*ret_wrong = wrong;
		return 0;
	}
	iterator = icalrecur_iterator_new(parsed, to_ical(first_of_weekly(&parsed, start)));
	while (iterator && !wrong &&
	       !icaltime_is_null_time(t = icalrecur_iterator_next(iterator))) {
		if (t.year > CALENDAR_LAST_YEAR)
			break;
		if (count == RECUR_DATES_MAX)
			wrong = "has more than 5000 dates until 2100: add UNTIL or COUNT";
		else
			out[count++] = civil_from_ymd(t.year, t.month, t.day);
	}
	icalrecur_iterator_free(iterator);
	if (!wrong && count == 0)
		wrong = "names no date from due on";
	*ret_wrong = wrong;
	return wrong ? 0 : count;
}
