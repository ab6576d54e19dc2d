/* SPDX-License-Identifier: Apache-2.0 */
/* The files of a store, kept in memory, for tests of what becomes of them on a disk. */
#ifndef TESTS_UNIT_KEPT_FILES_H
#define TESTS_UNIT_KEPT_FILES_H

#include <fcntl.h>
#include <sys/stat.h>

#include "tests/unit/store.h"

static const char *const endings[] = { "", "-wal", "-acknowledged" };
#define FILES (sizeof(endings) / sizeof(endings[0]))

/* The files of the store, as a kill has left them. */
static struct {
	char *bytes;
	size_t size;
} kept[FILES];

static inline void name_file(size_t i, char out[static 600])
{
	snprintf(out, 600, "%s%s", store_path, endings[i]);
}

static inline void keep_file(size_t i)
{
	char name[600];
	struct stat st;

	name_file(i, name);
	int fd = open(name, O_RDONLY);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(fstat(fd, &st), 0);
	kept[i].size = (size_t)st.st_size;
	kept[i].bytes = malloc(kept[i].size);
	ck_assert_int_eq(read(fd, kept[i].bytes, kept[i].size), st.st_size);
	close(fd);
}

static inline void put_file(size_t i, size_t size)
{
	char name[600];

	name_file(i, name);
	unlink(name);
	if (size == 0)
		return;
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, kept[i].bytes, size), (ssize_t)size);
	close(fd);
}

#endif
