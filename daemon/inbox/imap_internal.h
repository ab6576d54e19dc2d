/* SPDX-License-Identifier: Apache-2.0 */
/* A session between imap_connect.c, where curl connects, and imap_session.c, where we speak. */
#pragma once
#include "base/deferred.h"
#include "base/instant.h"
#include "inbox/imap_reply.h"
#include "inbox/imap_session.h"

#define IMAP_MAILS_MAX 200 /* read by one session; the next begins at once if there are more */

enum imap_phase {
	IMAP_CONNECTING, /* curl is */
	IMAP_CAPABILITIES,
	IMAP_SELECT,
	IMAP_SEARCHING,
	IMAP_SIZE,
	IMAP_BODY,
	IMAP_STORE,
	IMAP_EXPUNGE,
};
struct imap_session {
	sd_event *event;
	const struct inbox_settings *settings;
	const struct imap_calls *calls;
	void *userdata;
	struct connection connection;
	sd_event_source *io, *timer;
	struct deferred *more; /* a long answer is heard on */
	struct mono answer_by;
	enum imap_phase phase;
	bool known_already; /* the server says so, before we have logged in */
	bool takes_tokens;  /* it offers XOAUTH2 */
	/* What curl has last heard while it connected, without its line end. */
	char greeted[300];
	/* The command under way. */
	unsigned commands;
	char tag[12], out[400];
	size_t out_length, out_sent;
	struct imap_reply reply;
	bool has_uidplus;
	/* The mails of this session, and the one that is at hand. */
	uint32_t uids[IMAP_MAILS_MAX];
	size_t uid_count, at, marked;
	bool more_left, fetched;
	uint64_t size;
	enum imap_fate fate;
	char withheld
		[400]; /* why a mail could not be fetched, while others can: how the session ends; "" */
};

/* Let curl connect, encrypt and log in: then imap_session_connected or imap_session_lost. 0 or a negative errno. */
int imap_connect(struct imap_session *s, struct transfer *t, struct oauth *oauth);
void imap_session_connected(struct imap_session *s);
/* Send a command, and be in that phase. False: the session is over. */
bool imap_session_command(struct imap_session *s, enum imap_phase phase, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* A response is complete: go on. False: the session is over. */
bool imap_session_step(struct imap_session *s);
/* It is over, as imap_calls has it; nothing more is heard or sent. */
void imap_session_end(struct imap_session *s, const char *fault, bool more);
void imap_session_lost(struct imap_session *s, const char *why);
/* What the server has said to the command at hand, as a clause. */
void imap_session_answer(const struct imap_session *s, const char *words, char out[static 400]);
/* It is over since the server has said this to the command at hand. */
void imap_session_refused(struct imap_session *s, const char *words);
