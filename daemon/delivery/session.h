/* SPDX-License-Identifier: Apache-2.0 */
/* One connection to the mail server and the conversation on it; smtp.c deals out the mails. */
#pragma once
#include <sys/queue.h>

#include "delivery/smtp_verdict.h"
#include "delivery/transport.h"
#include "net/connection.h"

#define SESSION_CHUNK 16384 /* bytes of a mail, stuffed, handed to the socket at a time */

struct smtp_job {
	TAILQ_ENTRY(smtp_job) link;
	struct send_request request;
	done_fn done;
	void *userdata;
};

struct session {
	LIST_ENTRY(session) link;
	struct mailer *mailer;
	struct connection connection;
	enum smtp_phase phase;
	struct smtp_job *job; /* NULL in IDLE and RSET */
	struct reply reply;
	struct offers offers;
	bool takes_tokens; /* it offers XOAUTH2 */
	bool asks;	   /* its command has parameters, which the server offered to take */
	bool bare;	   /* ... and refused: its mail goes without any */
	bool used_before;  /* for a mail that has ended */
	curl_socket_t fd;
	sd_event_source *io, *timer;
	struct mono deadline, job_deadline;
	char out[SESSION_CHUNK + 8]; /* what is on its way to the socket */
	size_t out_length, out_sent;
	size_t taken;  /* bytes of the mail that have gone into out */
	char previous; /* the last of them: '\n' at the beginning of a line */
	bool body_ended;
};

struct mailer {
	sd_event *event;
	struct limits limits;
	struct transfer *transfer;
	struct oauth *oauth; /* once a mail that needs it was sent; else NULL */
	LIST_HEAD(, session) sessions;
	int session_count;
	TAILQ_HEAD(, smtp_job) waiting;
	/* Give mails that wait to sessions without work, and to new ones as far as allowed. */
	void (*assign)(struct mailer *m);
	/* The mail has ended, and is freed. */
	void (*ended)(struct mailer *m, struct smtp_job *l, const struct result *result);
};

/* Its mail, if any, is the caller's to see to. */
void session_free(struct session *s);
/* Begin the mail on a session that is IDLE. False: the connection has died; it still has the mail. */
bool session_begin(struct session *s, struct smtp_job *l);
/* It is connected: hear its socket from now on. 0 or a negative errno. */
int session_watch(struct session *s);
/* Something happened to its socket (EPOLLIN, EPOLLOUT). The session may be gone afterwards. */
void session_act(struct session *s, uint32_t events);
/* What its mail comes to when it is given up now: has its body begun? */
enum verdict session_given_up(const struct session *s);
/* The session is of no more use: it is freed; its mail, if any, ends with it. */
void session_lost(struct session *s, const char *why);
