/* SPDX-License-Identifier: Apache-2.0 */
/* Refusals that libmicrohttpd has no part in, since it has not seen the request; and what the log has of all. */
#pragma once
#include "web/head.h"
#include "web/site.h"

/* As much of the answer as the socket takes at once: it is smaller than any socket's buffer. head: of the request,
 * as far as it could be read, or NULL. */
void refusal_send(const struct web *w, int fd, enum refusal why, const struct head *head);
/* In the log, now and then: that somebody was refused, and why. Never what they asked for: a path has a token. */
void refusal_tell(struct web *w, const struct remote *who, enum refusal why);
