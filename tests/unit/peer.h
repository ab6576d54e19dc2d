/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A server for a test, on a free port of 127.0.0.1: what tests/unit/peer_NAME.py plays, in the process of
 * tests/unit/peer.py. Its first line is the port; each further line says what it saw. It ends when the
 * socket to it is closed, so it never outlives the test, whatever becomes of that.
 */
#ifndef TESTS_UNIT_PEER_H
#define TESTS_UNIT_PEER_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct peer {
	FILE *out; /* whose other direction is closed to stop it */
	int port;
};

/* The process of the servers, and the socket to it: from the first server until the program ends. */
static struct {
	pid_t pid;
	int socket;
} peers;

static inline void peers_end(void)
{
	close(peers.socket);
	waitpid(peers.pid, NULL, 0);
}

static inline void peers_begin(void)
{
	int pair[2];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair), 0);
	peers.pid = fork();
	ck_assert_int_ge(peers.pid, 0);
	if (peers.pid == 0) {
		dup2(pair[1], 0);
		execl("/usr/bin/python3", "python3", "-B", "tests/unit/peer.py", (char *)NULL);
		_exit(127);
	}
	close(pair[1]);
	peers.socket = pair[0];
	atexit(peers_end);
}

/* Ask for a server that has the other end of a socket. */
static inline void peer_ask(const char *name, const char *mode, int theirs)
{
	char words[512];
	_Alignas(struct cmsghdr) char room[CMSG_SPACE(sizeof(int))] = { 0 };
	struct iovec said = { words, (size_t)snprintf(words, sizeof(words), "%s %s", name, mode) };
	struct msghdr message = { .msg_iov = &said,
				  .msg_iovlen = 1,
				  .msg_control = room,
				  .msg_controllen = sizeof(room) };
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);

	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(head), &theirs, sizeof(int));
	ck_assert_int_eq(sendmsg(peers.socket, &message, MSG_NOSIGNAL), (ssize_t)said.iov_len);
}

static inline void peer_start(struct peer *p, const char *name, const char *mode)
{
	int pair[2];
	char line[32];

	if (!peers.pid)
		peers_begin();
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
	peer_ask(name, mode, pair[1]);
	close(pair[1]);
	p->out = fdopen(pair[0], "r");
	ck_assert_ptr_nonnull(p->out);
	ck_assert_ptr_nonnull(fgets(line, sizeof(line), p->out));
	p->port = atoi(line);
	ck_assert_int_gt(p->port, 0);
}

/* The next line of what it saw, without the line end; waits for it. */
static inline char *peer_line(struct peer *p, char *line, size_t size)
{
	ck_assert_msg(fgets(line, (int)size, p->out), "the peer says nothing more");
	line[strcspn(line, "\n")] = '\0';
	return line;
}

/* Everything else that it saw, until it has ended. */
static inline void peer_stop(struct peer *p, char *rest, size_t size)
{
	size_t n;

	shutdown(fileno(p->out), SHUT_WR);
	n = fread(rest, 1, size - 1, p->out);
	rest[n] = '\0';
	fclose(p->out);
}

#endif
