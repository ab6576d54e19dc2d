/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A rule is iterated over dates alone, without a clock or a zone: a series has one time of day, that
 * of `due`, and is converted to instants afterwards, so that summer time can't make it drift. UNTIL
 * counts as a date for the same reason, and rules that name hours are refused.
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
		return "goes by hours: the shortest step is a day, and the time of day is that of due";
	if (rule->rscale)
		return "names another calendar: leave out RSCALE";
	return NULL;
}

static struct icaltimetype to_ical(struct civil_date date)
{
	struct icaltimetype t = icaltime_null_date();

	civil_to_ymd(date, &t.year, &t.month, &t.day);
	return t;
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
	if (!icaltime_is_null_time(parsed.until)) {
		parsed.until.is_date = 1;
		parsed.until.hour = parsed.until.minute = parsed.until.second = 0;
		parsed.until.zone = NULL;
	}
	iterator = icalrecur_iterator_new(parsed, to_ical(start));
	while (iterator && !wrong && !icaltime_is_null_time(t = icalrecur_iterator_next(iterator))) {
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
