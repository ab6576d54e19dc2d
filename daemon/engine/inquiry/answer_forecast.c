/* SPDX-License-Identifier: Apache-2.0 */
/* forecast: what will be sent from when until when; 31 days from now where nothing else is said. */
#include "engine/inquiry/inquirer.h"

#include "base/zone.h"

static int begin_forecast(struct inquiry *q, struct rejection *ret_why)
{
	const char *month = inquiry_text(q, "month"), *from_text = inquiry_text(q, "from"),
		   *until_text = inquiry_text(q, "until");
	struct civil_date from = zone_date(q->now), until = civil_add(from, 30);
	int year, number;

	if (month && (from_text || until_text))
		return (int)reject(
			ret_why, REJECT_BAD_DATA,
			"`month` already says from when until when: leave out `from` and "
			"`until`");
	if (month && civil_parse_month(month, &year, &number) == 0) {
		from = civil_from_ymd(year, number, 1);
		until = civil_add(from, civil_month_days(year, number) - 1);
	}
	if (from_text && civil_parse(from_text, &from) == 0)
		until = civil_add(from, 30);
	if (until_text)
		civil_parse(until_text, &until);
	if (civil_compare(until, from) < 0)
		return (int)reject(ret_why, REJECT_BAD_DATA,
				   "`until` is before `from`: give the later date as `until`");
	if (!calendar_in_range(from) || !calendar_in_range(until))
		return (int)reject(ret_why, REJECT_BAD_DATA,
				   "a forecast reaches from 2005 to 2100: check the years");
	return forecast_new(&q->forecast, &q->e, q->now, from, until);
}

static int work_forecast(struct inquiry *q)
{
	return forecast_work(q->forecast);
}

static size_t count_forecast(const struct inquiry *q)
{
	return forecast_count(q->forecast);
}

static json_t *forecast_row_of(const struct inquiry *q, size_t i)
{
	return forecast_row(q->forecast, i);
}

static int write_forecast(const struct inquiry *q, size_t i, struct buffer *out)
{
	return forecast_write(q->forecast, i, out);
}

const struct inquirer inquirer_forecast = { begin_forecast, work_forecast, count_forecast,
					    forecast_row_of, write_forecast };
