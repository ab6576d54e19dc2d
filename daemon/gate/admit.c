/* SPDX-License-Identifier: Apache-2.0 */
#include "gate/admit.h"

#include "engine/outbox/covered.h"

enum reject_code admit_request(struct engine *e, const struct peer *peer, enum request which,
			       const json_t *params, struct rejection *ret_why)
{
	const enum reject_code code = access_request(peer, which, ret_why);
	const struct person *viewer = access_viewer(peer);
	bool covered = false;
	int64_t id;
	int r;

	if (code != REJECT_NONE || !viewer || !request_kinds[which].command)
		return code;
	id = json_integer_value(json_object_get(params, "id"));
	r = message_is_covered(e, viewer, message_id(id), &covered);
	if (r < 0)
		return reject(ret_why, RETRY_BUSY, "the store could not be read; ask again later");
	if (covered)
		return REJECT_NONE;
	return reject(ret_why, REJECT_NOT_ALLOWED,
		      "message %lld is not theirs alone: steward_of in the plan names what is",
		      (long long)id);
}
