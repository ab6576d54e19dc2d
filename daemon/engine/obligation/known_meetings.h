/* SPDX-License-Identifier: Apache-2.0 */
/* The known meetings of a body, as a deadline is bound to one of them. */
#pragma once
#include "ledger/ledger.h"
#include "plan/due.h"

#define KNOWN_MAX 512 /* meetings of one body; later ones than these are not looked at */
struct known_meetings {
	struct known_meeting list[KNOWN_MAX];
	size_t count;
	struct civil_date from; /* those before are left out; CIVIL_NONE: none is */
};
/* All of them, or those from a day on. 0 or a negative errno. */
int known_meetings_load(struct ledger *l, struct body_id body, struct civil_date from,
			struct known_meetings *ret);
