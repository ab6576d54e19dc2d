/* SPDX-License-Identifier: Apache-2.0 */
/* What subscribers of the feed hear of what becomes of a message. */
#pragma once
#include "ledger/ledger.h"

/* The CloudEvent paminn.delivery of what the message has become. 0 or a negative errno. */
int delivery_event(struct ledger *ledger, const struct message *m, struct instant now,
		   json_t **ret);
