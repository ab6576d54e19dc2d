/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The meetings that single measures' answers were extended to, apart from their deadline. Few have one, so they are
 * a table of their own, which is looked at only of obligations that are extended.
 */
#pragma once
#include "ledger/types.h"

struct own_meeting {
	char deadline[ITEM_ID], measure[MEASURE_ID];
	char due[EVENT_DUE_TEXT];  /* "meeting RF 2026-10" */
	char body[ID_MAX + 1];	   /* "RF" */
	struct civil_date bound;   /* the meeting; CIVIL_NONE: it is not known */
	struct instant unbound_at; /* when support was told that it never came */
};
int ledger_put_own_meeting(struct ledger *l, const struct own_meeting *m);
int ledger_drop_own_meeting(struct ledger *l, struct deadline_id deadline,
			    struct measure_id measure);
int ledger_find_own_meeting(struct ledger *l, struct deadline_id deadline,
			    struct measure_id measure, struct own_meeting *ret, bool *ret_found);
/* Those of a deadline; of a body's meetings; all. In order of deadline and measure. */
int ledger_own_meetings(struct ledger *l, struct deadline_id deadline,
			int (*row)(void *userdata, const struct own_meeting *m), void *userdata);
int ledger_own_meetings_of_body(struct ledger *l, struct body_id body,
				int (*row)(void *userdata, const struct own_meeting *m),
				void *userdata);
int ledger_own_meetings_all(struct ledger *l,
			    int (*row)(void *userdata, const struct own_meeting *m),
			    void *userdata);

extern const struct row_type own_meeting_type;
