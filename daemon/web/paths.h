/* SPDX-License-Identifier: Apache-2.0 */
/* Which page is where: a table, in paths.c. */
#pragma once
#include "message/link.h"
#include "web/exchange.h"
#include "web/head.h"

/* Who may see a page. The server sees to it before a handler is called: web/signed_in.h. */
enum path_for {
	FOR_ANYONE, /* or for whoever has the token in its path */
	FOR_SIGNED_IN,
	FOR_STEWARD,
	FOR_FULL_STEWARD, /* what is of the whole: not for one with steward_of */
};

struct path {
	const char *before; /* the whole path, or what stands before the token */
	const char *after;  /* NULL: there is no token; else what stands behind it, often "" */
	unsigned methods;   /* of enum method; where GET is, HEAD is too */
	handler_fn *handle;
	/* Of POST. Those of who is signed in have FORM_TOKEN_RULE among them, and come without what it asks for
	 * to no handler. */
	const struct field_rule *fields;
	const struct field_rule
		*query; /* what may stand behind the "?"; NULL: that is passed over */
	enum path_for may;
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
