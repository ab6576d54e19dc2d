/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A server for a test, on a free port of 127.0.0.1: tests/unit/peer_NAME.py MODE, run by fork and exec.
 * Its first line of output is the port; each further line says what it saw. It ends when its standard
 * input closes, so it never outlives the test, whatever becomes of that.
 */
#ifndef TESTS_UNIT_PEER_H
#define TESTS_UNIT_PEER_H

#include <check.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct peer {
	pid_t pid;
	int in; /* closed to stop it */
	FILE *out;
	int port;
};

static inline void peer_start(struct peer *p, const char *script, const char *mode)
{
	int in[2], out[2];
	char line[32];

	ck_assert_int_eq(pipe2(in, O_CLOEXEC), 0);
	ck_assert_int_eq(pipe2(out, O_CLOEXEC), 0);
	p->pid = fork();
	ck_assert_int_ge(p->pid, 0);
	if (p->pid == 0) {
		dup2(in[0], 0);
		dup2(out[1], 1);
		execl("/usr/bin/python3", "python3", "-B", script, mode, (char *)NULL);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	p->in = in[1];
	p->out = fdopen(out[0], "r");
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

	close(p->in);
	n = fread(rest, 1, size - 1, p->out);
	rest[n] = '\0';
	fclose(p->out);
	waitpid(p->pid, NULL, 0);
}

#endif
