/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ours rather than libmicrohttpd's, which leaves those beyond its limit waiting in the kernel instead of
 * telling them, counts no addresses but the peer's, and can't move to another port without losing everybody.
 *
 * Without a descriptor for one more connection accept fails and the socket stays ready: looking again at once
 * would be all that the daemon does. So it looks away for a moment.
 */
#include "web/listener.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/let_in.h"
#include "base/log.h"
#include "web/visitor.h"

#define WAITING 511	   /* connections that the kernel keeps for us */
#define ACCEPTS_A_ROUND 16 /* then others have their turn */
#define UNREAD \
	65536 /* bytes of an answer that the kernel keeps for who reads slowly; it doubles that */
#define LOOK_AWAY_US 500000

struct listener {
	struct web *web;
	int fd;
	char host[INET6_ADDRSTRLEN];
	unsigned port;
	sd_event_source *io, *again;
};

static int on_again(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct listener *l = userdata;

	(void)source, (void)usec;
	return sd_event_source_set_enabled(l->io, SD_EVENT_ON);
}

static void look_away(struct listener *l, int error)
{
	const struct mono now = clock_mono();

	if (now.us - l->web->short_said.us > SECONDS(60).us || !l->web->short_said.us) {
		l->web->short_said = now;
		log_error("web: nobody can be let in for the moment: %s", strerror(error));
	}
	sd_event_source_set_enabled(l->io, SD_EVENT_OFF);
	sd_event_source_set_time_relative(l->again, LOOK_AWAY_US);
	sd_event_source_set_enabled(l->again, SD_EVENT_ONESHOT);
}

static int on_connect(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	struct listener *l = userdata;

	(void)source, (void)events;
	for (int i = 0; i < ACCEPTS_A_ROUND; i++) {
		struct sockaddr_storage peer;
		socklen_t size = sizeof(peer);
		const int one = let_in_visitor(fd, (struct sockaddr *)&peer, &size);

		if (one >= 0) {
			visitor_new(l->web, one, (const struct sockaddr *)&peer);
		} else if (one == -EMFILE || one == -ENFILE || one == -ENOBUFS || one == -ENOMEM) {
			look_away(l, -one);
			break;
		} else if (one == -EAGAIN) {
			break;
		} /* else that one has left again, or was turned away */
	}
	return 0;
}

static int listen_at(const struct listener *l)
{
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6, .sin6_port = htons((uint16_t)l->port) };
	struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = htons((uint16_t)l->port) };
	const bool is_v4 = inet_pton(AF_INET, l->host, &v4.sin_addr) == 1;
	const struct sockaddr *at =
		is_v4 ? (const struct sockaddr *)&v4 : (const struct sockaddr *)&v6;
	const socklen_t size = is_v4 ? sizeof(v4) : sizeof(v6);
	const int yes = 1, unread = UNREAD;

	if (!is_v4 && inet_pton(AF_INET6, l->host, &v6.sin6_addr) != 1)
		return -EINVAL;
	if (setsockopt(l->fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) < 0 ||
	    setsockopt(l->fd, SOL_SOCKET, SO_SNDBUF, &unread, sizeof(unread)) < 0 ||
	    bind(l->fd, at, size) < 0 || listen(l->fd, WAITING) < 0)
		return -errno;
	return 0;
}

static int open_socket(struct listener *l)
{
	l->fd = socket(strchr(l->host, ':') ? AF_INET6 : AF_INET,
		       SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	return l->fd < 0 ? -errno : listen_at(l);
}

static int watch(struct listener *l)
{
	int r = sd_event_add_io(l->web->event, &l->io, l->fd, EPOLLIN, on_connect, l);

	if (r >= 0)
		r = sd_event_add_time_relative(l->web->event, &l->again, CLOCK_BOOTTIME, 0, 0,
					       on_again, l);
	if (r >= 0)
		r = sd_event_source_set_enabled(l->again, SD_EVENT_OFF);
	return r < 0 ? r : 0;
}

int listener_new(struct listener **ret, struct web *w, const struct web_settings *settings,
		 struct rejection *ret_why)
{
	struct listener *l = calloc(1, sizeof(*l));
	int r = -ENOMEM;

	if (l) {
		*l = (struct listener){ .web = w, .fd = -1, .port = settings->port };
		snprintf(l->host, sizeof(l->host), "%s", settings->host);
		r = open_socket(l);
	}
	if (r == 0)
		r = watch(l);
	if (r < 0) {
		reject(ret_why, REJECT_BAD_DATA, "web.listen: %s can not be listened to: %s",
		       settings->listen, strerror(-r));
		listener_free(l);
		return r;
	}
	log_info("web at %s", settings->listen);
	*ret = l;
	return 0;
}

bool listener_is_at(const struct listener *l, const struct web_settings *settings)
{
	return l && settings->listen && strcmp(l->host, settings->host) == 0 &&
	       l->port == settings->port;
}

struct listener *listener_free(struct listener *l)
{
	if (!l)
		return NULL;
	sd_event_source_disable_unref(l->io);
	sd_event_source_disable_unref(l->again);
	if (l->fd >= 0)
		close(l->fd);
	free(l);
	return NULL;
}
