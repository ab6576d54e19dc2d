/* SPDX-License-Identifier: Apache-2.0 */
#include "control/backup.h"

#include <errno.h>
#include <string.h>

static const char *file_of(const json_t *params)
{
	return json_string_value(json_object_get(params, "file"));
}

enum reject_code backup_failed(int error, const json_t *params, struct rejection *ret_why)
{
	const char *file = file_of(params);

	if (error == -EEXIST)
		return reject(ret_why, REJECT_BAD_DATA,
			      "%s or %s.part is there already, and nothing is overwritten: name "
			      "another file, or remove it",
			      file, file);
	if (error == -ENOSPC)
		return reject(ret_why, RETRY_STORAGE_FULL, "there is no room for %s: make some",
			      file);
	return reject(ret_why, REJECT_BAD_DATA,
		      "the daemon can't write %s (%s): name a file where its user may, such as in "
		      "/var/lib/paminn",
		      file, strerror(-error));
}

enum reject_code backup_begin(struct ledger_copy **ret, struct engine *e, const json_t *params,
			      struct rejection *ret_why)
{
	int r;

	if (*file_of(params) != '/')
		return reject(ret_why, REJECT_BAD_DATA,
			      "file \"%s\" does not begin with /: name it in full",
			      file_of(params));
	turn_end_now(e->turn); /* what has been said before is in it */
	r = ledger_copy_new(ret, e->ledger, file_of(params));
	return r < 0 ? backup_failed(r, params, ret_why) : REJECT_NONE;
}

json_t *backup_rows(const struct ledger_copy *c, const json_t *params)
{
	return json_pack("[{s:s, s:I}]", "file", file_of(params), "bytes",
			 (json_int_t)ledger_copy_bytes(c));
}
