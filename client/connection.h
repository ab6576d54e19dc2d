/* SPDX-License-Identifier: Apache-2.0 */
/* The one connection of a call to the daemon's intake.submit, or to its feed. */
#pragma once
#include <jansson.h>
#include <stddef.h>

#include "client/settings.h"

struct connection;

/*
 * Connect to the server of the settings, with their keys if there are any, and wait until the daemon
 * has answered ZMTP's greeting, at most their timeout. 0, or -EINVAL: the endpoint is none; -EACCES: its
 * socket may not be used; -ECONNREFUSED: nobody listens there; -EPROTO: something else does; -ENOKEY:
 * it wants a key; -ENOTSUP: it takes none there; -EBADE: its key is another; -EKEYREJECTED: ours is unknown
 * there; -ETIMEDOUT; or another negative errno.
 */
int connection_open(struct connection **ret, const struct settings *settings);
/* The same to the endpoint of a feed: connection_receive gives each of its events, and -ECONNRESET once
 * some may have been missed. */
int connection_follow(struct connection **ret, const struct settings *settings,
		      const char *endpoint);
/* How long to wait from now on, in milliseconds. */
void connection_set_timeout(struct connection *c, int timeout);
/* Send one frame of JSON. 0; -ETIMEDOUT: no room for it for the whole timeout; -ECONNRESET. */
int connection_send(struct connection *c, const char *bytes, size_t length);
/* The next answer. 0; -ETIMEDOUT: none for the whole timeout; -ECONNRESET; -EPROTO: it is not JSON. */
int connection_receive(struct connection *c, json_t **ret);
struct connection *connection_free(struct connection *c);

/* Such an errno, after "the daemon at ENDPOINT ". */
const char *connection_fault(int error);
