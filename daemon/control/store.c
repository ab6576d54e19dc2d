/* SPDX-License-Identifier: Apache-2.0 */
/*
 * EX_TEMPFAIL is what may pass by itself, so that systemd tries again; EX_CONFIG is for somebody to mend.
 */
#include "control/store.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "base/log.h"

int store_explain(const char *at, int r, const struct store_refusal *why, bool rehearsal)
{
	char by[24] = "another process"; /* in a container of its own, say */

	switch (r) {
	case LEDGER_IN_USE:
		if (why->pid)
			snprintf(by, sizeof(by), "pid %d", why->pid);
		log_error("%s: store in use by %s; stop that one first, or name another store", at,
			  by);
		return EX_TEMPFAIL;
	case LEDGER_WRONG_KIND:
		log_error("%s: the store belongs to %s; name another one with --store", at,
			  rehearsal ? "a real run and this is a rehearsal"
				    : "a rehearsal and this is a real run");
		return EX_CONFIG;
	case LEDGER_EMPTY:
		log_error("%s: the file is empty, which no store is; put back a copy of it, or "
			  "remove it to begin a new one",
			  at);
		return EX_CONFIG;
	case LEDGER_NONE:
		log_error("%s: there is no store", at);
		return EX_CONFIG;
	case LEDGER_MOVED:
		log_error("%s: this store was moved to %s and goes on there; name that one, or see "
			  "MOVING A STORE in paminnd(8) for how to take this one up again",
			  at, why->reason);
		return EX_CONFIG;
	case LEDGER_UNFINISHED:
		log_error("%s: a store is being moved here from %s, and not all of it may have "
			  "arrived; end that with paminnd --move-store %s %s, or empty this one",
			  at, why->reason, why->reason, at);
		return EX_CONFIG;
	case LEDGER_DAMAGED:
		log_error("%s: %s; see DAMAGE in paminnd(8)", at, why->reason);
		return EX_IOERR;
	case LEDGER_NOT_OURS:
		log_error("%s: not a store of Påminn, or from a newer version, or damaged; put "
			  "back a copy of it, or name another one",
			  at);
		return EX_CONFIG;
	case -EAGAIN:
		log_error("%s: the database can't be reached: %s; see to it, or to the way there",
			  at, why->reason);
		return EX_TEMPFAIL;
	case -EPROTONOSUPPORT:
		log_error("%s: this paminnd was built without PostgreSQL; name a file, or build it "
			  "with libpq",
			  at);
		return EX_CONFIG;
	default:
		if (why->reason[0]) {
			log_error("%s: the store can not be opened: %s", at, why->reason);
			return EX_IOERR;
		}
		log_error("%s: the store can not be opened: %s; see to its folder and disk", at,
			  strerror(-r));
		return r == -ENOSPC ? EX_TEMPFAIL : EX_IOERR;
	}
}

int store_open(struct ledger **ret, const struct options *o, const struct settings *settings)
{
	const struct store_place place = { .at = o->store ? o->store : settings->store,
					   .password_file = settings->store_password_file };
	struct store_refusal why = { 0 };
	int r = ledger_open(ret, &place, o->rehearsal, &why);

	if (r != 0)
		return store_explain(place.at, r, &why, o->rehearsal);
	if (why.reason[0])
		log_warning("%s: a backup was put back: %s", place.at, why.reason);
	return 0;
}

void store_close(struct ledger *l)
{
	if (l && ledger_is_shared(l) && !ledger_in_transaction(l) && ledger_begin(l) == 0) {
		if (ledger_leave(l) == 0)
			(void)ledger_commit(l);
		else
			ledger_rollback(l);
	}
	ledger_close(l);
}
