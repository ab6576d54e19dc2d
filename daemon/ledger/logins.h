/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One-time links to sign in that were asked for. A link's token is signed, and not kept: nobody signs in with what a
 * copy of the store says.
 */
#pragma once
#include "ledger/sessions.h"

#define LOGIN_ID 33 /* bytes: 32 hexadecimal digits and the NUL */
#define LOGIN_BACK 512

struct login_row {
	char id[LOGIN_ID];	 /* "": of addresses that nobody has */
	char person[ID_MAX + 1]; /* for whom */
	char mail[SESSION_HASH]; /* the hash of the address that it goes to */
	struct instant asked, until;
	struct instant used;	 /* INSTANT_NONE: not yet */
	char form[SESSION_HASH]; /* the hash of what the form had in it that used it; "" */
	char back[LOGIN_BACK];	 /* the page to go on to, or "" */
};
/* Insert or replace. */
int ledger_put_login(struct ledger *l, const struct login_row *login); /* key: id */
int ledger_find_login(struct ledger *l, const char *id, struct login_row *ret, bool *ret_found);
/* How many a person has been asked for after `since`. */
int ledger_count_logins(struct ledger *l, struct person_id person, struct instant since,
			unsigned *ret_count);
/* Those of a person go. */
int ledger_forget_logins_of(struct ledger *l, struct person_id person);
/* Those that were asked for up to `since` go. */
int ledger_forget_logins(struct ledger *l, struct instant since);

extern const struct row_type login_type;
