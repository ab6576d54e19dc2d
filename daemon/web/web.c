/* SPDX-License-Identifier: Apache-2.0 */
#include "web/web.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/log.h"
#include "plan/mail_address.h"
#include "web/askers.h"
#include "web/exchange_inside.h"
#include "web/headers.h"
#include "web/listener.h"
#include "web/lookup.h"
#include "web/pause.h"
#include "web/server.h"
#include "web/visitor.h"

static void on_turn_end(void *userdata, enum turn_end end)
{
	exchanges_go_on(userdata, end);
}

int web_new(struct web **ret, struct engine *e, sd_event *event, const struct web_calls *calls,
	    void *userdata)
{
	struct web *w = calloc(1, sizeof(*w));
	int r;

	if (!w)
		return -ENOMEM;
	w->engine = e;
	w->event = event;
	w->askers = calloc(1, sizeof(*w->askers));
	w->calls = calls;
	w->userdata = userdata;
	LIST_INIT(&w->visitors);
	TAILQ_INIT(&w->waiting);
	r = w->askers ? visitors_begin(w) : -ENOMEM;
	if (r >= 0)
		r = pauses_begin(w);
	if (r >= 0)
		r = lookups_new(&w->lookups, w);
	if (r >= 0)
		r = turn_follow(e->turn, on_turn_end, w);
	if (r < 0) {
		web_free(w);
		return r;
	}
	*ret = w;
	return 0;
}

/*
 * Half of the descriptors that this process may have are for others: the ledger, who sends events, servers of mail.
 * libzmq ends a process that has none left for it.
 */
static size_t places(const struct web_settings *settings)
{
	const size_t wanted = (size_t)settings->connections;
	struct rlimit may;

	if (getrlimit(RLIMIT_NOFILE, &may) < 0 || wanted <= may.rlim_cur / 2)
		return wanted;
	log_warning("web.connections is %zu, but this process may have %ju open files: %ju "
		    "connections are let in (LimitNOFILE= of the unit, or ulimit -n, raises that)",
		    wanted, (uintmax_t)may.rlim_cur, (uintmax_t)may.rlim_cur / 2);
	return (size_t)may.rlim_cur / 2;
}

int web_configure(struct web *w, const struct web_settings *settings, struct rejection *ret_why)
{
	struct listener *listener = NULL;
	int r = 0;

	if (settings->listen)
		w->places = places(settings);
	if (listener_is_at(w->listener, settings))
		return 0;
	if (settings->listen && !w->server) {
		r = server_new(&w->server, w);
		if (r < 0)
			reject(ret_why, RETRY_BUSY, "the pages can not be served: %s",
			       strerror(-r));
	}
	if (settings->listen && r == 0)
		r = listener_new(&listener, w, settings, ret_why);
	if (r == 0) {
		listener_free(w->listener);
		w->listener = listener;
	}
	return r;
}

/* "https://paminn.region.se/p" has its pages under "/p/". */
static void adopt_root(struct web *w)
{
	const char *url = web_settings(w)->public_url, *host = url ? strstr(url, "://") : NULL;

	snprintf(w->root, sizeof(w->root), "%s/", host ? strchrnul(host + 3, '/') : "");
}

int web_adopt(struct web *w, const struct templates *templates, const struct links *links)
{
	const char *reply_to = w->engine->plan->settings.mail.reply_to;
	char *write_to = reply_to ? mail_address_shown(reply_to) : NULL;
	struct refusal_pages *pages;
	int r = reply_to && !write_to ? -ENOMEM : headers_adopt(w, templates);

	adopt_root(w);
	if (r == 0)
		r = refusal_pages_new(&pages, templates, w->root, write_to);
	free(write_to);
	w->templates = templates;
	w->links = links;
	if (r == 0) {
		refusal_pages_free(w->refusals);
		w->refusals = pages;
	}
	return r;
}

void web_stop(struct web *w)
{
	w->stopping = true;
	w->listener = listener_free(w->listener);
	visitors_turn_out(w);
	lookups_stop(w->lookups);
	pauses_end(w);
	/* What the turn's end has answered is taken up, begun and written in a round each. */
	for (int round = 0; w->server && round < 4; round++)
		server_run(w->server);
}

/* Nobody waits for a turn that will not end any more. */
struct web *web_free(struct web *w)
{
	if (!w)
		return NULL;
	turn_forget(w->engine->turn, w);
	exchanges_go_on(w, TURN_FULL);
	pauses_end(w);
	listener_free(w->listener);
	visitors_turn_out(w);
	lookups_stop(w->lookups);
	server_free(w->server);
	lookups_free(w->lookups);
	sd_event_source_disable_unref(w->sweep);
	free(w->askers);
	refusal_pages_free(w->refusals);
	free(w);
	return NULL;
}
