/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Curl's multi socket interface on sd-event: curl says which sockets to watch and when it wants to be
 * called, the loop calls curl_multi_socket_action. What has ended is reported outside of curl's own
 * calls, so that whoever hears of it may end this exchange and begin others.
 */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "net/address.h"
#include "net/transfer.h"

#define TIMER_ACCURACY_US 1000 /* of the loop's timer */

struct transfer {
	sd_event *event;
	sd_event_source *timer;
	struct transfer_limits limits;
	CURLM *multi;
};

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

static bool may_reach(const struct destination *to, const struct sockaddr *address)
{
	if (to->loopback_only && !address_is_loopback(address))
		return false;
	return to->private_allowed || address_is_public(address);
}

/*
 * The kernel sends a SYN again after 1, 3, 7, 15, 31 … seconds, and gives up at the one after the last:
 * so many times as come nearest to what is allowed. Curl's own limit would take in what a mail server
 * does before its greeting, which may take minutes.
 */
static curl_socket_t connecting_socket(const struct curl_sockaddr *to, int seconds)
{
	int fd = socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol), again = 1;

	while ((2 << (again + 1)) - 1 <= seconds)
		again++;
	if (fd >= 0)
		setsockopt(fd, IPPROTO_TCP, TCP_SYNCNT, &again, sizeof(again));
	return fd;
}

static curl_socket_t open_socket(void *userdata, curlsocktype purpose, struct curl_sockaddr *to)
{
	struct exchange *x = userdata;

	(void)purpose;
	if (!may_reach(&x->to, &to->addr)) {
		x->addresses_refused++;
		address_text(&to->addr, x->refused);
		return CURL_SOCKET_BAD;
	}
	x->addresses_open++;
	return connecting_socket(to, x->transfer->limits.connect);
}

/* ---- exchanges ----------------------------------------------------------------------------------- */

/* Report what has ended. */
static void reap(struct transfer *t)
{
	struct CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(t->multi, &left))) {
		CURLcode code = message->data.result;
		struct exchange *x = NULL;

		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &x);
		x->ended(x, code);
	}
}

int exchange_init(struct exchange *x, struct transfer *t)
{
	CURLcode code = CURLE_OK;

	x->easy = curl_easy_init();
	if (!x->easy)
		return -ENOMEM;
#define SET(option, value) code = code ? code : curl_easy_setopt(x->easy, CURLOPT_##option, value)
	SET(PRIVATE, x);
	SET(URL, x->to.url);
	SET(ERRORBUFFER, x->error);
	SET(NOSIGNAL, 1L);
	SET(PROXY, "");
	SET(CONNECTTIMEOUT, (long)t->limits.connect);
	SET(TIMEOUT, (long)t->limits.whole);
	SET(SSL_VERIFYPEER, 1L);
	SET(SSL_VERIFYHOST, 2L);
	SET(SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (x->to.ca_file) {
		SET(CAINFO, x->to.ca_file);
		SET(CAPATH, NULL); /* instead of the system's, not besides */
	}
	SET(OPENSOCKETFUNCTION, open_socket);
	SET(OPENSOCKETDATA, x);
#undef SET
	x->transfer = t;
	return code ? -ENOMEM : 0;
}

int transfer_add(struct exchange *x)
{
	return curl_multi_add_handle(x->transfer->multi, x->easy) ? -ENOMEM : 0;
}

void exchange_done(struct exchange *x)
{
	if (!x->easy)
		return;
	/* A name that is being looked up is not waited for. */
	curl_easy_setopt(x->easy, CURLOPT_QUICK_EXIT, 1L);
	curl_multi_remove_handle(x->transfer->multi, x->easy);
	curl_easy_cleanup(x->easy);
	x->easy = NULL;
}

const char *exchange_error(const struct exchange *x, CURLcode code)
{
	return x->error[0] ? x->error : curl_easy_strerror(code);
}

bool exchange_is_refused(const struct exchange *x)
{
	return x->addresses_refused > 0 && x->addresses_open == 0;
}

void transfer_run(struct transfer *t, struct curl_waitfd *extra, unsigned count,
		  struct duration longest)
{
	int running;

	curl_multi_poll(t->multi, extra, count, (int)(longest.us / 1000), NULL);
	curl_multi_perform(t->multi, &running);
	reap(t);
}

/* ---- making and ending ----------------------------------------------------------------------------- */

static int set_up(struct transfer *t)
{
	CURLMcode code = CURLM_OK;
	int r = sd_event_add_time_relative(t->event, &t->timer, CLOCK_MONOTONIC, 0,
					   TIMER_ACCURACY_US, on_timer, t);

	if (r >= 0)
		r = sd_event_source_set_enabled(t->timer, SD_EVENT_OFF);
	if (r < 0)
		return r;
	t->multi = curl_multi_init();
	if (!t->multi)
		return -ENOMEM;
#define SET(option, value) \
	code = code ? code : curl_multi_setopt(t->multi, CURLMOPT_##option, value)
	SET(SOCKETFUNCTION, watch_socket);
	SET(SOCKETDATA, t);
	SET(TIMERFUNCTION, set_timer);
	SET(TIMERDATA, t);
	SET(MAX_TOTAL_CONNECTIONS, (long)t->limits.connections);
	SET(MAXCONNECTS, (long)t->limits.connections);
#undef SET
	return code ? -ENOMEM : 0;
}

int transfer_new(struct transfer **ret, sd_event *event, const struct transfer_limits *limits)
{
	struct transfer *t = calloc(1, sizeof(*t));
	int r;

	if (!t)
		return -ENOMEM;
	if (curl_global_init(CURL_GLOBAL_DEFAULT)) {
		free(t);
		return -ENOMEM;
	}
	t->event = sd_event_ref(event);
	t->limits = *limits;
	r = set_up(t);
	if (r < 0) {
		transfer_free(t);
		return r;
	}
	*ret = t;
	return 0;
}

struct transfer *transfer_free(struct transfer *t)
{
	if (!t)
		return NULL;
	curl_multi_cleanup(t->multi);
	sd_event_source_disable_unref(t->timer);
	sd_event_unref(t->event);
	curl_global_cleanup();
	free(t);
	return NULL;
}
