/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The file of a store: whose it is, what it is, and whether it is still where it was. It is known by its
 * inode, so that no other name for it (a symbolic link, a hard link) and no removal of a name makes two
 * of it.
 */
#pragma once
#include <stdbool.h>
#include <sys/stat.h>

enum store_file_result {
	STORE_FILE_HELD = 0,
	STORE_FILE_NONE,    /* nothing is there: one may be made */
	STORE_FILE_IN_USE,  /* by the process *ret_pid; 0: not known */
	STORE_FILE_EMPTY,   /* a file of no bytes: what is left of something, not a new store */
	STORE_FILE_FOREIGN, /* no regular file, no database, or the log of one that is gone */
};
struct store_file {
	char *path; /* the real one, without symbolic links */
	int fd;	    /* with the lock on it */
	dev_t device;
	ino_t inode, log; /* of the file, and of its write-ahead log; 0: not seen yet */
};
/* Take the file at path for this process, until store_file_release. A negative errno: it can't be read. */
int store_file_hold(const char *path, struct store_file *ret, int *ret_pid);
/* Not before SQLite has closed it: POSIX ends all locks of a process on a file with any close of it. */
void store_file_release(struct store_file *f);
/* Are it and its write-ahead log still what their names say? */
bool store_file_is_there(struct store_file *f);

/* Move a new file, whole, to where there is none: 0, -EEXIST or another negative errno. */
int store_file_place(const char *from, const char *path);
