/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Preloaded into the daemon: the n-th call that opens, writes, cuts or flushes a file of the store is where it dies,
 * or fails. What a file system would do by itself once in a long while happens here at every call in turn.
 *
 *	PAMINN_FAULT_CALL	"open", "write", "ftruncate" or "fsync" (which is fdatasync, too)
 *	PAMINN_FAULT_FILE	how the names of the files end whose calls count: "-wal" or "paminn.db"
 *				(which the log's name does not end in); several, divided by ":"
 *	PAMINN_FAULT_AT		n, from 1
 *	PAMINN_FAULT		"kill": as by SIGKILL, before the call; "short": half of a write is done; or the name
 *				of an error, "ENOSPC", "EIO" or "EINTR", this once; behind it "-for-good": from then on
 *	PAMINN_FAULT_STRUCK	a file that is made when the fault has struck
 *	PAMINN_FAULT_COUNT	a file in which stands, at the end, how many calls there were
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum fault { NONE, FAILS, SHORT };

static const char *call, *files, *fault, *struck, *count;
static long at;
static atomic_long seen;

static const char *text_of(const char *name)
{
	const char *value = getenv(name);

	return value ? value : "";
}

__attribute__((constructor)) static void set_up(void)
{
	call = text_of("PAMINN_FAULT_CALL");
	files = text_of("PAMINN_FAULT_FILE");
	fault = text_of("PAMINN_FAULT");
	struck = text_of("PAMINN_FAULT_STRUCK");
	count = text_of("PAMINN_FAULT_COUNT");
	at = atol(text_of("PAMINN_FAULT_AT"));
}

/* Without a call of ours. */
static int open_plainly(const char *path, int flags, mode_t mode)
{
	int (*next)(const char *, int, ...) =
		(int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open64");

	return next(path, flags, mode);
}

__attribute__((destructor)) static void tell_count(void)
{
	int fd = *count ? open_plainly(count, O_WRONLY | O_CREAT | O_CLOEXEC, 0600) : -1;

	if (fd >= 0)
		dprintf(fd, "%ld\n", seen);
}

static bool ends_with(const char *name, const char *end, size_t length)
{
	size_t n = strlen(name);

	return n >= length && strncmp(name + n - length, end, length) == 0;
}

/* Is it one of the files whose calls count? */
static bool counts(const char *name)
{
	for (const char *end = files; *end;) {
		size_t length = strcspn(end, ":");

		if (ends_with(name, end, length))
			return true;
		end += length + (end[length] == ':');
	}
	return false;
}

static void tell(void)
{
	int fd = open_plainly(struck, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	if (fd >= 0)
		close(fd);
}

static int error_of(const char *name)
{
	static const struct {
		const char *name;
		int error;
	} errors[] = { { "EIO", EIO }, { "ENOSPC", ENOSPC }, { "EINTR", EINTR } };

	for (size_t i = 0; i < sizeof(errors) / sizeof(*errors); i++)
		if (strncmp(name, errors[i].name, strlen(errors[i].name)) == 0)
			return errors[i].error;
	abort();
}

/* What becomes of this call. errno is set for one that fails. */
static enum fault strikes(const char *this, const char *name)
{
	if (strcmp(this, call) != 0 || !counts(name))
		return NONE;
	long n = atomic_fetch_add(&seen, 1) + 1;
	if (!*fault || n < at || (n > at && !strstr(fault, "-for-good")))
		return NONE;
	tell();
	if (strcmp(fault, "kill") == 0)
		kill(getpid(), SIGKILL);
	if (strcmp(fault, "short") == 0)
		return SHORT;
	errno = error_of(fault);
	return FAILS;
}

static enum fault strikes_fd(const char *this, int fd)
{
	char link[64], name[4096];
	ssize_t n;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	n = readlink(link, name, sizeof(name) - 1);
	if (n < 0)
		return NONE;
	name[n] = '\0';
	return strikes(this, name);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t where)
{
	ssize_t (*next)(int, const void *, size_t, off64_t) =
		(ssize_t(*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
	enum fault f = strikes_fd("write", fd);

	return f == FAILS ? -1 : next(fd, bytes, f == SHORT ? (length + 1) / 2 : length, where);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t where)
{
	return pwrite64(fd, bytes, length, where);
}

int open64(const char *path, int flags, ...)
{
	mode_t mode = 0;
	va_list more;

	if (flags & (O_CREAT | O_TMPFILE)) {
		va_start(more, flags);
		mode = va_arg(more, mode_t);
		va_end(more);
	}
	return strikes("open", path) == FAILS ? -1 : open_plainly(path, flags, mode);
}

int open(const char *path, int flags, ...)
{
	mode_t mode = 0;
	va_list more;

	if (flags & (O_CREAT | O_TMPFILE)) {
		va_start(more, flags);
		mode = va_arg(more, mode_t);
		va_end(more);
	}
	return open64(path, flags, mode);
}

int ftruncate64(int fd, off64_t length)
{
	int (*next)(int, off64_t) = (int (*)(int, off64_t))dlsym(RTLD_NEXT, "ftruncate64");

	return strikes_fd("ftruncate", fd) == FAILS ? -1 : next(fd, length);
}

int ftruncate(int fd, off_t length)
{
	return ftruncate64(fd, length);
}

static int flush(const char *name, int fd)
{
	int (*next)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);

	return strikes_fd("fsync", fd) == FAILS ? -1 : next(fd);
}

int fsync(int fd)
{
	return flush("fsync", fd);
}

int fdatasync(int fd)
{
	return flush("fdatasync", fd);
}
