/* SPDX-License-Identifier: Apache-2.0 */
/* What one attempt to deliver a message came to, as delivery tells the outbox. */
#pragma once
#include <stdbool.h>

#include "base/instant.h"

#define ANSWER_SIZE 300 /* of a server's answer as it is kept, with its NUL */

enum verdict {
	VERDICT_ACCEPTED,
	VERDICT_REFUSED, /* for good */
	VERDICT_POLICY, /* refused: for our sake or the recipient's? The route makes LATER or REFUSED of it */
	VERDICT_LATER,	 /* not accepted: another attempt may fare better */
	VERDICT_UNKNOWN, /* lost after the body began, without a final reply */
	VERDICT_UNBEGUN, /* given up by us before a byte of the message had left: to be put back */
};
struct result {
	enum verdict verdict;
	bool server;	      /* the server's fault: it would befall any message */
	bool gone;	      /* the server wants nothing more, ever (HTTP 410) */
	struct duration wait; /* at least this long before the next attempt, as the server asks */
	char answer[ANSWER_SIZE];     /* the server's last line, or what prevented one */
	char fault[ANSWER_SIZE + 64]; /* when server or POLICY: what is wrong, for the log */
};
