/* SPDX-License-Identifier: Apache-2.0 */
/* The one connection of a call to the daemon's intake.submit, or to its feed. */
#pragma once
#include <jansson.h>
#include <stddef.h>

#include "client/settings.h"

struct connection;

/*
 * Connect to the first of the settings' servers that answers ZMTP's greeting within their timeout, with their keys if
 * there are any. They are begun with in their order, from number `first` on and round; those with an error
 * are left out. 0, or -ENOTCONN: none did. Each that failed has its error then: -EINVAL: the endpoint is
 * none; -EACCES: its socket may not be used; -ECONNREFUSED: nobody listens there; -EPROTO: something else does;
 * -ENOKEY: it wants a key; -ENOTSUP: it takes none there; -EBADE: its key is another; -EKEYREJECTED: ours is
 * unknown there; -ETIMEDOUT; or another negative errno.
 */
int connection_open(struct connection **ret, const struct settings *settings, size_t first,
		    int errors[static SETTINGS_SERVERS]);
/* To the endpoint of a server's feed: 0, or such an error. connection_receive gives each of its events, and
 * -ECONNRESET once some may have been missed. */
int connection_follow(struct connection **ret, const struct settings *settings, size_t server,
		      const char *endpoint);
/* Which of the servers it is, by its number. */
size_t connection_server(const struct connection *c);
/* How long to wait from now on, in milliseconds. */
void connection_set_timeout(struct connection *c, int timeout);
/* Send one frame of JSON. 0; -ETIMEDOUT: no room for it for the whole timeout; -ECONNRESET. */
int connection_send(struct connection *c, const char *bytes, size_t length);
/* The next answer. 0; -ETIMEDOUT: none for the whole timeout; -ECONNRESET; -EPROTO: it is not JSON. */
int connection_receive(struct connection *c, json_t **ret);
struct connection *connection_free(struct connection *c);

/* Such an errno, after "the daemon at ENDPOINT ". */
const char *connection_fault(int error);
