/* SPDX-License-Identifier: Apache-2.0 */
/* What a token server answers, and how long what it gives is good for. Pure. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "base/instant.h"

#define TOKEN_MAX 8190	/* bytes: what fits a line of SASL (RFC 4954 § 4: 12288) in base64 */
#define OAUTH_FAULT 300 /* of a sentence about what went wrong, with its NUL */

struct token {
	char text[TOKEN_MAX + 1];
	struct duration life; /* as the server says, or what is assumed when it doesn't */
};

/*
 * Read an answer (RFC 6749 § 5) with this status of HTTP. True: ret is filled. Else ret_fault is the rest of a
 * sentence that begins with the token server: "gives no token (invalid_scope: check scope): …".
 */
bool oauth_answer_read(struct token *ret, long status, const char *bytes, size_t length,
		       char ret_fault[static OAUTH_FAULT]);

/* A token in memory: until `renew` it is good, then another is asked for while it still is, and from `end`
 * on it is not handed out any more. */
struct token_term {
	struct mono renew, end;
};
/* Of a token with this life that was asked for at this time. */
struct token_term oauth_term(struct mono asked, struct duration life);
