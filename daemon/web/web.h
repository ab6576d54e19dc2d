/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The door of the pages: an HTTP server in the daemon's one loop. What a request may cost, and who is let
 * in: web/visitor.h. What a page does: web/exchange.h, and its row in web/paths.c.
 */
#pragma once
#include "engine/engine.h"
#include "gate/accept.h"
#include "message/link.h"
#include "message/templates.h"

struct web;

struct web_calls {
	/* An event came in by a page and will be in the feed once the turn has committed. */
	void (*accepted)(void *userdata, const struct event *event, struct instant now);
	/* Why the daemon is not ready, as a sentence; NULL when it is. */
	const char *(*unready)(void *userdata);
	/* Carry out a command at once, as the client's: one of hold, retry, drop, message, with params that
	 * request_check has passed, of who is signed in. Its answer, a new reference; NULL: no memory. */
	json_t *(*command)(void *userdata, enum request which, const json_t *params,
			   const struct person *by);
};

/* All is borrowed, and the loop. Nothing is listened to yet. 0 or a negative errno. */
int web_new(struct web **ret, struct engine *e, sd_event *event, const struct web_calls *calls,
	    void *userdata);
/*
 * Listen where these settings say, or nowhere. 0; or a negative errno with the sentence, and what was
 * listened to before is listened to still. Requests that are under way stay.
 */
int web_configure(struct web *w, const struct web_settings *settings, struct rejection *ret_why);
/*
 * The words, and what links are read with (NULL: none are), from now on; borrowed. Before the first request,
 * and when a reload has replaced them. 0; or a negative errno, and the pages of refusals are the former ones.
 */
int web_adopt(struct web *w, const struct templates *templates, const struct links *links);
/*
 * Nobody is let in any more, whose request is there only now is told to come again, and answers that are ready leave
 * as far as the sockets take them.
 */
void web_stop(struct web *w);
struct web *web_free(struct web *w);
