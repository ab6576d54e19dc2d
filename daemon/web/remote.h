/* SPDX-License-Identifier: Apache-2.0 */
/* Who asks: an address of the internet, without port. */
#pragma once
#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>

struct remote {
	struct in6_addr address; /* IPv4 as ::ffff:a.b.c.d */
};

/* Of a socket's peer: AF_INET or AF_INET6. */
bool remote_of(const struct sockaddr *peer, struct remote *ret);
/* An address as people write it, without port or brackets. */
bool remote_parse(const char *text, size_t length, struct remote *ret);
void remote_format(const struct remote *r, char out[static INET6_ADDRSTRLEN]);
bool remote_is(const struct remote *a, const struct remote *b);
/* Do the two count as one? IPv6 addresses of one /64 do: whoever has one of them has them all. */
bool remote_counts_as(const struct remote *a, const struct remote *b);
