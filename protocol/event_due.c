/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When something is to be there, as events write it: "2026-10-20", or "meeting RF 2026-10", the body's
 * meeting of that month, whichever day that is or becomes.
 */
#include <stdio.h>
#include <string.h>

#include "protocol/event.h"

#define MEETING "meeting "

static bool parse_meeting(const char *text, struct event_due *ret)
{
	const char *space = strchr(text, ' ');
	size_t length = space ? (size_t)(space - text) : 0;
	struct event_due due = { .date = CIVIL_NONE };

	if (!space || length > ID_MAX || civil_parse_month(space + 1, &due.year, &due.month) < 0)
		return false;
	memcpy(due.body, text, length);
	if (!text_is_id(due.body))
		return false;
	*ret = due;
	return true;
}

bool event_due_parse(const char *text, struct event_due *ret)
{
	struct event_due due = { .date = CIVIL_NONE };

	if (strncmp(text, MEETING, strlen(MEETING)) == 0)
		return parse_meeting(text + strlen(MEETING), ret);
	if (civil_parse(text, &due.date) < 0)
		return false;
	*ret = due;
	return true;
}

char *event_due_format(const struct event_due *due, char out[static EVENT_DUE_TEXT])
{
	out[0] = '\0';
	if (event_due_is_meeting(due))
		snprintf(out, EVENT_DUE_TEXT, MEETING "%s %04d-%02d", due->body, due->year,
			 due->month);
	else if (!civil_is_none(due->date))
		civil_format(due->date, out);
	return out;
}
