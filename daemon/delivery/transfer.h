/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Curl in the one loop: owns a CURLM, its sockets and its timer in sd-event, and decides which network
 * addresses may be reached. What the handles are used for is the transports' business.
 */
#pragma once
#include "delivery/transport.h"

int transfer_new(struct transfer **ret, sd_event *event, const struct limits *limits);
/* All exchanges have been taken out before. */
struct transfer *transfer_free(struct transfer *t);

/* Give x a handle with the options that all have in common: x->request and x->ended are set. The transport
 * sets its own and calls transfer_add. 0 or -ENOMEM; exchange_done in any case. */
int exchange_init(struct exchange *x, struct transfer *t);
int transfer_add(struct exchange *x);
/* Take it out, if it is in, and free its handle; what is under way is cut off. */
void exchange_done(struct exchange *x);

/* Without the loop: wait at most this long for curl's sockets or the extra ones, and let curl act. */
void transfer_run(struct transfer *t, struct curl_waitfd *extra, unsigned count,
		  struct duration longest);
