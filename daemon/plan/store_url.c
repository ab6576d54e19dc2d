/* SPDX-License-Identifier: Apache-2.0 */
/*
 *	scheme :// authority / database ? name = value & name = value …
 *
 * The authority is "user@" and the hosts, each with its port, between commas; it ends at the first "/" or "?", whatever
 * comes after. The user, the hosts, the database and values may have bytes as "%2F"; names may not.
 */
#include "plan/store_url.h"

#include <ctype.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static const char *const names[] = {
	"user",
	"host",
	"hostaddr",
	"port",
	"dbname",
	"sslmode",
	"sslrootcert",
	"sslcert",
	"sslkey",
	"sslcrl",
	"ssl_min_protocol_version",
	"channel_binding",
	"connect_timeout",
	"tcp_user_timeout",
	"target_session_attrs",
	"application_name",
	"options",
};
static const char unknown[] =
	"has a parameter that is none of host, hostaddr, port, user, dbname, sslmode, sslrootcert, "
	"sslcert, sslkey, sslcrl, ssl_min_protocol_version, channel_binding, connect_timeout, "
	"tcp_user_timeout, target_session_attrs, application_name and options";
_Static_assert(LENGTH(names) == STORE_URL_PARAMETERS, "room for each of them once");

struct part {
	const char *at;
	size_t length;
};

/* ---- text ------------------------------------------------------------------------------------ */

static const char *after_scheme(const char *text)
{
	static const char *const schemes[] = { "postgresql://", "postgres://" };

	for (size_t i = 0; i < LENGTH(schemes); i++)
		if (strncmp(text, schemes[i], strlen(schemes[i])) == 0)
			return text + strlen(schemes[i]);
	return NULL;
}

bool store_url_is(const char *text)
{
	return after_scheme(text) != NULL;
}

static bool is(struct part p, const char *text)
{
	return p.length == strlen(text) && memcmp(p.at, text, p.length) == 0;
}

/* What stands before the first `at`, or all of it without one; *p is what stands after it. */
static struct part cut(struct part *p, char at)
{
	const char *end = memchr(p->at, at, p->length);
	struct part first = { p->at, end ? (size_t)(end - p->at) : p->length };

	p->at += first.length + (end != NULL);
	p->length -= first.length + (end != NULL);
	return first;
}

static unsigned hex_value(char c)
{
	return isdigit((unsigned char)c) ? (unsigned)(c - '0')
					 : (unsigned)(tolower((unsigned char)c) - 'a') + 10;
}

/* Append it with its bytes as they are meant; false: a "%" without the two digits of a byte. */
static bool add_bytes(struct store_url *u, struct part text)
{
	for (size_t i = 0; i < text.length; i++) {
		unsigned c = (unsigned char)text.at[i];
		if (c == '%') {
			if (text.length - i < 3 || !isxdigit((unsigned char)text.at[i + 1]) ||
			    !isxdigit((unsigned char)text.at[i + 2]))
				return false;
			c = hex_value(text.at[i + 1]) * 16 + hex_value(text.at[i + 2]);
			i += 2;
		}
		if (c == 0)
			return false;
		u->bytes[u->used++] = (char)c;
	}
	return true;
}

/* ---- parameters ------------------------------------------------------------------------------ */

static const char *value_of(const struct store_url *u, const char *name)
{
	for (size_t i = 0; i < u->count; i++)
		if (strcmp(u->parameters[i].name, name) == 0)
			return u->parameters[i].value;
	return NULL;
}

/* The bytes from `from` on are its value. Like libpq, take none that is empty. */
static const char *keep(struct store_url *u, const char *name, size_t from)
{
	if (u->used == from)
		return NULL;
	if (value_of(u, name))
		return "says something twice: a parameter, or one that stands before the ? already";
	u->bytes[u->used++] = '\0';
	u->parameters[u->count].name = name;
	u->parameters[u->count++].value = u->bytes + from;
	return NULL;
}

static const char *add(struct store_url *u, const char *name, struct part value)
{
	size_t from = u->used;

	return add_bytes(u, value)
		       ? keep(u, name, from)
		       : "has a % that is not followed by the two hexadecimal digits of "
			 "a byte; the character itself is %25";
}

static const char *add_named(struct store_url *u, struct part value)
{
	struct part name = cut(&value, '=');

	if (is(name, "password"))
		return "has a password among its parameters: put it in the file that "
		       "store_password_file names";
	if (is(name, "service") || is(name, "servicefile"))
		return "names a service, whose file says where that is: write what it says here";
	for (size_t i = 0; i < LENGTH(names); i++)
		if (is(name, names[i]))
			return add(u, names[i], value);
	return unknown;
}

/* ---- the authority ----------------------------------------------------------------------------- */

/* "HOST", "HOST:PORT", "[::1]:PORT" */
static struct part host_of(struct part *server)
{
	struct part whole = *server, host;

	if (whole.length == 0 || *whole.at != '[')
		return cut(server, ':');
	host = cut(server, ']');
	host.at++;
	host.length--;
	cut(server, ':');
	return host;
}

/* The hosts, or the ports, of all servers, with commas between. */
static const char *add_list(struct store_url *u, struct part servers, bool ports)
{
	size_t from = u->used;
	bool any = false;

	while (true) {
		struct part server = cut(&servers, ','), host = host_of(&server);
		struct part wanted = ports ? server : host;

		any |= wanted.length > 0;
		if (!add_bytes(u, wanted))
			return "has a % in a host that is not followed by the two hexadecimal "
			       "digits of a byte";
		if (servers.length == 0)
			break;
		u->bytes[u->used++] = ',';
	}
	if (!any)
		u->used = from;
	return keep(u, ports ? "port" : "host", from);
}

static const char *read_authority(struct store_url *u, struct part servers)
{
	struct part user = { servers.at, 0 };
	const char *wrong = NULL;

	if (memchr(servers.at, '@', servers.length))
		user = cut(&servers, '@');
	if (memchr(user.at, ':', user.length))
		return "has a password, which whoever may read this file would know: put it in "
		       "the file that store_password_file names";
	wrong = add(u, "user", user);
	if (!wrong)
		wrong = add_list(u, servers, false);
	return wrong ? wrong : add_list(u, servers, true);
}

/* ---- whose machine it is ------------------------------------------------------------------------- */

/* An empty host is the Unix socket of libpq's build. */
static bool is_local(struct part host)
{
	return host.length == 0 || *host.at == '/' || is(host, "localhost") ||
	       is(host, "127.0.0.1") || is(host, "::1");
}

static bool are_local(const char *hosts)
{
	struct part rest = { hosts, hosts ? strlen(hosts) : 0 };

	while (rest.length > 0)
		if (!is_local(cut(&rest, ',')))
			return false;
	return true;
}

const char *store_url_read(struct store_url *ret, const char *url)
{
	const char *at = after_scheme(url), *wrong, *mode;
	struct part authority, database, parameters;

	*ret = (struct store_url){ .count = 0 };
	if (strlen(url) > STORE_URL_MAX)
		return "is longer than 1000 bytes";
	parameters = (struct part){ at, strlen(at) };
	database = cut(&parameters, '?');
	authority = cut(&database, '/');
	wrong = read_authority(ret, authority);
	if (!wrong)
		wrong = add(ret, "dbname", database);
	while (!wrong && parameters.length > 0)
		wrong = add_named(ret, cut(&parameters, '&'));
	if (wrong)
		return wrong;
	mode = value_of(ret, "sslmode");
	ret->is_local = are_local(value_of(ret, "host")) && are_local(value_of(ret, "hostaddr"));
	if (mode && !ret->is_local && strcmp(mode, "verify-full") != 0)
		return "names a server on another machine and asks for less than "
		       "sslmode=verify-full: leave sslmode out, and name the authority that "
		       "signed the server's certificate with sslrootcert";
	return NULL;
}
