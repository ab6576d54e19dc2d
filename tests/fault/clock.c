/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Preloaded into the daemon: its wall clock, and that alone, is off by what stands in the file $PAMINN_CLOCK, a
 * number of microseconds as the machine writes it. It changes at once when the file does, as when somebody sets the
 * clock. What waits goes by the monotonic clock, and is left alone: libfaketime moves every timerfd, whatever clock it
 * goes by, so that nothing that waits would wake.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t *off;
static int (*real)(clockid_t, struct timespec *);

__attribute__((constructor)) static void set_up(void)
{
	int fd = open(getenv("PAMINN_CLOCK"), O_RDONLY | O_CLOEXEC);
	const void *page = mmap(NULL, sizeof(*off), PROT_READ, MAP_SHARED, fd, 0);

	if (page == MAP_FAILED)
		abort();
	off = page;
	close(fd);
}

int clock_gettime(clockid_t id, struct timespec *ret)
{
	if (!real)
		real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
	int r = real(id, ret);
	if (r == 0 && off && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) {
		int64_t us = ret->tv_sec * INT64_C(1000000) + ret->tv_nsec / 1000 + *off;

		ret->tv_sec = us / 1000000;
		ret->tv_nsec = us % 1000000 * 1000;
	}
	return r;
}

int gettimeofday(struct timeval *restrict ret, void *restrict zone)
{
	struct timespec now;

	(void)zone;
	clock_gettime(CLOCK_REALTIME, &now);
	ret->tv_sec = now.tv_sec;
	ret->tv_usec = now.tv_nsec / 1000;
	return 0;
}

time_t time(time_t *ret)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	if (ret)
		*ret = now.tv_sec;
	return now.tv_sec;
}
