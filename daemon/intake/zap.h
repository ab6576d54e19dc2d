/* SPDX-License-Identifier: Apache-2.0 */
/* The ZAP handler (ZeroMQ RFC 27): libzmq asks it about each key before a peer is let in. */
#pragma once
#include <systemd/sd-event.h>

#include "intake/curve.h"
#include "protocol/answer.h"

struct zap;

struct zap_calls {
	/* May the holder of this key, Z85, come in? */
	bool (*knows)(void *userdata, const char *key);
	/* One was turned away; address is where it came from. */
	void (*denied)(void *userdata, const char *address, const char *key);
};

/* To be made before any socket that serves is bound. context and calls are borrowed. */
int zap_new(struct zap **ret, void *context, sd_event *event, const struct zap_calls *calls,
	    void *userdata);
struct zap *zap_free(struct zap *z);
/*
 * Try it: is a key that nobody holds refused by a socket of the context, and does a socket in a context
 * without a handler let nobody in? 0, or a negative errno with the sentence. Takes some milliseconds.
 */
int zap_test(struct zap *z, struct rejection *ret_why);
