/* SPDX-License-Identifier: Apache-2.0 */
#include "client/secret_key.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <zmq.h>

#include "client/need.h"
#include "client/print.h"
#include "client/run.h"

const char *key_read(const char *path, char ret[static KEY_TEXT])
{
	char bytes[KEY_FILE_MAX + 1];
	auto_close int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat status;
	ssize_t n;

	if (fd < 0 || fstat(fd, &status) < 0)
		return strerror(errno);
	if (!S_ISREG(status.st_mode))
		return "it is not a file";
	if (status.st_mode & (S_IRWXG | S_IRWXO))
		return "others than you can read it; chmod 600 it, and if they may have read it, "
		       "make a new one with paminn keygen";
	n = read(fd, bytes, sizeof(bytes));
	if (n < 0)
		return strerror(errno);
	return key_parse(bytes, (size_t)n, ret)
		       ? NULL
		       : "it does not hold one secret key as paminn keygen writes it";
}

/* A new file that only its owner can read, on disk: 0 or a negative errno. */
static int write_key(const char *path, const char *secret)
{
	auto_close int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	int r = 0;

	if (fd < 0)
		return -errno;
	if (dprintf(fd, "%s\n", secret) != KEY_TEXT || fsync(fd) < 0) {
		r = errno ? -errno : -EIO;
		unlink(path);
	}
	return r;
}

int keygen_command(const struct call *call)
{
	char public[KEY_TEXT], secret[KEY_TEXT];
	int r = zmq_curve_keypair(public, secret) < 0 ? -zmq_errno()
						      : write_key(call->arguments[0], secret);

	if (r < 0) {
		fprintf(stderr, "paminn: the key file %s is not written: %s\n", call->arguments[0],
			r == -EEXIST ? "there is one already, and it is not overwritten"
				     : strerror(-r));
		return EX_CANTCREAT;
	}
	if (call->json) {
		auto_json json_t *row = need(json_pack("{s:s}", "key", public));

		print_json(stdout, row);
	} else {
		printf("key = \"%s\";\n", public);
	}
	return EX_OK;
}
