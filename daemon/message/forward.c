/* SPDX-License-Identifier: Apache-2.0 */
#include "message/forward.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "engine/outbox/forwarded.h"
#include "ledger/incoming_rows.h"
#include "message/return_token.h"

#define DATE_MAX 40

/* "Mon, 11 May 2026 09:30:00 +0200". */
static void write_date(struct instant t, char out[static DATE_MAX])
{
	static const char *const weekdays[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
					      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	const struct civil_date date = zone_date(t);
	char text[RFC3339_TEXT]; /* "2026-05-11T09:30:00+02:00" */
	int year, month, day;

	zone_format_second(t, text);
	civil_to_ymd(date, &year, &month, &day);
	snprintf(out, DATE_MAX, "%s, %d %s %d %.8s %.3s%.2s", weekdays[civil_weekday(date)], day,
		 months[month - 1], year, text + 11, text + 19, text + 23);
}

static int write_headers(const struct composing *with, const struct message *m, char **ret,
			 char id[static 400])
{
	const struct mail_settings *mail = &with->settings->mail;
	const struct instant at = instant_is_none(m->first_attempt) ? with->now : m->first_attempt;
	char token[RETURN_TOKEN], date[DATE_MAX];

	return_token_write(with->returns, &(struct return_token){ m->id, 0 }, token);
	snprintf(id, 400, "paminn.%s.%s@%s", with->installation, token,
		 strchr(mail->from, '@') + 1);
	write_date(at, date);
	return asprintf(ret,
			"Resent-From: <%s>\r\nResent-To: <%s>\r\nResent-Date: %s\r\n"
			"Resent-Message-ID: <%s>\r\n",
			mail->from, mail->reply_to, date, id);
}

int forward_compose(const struct composing *with, struct engine *e, const struct message *m,
		    struct composed *ret)
{
	const int64_t incoming = forwarded_incoming(e, m);
	struct composed c = { 0 };
	char *bytes = NULL, *headers;
	size_t length = 0;
	bool found = false;
	int r = incoming > 0 ? ledger_find_forward(e->ledger, incoming, &bytes, &length, &found)
			     : (int)incoming;

	if (r < 0 || !found)
		return r < 0 ? r : FORWARD_GONE;
	r = write_headers(with, m, &headers, c.id);
	if (r > 0)
		c.bytes = malloc((size_t)r + length + 1);
	if (c.bytes) {
		memcpy(c.bytes, headers, (size_t)r);
		memcpy(c.bytes + r, bytes, length);
		c.length = (size_t)r + length;
		c.bytes[c.length] = '\0';
	}
	if (r >= 0)
		free(headers);
	free(bytes);
	if (!c.bytes)
		return -ENOMEM;
	*ret = c;
	return 0;
}
