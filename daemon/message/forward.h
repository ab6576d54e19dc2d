/* SPDX-License-Identifier: Apache-2.0 */
/* A reply that goes on to mail.reply_to as it came. */
#pragma once
#include "message/templates.h"

struct engine;
enum {
	FORWARD_GONE = 1, /* its bytes are not kept any more */
};
/*
 * The mail that a KIND_FORWARD passes on, byte for byte, behind the headers that say who did: Resent-From, -To, -Date
 * and -Message-ID (RFC 5322 § 3.6.6), the same in each copy. 0, FORWARD_GONE or a negative errno.
 */
int forward_compose(const struct composing *with, struct engine *e, const struct message *m,
		    struct composed *ret);
