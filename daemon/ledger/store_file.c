/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The lock is the kernel's (flock), so it ends with its process however that ends; the text is only
 * for people. The file stays when the lock is released: removing it would let two processes lock two
 * files of the same name.
 */
#include "ledger/store_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER_BYTES 100 /* of every SQLite database */

static int read_pid(int fd)
{
	char text[16] = "";

	if (pread(fd, text, sizeof(text) - 1, 0) <= 0)
		return 0;
	return atoi(text);
}

static int write_pid(int fd)
{
	char text[16];
	int n = snprintf(text, sizeof(text), "%d\n", (int)getpid());

	if (ftruncate(fd, 0) < 0)
		return -errno;
	/* A full disk must not keep the store shut: it is only the pid that is missing then. */
	if (pwrite(fd, text, (size_t)n, 0) < 0 && errno != ENOSPC && errno != EDQUOT)
		return -errno;
	return 0;
}

int store_file_lock(const char *path, int *ret_fd, int *ret_pid)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	int r;

	if (fd < 0)
		return -errno;
	if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		r = -errno;
		if (r == -EWOULDBLOCK) {
			*ret_pid = read_pid(fd);
			r = 1;
		}
		close(fd);
		return r;
	}
	r = write_pid(fd);
	if (r < 0) {
		close(fd);
		return r;
	}
	*ret_fd = fd;
	return 0;
}

/* A write-ahead log without its file is what is left of a store: not the place for a new one. */
static bool has_stray_log(const char *path)
{
	char log[PATH_MAX];
	struct stat st;

	if (snprintf(log, sizeof(log), "%s-wal", path) >= (int)sizeof(log))
		return true;
	return stat(log, &st) == 0 && st.st_size > 0;
}

int store_file_prepare(const char *path)
{
	struct stat st;
	bool exists = stat(path, &st) == 0;

	if (!exists && errno != ENOENT)
		return -errno;
	if (exists && !S_ISREG(st.st_mode))
		return 1;
	/* SQLite takes a file of one byte for an empty one. */
	if (exists && st.st_size > 0)
		return st.st_size < HEADER_BYTES;
	if (has_stray_log(path))
		return 1;
	if (exists)
		return 0;

	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return -errno;
	close(fd);
	return 0;
}
