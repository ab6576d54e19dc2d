/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as a token: a byte for the purpose, then the token. Nothing is read but what was signed, and
 * that has one token. So that the inside of a token is reached as well, the bytes also stand for its text,
 * signed: what is read then is what those bytes say, and makes the same text again.
 */
#include <assert.h>
#include <sodium.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "message/link.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MAC 16
#define SECRET "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
#define FORM sodium_base64_VARIANT_URLSAFE_NO_PADDING

static struct links *links;

static void begin(void)
{
	char path[] = "/tmp/paminn-fuzz-link-XXXXXX";
	const struct web_settings web = { .listen = "127.0.0.1:1",
					  .public_url = "https://paminn.region.se",
					  .secret_file = path };
	const int fd = mkstemp(path);

	assert(fd >= 0 && write(fd, SECRET, strlen(SECRET)) == (ssize_t)strlen(SECRET));
	close(fd);
	assert(links_new(&links, &web) == 0);
	unlink(path);
}

/* The keys as message/link.c makes them: a second opinion of what signs a token. */
static void sign(enum link_purpose purpose, const uint8_t *text, size_t size, uint8_t ret[MAC])
{
	unsigned char master[crypto_kdf_KEYBYTES], key[crypto_auth_hmacsha256_KEYBYTES];
	unsigned char mac[crypto_auth_hmacsha256_BYTES];

	crypto_generichash(master, sizeof(master), (const unsigned char *)SECRET, strlen(SECRET),
			   NULL, 0);
	crypto_kdf_derive_from_key(key, sizeof(key), (uint64_t)purpose + 1, "paminnLK", master);
	crypto_auth_hmacsha256(mac, text, size, key);
	memcpy(ret, mac, MAC);
}

static void check_read(enum link_purpose purpose, const char *token)
{
	char again[LINK_TOKEN], url[LINK_URL];
	struct link link;

	if (!links_read(links, purpose, token, &link))
		return;
	assert(link.purpose == purpose);
	assert(strcmp(links_token(links, &link, again), token) == 0);
	assert(strstr(links_url(links, &link, url), token));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t signed_text[MAC + 1024];
	char token[2048];
	enum link_purpose purpose;

	if (!links)
		begin();
	if (size < 1 || size > 1024)
		return 0;
	purpose = (enum link_purpose)(data[0] % LINK_PURPOSES);
	data++;
	size--;
	memcpy(token, data, size);
	token[size] = '\0';
	check_read(purpose, token);
	sign(purpose, data, size, signed_text);
	memcpy(signed_text + MAC, data, size);
	sodium_bin2base64(token, sizeof(token), signed_text, MAC + size, FORM);
	check_read(purpose, token);
	return 0;
}
