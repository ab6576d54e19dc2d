/* SPDX-License-Identifier: Apache-2.0 */
/* What a server's last answer means for those who are to do something about it. */
#pragma once

enum undelivered {
	UNDELIVERED_GIVEN_UP, /* nobody refused it: it was given up */
	UNDELIVERED_ADDRESS,  /* the address does not exist, or is not used any more */
	UNDELIVERED_SENDER,   /* the address may be right: it takes nothing from us */
	UNDELIVERED_FULL,     /* the mailbox has no room */
	UNDELIVERED_OTHER,    /* of this message, or for a reason that only the answer tells */
	UNDELIVERED_CHANNEL,  /* by the server of a channel */
	UNDELIVERED_WHYS,
};
/* Of an answer as the outbox keeps it (NULL: there was none): a mail server's last line, the status line of
 * a hook, or what prevented one. */
enum undelivered undelivered_why(const char *answer);
