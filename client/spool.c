/* SPDX-License-Identifier: Apache-2.0 */
/*
 * STATE/paminn/spool/ENDPOINT/ has one numbered file for each time something was kept; the numbers give
 * the order. A file is complete or not there: it is written beside, flushed, and renamed. Whoever adds,
 * sends or settles holds the lock on "lock", so two calls never send the same file nor take the
 * same number. A file goes only after every event in it has got its answer; a crash before that sends it
 * again, which is harmless, since each event has its id.
 */
#include "client/spool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "client/need.h"

#define SUFFIX ".jsonl"

struct spool {
	char *folder;
	unsigned long current; /* number of the file that spool_next gave */
	int lock;	       /* -1 when not held */
};

static char *home(void)
{
	const char *folder = getenv("HOME");
	const struct passwd *user = folder && *folder ? NULL : getpwuid(getuid());

	return need(strdup(user ? user->pw_dir : folder && *folder ? folder : "/"));
}

/* The endpoint as a file name: "%2F" for "/", as in a URL. */
static char *escaped(const char *endpoint)
{
	static const char plain[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
	char *out = need(malloc(strlen(endpoint) * 3 + 1)), *at = out;

	for (; *endpoint; endpoint++) {
		if (strchr(plain, *endpoint))
			*at++ = *endpoint;
		else
			at += sprintf(at, "%%%02X", (unsigned char)*endpoint);
	}
	*at = '\0';
	return out;
}

/* The endpoint that a folder is named after. */
static char *unescaped(const char *name)
{
	char *out = need(malloc(strlen(name) + 1)), *at = out;
	unsigned byte;

	for (; *name; name++) {
		if (*name == '%' && sscanf(name + 1, "%2x", &byte) == 1 && strlen(name) > 2) {
			*at++ = (char)byte;
			name += 2;
		} else {
			*at++ = *name;
		}
	}
	*at = '\0';
	return out;
}

/* Where the spools of all servers are. */
static char *whole_folder(void)
{
	const char *state = getenv("XDG_STATE_HOME"); /* to be ignored unless absolute */
	auto_free char *of_home = home();

	return state && *state == '/' ? need_text("%s/paminn/spool", state)
				      : need_text("%s/.local/state/paminn/spool", of_home);
}

void spool_new(struct spool **ret, const char *endpoint)
{
	struct spool *s = need(calloc(1, sizeof(*s)));
	auto_free char *whole = whole_folder(), *name = escaped(endpoint);

	s->folder = need_text("%s/%s", whole, name);
	s->lock = -1;
	*ret = s;
}

struct spool *spool_free(struct spool *s)
{
	if (!s)
		return NULL;
	if (s->lock >= 0)
		close(s->lock);
	free(s->folder);
	free(s);
	return NULL;
}

const char *spool_folder(const struct spool *s)
{
	return s->folder;
}

static int sync_folder(const char *folder)
{
	auto_close int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return fd < 0 || fsync(fd) < 0 ? -errno : 0;
}

enum { NOTHING_ABOVE = 1 }; /* a folder above is not there, or is a link that leads nowhere */

/* 0, NOTHING_ABOVE, or a negative errno. */
static int make_one_folder(const char *folder, const char *above)
{
	if (mkdir(folder, 0700) < 0)
		return errno == EEXIST ? 0 : errno == ENOENT ? NOTHING_ABOVE : -errno;
	return sync_folder(*above ? above : "/");
}

/* Make a folder and those above it, each known to the disk. */
static int make_folder(const char *folder)
{
	auto_free char *above = need(strdup(folder));
	char *slash = strrchr(above, '/');
	int r;

	if (!slash || slash == above)
		return -ENOENT;
	*slash = '\0';
	r = make_one_folder(folder, above);
	if (r != NOTHING_ABOVE)
		return r;
	r = make_folder(above);
	/* Once more, not again and again: what is there above may lead nowhere. */
	if (r == 0)
		r = make_one_folder(folder, above);
	return r == NOTHING_ABOVE ? -ENOENT : r;
}

static int take_lock(struct spool *s, bool wait)
{
	auto_free char *path = need_text("%s/lock", s->folder);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600), r = 0;

	if (fd < 0)
		return -errno;
	while (flock(fd, wait ? LOCK_EX : LOCK_EX | LOCK_NB) < 0 && r == 0)
		r = errno == EINTR ? 0 : -errno;
	if (r < 0)
		close(fd);
	else
		s->lock = fd;
	return r;
}

/* The number that a file of the spool is named by, 0 if it is none. */
static unsigned long number_of(const char *name)
{
	char *end;
	unsigned long number = strtoul(name, &end, 10);

	return *name >= '0' && *name <= '9' && strcmp(end, SUFFIX) == 0 ? number : 0;
}

/* The highest number in folder, or the lowest above floor: 0 if there is none, or no folder. */
static int find_number(const char *folder, bool highest, unsigned long floor, unsigned long *ret)
{
	DIR *dir = opendir(folder);
	unsigned long found = 0;

	if (!dir && errno != ENOENT)
		return -errno;
	for (const struct dirent *entry = dir ? readdir(dir) : NULL; entry; entry = readdir(dir)) {
		unsigned long number = number_of(entry->d_name);

		if (number > floor && (found == 0 || (number > found) == highest))
			found = number;
	}
	if (dir)
		closedir(dir);
	*ret = found;
	return 0;
}

static char *file_path(const char *folder, unsigned long number)
{
	return need_text("%s/%08lu" SUFFIX, folder, number);
}

static int write_all(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t n = write(fd, bytes, length);

		if (n < 0 && errno != EINTR)
			return -errno;
		if (n > 0) {
			bytes += n;
			length -= (size_t)n;
		}
	}
	return fsync(fd) < 0 ? -errno : 0;
}

/* Complete and on disk, or as it was before. */
static int write_file(const char *folder, unsigned long number, const char *bytes, size_t length)
{
	auto_free char *path = file_path(folder, number), *beside = need_text("%s/new", folder);
	auto_close int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	int r;

	if (fd < 0)
		return -errno;
	r = write_all(fd, bytes, length);
	if (r == 0 && rename(beside, path) < 0)
		r = -errno;
	if (r < 0) {
		unlink(beside);
		return r;
	}
	return sync_folder(folder);
}

static int write_last(const char *folder, const char *bytes, size_t length)
{
	unsigned long last;
	int r = find_number(folder, true, 0, &last);

	return r < 0 ? r : write_file(folder, last + 1, bytes, length);
}

int spool_keep(struct spool *s, const char *lines, size_t length)
{
	bool held = s->lock >= 0;
	int r = make_folder(s->folder);

	if (r == 0 && !held)
		r = take_lock(s, true);
	if (r == 0)
		r = write_last(s->folder, lines, length);
	if (!held && s->lock >= 0) {
		close(s->lock);
		s->lock = -1;
	}
	return r;
}

int spool_take(struct spool *s, bool wait)
{
	unsigned long first;
	int r = find_number(s->folder, false, 0, &first);

	if (r < 0 || first == 0)
		return r < 0 ? r : SPOOL_EMPTY;
	s->current = 0;
	return take_lock(s, wait);
}

int spool_next(struct spool *s, char **ret)
{
	auto_free char *path = NULL;
	auto_close int fd = -1;
	unsigned long number;
	struct stat status;
	char *bytes;
	ssize_t n;
	int r = find_number(s->folder, false, s->current, &number);

	if (r < 0 || number == 0)
		return r;
	path = file_path(s->folder, number);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &status) < 0)
		return -errno;
	bytes = need(malloc((size_t)status.st_size + 1));
	n = read(fd, bytes, (size_t)status.st_size);
	if (n != status.st_size) {
		r = n < 0 ? -errno : -EIO;
		free(bytes);
		return r;
	}
	bytes[n] = '\0';
	s->current = number;
	*ret = bytes;
	return 1;
}

int spool_settle(struct spool *s, const char *lines)
{
	auto_free char *path = file_path(s->folder, s->current);

	if (lines)
		return write_file(s->folder, s->current, lines, strlen(lines));
	return unlink(path) < 0 ? -errno : 0;
}

int spool_reject(struct spool *s, const json_t *event, const json_t *answer)
{
	auto_free char *folder = need_text("%s/rejected", s->folder), *text = NULL;
	auto_json json_t *both = need(json_pack("{s:O,s:O}", "answer", answer, "event", event));
	int r = make_folder(folder);

	if (r < 0)
		return r;
	text = need(json_dumps(both, JSON_COMPACT));
	return write_last(folder, text, strlen(text));
}

static bool is_among(const struct settings_list *servers, const char *endpoint)
{
	for (size_t i = 0; i < servers->count; i++)
		if (strcmp(servers->texts[i], endpoint) == 0)
			return true;
	return false;
}

void spool_others(const struct settings_list *servers, void (*found)(const char *endpoint))
{
	auto_free char *whole = whole_folder();
	DIR *dir = opendir(whole);

	for (const struct dirent *entry = dir ? readdir(dir) : NULL; entry; entry = readdir(dir)) {
		auto_free char *folder = need_text("%s/%s", whole, entry->d_name);
		auto_free char *endpoint = unescaped(entry->d_name);
		unsigned long first;

		if (*entry->d_name != '.' && !is_among(servers, endpoint) &&
		    find_number(folder, false, 0, &first) == 0 && first > 0)
			found(endpoint);
	}
	if (dir)
		closedir(dir);
}
