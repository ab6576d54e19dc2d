/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the replies of SMTP, RFC 5321 § 4.2, from whatever a server sends. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "delivery/transport.h"

#define REPLY_BYTES_MAX (64 * 1024) /* heard for one mail; a server that says more is cut off */

struct reply {
	int code;		/* of the last complete reply; 0: none since reply_await */
	char text[ANSWER_SIZE]; /* its last line */
	char line[1024];	/* the line being heard; what does not fit is dropped */
	size_t length;
	size_t heard; /* bytes since the mail began */
};

/* What a server offers beyond RFC 5321, as far as it is used: by its last greeting to us, since encryption makes
 * the former one void (RFC 3207 § 4.2). */
struct offers {
	bool dsn;      /* RFC 3461 */
	bool eightbit; /* RFC 6152 */
	bool within;   /* the line that comes is not the first of its reply */
};
/* Hear a line of the replies to EHLO, HELO and STARTTLS, or of the greeting. */
void offers_hear(struct offers *o, const char *line, size_t n);

/* A command leaves: wait for a new reply. */
void reply_await(struct reply *r);
/* Hear n bytes. Returns how many were used: less than n when a reply is complete before their end. */
size_t reply_hear(struct reply *r, const char *bytes, size_t n);
