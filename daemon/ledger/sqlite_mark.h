/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What has been acknowledged, kept where the store's own files are not: in FILE-acknowledged beside the store's FILE,
 * one line, written after each commit and before anything of it is answered. So a store that has lost its end (a damaged
 * log, a file put back) is told from one that ends there.
 *
 * The line is not flushed: a crash of the process leaves it as it is, after a loss of power it may be older than the
 * store, or unreadable, which says nothing. It is never newer: it is written when the commit has been flushed.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#define MARK_STORE 17 /* a store's installation id and its NUL */

struct sqlite_mark {
	char store[MARK_STORE];	  /* whose it is; "": nothing was kept */
	int64_t seq;		  /* of the newest event */
	uint32_t salt[2], frames; /* of the write-ahead log: how many it had */
};
/* What is kept for the store at path; of one that has none, or none that can be read, nothing. */
void sqlite_mark_read(const char *path, struct sqlite_mark *ret);
/* A descriptor to write it by, or a negative errno. */
int sqlite_mark_open(const char *path);
/* Whether it could be written is of no account: it is a second look, and an older one accuses nobody. */
void sqlite_mark_write(int fd, const struct sqlite_mark *mark);
