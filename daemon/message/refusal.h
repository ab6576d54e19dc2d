/* SPDX-License-Identifier: Apache-2.0 */
/* What a server's last answer means for those who are to do something about it. */
#pragma once

enum refusal {
	REFUSAL_NONE,	 /* nobody refused it: it was given up */
	REFUSAL_ADDRESS, /* the address does not exist, or is not used any more */
	REFUSAL_SENDER,	 /* the address may be right: it takes nothing from us */
	REFUSAL_FULL,	 /* the mailbox has no room */
	REFUSAL_OTHER,	 /* of this message, or for a reason that only the answer tells */
	REFUSAL_CHANNEL, /* by the server of a channel */
	REFUSALS,
};
/* Of an answer as the outbox keeps it (NULL: there was none): a mail server's last line, the status line of
 * a hook, or what prevented one. */
enum refusal refusal_of(const char *answer);
