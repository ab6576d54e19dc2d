/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whom an answer is for: a sender, as its transport reaches it again, with the key that it has shown.
 * Who that is the plan in force says, each time it is asked.
 */
#pragma once
#include <stddef.h>

#include "gate/access.h"
#include "protocol/key.h"

#define CALLER_ROUTE_MAX 2560

struct caller {
	const void *
		door; /* where it came in, a socket of intake: the transport's, here only compared */
	bool keyed;   /* as in its credentials */
	char key[KEY_TEXT];		       /* that it has shown, or "" */
	size_t length;			       /* of the route, in bytes */
	unsigned char route[CALLER_ROUTE_MAX]; /* the way back, as the transport has written it */
};

bool caller_is(const struct caller *a, const struct caller *b);
/* They point into c. */
struct credentials caller_credentials(const struct caller *c);
