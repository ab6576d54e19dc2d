/* SPDX-License-Identifier: Apache-2.0 */
/* Which page is where: a table, in paths.c. */
#pragma once
#include "web/exchange.h"
#include "web/head.h"

struct path {
	const char *before; /* the whole path, or what stands before the token */
	const char *after;  /* NULL: there is no token; else what stands behind it, often "" */
	unsigned methods;   /* of enum method; where GET is, HEAD is too */
	handler_fn *handle;
	const struct field_rule *fields; /* of POST */
};

/* The row of a path, byte for byte; NULL when there is none. token: its part of the path. */
const struct path *path_find(struct piece path, struct piece *ret_token);
/* "GET, HEAD". */
const char *path_allow(const struct path *row);
