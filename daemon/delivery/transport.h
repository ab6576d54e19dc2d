/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The seam between the outbox and what carries its messages. A transport (smtp, webhook, dryrun) prepares
 * one exchange with a server and judges how it went; transfer.c runs it. It knows neither the ledger
 * nor the schedule of retries.
 */
#pragma once
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <systemd/sd-event.h>

#include "engine/outbox/verdict.h"
#include "plan/plan.h"

#define GIVEN_UP "the daemon stopped before the server had answered"

/* What is to be handed over, to whom. Borrowed until the exchange has ended. */
struct send_request {
	const char *channel; /* its name in the plan, for sentences */
	const char *url;
	const char *ca_file;   /* who may vouch for the server; NULL: those of the system */
	const char *from, *to; /* mail: checked addresses */
	enum mail_tls tls;     /* mail */
	const char *user, *password_file; /* mail: NULL without login */
	const char *secret_file;	  /* webhook: NULL when nobody checks a signature */
	const char *type;		  /* webhook: the media type of the bytes */
	const char *id;			  /* webhook: the same for every copy */
	const char *bytes;
	size_t length;
	struct instant time;  /* real time, whatever the rehearsal's clock says */
	bool private_allowed; /* addresses that are not public */
	bool loopback_only;   /* a rehearsal */
};

/* How long a server of mail may take to answer, in seconds: see smtp_patience. */
struct smtp_patience {
	int greeting, command, data, block, end;
};
/* Seconds of real time, whatever the rehearsal's clock says. */
struct limits {
	int connections; /* at once; what is sent beyond that waits for one */
	int connect;	 /* until the network connection stands (of a hook: encrypted as well) */
	int whole;	 /* for all of one message; of mail, on a connection that stands */
	struct smtp_patience patience;
};
/* RFC 5321 § 4.5.3.2: waiting costs nothing here, since connections are many and nobody is held up. */
extern const struct smtp_patience smtp_patience;

typedef void (*done_fn)(void *userdata, const struct result *result);

enum sent {
	SENT_BEGUN = 0,
	SENT_ENDED = 1, /* it is over already */
};
/* The operations of a transport; `self` is what new gave. */
struct transport {
	int (*new)(void **ret, sd_event *event, const struct limits *limits);
	/* Lets go of what is under way: its done is not called. */
	void (*free)(void *self);
	/* Gives up what is under way: done is called for each, with VERDICT_UNBEGUN where not a byte of
	 * the message has left, else VERDICT_UNKNOWN. Nothing new is sent any more. */
	void (*abandon)(void *self);
	/*
	 * SENT_BEGUN: done will be called, later and from the loop. SENT_ENDED: the result is in ret.
	 * Or a negative errno: nothing was sent.
	 */
	int (*send)(void *self, const struct send_request *request, done_fn done, void *userdata,
		    struct result *ret);
	/* Without the loop, while stopping: wait at most this long for something, and let it be. */
	void (*run)(void *self, struct duration longest);
};
extern const struct transport transport_smtp, transport_webhook, transport_dryrun;

/* One handle of curl at work: what it was given and what has been seen of it. */
struct transfer;
struct exchange {
	CURL *easy;
	struct transfer *transfer;
	/* Curl is done with it; called from the loop. It may be ended or begun anew from here. */
	void (*ended)(struct exchange *x, CURLcode code);
	struct send_request request;
	unsigned addresses_open, addresses_refused;
	char refused[INET6_ADDRSTRLEN]; /* one that was refused */
	char error[CURL_ERROR_SIZE];
};

/* Is the host of the URL this machine, by a literal address or as "localhost"? */
bool dryrun_is_loopback(const char *url);

/*
 * Copies a server's text as one clean line, cut at size: control characters and broken UTF-8 become
 * "?", a word with a mail address in it becomes "(address)".
 */
void transport_answer(char *out, size_t size, const char *text, size_t length);
/* Curl's own sentence about what went wrong. */
const char *transport_error(const struct exchange *x, CURLcode code);
/* Has the address check refused every address of the host? Then ret says so, for good. */
bool transport_refused(const struct exchange *x, struct result *ret);
