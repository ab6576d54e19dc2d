/* SPDX-License-Identifier: Apache-2.0 */
/* Editors put a byte order mark before a text and a line end after it; neither belongs to the secret. */
#include "base/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "base/base64.h"

#define KEY_PREFIX "whsec_"

static bool begins_with(const struct secret *s, const char *bytes, size_t length)
{
	return s->length >= length && memcmp(s->bytes, bytes, length) == 0;
}

/* A secret may have blanks in it, and not nothing else. */
static bool is_blank(const struct secret *s)
{
	for (size_t i = 0; i < s->length; i++)
		if (s->bytes[i] != ' ' && s->bytes[i] != '\t')
			return false;
	return true;
}

/* What the editor added goes. */
static int trim(struct secret *s)
{
	static const char mark[] = "\xef\xbb\xbf";

	if (begins_with(s, "\xff\xfe", 2) || begins_with(s, "\xfe\xff", 2))
		return -EILSEQ;
	if (begins_with(s, mark, strlen(mark))) {
		s->length -= strlen(mark);
		memmove(s->bytes, s->bytes + strlen(mark), s->length);
	}
	while (s->length > 0 &&
	       (s->bytes[s->length - 1] == '\n' || s->bytes[s->length - 1] == '\r'))
		s->length--;
	return is_blank(s) ? -ENODATA : 0;
}

int secret_read(struct secret *ret, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t n;
	int error;

	ret->length = 0;
	if (fd < 0)
		return -errno;
	n = read(fd, ret->bytes, sizeof(ret->bytes));
	error = errno;
	close(fd);
	if (n < 0)
		return -error;
	if ((size_t)n == sizeof(ret->bytes))
		return -EFBIG;
	ret->length = (size_t)n;
	return trim(ret);
}

int secret_read_key(struct secret *ret, const char *path)
{
	const size_t prefix = strlen(KEY_PREFIX);
	unsigned char key[SECRET_MAX];
	size_t length = 0;
	struct base64 from;
	int r = secret_read(ret, path);

	if (r < 0 || !begins_with(ret, KEY_PREFIX, prefix))
		return r;
	from = (struct base64){ (const char *)ret->bytes + prefix, ret->length - prefix,
				sodium_base64_VARIANT_ORIGINAL };
	r = base64_decode(&from, key, sizeof(key), &length) && length > 0 ? 0 : -EBADMSG;
	if (r == 0) {
		memcpy(ret->bytes, key, length);
		ret->length = length;
	}
	sodium_memzero(key, sizeof(key));
	return r;
}

const char *secret_fault(int error)
{
	switch (error) {
	case -ENODATA:
		return "it is empty or blank";
	case -EFBIG:
		return "it is too large";
	case -EILSEQ:
		return "it is UTF-16: save it as UTF-8";
	case -EBADMSG:
		return "what follows whsec_ is not base64";
	default:
		return strerror(-error);
	}
}

void secret_done(struct secret *s)
{
	sodium_memzero(s, sizeof(*s));
}
