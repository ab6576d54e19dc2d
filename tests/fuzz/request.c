/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whatever bytes a visitor sends, cut as the network may cut them, and then leaves: the visitor is gone
 * soon after, and what is answered, if anything is, is one answer and ours, with the headers that all of
 * ours have. libmicrohttpd's own would lack them: so nothing that it finds fault with ever comes to it.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "web/exchange_inside.h"
#include "web/server.h"
#include "web/visitor.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define ROUNDS 20000 /* of the loop: far more than anything needs */

static struct plan plan = {
	.settings.web = { .listen = "127.0.0.1:7780",
			  .host = "127.0.0.1",
			  .port = 7780,
			  .public_url = "https://paminn.kommun.se",
			  .connections = 512,
			  .connections_per_address = 32 },
};
static struct engine engine = { .plan = &plan };
static struct web *web;
static sd_event *event;

static const char *never(void *userdata)
{
	(void)userdata;
	return NULL;
}

static void ends(void *userdata, int error)
{
	(void)userdata, (void)error;
	abort();
}

static void begin(void)
{
	static const struct web_calls calls = { .unready = never };

	assert(sd_event_new(&event) >= 0);
	assert(turn_new(&engine.turn, NULL, event, ends, NULL) == 0);
	assert(web_new(&web, &engine, event, &calls, NULL) == 0);
	web->places = 1;
	assert(server_new(&web->server, web) == 0);
	assert(web_adopt(web, NULL, NULL) == 0);
}

/* What has been answered so far, at the end of heard. */
static void listen_to(int fd, struct buffer *heard)
{
	char bytes[4096];
	ssize_t n;

	while ((n = recv(fd, bytes, sizeof(bytes), MSG_DONTWAIT)) > 0)
		assert(buffer_add(heard, bytes, (size_t)n) == 0);
}

static void let_run(void)
{
	int rounds = 0;

	while (sd_event_run(event, 0) > 0)
		assert(++rounds < ROUNDS);
}

static void judge(struct buffer *heard)
{
	static const char leave[] = "HTTP/1.1 100 Continue\r\n\r\n";
	char *text = heard->bytes;

	if (heard->length == 0)
		return;
	assert(buffer_add(heard, "", 1) == 0);
	text = heard->bytes;
	if (strncmp(text, leave, strlen(leave)) == 0)
		text += strlen(leave);
	if (*text == '\0')
		return; /* they left before the rest of it came */
	assert(strncmp(text, "HTTP/1.1 ", 9) == 0);
	assert(strstr(text, "\r\nConnection: close\r\n"));
	assert(strstr(text, "\r\nCache-Control: no-store\r\n"));
	assert(strstr(text, "\r\nContent-Security-Policy: default-src 'none'"));
	assert(strstr(text, "\r\n\r\n"));
	assert(!strstr(text + 9, "HTTP/1.1 "));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct sockaddr_in peer = { .sin_family = AF_INET };
	struct buffer heard = { NULL };
	size_t piece;
	int ends_of[2];

	if (size < 1)
		return 0;
	if (!web)
		begin();
	piece = data[0] ? (size_t)data[0] * 7 : SIZE_MAX;
	assert(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends_of) == 0);
	visitor_new(web, ends_of[0], (const struct sockaddr *)&peer);
	for (size_t at = 1; at < size;) {
		const size_t n = size - at < piece ? size - at : piece;
		const ssize_t sent = send(ends_of[1], data + at, n, MSG_NOSIGNAL);

		if (sent <= 0)
			break; /* they listen no more */
		at += (size_t)sent;
		let_run();
		listen_to(ends_of[1], &heard);
	}
	shutdown(ends_of[1], SHUT_WR);
	for (int rounds = 0; !LIST_EMPTY(&web->visitors); rounds++) {
		assert(rounds < ROUNDS);
		sd_event_run(event, 1000);
		listen_to(ends_of[1], &heard);
	}
	listen_to(ends_of[1], &heard);
	close(ends_of[1]);
	judge(&heard);
	buffer_done(&heard);
	return 0;
}
