/* SPDX-License-Identifier: Apache-2.0 */
#include "web/remote.h"

#include <arpa/inet.h>
#include <string.h>

static struct remote mapped(const struct in_addr *v4)
{
	struct remote r = { .address.s6_addr = { [10] = 0xff, [11] = 0xff } };

	memcpy(&r.address.s6_addr[12], v4, sizeof(*v4));
	return r;
}

bool remote_of(const struct sockaddr *peer, struct remote *ret)
{
	if (peer->sa_family == AF_INET) {
		struct sockaddr_in in;

		memcpy(&in, peer, sizeof(in));
		*ret = mapped(&in.sin_addr);
	} else if (peer->sa_family == AF_INET6) {
		struct sockaddr_in6 in6;

		memcpy(&in6, peer, sizeof(in6));
		ret->address = in6.sin6_addr;
	} else {
		return false;
	}
	return true;
}

bool remote_parse(const char *text, size_t length, struct remote *ret)
{
	char copy[INET6_ADDRSTRLEN];
	struct in6_addr v6;
	struct in_addr v4;

	if (length >= sizeof(copy))
		return false;
	memcpy(copy, text, length);
	copy[length] = '\0';
	if (strlen(copy) != length)
		return false;
	if (inet_pton(AF_INET, copy, &v4) == 1)
		*ret = mapped(&v4);
	else if (inet_pton(AF_INET6, copy, &v6) == 1)
		ret->address = v6;
	else
		return false;
	return true;
}

static bool is_v4(const struct remote *r)
{
	return IN6_IS_ADDR_V4MAPPED(&r->address);
}

void remote_format(const struct remote *r, char out[static INET6_ADDRSTRLEN])
{
	if (is_v4(r))
		inet_ntop(AF_INET, &r->address.s6_addr[12], out, INET6_ADDRSTRLEN);
	else
		inet_ntop(AF_INET6, &r->address, out, INET6_ADDRSTRLEN);
}

bool remote_is(const struct remote *a, const struct remote *b)
{
	return memcmp(&a->address, &b->address, sizeof(a->address)) == 0;
}

bool remote_counts_as(const struct remote *a, const struct remote *b)
{
	if (is_v4(a) || is_v4(b))
		return remote_is(a, b);
	return memcmp(&a->address, &b->address, sizeof(a->address) / 2) == 0;
}
