/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each purpose has a key of its own, derived from the secret (libsodium's crypto_kdf), so that a token for
 * one is none for another. Of the 32 bytes of HMAC-SHA256 the first 16 are kept, no fewer than half, as RFC
 * 2104 § 5 asks: they can't be guessed online, and a link stays short enough for a line of a mail. What the
 * decoder takes is canonical, and a text is signed as it stands, so a link has one token.
 */
#include "message/link.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/secret.h"

#define CONTEXT "paminnLK"	     /* crypto_kdf_CONTEXTBYTES */
#define REHEARSAL_CONTEXT "paminnRE" /* as many */
#define SECRETS 1000		     /* the number of a key, above those of the purposes */
#define MAC 16
#define TEXT_MAX (3 * ITEM_ID + CIVIL_TEXT + 4)
#define BODY '@' /* before a body's id, where a person's has no such character */
#define PARTS_OF_TEXT 4

struct links {
	unsigned char keys[LINK_PURPOSES][crypto_auth_hmacsha256_KEYBYTES];
	unsigned char secrets[crypto_auth_hmacsha256_KEYBYTES]; /* of what is no link */
	char public_url[];
};

static const struct {
	const char *prefix, *suffix;
} paths[LINK_PURPOSES] = {
	[LINK_ANSWER] = { "/a/", "" },
	[LINK_MINE] = { "/mine/", "" },
	[LINK_CALENDAR] = { "/calendar/", ".ics" },
	[LINK_BOARD] = { "/board/", "" },
	[LINK_SIGN_IN] = { "/in/", "" },
};

const char *link_prefix(enum link_purpose purpose)
{
	return paths[purpose].prefix;
}

const char *link_suffix(enum link_purpose purpose)
{
	return paths[purpose].suffix;
}

/* ---- what a link may be ------------------------------------------------------------------------ */

static struct link link_for(enum link_purpose purpose, const char *who, struct civil_date until)
{
	struct link link = { .purpose = purpose, .until = until };

	snprintf(link.who, sizeof(link.who), "%s", who);
	return link;
}

struct link link_answer(struct person_id who, struct deadline_id deadline,
			struct measure_id measure, struct civil_date papers)
{
	struct link link = link_for(LINK_ANSWER, who.text, civil_add(papers, LINK_DAYS));

	snprintf(link.deadline, sizeof(link.deadline), "%s", deadline.text);
	snprintf(link.measure, sizeof(link.measure), "%s", measure.text ? measure.text : "");
	return link;
}

struct link link_mine(struct person_id who, struct civil_date papers)
{
	return link_for(LINK_MINE, who.text, civil_add(papers, LINK_DAYS));
}

struct link link_calendar(struct person_id who, struct civil_date today)
{
	return link_for(LINK_CALENDAR, who.text, civil_add(today, LINK_CALENDAR_DAYS));
}

struct link link_body_calendar(struct body_id who, struct civil_date today)
{
	struct link link = link_for(LINK_CALENDAR, who.text, civil_add(today, LINK_CALENDAR_DAYS));

	link.of_body = true;
	return link;
}

struct link link_board(struct person_id who, struct civil_date today)
{
	return link_for(LINK_BOARD, who.text, civil_add(today, LINK_BOARD_DAYS));
}

struct link link_sign_in(const char *login, struct civil_date until)
{
	return link_for(LINK_SIGN_IN, login, until);
}

/* ---- its text ---------------------------------------------------------------------------------- */

static size_t write_text(const struct link *link, char out[static TEXT_MAX])
{
	char until[CIVIL_TEXT];

	civil_format(link->until, until);
	return (size_t)snprintf(out, TEXT_MAX, "%s%s/%s/%s/%s", link->of_body ? "@" : "", link->who,
				link->deadline, link->measure, until);
}

/* Cut text, in place, at each "/"; false when there are not as many parts. */
static bool cut(char *text, char *parts[static PARTS_OF_TEXT])
{
	for (size_t i = 0; i < PARTS_OF_TEXT; i++) {
		parts[i] = text;
		text = strchrnul(text, '/');
		if ((*text == '/') != (i + 1 < PARTS_OF_TEXT))
			return false;
		*text++ = '\0';
	}
	return true;
}

/* Only what was signed here is read, so a text that does not fit is one of other keys or a former form. */
static bool read_text(char *text, enum link_purpose purpose, struct link *ret)
{
	struct link link = { .purpose = purpose };
	char *parts[PARTS_OF_TEXT];
	const bool answers = purpose == LINK_ANSWER;

	if (!cut(text, parts))
		return false;
	link.of_body = *parts[0] == BODY;
	parts[0] += link.of_body;
	if (link.of_body && purpose != LINK_CALENDAR)
		return false;
	if (!text_is_id(parts[0]) || (answers ? !text_is_item(parts[1]) : *parts[1] != '\0') ||
	    (*parts[2] && (!answers || !text_is_id(parts[2]))))
		return false;
	if (civil_parse(parts[3], &link.until) < 0)
		return false;
	strcpy(link.who, parts[0]);
	strcpy(link.deadline, parts[1]);
	strcpy(link.measure, parts[2]);
	*ret = link;
	return true;
}

/* ---- signed -------------------------------------------------------------------------------------- */

/*
 * A rehearsal of one's own configuration shares the secret, and has keys of its own: whoever tries the link of
 * one of its mails must not answer in reality.
 */
static void make_keys(struct links *l, const struct secret *secret, bool rehearsal)
{
	const char *context = rehearsal ? REHEARSAL_CONTEXT : CONTEXT;
	unsigned char master[crypto_kdf_KEYBYTES];

	crypto_generichash(master, sizeof(master), secret->bytes, secret->length, NULL, 0);
	for (unsigned i = 0; i < LINK_PURPOSES; i++)
		crypto_kdf_derive_from_key(l->keys[i], sizeof(l->keys[i]), i + 1, context, master);
	crypto_kdf_derive_from_key(l->secrets, sizeof(l->secrets), SECRETS, context, master);
	sodium_memzero(master, sizeof(master));
}

int links_new(struct links **ret, const struct web_settings *web)
{
	struct links *l = NULL;
	struct secret secret;
	int r;

	if (!web->listen) {
		*ret = NULL;
		return 0;
	}
	r = secret_read(&secret, web->secret_file);
	if (r == 0) {
		l = sodium_init() < 0 ? NULL : malloc(sizeof(*l) + strlen(web->public_url) + 1);
		r = l ? 0 : -ENOMEM;
	}
	if (r == 0) {
		strcpy(l->public_url, web->public_url);
		make_keys(l, &secret, web->rehearsal);
		*ret = l;
	}
	secret_done(&secret);
	return r;
}

struct links *links_free(struct links *l)
{
	if (l)
		sodium_memzero(l, sizeof(*l));
	free(l);
	return NULL;
}

static void sign(const struct links *l, enum link_purpose purpose, const char *text, size_t length,
		 unsigned char ret[static MAC])
{
	unsigned char mac[crypto_auth_hmacsha256_BYTES];

	crypto_auth_hmacsha256(mac, (const unsigned char *)text, length, l->keys[purpose]);
	memcpy(ret, mac, MAC);
}

char *links_token(const struct links *l, const struct link *link, char out[static LINK_TOKEN])
{
	unsigned char bytes[MAC + TEXT_MAX];
	char *text = (char *)bytes + MAC;
	const size_t length = write_text(link, text);

	sign(l, link->purpose, text, length, bytes);
	return sodium_bin2base64(out, LINK_TOKEN, bytes, MAC + length,
				 sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

char *links_url(const struct links *l, const struct link *link, char out[static LINK_URL])
{
	char token[LINK_TOKEN];

	snprintf(out, LINK_URL, "%s%s%s%s", l->public_url, link_prefix(link->purpose),
		 links_token(l, link, token), link_suffix(link->purpose));
	return out;
}

char *links_page(const struct links *l, const char *path, const char *id, char out[static LINK_URL])
{
	snprintf(out, LINK_URL, "%s%s%s", l->public_url, path, id);
	return out;
}

char *links_secret(const struct links *l, const char *text, char out[static LINK_SECRET])
{
	unsigned char mac[crypto_auth_hmacsha256_BYTES];

	crypto_auth_hmacsha256(mac, (const unsigned char *)text, strlen(text), l->secrets);
	return sodium_bin2base64(out, LINK_SECRET, mac, sizeof(mac),
				 sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

/* The characters of a token. */
#define TOKEN_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
#define ELLIPSIS "…"

static void conceal(const char *before, char *text)
{
	for (char *at = text; (at = strstr(at, before));) {
		size_t token = strspn(at += strlen(before), TOKEN_CHARACTERS);

		if (token < strlen(ELLIPSIS))
			continue;
		memcpy(at, ELLIPSIS, strlen(ELLIPSIS));
		at += strlen(ELLIPSIS);
		token -= strlen(ELLIPSIS);
		memmove(at, at + token, strlen(at + token) + 1);
	}
}

void links_conceal(const struct links *l, char *text)
{
	char before[LINK_URL];

	for (enum link_purpose purpose = 0; l && text && purpose < LINK_PURPOSES; purpose++) {
		snprintf(before, sizeof(before), "%s%s", l->public_url, link_prefix(purpose));
		conceal(before, text);
	}
}

bool links_read(const struct links *l, enum link_purpose purpose, const char *token,
		struct link *ret)
{
	unsigned char bytes[MAC + TEXT_MAX], mac[MAC];
	char *text = (char *)bytes + MAC;
	const struct base64 from = { token, strnlen(token, LINK_TOKEN),
				     sodium_base64_VARIANT_URLSAFE_NO_PADDING };
	size_t length = 0;

	if (from.length == LINK_TOKEN || !base64_decode(&from, bytes, sizeof(bytes) - 1, &length) ||
	    length <= MAC || memchr(text, '\0', length - MAC))
		return false;
	sign(l, purpose, text, length - MAC, mac);
	if (sodium_memcmp(mac, bytes, MAC) != 0)
		return false;
	bytes[length] = '\0';
	return read_text(text, purpose, ret);
}
