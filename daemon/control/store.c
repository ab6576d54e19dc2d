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

int store_open(struct ledger **ret, const struct options *o, const struct settings *settings)
{
	const char *path = o->store ? o->store : settings->store;
	char by[24] = "another process"; /* in a container of its own, say */
	int pid = 0, r = ledger_open(ret, path, o->rehearsal, &pid);

	switch (r) {
	case LEDGER_OPENED:
		return 0;
	case LEDGER_IN_USE:
		if (pid)
			snprintf(by, sizeof(by), "pid %d", pid);
		log_error("%s: store in use by %s; stop that one first, or name another store",
			  path, by);
		return EX_TEMPFAIL;
	case LEDGER_WRONG_KIND:
		log_error("%s: the store belongs to %s; name another one with --store", path,
			  o->rehearsal ? "a real run and this is a rehearsal"
				       : "a rehearsal and this is a real run");
		return EX_CONFIG;
	case LEDGER_EMPTY:
		log_error("%s: the file is empty, which no store is; put back a copy of it, or "
			  "remove it to begin a new one",
			  path);
		return EX_CONFIG;
	case LEDGER_NOT_OURS:
		log_error("%s: not a store of Påminn, or from a newer version, or damaged; put "
			  "back a copy of it, or name another one",
			  path);
		return EX_CONFIG;
	default:
		log_error("%s: the store can not be opened: %s; see to its folder and disk", path,
			  strerror(-r));
		return r == -ENOSPC ? EX_TEMPFAIL : EX_IOERR;
	}
}
