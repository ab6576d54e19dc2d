/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sink PORT
 *
 * An HTTP server on 127.0.0.1 that reads every POST to its end and answers 204. On SIGUSR1 it prints as JSON how
 * many there were, and what passed from the first to the last of them: {"requests","seconds"}. Ends on SIGTERM.
 * It reads what the bench's senders write: a Content-Length, and no chunks.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define ROOM 262144
#define TELL_MS 10     /* within which a signal is obeyed */
#define PEERS_MAX 8192 /* by their descriptors; Alertmanager opens one for each group at a time */

static struct peer {
	char *in;
	size_t have;
} peers[PEERS_MAX];

static unsigned long requests;
static double first, last;
static volatile sig_atomic_t tell, over;

static void note(int signal)
{
	if (signal == SIGUSR1)
		tell = 1;
	else
		over = 1;
}

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void hang_up(int fd)
{
	close(fd);
	free(peers[fd].in);
	peers[fd] = (struct peer){ 0 };
}

/* How many bytes the whole request has at the beginning of what was read; 0 while it is not all there. */
static size_t request(struct peer *p)
{
	const char *end, *length;
	size_t head, body;

	p->in[p->have] = '\0';
	end = strstr(p->in, "\r\n\r\n");
	if (!end)
		return 0;
	length = strcasestr(p->in, "\r\ncontent-length:");
	head = (size_t)(end + 4 - p->in);
	body = length && length < end ? strtoul(length + 17, NULL, 10) : 0;
	if (head + body > ROOM) {
		fprintf(stderr, "sink: a request is too long\n");
		exit(1);
	}
	return p->have >= head + body ? head + body : 0;
}

static void hear(int fd)
{
	static const char answer[] = "HTTP/1.1 204 No Content\r\n\r\n";
	struct peer *p = &peers[fd];
	ssize_t n = read(fd, p->in + p->have, ROOM - p->have);

	if (n <= 0) {
		hang_up(fd);
		return;
	}
	p->have += (size_t)n;
	for (size_t size; p->have && (size = request(p));) {
		last = now();
		if (!requests++)
			first = last;
		p->have -= size;
		memmove(p->in, p->in + size, p->have);
		if (write(fd, answer, sizeof(answer) - 1) < 0) {
			hang_up(fd);
			return;
		}
	}
}

static void greet(int listener, int poll)
{
	struct epoll_event event = { .events = EPOLLIN };
	const int on = 1;
	int fd = accept(listener, NULL, NULL);

	if (fd < 0 || fd >= PEERS_MAX || !(peers[fd].in = malloc(ROOM + 1)))
		die("accept");
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	event.data.fd = fd;
	epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event);
}

static void serve(int listener)
{
	struct epoll_event event = { .events = EPOLLIN, .data.fd = listener }, ready[64];
	int poll = epoll_create1(0);

	epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event);
	while (!over) {
		int n = epoll_wait(poll, ready, 64, TELL_MS);

		if (n < 0 && errno != EINTR)
			die("epoll_wait");
		for (int i = 0; i < n; i++) {
			if (ready[i].data.fd == listener)
				greet(listener, poll);
			else
				hear(ready[i].data.fd);
		}
		if (tell) {
			tell = 0;
			printf("{\"requests\":%lu,\"seconds\":%.6f}\n", requests, last - first);
			fflush(stdout);
		}
	}
}

int main(int argc, char **argv)
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	struct rlimit files;
	const struct sigaction act = { .sa_handler = note };
	const int on = 1;
	int listener;

	if (argc != 2) {
		fprintf(stderr, "usage: sink PORT\n");
		return 64;
	}
	sigaction(SIGUSR1, &act, NULL);
	sigaction(SIGTERM, &act, NULL);
	signal(SIGPIPE, SIG_IGN);
	getrlimit(RLIMIT_NOFILE, &files);
	files.rlim_cur = files.rlim_max < PEERS_MAX ? files.rlim_max : PEERS_MAX;
	setrlimit(RLIMIT_NOFILE, &files);
	at.sin_port = htons((unsigned short)atoi(argv[1]));
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	listener = socket(AF_INET, SOCK_STREAM, 0);
	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (listener < 0 || bind(listener, (struct sockaddr *)&at, sizeof(at)) < 0 ||
	    listen(listener, 1024) < 0)
		die("listen");
	puts("ready");
	fflush(stdout);
	serve(listener);
	return 0;
}
