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
	if (base64_decode(&encoded, master, sizeof(master), &length) && length == sizeof(master)) {
		crypto_kdf_derive_from_key(ret->key, sizeof(ret->key), 1, CONTEXT, master);
		ret->from = message_id(strtoll(from, NULL, 10));
	} else {
		r = -EIO;
	}
	sodium_memzero(master, sizeof(master));
	sodium_memzero(text, sizeof(text));
	return r;
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

/* Text that is being read. */
struct rest {
	const char *at;
	size_t length;
};

static bool take(struct rest *rest, char c)
{
	if (rest->length == 0 || *rest->at != c)
		return false;
	rest->at++;
	rest->length--;
	return true;
}

/* A number of at most so many digits, without a zero before it; -1 when there is none. */
static int64_t take_number(struct rest *rest, size_t digits)
{
	const char *begin = rest->at;
	size_t n = 0;
	int64_t number = 0;

	while (n < rest->length && n < digits && ascii_is_digit(begin[n]))
		number = number * 10 + (begin[n++] - '0');
	if (n == 0 || (*begin == '0' && n > 1))
		return -1;
	rest->at += n;
	rest->length -= n;
	return number;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_base32(char c)
{
	return c != '\0' && strchr(BASE32, lower(c));
}

/* How much of text, from its beginning, has a token's form, with the numbers that it says; 0: nothing has. */
static size_t form_length(const char *text, size_t length, struct return_token *ret)
{
	struct rest rest = { text, length };
	const int64_t message = take_number(&rest, MESSAGE_DIGITS);
	int64_t attempt;

	if (message <= 0 || !take(&rest, '-'))
		return 0;
	attempt = take_number(&rest, ATTEMPT_DIGITS);
	if (attempt < 0 || !take(&rest, '-') || rest.length < MAC_TEXT)
		return 0;
	for (size_t i = 0; i < MAC_TEXT; i++)
		if (!is_base32(rest.at[i]))
			return 0;
	if (rest.length > MAC_TEXT && ascii_is_among(rest.at[MAC_TEXT], ""))
		return 0;
	*ret = (struct return_token){ message_id(message), (int)attempt };
	return (size_t)(rest.at - text) + MAC_TEXT;
}

bool return_token_read(const struct return_key *key, const char *text, struct return_token *ret)
{
	char made[RETURN_TOKEN], mac[MAC_TEXT];
	struct return_token token;
	const size_t length = strnlen(text, RETURN_TOKEN);

	if (length == RETURN_TOKEN || form_length(text, length, &token) != length || length == 0)
		return false;
	for (size_t i = 0; i < MAC_TEXT; i++)
		mac[i] = lower(text[length - MAC_TEXT + i]);
	return_token_write(key, &token, made);
	if (sodium_memcmp(made + length - MAC_TEXT, mac, MAC_TEXT) != 0)
		return false;
	*ret = token;
	return true;
}

bool return_token_find(const char *text, size_t length, struct return_token_place *ret)
{
	struct return_token token;

	for (size_t at = 0; at < length; at++) {
		size_t n;

		if (!ascii_is_digit(text[at]) || (at > 0 && ascii_is_among(text[at - 1], "")))
			continue;
		n = form_length(text + at, length - at, &token);
		if (n > 0) {
			*ret = (struct return_token_place){ at, n };
			return true;
		}
	}
	return false;
}

void return_tokens_conceal(char *text)
{
	struct return_token_place found;

	while (text && return_token_find(text, strlen(text), &found)) {
		char *mac = text + found.at + found.length - MAC_TEXT;

		memmove(mac + strlen(ELLIPSIS), mac + MAC_TEXT, strlen(mac + MAC_TEXT) + 1);
		memcpy(mac, ELLIPSIS, strlen(ELLIPSIS));
		text = mac + strlen(ELLIPSIS);
	}
}
