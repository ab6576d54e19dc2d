/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A visitor is a connection, for its one request, from accept to close:
 *
 *	reading ──head is whole──▶ served ──answered──▶ gone
 *	   │
 *	   └──refused, late──▶ leaving ──they have read it──▶ gone
 *
 * reading: the head is looked at where it lies, in the socket's buffer (MSG_PEEK), until all of it is there;
 * a visitor who says nothing, or a byte now and then, costs this struct and no more. What is not as it
 * should be is answered here. served: the socket is libmicrohttpd's, which reads the same bytes again.
 * leaving: the answer is out, and what they still send is read and thrown away for a moment, because a close
 * with unread bytes would reset the connection and take the answer away from them.
 *
 * The whole request has REQUEST_TIME from the accept on, however it comes in, and the answer ANSWER_TIME
 * to be read. Connections are counted in all, and for each address: for that of the peer, or, when it is one
 * of the settings' proxies, for the one that its X-Forwarded-For ends with, as soon as that is known.
 */
#pragma once
#include "web/head.h"
#include "web/site.h"

#define REQUEST_TIME SECONDS(10)
#define ANSWER_TIME SECONDS(10)

enum visitor_state { VISITOR_READING, VISITOR_SERVED, VISITOR_LEAVING };

struct visitor {
	LIST_ENTRY(visitor) link; /* in web.visitors */
	struct web *web;
	int fd;
	enum visitor_state state;
	sd_event_source *io; /* while reading or leaving */
	bool proxied;	     /* the peer is a proxy */
	bool known;	     /* remote is whom the connection counts for */
	bool counted;	     /* among web.visitor_count, */
	bool away;	     /* or among web.turned_away */
	struct remote remote;
	bool begun;		   /* something has come */
	bool whole;		   /* the request is all there */
	bool answered;		   /* an answer is on its way */
	size_t thrown;		   /* bytes, while leaving */
	struct mono until;	   /* when its time is up */
	struct exchange *exchange; /* while served */
};

/* Take in who has connected, or refuse them at once. The fd is the visitor's in any case. */
void visitor_new(struct web *w, int fd, const struct sockaddr *peer);
/* The connection is closed, or is somebody else's to close. */
struct visitor *visitor_free(struct visitor *v);
/* The request is all there, so it can not be late any more. */
void visitor_has_come(struct visitor *v);
/* Has whoever waits for an answer closed the connection, or their side of it? */
bool visitor_has_left(const struct visitor *v);
/* The answer is on its way, and is to be read in time. */
void visitor_is_answered(struct visitor *v);
/* Before the first: 0 or a negative errno. */
int visitors_begin(struct web *w);
/* Close all that are not served. */
void visitors_turn_out(struct web *w);
