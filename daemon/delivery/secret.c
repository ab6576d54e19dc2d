/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "delivery/secret.h"

int secret_read(struct secret *ret, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t n;
	int error;

	if (fd < 0)
		return -errno;
	n = read(fd, ret->bytes, sizeof(ret->bytes));
	error = errno;
	close(fd);
	if (n < 0)
		return -error;
	if ((size_t)n == sizeof(ret->bytes))
		return -EFBIG;
	while (n > 0 && (ret->bytes[n - 1] == '\n' || ret->bytes[n - 1] == '\r'))
		n--;
	ret->length = (size_t)n;
	return n > 0 ? 0 : -ENODATA;
}

const char *secret_fault(int error)
{
	switch (error) {
	case -ENODATA:
		return "it is empty";
	case -EFBIG:
		return "it is too large";
	default:
		return strerror(-error);
	}
}

void secret_done(struct secret *s)
{
	sodium_memzero(s, sizeof(*s));
}
