/* SPDX-License-Identifier: Apache-2.0 */
/* An exchange from inside: for those who make it, carry its answer, and end it. */
#pragma once
#include "base/buffer.h"
#include "web/exchange.h"
#include "web/head.h"
#include "web/paths.h"
#include "web/signed_in.h"
#include "web/site.h"

struct exchange {
	struct web *web;
	struct visitor *visitor;
	struct MHD_Connection *connection; /* set when libmicrohttpd has the head */
	struct place place;		   /* what the path leads to; its token is the request's */
	struct web_request request;
	bool expects_leave; /* to send the body */
	bool from_elsewhere; /* a link on another site was followed: a browser shows no cookie then */
	char length[24];     /* of the body, in digits; "" when none is said */
	char *texts[4]; /* path, token, query: of the request; who a proxy says it is, or NULL */
	char address[INET6_ADDRSTRLEN];
	char session[SESSION_TOKEN]; /* the token that they show, or "" */
	struct seen *seen;	     /* whose it is, when they are signed in */
	struct buffer body;
	bool begun; /* the handler has been called */
	struct mono begun_at;
	bool suspended; /* libmicrohttpd waits for the answer */
	bool replied;
	bool queued; /* libmicrohttpd has the answer */
	struct reply reply;
	char *location, *disposition; /* of the reply */
	char *cookie;		      /* that it sets, or NULL */
	enum refusal refused;
	TAILQ_ENTRY(exchange) link; /* in web.waiting, or in web.pausing */
	waited_fn *waited;	    /* while it is there */
	struct mono until;	    /* of a pause; 0: it waits for the turn */
	void *kept;
	void (*release)(void *kept);
	struct lookup *lookup; /* what it asks the store, while it waits for that */
	size_t failures;       /* memory_failures(), before anything was made for it */
};

/* 0 or -ENOMEM. */
int exchange_new(struct exchange **ret, struct visitor *v, const struct head *head,
		 const struct place *place);
struct exchange *exchange_free(struct exchange *x);
/* More of the body, which is kept only where somebody reads it: 0, or a negative errno. */
int exchange_add(struct exchange *x, const char *bytes, size_t length);
/* All is there: call the handler. */
void exchange_begin(struct exchange *x);
/* Whoever asked has left, so nobody reads what ends it. */
void exchange_abandon(struct exchange *x);
/* End what was known of who is signed in. */
void session_forget(struct exchange *x);
/* The turn has ended: those who waited for it go on. */
void exchanges_go_on(struct web *w, enum turn_end end);
