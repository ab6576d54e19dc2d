/* SPDX-License-Identifier: Apache-2.0 */
/* One connection to the mail server and the conversation on it; smtp.c deals out the letters. */
#pragma once
#include <sys/queue.h>

#include "delivery/reply.h"
#include "delivery/transfer.h"

#define SESSION_CHUNK 16384 /* bytes of a mail, stuffed, handed to the socket at a time */

enum session_phase { CONNECTING, LOGIN, IDLE, MAIL, RCPT, DATA, BODY, RSET };

struct letter {
	TAILQ_ENTRY(letter) link;
	struct parcel parcel;
	done_fn done;
	void *userdata;
};

struct session {
	LIST_ENTRY(session) link;
	struct mailer *mailer;
	struct exchange x;
	enum session_phase phase;
	struct letter *letter; /* NULL in IDLE and RSET */
	struct reply reply;
	bool used_before; /* for a letter that has ended */
	curl_socket_t fd;
	sd_event_source *io, *timer;
	struct mono deadline, letter_deadline;
	char out[SESSION_CHUNK + 8]; /* what is on its way to the socket */
	size_t out_length, out_sent;
	size_t taken;  /* bytes of the letter that have gone into out */
	char previous; /* the last of them: '\n' at the beginning of a line */
	bool body_ended;
};

struct mailer {
	sd_event *event;
	struct limits limits;
	struct transfer *transfer;
	LIST_HEAD(, session) sessions;
	int session_count;
	TAILQ_HEAD(, letter) waiting;
	/* Give letters that wait to sessions without work, and to new ones as far as allowed. */
	void (*assign)(struct mailer *m);
	/* The letter has ended, and is freed. */
	void (*ended)(struct mailer *m, struct letter *l, const struct result *result);
};

/* Begin to connect, for this parcel's server. 0 or -ENOMEM. */
int session_new(struct session **ret, struct mailer *m, const struct parcel *parcel);
/* Its letter, if any, is the caller's to see to. */
void session_free(struct session *s);
/* Begin the letter on a session that is IDLE. False: the connection has died; it still has the letter. */
bool session_begin(struct session *s, struct letter *l);
/* Something happened to its socket (EPOLLIN, EPOLLOUT). The session may be gone afterwards. */
void session_act(struct session *s, uint32_t events);
/* What its letter comes to when it is given up now: has its body begun? */
enum verdict session_given_up(const struct session *s);
/* The session is of no more use: it is freed; its letter, if any, ends with it. */
void session_lost(struct session *s, const char *why);
