/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who is signed in, and what of the pages they may see. A browser shows a cookie, 32 random bytes; the ledger has
 * its hash, whose it is and until when. It counts as long as that person is in the plan with the address that the
 * link to sign in went to, so nobody who has left comes in, from the reload on that says so.
 *
 * The server asks session_admit before any handler, and session_has_form_token before one that changes
 * anything: which pages are for whom is a column of web/paths.c, and no handler can forget it.
 */
#pragma once
#include "web/exchange.h"
#include "web/head.h"

#define SESSION_TOKEN 44 /* bytes of a token, base64url, and its NUL */

/* The field of each form of who is signed in, with what signed_in.form_token says: among the rules of its row. */
#define FORM_TOKEN "token"
#define FORM_TOKEN_RULE                   \
	{                                 \
		FORM_TOKEN, SESSION_TOKEN \
	}

struct signed_in {
	const struct person *person; /* of the plan in force, unless they have left it meanwhile */
	bool steward;		     /* of something */
	bool full;		     /* of everything */
	bool by_proxy;		     /* a reverse proxy says so; there is no session of ours */
	const char *form_token;	     /* what a form must have, so that no other site can send it */
};
/* Who asks: never NULL where the page is FOR_SIGNED_IN or FOR_STEWARD; else NULL when nobody is signed in. */
const struct signed_in *exchange_signed_in(const struct exchange *x);

/* The token that the head shows, into out; "" when there is none, or several. */
void session_token_of(const struct web_settings *settings, const struct head *head,
		      char out[static SESSION_TOKEN]);
struct visitor;
/* Whom one of the settings' proxies says it is from, from malloc; NULL: nobody says so who may, which is told. */
char *session_user_of(const struct visitor *v, const struct head *head);
/* May they come in? When not, it has been answered. From here on the request is in the language of who is signed in. */
bool session_admit(struct exchange *x);
/* Is the form that they have sent one of ours, made for them? Of what is for anyone it always is. */
bool session_has_form_token(const struct exchange *x);

/* The name of the cookie: it says what a browser then insists on. */
const char *session_cookie(const struct web_settings *settings);
/* Set-Cookie that lets a browser show a token until the session ends; token NULL: and forget what it has. Into out. */
#define SESSION_COOKIE 384
char *session_set_cookie(const struct web *w, const char *token, char out[static SESSION_COOKIE]);
