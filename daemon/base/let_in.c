/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whoever may connect could else use up all descriptors, and none would be left for the store's files and for
 * deliveries. The kernel gives the lowest free number, so the number of a new connection tells how many are in
 * use at least. Peers of intake have the first six eighths of what the process might have at the first
 * connection, visitors of the pages (at most half of all) the first seven, and the last is kept for ourselves.
 *
 * libzmq accepts for itself, and calls accept4() below in place of the C library's. Who is beyond the budget is
 * let in and shown out: one who waits in the kernel's queue would let libzmq try again at once, and do nothing
 * else. Where there is no descriptor even for that, a nap keeps it from spinning. And of all errors that a full
 * table has, libzmq 4.3.4 takes EMFILE for a bug and aborts, where an ipc endpoint is concerned
 * (src/ipc_listener.cpp): whoever may connect could end the daemon. ENFILE it takes for what it is.
 */
#include "base/let_in.h"

#include <errno.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"

#define PEERS 6	   /* eighths */
#define VISITORS 7 /* eighths */
#define NAP_NS (10 * 1000 * 1000)

/* libzmq has a thread of its own. */
static _Atomic rlim_t most;	/* descriptors that the process may have */
static _Atomic int64_t said_us; /* when somebody was turned away with a line of the log; 0: never */

static bool is_within(int fd, int eighths)
{
	struct rlimit may;

	if (most == 0)
		most = getrlimit(RLIMIT_NOFILE, &may) < 0 ? RLIM_INFINITY : may.rlim_cur;
	return (rlim_t)fd < most / 8 * (rlim_t)eighths;
}

/* A line a minute. */
static void say_full(void)
{
	const int64_t now = clock_mono().us;

	if (said_us && now - said_us < SECONDS(60).us)
		return;
	said_us = now;
	log_warning("connections are turned away, because most of the %ju files that this process "
		    "may have are open (LimitNOFILE= of the unit, or ulimit -n, raises that)",
		    (uintmax_t)most);
}

static int let_in_within(int fd, struct sockaddr *peer, socklen_t *length, int flags, int eighths)
{
	long r = syscall(SYS_accept4, fd, peer, length, flags);

	if (r < 0)
		return -errno;
	if (is_within((int)r, eighths))
		return (int)r;
	close((int)r);
	say_full();
	return -ECONNABORTED;
}

int let_in_visitor(int fd, struct sockaddr *peer, socklen_t *length)
{
	return let_in_within(fd, peer, length, SOCK_NONBLOCK | SOCK_CLOEXEC, VISITORS);
}

__attribute__((used)) int accept4(int fd, __SOCKADDR_ARG address, socklen_t *restrict length,
				  int flags)
{
	const struct timespec nap = { .tv_nsec = NAP_NS };
	const int r = let_in_within(fd, address.__sockaddr__, length, flags, PEERS);

	if (r >= 0)
		return r;
	if (r == -EMFILE)
		nanosleep(&nap, NULL);
	errno = r == -EMFILE ? ENFILE : -r;
	return -1;
}
