/* SPDX-License-Identifier: Apache-2.0 */
/* What the templates of calendars see: calendar.subject and calendar.txt of a whole one, entry.subject and
 * entry.txt of each entry. */
#pragma once
#include "message/calendar_entry.h"
#include "message/template_view.h"

/* The names that they may use. */
extern const struct template_var calendar_feed_vars[], calendar_entry_vars[];

struct calendar_words {
	enum language language;
	struct civil_date today;
	const char *link;	     /* where its reader answers it, or NULL */
	const struct agenda *agenda; /* that it stands in: what is due for a meeting */
};
/* A new object, or NULL when out of memory. */
json_t *calendar_view_of_entry(const struct agenda_entry *entry,
			       const struct calendar_words *words);
json_t *calendar_view_of_feed(const struct calendar_feed *feed);
