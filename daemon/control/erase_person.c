/* SPDX-License-Identifier: Apache-2.0 */
#include "control/erase_person.h"

#include <errno.h>
#include <inttypes.h>
#include <systemd/sd-daemon.h>

#include "base/clock.h"
#include "base/log.h"
#include "engine/erase.h"
#include "gate/not_stored.h"

#define PATIENCE_US \
	UINT64_C(3600000000) /* of systemd's watchdog, while a large store is gone over */

/* The loop stands still meanwhile, and feeds nobody: from the beginning until the files are done with. */
static void be_patient(bool more)
{
	uint64_t usec = 0;

	if (sd_watchdog_enabled(0, &usec) > 0)
		sd_notifyf(0, "WATCHDOG=1\nWATCHDOG_USEC=%" PRIu64, more ? PATIENCE_US : usec);
}

enum reject_code erase_begin(struct engine *e, const json_t *params, const struct person *by,
			     json_t **ret_row, struct rejection *ret_why)
{
	const struct erasure which = {
		.person = json_string_value(json_object_get(params, "person")),
		.former = json_is_true(json_object_get(params, "former")),
		.by = by ? by->id.text : "",
	};
	json_t *row = NULL;
	int r, judged;

	turn_end_now(e->turn); /* what has been said before is stored */
	be_patient(true);
	r = turn_join(e->turn);
	if (r == 0)
		r = erase_person(e, &which, clock_now(), &row, ret_why);
	judged = r;
	r = turn_finish(e->turn, r < 0 ? r : 0);
	if (r < 0 || judged > 0)
		be_patient(false);
	if (r < 0)
		json_decref(row);
	if (r < 0)
		return reject_not_stored(ret_why, r, "try again later");
	if (judged > 0)
		return (enum reject_code)judged;
	log_notice("erased: %s%s is no longer in the store's rows",
		   which.former ? "who had been " : "", which.person);
	*ret_row = row;
	return REJECT_NONE;
}

int erase_files(struct engine *e, struct rejection *ret_why)
{
	int r;

	turn_end_now(e->turn);
	r = ledger_scrub(e->ledger);
	if (r != -EBUSY)
		be_patient(false);
	if (r == -ENOSPC)
		reject(ret_why, RETRY_STORAGE_FULL,
		       "it is out of the store's rows, but not out of its files, for which there "
		       "is no "
		       "room to write them anew: make as much room as the store is large, and "
		       "erase "
		       "again");
	if (r == 0 || r == -EBUSY || r == -ENOSPC)
		return r;
	reject_not_stored(ret_why, r, "erase again");
	if (turn_join(e->turn) == 0)
		turn_fail(e->turn, r); /* its use ends, as after a commit that failed */
	return r;
}
