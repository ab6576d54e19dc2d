/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who is signed in on the pages. The token that a browser shows is not kept, only its hash: nobody comes in with
 * what a copy of the store says. Nothing here is in the log, or follows from it.
 */
#pragma once
#include "ledger/types.h"

#define SESSION_HASH 65 /* bytes of a hash in hexadecimal digits and its NUL */

enum session_kind {
	SESSION_LINK, /* by a one-time link in a mail */
	SESSION_KINDS,
};
struct session_row {
	char hash[SESSION_HASH]; /* of its token */
	char person[ID_MAX + 1];
	char mail[SESSION_HASH]; /* the hash of the address that the link went to */
	enum session_kind kind;
	struct instant begun, used; /* used: last, to within some minutes */
	struct instant until;	    /* when it ends */
};
/* Insert or replace. */
int ledger_put_session(struct ledger *l, const struct session_row *s); /* key: hash */
int ledger_find_session(struct ledger *l, const char *hash, struct session_row *ret,
			bool *ret_found);
/* All of them, in order of person and begun, oldest first; those that have ended too. */
int ledger_sessions(struct ledger *l, int (*row)(void *userdata, const struct session_row *s),
		    void *userdata);
/* How many of a person are not over at `now`, and (when there is any) the oldest of them. */
int ledger_count_sessions(struct ledger *l, struct person_id person, struct instant now,
			  unsigned *ret_count, struct session_row *ret_oldest);
/* End one, all of a person, all that are over: the row goes. */
int ledger_end_session(struct ledger *l, const char *hash);
int ledger_end_sessions_of(struct ledger *l, struct person_id person);
int ledger_end_sessions_over(struct ledger *l, struct instant now);

extern const struct row_type session_type;
