/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exchanges with one server, in the one loop: owns a CURLM, its sockets and its timer in sd-event, and
 * the connections that wait there to be used again.
 */
#pragma once
#include <systemd/sd-event.h>

#include "delivery/channel.h"

struct transfer;

/* Real time, whatever the rehearsal's clock says. */
struct transfer_limits {
	int connections; /* at once; more exchanges than that wait for one */
	int connect, answer,
		whole; /* seconds: to connect, for each answer in SMTP, for all of it */
};
#define TRANSFER_LIMITS(connections_) \
	((struct transfer_limits){ (connections_), .connect = 10, .answer = 120, .whole = 300 })

int transfer_new(struct transfer **ret, sd_event *event, const struct way *way,
		 const struct transfer_limits *limits);
/* Lets go of what is under way: its done is not called. */
struct transfer *transfer_free(struct transfer *t);

/*
 * Begin an exchange. 0: done will be called, later and from the loop, with the result. PREPARED_ENDED:
 * it is over already, with its result in ret. Or a negative errno: nothing was sent.
 */
int transfer_send(struct transfer *t, const struct parcel *parcel,
		  void (*done)(void *userdata, const struct result *result), void *userdata,
		  struct result *ret);
/* Without the loop, while stopping: wait at most this long for something to happen, and let it. */
void transfer_run(struct transfer *t, struct duration longest);
