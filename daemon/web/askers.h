/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who asks for links to sign in, by address: so many an hour, that nobody can have a whole plan's people written to.
 * What is asked for counts, whoever it is for, so the limit tells nothing of who is known. Kept in memory, for so
 * many addresses; where there are more, the one that has asked least lately is forgotten.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "base/instant.h"
#include "web/remote.h"

#define ASKERS 1024
#define ASKS_AN_HOUR 60 /* an office has one address for all who work there */

struct askers {
	size_t count;
	struct asker {
		struct remote who;
		struct mono since; /* from when on all that it asked would have been asked evenly */
	} list[ASKERS];
};
/* Count one more: false when it has asked too often. */
bool askers_let(struct askers *a, const struct remote *who, struct mono now);
