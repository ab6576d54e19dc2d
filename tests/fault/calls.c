/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Preloaded into the daemon: the n-th write to the store's files is where it dies, or where the disk is
 * full. What the file system would do by itself once in a long while happens here at every write in turn.
 *
 *	PAMINN_FAULT_FILE	how the names of the files end whose writes count: "-wal" or "paminn.db"
 *				(which the log's name does not end in); several, divided by ":"
 *	PAMINN_FAULT_AT		n, from 1
 *	PAMINN_FAULT		"kill": as by SIGKILL, before the write; "full": ENOSPC, this once;
 *				"full-for-good": ENOSPC, from then on
 *	PAMINN_FAULT_STRUCK	a file that is made when the fault has struck
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef ssize_t write_fn(int fd, const void *bytes, size_t count, off64_t at);

static bool ends_with(const char *name, const char *end, size_t length)
{
	size_t n = strlen(name);

	return n >= length && strncmp(name + n - length, end, length) == 0;
}

/* Is it one of the files whose writes count? */
static bool counts(int fd)
{
	const char *end = getenv("PAMINN_FAULT_FILE");
	char link[64], name[4096];
	ssize_t n;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	n = readlink(link, name, sizeof(name) - 1);
	if (n < 0 || !end)
		return false;
	name[n] = '\0';
	while (*end) {
		size_t length = strcspn(end, ":");

		if (ends_with(name, end, length))
			return true;
		end += length + (end[length] == ':');
	}
	return false;
}

static void tell(void)
{
	const char *path = getenv("PAMINN_FAULT_STRUCK");
	int fd = path ? open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600) : -1;

	if (fd >= 0)
		close(fd);
}

/* Does the write fail? Or nothing is written any more, by nobody. */
static bool strikes(int fd)
{
	static long seen;
	const char *fault = getenv("PAMINN_FAULT"), *at = getenv("PAMINN_FAULT_AT");
	long n = at ? atol(at) : 0;

	if (!fault || !counts(fd))
		return false;
	seen++;
	if (seen < n || (seen > n && strcmp(fault, "full-for-good") != 0))
		return false;
	tell();
	if (strcmp(fault, "kill") == 0)
		kill(getpid(), SIGKILL);
	errno = ENOSPC;
	return true;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at)
{
	write_fn *next = (write_fn *)dlsym(RTLD_NEXT, "pwrite64");

	return strikes(fd) ? -1 : next(fd, bytes, count, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at)
{
	write_fn *next = (write_fn *)dlsym(RTLD_NEXT, "pwrite64");

	return strikes(fd) ? -1 : next(fd, bytes, count, at);
}
