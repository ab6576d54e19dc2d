/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The group `web`. Pages are answered without TLS, which is a reverse proxy's: so only this machine may
 * connect, or a proxy that is named; and links go to an https URL, since whoever reads one on its way can
 * answer with it.
 */
#include <arpa/inet.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/secret.h"
#include "plan/value.h"

#define SEAL_MIN 32	     /* bytes: as long as the keys that are made of it */
#define PUBLIC_URL_MAX 200   /* bytes: what is left of a line of a mail for the rest of a link */
#define CONNECTIONS_MAX 4096 /* as many files as a service may have open, with room for the rest */
#define DEFAULT_CONNECTIONS 512
#define DEFAULT_PER_ADDRESS 32
#define MAKE_SEAL "openssl rand -base64 32"

#define IN_WEB(member_) offsetof(struct web_settings, member_)
static const struct field web_fields[] = {
	{ "listen", VALUE_LISTEN, .required = true, .at = 0,
	  .what = "the address and port of the pages, such as \"127.0.0.1:7780\"" },
	{ "public_url", VALUE_PUBLIC, .required = true, .at = IN_WEB(public_url),
	  .what = "what links begin with, such as \"https://paminn.region.se\"" },
	{ "secret_file", VALUE_SEAL, .required = true, .at = IN_WEB(secret_file),
	  .what = "the file with what links are signed with: make it with " MAKE_SEAL },
	{ "proxies", VALUE_PROXY, .list = true, .at = IN_WEB(proxies), .count = IN_WEB(proxy_count),
	  .what = "addresses of the reverse proxies before the pages; default none" },
	{ "proxy_user_header", VALUE_NAME, .at = IN_WEB(proxy_user_header),
	  .what = "the header in which those proxies say who has signed in with them, such as "
		  "\"X-Remote-User\"; default none" },
	{ "connections", VALUE_INT, .at = IN_WEB(connections), .min = 1, .max = CONNECTIONS_MAX,
	  .what = "at once; default 512" },
	{ "connections_per_address", VALUE_INT, .at = IN_WEB(connections_per_address), .min = 1,
	  .max = CONNECTIONS_MAX, .what = "of one address; default 32" },
};
static const struct table web_table = TABLE("web", NULL, web_fields);

const char *read_listen(struct value *v, const char *text, void *to)
{
	struct web_settings *web = to;
	char host[HOST_TEXT];

	if (!host_and_port(text, host, &web->port))
		return "is not an address with a port of 1 to 65535, such as 127.0.0.1:7780 or "
		       "[::1]:7780";
	web->host = reader_text(v->r, host, strlen(host));
	return value_keep(v, text, &web->listen);
}

/* A path in which nothing could be taken for anything else: /paminn, /a/b. */
static bool is_plain_path(const char *path)
{
	static const char *const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
					 "0123456789-_/";

	return !path[strspn(path, plain)] && !strstr(path, "//");
}

bool url_is_loopback(const char *url)
{
	const char *host = strstr(url, "://") + 3;
	size_t length = strcspn(host, ":/");
	char text[HOST_TEXT] = "";

	if (*host == '[')
		length = strcspn(++host, "]");
	if (length < sizeof(text))
		memcpy(text, host, length);
	return strcmp(text, "localhost") == 0 || host_is_loopback(text);
}

const char *read_public(struct value *v, const char *text, void *to)
{
	const char *path;
	size_t length = strlen(text);

	if (!text_is_url(text))
		return "is not a URL that begins with https:// and names a host";
	if (length > PUBLIC_URL_MAX)
		return "is longer than 200 bytes";
	if (strpbrk(text, "?#"))
		return "has a query or a fragment: links are put behind it, as in "
		       "https://paminn.region.se";
	path = strchrnul(strstr(text, "://") + 3, '/');
	if (!is_plain_path(path))
		return "has a path of other than A-Z, a-z, 0-9, \"-\", \"_\" and single \"/\"";
	if (strncasecmp(text, "https:", 6) != 0 && !url_is_loopback(text))
		return "is not https: whoever reads a link on its way can answer with it";
	*(const char **)to = reader_text(v->r, text, text[length - 1] == '/' ? length - 1 : length);
	return value_unreal(v, text);
}

const char *read_proxy(struct value *v, const char *text, void *to)
{
	const int family = strchr(text, ':') ? AF_INET6 : AF_INET;
	unsigned char binary[16];
	char host[HOST_TEXT];

	if (inet_pton(family, text, binary) != 1 || !inet_ntop(family, binary, host, sizeof(host)))
		return "is not an address of IP, such as 127.0.0.1 or ::1";
	return value_keep(v, host, to);
}

const char *read_seal(struct value *v, const char *text, void *to)
{
	const char *wrong = read_present(v, text, to), *path = *(const char **)to;
	struct secret secret;
	struct stat status;
	int r;

	if (wrong || !v->r->present || stat(path, &status) < 0)
		return wrong;
	if (!S_ISREG(status.st_mode))
		return "is not a file";
	if (mode_is_open(status.st_mode))
		return "is open to others than the daemon: chmod 600 it, and if they may have read "
		       "it, make a new one with " MAKE_SEAL
		       ", after which older links lead nowhere";
	r = secret_read(&secret, path);
	if (r == 0 && secret.length < SEAL_MIN)
		wrong = "holds fewer than 32 bytes: make it with " MAKE_SEAL;
	else if (r < 0)
		snprintf(v->sentence, sizeof(v->sentence), "can't be used: %s", secret_fault(r));
	secret_done(&secret);
	return r < 0 ? v->sentence : wrong;
}

/* A name that a header may have, and that means nothing else here. */
static bool is_header_name(const char *name)
{
	static const char *const chars = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
					 "0123456789-";
	static const char *const others[] = {
		"Host",	  "Cookie",	    "Origin",	       "X-Forwarded-For", "Sec-Fetch-Site",
		"Expect", "Content-Length", "Accept-Language", "Content-Type"
	};

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (strcasecmp(name, others[i]) == 0)
			return false;
	return !name[strspn(name, chars)];
}

static void check_user_header(struct reader *r, const struct web_settings *web,
			      config_setting_t *group)
{
	const struct where where = where_key(r, group, "proxy_user_header");

	if (!web->proxy_user_header)
		return;
	if (!is_header_name(web->proxy_user_header))
		fault(r, where,
		      "proxy_user_header \"%s\" is not the name of a header of its own: letters, "
		      "digits "
		      "and \"-\", such as X-Remote-User",
		      text_excerpt(web->proxy_user_header).text);
	if (is_left_empty(group, "proxies"))
		fault(r, where,
		      "proxy_user_header without proxies: name the addresses of the reverse "
		      "proxies, "
		      "since from anywhere else anybody could say who they are");
}

/* What no single key shows. */
static void check_web(struct reader *r, const struct web_settings *web, config_setting_t *group)
{
	const bool alone = is_left_empty(group, "proxies");

	if (web->listen && !host_is_loopback(web->host) && alone)
		fault(r, where_key(r, group, "listen"),
		      "listen \"%s\" is open to other machines, without TLS: listen at 127.0.0.1 "
		      "or "
		      "[::1] with a reverse proxy before it, or name in proxies the one that comes "
		      "from elsewhere",
		      text_excerpt(web->listen).text);
	else if (web->public_url && !url_is_loopback(web->public_url) && alone)
		warning(r, where_of(r, group),
			"web names no proxies: everybody counts as one address, the proxy's, and "
			"shares its %d connections",
			web->connections_per_address);
	if (web->public_url && url_is_loopback(web->public_url) && !web->rehearsal &&
	    r->request->first_load)
		warning(r, where_key(r, group, "public_url"),
			"public_url \"%s\" is this machine: links in mails open on no other, so "
			"name "
			"the https address of the reverse proxy",
			text_excerpt(web->public_url).text);
	check_user_header(r, web, group);
	if (web->connections_per_address > web->connections)
		fault(r, where_key(r, group, "connections_per_address"),
		      "connections_per_address, %d, is more than connections, %d",
		      web->connections_per_address, web->connections);
}

void read_web(struct reader *r, struct settings *settings, config_setting_t *group)
{
	struct web_settings web = { .connections = DEFAULT_CONNECTIONS,
				    .connections_per_address = DEFAULT_PER_ADDRESS };

	if (!group)
		return;
	web.where = where_of(r, group);
	web.rehearsal = r->request->rehearsal;
	read_group(r, &web_table, group, &web);
	if (!config_setting_get_member(group, "connections_per_address") &&
	    web.connections < web.connections_per_address)
		web.connections_per_address = web.connections;
	check_web(r, &web, group);
	settings->web = web;
}
