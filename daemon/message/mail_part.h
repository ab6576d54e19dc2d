/* SPDX-License-Identifier: Apache-2.0 */
/* What a reader sees of a mail that mail_compose made: read from its bytes, as a mail program would. */
#pragma once
#include "message/templates.h"

enum mail_part {
	MAIL_TEXT,     /* the plain text */
	MAIL_HTML,     /* the page */
	MAIL_HEADERS,  /* all of the mail's own, a line each, decoded */
	MAIL_CALENDAR, /* the calendar entry */
	MAIL_WHOLE,    /* the bytes */
	MAIL_PARTS
};
/* UTF-8 with "\n" line ends, but for MAIL_WHOLE; the caller frees *ret, which is NULL when the mail has no
 * such part. 0 or a negative errno. */
int mail_part_read(const struct composed *mail, enum mail_part part, char **ret);
