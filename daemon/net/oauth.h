/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A program's own login: a token that a token server gives for a secret (client credentials, RFC 6749 § 4.4),
 * and that mail servers take instead of a password (XOAUTH2). It is kept in memory alone, and asked for by
 * one request at a time, in the loop.
 */
#pragma once
#include <sys/queue.h>

#include "net/oauth_answer.h"
#include "net/transfer.h"
#include "plan/plan_settings.h"

struct oauth;
/* Do both ask the same server for the same tokens, by the same means? Both NULL do. */
bool oauth_is_same(const struct oauth_settings *a, const struct oauth_settings *b);
/* The settings are copied. loopback_only: a rehearsal. 0 or -ENOMEM. */
int oauth_new(struct oauth **ret, sd_event *event, const struct oauth_settings *settings,
	      bool loopback_only);
/* Nobody waits any more. */
struct oauth *oauth_free(struct oauth *o);

/* A token, and which of those that were given. Borrowed until the loop goes on. */
struct bearer {
	const char *token;
	unsigned number;
};
/* Is there one that can be used now? If it won't be for long, another is asked for meanwhile. */
bool oauth_bearer(struct oauth *o, struct bearer *ret);

struct oauth_waiter {
	TAILQ_ENTRY(oauth_waiter) link;
	struct oauth *of; /* NULL: it does not wait */
	unsigned round;
	/* The token, or NULL and the sentence that says why there is none. From the loop, and once. */
	void (*told)(struct oauth_waiter *w, const struct bearer *bearer, const char *fault);
};
/* Wait for the next token, which is asked for unless that is under way. */
void oauth_wait(struct oauth *o, struct oauth_waiter *w);
/* Wait no more, if it does. */
void oauth_leave(struct oauth_waiter *w);

/* A mail server has refused it: if it is still the one in memory, it is not handed out any more. */
void oauth_forget(struct oauth *o, unsigned number);

/* Without the loop: let what is under way go on, without waiting. */
void oauth_run(struct oauth *o);
