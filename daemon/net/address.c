/* SPDX-License-Identifier: Apache-2.0 */
/*
 * IPv4 is public unless a row of the table holds it. IPv6 is public only within 2000::/3, the one block
 * from which global addresses are given out, less the rows of its own table: loopback, unspecified,
 * link-local, unique local, multicast and NAT64 all lie outside it.
 */
#include <arpa/inet.h>
#include <curl/curl.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "net/address.h"

struct block4 {
	uint32_t net;
	unsigned bits;
};
#define NET4(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (d))

static const struct block4 special4[] = {
	{ NET4(0, 0, 0, 0), 8 },       /* this network */
	{ NET4(10, 0, 0, 0), 8 },      /* private */
	{ NET4(100, 64, 0, 0), 10 },   /* carrier-grade NAT */
	{ NET4(127, 0, 0, 0), 8 },     /* loopback */
	{ NET4(169, 254, 0, 0), 16 },  /* link-local, cloud metadata */
	{ NET4(172, 16, 0, 0), 12 },   /* private */
	{ NET4(192, 0, 0, 0), 24 },    /* protocol assignments */
	{ NET4(192, 0, 2, 0), 24 },    /* documentation */
	{ NET4(192, 88, 99, 0), 24 },  /* 6to4 relays */
	{ NET4(192, 168, 0, 0), 16 },  /* private */
	{ NET4(198, 18, 0, 0), 15 },   /* benchmarks */
	{ NET4(198, 51, 100, 0), 24 }, /* documentation */
	{ NET4(203, 0, 113, 0), 24 },  /* documentation */
	{ NET4(224, 0, 0, 0), 3 },     /* multicast, reserved, broadcast */
};

struct block6 {
	uint8_t net[4];
	unsigned bits; /* at most 32 */
};
static const struct block6 special6[] = {
	{ { 0x20, 0x01, 0x00, 0x00 }, 23 }, /* protocol assignments, Teredo among them */
	{ { 0x20, 0x01, 0x0d, 0xb8 }, 32 }, /* documentation */
	{ { 0x20, 0x02, 0x00, 0x00 }, 16 }, /* 6to4 */
	{ { 0x3f, 0xff, 0x00, 0x00 }, 20 }, /* documentation */
};

static uint32_t word(const uint8_t *bytes)
{
	return NET4(bytes[0], bytes[1], bytes[2], bytes[3]);
}

static bool within(uint32_t address, uint32_t net, unsigned bits)
{
	return (address ^ net) >> (32 - bits) == 0;
}

static bool is_public4(uint32_t address)
{
	for (size_t i = 0; i < sizeof(special4) / sizeof(*special4); i++)
		if (within(address, special4[i].net, special4[i].bits))
			return false;
	return true;
}

static bool is_public6(const struct in6_addr *address)
{
	uint32_t first = word(address->s6_addr);

	if (IN6_IS_ADDR_V4MAPPED(address))
		return is_public4(word(address->s6_addr + 12));
	if (!within(first, NET4(0x20, 0, 0, 0), 3))
		return false;
	for (size_t i = 0; i < sizeof(special6) / sizeof(*special6); i++)
		if (within(first, word(special6[i].net), special6[i].bits))
			return false;
	return true;
}

bool address_is_public(const struct sockaddr *address)
{
	struct sockaddr_in four;
	struct sockaddr_in6 six;

	if (address->sa_family == AF_INET) {
		memcpy(&four, address, sizeof(four));
		return is_public4(ntohl(four.sin_addr.s_addr));
	}
	if (address->sa_family != AF_INET6)
		return false;
	memcpy(&six, address, sizeof(six));
	return is_public6(&six.sin6_addr);
}

bool address_is_loopback(const struct sockaddr *address)
{
	struct sockaddr_in four;
	struct sockaddr_in6 six;

	if (address->sa_family == AF_INET) {
		memcpy(&four, address, sizeof(four));
		return within(ntohl(four.sin_addr.s_addr), NET4(127, 0, 0, 0), 8);
	}
	if (address->sa_family != AF_INET6)
		return false;
	memcpy(&six, address, sizeof(six));
	if (IN6_IS_ADDR_V4MAPPED(&six.sin6_addr))
		return within(word(six.sin6_addr.s6_addr + 12), NET4(127, 0, 0, 0), 8);
	return IN6_IS_ADDR_LOOPBACK(&six.sin6_addr);
}

static bool host_is_loopback(const char *host)
{
	struct sockaddr_in four = { .sin_family = AF_INET };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6 };
	char literal[INET6_ADDRSTRLEN + 2];
	size_t length = strlen(host);

	if (strcasecmp(host, "localhost") == 0)
		return true;
	if (inet_pton(AF_INET, host, &four.sin_addr) == 1)
		return address_is_loopback((const struct sockaddr *)&four);
	if (length < 3 || length >= sizeof(literal) || host[0] != '[')
		return false;
	memcpy(literal, host + 1, length - 2);
	literal[length - 2] = '\0';
	return inet_pton(AF_INET6, literal, &six.sin6_addr) == 1 &&
	       address_is_loopback((const struct sockaddr *)&six);
}

int address_url_is_loopback(const char *url)
{
	CURLU *parsed = curl_url();
	CURLUcode code = CURLUE_OUT_OF_MEMORY;
	char *host = NULL;
	int is = 0;

	if (parsed)
		code = curl_url_set(parsed, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME);
	if (code == CURLUE_OK)
		code = curl_url_get(parsed, CURLUPART_HOST, &host, 0);
	if (code == CURLUE_OK)
		is = host_is_loopback(host);
	else if (code == CURLUE_OUT_OF_MEMORY)
		is = -ENOMEM;
	curl_free(host);
	curl_url_cleanup(parsed);
	return is;
}

char *address_text(const struct sockaddr *address, char *out)
{
	struct sockaddr_in four;
	struct sockaddr_in6 six;
	const char *text = NULL;

	if (address->sa_family == AF_INET) {
		memcpy(&four, address, sizeof(four));
		text = inet_ntop(AF_INET, &four.sin_addr, out, INET6_ADDRSTRLEN);
	} else if (address->sa_family == AF_INET6) {
		memcpy(&six, address, sizeof(six));
		text = inet_ntop(AF_INET6, &six.sin6_addr, out, INET6_ADDRSTRLEN);
	}
	if (!text)
		strcpy(out, "?");
	return out;
}
