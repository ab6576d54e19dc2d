/* SPDX-License-Identifier: Apache-2.0 */
/* In a build without libpq, in place of the postgres*.c. */
#include <errno.h>

#include "ledger/db_engine.h"

int postgres_open(struct db **ret, const struct store_place *place, char ret_reason[static 256])
{
	(void)ret, (void)place, (void)ret_reason;
	return -EPROTONOSUPPORT;
}
