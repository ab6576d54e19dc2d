/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The seam between the outbox and the ways out of the house. A way (smtp, webhook, dryrun) prepares
 * one exchange with a server and judges how it went; transfer.c runs it. A way knows neither the
 * ledger nor the schedule of retries.
 */
#pragma once
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/instant.h"

#define ANSWER_SIZE 300 /* of a server's answer as it is kept, with its NUL */

/* What one attempt came to. */
enum verdict {
	VERDICT_ACCEPTED,
	VERDICT_REFUSED, /* for good */
	VERDICT_LATER,	 /* not accepted: another attempt may fare better */
	VERDICT_UNKNOWN, /* lost after the body began, without a final reply */
};
struct result {
	enum verdict verdict;
	bool server;	      /* the server's fault: it would befall any message */
	bool gone;	      /* the server wants nothing more, ever (HTTP 410) */
	struct duration wait; /* at least this long before the next attempt, as the server asks */
	char answer[ANSWER_SIZE]; /* the server's last line, or what prevented one */
	char fault[200]; /* when server: what is wrong, for the log; without mail addresses */
};

/* What is to be handed over, to whom. Borrowed until the exchange has ended. */
struct parcel {
	const char *channel; /* its name in the plan, for sentences */
	const char *url;
	const char *from, *to;	 /* mail: checked addresses */
	const char *secret_file; /* webhook */
	const char *id;		 /* webhook: the same for every copy */
	const char *bytes;
	size_t length;
	struct instant time;  /* real time, whatever the rehearsal's clock says */
	bool private_allowed; /* addresses that are not public */
	bool loopback_only;   /* a rehearsal */
};

/* How far a conversation in SMTP has come: which command was sent last. */
enum smtp_phase {
	SMTP_GREETING,
	SMTP_EHLO,
	SMTP_HELO,
	SMTP_MAIL,
	SMTP_RCPT,
	SMTP_DATA,
	SMTP_BODY,
	SMTP_PHASES,
};

/* One exchange under way: what it was given and what has been seen of it. */
struct exchange {
	CURL *easy;
	struct parcel parcel;
	struct curl_slist *list; /* recipients, or request headers */
	size_t taken;		 /* bytes of the body that curl has taken */
	size_t heard;		 /* bytes of replies or response headers */
	size_t body_heard;	 /* bytes of the response's body */
	enum smtp_phase phase;
	int code; /* of the last complete reply to the latest command; 0: none yet */
	char answer[ANSWER_SIZE];
	unsigned addresses_open, addresses_refused;
	char refused[INET6_ADDRSTRLEN]; /* one that was refused */
	char error[CURL_ERROR_SIZE];
};

enum prepared {
	PREPARED = 0,
	PREPARED_ENDED = 1, /* nothing has to be sent: the result is there */
};
struct way {
	/* Set curl's options for x->parcel. PREPARED, PREPARED_ENDED with ret, or a negative errno. */
	int (*prepare)(struct exchange *x, struct result *ret);
	void (*judge)(struct exchange *x, CURLcode code, struct result *ret);
};
extern const struct way way_smtp, way_webhook, way_dryrun;

/* Is the host of the URL this machine, by a literal address or as "localhost"? */
bool dryrun_is_loopback(const char *url);

/* Copies a server's text as one clean line: control characters and broken UTF-8 become "?". */
void channel_answer(char *out, size_t size, const char *text, size_t length);
/* Curl's own sentence about what went wrong. */
const char *channel_error(const struct exchange *x, CURLcode code);
/* Has the address check refused every address of the host? Then ret says so, for good. */
bool channel_refused(const struct exchange *x, struct result *ret);
