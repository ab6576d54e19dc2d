/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The key is derived (libsodium's crypto_kdf) from the one that the store has had since it was first opened.
 * Of the 32 bytes of HMAC-SHA256 15 are kept: 120 bits can't be guessed by mail, and are a whole number of
 * characters in base32, so that each bit of the text counts. That is one byte less than the half which RFC
 * 2104 § 5 recommends: base32 of 16 bytes would be two characters longer, and have bits that say nothing.
 */
#include "message/return_token.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "plan/plan_settings.h"
#include "protocol/ascii.h"

#define CONTEXT "paminnRT" /* crypto_kdf_CONTEXTBYTES */
#define MAC 15
#define MAC_TEXT 24
#define BASE32 "abcdefghijklmnopqrstuvwxyz234567"
#define MESSAGE_DIGITS 10
#define ATTEMPT_DIGITS 3
#define ELLIPSIS "…"

_Static_assert(RETURN_TOKEN == MESSAGE_DIGITS + 1 + ATTEMPT_DIGITS + 1 + MAC_TEXT + 1,
	       "the longest token");
_Static_assert(RETURN_LOCAL_MAX + 1 + RETURN_TOKEN - 1 <= 64,
	       "a return address has no longer local part than RFC 5321 allows");

/* ---- the key ------------------------------------------------------------------------------------- */

int return_key_load(struct ledger *l, struct return_key *ret)
{
	unsigned char master[crypto_kdf_KEYBYTES];
	char text[META_MAX], from[META_MAX];
	struct base64 encoded = { text, 0, sodium_base64_VARIANT_ORIGINAL };
	size_t length = 0;
	int r = ledger_meta(l, META_RETURN_KEY, text, sizeof(text));

	if (r == 0)
		r = ledger_meta(l, META_RETURN_FROM, from, sizeof(from));
	if (r < 0)
		return r;
	encoded.length = strlen(text);
	if (!base64_decode(&encoded, master, sizeof(master), &length) || length != sizeof(master))
		return -EIO;
	crypto_kdf_derive_from_key(ret->key, sizeof(ret->key), 1, CONTEXT, master);
	ret->from = message_id(strtoll(from, NULL, 10));
	sodium_memzero(master, sizeof(master));
	sodium_memzero(text, sizeof(text));
	return 0;
}

/* ---- writing ------------------------------------------------------------------------------------- */

static void sign(const struct return_key *key, const char *text, char out[static MAC_TEXT + 1])
{
	unsigned char mac[crypto_auth_hmacsha256_BYTES];
	unsigned bits = 0, held = 0;

	crypto_auth_hmacsha256(mac, (const unsigned char *)text, strlen(text), key->key);
	for (size_t i = 0; i < MAC; i++) {
		bits = bits << 8 | mac[i];
		for (held += 8; held >= 5; held -= 5)
			*out++ = BASE32[bits >> (held - 5) & 31];
	}
	*out = '\0';
}

char *return_token_write(const struct return_key *key, const struct return_token *token,
			 char out[static RETURN_TOKEN])
{
	const int attempt = token->attempt <= RETURN_ATTEMPT_MAX ? token->attempt : 0;
	int n = snprintf(out, RETURN_TOKEN, "%" PRId64 "-%d", token->message.n, attempt);

	assert(token->message.n >= 0 && attempt >= 0 && n <= MESSAGE_DIGITS + 1 + ATTEMPT_DIGITS);
	sign(key, out, out + n + 1);
	out[n] = '-';
	return out;
}

char *return_address_write(const struct return_key *key, const char *mailbox,
			   const struct return_token *token, char out[static RETURN_ADDRESS])
{
	const char *domain = strrchr(mailbox, '@');
	char text[RETURN_TOKEN];

	snprintf(out, RETURN_ADDRESS, "%.*s+%s%s", (int)(domain - mailbox), mailbox,
		 return_token_write(key, token, text), domain);
	return out;
}

/* ---- reading ------------------------------------------------------------------------------------- */

/* The number at *at, of at most so many digits and without a zero before it; -1 when there is none. */
static int64_t read_number(const char **at, int digits)
{
	const char *begin = *at;
	int64_t n = 0;

	while (ascii_is_digit(**at) && *at - begin < digits)
		n = n * 10 + (*(*at)++ - '0');
	if (*at == begin || (*begin == '0' && *at - begin > 1))
		return -1;
	return n;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_word(char c)
{
	return ascii_is_among(c, "-");
}

/* What has a token's form at text, in lower case, into out; where its signature begins, and where it ends: NULL, when
 * there is none. Its numbers are in ret. */
static const char *read_form(const char *text, char out[static RETURN_TOKEN],
			     struct return_token *ret, const char **ret_mac)
{
	const char *at = text;
	const int64_t message = read_number(&at, MESSAGE_DIGITS);
	int64_t attempt;

	if (message <= 0 || *at++ != '-')
		return NULL;
	attempt = read_number(&at, ATTEMPT_DIGITS);
	if (attempt < 0 || *at++ != '-')
		return NULL;
	*ret_mac = at;
	for (int i = 0; i < MAC_TEXT; i++, at++)
		if (*at == '\0' || !strchr(BASE32, lower(*at)))
			return NULL;
	if (is_word(*at))
		return NULL;
	for (const char *c = text; c < at; c++)
		*out++ = lower(*c);
	*out = '\0';
	*ret = (struct return_token){ message_id(message), (int)attempt };
	return at;
}

bool return_token_read(const struct return_key *key, const char *text, struct return_token *ret)
{
	char read[RETURN_TOKEN], made[RETURN_TOKEN];
	struct return_token token;
	const char *mac, *end = read_form(text, read, &token, &mac);

	if (!end || *end != '\0')
		return false;
	return_token_write(key, &token, made);
	if (sodium_memcmp(made + strlen(made) - MAC_TEXT, read + strlen(read) - MAC_TEXT,
			  MAC_TEXT) != 0)
		return false;
	*ret = token;
	return true;
}

/* The next of a text: where it begins, its signature begins, and it ends. False: there is none. */
static bool find(const char *text, const char *from, char out[static RETURN_TOKEN],
		 const char *ret[static 2])
{
	struct return_token token;

	for (const char *at = from; *at; at++) {
		if (!ascii_is_digit(*at) || (at > text && is_word(at[-1])))
			continue;
		ret[1] = read_form(at, out, &token, &ret[0]);
		if (ret[1])
			return true;
	}
	return false;
}

const char *return_token_find(const char *text, char out[static RETURN_TOKEN])
{
	const char *found[2];

	return find(text, text, out, found) ? found[1] : NULL;
}

void return_tokens_conceal(char *text)
{
	const char *found[2] = { text, text };
	char token[RETURN_TOKEN];

	while (text && find(text, found[1], token, found)) {
		char *mac = text + (found[0] - text);

		memmove(mac + strlen(ELLIPSIS), found[1], strlen(found[1]) + 1);
		memcpy(mac, ELLIPSIS, strlen(ELLIPSIS));
		found[1] = mac + strlen(ELLIPSIS);
	}
}
