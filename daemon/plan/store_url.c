/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is asked of a URL here needs no more than its authority, between "//" and the next "/" or "?", and
 * its parameters; libpq reads the rest. A host in a parameter (?host=) is read as well.
 */
#include "plan/store_url.h"

#include <string.h>

#define SCHEME "postgresql://"

struct part {
	const char *at;
	size_t length;
};

bool store_url_is(const char *text)
{
	return strncmp(text, SCHEME, strlen(SCHEME)) == 0;
}

static struct part authority_of(const char *url)
{
	const char *at = url + strlen(SCHEME);

	return (struct part){ at, strcspn(at, "/?") };
}

static struct part user_of(struct part authority)
{
	const char *end = memchr(authority.at, '@', authority.length);

	return (struct part){ authority.at, end ? (size_t)(end - authority.at) : 0 };
}

/* The value of a parameter; NULL: it has none of that name. */
static struct part parameter_of(const char *url, const char *name)
{
	size_t n = strlen(name);

	for (const char *at = strchr(url, '?'); at; at = strchr(at + 1, '&'))
		if (strncmp(at + 1, name, n) == 0 && at[1 + n] == '=')
			return (struct part){ at + n + 2, strcspn(at + n + 2, "&") };
	return (struct part){ NULL, 0 };
}

static bool begins(struct part p, const char *with)
{
	return p.length >= strlen(with) && strncmp(p.at, with, strlen(with)) == 0;
}

/* Of one host, without its port: none is the Unix socket of the build. */
static bool is_local(struct part host)
{
	static const char *const names[] = { "localhost", "127.0.0.1", "[::1]", "::1" };

	if (host.length == 0 || begins(host, "%2F") || begins(host, "%2f") || begins(host, "/"))
		return true;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (begins(host, names[i]) &&
		    (host.length == strlen(names[i]) || host.at[strlen(names[i])] == ':'))
			return true;
	return false;
}

static bool are_local(struct part hosts)
{
	while (true) {
		const char *comma = memchr(hosts.at, ',', hosts.length);
		size_t n = comma ? (size_t)(comma - hosts.at) : hosts.length;
		if (!is_local((struct part){ hosts.at, n }))
			return false;
		if (!comma)
			return true;
		hosts = (struct part){ comma + 1, hosts.length - n - 1 };
	}
}

bool store_url_is_local(const char *url)
{
	struct part authority = authority_of(url), user = user_of(authority);
	struct part named = parameter_of(url, "host"), address = parameter_of(url, "hostaddr");

	if (user.length > 0) {
		authority.at += user.length + 1;
		authority.length -= user.length + 1;
	}
	return are_local(authority) && (!named.at || are_local(named)) &&
	       (!address.at || are_local(address));
}

const char *store_url_fault(const char *url)
{
	struct part user = user_of(authority_of(url)), mode = parameter_of(url, "sslmode");

	if (user.length > 0 && memchr(user.at, ':', user.length))
		return "has a password, which whoever may read this file would know: put it in "
		       "the file that store_password_file names";
	if (parameter_of(url, "password").at)
		return "has a password among its parameters: put it in the file that "
		       "store_password_file names";
	if (mode.at && !store_url_is_local(url) &&
	    (mode.length != strlen("verify-full") || !begins(mode, "verify-full")))
		return "names a server on another machine and asks for less than "
		       "sslmode=verify-full: leave sslmode out, and name the authority that "
		       "signed the server's certificate with sslrootcert";
	return NULL;
}
