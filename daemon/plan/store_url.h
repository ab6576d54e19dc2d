/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The place of a store that several daemons share: "postgresql://USER@HOST:PORT/DATABASE?KEY=VALUE", as libpq has
 * it ("postgres://" as well), with these differences: the password is in a file of its own; a server on another
 * machine is spoken to over TLS with its certificate and name verified; and of the parameters there are those of
 * which it is known here what they do, each once.
 *
 * It is read here and nowhere else: libpq is handed the parameters, not the URL, so that what was judged is
 * what it does.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#define STORE_URL_MAX 1000 /* bytes */
#define STORE_URL_PARAMETERS 17

struct store_url {
	struct {
		const char *name, *value; /* libpq's name; no value is empty */
	} parameters[STORE_URL_PARAMETERS];
	size_t count;
	bool is_local;		       /* the server, each if it names several, is on this machine:
					    a Unix socket or a loopback address */
	size_t used;		       /* of the bytes */
	char bytes[3 * STORE_URL_MAX]; /* of the values */
};

/* Is it such a place, and not a path? */
bool store_url_is(const char *text);
/* Read one: NULL, or what is wrong with it, the rest of a sentence that begins with what it is. */
const char *store_url_read(struct store_url *ret, const char *url);
