/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a store has lost nobody can give back; that it has, a person has to see, which is why the daemon does not go on by
 * itself. This says it once more, row for row, and makes the store one that a daemon can go on with. It changes nothing
 * that is whole. A row that much rests on is kept as it is now, since without it there would be no telling what it was:
 * `verify` compares it with the log.
 */
#include "control/accept_loss.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "base/log.h"
#include "control/store.h"

struct loss {
	const char *at;
	unsigned long rows;
};

static int tell(void *userdata, const char *name)
{
	struct loss *loss = userdata;

	loss->rows++;
	printf("%s: the row %s is damaged\n", loss->at, name);
	return 0;
}

static int accept_rows(struct ledger *l, struct loss *loss)
{
	int r = ledger_begin(l);

	if (r == 0)
		r = ledger_accept_damaged(l, tell, loss);
	if (r == 0)
		return ledger_commit(l);
	if (ledger_in_transaction(l))
		ledger_rollback(l);
	return r;
}

int accept_loss(const struct options *o, const struct settings *settings)
{
	struct store_place place = { .at = o->store ? o->store : settings->store,
				     .password_file = settings->store_password_file,
				     .is_there = true,
				     .patient = true };
	struct loss loss = { .at = place.at };
	struct store_refusal why = { 0 };
	struct ledger *l = NULL;
	int r = ledger_open(&l, &place, o->rehearsal, &why);
	const bool is_short = r == (int)LEDGER_DAMAGED;

	if (is_short) {
		printf("%s: %s\n", place.at, why.reason);
		place.accepts_loss = true;
		r = ledger_open(&l, &place, o->rehearsal, &why);
	}
	if (r != 0)
		return store_explain(place.at, r, &why, o->rehearsal);
	r = accept_rows(l, &loss);
	if (r == 0 && !is_short && loss.rows == 0)
		printf("%s: nothing is missing that is known of, and no row is damaged\n",
		       place.at);
	else if (r == 0)
		printf("%s: it goes on; have paminn verify compare it with its log\n", place.at);
	else
		log_error("%s: it can't be mended: %s; put back a backup", place.at,
			  ledger_failure(l) ? ledger_failure(l) : strerror(-r));
	store_close(l);
	return r == 0 ? 0 : EX_IOERR;
}
