/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The format is SQLite's (https://www.sqlite.org/fileformat2.html#the_write_ahead_log):
 *
 *	header   magic, version, page size, checkpoint, salt 1, salt 2, checksum of these 24 bytes
 *	frame    page number, pages of the store if a transaction ends here else 0, salt 1, salt 2,
 *	         checksum of the first 8 bytes and the page, going on from the one before; the page
 *
 * all numbers big-endian. A log begun anew overwrites the former from the start on, under another salt, so frames of the
 * former stand behind its end and are of no account.
 *
 * What can a loss of power leave? Each commit is flushed before the next transaction writes, so no more than the frames
 * of one transaction can be missing or torn, in whatever order the disk wrote them. Hence, behind the first bad frame:
 *
 *	frames of this log after the end of a transaction		that one had been flushed: damage
 *	the end of one, and nothing of this log after it	it may never have been committed; the mark
 *								(sqlite_mark.h) knows whether it was
 *	no end of a transaction					nothing that was committed is missing
 *
 * The daemon begins a log anew at each start, so a frame that an earlier life has left torn is not in it.
 */
#include "ledger/sqlite_log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER 32
#define FRAME_HEADER 24
#define MAGIC 0x377f0682 /* its last bit: the words of a checksum are big-endian */
#define PAGE_MIN 512
#define PAGE_MAX 65536

struct scan {
	int fd;
	unsigned char *frame; /* room for the header and the page */
	size_t size;	      /* of a frame */
	bool big_endian;
	uint32_t sum[2];
	struct sqlite_log log;
};

static uint32_t number(const unsigned char *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static uint32_t word(const struct scan *s, const unsigned char *at)
{
	return s->big_endian ? number(at)
			     : (uint32_t)at[3] << 24 | (uint32_t)at[2] << 16 |
				       (uint32_t)at[1] << 8 | at[0];
}

/* SQLite's checksum goes on over further bytes, a multiple of 8. */
static void add(struct scan *s, const unsigned char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i += 8) {
		s->sum[0] += word(s, bytes + i) + s->sum[1];
		s->sum[1] += word(s, bytes + i + 4) + s->sum[0];
	}
}

static bool has_sum(const struct scan *s, const unsigned char *at)
{
	return number(at) == s->sum[0] && number(at + 4) == s->sum[1];
}

static bool is_own(const struct scan *s, const unsigned char *frame)
{
	return number(frame + 8) == s->log.salt[0] && number(frame + 12) == s->log.salt[1];
}

static bool ends_transaction(const unsigned char *frame)
{
	return number(frame + 4) != 0;
}

/* Is the frame the one that follows those before it? */
static bool is_good(struct scan *s)
{
	add(s, s->frame, 8);
	add(s, s->frame + FRAME_HEADER, s->size - FRAME_HEADER);
	return is_own(s, s->frame) && number(s->frame) != 0 && has_sum(s, s->frame + 16);
}

/* 1: it was read; 0: the file ends before its end; or a negative errno. */
static int read_frame(struct scan *s, uint32_t n)
{
	ssize_t got = pread(s->fd, s->frame, s->size, HEADER + (off_t)n * (off_t)s->size);

	return got < 0 ? -errno : (size_t)got == s->size;
}

/* The frames of this log behind the first bad one; whether a transaction that had been flushed is among them. */
static int look_behind(struct scan *s, uint32_t n, bool *ret_flushed)
{
	bool ended = false;
	int r;

	*ret_flushed = false;
	while ((r = read_frame(s, n++)) > 0) {
		if (!is_own(s, s->frame))
			continue;
		*ret_flushed |= ended;
		ended |= ends_transaction(s->frame);
		if (ended)
			s->log.lost++;
	}
	return r;
}

static int look(struct scan *s, bool begins_well, const struct sqlite_mark *mark)
{
	uint32_t n = 0;
	bool flushed;
	int r = 0;

	for (; begins_well && (r = read_frame(s, n)) > 0 && is_good(s); n++)
		if (ends_transaction(s->frame))
			s->log.valid = n + 1;
	if (r < 0 || (begins_well && r == 0))
		flushed = false;
	else
		r = look_behind(s, s->log.valid, &flushed);
	if (r < 0)
		return r;
	s->log.is_damaged = flushed || (memcmp(mark->salt, s->log.salt, sizeof(mark->salt)) == 0 &&
					mark->frames > s->log.valid);
	return 0;
}

/* Without a header that can be believed the first frame says which the log's own are. */
static int begin(struct scan *s, const unsigned char *header, bool *ret_good)
{
	const uint32_t page = number(header + 8);
	const bool has_size = page >= PAGE_MIN && page <= PAGE_MAX && (page & (page - 1)) == 0;

	s->big_endian = header[3] & 1;
	add(s, header, 24);
	*ret_good = (number(header) & ~1u) == MAGIC && has_size && has_sum(s, header + 24);
	s->size = FRAME_HEADER + (*ret_good ? page : 4096);
	s->frame = malloc(FRAME_HEADER + PAGE_MAX);
	if (!s->frame)
		return -ENOMEM;
	const unsigned char *salt = header + 16;
	if (!*ret_good && read_frame(s, 0) > 0)
		salt = s->frame + 8;
	s->log.salt[0] = number(salt);
	s->log.salt[1] = number(salt + 4);
	return 0;
}

static int open_log(const char *path)
{
	char log[PATH_MAX];

	if (snprintf(log, sizeof(log), "%s-wal", path) >= (int)sizeof(log))
		return -ENAMETOOLONG;
	int fd = open(log, O_RDONLY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

int sqlite_log_read(const char *path, const struct sqlite_mark *mark, struct sqlite_log *ret)
{
	struct scan s = { .fd = open_log(path) };
	unsigned char header[HEADER];
	bool good;

	*ret = (struct sqlite_log){ .valid = 0 };
	if (s.fd < 0)
		return s.fd == -ENOENT ? 0 : s.fd;
	ssize_t got = pread(s.fd, header, sizeof(header), 0);
	int r = got < 0 ? -errno : 0;
	if (got == (ssize_t)sizeof(header)) {
		r = begin(&s, header, &good);
		if (r == 0)
			r = look(&s, good, mark);
		free(s.frame);
	}
	close(s.fd);
	if (r == 0)
		*ret = s.log;
	return r;
}

void sqlite_log_salt(const char *path, uint32_t ret[static 2])
{
	unsigned char header[HEADER];
	int fd = open_log(path);

	ret[0] = ret[1] = 0;
	if (fd < 0)
		return;
	if (pread(fd, header, sizeof(header), 0) == (ssize_t)sizeof(header)) {
		ret[0] = number(header + 16);
		ret[1] = number(header + 20);
	}
	close(fd);
}
