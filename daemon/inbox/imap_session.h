/* SPDX-License-Identifier: Apache-2.0 */
/* One connection to the inbox's server: what is unread there is fetched, handed on, and marked. */
#pragma once
#include "message/mail_in.h"
#include "net/connection.h"
#include "plan/plan_settings.h"

struct imap_session;

/* What is to become of a mail in the mailbox. */
enum imap_fate {
	IMAP_WAITS,   /* it stays unread, and is fetched again */
	IMAP_STOPS,   /* so do all that are left: nothing can be taken in now */
	IMAP_TAKEN,   /* it has been seen to: it is deleted there */
	IMAP_DROPPED, /* it is marked as read, and left for people to see */
};
struct imap_calls {
	/* A mail, or, where it is too large, its size. What follows from it is committed before it is marked. */
	enum imap_fate (*mail)(void *userdata, const struct mail_in *mail);
	/*
	 * It is over, and the session is to be freed, from here or later. fault: why it came to an end before
	 * all was read, a clause; NULL: all was. more: mails are left that were more than a session reads.
	 */
	void (*ended)(void *userdata, const char *fault, bool more);
};

/* The curl of all sessions, and whose tokens they log in with; NULL: with passwords. */
struct imap_net {
	struct transfer *transfer;
	struct oauth *oauth;
};
/* Begin to connect; settings are borrowed. 0, or a negative errno. */
int imap_session_new(struct imap_session **ret, sd_event *event, const struct imap_net *net,
		     const struct inbox_settings *settings);
/* To whom it tells what it finds; before the loop goes on. */
void imap_session_tell(struct imap_session *s, const struct imap_calls *calls, void *userdata);
/* Cuts the connection, if there is one. */
struct imap_session *imap_session_free(struct imap_session *s);
