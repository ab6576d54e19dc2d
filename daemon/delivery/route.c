/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A server is down from the first attempt whose failure would befall any message (result.server) to
 * the first that ends otherwise; where it refuses us, to the first that is accepted. While it is down
 * it is closed until an instant; then one message tries it. So a thousand messages cost a few
 * attempts, not a thousand, and each attempt that is made counts for its message as any other does.
 *
 * More attempts are started than there are connections: while the ledger commits, those that wait
 * keep the connections busy. Few more, because a crash leaves each with an unknown outcome.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/loop.h"
#include "base/zone.h"
#include "delivery/kind.h"
#include "delivery/route.h"
#include "net/address.h"
#include "net/oauth.h"
#include "protocol/text.h"

#define STARTED_AHEAD 4 /* attempts started for each connection */

/* Until a server that is down is tried again, after the first, second, … failure. */
static const struct duration pauses[] = { SECONDS(5), SECONDS(30), MINUTES(1), MINUTES(5) };
static const struct duration remind_every = HOURS(1);
static const struct duration disabled_pause = HOURS(1);

/* While it is down, however seldom it is tried. */
static void on_hour(void *userdata)
{
	struct route *r = userdata;
	char since[RFC3339_TEXT];

	log_warning("channel %s has been down since %s: %s; messages wait", r->channel->name,
		    zone_format_second(r->down_since, since), r->fault);
	timer_set(r->hour, instant_add(clock_now(), remind_every));
}

int route_new(struct route **ret, sd_event *event, struct plan *plan, const struct channel *channel)
{
	const struct channel_kind *kind = kind_of(channel);
	struct limits limits = kind->limits(plan);
	struct route *r = calloc(1, sizeof(*r));
	int error;

	if (!r)
		return -ENOMEM;
	r->plan = plan_ref(plan);
	r->channel = channel;
	r->connections = limits.net.connections;
	r->transport = kind->transport;
	doubt_init(&r->doubt);
	const int here =
		clock_is_rehearsal() ? address_url_is_loopback(kind_server(plan, channel).url) : 1;
	if (here == 0)
		r->transport = &transport_dryrun;
	error = here < 0 ? here : timer_new(&r->hour, event, on_hour, r);
	if (error >= 0)
		error = r->transport->new (&r->out, event, &limits);
	if (error < 0) {
		timer_free(r->hour);
		plan_unref(r->plan);
		free(r);
		return error;
	}
	*ret = r;
	return 0;
}

struct route *route_free(struct route *r)
{
	if (!r)
		return NULL;
	r->transport->free(r->out);
	timer_free(r->hour);
	doubt_done(&r->doubt);
	plan_unref(r->plan);
	free(r);
	return NULL;
}

/* A connection that is open was made under the old ones; what is said on it may change. */
static bool same_server(const struct send_request *a, const struct send_request *b)
{
	return a->tls == b->tls && a->private_allowed == b->private_allowed &&
	       text_same(a->url, b->url) && text_same(a->ca_file, b->ca_file) &&
	       text_same(a->user, b->user) && text_same(a->password_file, b->password_file) &&
	       oauth_is_same(a->oauth, b->oauth);
}

bool route_same(const struct route *r, const struct plan *plan, const struct channel *channel)
{
	const struct send_request before = kind_server(r->plan, r->channel),
				  after = kind_server(plan, channel);
	const struct channel_kind *kind = kind_of(channel);

	return !r->retired && strcmp(before.channel, after.channel) == 0 &&
	       kind_of(r->channel)->transport == kind->transport &&
	       r->connections == kind->limits(plan).net.connections && same_server(&before, &after);
}

void route_adopt(struct route *r, struct plan *plan, const struct channel *channel)
{
	struct plan *old = r->plan;

	r->plan = plan_ref(plan);
	r->channel = channel;
	r->disabled = false;
	plan_unref(old);
}

int route_room(const struct route *r, struct instant now)
{
	int most = r->failures > 0 ? 1 : r->connections * STARTED_AHEAD;

	if (instant_compare(route_opens(r, now), now) > 0 || r->waiting >= most)
		return 0;
	return most - r->waiting;
}

struct instant route_opens(const struct route *r, struct instant now)
{
	if (r->disabled)
		return instant_add(now, disabled_pause);
	return r->failures > 0 ? instant_max(now, r->closed_until) : now;
}

static bool note_failure(struct route *r, const struct result *result, struct instant now)
{
	const size_t last = sizeof(pauses) / sizeof(*pauses) - 1;
	size_t n = (size_t)r->failures < last ? (size_t)r->failures : last;
	struct duration pause = result->wait.us > pauses[n].us ? result->wait : pauses[n];
	bool first = r->failures == 0;

	memcpy(r->fault, result->fault, sizeof(r->fault));
	if (first) {
		r->down_since = now;
		timer_set(r->hour, instant_add(now, remind_every));
		log_error("channel %s is down: %s; messages wait, and it is tried again",
			  r->channel->name, result->fault);
	}
	/* Those that were under way together failed together: that is one failure. */
	if (first || instant_compare(now, r->closed_until) >= 0)
		r->failures++;
	else
		return false;
	r->closed_until = instant_add(now, pause);
	return first;
}

bool route_note(struct route *r, const struct tried *who, struct result *result, struct instant now)
{
	char since[RFC3339_TEXT];

	if (doubt_settle(&r->doubt, who, result))
		log_warning("channel %s: %s, twice; how other messages fare tells whether it is "
			    "about this host or the recipient, and the message is tried again",
			    r->channel->name, result->fault);
	if (result->gone && !r->disabled) {
		r->disabled = true;
		log_error(
			"channel %s wants no more messages (its server answered 410): none is sent "
			"until a reload; correct or remove the channel",
			r->channel->name);
	}
	if (result->server)
		return note_failure(r, result, now);
	if (r->failures == 0 || doubt_is_about_us(&r->doubt))
		return false;
	r->failures = 0;
	timer_set(r->hour, INSTANT_NONE);
	log_notice("channel %s is back; it was down since %s", r->channel->name,
		   zone_format_second(r->down_since, since));
	return true;
}
