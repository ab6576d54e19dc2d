/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The seam between the outbox and what carries its messages. A transport (smtp, webhook, dryrun) prepares
 * one exchange with a server and judges how it went; net/transfer.c runs it. It knows neither the ledger
 * nor the schedule of retries.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <systemd/sd-event.h>

#include "engine/outbox/verdict.h"
#include "net/transfer.h"
#include "plan/plan.h"

#define GIVEN_UP "the daemon stopped before the server had answered"

/* What is to be handed over, to whom. Borrowed until the exchange has ended. */
struct send_request {
	const char *channel; /* its name in the plan, for sentences */
	const char *url;
	const char *ca_file;   /* who may vouch for the server; NULL: those of the system */
	const char *from, *to; /* mail: checked addresses */
	const char *
		envid; /* mail: by which a report names it, where the server sends any; NULL: none is asked for */
	enum mail_tls tls;		    /* mail */
	const char *user;		    /* mail: NULL without login */
	const char *password_file;	    /* mail: of the user, without oauth */
	const struct oauth_settings *oauth; /* mail: where tokens log in; or NULL */
	const char *secret_file;	    /* webhook: NULL when nobody checks a signature */
	const char *type;		    /* webhook: the media type of the bytes */
	const char *id;			    /* webhook: the same for every copy */
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
struct limits {
	struct transfer_limits net; /* whole: of mail, on a connection that stands */
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

struct destination transport_destination(const struct send_request *request);
/* Has the address check refused every address of the host? Then ret says so, for good. */
bool transport_refused(const struct exchange *x, const char *channel, struct result *ret);
