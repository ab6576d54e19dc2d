/* SPDX-License-Identifier: Apache-2.0 */
/* A row of the log, with its checksum. Its texts are borrowed, so it is not described as other rows are. Internal. */
#pragma once
#include "ledger/event_log.h"
#include "ledger/working_set.h"

#define EVENT_COLUMNS "seq, source, id, type, subject, time, received, body, previous, checksum"

/* Texts are borrowed: from the query, or the caller. */
struct event_row {
	struct logged_event event;
	int64_t previous; /* seq of the event before it about the same subject, or 0 */
};
/* Bind EVENT_COLUMNS. 0 or -ENOMEM. */
int event_row_bind(struct query *q, struct ledger *l, const struct event_row *row);
/* Read them; is the row as it was written? 0 or -ENOMEM. */
int event_row_read(struct query *q, struct ledger *l, struct event_row *row, bool *ret_good);
/* The same, and then the seq of the event that took it back: 1; 0 when the row is damaged, which is noted, so that it is
 * passed over; or a negative errno. */
int event_row_take(struct query *q, struct ledger *l, struct event_row *row);
/* The row is damaged, and it is one without which nobody can go on: -EIO. */
int event_row_missed(struct ledger *l, int64_t seq);
