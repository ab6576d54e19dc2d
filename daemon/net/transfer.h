/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Curl in the one loop: owns a CURLM, its sockets and its timer in sd-event, and decides which network
 * addresses may be reached. What the handles are used for is the business of those above.
 */
#pragma once
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <systemd/sd-event.h>

#include "base/instant.h"

/* Where an exchange leads, and what may be reached there. Borrowed until it is done. */
struct destination {
	const char *url;
	const char *ca_file;  /* who may vouch for the server; NULL: those of the system */
	bool private_allowed; /* addresses that are not public */
	bool loopback_only;   /* a rehearsal */
};
/* Seconds of real time, whatever the rehearsal's clock says. */
struct transfer_limits {
	int connections; /* at once; what is begun beyond that waits for one */
	int connect;	 /* until the network connection stands (over HTTPS: encrypted as well) */
	int whole; /* for all of one exchange, but what is said on a connection that curl only made */
};

/* One handle of curl at work: what it was given and what has been seen of it. */
struct transfer;
struct exchange {
	CURL *easy;
	struct transfer *transfer;
	/* Curl is done with it; called from the loop. It may be ended or begun anew from here. */
	void (*ended)(struct exchange *x, CURLcode code);
	struct destination to;
	unsigned addresses_open, addresses_refused;
	char refused[INET6_ADDRSTRLEN]; /* one that was refused */
	char error[CURL_ERROR_SIZE];
};

int transfer_new(struct transfer **ret, sd_event *event, const struct transfer_limits *limits);
/* All exchanges have been taken out before. */
struct transfer *transfer_free(struct transfer *t);

/* Give x a handle with the options that all have in common: x->to and x->ended are set. Whoever uses
 * it sets their own and calls transfer_add. 0 or -ENOMEM; exchange_done in any case. */
int exchange_init(struct exchange *x, struct transfer *t);
int transfer_add(struct exchange *x);
/* Take it out, if it is in, and free its handle; what is under way is cut off. */
void exchange_done(struct exchange *x);

/* Curl's own sentence about what went wrong. */
const char *exchange_error(const struct exchange *x, CURLcode code);
/* Has the address check refused every address of the host? */
bool exchange_is_refused(const struct exchange *x);

/* Without the loop: wait at most this long for curl's sockets or the extra ones, and let curl act. */
void transfer_run(struct transfer *t, struct curl_waitfd *extra, unsigned count,
		  struct duration longest);
