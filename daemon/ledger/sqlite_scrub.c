/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a row has been stays in the file where it was moved from, and in free pages, until something else is written
 * there; in the write-ahead log until that begins anew. So the file is written anew from the rows that there are (VACUUM),
 * which goes through the log, and the log is copied and cut to nothing.
 *
 * SQLite makes the new one in a file of its own without a name, where temporary files go, before it takes its place.
 */
#include <errno.h>

#include "ledger/rewrite.h"
#include "ledger/sqlite.h"
#include "ledger/working_set.h"

/* A copy whose flush has failed is not tried again: as in sqlite_checkpoint.c. */
static int cut_log(struct sqlite *s)
{
	int code =
		sqlite3_wal_checkpoint_v2(s->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

	return code == SQLITE_OK ? 0 : sqlite_error(s, code);
}

int ledger_scrub(struct ledger *l)
{
	if (l->db->engine != &sqlite_engine)
		return 0;
	struct sqlite *s = sqlite_of(l->db);
	int r = sqlite_checkpoint_failed(s);
	if (r == 0)
		r = cut_log(s); /* before the long work: is a snapshot in its way? */
	if (r == 0)
		r = db_run(l->db, "VACUUM");
	if (r == 0)
		r = cut_log(s);
	return r;
}
