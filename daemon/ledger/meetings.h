/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bodies' meetings as they stand, files and events together.
 */
#pragma once
#include "ledger/types.h"

enum meeting_state { MEETING_KNOWN, MEETING_REPLACED, MEETING_CANCELLED };
struct meeting_row {
	char body[ID_MAX + 1];
	struct civil_date from, until;
	char place[LINE_MAX_BYTES + 1];
	enum meeting_state state;
	struct civil_date replaced_by; /* MEETING_REPLACED */
};
int ledger_put_meeting(struct ledger *l, const struct meeting_row *m); /* key: body, from */
int ledger_meeting(struct ledger *l, struct body_id body, struct civil_date from,
		   struct meeting_row *ret);
int ledger_find_meeting(struct ledger *l, struct body_id body, struct civil_date from,
			struct meeting_row *ret, bool *ret_found);
int ledger_meetings(struct ledger *l, struct body_id body,
		    int (*row)(void *userdata, const struct meeting_row *m), void *userdata);

extern const struct row_type meeting_type;
