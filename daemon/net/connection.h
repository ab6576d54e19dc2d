/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A connection to a mail server that curl makes, encrypts and logs in on (CURLOPT_CONNECT_ONLY), and that is
 * spoken on by whoever wanted it, with curl_easy_send and curl_easy_recv. What was to be encrypted is
 * encrypted under a certificate that was verified. Curl goes on without a login when an SMTP server offers
 * none: whether it logged in is for the replies to tell.
 */
#pragma once
#include "net/oauth.h"
#include "net/transfer.h"
#include "plan/plan_settings.h"

/* What is borrowed lives as long as the connection is being made. */
struct connection_wish {
	const char *scheme; /* "smtp", "imap"; with an "s" behind it when it is MAIL_TLS */
	struct destination to;
	enum mail_tls tls;
	const char *user;	   /* NULL: no login */
	const char *password_file; /* of the user, unless oauth */
	struct oauth *oauth;	   /* whose tokens log in instead of a password; or NULL */
	int answer, whole;	   /* seconds: for an answer of the server's, and for all of them */
	/* Each line that the server says meanwhile; as CURLOPT_HEADERFUNCTION. */
	size_t (*hear)(char *line, size_t one, size_t size, void *userdata);
	void *userdata;
};

struct connection {
	struct exchange x;
	struct connection_wish wish;
	sd_event *event;
	struct transfer *transfer;
	struct oauth_waiter waiter;
	unsigned bearer;       /* the number of the token that it logs in with; 0: none */
	bool kept;	       /* it was in memory already */
	sd_event_source *soon; /* a login that can't be tried ends from the loop */
	/*
	 * CURLE_OK: it is made. Else `why`, a sentence; or NULL when it is the login that failed, and the
	 * server's replies say why. Called from the loop; it may be done with from here, or made again.
	 */
	void (*ended)(struct connection *c, CURLcode code, const char *why);
};

/* Begin to make it: `ended` is set, all else of c is zero. 0 or a negative errno; connection_done in any case. */
int connection_begin(struct connection *c, const struct connection_wish *wish, struct transfer *t,
		     sd_event *event);
/*
 * The server has refused the login: a token that it was tried with is forgotten. True: that had been in memory,
 * so the connection is made anew with another, and `ended` is called once more.
 */
bool connection_again(struct connection *c);
/* What is under way is cut off, and a connection that stands is closed. */
void connection_done(struct connection *c);
