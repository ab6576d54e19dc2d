/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The daemons that have the store open. Each has a token, a number that counts up and is never given twice, and
 * is held to be there for DAEMON_LEASE after it last renewed that, by the store's clock. Whoever has not is
 * removed by the others, and has a new token when it goes on.
 *
 * What a daemon is about to do with the world outside it claims with its token, within a turn; what it then says
 * of it counts only while the claim is still its own. So a daemon that stood still for longer than its lease can do
 * no more harm than one copy of what it was sending.
 *
 * The one with the lowest token decides what is due; the next one does so as soon as it is removed.
 *
 * A store in a file has one daemon at a time, which the lock on it sees to: there is no lease, and no row.
 */
#pragma once
#include "ledger/types.h"

#define DAEMON_LEASE ((struct duration){ 5000000 })
#define DAEMON_RENEW ((struct duration){ 1000000 }) /* at least this often a turn should be begun */

struct daemon_row {
	int64_t token;
	char name[80];
	int64_t until;
};

/* Be one of them. In a transaction; ledger_open does so. */
int ledger_join(struct ledger *l);
/* At the beginning of each transaction, in it: renew, and remove whoever has not. */
int ledger_renew(struct ledger *l);
/* Be none of them any more: nobody needs to wait for the lease to end. In a transaction. */
int ledger_leave(struct ledger *l);

/* This daemon's; another than before when it was removed meanwhile. */
int64_t ledger_token(const struct ledger *l);
/* Is it this one that decides what is due? */
bool ledger_decides(const struct ledger *l);
/* A number that is another whenever one has come or gone. */
int64_t ledger_roster(const struct ledger *l);
/* Are there others? */
bool ledger_has_company(const struct ledger *l);
/* May others have it open? */
bool ledger_is_shared(const struct ledger *l);
/* Is the daemon of that token there? */
int ledger_daemon_is_there(struct ledger *l, int64_t token, bool *ret_there);
