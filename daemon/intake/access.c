/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A peer plays one or more roles; for each type of event a table says which roles may say it. A
 * type or role that is not in the table may nothing: an empty row denies.
 */
#include "intake/access.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

/* The part of text after prefix, or NULL when it does not begin so. */
static const char *after(const char *text, const char *prefix)
{
	size_t n = strlen(prefix);

	return strncmp(text, prefix, n) == 0 ? text + n : NULL;
}

/* "127.0.0.1:7711", "[::1]:7711", "localhost:7711". */
static bool is_loopback(const char *host_port)
{
	const char *colon = strrchr(host_port, ':');
	char host[64];
	struct in_addr v4;
	int n;

	if (!colon || (size_t)(colon - host_port) >= sizeof(host))
		return false;
	n = snprintf(host, sizeof(host), "%.*s", (int)(colon - host_port), host_port);
	if (strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0)
		return true;
	return n > 0 && inet_pton(AF_INET, host, &v4) == 1 && ntohl(v4.s_addr) >> 24 == 127;
}

enum reject_code access_endpoint(const char *address, struct rejection *ret_why)
{
	const char *path = after(address, "ipc://"), *host = after(address, "tcp://");

	if (path && (*path == '@' || *path == '*' || *path == '\0'))
		return reject(ret_why, REJECT_NOT_ALLOWED,
			      "endpoint %s has no file whose mode could guard it; write "
			      "ipc:// and a path",
			      text_excerpt(address).text);
	if (path || (host && is_loopback(host)))
		return REJECT_NONE;
	return reject(ret_why, REJECT_NOT_ALLOWED,
		      "endpoint %s can be reached without a key from other machines; use "
		      "ipc://PATH, or tcp:// with 127.0.0.1 or [::1]",
		      text_excerpt(address).text);
}

static bool names_somebody(const struct plan *plan, const struct peer *peer, const char *source)
{
	const char *id;

	if ((id = after(source, "/people/")))
		return plan_person(plan, id) != NULL;
	if ((id = after(source, "/systems/")))
		return plan_publisher(plan, id) != NULL;
	if ((id = after(source, "/local/")))
		return peer->kind == PEER_LOCAL && text_is_id(id);
	return false;
}

enum reject_code access_source(const struct plan *plan, const struct peer *peer, const char *source,
			       struct rejection *ret_why)
{
	const char *id = after(source, "/systems/");

	if (peer->kind == PEER_SYSTEM && (!id || strcmp(id, peer->system->id) != 0))
		return reject(ret_why, REJECT_NOT_ALLOWED,
			      "source \"%s\" is not \"/systems/%s\", the only one whom this "
			      "endpoint speaks for",
			      text_excerpt(source).text, peer->system->id);
	if (!names_somebody(plan, peer, source))
		return reject(ret_why, REJECT_NOT_ALLOWED,
			      "source \"%s\" names nobody in the plan; write /people/ID or "
			      "/systems/ID with an id from the plan, or /local/LOGIN",
			      text_excerpt(source).text);
	return REJECT_NONE;
}

/* What a peer can be to an event, as bits. */
enum role {
	ROLE_STEWARD = 1 << 0,
	ROLE_REPORTER = 1 << 1, /* a system allowed for the measure */
};

static const unsigned may_say[EVENT_TYPES] = {
	[EVENT_STATUS] = ROLE_STEWARD | ROLE_REPORTER,
	[EVENT_SUBMIT] = ROLE_STEWARD,
	[EVENT_EXTEND] = ROLE_STEWARD,
	[EVENT_MEETING] = ROLE_STEWARD,
	[EVENT_NOTE] = ROLE_STEWARD | ROLE_REPORTER,
};

static unsigned roles_of(const struct peer *peer, const struct event *event)
{
	if (peer->kind == PEER_LOCAL)
		return ROLE_STEWARD;
	return publisher_may_report(peer->system, event->subject) ? ROLE_REPORTER : 0;
}

enum reject_code access_event(const struct peer *peer, const struct event *event,
			      struct rejection *ret_why)
{
	if (may_say[event->type] & roles_of(peer, event))
		return REJECT_NONE;
	if (may_say[event->type] & ROLE_REPORTER)
		return reject(ret_why, REJECT_NOT_ALLOWED,
			      "%s may not speak of \"%s\"; its may_report in the plan does not "
			      "match that measure",
			      event->source, event->subject);
	return reject(ret_why, REJECT_NOT_ALLOWED,
		      "%s may not send %s; a steward can, over the daemon's local socket",
		      event->source, event_type_name(event->type));
}
