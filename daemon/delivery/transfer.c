/* SPDX-License-Identifier: Apache-2.0 */
/*
 * curl's multi socket interface on sd-event: curl says which sockets to watch and when it wants to be
 * called, the loop calls curl_multi_socket_action. An exchange belongs to the list of its transfer from
 * transfer_send until curl has reported its end; only then is its `done` called, so that a `done` may
 * begin new exchanges.
 *
 * A closing SMTP connection says QUIT, and curl waits for the answer without returning to the loop
 * (lib/smtp.c, smtp_disconnect): a server that is silent then would stop the daemon for the whole of
 * the answer's time limit. So whoever is going to close a connection stops reading from it first
 * (shutdown(SHUT_RD)): QUIT goes out and the wait ends at once.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/queue.h>
#include <sys/socket.h>
#include <unistd.h>

#include "delivery/address.h"
#include "delivery/transfer.h"

#define TIMER_ACCURACY_US 1000 /* of the loop's timer */

struct under_way {
	LIST_ENTRY(under_way) link;
	struct transfer *transfer;
	struct exchange x;
	void (*done)(void *userdata, const struct result *result);
	void *userdata;
};

/* A socket of a connection, in use or waiting. */
struct open_socket {
	LIST_ENTRY(open_socket) link;
	curl_socket_t fd;
};

struct transfer {
	sd_event *event;
	sd_event_source *timer;
	const struct way *way;
	struct transfer_limits limits;
	CURLM *multi;
	LIST_HEAD(, under_way) list;
	LIST_HEAD(, open_socket) sockets;
};

static void under_way_free(struct under_way *u)
{
	if (u->x.easy)
		curl_easy_cleanup(u->x.easy);
	curl_slist_free_all(u->x.list);
	free(u);
}

/* ---- what curl asks of the loop --------------------------------------------------------------- */

static void reap(struct transfer *t);

static int on_io(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	struct transfer *t = userdata;
	int mask = 0, running;

	(void)source;
	if (events & EPOLLIN)
		mask |= CURL_CSELECT_IN;
	if (events & EPOLLOUT)
		mask |= CURL_CSELECT_OUT;
	if (events & (EPOLLERR | EPOLLHUP))
		mask |= CURL_CSELECT_ERR;
	curl_multi_socket_action(t->multi, fd, mask, &running);
	reap(t);
	return 0;
}

static int on_timer(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct transfer *t = userdata;
	int running;

	(void)source;
	(void)usec;
	curl_multi_socket_action(t->multi, CURL_SOCKET_TIMEOUT, 0, &running);
	reap(t);
	return 0;
}

static int watch_socket(CURL *easy, curl_socket_t fd, int what, void *userdata, void *of_socket)
{
	struct transfer *t = userdata;
	sd_event_source *source = of_socket;
	uint32_t events = 0;

	(void)easy;
	if (what == CURL_POLL_REMOVE) {
		sd_event_source_disable_unref(source);
		return 0;
	}
	if (what & CURL_POLL_IN)
		events |= EPOLLIN;
	if (what & CURL_POLL_OUT)
		events |= EPOLLOUT;
	if (source)
		return sd_event_source_set_io_events(source, events) < 0 ? -1 : 0;
	if (sd_event_add_io(t->event, &source, fd, events, on_io, t) < 0)
		return -1;
	curl_multi_assign(t->multi, fd, source);
	return 0;
}

static int set_timer(CURLM *multi, long timeout_ms, void *userdata)
{
	struct transfer *t = userdata;

	(void)multi;
	if (timeout_ms < 0)
		return sd_event_source_set_enabled(t->timer, SD_EVENT_OFF) < 0 ? -1 : 0;
	if (sd_event_source_set_time_relative(t->timer, (uint64_t)timeout_ms * 1000) < 0 ||
	    sd_event_source_set_enabled(t->timer, SD_EVENT_ONESHOT) < 0)
		return -1;
	return 0;
}

/* ---- sockets: the only place where an address is judged ----------------------------------------- */

static bool may_reach(const struct parcel *parcel, const struct sockaddr *address)
{
	if (parcel->loopback_only && !address_is_loopback(address))
		return false;
	return parcel->private_allowed || address_is_public(address);
}

static curl_socket_t open_socket(void *userdata, curlsocktype purpose, struct curl_sockaddr *to)
{
	struct under_way *u = userdata;
	struct open_socket *s;

	(void)purpose;
	if (!may_reach(&u->x.parcel, &to->addr)) {
		u->x.addresses_refused++;
		address_text(&to->addr, u->x.refused);
		return CURL_SOCKET_BAD;
	}
	u->x.addresses_open++;
	s = calloc(1, sizeof(*s));
	if (!s)
		return CURL_SOCKET_BAD;
	s->fd = socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
	if (s->fd < 0) {
		free(s);
		return CURL_SOCKET_BAD;
	}
	LIST_INSERT_HEAD(&u->transfer->sockets, s, link);
	return s->fd;
}

static int close_socket(void *userdata, curl_socket_t fd)
{
	struct transfer *t = userdata;
	struct open_socket *s;

	LIST_FOREACH(s, &t->sockets, link)
	{
		if (s->fd == fd) {
			LIST_REMOVE(s, link);
			free(s);
			break;
		}
	}
	return close(fd);
}

/* ---- exchanges ----------------------------------------------------------------------------------- */

/* Report what has ended. */
static void reap(struct transfer *t)
{
	struct CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(t->multi, &left))) {
		struct under_way *u = NULL;
		CURLcode code = message->data.result;
		struct result result = { 0 };

		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &u);
		t->way->judge(&u->x, code, &result);
		curl_multi_remove_handle(t->multi, u->x.easy);
		LIST_REMOVE(u, link);
		u->done(u->userdata, &result);
		under_way_free(u);
	}
}

/* What every exchange has, whatever its way. */
static int set_common(struct under_way *u)
{
	const struct transfer_limits *limits = &u->transfer->limits;
	CURL *easy = u->x.easy;
	CURLcode code = CURLE_OK;

#define SET(option, value) code = code ? code : curl_easy_setopt(easy, CURLOPT_##option, value)
	SET(PRIVATE, u);
	SET(URL, u->x.parcel.url);
	SET(ERRORBUFFER, u->x.error);
	SET(NOSIGNAL, 1L);
	SET(PROXY, "");
	SET(CONNECTTIMEOUT, (long)limits->connect);
	SET(SERVER_RESPONSE_TIMEOUT, (long)limits->answer);
	SET(TIMEOUT, (long)limits->whole);
	SET(OPENSOCKETFUNCTION, open_socket);
	SET(OPENSOCKETDATA, u);
	SET(CLOSESOCKETFUNCTION, close_socket);
	SET(CLOSESOCKETDATA, u->transfer);
#undef SET
	return code ? -ENOMEM : 0;
}

int transfer_send(struct transfer *t, const struct parcel *parcel,
		  void (*done)(void *userdata, const struct result *result), void *userdata,
		  struct result *ret)
{
	struct result result = { 0 };
	struct under_way *u = calloc(1, sizeof(*u));
	int r;

	if (!u)
		return -ENOMEM;
	u->transfer = t;
	u->done = done;
	u->userdata = userdata;
	u->x.parcel = *parcel;
	u->x.easy = curl_easy_init();
	r = u->x.easy ? set_common(u) : -ENOMEM;
	if (r == 0)
		r = t->way->prepare(&u->x, &result);
	if (r == PREPARED && curl_multi_add_handle(t->multi, u->x.easy))
		r = -ENOMEM;
	if (r != PREPARED) {
		under_way_free(u);
		if (r == PREPARED_ENDED)
			*ret = result;
		return r;
	}
	LIST_INSERT_HEAD(&t->list, u, link);
	return 0;
}

void transfer_run(struct transfer *t, struct duration longest)
{
	int running;

	curl_multi_poll(t->multi, NULL, 0, (int)(longest.us / 1000), NULL);
	curl_multi_perform(t->multi, &running);
	reap(t);
}

/* ---- making and ending ----------------------------------------------------------------------------- */

int transfer_new(struct transfer **ret, sd_event *event, const struct way *way,
		 const struct transfer_limits *limits)
{
	struct transfer *t = calloc(1, sizeof(*t));
	CURLMcode code = CURLM_OK;
	int r;

	if (!t)
		return -ENOMEM;
	if (curl_global_init(CURL_GLOBAL_DEFAULT)) {
		free(t);
		return -ENOMEM;
	}
	t->event = sd_event_ref(event);
	t->way = way;
	t->limits = *limits;
	r = sd_event_add_time_relative(event, &t->timer, CLOCK_MONOTONIC, 0, TIMER_ACCURACY_US,
				       on_timer, t);
	if (r >= 0)
		r = sd_event_source_set_enabled(t->timer, SD_EVENT_OFF);
	t->multi = curl_multi_init();
	if (r < 0 || !t->multi) {
		transfer_free(t);
		return r < 0 ? r : -ENOMEM;
	}
#define SET(option, value) \
	code = code ? code : curl_multi_setopt(t->multi, CURLMOPT_##option, value)
	SET(SOCKETFUNCTION, watch_socket);
	SET(SOCKETDATA, t);
	SET(TIMERFUNCTION, set_timer);
	SET(TIMERDATA, t);
	SET(MAX_TOTAL_CONNECTIONS, (long)limits->connections);
	SET(MAXCONNECTS, (long)limits->connections); /* none is closed to make room: see above */
#undef SET
	if (code) {
		transfer_free(t);
		return -ENOMEM;
	}
	*ret = t;
	return 0;
}

struct transfer *transfer_free(struct transfer *t)
{
	struct under_way *u;
	struct open_socket *s;

	if (!t)
		return NULL;
	while ((u = LIST_FIRST(&t->list))) {
		LIST_REMOVE(u, link);
		/* A name being looked up is not waited for. */
		curl_easy_setopt(u->x.easy, CURLOPT_QUICK_EXIT, 1L);
		curl_multi_remove_handle(t->multi, u->x.easy);
		under_way_free(u);
	}
	LIST_FOREACH(s, &t->sockets, link)
	shutdown(s->fd, SHUT_RD);
	curl_multi_cleanup(t->multi);
	sd_event_source_disable_unref(t->timer);
	sd_event_unref(t->event);
	curl_global_cleanup();
	free(t);
	return NULL;
}
