/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a webhook's server says, in pieces as the network cuts it, through libcurl as it is. There is one verdict, no
 * sooner than a request was made; its answer is bounded and clean, and how long to wait is bounded.
 */
#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "delivery/transport.h"
#include "protocol/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define LONGEST_WAIT (INT64_C(5) * 86400 * 1000000) /* microseconds */

static struct {
	sd_event *event;
	void *out;
	int listener;
	char url[64];
	const uint8_t *data;
	size_t size, piece;
	bool over;
	struct result result;
} peer;

/* The request has come: say everything and hang up. */
static int on_request(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	char request[65536];
	const ssize_t n = read(fd, request, sizeof(request));

	(void)events, (void)userdata;
	if (n < 0 && errno == EAGAIN)
		return 0;
	for (size_t at = 0, length; n > 0 && at < peer.size; at += length) {
		length = peer.size - at < peer.piece ? peer.size - at : peer.piece;
		if (send(fd, peer.data + at, length, MSG_NOSIGNAL) < 0)
			break;
	}
	sd_event_source_unref(source);
	close(fd);
	return 0;
}

static int on_connect(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	const int one = accept(fd, NULL, NULL), at_once = 1;
	sd_event_source *io = NULL;

	(void)source, (void)events, (void)userdata;
	setsockopt(one, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof(at_once));
	if (one >= 0)
		assert(sd_event_add_io(peer.event, &io, one, EPOLLIN, on_request, NULL) >= 0);
	return 0;
}

static void on_done(void *userdata, const struct result *result)
{
	(void)userdata;
	assert(!peer.over);
	peer.over = true;
	peer.result = *result;
}

static void begin(void)
{
	static const struct limits limits = { { 4, 30, 60 }, { 30, 30, 30, 30, 30 } };
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t length = sizeof(at);

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert(sd_event_new(&peer.event) >= 0);
	assert(transport_webhook.new(&peer.out, peer.event, &limits) == 0);
	peer.listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	assert(bind(peer.listener, (struct sockaddr *)&at, sizeof(at)) == 0);
	assert(listen(peer.listener, 16) == 0);
	assert(getsockname(peer.listener, (struct sockaddr *)&at, &length) == 0);
	assert(sd_event_add_io(peer.event, NULL, peer.listener, EPOLLIN, on_connect, NULL) >= 0);
	snprintf(peer.url, sizeof(peer.url), "http://127.0.0.1:%u/", ntohs(at.sin_port));
}

static void check(const struct result *r)
{
	assert(strlen(r->answer) < sizeof(r->answer) && strlen(r->fault) < sizeof(r->fault));
	assert(text_is_clean(r->answer, strlen(r->answer), false));
	assert(text_is_clean(r->fault, strlen(r->fault), false));
	assert(r->wait.us >= 0 && r->wait.us <= LONGEST_WAIT);
	/* Only who has said 2xx has taken it. */
	assert(r->verdict != VERDICT_ACCEPTED || strstr(r->answer, " 2"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct send_request request = { .channel = "hook",
					      .url = peer.url,
					      .id = "msg_1",
					      .type = "application/json",
					      .bytes = "{}",
					      .length = 2,
					      .private_allowed = true };

	if (size < 1)
		return 0;
	if (!peer.event)
		begin();
	peer.data = data + 1;
	peer.size = size - 1;
	peer.piece = data[0] < 128 ? SIZE_MAX : (size_t)data[0] - 127;
	peer.over = false;
	if (transport_webhook.send(peer.out, &request, on_done, NULL, &peer.result) == SENT_BEGUN)
		while (!peer.over)
			assert(sd_event_run(peer.event, UINT64_MAX) >= 0);
	check(&peer.result);
	return 0;
}
