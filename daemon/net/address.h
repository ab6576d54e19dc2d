/* SPDX-License-Identifier: Apache-2.0 */
/* Which network addresses may be reached: the real ones, after names have been resolved. */
#pragma once
#include <stdbool.h>
#include <sys/socket.h>

/*
 * Is it a globally reachable unicast address (IANA's special-purpose registries, RFC 6890)? Addresses
 * that carry an IPv4 address inside (mapped, NAT64, 6to4, Teredo) are judged by it or refused.
 */
bool address_is_public(const struct sockaddr *address);
bool address_is_loopback(const struct sockaddr *address);
/* Is the host of the URL this machine, by a literal address or as "localhost"? 1, 0, or -ENOMEM. */
int address_url_is_loopback(const char *url);
/* The address as text, "?" for another family. Returns out, which has room for an IPv6 address. */
char *address_text(const struct sockaddr *address, char *out);
