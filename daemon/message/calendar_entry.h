/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calendars: what stands in somebody's, as programs read it (iCalendar, RFC 5545 and 5546). In a mail they
 * are the entries of what the mail asks for; behind a link it is the whole calendar, which programs fetch
 * again and again.
 */
#pragma once
#include "message/templates.h"

/* What a file of entries does to a calendar: it puts them there, or takes them away. */
enum calendar_method { CALENDAR_PUBLISH, CALENDAR_CANCEL, CALENDAR_METHODS };
/* "PUBLISH", "CANCEL"; "svar.ics" and so on, in the language of its reader. */
const char *calendar_method_name(enum calendar_method method);
const char *calendar_file_name(enum calendar_method method, enum language language);

/*
 * The entries of a message of a kind that brings them, with this method: bytes of UTF-8 with CRLF line ends,
 * to be freed; *ret NULL when there are none. The same message gives the same bytes. 0; -ENODATA when a
 * template would leave a field blank; or another negative errno.
 */
int calendar_of_message(const struct composing *with, const struct message_content *n,
			enum calendar_method method, char **ret, size_t *ret_length);

struct calendar_feed {
	const char *name; /* of the person or body */
	bool of_body;
	enum language language;
	struct civil_date until;     /* the last day on which it can be fetched */
	bool expired;		     /* it is past */
	const struct agenda *agenda; /* borrowed */
};
/* The whole calendar, as of with->now. As above. */
int calendar_of_feed(const struct composing *with, const struct calendar_feed *feed, char **ret,
		     size_t *ret_length);
/* That it can't be fetched any more, as plain text. As above. */
int calendar_expired(const struct composing *with, const struct calendar_feed *feed, char **ret,
		     size_t *ret_length);
