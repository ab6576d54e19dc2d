/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jetstream PORT MESSAGES WINDOW BYTES
 *
 * A client of NATS JetStream that makes a stream kept in files, publishes MESSAGES of BYTES bytes with WINDOW of
 * them unacknowledged, and prints as JSON what that took and how many messages the stream has then:
 * {"seconds","rate","stored"}. Written for this, since a general client would cost more than the server.
 *
 * What comes back are lines; each acknowledgement is a MSG whose payload names the stream and its sequence.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define ROOM (1 << 20)
#define CREATE                                                                                    \
	"{\"name\":\"EVENTS\",\"subjects\":[\"events\"],\"storage\":\"file\",\"retention\":"      \
	"\"limits\","                                                                             \
	"\"max_consumers\":-1,\"max_msgs\":-1,\"max_bytes\":-1,\"max_age\":0,\"num_replicas\":1," \
	"\"discard\":\"old\"}"

static int fd;
static char in[ROOM + 1];
static size_t have, used; /* bytes in it, and how many of them were taken */

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void die(const char *what)
{
	fprintf(stderr, "jetstream: %s\n", what);
	exit(1);
}

static void give(const char *bytes, size_t length)
{
	while (length) {
		ssize_t n = write(fd, bytes, length);

		if (n <= 0)
			die("the server hung up");
		bytes += n;
		length -= (size_t)n;
	}
}

static void more(void)
{
	ssize_t n;

	memmove(in, in + used, have - used);
	have -= used;
	used = 0;
	n = read(fd, in + have, ROOM - have);
	if (n <= 0)
		die("the server hung up");
	have += (size_t)n;
	in[have] = '\0';
}

/* Take the next line, and return it without its end; it is good until more is read. */
static char *line(void)
{
	char *begin, *end;

	while (!(end = memchr(in + used, '\n', have - used)))
		more();
	begin = in + used;
	used = (size_t)(end + 1 - in);
	*end = '\0';
	if (end > begin && end[-1] == '\r')
		end[-1] = '\0';
	return begin;
}

/* The payload of the next message to us; it is good until the next call. */
static const char *message(void)
{
	static char payload[4096];

	for (;;) {
		char *at = line();

		if (strncmp(at, "MSG ", 4) == 0) {
			size_t bytes = strtoul(strrchr(at, ' ') + 1, NULL, 10);

			if (bytes >= sizeof(payload))
				die("a message is too long");
			while (have - used < bytes + 2)
				more();
			memcpy(payload, in + used, bytes);
			payload[bytes] = '\0';
			used += bytes + 2;
			return payload;
		}
		if (strncmp(at, "-ERR", 4) == 0)
			die(at);
		if (strcmp(at, "PING") == 0)
			give("PONG\r\n", 6);
	}
}

/* The reply to a request of JetStream. */
static const char *ask(const char *subject, const char *body)
{
	char request[1024];
	int length = snprintf(request, sizeof(request), "PUB %s answers %zu\r\n%s\r\n", subject,
			      strlen(body), body);

	give(request, (size_t)length);
	return message();
}

static void connect_to(int port)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((unsigned short)port) };
	static const char hello[] =
		"CONNECT {\"verbose\":false,\"pedantic\":false}\r\nSUB answers 1\r\n";
	const int on = 1;

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	fd = socket(AF_INET, SOCK_STREAM, 0);
	if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof(to)) < 0)
		die("no server");
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	give(hello, sizeof(hello) - 1);
}

/* Fill the window, in one write, and take what has come back. */
static void publish(size_t messages, size_t window, size_t bytes)
{
	char *one = malloc(bytes + 64), *all;
	int head = one ? snprintf(one, 64, "PUB events answers %zu\r\n", bytes) : 0;
	size_t size = (size_t)head + bytes + 2;
	const char *reply;

	all = malloc(size * window);
	if (!one || !all)
		die("no memory");
	memset(one + head, 'x', bytes);
	one[(size_t)head + bytes] = '\r';
	one[(size_t)head + bytes + 1] = '\n';
	for (size_t i = 0; i < window; i++)
		memcpy(all + i * size, one, size);
	for (size_t sent = 0, got = 0; got < messages;) {
		size_t room = window - (sent - got), left = messages - sent,
		       n = room < left ? room : left;

		/* By halves, so that the server always has some in hand. */
		if (n && (n >= (window + 1) / 2 || n == left)) {
			give(all, n * size);
			sent += n;
		}
		if (!strstr(reply = message(), "\"seq\""))
			die(reply);
		got++;
	}
	free(one);
	free(all);
}

int main(int argc, char **argv)
{
	size_t messages, window, bytes;
	const char *info, *stored;
	double took;

	if (argc != 5) {
		fprintf(stderr, "usage: jetstream PORT MESSAGES WINDOW BYTES\n");
		return 64;
	}
	messages = strtoul(argv[2], NULL, 10);
	window = strtoul(argv[3], NULL, 10);
	bytes = strtoul(argv[4], NULL, 10);
	connect_to(atoi(argv[1]));
	if (strstr(ask("$JS.API.STREAM.CREATE.EVENTS", CREATE), "\"error\""))
		die("no stream");
	took = now();
	publish(messages, window, bytes);
	took = now() - took;
	info = ask("$JS.API.STREAM.INFO.EVENTS", "");
	stored = strstr(info, "\"messages\":");
	printf("{\"seconds\":%.3f,\"rate\":%.0f,\"stored\":%lu}\n", took, (double)messages / took,
	       stored ? strtoul(stored + 11, NULL, 10) : 0);
	close(fd);
	return 0;
}
