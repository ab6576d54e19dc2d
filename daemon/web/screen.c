/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Host: a page of another name can make a browser ask us under that name (DNS rebinding), but it can not
 * make the name an address. So an address is good, and of names those of public_url and of this machine.
 *
 * Origin: our pages send no referrer, since their address is a secret, and a browser that sends none says
 * "Origin: null" with a form. So that is good, and whoever forges a form from elsewhere would have to know
 * the token. Where a browser says Sec-Fetch-Site, that tells.
 */
#include "web/screen.h"

#include <stdio.h>
#include <string.h>

#include "web/remote.h"

#define AUTHORITY_MAX 300

/* The authority of a URL: what stands between "//" and the next "/". */
static struct piece authority_of(const char *url)
{
	const char *at = strstr(url, "//");

	at = at ? at + 2 : url;
	return (struct piece){ at, strcspn(at, "/") };
}

/* Without its port, if it has one; an IPv6 address without its brackets. */
static struct piece name_of(struct piece authority)
{
	const char *end;

	if (authority.length > 0 && authority.at[0] == '[') {
		end = memchr(authority.at, ']', authority.length);
		return end ? (struct piece){ authority.at + 1, (size_t)(end - authority.at) - 1 }
			   : (struct piece){ authority.at, 0 };
	}
	end = memchr(authority.at, ':', authority.length);
	return end ? (struct piece){ authority.at, (size_t)(end - authority.at) } : authority;
}

static bool same_word(struct piece a, struct piece b)
{
	char text[AUTHORITY_MAX];

	if (b.length >= sizeof(text))
		return false;
	snprintf(text, sizeof(text), "%.*s", (int)b.length, b.at);
	return piece_is_word(a, text);
}

static bool is_our_host(const struct web_settings *settings, struct piece host)
{
	const struct piece name = name_of(host);
	struct remote address;

	return piece_is_word(name, "localhost") || remote_parse(name.at, name.length, &address) ||
	       (settings->public_url &&
		same_word(name, name_of(authority_of(settings->public_url))));
}

static bool is_our_form(const struct web_settings *settings, const struct head *head)
{
	char origin[AUTHORITY_MAX];
	struct piece from;

	if (head->fetch_site.at)
		return piece_is(head->fetch_site, "same-origin") ||
		       piece_is(head->fetch_site, "none");
	if (!head->origin.at || piece_is(head->origin, "null"))
		return true;
	if (head->origin.length >= sizeof(origin))
		return false;
	snprintf(origin, sizeof(origin), "%.*s", (int)head->origin.length, head->origin.at);
	from = authority_of(origin);
	return (head->host.at && same_word(from, head->host)) ||
	       (settings->public_url && same_word(from, authority_of(settings->public_url)));
}

enum refusal screen(const struct web_settings *settings, const struct head *head,
		    const struct path *row)
{
	if (head->host.at && !is_our_host(settings, head->host))
		return REFUSAL_MISDIRECTED;
	if (!row)
		return REFUSAL_NONE;
	if (!(row->methods & head->method))
		return REFUSAL_METHOD;
	if (head->method != METHOD_POST)
		return REFUSAL_NONE;
	if (!head->urlencoded)
		return REFUSAL_NOT_A_FORM;
	return is_our_form(settings, head) ? REFUSAL_NONE : REFUSAL_FOREIGN;
}
