/* SPDX-License-Identifier: Apache-2.0 */
/* Sending what is kept in the spool. */
#pragma once
#include <stdbool.h>

#include "client/connection.h"
#include "client/settings.h"
#include "protocol/answer.h"

/* How many events of the spool got which answer; those with ANSWER_RETRY are kept still. */
struct flushed {
	size_t count[ANSWER_RETRY + 1];
};

/* Send what is kept for one of the servers; each event that is rejected is told on standard error. 0, -EWOULDBLOCK:
 * another call does (unless wait is true), or another negative errno. */
int flush_spool(const struct settings_list *servers, struct connection *c, bool wait,
		struct flushed *ret);
