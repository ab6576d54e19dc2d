/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Return tokens: by what a mail carries of them, it is known again when it comes back, and whatever came
 * back without one concerns nobody. A token names a message and the attempt that it left by, and is signed:
 *
 *	TOKEN = MESSAGE "-" ATTEMPT "-" MAC
 *
 * the two numbers in decimal, and MAC the first 15 bytes of HMAC-SHA256(key, MESSAGE "-" ATTEMPT) in base32
 * (RFC 4648 § 6) in lower case: 24 characters. It is written in lower case and read in any, since servers
 * change the case of addresses; apart from that a token has one text.
 *
 * It stands in the envelope's sender, LOCAL+TOKEN@DOMAIN, in ENVID, in Reply-To and in the Message-ID. Whoever
 * has it may say that the mail bounced, or reply as its reader: so it stands in no log.
 */
#pragma once
#include "ledger/ledger.h"

#define RETURN_TOKEN 40 /* bytes of the longest, 10-3-24, and its NUL */
#define RETURN_ATTEMPT_MAX 999
#define RETURN_ADDRESS 255 /* bytes of the longest return address and its NUL */

struct return_token {
	struct message_id
		message; /* 0: of no message, as in a preview; such a token is written and never read */
	int attempt;	 /* from 1; 0: whichever */
};

/* Of a store, the same for all of its daemons. */
struct return_key {
	unsigned char key[32];
	struct message_id
		from; /* the first whose Message-ID carries a token; 0 is no message's either */
};
/* Errors: ledger_meta, or -EIO when what is there is no key. */
int return_key_load(struct ledger *l, struct return_key *ret);

/* The token's text; an attempt beyond RETURN_ATTEMPT_MAX is written as whichever. Returns out. */
char *return_token_write(const struct return_key *key, const struct return_token *token,
			 char out[static RETURN_TOKEN]);
/* The address that a mail comes back to: the mailbox mail.return_path with the token. Returns out. */
char *return_address_write(const struct return_key *key, const char *mailbox,
			   const struct return_token *token, char out[static RETURN_ADDRESS]);
/*
 * Read a text from outside that is to be a token and nothing else. False, with *ret untouched, unless it was made
 * with this key: nothing tells what is wrong with it. Whether there is such a message or attempt is not asked.
 */
bool return_token_read(const struct return_key *key, const char *text, struct return_token *ret);
/*
 * The first part of a text that has a token's form, signed by whomever, with neither letter nor digit beside it: where it
 * begins, and how long it is. False: there is none in the length bytes.
 */
struct return_token_place {
	size_t at, length;
};
bool return_token_find(const char *text, size_t length, struct return_token_place *ret);
/* Cut the signature of each such part of text, in place: "…" stands for it. text: NULL, nothing is done. */
void return_tokens_conceal(char *text);
