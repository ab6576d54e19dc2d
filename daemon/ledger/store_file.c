/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The lock is the kernel's (flock) and on the store's own inode, so it ends with its process however that
 * ends. A lock on a file beside it was tried: it has a name of its own, which a link to the store does
 * not share and somebody may remove. SQLite's own locks are POSIX's, which flock does not touch.
 *
 * Whose it is, the kernel says too, in /proc/locks: "12: FLOCK  ADVISORY  WRITE 4711 08:01:1234 0 EOF".
 */
#include "ledger/store_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#define HEADER_BYTES 100 /* of every SQLite database */

/* The process that holds the lock, 0 when it can't be told. */
static int holder_of(const struct stat *st)
{
	FILE *locks = fopen("/proc/locks", "re");
	unsigned long long inode;
	unsigned device[2];
	char line[256];
	int pid, found = 0;

	while (!found && locks && fgets(line, sizeof(line), locks))
		if (sscanf(line, "%*d: FLOCK ADVISORY WRITE %d %x:%x:%llu", &pid, &device[0],
			   &device[1], &inode) == 4 &&
		    device[0] == major(st->st_dev) && device[1] == minor(st->st_dev) &&
		    inode == st->st_ino)
			found = pid;
	if (locks)
		fclose(locks);
	return found > 0 ? found : 0;
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

/* What the file is; nothing of it is changed. */
static int judge(const char *path, const struct stat *st)
{
	if (!S_ISREG(st->st_mode))
		return STORE_FILE_FOREIGN;
	if (st->st_size == 0)
		return has_stray_log(path) ? STORE_FILE_FOREIGN : STORE_FILE_EMPTY;
	/* SQLite takes a file of one byte for an empty one. */
	return st->st_size < HEADER_BYTES ? STORE_FILE_FOREIGN : STORE_FILE_HELD;
}

/* Lock the open file, if it is one to hold. */
static int hold(const char *path, int fd, struct store_file *ret, int *ret_pid)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return -errno;
	int r = judge(path, &st);
	if (r != STORE_FILE_HELD)
		return r;
	if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		if (errno != EWOULDBLOCK)
			return -errno;
		*ret_pid = holder_of(&st);
		return STORE_FILE_IN_USE;
	}
	*ret = (struct store_file){
		.path = realpath(path, NULL), .fd = fd, .device = st.st_dev, .inode = st.st_ino
	};
	return ret->path ? STORE_FILE_HELD : -errno;
}

int store_file_hold(const char *path, struct store_file *ret, int *ret_pid)
{
	struct stat st;

	/* A fifo would keep the opening waiting. */
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		return STORE_FILE_FOREIGN;
	int fd = open(path, O_RDWR | O_CLOEXEC | O_NOCTTY);
	if (fd < 0 && errno == ENOENT)
		return has_stray_log(path) ? STORE_FILE_FOREIGN : STORE_FILE_NONE;
	if (fd < 0)
		return -errno;
	int r = hold(path, fd, ret, ret_pid);
	if (r != STORE_FILE_HELD)
		close(fd);
	return r;
}

void store_file_release(struct store_file *f)
{
	if (!f->path)
		return;
	close(f->fd);
	free(f->path);
	f->path = NULL;
}

/* The write-ahead log appears with the first write, and stays as long as the store is open. */
static bool has_its_log(struct store_file *f)
{
	char log[PATH_MAX];
	struct stat st;

	snprintf(log, sizeof(log), "%s-wal", f->path);
	if (stat(log, &st) < 0)
		return f->log == 0 && errno == ENOENT;
	if (f->log == 0)
		f->log = st.st_ino;
	return st.st_ino == f->log;
}

bool store_file_is_there(struct store_file *f)
{
	struct stat st;

	return stat(f->path, &st) == 0 && st.st_ino == f->inode && st.st_dev == f->device &&
	       has_its_log(f);
}

/* The folder of a path, so that a new name in it is on disk. */
static int flush_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
	int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	int r = fd < 0 ? -errno : 0;

	free(folder);
	if (r == 0 && fsync(fd) < 0)
		r = -errno;
	if (fd >= 0)
		close(fd);
	return r;
}

int store_file_place(const char *from, const char *path)
{
	/* Not rename: it would take the place of what has come meanwhile. */
	if (link(from, path) < 0 || unlink(from) < 0)
		return -errno;
	return flush_folder(path);
}
