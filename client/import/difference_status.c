/* SPDX-License-Identifier: Apache-2.0 */
/* A plan has how a measure began, and not how it stands: what has changed of that since is for the daemon to hear, and
 * as a line of the plan it would be refused. */
#include <string.h>

#include "client/import/difference.h"
#include "protocol/text.h"

void difference_tell_status(struct group *measure, struct notices *notices)
{
	const struct known_member *old = known_member(measure->known, "status");
	const struct member *now = member_of(measure, "status");
	const char *planned = old ? old->value : NULL, *id = measure->known_id;
	const struct notice_at at = { NOTICE_LOOK, measure->row,
				      text_placeholder(id, &(size_t){ 0 }) ? NULL : id, false };

	if (!now || (!planned && !now->value) ||
	    (planned && now->value && strcmp(planned, now->value) == 0))
		return;
	if (!now->value)
		notice(notices, at,
		       "goes on, and the plan says that it was over before: once the daemon runs, "
		       "paminn status ID on-track");
	else if (strcmp(measure->over, "done") == 0)
		notice(notices, at,
		       "is over: once the daemon runs, paminn status ID done (the report "
		       "says \"Genomförd\")");
	else
		notice(notices, at,
		       "is over: once the daemon runs, paminn status ID cancelled (if a body has "
		       "struck it, paminn close instead)");
}
