/* SPDX-License-Identifier: Apache-2.0 */
/* What the transports have in common: where a request leads, and refused addresses. */
#include <stdio.h>

#include "delivery/transport.h"

struct destination transport_destination(const struct send_request *request)
{
	return (struct destination){
		.url = request->url,
		.ca_file = request->ca_file,
		.private_allowed = request->private_allowed,
		.loopback_only = request->loopback_only,
	};
}

bool transport_refused(const struct exchange *x, const char *channel, struct result *ret)
{
	if (!exchange_is_refused(x))
		return false;
	ret->verdict = VERDICT_REFUSED;
	if (x->to.loopback_only && x->to.private_allowed)
		snprintf(ret->answer, sizeof(ret->answer),
			 "rehearsal: %s is not this machine, so nothing was sent", x->refused);
	else
		snprintf(ret->answer, sizeof(ret->answer),
			 "channel %s leads to %s, which is not a public address: set "
			 "allow_private = true for the channel if that is meant",
			 channel, x->refused);
	return true;
}
