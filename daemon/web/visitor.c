/* SPDX-License-Identifier: Apache-2.0 */
#include "web/visitor.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "web/refusal_send.h"
#include "web/screen.h"
#include "web/server.h"

#define SWEEP_US 250000 /* how often time is looked at, while anybody is there */
#define LEAVE_TIME SECONDS(2)
#define LEAVE_BYTES (4 * (size_t)BODY_MAX) /* that are thrown away for somebody, and no more */
#define AWAY_MAX 64 /* beyond the connections that there may be, for a moment */
/* Read together and looked at in one piece, never kept: one is enough for all. */
static char scratch[HEAD_MAX];

/* ---- time -------------------------------------------------------------------------------------------- */

static void give_time(struct visitor *v, struct duration time)
{
	v->until = (struct mono){ clock_mono().us + time.us };
}

static void refuse(struct visitor *v, enum refusal why, const struct head *head);

static void time_is_up(struct visitor *v)
{
	switch (v->state) {
	case VISITOR_READING:
		if (v->begun)
			refuse(v, REFUSAL_LATE, NULL);
		else
			visitor_free(v); /* has said nothing: a browser that connected in case */
		break;
	case VISITOR_SERVED:
		if (!v->whole) {
			refusal_tell(v->web, &v->remote, REFUSAL_LATE);
			refusal_send(v->web, v->fd, REFUSAL_LATE, NULL);
		}
		/* libmicrohttpd sees that nothing more will come, and closes it. */
		shutdown(v->fd, SHUT_RDWR);
		v->until = (struct mono){ INT64_MAX };
		break;
	case VISITOR_LEAVING:
		visitor_free(v);
		break;
	}
}

static int arm_sweep(struct web *w)
{
	int r = sd_event_source_set_time_relative(w->sweep, SWEEP_US);

	return r < 0 ? r : sd_event_source_set_enabled(w->sweep, SD_EVENT_ONESHOT);
}

static int on_sweep(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct web *w = userdata;
	const struct mono now = clock_mono();
	struct visitor *v, *next;

	(void)source, (void)usec;
	for (v = LIST_FIRST(&w->visitors); v; v = next) {
		next = LIST_NEXT(v, link);
		if (v->until.us <= now.us)
			time_is_up(v);
	}
	return LIST_EMPTY(&w->visitors) ? 0 : arm_sweep(w);
}

int visitors_begin(struct web *w)
{
	int r = sd_event_add_time_relative(w->event, &w->sweep, CLOCK_BOOTTIME, 0, SWEEP_US / 4,
					   on_sweep, w);

	return r < 0 ? r : sd_event_source_set_enabled(w->sweep, SD_EVENT_OFF);
}

void visitor_has_come(struct visitor *v)
{
	v->whole = true;
	v->until = (struct mono){ INT64_MAX }; /* the turn ends soon */
}

bool visitor_has_left(const struct visitor *v)
{
	struct pollfd at = { .fd = v->fd, .events = POLLRDHUP };

	return poll(&at, 1, 0) > 0 && at.revents;
}

void visitor_is_answered(struct visitor *v)
{
	give_time(v, ANSWER_TIME);
}

/* ---- leaving ----------------------------------------------------------------------------------------- */

static int on_leaving(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	struct visitor *v = userdata;
	ssize_t n;

	(void)source, (void)events;
	n = recv(fd, scratch, sizeof(scratch), MSG_DONTWAIT);
	if (n > 0)
		v->thrown += (size_t)n;
	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR) || v->thrown > LEAVE_BYTES)
		visitor_free(v);
	return 0;
}

static int watch(struct visitor *v, uint32_t events, sd_event_io_handler_t heard)
{
	v->io = sd_event_source_disable_unref(v->io);
	return sd_event_add_io(v->web->event, &v->io, v->fd, events, heard, v);
}

static void refuse(struct visitor *v, enum refusal why, const struct head *head)
{
	refusal_tell(v->web, &v->remote, why);
	refusal_send(v->web, v->fd, why, head);
	shutdown(v->fd, SHUT_WR);
	v->state = VISITOR_LEAVING;
	give_time(v, LEAVE_TIME);
	if (watch(v, EPOLLIN, on_leaving) < 0)
		visitor_free(v);
}

/* ---- who it is --------------------------------------------------------------------------------------- */

static bool is_proxy(const struct web *w, const struct remote *who)
{
	const struct web_settings *settings = web_settings(w);
	struct remote proxy;

	for (size_t i = 0; i < settings->proxy_count; i++)
		if (remote_parse(settings->proxies[i], strlen(settings->proxies[i]), &proxy) &&
		    remote_is(&proxy, who))
			return true;
	return false;
}

/* Has the address of v as many connections as it may have, besides v? */
static bool has_its_share(const struct visitor *v)
{
	const struct web *w = v->web;
	const struct visitor *other;
	int count = 0;

	LIST_FOREACH (other, &w->visitors, link)
		count += other != v && other->known && remote_counts_as(&other->remote, &v->remote);
	return count >= web_settings(w)->connections_per_address;
}

/*
 * The last address of the header that is not a proxy of ours: what stands before it is whatever a stranger
 * wrote there. Nobody is known when there is none.
 */
static void learn_of_proxy(struct visitor *v, struct piece forwarded)
{
	while (v->proxied && forwarded.at && forwarded.length > 0) {
		const char *comma = memrchr(forwarded.at, ',', forwarded.length);
		struct piece last = forwarded;
		struct remote who;

		if (comma) {
			last.at = comma + 1;
			last.length = forwarded.length - (size_t)(last.at - forwarded.at);
			forwarded.length = (size_t)(comma - forwarded.at);
		} else {
			forwarded.length = 0;
		}
		last = piece_trimmed(last);
		if (!remote_parse(last.at, last.length, &who))
			return;
		v->remote = who;
		if (!is_proxy(v->web, &who)) {
			v->known = true;
			return;
		}
	}
}

/* ---- reading ----------------------------------------------------------------------------------------- */

/* Its head is good: libmicrohttpd goes on. */
static void serve(struct visitor *v, const struct head *head, const struct place *place)
{
	if (exchange_new(&v->exchange, v, head, place) < 0) {
		refuse(v, REFUSAL_BROKEN, head);
		return;
	}
	v->io = sd_event_source_disable_unref(v->io);
	v->state = VISITOR_SERVED;
	server_take(v->web->server, v);
}

static void let_in(struct visitor *v, const struct head *head)
{
	struct place place;
	enum refusal why;

	path_find(v->web->links, head->path, &place);
	why = screen(web_settings(v->web), head, place.row);
	learn_of_proxy(v, head->forwarded);
	if (v->proxied && v->known && has_its_share(v))
		why = REFUSAL_MANY;
	if (why != REFUSAL_NONE)
		refuse(v, why, head);
	else
		serve(v, head, &place);
}

/* Each time something has come, all that is there is looked at from the beginning: that is little, and a
 * reader that goes on where it stopped would be another state for each visitor. */
static int on_reading(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	struct visitor *v = userdata;
	struct head head;
	enum refusal why;
	ssize_t n;

	(void)source;
	n = recv(fd, scratch, sizeof(scratch), MSG_PEEK | MSG_DONTWAIT);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	if (n <= 0) {
		visitor_free(v);
		return 0;
	}
	v->begun = true;
	switch (head_read(scratch, (size_t)n, &head, &why)) {
	case HEAD_COMPLETE:
		let_in(v, &head);
		break;
	case HEAD_REFUSED:
		learn_of_proxy(v, head.forwarded);
		refuse(v, why, &head);
		break;
	case HEAD_INCOMPLETE:
		if (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR))
			visitor_free(v); /* they have left: the rest will not come */
		break;
	}
	return 0;
}

/* ---- coming and going -------------------------------------------------------------------------------- */

/* At once, with some of them given the moment in which the answer can be read: they are beyond all counts. */
static void turn_away(struct visitor *v, enum refusal why)
{
	if (v->web->turned_away < AWAY_MAX) {
		v->away = true;
		v->web->turned_away++;
		refuse(v, why, NULL);
		return;
	}
	refusal_tell(v->web, &v->remote, why);
	refusal_send(v->web, v->fd, why, NULL);
	visitor_free(v);
}

/* Is there a place in all, and one for the address? */
static enum refusal find_place(const struct visitor *v)
{
	const struct web *w = v->web;

	if (w->visitor_count >= w->places)
		return REFUSAL_BUSY;
	return v->known && has_its_share(v) ? REFUSAL_MANY : REFUSAL_NONE;
}

static struct visitor *visitor_begin(struct web *w, int fd, const struct sockaddr *peer)
{
	struct visitor *v = calloc(1, sizeof(*v));

	if (!v) {
		close(fd);
		return NULL;
	}
	*v = (struct visitor){ .web = w, .fd = fd };
	if (LIST_EMPTY(&w->visitors))
		arm_sweep(w);
	LIST_INSERT_HEAD(&w->visitors, v, link);
	if (!remote_of(peer, &v->remote))
		return visitor_free(v);
	v->proxied = is_proxy(w, &v->remote);
	v->known = !v->proxied;
	return v;
}

void visitor_new(struct web *w, int fd, const struct sockaddr *peer)
{
	struct visitor *v = visitor_begin(w, fd, peer);
	enum refusal why;

	if (!v)
		return;
	why = find_place(v);
	if (why != REFUSAL_NONE) {
		v->known = false;
		turn_away(v, why);
		return;
	}
	v->counted = true;
	w->visitor_count++;
	give_time(v, REQUEST_TIME);
	/* Edge-triggered: what has been looked at stays in the socket. */
	if (watch(v, EPOLLIN | EPOLLRDHUP | EPOLLET, on_reading) < 0)
		visitor_free(v);
}

struct visitor *visitor_free(struct visitor *v)
{
	if (!v)
		return NULL;
	LIST_REMOVE(v, link);
	v->web->visitor_count -= v->counted;
	v->web->turned_away -= v->away;
	sd_event_source_disable_unref(v->io);
	if (v->state != VISITOR_SERVED)
		close(v->fd);
	exchange_free(v->exchange);
	free(v);
	return NULL;
}

void visitors_turn_out(struct web *w)
{
	struct visitor *v, *next;

	for (v = LIST_FIRST(&w->visitors); v; v = next) {
		next = LIST_NEXT(v, link);
		if (v->state != VISITOR_SERVED)
			visitor_free(v);
	}
}
