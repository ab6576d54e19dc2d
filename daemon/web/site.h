/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the server, and the handlers, share. */
#pragma once
#include <sys/queue.h>
#include <systemd/sd-event.h>

#include "base/instant.h"
#include "web/refusal.h"
#include "web/remote.h"
#include "web/web.h"

struct askers;
struct exchange;
struct listener;
struct lookups;
struct refusal_pages;
struct server;
struct visitor;

/* A page loads nothing, runs nothing, is framed nowhere, and sends its forms nowhere else. */
#define WEB_POLICY "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
#define WEB_POLICY_ROOM 320 /* with the style sheets */

#define WEB_ROOT_ROOM 256

struct web {
	struct engine *engine; /* its plan has the settings */
	sd_event *event;
	const struct web_calls *calls;
	void *userdata; /* of the calls */
	const struct templates *templates;
	const struct links *links; /* NULL: none are read */
	struct listener *listener; /* NULL: nothing is listened to */
	struct server *server;
	struct askers *askers;	 /* who asks for links to sign in */
	struct lookups *lookups; /* what pages ask the store */
	bool stopping;		 /* no handler is called any more */
	struct refusal_pages *refusals;
	char root
		[WEB_ROOT_ROOM]; /* the path of public_url, with a "/" at its end: what our own links begin with */
	char policy[WEB_POLICY_ROOM]; /* of the words in force: what a page may load and do */
	LIST_HEAD(, visitor) visitors;
	size_t places; /* for visitors */
	size_t visitor_count, turned_away;
	sd_event_source *sweep;		       /* looks for visitors whose time is up */
	TAILQ_HEAD(waiting, exchange) waiting; /* for the end of the turn */
	struct waiting pausing;		       /* for time to pass */
	sd_event_source *pause;
	struct refusals_told {
		struct mono at; /* 0: never */
		uint64_t unsaid;
	} told[REFUSALS];	/* in the log */
	struct mono often_said; /* that somebody has asked for too many links; 0: never */
	struct mono short_said; /* that descriptors are short; 0: never */
};

/* The settings in force. */
static inline const struct web_settings *web_settings(const struct web *w)
{
	return &w->engine->plan->settings.web;
}
