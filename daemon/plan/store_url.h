/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The place of a store that several daemons share: "postgresql://USER@HOST:PORT/DATABASE?KEY=VALUE", as libpq has
 * it, with these differences: the password is in a file of its own, and a server on another machine is
 * spoken to over TLS with its certificate and name verified.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

/* Is it such a place, and not a path? */
bool store_url_is(const char *text);
/* Is the server, each if it names several, on this machine: a Unix socket or a loopback address? */
bool store_url_is_local(const char *url);
/* NULL, or what is wrong with it: the rest of a sentence that begins with what it is. */
const char *store_url_fault(const char *url);
