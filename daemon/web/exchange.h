/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A request and its answer. A handler is called once for each, when all of the request is there, and ends
 * it with exchange_reply or one of the others; at once, when what it asks the store is answered (lookup, in
 * web/lookup.h), or after the end of the ledger's turn:
 *
 *	static void told(struct web *w, struct exchange *x, enum turn_end end)
 *	{
 *		if (end == TURN_COMMITTED)
 *			exchange_see_again(x);
 *		else
 *			exchange_refuse(x, REFUSAL_NOT_STORED);
 *	}
 *	static void answer(struct web *w, struct exchange *x)
 *	{
 *		… join the turn, accept_event …
 *		exchange_wait(x, told);
 *	}
 *
 * An exchange ends only by its answer: one that waits is there when the turn ends, also when whoever
 * asked has left. Which page it is about is found anew then, for the plan may have changed meanwhile.
 */
#pragma once
#include "ledger/turn.h"
#include "web/refusal.h"
#include "web/request.h"

struct web;
struct exchange;
struct link;

typedef void handler_fn(struct web *w, struct exchange *x);
typedef void waited_fn(struct web *w, struct exchange *x, enum turn_end end);

struct reply {
	unsigned status;
	const char *type; /* media type, static */
	char *body;	  /* from malloc; the exchange takes it */
	size_t length;
	const char *location;	 /* of a 303: a relative reference, or NULL; copied */
	const char *disposition; /* Content-Disposition, or NULL; copied */
};

const struct web_request *exchange_request(const struct exchange *x);
/* The link that the path's token is: made by us, for this purpose. Of a path without a token it says nothing. */
const struct link *exchange_link(const struct exchange *x);

/* The answer will set this cookie, a whole Set-Cookie: 0, or -ENOMEM. To be called once, right before the answer. */
int exchange_set_cookie(struct exchange *x, const char *cookie);
/* Answer, once. The headers that every answer has are added. */
void exchange_reply(struct exchange *x, const struct reply *reply);
/* A page: html is from malloc, and taken. */
void exchange_page(struct exchange *x, unsigned status, char *html);
/* 303 to the very page that was asked for: what is answered is shown by GET. */
void exchange_see_again(struct exchange *x);
/* 303 to a page of ours: path begins with "/", as in paths.c, and may have a query. */
void exchange_lead(struct exchange *x, const char *path);
/* The page that says why not, in the language of the request. */
void exchange_refuse(struct exchange *x, enum refusal why);
/* Was there memory for all JSON and plots since it began? What is put into a view is not asked one by one. */
bool exchange_is_whole(const struct exchange *x);
/* What the page is about is not there, or the token is not ours: which of the two nobody learns. */
#define exchange_not_found(x_) exchange_refuse(x_, REFUSAL_NOT_FOUND)

/* Call waited when the open turn has ended; at once, as committed, when none is open. */
void exchange_wait(struct exchange *x, waited_fn *waited);
/* Call waited, as committed, when so much time has passed since the request was there, or the daemon stops. */
void exchange_pause(struct exchange *x, struct duration since_begun, waited_fn *waited);
/* What the handler keeps while it waits, freed with the exchange. */
void exchange_keep(struct exchange *x, void *kept, void (*release)(void *kept));
void *exchange_kept(const struct exchange *x);
