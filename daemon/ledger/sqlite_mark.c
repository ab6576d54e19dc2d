/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/sqlite_mark.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ledger/checksum.h"

#define LINE 160 /* bytes of the file, padded, so that each writing covers the one before */
#define SUM 16	 /* of those: hexadecimal digits of the checksum, before the newline */
#define TEXT (LINE - SUM - 2)

static int open_mark(const char *path, int flags)
{
	char name[PATH_MAX];

	if (snprintf(name, sizeof(name), "%s-acknowledged", path) >= (int)sizeof(name))
		return -ENAMETOOLONG;
	int fd = open(name, flags | O_CLOEXEC | O_NOFOLLOW, 0600);
	return fd < 0 ? -errno : fd;
}

/* Of the text before it. The key is of zeroes: it is against a torn line, not against a person. */
static void sum_of(const char text[static TEXT], char out[static SUM + 1])
{
	struct checksum c = { .bytes = NULL };
	int64_t sum = 0;

	checksum_begin(&c, "acknowledged");
	checksum_bytes(&c, text, TEXT);
	if (checksum_end(&c, &sum) < 0)
		sum = 0;
	checksum_done(&c);
	snprintf(out, SUM + 1, "%016" PRIx64, (uint64_t)sum);
}

void sqlite_mark_read(const char *path, struct sqlite_mark *ret)
{
	char line[LINE + 1] = "", sum[SUM + 1];
	struct sqlite_mark mark = { .seq = 0 };
	int fd = open_mark(path, O_RDONLY);
	ssize_t got = fd < 0 ? -1 : pread(fd, line, LINE, 0);

	if (fd >= 0)
		close(fd);
	*ret = mark;
	if (got != LINE)
		return;
	sum_of(line, sum);
	if (memcmp(line + TEXT + 1, sum, SUM) == 0 &&
	    sscanf(line, "store %16s seq %" SCNd64 " log %8" SCNx32 "%8" SCNx32 " frames %" SCNu32,
		   mark.store, &mark.seq, &mark.salt[0], &mark.salt[1], &mark.frames) == 5)
		*ret = mark;
}

int sqlite_mark_open(const char *path)
{
	return open_mark(path, O_WRONLY | O_CREAT);
}

void sqlite_mark_write(int fd, const struct sqlite_mark *mark)
{
	char line[LINE + 1], sum[SUM + 1];

	int n = snprintf(line, TEXT + 1,
			 "store %s seq %" PRId64 " log %08" PRIx32 "%08" PRIx32 " frames %" PRIu32,
			 mark->store, mark->seq, mark->salt[0], mark->salt[1], mark->frames);
	memset(line + n, ' ', TEXT - (size_t)n);
	sum_of(line, sum);
	snprintf(line + TEXT, sizeof(line) - TEXT, " %s\n", sum);
	if (pwrite(fd, line, LINE, 0) != LINE)
		return;
}
