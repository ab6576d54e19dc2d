/* SPDX-License-Identifier: Apache-2.0 */
/* Which page is where: a table, in paths.c. */
#pragma once
#include "message/link.h"
#include "web/exchange.h"
#include "web/head.h"

struct path {
	const char *before; /* the whole path, or what stands before the token */
	const char *after;  /* NULL: there is no token; else what stands behind it, often "" */
	unsigned methods;   /* of enum method; where GET is, HEAD is too */
	handler_fn *handle;
	const struct field_rule *fields; /* of POST */
	const struct field_rule
		*query; /* what may stand behind the "?"; NULL: that is passed over */
};

/* What a path leads to. */
struct place {
	const struct path *row; /* NULL: nothing is there */
	struct piece token;	/* its part of the path */
	struct link link;	/* that the token is, where there is one */
	bool forged;		/* there would be something, were the token ours */
};
/*
 * A path is its row's byte for byte, and its token one of ours: a page behind one is not there for whoever
 * made one up, so that no handler sees it and no body is kept for it. links may be NULL: then no token is.
 */
void path_find(const struct links *links, struct piece path, struct place *ret);
/* "GET, HEAD". */
const char *path_allow(const struct path *row);
