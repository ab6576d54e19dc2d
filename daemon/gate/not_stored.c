/* SPDX-License-Identifier: Apache-2.0 */
#include "gate/not_stored.h"

#include <errno.h>
#include <string.h>

enum reject_code reject_not_stored(struct rejection *ret_why, int error, const char *then)
{
	switch (error) {
	case -EBUSY:
		return reject(ret_why, RETRY_BUSY, "another program has locked the store; %s",
			      then);
	case -EAGAIN:
		return reject(ret_why, RETRY_BUSY, "the daemon can't reach its database; %s", then);
	case -ESTALE:
		return reject(
			ret_why, RETRY_BUSY,
			"another daemon has put another plan into force, and this one begins anew "
			"with it; %s",
			then);
	default:
		return reject(ret_why, RETRY_STORAGE_FULL,
			      "the store could not be written (%s); %s", strerror(-error), then);
	}
}
